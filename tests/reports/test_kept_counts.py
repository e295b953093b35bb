"""What is kept of a count says the same as a walk over its children, and the pages ask for nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gameplan.cases.models import Case
from gameplan.people.models import Organisation, User
from gameplan.reports.counting.counted import Counted
from gameplan.reports.counting.edit_checks import findings, findings_of
from gameplan.reports.counting.file_forms import file_form, file_names
from gameplan.reports.counting.tally import Tally, Unit, codes_of, unit_of
from gameplan.reports.doors import children_of
from gameplan.reports.keeping_counts import keep_children
from gameplan.reports.models import Count, CountedChild, CountedFault, CountedIn
from gameplan.reports.results import behind_row, children_with, overview, result_of, tally_of, wrong_in
from tests.districts.conftest import Window
from tests.reports.conftest import COUNT_DAY
from tests.reports.paper import paper_children

LEVELS = ("SEA", "LEA", "SCH")


@pytest.fixture
def count(numbered: Organisation) -> Count:
    """The district on paper, counted; two of its children have one number of the State."""
    made = Count.objects.create(place=numbered, on=COUNT_DAY, until=COUNT_DAY, state=Count.State.DONE)
    told = [replace(one, id=str(Case.objects.create(child_name=one.id).pk)) for one in paper_children()]
    told[2] = replace(told[2], student=told[0].student)
    made.children = keep_children(made, told)
    made.save()
    return made


def ids(rows: Iterable[CountedChild]) -> set[str]:
    return {str(one.case_id) for one in rows}


def test_every_file_says_what_a_walk_over_the_children_says(count: Count) -> None:
    children = list(children_of(count))
    for name in file_names():
        form = file_form(name)
        for level in form.levels:
            for unit in {unit_of(one, level) for one in children}:
                walked = [
                    row for row in Tally(form, level).add_all(children).rows([unit]) if row.unit == unit and row.amount
                ]
                found = result_of(count, form, level, unit, [])
                assert list(found.rows) == walked, (name, level, unit)
                assert set(found.units) == {unit_of(one, level) for one in children}


def test_the_children_behind_each_number_are_found_again(count: Count) -> None:
    children = list(children_of(count))
    for level in LEVELS:
        form = file_form("FS002")
        for row in Tally(form, level).add_all(children).rows():
            behind = {
                one.id
                for one in children
                if unit_of(one, level) == row.unit
                and any(row.codes.items() <= codes.items() for codes in codes_of(one, form))
            }
            assert ids(behind_row(count, form, level, row)) == behind
            assert len(behind) == row.amount
    times = next(iter(tally_of(count, file_form("FS143"), "SEA", Unit()).rows()))
    assert behind_row(count, file_form("FS143"), "SEA", times).count() <= times.amount


def test_every_check_says_what_a_walk_over_the_children_says(count: Count) -> None:
    told = list(findings(children_of(count)))
    for file in ("", *file_names()):
        about: dict[str, set[str]] = {}
        for one in told:
            if not file or file in one.files:
                about.setdefault(one.check.id, set()).add(one.child)
        assert {one.check.id: one.children for one in wrong_in(count, file)} == {
            name: len(some) for name, some in about.items()
        }
        for name, some in about.items():
            assert ids(children_with(count, name, file)) == some
    assert "twice" in {one.check.id for one in told}


def test_the_overview_counts_each_file(count: Count) -> None:
    children = list(children_of(count))
    amounts = {name: sum(1 for one in children for _ in codes_of(one, file_form(name))) for name in file_names()}
    assert overview(count).amounts == amounts
    assert [one.check.is_grave for one in overview(count).wrong] == sorted(
        (one.check.is_grave for one in overview(count).wrong), reverse=True
    )


def test_a_case_that_goes_is_in_no_number_any_more(count: Count) -> None:
    first, _other, twin, *_rest = children_of(count)
    before = overview(count).amounts["FS002"]
    assert ids(children_with(count, "twice")) == {first.id, twin.id}
    Case.objects.get(pk=first.id).delete()
    assert overview(count).amounts["FS002"] == before - 1
    assert not children_with(count, "twice").exists()


def test_no_page_goes_through_the_children_again(
    count: Count, director: User, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_child: Counted) -> Any:
        raise AssertionError("a child is counted again")

    monkeypatch.setattr("gameplan.reports.counting.edit_checks.findings_of", refuse)
    monkeypatch.setattr("gameplan.reports.kept_children.counted_in", refuse)
    browser, here = window(director), f"/places/{count.place_id}/reports/counts/{count.pk}/"
    behind = "FS002/children/?level=SEA&set=A&disability=SLD&race=WH7&sex=F"
    with CaptureQueriesContext(
        connection,
    ) as asked:
        for page in ("", "FS002/", "FS002/?level=SCH", behind, "checks/no-race/?file=FS002", "FS002/public/"):
            assert browser.get(here + page).status_code == 200
    told = [one["sql"] for one in asked.captured_queries if "reports_countedchild" in one["sql"]]
    assert told
    assert not [one for one in told if '"reports_countedchild"."data"' in one]


def test_a_count_of_an_earlier_version_gets_its_rows(count: Count) -> None:
    def kept() -> list[list[Any]]:
        return [
            list(CountedIn.objects.values_list("child", "file", "codes")),
            list(CountedFault.objects.values_list("child", "check_id", "files")),
            list(CountedChild.objects.values_list("lea", "school", "student")),
        ]

    before = kept()
    CountedIn.objects.all().delete()
    CountedFault.objects.all().delete()
    CountedChild.objects.update(lea="", school="", student="")
    import_module("gameplan.reports.migrations.0003_earlier_counts").work_out(apps, None)
    assert kept() == before
    assert any(list(findings_of(one)) for one in children_of(count))
