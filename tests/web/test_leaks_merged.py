"""What the family brings with a file of its own never reaches the school: two files made one, and a file brought in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker, Settings

from gameplan.cases.doors import case_for
from gameplan.cases.models import Case
from gameplan.exchange.doorway import export_for, import_for
from tests.carried import SECRET, TODAY, Files, kept_for_all, make_files, put_files_together
from tests.shared import run_shared
from tests.sides import browser_of, join, make_sides
from tests.web.test_leaks import MARKER, leaks, reader

pytestmark = pytest.mark.django_db
MANY = {
    "fact_id": [], "letter_id": [], "plan_id": [], "meeting_id": [], "attachment_id": ["a1"],
    "number": ["2", "3", "5", "8", "11"], "measure_id": ["m1", "m2", "m3", "m4"],
    "notice_id": ["n3"], "about": [f"notice:n{n}" for n in (3, 4, 5, 6)],
}  # fmt: skip
"""What may be there of each kind. Facts, letters and plans are looked at in `test_leaks`."""


@dataclass
class Both:
    """The school's case that Rosa's went into, and Rosa's as it was saved, brought in again and joined with Oak."""

    files: Files
    merged: Case
    imported: Case


@pytest.fixture(scope="module")
def both(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Both]:
    """Made once for all tests here."""
    with kept_for_all(django_db_blocker):
        files = make_files(make_sides())
        again = import_for(files.rosa, export_for(files.rosa, files.mine.pk))
        imported = join(case_for(files.rosa, again.pk), files.sides.oak, files.kim, [], files.rosa)
        put_files_together(files)
        yield Both(files, files.theirs, imported)


@pytest.fixture(autouse=True)
def _shared(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run_shared(settings, tmp_path)
    monkeypatch.setenv("GAMEPLAN_TODAY", TODAY.isoformat())


@pytest.mark.parametrize(("role", "way"), [
    ("iep-manager", "merged"), ("iep-manager", "imported"), ("interpreter", "merged"),
])  # fmt: skip
def test_nothing_that_was_brought_reaches_who_is_not_of_the_family(both: Both, role: str, way: str) -> None:
    case: Case = getattr(both, way)
    browser = browser_of(reader(role, case, both.files.sides))
    assert leaks(browser, case, MANY) == []


def test_the_family_finds_it_everywhere(both: Both) -> None:
    """The other way round, so that the test above cannot pass because it looks at nothing."""
    assert SECRET == MARKER
    found = leaks(browser_of(both.files.rosa), both.merged, MANY)
    for place in ("/amend/", "/notices/", "/language/", "/read/notice:", "case.zip", "/progress/m3/", "/minutes/"):
        assert any(place in path for path in found), place


def test_old_links_lead_to_the_same_thing_in_the_other_file(both: Both) -> None:
    old, new = both.files.mine.pk, both.merged.pk
    browser = browser_of(both.files.rosa)
    leads = {
        f"/case/{old}/read/notice:n1/": f"/case/{new}/read/notice:n5/",
        f"/case/{old}/amend/2/": f"/case/{new}/amend/3/",
        f"/case/{old}/amend/9/": f"/case/{new}/",
        f"/case/{old}/progress/m1/": f"/case/{new}/progress/m4/",
        f"/case/{old}/minutes/4/": f"/case/{new}/minutes/7/",
        f"/case/{old}/read/letter:l9/": f"/case/{new}/",
    }
    for path, expected in leads.items():
        answer = browser.get(path)
        assert answer.status_code == 302
        assert answer["Location"] == expected
        assert browser.get(expected).status_code == 200


def test_the_pages_say_what_was_brought(both: Both) -> None:
    browser = browser_of(both.files.rosa)
    for path in ("amend/", "amend/2/", "notices/", "read/notice:n5/"):
        page = browser.get(f"/case/{both.merged.pk}/{path}").content.decode()
        assert "This comes from the family’s own file." in page, path
    assert "(at another school)" in browser.get(f"/case/{both.merged.pk}/retention/").content.decode()
