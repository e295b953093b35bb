"""The sample families: whole plans by every list of the law, printed whole, and a timeline that makes sense any day."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

import pytest

from gameplan.cases.doors import cases_of, facts_of
from gameplan.cases.models import Access, Case
from gameplan.cases.people import HOME
from gameplan.cases.sample import school_years
from gameplan.cases.verbs import change_child, delete_case
from gameplan.core.assess import assess
from gameplan.core.calendars import calendar_of
from gameplan.core.facts import Child, standing_facts
from gameplan.core.standing import Standing
from gameplan.law import law_for
from gameplan.law.content_check import THERE
from gameplan.planning import keeping
from gameplan.planning.doors import plans_of, standing_of, versions_of
from gameplan.planning.events import day_of, in_force_days
from gameplan.planning.models import Cell, Step, Version, Written
from gameplan.planning.samples import FAMILIES, Family, load_samples, sample_case, sample_plan
from gameplan.plans.check import check_plan
from gameplan.plans.compare import compare
from gameplan.plans.forms import ROWS, Field
from gameplan.plans.plan import Plan, cells, plan_json
from gameplan.plans.rich import plain
from gameplan.plans.sheets import sheet_of, sheets_for
from gameplan.plans.sheets.sheet import texts_of
from gameplan.tongues import tongue

ON = date(2026, 11, 27)
PAPERS = tuple(paper.name for family in FAMILIES for paper in family.papers)
SPANISH = ("diego-iep-last-year.es", "diego-iep.es")
DAYS = (ON, date(2027, 3, 3), date(2027, 8, 1), date(2027, 9, 20), date(2026, 9, 1), date(2031, 1, 15))


@cache
def written(name: str) -> Plan:
    file, _, lang = name.partition(".")
    return sample_plan(file, lang=lang or "en")


@pytest.mark.parametrize("name", PAPERS + SPANISH)
def test_every_item_of_the_law_is_there(name: str) -> None:
    check = check_plan(written(name), ON)
    lacking = [(one.list_id, one.finding.item, one.answer) for one in check.findings if one.answer != THERE]
    assert not lacking
    assert not check.open_lists


@pytest.mark.parametrize("weeks", [-52, 52, 261])
@pytest.mark.parametrize("name", PAPERS)
def test_every_item_is_there_in_another_year_too(name: str, weeks: int) -> None:
    assert check_plan(sample_plan(name, weeks), ON + timedelta(weeks=weeks)).answer == THERE


def test_the_samples_show_what_plans_can_hold() -> None:
    holds = {
        name: {one for one, is_so in check_plan(written(name), ON).circumstances.items() if is_so} for name in PAPERS
    }
    assert {"preschool"} <= holds["diego-iep-last-year"]
    assert {"school-age", "behavior-impedes", "limited-english", "at-review"} <= holds["diego-iep"]
    assert {"age-16", "near-majority"} <= holds["jasmine-iep"]
    assert {"sld-suspected", "suspect-academic"} <= holds["jasmine-evaluation"]


@pytest.mark.parametrize("name", [name for name in PAPERS if "iep" in name])
def test_each_goal_says_from_where_to_where_by_when_and_who_measures(name: str) -> None:
    plan = written(name)
    last = plan.day("review-by")
    for goal in plan.rows("goals"):
        for column in ("area", "need", "baseline", "goal", "conditions", "target", "by", "measure", "who"):
            assert goal.get(column), (goal["id"], column)
        assert re.search(r"\d", goal["baseline"]), goal["id"]
        assert re.search(r"\d", goal["target"]), goal["id"]
        assert last
        assert date.fromisoformat(goal["by"]) <= last


@pytest.mark.parametrize("name", SPANISH)
def test_the_spanish_plan_is_the_same_plan_in_other_words(name: str) -> None:
    ours, theirs = (dict(cells(written(one))) for one in (name, name.partition(".")[0]))
    assert written(name).language == "es"
    assert ours.keys() == theirs.keys()
    same = {path for path, value in ours.items() if value == theirs[path]}
    prose = {field.id for field in written(name).form.fields() if field.type == "prose"}
    assert not same & prose
    for path, value in ours.items():
        if isinstance(value, str):
            numbers = re.compile(r"\d[\d.,]*\d|\d")
            assert sorted(numbers.findall(value)) == sorted(numbers.findall(theirs[path])), path
        else:
            assert path in same


@pytest.mark.parametrize("name", ["diego-iep", "diego-iep-last-year", "jasmine-iep"])
def test_the_minutes_apart_are_those_of_the_services(name: str) -> None:
    plan = written(name)
    apart = ("special-class", "therapy-room")
    rows = [one for field in ("special-education", "related-services") for one in plan.rows(field)]
    minutes = sum(
        one["minutes"] * one["times"] * (5 if one["per"] == "day" else 1) for one in rows if one.get("place") in apart
    )
    assert minutes == plan.value("apart-minutes")
    if plan.value("il-percent"):
        week = plan.value("week-minutes")
        assert round(100 * (week - minutes) / week) == plan.value("il-percent")


def test_the_year_shows_in_a_comparison() -> None:
    found = compare(written("diego-iep-last-year"), written("diego-iep"))
    changed = {one.id for one in found.sections}
    assert {"about", "goals", "services", "accommodations", "special-factors", "esy"} <= changed


@pytest.mark.parametrize("name", PAPERS + SPANISH)
def test_no_year_stands_in_the_prose(name: str) -> None:
    said = [text for field in written(name).form.fields() for text in texts(written(name), field)]
    assert not [one for one in said if re.search(r"\b20\d\d\b", one)]


def texts(plan: Plan, field: Field) -> list[str]:
    """Every text of a field that was written in words."""
    asked = [(field, plan.value(field.id))]
    if field.type == ROWS:
        asked = [(column, row.get(column.id)) for row in plan.rows(field.id) for column in field.columns]
    return [value for one, value in asked if value and one.type in ("line", "prose")]


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("name", PAPERS + SPANISH)
def test_the_paper_holds_all_words(name: str, lang: str) -> None:
    plan = written(name)
    papers = sheets_for(plan.form)[: 2 if plan.form.kind == "evaluation" else 1]
    sheets = [sheet_of(plan, one, tongue(lang), on=ON) for one in papers]
    printed = squeezed(" ".join(text for sheet in sheets for part in sheet.parts for text in texts_of(part)))
    for field in plan.form.fields():
        for text in texts(plan, field):
            for line in plain(text).splitlines():
                assert squeezed(line) in printed, (field.id, line)


def squeezed(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("name", PAPERS + SPANISH)
def test_every_other_paper_can_be_made(name: str, lang: str) -> None:
    plan = written(name)
    for one in sheets_for(plan.form):
        assert sheet_of(plan, one, tongue(lang), on=ON).parts


@pytest.mark.parametrize("family", FAMILIES, ids=lambda one: one.name)
def test_a_story_lies_in_the_year_before_and_on_school_days(family: Family) -> None:
    for step in range(0, 2600, 97):
        on = date(2026, 1, 1) + timedelta(days=step)
        weeks = family.weeks(on)
        assert timedelta(0) <= on - family.whole_on - timedelta(weeks=weeks) < timedelta(days=372)
        calendar = calendar_of(tuple(school_years(on, family.years_back)))
        for fact in sample_case(family.name, weeks).facts:
            assert fact.on.weekday() < 5, fact
            assert calendar.in_summer(fact.on) or calendar.is_school_day(fact.on), fact


@pytest.fixture
def no_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    """Versions without the time that their papers take; papers have tests of their own."""
    monkeypatch.setattr(keeping, "sheet_pdf", lambda *_sheet, **_mark: b"%PDF-1.7\n")


@pytest.fixture
def samples(db: None, no_paper: None) -> list[Case]:
    return load_samples(HOME, ON)


def test_the_families_stand_where_their_stories_say(samples: list[Case]) -> None:
    stages = {case.child_name.partition(" ")[0]: standing(case, ON).stage for case in samples}
    assert stages == {"Ana": "evaluation", "Diego": "in-force", "Jasmine": "in-force", "Noah": "section-504"}
    diego = standing(samples[1], ON)
    assert [one.clock for one in diego.duties if one.status in ("due-soon", "late")] == ["missed-service-notice"]
    jasmine = standing(samples[2], ON)
    assert not [one.clock for one in jasmine.duties if one.status in ("due-soon", "late", "met-late", "cannot-tell")]


def standing(case: Case, on: date) -> Standing:
    return assess(facts_of(case), law_for(case.child_state), on=on)


def test_the_plans_are_in_force_as_they_were_agreed_to(samples: list[Case]) -> None:
    _ana, diego, jasmine, noah = samples
    for case, kind, times in (
        (diego, "iep", 2),
        (jasmine, "iep", 1),
        (jasmine, "evaluation", 1),
        (noah, "section-504", 1),
    ):
        now = day_of(case, ON, kind).in_force
        assert now
        assert not now.open
        assert len(in_force_days(case, ON, kind)) == times
    now = day_of(diego, ON).in_force
    assert now
    assert now.plan.content == written("diego-iep").content
    old, new = plans_of(diego).order_by("id")
    assert (old.follows, new.follows) == ("", old.plan_id)
    assert plan_json(standing_of(new).plan) == plan_json(written("diego-iep"))


def test_plans_come_in_the_language_of_the_reader_where_there_are_such(db: None, no_paper: None) -> None:
    spoken = [[plan.lang for plan in plans_of(case)] for case in load_samples(HOME, ON, "es")]
    assert spoken == [[], ["es", "es"], ["en", "en"], ["en"]]


def test_a_second_load_makes_no_second_copy_and_changes_nothing(samples: list[Case]) -> None:
    diego = samples[1]
    change_child(diego, by=HOME, child=Child(name="Somebody", born=date(2021, 1, 1), state="IL"))
    counts = [model.objects.count() for model in (Case, Written, Version, Step)]
    again = load_samples(HOME, date(2027, 2, 1))
    assert again == samples
    assert [model.objects.count() for model in (Case, Written, Version, Step)] == counts
    assert again[1].child_name == "Somebody"


def test_deleted_samples_leave_nothing_and_can_be_made_again(samples: list[Case]) -> None:
    for case in samples:
        delete_case(case, by=HOME)
    assert not any(model.objects.exists() for model in (Case, Written, Cell, Version, Step, Access))
    assert [case.pk for case in load_samples(HOME, ON)] == [case.pk for case in samples]
    assert cases_of(HOME).filter(is_sample=True).count() == 4


@pytest.mark.parametrize("on", DAYS[1:5:2])
def test_on_any_day_nothing_of_the_future_is_told(db: None, no_paper: None, on: date) -> None:
    for case in load_samples(HOME, on):
        told = facts_of(case)
        assert max(fact.on for fact in standing_facts(told.facts)) <= on
        assert standing(case, on).stage in ("evaluation", "in-force", "section-504")
        assert all(versions_of(plan).exists() for plan in plans_of(case))
