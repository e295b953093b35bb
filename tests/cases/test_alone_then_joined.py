"""What a family wrote while it was alone with the case stays with it when a school comes to hold the case too."""

from __future__ import annotations

from datetime import date

from pytest_django import Settings

from gameplan.cases.amending import amendments_of, ask
from gameplan.cases.doors import case_for
from gameplan.cases.people import person_of_user
from gameplan.notices.doors import help_of
from gameplan.notices.language import ask_help
from gameplan.people.models import User
from tests.sides import alone, join, make_sides

DAY = date(2025, 9, 3)


def test_requests_and_help_asked_for_alone_stay_with_the_family(settings: Settings, db: None) -> None:
    settings.GAMEPLAN_SHARED = True
    sides = make_sides()
    rosa = sides.family()
    case = alone(rosa)
    ask(case, by=rosa, wrong="The name is wrong.", should="Ana", about="", on=DAY, today=DAY)
    ask_help(case, by=rosa, what="interpreter", person=rosa.id, lang="Spanish", on=DAY)
    kim = sides.staff("kim", "iep-manager", sides.oak)
    join(case, sides.oak, kim, [], rosa)
    seen = {}
    for name in ("rosa", "kim"):
        opened = case_for(person_of_user(User.objects.get(email=f"{name}@example.org")), case.pk)
        seen[name] = (amendments_of(opened).count(), help_of(opened).count())
    assert seen == {"rosa": (1, 1), "kim": (0, 0)}
