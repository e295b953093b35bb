"""`gameplan places`, and the made-up district."""

from __future__ import annotations

import json
from datetime import date

import pytest
from typer.testing import CliRunner

from gameplan.cases.models import Member
from gameplan.cases.reach import MANAGER, cases_at_work, reach_of
from gameplan.cli import app, places
from gameplan.districts.asked import Asked
from gameplan.districts.caseload import page_of
from gameplan.districts.samples import make_school
from gameplan.people.models import Organisation
from gameplan.people.refusals import Refused
from gameplan.watch.refreshing import refresh
from tests.districts.conftest import TODAY, as_person


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, db: None) -> CliRunner:
    """The command line on the database of the test."""
    monkeypatch.setattr(places, "open_shared", lambda data: data)
    return CliRunner()


def test_places_are_made_and_listed(here: CliRunner) -> None:
    for words in (
        ["state", "Texas Agency", "--state", "tx"],
        ["district", "Pecan Valley", "--in", "texas agency", "--nces", "4800001"],
        ["school", "Oak School", "--in", "Pecan Valley"],
    ):
        assert here.invoke(app, ["places", "add", *words]).exit_code == 0
    told = here.invoke(app, ["places", "list"]).stdout.splitlines()
    assert [line.split(" (")[0] for line in told] == ["Texas Agency", "  Pecan Valley", "    Oak School"]
    listed = json.loads(here.invoke(app, ["places", "list", "--json"]).stdout)
    assert {one["name"]: one["state"] for one in listed} == dict.fromkeys(
        ("Texas Agency", "Pecan Valley", "Oak School"), "TX"
    )


def test_what_is_wrong_is_said_all_at_once(here: CliRunner) -> None:
    answer = here.invoke(app, ["places", "add", "scool", "", "--state", "QQ"])
    assert answer.exit_code == 2
    assert [line.split(":")[0] for line in answer.stderr.splitlines()] == ["kind", "name", "state"]
    answer = here.invoke(app, ["places", "add", "school", "Oak", "--in", "Nowhere"])
    assert (answer.exit_code, "no place called 'Nowhere'" in answer.stderr) == (2, True)
    assert not Organisation.objects.exists()


def test_the_made_up_district_has_a_caseload(db: None) -> None:
    made = make_school(TODAY, "four ducks on a pond", children=3)
    dora, *_rest = made.staff
    assert set(cases_at_work(as_person(dora))) == set(made.cases)
    assert all(case.is_sample and case.school for case in made.cases)
    refresh([case.pk for case in made.cases], date(2026, 11, 27))
    lines = page_of(reach_of(as_person(dora)), Asked(), on=TODAY).lines
    assert len(lines) == 3
    assert any(line.duties for line in lines)
    assert Member.objects.filter(role=MANAGER).count() == 2
    with pytest.raises(Refused, match="already"):
        make_school(TODAY, "four ducks on a pond", children=3)
