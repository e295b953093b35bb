"""Ana's case, held by her family and her school, and everybody who notes something in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from pytest_django import Settings

from gameplan.cases.doors import case_for
from gameplan.cases.models import Case
from gameplan.cases.people import Person, person_of_user
from gameplan.cases.verbs import save_calendar
from gameplan.core.calendars import Closure, SchoolYear
from gameplan.people.models import User
from gameplan.people.roles import Action
from gameplan.planning import writing
from gameplan.planning.doors import plan_of, version_of
from gameplan.planning.life import answer, propose
from gameplan.plans.form_files import form
from gameplan.plans.life_events import AGREED, FIRST
from gameplan.plans.plan import Plan, PlanChild
from gameplan.progress.measuring import Aim, What, begin_measure
from gameplan.progress.models import Measure
from tests.sides import Sides, alone, join, make_sides

CALENDAR = SchoolYear(
    "2025-26", date(2025, 8, 13), date(2026, 5, 21), closed=(Closure(date(2025, 11, 24), date(2025, 11, 28)),)
)
CONTENT = {
    "goals": [
        {"id": "g1", "area": "Reading", "goal": "Ana will read aloud.", "baseline": "42 words", "target": "80 words"}
    ],
    "related-services": [
        {"id": "r1", "service": "speech-language", "minutes": 30, "times": 2, "per": "week", "start": "2025-09-29"},
        {
            "id": "r2",
            "service": "occupational-therapy",
            "minutes": 60,
            "times": 1,
            "per": "month",
            "start": "2025-09-29",
        },
    ],
    "accommodations": [{"id": "a1", "what": "Texts read aloud", "where": "all classes", "when": "tests"}],
}
Opened = Callable[..., Case]
Begin = Callable[..., Measure]
WORDS = Aim("Words read aloud in a minute", True, Decimal(42), date(2025, 9, 8), Decimal(80), date(2026, 6, 5))
RATE = What("goal", "rate", plan_kind="iep", row_id="g1")


@pytest.fixture(autouse=True)
def november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GAMEPLAN_TODAY", "2025-11-14")


@pytest.fixture
def sides(settings: Settings, db: None) -> Sides:
    """Places and people; people sign in here."""
    settings.GAMEPLAN_SHARED = True
    return make_sides()


@pytest.fixture
def case(sides: Sides) -> Case:
    """Ana's case: her mother Rosa, and at Oak School Kim (IEP manager), Tess (teacher), Sam (therapist), Ada (aide)."""
    rosa = sides.family()
    kim = sides.staff("kim", "iep-manager", sides.oak)
    found = join(alone(rosa), sides.oak, kim, [], rosa)
    for name, role in (("tess", "special-teacher"), ("sam", "provider"), ("ada", "aide")):
        found.members.create(person=sides.staff(name, role, sides.oak).id, role=role)
    return found


@pytest.fixture
def opened(case: Case) -> Opened:
    """The case as somebody opens it: opened("tess"), opened("rosa", Action.WRITE)."""

    def open_it(name: str, to: Action = Action.WRITE) -> Case:
        return case_for(person_named(name), case.pk, to=to)

    return open_it


@pytest.fixture
def planned(case: Case, opened: Opened) -> Case:
    """Ana's case with an IEP in force since September 29: speech twice a week, occupational therapy once a month."""
    kim, rosa = opened("kim"), opened("rosa")
    save_calendar(kim, by=kim.reader, year=CALENDAR, source="school")
    start = Plan(form("iep"), PlanChild("Ana", date(2016, 5, 2), "TX"), CONTENT)
    plan = writing.begin(kim, by=kim.reader, form_id="iep", start=start)
    signed = date(2025, 9, 22)
    version = propose(plan, by=kim.reader, on=signed, how=FIRST, starts=date(2025, 9, 29), notice=signed)
    seen = version_of(plan_of(rosa, plan.plan_id), version.number)
    answer(seen, by=rosa.reader, on=signed, all_=AGREED, services=True)
    return case


@pytest.fixture
def begin(opened: Opened) -> Begin:
    """A measure that somebody begins; without a name the teacher, of words read in a minute."""

    def begin_it(name: str = "tess", what: What = RATE, aim: Aim = WORDS, shown: bool = True) -> Measure:
        found = opened(name)
        return begin_measure(found, by=found.reader, what=what, aim=aim, shown=shown)

    return begin_it


def person_named(name: str) -> Person:
    """Somebody of the cast."""
    return person_of_user(User.objects.get(email=f"{name}@example.org"))
