"""Extra help in class: begun, changed, noted, ended; what follows as facts, and who may do it."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from gameplan.cases.doors import case_for, facts_of
from gameplan.cases.models import Case
from gameplan.core.facts import standing_facts
from gameplan.people.refusals import Refused
from gameplan.people.roles import Action
from gameplan.progress.doors import supports_of
from gameplan.progress.grouping import GroupWords, begin_group, end_group, groups_of, rename_group
from gameplan.progress.models_supports import Support, SupportNote
from gameplan.progress.supporting import (
    Dose,
    Help,
    Noting,
    begin_support,
    change_support,
    dose_of,
    end_support,
    is_running,
    note,
    notes_of,
    support_of,
    withdraw_note,
)
from tests.progress.conftest import Opened, person_named
from tests.sides import Sides, alone

SINCE, DAY = date(2025, 9, 8), date(2025, 11, 3)
READING = Help(2, "reading", "Reading group", SINCE, Dose(30, 3, "week", "Ms. Lee"))


@pytest.fixture
def help_(opened: Opened) -> Support:
    """Reading help on tier 2 that the teacher began."""
    found = opened("tess")
    return begin_support(found, by=found.reader, help_=READING)


def facts(case: Case, kind: str) -> list[dict[str, object]]:
    return [dict(one.data) for one in standing_facts(facts_of(case).facts) if one.kind == kind]


def seen_as(opened: Opened, name: str, support: Support) -> Support:
    return support_of(opened(name), support.support_id)


def test_begun_help_is_told_on_the_timeline_and_both_sides_see_it(help_: Support, opened: Opened) -> None:
    rosa = opened("rosa")
    told = {"date": SINCE, "tier": "2", "about": "Reading: Reading group"}
    assert facts(rosa, "supports-started") == [told]
    assert [one.support_id for one in supports_of(rosa)] == ["s1"]
    assert dose_of(seen_as(opened, "rosa", help_)) == READING.dose
    assert is_running(help_, SINCE)


def test_the_same_form_makes_one(opened: Opened) -> None:
    found, key = opened("tess"), uuid4()
    made = [begin_support(found, by=found.reader, help_=READING, form_key=key) for _ in range(2)]
    assert made[0] == made[1]
    assert len(facts(found, "supports-started")) == 1


def test_every_fault_at_once(opened: Opened) -> None:
    found = opened("tess")
    wrong = Help(4, "chess", " ", date(2025, 12, 1), Dose(30, None, "month", "", uuid4(), date(2025, 9, 1)))
    with pytest.raises(Refused) as refused:
        begin_support(found, by=found.reader, help_=wrong)
    places = {one.where for one in refused.value.faults}
    assert places == {"tier", "area", "title", "since", "minutes", "per", "group", "until"}
    assert not Support.objects.exists()


def test_a_change_keeps_what_held_before(help_: Support, opened: Opened) -> None:
    tess = opened("tess")
    changed = change_support(help_, by=tess.reader, dose=Dose(45, 4, "week", "Ms. Lee"), why="Too slow.")
    assert (changed.minutes, changed.times) == (45, 4)
    told = notes_of(changed)[0]
    assert (told.kind, told.note) == ("change", "Too slow.")
    assert told.data["before"] == {"minutes": 30, "times": 3, "per": "week", "who": "Ms. Lee"}
    with pytest.raises(Refused):
        change_support(help_, by=tess.reader, dose=Dose(), why="")


def test_each_side_changes_what_it_began(help_: Support, opened: Opened) -> None:
    rosa = opened("rosa")
    seen = seen_as(opened, "rosa", help_)
    with pytest.raises(PermissionDenied):
        change_support(seen, by=rosa.reader, dose=Dose(), why="x")
    with pytest.raises(PermissionDenied):
        end_support(seen, by=rosa.reader, on=DAY, why="other")
    with pytest.raises(PermissionDenied):
        note(seen, by=rosa.reader, noting=Noting("review", DAY, adequate=False))
    note(seen, by=rosa.reader, noting=Noting("note", DAY, "She comes home happy."))
    assert [one.side for one in notes_of(help_)] == ["family"]


def test_a_review_is_told_once_the_team_can_tell(help_: Support, opened: Opened) -> None:
    tess = opened("tess")
    note(help_, by=tess.reader, noting=Noting("review", date(2025, 10, 1), "Too early."))
    assert facts(tess, "intervention-reviewed") == []
    told = note(help_, by=tess.reader, noting=Noting("review", DAY, "Slow.", adequate=False, shared=True))
    review = {"date": DAY, "area": "Reading", "tier": "2", "adequate_progress": False, "shared_with_parent": True}
    assert facts(opened("rosa"), "intervention-reviewed") == [review]
    withdraw_note(help_, told.number, by=tess.reader)
    assert facts(tess, "intervention-reviewed") == []
    assert [one.note for one in notes_of(help_)] == ["Too early."]
    assert SupportNote.objects.count() == 3


def test_what_the_family_was_told(help_: Support, opened: Opened) -> None:
    tess = opened("tess")
    told = ("evaluation", "amounts", "strategies")
    made = note(help_, by=tess.reader, noting=Noting("told", DAY, way="meeting", told_of=told))
    assert made.data == {"way": "meeting", "told_of": ["amounts", "strategies", "evaluation"]}
    with pytest.raises(Refused) as refused:
        note(help_, by=tess.reader, noting=Noting("told", date(2025, 12, 1), way="pigeon"))
    assert {one.where for one in refused.value.faults} == {"on", "way", "told_of"}


@pytest.mark.parametrize("share", [None, -1, 101])
def test_fidelity_is_a_share(help_: Support, opened: Opened, share: int | None) -> None:
    by = opened("tess").reader
    assert note(help_, by=by, noting=Noting("fidelity", DAY, share=80)).share == 80
    with pytest.raises(Refused):
        note(help_, by=by, noting=Noting("fidelity", DAY, share=share))


def test_ended_help_stays_to_be_read(help_: Support, opened: Opened) -> None:
    tess = opened("tess")
    ended = end_support(help_, by=tess.reader, on=DAY, why="worked")
    assert not is_running(ended, date(2025, 11, 4))
    with pytest.raises(Refused):
        end_support(help_, by=tess.reader, on=DAY, why="worked")
    assert [one.support_id for one in supports_of(opened("rosa"))] == ["s1"]


def test_what_a_family_notes_alone_it_keeps(sides: Sides) -> None:
    rosa = sides.family()
    found = case_for(rosa, alone(rosa).pk, to=Action.WRITE)
    made = begin_support(found, by=found.reader, help_=READING)
    assert not made.shown
    note(made, by=found.reader, noting=Noting("review", DAY, adequate=True))
    assert [one["adequate_progress"] for one in facts(found, "intervention-reviewed")] == [True]


def test_help_that_the_family_keeps_is_not_there_for_the_school(help_: Support, opened: Opened) -> None:
    Support.objects.update(shown=False)
    assert not supports_of(opened("tess"))
    with pytest.raises(Http404):
        seen_as(opened, "tess", help_)
    assert len(supports_of(opened("rosa"))) == 1


def test_groups_of_a_school(sides: Sides, case: Case, opened: Opened) -> None:
    tess = opened("tess")
    words = GroupWords("Reading, Tuesdays", 2, "reading", "Ms. Lee")
    group = begin_group(sides.oak, by=person_named("tess"), words=words)
    made = begin_support(
        tess, by=tess.reader, help_=Help(2, "reading", "Group", SINCE, Dose(group=group.pk))
    )  # fmt: skip
    assert made.group == group
    with pytest.raises(Refused):
        begin_group(sides.oak, by=person_named("tess"), words=GroupWords("READING, tuesdays", 5, "chess"))
    rename_group(group, by=person_named("kim"), name="Reading, Mondays", who="")
    end_group(group, by=person_named("kim"), on=DAY)
    assert groups_of(sides.oak) == []
    with pytest.raises(Refused):
        begin_support(tess, by=tess.reader, help_=Help(2, "reading", "Other", SINCE, Dose(group=group.pk)))
    changed = change_support(made, by=tess.reader, dose=Dose(20, 2, "day", group=group.pk), why="More.")
    assert changed.group_id == group.pk


@pytest.mark.parametrize("name", ["ada", "rosa"])
def test_who_does_not_plan_makes_no_groups(sides: Sides, case: Case, name: str) -> None:
    with pytest.raises(PermissionDenied):
        begin_group(sides.oak, by=person_named(name), words=GroupWords("A", 1, "math"))
