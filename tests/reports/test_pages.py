"""The pages of reports: who gets them, what stands on them, what leaves, and what it leaves behind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest
from django.test import Client

from gameplan.cases.models import Access, Case
from gameplan.people.models import Organisation, User
from gameplan.reports.counting.file_forms import file_form, file_names
from gameplan.reports.doors import children_of
from gameplan.reports.models import Count, CountedChild
from gameplan.reports.taking_counts import count_some
from gameplan.tongues import tongue
from tests.districts.conftest import Join, Window
from tests.reports.conftest import COUNT_DAY, Enroll

Served = Callable[..., None]


@pytest.fixture
def children(join: Join, oak: Organisation, elm: Organisation, served: Served, enroll: Enroll) -> dict[str, Case]:
    """Ben and Cleo at Oak, Dan at Elm; Dan's roster says nothing of his race."""
    found = {}
    for name, school, about in (("Ben", oak, {}), ("Cleo", oak, {"sex": "female"}), ("Dan", elm, {"hispanic": None})):
        found[name] = join(name, school, born=date(2018, 5, 2))
        served(found[name])
        enroll(found[name], **about)
    return found


@pytest.fixture
def count(numbered: Organisation, children: dict[str, Case], director: User, window: Window) -> Count:
    """The director has counted."""
    answer = window(director).post(f"/places/{numbered.pk}/reports/counts/", {"on": COUNT_DAY.isoformat()})
    assert answer.status_code == 302
    return Count.objects.get()


def address(count: Count, rest: str = "") -> str:
    return f"/places/{count.place_id}/reports/counts/{count.pk}/{rest}"


def text_of(answer: Any) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return str(content.decode())


def test_a_count_keeps_each_child_and_says_so_in_the_record(count: Count, children: dict[str, Case]) -> None:
    assert (count.state, count.children) == (Count.State.DONE, 3)
    assert {child.id for child in children_of(count)} == {str(case.pk) for case in children.values()}
    for case in children.values():
        assert Access.objects.filter(case_id=case.pk, action="export-for-audit", role="district-director").exists()


def test_a_count_shows_what_is_wrong_first_and_then_its_files(count: Count, director: User, window: Window) -> None:
    page = text_of(window(director).get(address(count)))
    assert "Look at this first" in page
    assert page.index("Both questions are needed") < page.index("Children of school age with an IEP")
    assert "Re-check the layout" in page
    assert "does not say where the child is taught" in page


def test_a_spanish_page_says_what_is_counted_in_spanish(count: Count, director: User, window: Window) -> None:
    browser = window(director)
    browser.cookies["django_language"] = "es"
    places = f"/places/{count.place_id}/reports/"
    for form in map(file_form, file_names()):
        own = [f"{form.id}/", f"{form.id}/children/", f"{form.id}/public/"]
        pages = [text_of(browser.get(one)) for one in (places, address(count), *map(partial(address, count), own))]
        said = tongue("es").text
        assert all(any(said(words) in page for page in pages) for words in (form.title, form.about))
        english = [form.title, form.about, *(one.title for one in form.categories.values())]
        assert [words for words in english if any(f">{words}<" in page for page in pages)] == []
    assert "Sexo" in text_of(browser.get(address(count, "FS002/")))
    assert "Terminada a tiempo" in text_of(browser.get(f"{places}worksheets/b11/"))


def test_each_number_leads_to_its_children(count: Count, director: User, window: Window) -> None:
    browser = window(director)
    page = text_of(browser.get(address(count, "FS002/")))
    assert "set=A&amp;disability=AUT&amp;race=WH7&amp;sex=F" in page
    behind = text_of(browser.get(address(count, "FS002/children/?level=SEA&set=A&disability=AUT&race=WH7&sex=F")))
    assert "Cleo" in behind
    assert "Ben" not in behind
    wrong = text_of(browser.get(address(count, "checks/no-race/?file=FS002")))
    assert "Dan" in wrong
    assert "Cleo" not in wrong
    school = text_of(browser.get(address(count, "FS002/?level=SCH&unit=4800001/480000100202")))
    assert "480000100101" in school
    assert browser.get(address(count, "FS002/children/?set=A&disability=CAT&race=WH7&sex=F")).status_code == 404
    assert browser.get(address(count, "FS002/children/?set=Z")).status_code == 404
    assert browser.get(address(count, "FS999/")).status_code == 404
    assert browser.get(address(count, "checks/no-cat/")).status_code == 404


def test_a_file_leaves_once_the_record_says_so(
    count: Count, children: dict[str, Case], director: User, window: Window
) -> None:
    before = Access.objects.filter(case_id=children["Ben"].pk).count()
    answer = window(director).get(address(count, "FS002/file/?level=LEA&ending=csv&version=v2&checked=on"))
    assert answer["Content-Disposition"] == 'attachment; filename="TXLEAIDEADISABv2.csv"'
    records = text_of(answer).splitlines()
    assert records[-1].endswith(",Y,,3")
    assert not any("re-check" in one for one in records)
    assert Access.objects.filter(case_id=children["Ben"].pk).count() == before + 1


def test_what_is_in_the_way_of_a_file_is_said(
    count: Count, numbered: Organisation, oak: Organisation, director: User, window: Window
) -> None:
    browser = window(director)
    wrong = browser.get(address(count, "FS002/file/?level=LEA&ending=csv&version=far too long"))
    assert (wrong.status_code, "mend this" in text_of(wrong)) == (422, True)
    CountedChild.objects.update(data={**CountedChild.objects.first().data, "lea": ""})  # type: ignore[union-attr]
    wrong = browser.get(address(count, "FS002/file/?level=LEA&ending=csv&version=v1"))
    assert wrong.status_code == 422
    assert "district without a number" in text_of(wrong)


def test_the_public_sees_no_small_number(count: Count, director: User, window: Window) -> None:
    browser = window(director)
    assert "left out" in text_of(browser.get(address(count, "FS002/public/")))
    assert "<td>3</td>" not in text_of(browser.get(address(count, "FS002/public/")))
    assert "<td>3</td>" in text_of(browser.get(address(count, "FS002/public/?smallest=2")))


def test_who_may_not_see_every_child_gets_no_report(
    count: Count, hire: Any, oak: Organisation, manager: User, monitor: User, installer: User, mother: User,
    window: Window,
) -> None:  # fmt: skip
    def status(user: User, rest: str = "") -> int:
        return int(window(user).get(address(count, rest)).status_code)

    of_one_school = hire("Olga", "district-director", oak)
    assert [status(one) for one in (manager, installer, mother, of_one_school)] == [403, 403, 404, 403]
    assert status(monitor, "FS002/") == 200, "the State's monitor reads"
    assert status(monitor, "FS002/file/?level=LEA&ending=csv&version=v1") == 403, "and takes nothing out"
    assert window(monitor).post(address(count, "remove/")).status_code == 403
    assert status(hire("Ute"), "FS002/") == 404


def test_the_export_for_a_data_system_leaves_once_the_record_says_so(
    count: Count, children: dict[str, Case], director: User, monitor: User, window: Window
) -> None:
    here = f"/places/{count.place_id}/reports/ed-fi.jsonl"
    assert "studentSpecialEducationProgramAssociations" in text_of(window(director).get(here))
    assert Access.objects.filter(case_id=children["Ben"].pk, action="share", person=str(director.pk)).count() == 1
    assert window(monitor).get(here).status_code == 403


def test_a_count_of_another_place_is_not_there(
    count: Count, texas: Organisation, hire: Any, window: Window
) -> None:  # fmt: skip
    other = Organisation.objects.create(kind="district", name="Cedar", parent=texas, state="TX")
    far = hire("Fay", "district-director", other)
    assert window(far).get(address(count)).status_code == 404
    assert window(far).get(f"/places/{other.pk}/reports/counts/{count.pk}/").status_code == 404


def test_a_day_that_has_not_come_is_not_counted(numbered: Organisation, director: User, window: Window) -> None:
    answer = window(director).post(f"/places/{numbered.pk}/reports/counts/", {"on": "2027-10-01"})
    assert (answer.status_code, "That day has not come." in text_of(answer)) == (422, True)
    assert not Count.objects.exists()


def test_a_count_can_be_forgotten_and_goes_with_its_cases(
    count: Count, children: dict[str, Case], director: User, window: Window
) -> None:
    children["Ben"].delete()
    assert CountedChild.objects.count() == 2
    assert window(director).post(address(count, "remove/")).status_code == 302
    assert not CountedChild.objects.exists()
    assert Case.objects.count() == 2


def test_a_large_place_is_left_to_the_worker(
    numbered: Organisation, children: dict[str, Case], director: User, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gameplan.reports.taking_counts.AT_ONCE", 1)
    browser: Client = window(director)
    browser.post(f"/places/{numbered.pk}/reports/counts/", {"on": COUNT_DAY.isoformat()})
    count = Count.objects.get()
    assert (count.state, count.children) == (Count.State.WAITING, 2)
    assert "Still being counted" in text_of(browser.get(address(count)))
    while Count.objects.filter(state=Count.State.WAITING).exists():
        count_some()
    count.refresh_from_db()
    assert (count.state, count.children) == (Count.State.DONE, 3)
    assert len({one.id for one in children_of(count)}) == 3
