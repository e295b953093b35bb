"""Progress travels with a case: into its file and in again, into another case, and to a school only if it is chosen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pytest_django import DjangoDbBlocker, Settings

from gameplan.cases import verbs
from gameplan.cases.doors import case_for
from gameplan.cases.joining import begin_for_school
from gameplan.cases.merging import family_agrees, propose, where_now
from gameplan.cases.models import Case
from gameplan.cases.people import Person
from gameplan.cases.verifying import verdicts
from gameplan.core.casewrite import case_schema
from gameplan.core.facts import Child
from gameplan.core.progress_shapes import PROGRESS_SHAPES
from gameplan.core.record_shapes import Records
from gameplan.exchange.doorway import export_for, import_for
from gameplan.exchange.faults import ExchangeError
from gameplan.law import vocabulary
from gameplan.progress.caseload import goals_at_work
from gameplan.progress.doors import measure_of, measures_of, points_of
from gameplan.progress.measuring import note_point
from gameplan.progress.minutes import ledger_of, logs_of
from gameplan.progress.models import Measure
from gameplan.progress.models_minutes import ServiceLog
from gameplan.progress.travelling import told_progress
from gameplan.together.merging import put_together
from gameplan.together.renaming import Renamed
from gameplan.together.showing import change, lines_of
from tests.carried import REQUEST, SECRET, TODAY, in_case, kept_for_all
from tests.carried_progress import PROGRESS, progress
from tests.exchange.test_records_travel import Change, changed, raw_of
from tests.shared import run_shared
from tests.sides import Sides, alone, browser_of, join, make_sides

pytestmark = pytest.mark.django_db
OTHER = Person(id="another-family", role="parent")
DAY = date(2025, 9, 3)


@dataclass
class Packed:
    """Rosa's file while she was alone with it, and the zip; the file once Oak holds it, and the zip of each side."""

    sides: Sides
    rosa: Person
    kim: Person
    case: Case
    alone: bytes
    at_home: bytes
    at_oak: bytes


@pytest.fixture(scope="module")
def packed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Packed]:
    """Made once for all tests here; each of them takes back what it does itself."""
    with kept_for_all(django_db_blocker):
        sides = make_sides()
        rosa, kim = sides.family(), sides.staff("kim", "iep-manager", sides.oak)
        home = _told(alone(rosa), rosa)
        progress(home, TODAY, f"{SECRET} alone", ["f1"])
        while_alone = export_for(rosa, home.pk)
        case = join(home, sides.oak, kim, [], rosa)
        progress(case_for(kim, case.pk), TODAY, "Oak")
        progress(case_for(rosa, case.pk), TODAY, "Rosa at Oak", ["f1"])
        zips = (export_for(rosa, case.pk), export_for(kim, case.pk))
        yield Packed(sides, rosa, kim, case_for(rosa, case.pk), while_alone, *zips)


def _told(case: Case, by: Person) -> Case:
    verbs.record_fact(case, by=by, kind="evaluation-requested", on=DAY, data=REQUEST)
    return case_for(by, case.pk)


def counts() -> list[int]:
    return [table._base_manager.count() for table in (Case, *PROGRESS)]


@pytest.mark.parametrize("which", ["alone", "at_home", "at_oak"])
def test_out_wiped_and_in_again_is_the_same(packed: Packed, which: str) -> None:
    content: bytes = getattr(packed, which)
    first = import_for(OTHER, content)
    out = export_for(OTHER, first.pk)
    verbs.delete_case(first, by=first.reader)
    again = import_for(OTHER, out)
    assert out == export_for(OTHER, again.pk) == content
    (verdict,) = verdicts(again.pk)
    assert (verdict.findings, verdict.unknown) == ((), ())
    assert set(PROGRESS_SHAPES) <= set(raw_of(content))
    assert not list(Draft202012Validator(case_schema(vocabulary())).iter_errors(raw_of(content)))


def test_a_file_of_the_time_before_behavior_plans_is_read(packed: Packed) -> None:
    def without(raw: Any) -> None:
        for one in raw["measures"]:
            del one["summaries"], one["behavior_plans"]

    case = import_for(OTHER, changed(packed.alone, without))
    told: Any = told_progress(case_for(OTHER, case.pk))
    assert [(one["summaries"], one["behavior_plans"]) for one in told["measures"]] == [([], [])]


def test_each_side_takes_along_what_it_sees(packed: Packed) -> None:
    """What the family noted while it was alone, and what it measures and does not show, the school does not have."""
    home, oak = raw_of(packed.at_home), raw_of(packed.at_oak)
    assert SECRET not in str(oak)
    assert [one["id"] for one in home["measures"]] == ["m1", "m2", "m3"]
    assert [one["id"] for one in oak["measures"]] == ["m2", "m3"]
    assert [one["id"] for one in oak["service_logs"]] == ["4", "5", "6", "7", "8", "9"]
    assert [one["id"] for one in oak["supports"]] == ["s2", "s3"]
    assert [(one["corrects"], one["makes_up"]) for one in oak["service_logs"]][3:] == [(None, None), (None, 7), (8, 7)]
    assert [one["facts"] for one in home["progress_reports"]] == [["f1"], [], ["f1"]]
    assert [one["facts"] for one in oak["progress_reports"]] == [[], []]
    papers = {name for one in oak["progress_reports"] for name in [one["pdf"]]}
    assert papers == {"papers/progress-report-2.pdf", "papers/progress-report-3.pdf"}


def test_what_comes_in_goes_on_with_its_numbers(packed: Packed) -> None:
    case = case_for(OTHER, import_for(OTHER, packed.at_home).pk)
    measure = measure_of(case, "m1")
    assert [one.number for one in points_of(measure)] == [2]
    made = note_point(measure, by=case.reader, on=TODAY, data={"correct": 5, "total": 5})
    assert made.number == 5
    assert verdicts_of(case) == []


def test_a_school_that_joins_later_sees_only_what_is_chosen(packed: Packed) -> None:
    """Also not what another school wrote: it was brought by the family, which chooses among its own only."""
    home = case_for(packed.rosa, import_for(packed.rosa, packed.at_home).pk)
    assert [one.name for one in lines_of(home) if one.group == "measure"] == ["measure:m1", "measure:m3"]
    case = join(home, packed.sides.oak, packed.kim, ["measure:m3"], packed.rosa)
    oak, rosa = case_for(packed.kim, case.pk), case_for(packed.rosa, case.pk)
    assert [one["id"] for one in told_progress(oak)["measures"]] == ["m3"]
    assert set(told_progress(oak)) == {"measures"}
    assert len(told_progress(rosa)["service_logs"]) == 9
    assert ledger_of(oak, TODAY) == ledger_of(rosa, TODAY)
    assert verdicts_of(case) == []


def test_the_goals_at_work_are_those_that_the_school_sees(packed: Packed) -> None:
    home = case_for(packed.rosa, import_for(packed.rosa, packed.at_home).pk)
    Measure.objects.filter(case=home).update(about="goal")
    case = join(home, packed.sides.oak, packed.kim, ["measure:m3"], packed.rosa)
    found = [(line.case.pk, line.measure.measure_id) for line in goals_at_work(packed.kim).lines]
    assert found == [(case.pk, "m3")]


def test_the_family_shows_a_measure_and_stops(
    packed: Packed, settings: Settings, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_shared(settings, tmp_path)
    rosa, oak = packed.case, case_for(packed.kim, packed.case.pk)
    page = browser_of(packed.rosa).get(f"/case/{rosa.pk}/shared/").content.decode()
    assert 'value="measure:m1"' in page
    assert f"{SECRET} alone read aloud" in page
    listed = ["measure:m1", "measure:m3"]
    assert change(rosa, by=rosa.reader, shown=["measure:m1"], listed=listed) == (1, 1)
    assert [one.measure_id for one in measures_of(oak)] == ["m1", "m2"]
    assert verdicts_of(rosa) == []


def verdicts_of(case: Case) -> list[object]:
    return [finding for one in verdicts(case.pk) for finding in one.findings]


WRONG: list[tuple[Change, str]] = [
    (lambda raw: raw["measures"][0].update(id="a/b"), "cannot stand in an address"),
    (lambda raw: raw["measures"][1].update(id="m1"), "two measures are called"),
    (lambda raw: raw["measures"][0].update(about="wish"), "none of the words"),
    (lambda raw: raw["measures"][0].update(way="feeling"), "none of the words"),
    (lambda raw: raw["measures"][0].update(way="rubric"), "needs its highest level"),
    (lambda raw: raw["measures"][0].update(side="neither"), "none of the words"),
    (lambda raw: raw["measures"][0].update(support="s9"), "not in the file"),
    (lambda raw: raw["measures"][0].update(terms=[]), "needs a name"),
    (lambda raw: raw["measures"][0].update(top=3.5), "no number that can stand here"),
    (lambda raw: raw["measures"][0]["terms"][0].update(baseline=42), "no number that can stand here"),
    (lambda raw: raw["measures"][0]["terms"][0].update(target="1.2345"), "no number that can stand here"),
    (lambda raw: raw["measures"][0]["points"][0].update(data={"correct": 9, "total": 5}), "out of 5 tries"),
    (lambda raw: raw["measures"][0]["points"][0].update(data=[]), "expected an object"),
    (lambda raw: raw["measures"][0]["points"][1].update(corrects=7), "not there before it"),
    (lambda raw: raw["measures"][0]["points"][1].update(number=1), "number stands there already"),
    (lambda raw: raw["measures"][0]["points"][1].update(number=0), "not the number of an entry"),
    (lambda raw: raw["measures"][0]["points"][3].update(corrects=None), "which entry is taken back"),
    (lambda raw: raw["measures"][0]["decisions"][0].update(does="hope"), "none of the words"),
    (lambda raw: raw["measures"][0]["incidents"][0].update(intensity=6), "how strong"),
    (lambda raw: raw["measures"][0]["incidents"][0].update(time="late"), "not a time of the day"),
    (lambda raw: raw["measures"][0]["summaries"][0].update(purpose="spite"), "none of the words"),
    (lambda raw: raw["measures"][0]["summaries"][0].update(corrects=4), "not there before it"),
    (lambda raw: raw["measures"][0]["behavior_plans"][0].update(measures=["m9"]), "not in the file"),
    (lambda raw: raw["measures"][0]["behavior_plans"][0].update(review_on="soon"), "not a day|day"),
    (lambda raw: raw["service_logs"][0].update(id="one"), "not the number of an entry"),
    (lambda raw: raw["service_logs"][1].update(makes_up=9), "cannot be made up for"),
    (lambda raw: raw["service_logs"][2].update(corrects=9), "no entry '9' before it"),
    (lambda raw: raw["service_logs"][0].update(reason="rain"), "is no reason"),
    (lambda raw: raw["service_logs"][0].update(plan_kind="diet"), "none of the words"),
    (lambda raw: raw["service_logs"][0].update(minutes=0), "are no minutes"),
    (lambda raw: raw["accommodations_given"][0].update(was="lost"), "none of the words"),
    (lambda raw: raw["supports"][0].update(facts=["f99"]), "not in the file"),
    (lambda raw: raw["supports"][0].update(per="decade"), "longer than|none of the words"),
    (lambda raw: raw["supports"][0]["notes"][0].update(kind="rumor"), "none of the words"),
    (lambda raw: raw["supports"][0]["notes"][0].update(data={"x": "\x00"}), "broken letter"),
    (lambda raw: raw["progress_reports"][0].update(text="Other"), "changed after it was written"),
    (lambda raw: raw["progress_reports"][0].update(pdf="papers/none.pdf"), "This PDF is missing"),
    (lambda raw: raw["progress_reports"][0].update(facts=["f99"]), "not in the file"),
]


@pytest.mark.parametrize(("change_it", "words"), WRONG)
def test_what_is_not_in_order_is_refused_and_nothing_is_written(packed: Packed, change_it: Change, words: str) -> None:
    before, wrong = counts(), changed(packed.at_home if "two " in words else packed.alone, change_it)
    with pytest.raises(ExchangeError, match=words):
        import_for(OTHER, wrong)
    assert counts() == before


def test_all_faults_are_told_at_once(packed: Packed) -> None:
    wrong = changed(
        packed.alone,
        lambda raw: raw["measures"][0].update(about="wish"),
        lambda raw: raw["service_logs"][0].update(reason="rain"),
        lambda raw: raw["accommodations_given"][0].update(was="lost"),
        lambda raw: raw["supports"][0].update(ended_why="tired"),
        lambda raw: raw["progress_reports"][0].update(text="Other"),
    )
    with pytest.raises(ExchangeError) as refused:
        import_for(OTHER, wrong)
    places = {fault.where.partition(" ")[0].rstrip(":") for fault in refused.value.faults}
    assert places == set(PROGRESS_SHAPES)


@dataclass
class Merged:
    """Rosa's file went into the school's, with its second measure chosen; what was told of each before."""

    rosa: Person
    kim: Person
    mine: Case
    case: Case
    before: Records
    theirs: Records
    rows: Mapping[Any, int]


@pytest.fixture(scope="module")
def merged(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Merged]:
    """Put together once for all tests here."""
    with kept_for_all(django_db_blocker):
        sides = make_sides()
        rosa, kim = sides.family(), sides.staff("kim", "iep-manager", sides.oak)
        mine = _told(alone(rosa), rosa)
        for words in ("one", "two"):
            progress(mine, TODAY, f"{SECRET} {words}", ["f1"])
        theirs = begin_for_school(kim, school=sides.oak, child=Child(name="Ana", born=date(2016, 5, 2), state="TX"))
        theirs.members.create(person=rosa.id, role="parent", decides=True)
        oak = case_for(kim, theirs.pk)
        verbs.record_fact(oak, by=oak.reader, kind="meeting-held", on=DAY, data={"date": DAY})
        progress(oak, TODAY, "Oak", ["f1"])
        before, there = told_progress(mine), told_progress(oak)
        rows = {table: len(in_case(table, mine)) + len(in_case(table, theirs)) for table in PROGRESS}
        yes = family_agrees(propose(mine, theirs, by=rosa), by=rosa, pairs=[], chosen=["measure:m2"])
        put_together(yes, by=oak.reader, seen=yes.agreed_on)
        yield Merged(rosa, kim, mine, theirs, before, there, rows)


def test_every_row_of_both_is_there_once_and_the_trails_hold(merged: Merged) -> None:
    assert {table: len(in_case(table, merged.case)) for table in PROGRESS} == merged.rows
    assert verdicts_of(merged.case) == verdicts_of(merged.mine) == []


def test_ids_numbers_and_all_that_refers_to_them_follow(merged: Merged) -> None:
    told: Any = told_progress(case_for(merged.rosa, merged.case.pk))
    fact = where_now(merged.mine.pk, "fact", "f1")
    assert fact != "f1"
    assert {name: sorted(one["id"] for one in rows) for name, rows in told.items()} == {
        "supports": ["s1", "s2", "s3"], "measures": ["m1", "m2", "m3"], "accommodations_given": ["1", "2", "3"],
        "service_logs": [str(number) for number in range(1, 10)], "progress_reports": ["1", "2", "3"],
    }  # fmt: skip
    assert {where_now(merged.mine.pk, "measure", name) for name in ("m1", "m2")} == {"m2", "m3"}
    names = {one["terms"][-1]["title"]: (one["support"], one["id"]) for one in told["measures"]}
    helps = {one["title"]: one["id"] for one in told["supports"]}
    for words in ("Oak", f"{SECRET} one", f"{SECRET} two"):
        assert names[f"{words} read aloud"][0] == helps[f"{words} help"]
    links = [(one["corrects"], one["makes_up"]) for one in told["service_logs"]]
    assert links == [(None, None), (None, 1), (2, 1), (None, None), (None, 4), (5, 4), (None, None), (None, 7), (8, 7)]
    for rows in (told["supports"], told["progress_reports"]):
        assert [one["facts"] for one in rows] == [["f1"], [fact], [fact]]
    assert [one["notes"][0]["facts"] for one in told["supports"]] == [["f1"], [fact], [fact]]


def test_what_lies_in_something_is_named_after_its_new_name() -> None:
    names = Renamed({"measure": {"m1": "m4"}, "support": {"s1": "s2"}, "session": {"2": "5"}})
    now = {
        "point:m1/7": "point:m4/7",
        "behavior-plan:m1/2": "behavior-plan:m4/2",
        "support-note:s1/1": "support-note:s2/1",
        "session:2": "session:5",
    }
    assert {name: names.name(name) for name in now} == now


def test_what_was_noted_of_a_measure_stays_as_it_was(merged: Merged) -> None:
    told: Any = told_progress(case_for(merged.rosa, merged.case.pk))
    old: Any = merged.before
    for one in old["measures"]:
        now = where_now(merged.mine.pk, "measure", one["id"])
        (other,) = [each for each in told["measures"] if each["id"] == now]
        same = set(one) - {"id", "support", "behavior_plans"}
        assert [plan["measures"] for plan in other["behavior_plans"]] == [[now]]
        assert {name: one[name] for name in same} == {name: other[name] for name in same}


def test_the_school_sees_of_it_only_what_is_chosen(merged: Merged) -> None:
    oak = case_for(merged.kim, merged.case.pk)
    now = told_progress(oak)
    assert {name: rows for name, rows in now.items() if name != "measures"} == {
        name: rows for name, rows in merged.theirs.items() if name != "measures"
    }
    chosen = where_now(merged.mine.pk, "measure", "m2")
    assert [one["id"] for one in now["measures"]] == ["m1", chosen]
    assert f"{SECRET} one" not in str(now)
    assert [one.side for one in logs_of(oak)] == ["school"] * 3


def test_both_get_the_same_minutes_afterwards(merged: Merged) -> None:
    oak, rosa = case_for(merged.kim, merged.case.pk), case_for(merged.rosa, merged.case.pk)
    assert ledger_of(oak, TODAY) == ledger_of(rosa, TODAY)
    assert ServiceLog.objects.filter(case=merged.case, shown=False, side="family").count() == 6
    assert Measure.objects.filter(case=merged.case, side="family").count() == 2
