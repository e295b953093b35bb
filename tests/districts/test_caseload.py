"""The caseload: who sees whom, in which order, by which filters; and what it never shows."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from gameplan.cases import verbs
from gameplan.cases.doors import case_for
from gameplan.cases.models import Access, Case, Member
from gameplan.cases.people import Person
from gameplan.cases.reach import cases_at_work, reach_of
from gameplan.core.facts import Child
from gameplan.districts.asked import Asked, after_in, read_asked
from gameplan.districts.caseload import Page, page_of
from gameplan.districts.months import meetings_planned, month_of
from gameplan.districts.taking_out import Columns, caseload_csv
from gameplan.people.models import Organisation, User
from gameplan.people.roles import Action, Side
from gameplan.watch.models import AT_ONCE, Due, Looked
from gameplan.watch.refreshing import refresh
from tests.districts.conftest import TODAY, Hire, Join, Owe, as_person, look

SOON, LATER = date(2026, 12, 1), date(2027, 3, 1)
LONG_AGO = date(2026, 10, 1)


def seen(user: User, **asked: object) -> list[str]:
    return names(page_of(reach_of(as_person(user)), Asked(**asked), on=TODAY))  # type: ignore[arg-type]


def names(page: Page) -> list[str]:
    return [line.case.child_name for line in page.lines]


def give(case: Case, user: User, role: str = "iep-manager", until: date | None = None) -> None:
    case.members.create(person=str(user.pk), role=role, until=until)


@pytest.fixture
def children(join: Join, owe: Owe, oak: Organisation, elm: Organisation, manager: User) -> dict[str, Case]:
    """Ana (late, and soon), Ben (later) and Cem (nothing open) at Oak; Dia (soon) at Elm; Eli with no school."""
    found = {name: join(name, place) for name, place in (
        ("Ana López", oak), ("Ben", oak), ("Cem", oak), ("Dia", elm), ("Eli", None),
    )}  # fmt: skip
    ana, ben, cem, dia, eli = found.values()
    owe(ana, "initial-evaluation", LONG_AGO, "late")
    owe(ana, "iep-meeting", SOON, "due-soon", owed_by=["school", "parent"])
    owe(ben, "annual-review", LATER)
    owe(ben, "progress", None, "cannot-tell", owed_by=["parent"])
    look(cem)
    owe(dia, "iep-meeting", SOON, "due-soon")
    owe(eli, "iep-meeting", SOON, "due-soon", side="family")
    give(ana, manager)
    return found


def test_a_director_sees_every_child_of_the_district_by_the_next_day(director: User, children: dict[str, Case]) -> None:
    assert seen(director) == ["Ana López", "Dia", "Ben", "Cem"]


def test_a_monitor_sees_the_same_and_an_installer_nobody(
    monitor: User, installer: User, children: dict[str, Case]
) -> None:
    assert seen(monitor) == ["Ana López", "Dia", "Ben", "Cem"]
    assert seen(installer) == []


def test_a_manager_sees_only_children_that_are_given_to_them(
    manager: User, second: User, children: dict[str, Case]
) -> None:
    assert seen(manager) == ["Ana López"]
    assert seen(second) == []


def test_with_the_last_day_or_the_post_the_child_is_gone(
    manager: User, second: User, away: User, children: dict[str, Case]
) -> None:
    give(children["Ben"], second, until=TODAY)
    give(children["Cem"], second, until=TODAY - timedelta(days=1))
    give(children["Ben"], away)
    assert seen(second) == ["Ben"]
    assert seen(away) == []
    manager.posts.update(until=TODAY - timedelta(days=1))
    assert seen(manager) == []


def test_the_family_has_no_caseload(mother: User, children: dict[str, Case]) -> None:
    assert seen(mother) == []


def test_a_parent_who_works_there_sees_no_child_as_family(
    mother: User, oak: Organisation, children: dict[str, Case]
) -> None:
    mother.posts.create(organisation=oak, role="special-teacher", since=date(2026, 8, 1))
    assert seen(mother) == []


def test_a_director_of_one_school_sees_that_school(hire: Hire, elm: Organisation, children: dict[str, Case]) -> None:
    assert seen(hire("Pia", "district-director", elm)) == ["Dia"]


def test_two_posts_reach_what_both_open(
    hire: Hire, oak: Organisation, elm: Organisation, children: dict[str, Case]
) -> None:
    user = hire("Pia", "district-director", elm)
    user.posts.create(organisation=oak, role="iep-manager", since=date(2026, 8, 1))
    give(children["Cem"], user)
    assert seen(user) == ["Dia", "Cem"]


def opens(person: Person, case: Case, to: Action) -> bool:
    """True if the door of the case opens for this person's work."""
    try:
        return case_for(person, case.pk, to=to).reader.side is not Side.FAMILY
    except (Http404, PermissionDenied):
        return False


def test_the_list_holds_what_the_door_opens(
    director: User, manager: User, second: User, away: User, monitor: User, installer: User, mother: User,
    children: dict[str, Case],
) -> None:  # fmt: skip
    give(children["Ben"], second, "special-teacher")
    give(children["Ben"], away)
    for user in (director, manager, second, away, monitor, installer, mother):
        person = as_person(user)
        for to in (Action.READ, Action.PEOPLE, Action.SHARE):
            opened = {case for case in children.values() if opens(person, case, to)}
            assert set(cases_at_work(person, to=to)) == opened, (user.name, to)


FILTERS: list[tuple[dict[str, object], list[str]]] = [
    ({"status": "late"}, ["Ana López"]),
    ({"status": "soon"}, ["Ana López", "Dia"]),
    ({"status": "later"}, ["Ben"]),
    ({"status": "cannot-tell"}, ["Ben"]),
    ({"status": "waiting"}, []),
    ({"clock": "iep-meeting"}, ["Ana López", "Dia"]),
    ({"owed_by": "parent"}, ["Ana López", "Ben"]),
    ({"owed_by": "par"}, []),
    ({"day": SOON}, ["Ana López", "Dia"]),
    ({"name": "lopez"}, ["Ana López"]),
    ({"name": "LÓP ana"}, ["Ana López"]),
    ({"name": "50%"}, []),
    ({"manager": "none"}, ["Dia", "Ben", "Cem"]),
    ({"manager": "none", "status": "soon"}, ["Dia"]),
    ({"status": "soon", "clock": "iep-meeting", "owed_by": "parent", "name": "a"}, ["Ana López"]),
]


def test_filters(director: User, children: dict[str, Case]) -> None:
    assert [(asked, seen(director, **asked)) for asked, _found in FILTERS] == FILTERS


def test_filters_by_school_district_and_manager(
    director: User, manager: User, texas: Organisation, district: Organisation, elm: Organisation,
    children: dict[str, Case],
) -> None:  # fmt: skip
    assert seen(director, place=elm.pk) == ["Dia"]
    assert seen(director, place=district.pk) == ["Ana López", "Dia", "Ben", "Cem"]
    assert seen(director, manager=str(manager.pk)) == ["Ana López"]
    assert seen(manager, place=elm.pk) == []
    other = Organisation.objects.create(kind="school", name="Other", parent=texas)
    assert seen(director, place=other.pk) == []


def test_a_filter_shows_only_the_duties_that_were_asked_for(director: User, children: dict[str, Case]) -> None:
    page = page_of(reach_of(as_person(director)), Asked(status="soon"), on=TODAY)
    assert [[due.clock for due in line.duties] for line in page.lines] == [["iep-meeting"], ["iep-meeting"]]
    assert [line.day for line in page.lines] == [SOON, SOON]


def test_a_substitute_counts_as_a_manager_and_is_named(
    director: User, manager: User, second: User, children: dict[str, Case]
) -> None:
    give(children["Ana López"], second, until=SOON)
    (ana, *_rest) = page_of(reach_of(as_person(director)), Asked(), on=TODAY).lines
    assert ana.managers == ["Maya", "Sam"]
    assert seen(director, manager=str(second.pk)) == ["Ana López"]


def test_pages_follow_one_another_without_a_gap(director: User, oak: Organisation, join: Join, owe: Owe) -> None:
    for number in range(7):
        case = join(f"Child {number}", oak)
        for _ in range(2):
            owe(case, "iep-meeting", SOON + timedelta(days=number // 3), "due-soon")
    for asked in (Asked(), Asked(owed_by="school"), Asked(status="soon")):
        reach, found, after = reach_of(as_person(director)), [], None
        for _ in range(4):
            page = page_of(reach, asked, on=TODAY, after=after, size=2)
            found += names(page)
            after = page.after and after_in(str(page.after))
        assert sorted(found) == [f"Child {number}" for number in range(7)]
        assert after is None


def test_what_waits_to_be_worked_out_again_says_so(director: User, children: dict[str, Case]) -> None:
    Looked.objects.filter(case=children["Ben"]).update(changes_on=AT_ONCE)
    page = page_of(reach_of(as_person(director)), Asked(), on=TODAY)
    assert [line.case.child_name for line in page.lines if line.is_old] == ["Ben"]


def test_what_waits_is_asked_of_the_children_on_the_page_alone(director: User, children: dict[str, Case]) -> None:
    with CaptureQueriesContext(connection) as asked:
        page_of(reach_of(as_person(director)), Asked(status="soon"), on=TODAY)
    [waits] = [one["sql"] for one in asked.captured_queries if '"changes_on" <=' in one["sql"]]
    assert "ORDER BY" not in waits, "SQLite would follow the index of that order, through all children of all districts"


def test_the_number_of_questions_does_not_grow(
    director: User, oak: Organisation, join: Join, owe: Owe, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    person = as_person(director)
    for number in range(12):
        owe(join(f"Child {number}", oak), "iep-meeting", SOON)
        if number in (0, 11):
            with django_assert_num_queries(4):
                reach = reach_of(person)
                page_of(reach, Asked(), on=TODAY)


def test_what_the_family_keeps_to_itself_moves_nothing_on_the_list(director: User, mother: User, ana: Case) -> None:
    family = Person(str(mother.pk), "parent")
    asked = {"received": date(2026, 11, 2), "type": "initial", "by": "parent", "written": True}
    verbs.record_fact(ana, by=family, kind="evaluation-requested", on=date(2026, 11, 2), data=asked, private=True)
    refresh([ana.pk], TODAY)
    assert Due.objects.filter(case=ana, side="family").exists()
    (line,) = page_of(reach_of(as_person(director)), Asked(), on=TODAY).lines
    assert line.duties == []
    verbs.record_fact(ana, by=family, kind="evaluation-requested", on=date(2026, 11, 3), data=asked)
    refresh([ana.pk], TODAY)
    (line,) = page_of(reach_of(as_person(director)), Asked(), on=TODAY).lines
    assert line.duties != []


def test_a_look_at_the_list_is_no_look_at_a_case(director: User, children: dict[str, Case]) -> None:
    before = Access.objects.count()
    assert seen(director)
    assert Access.objects.count() == before


def table(user: User, **asked: object) -> list[list[str]]:
    reach = reach_of(as_person(user), to=Action.SHARE)
    columns = Columns(["Child", "School", "Manager", "Duty", "Rule", "Who", "Due", "From", "To", "Status"], words)
    text = "".join(caseload_csv(reach, Asked(**asked), columns, on=TODAY))  # type: ignore[arg-type]
    return list(csv.reader(StringIO(text.removeprefix("\ufeff"))))


def words(due: Due) -> tuple[str, str, str]:
    return str(due.title["text"]), ",".join(due.owed_by), due.status


def shared(case: Case) -> list[tuple[str, str]]:
    found: Iterable[tuple[str, str]] = Access.objects.filter(case_id=case.pk, action="share").values_list(
        "person", "role"
    )
    return list(found)


def test_a_table_that_is_taken_out_is_in_each_record_of_access(director: User, children: dict[str, Case]) -> None:
    rows = table(director)
    assert [row[0] for row in rows[1:]] == ["Ana López", "Ana López", "Dia", "Ben", "Ben", "Cem"]
    assert rows[1][3:] == ["initial-evaluation", "initial-evaluation", "school", "2026-10-01", "", "", "late"]
    assert shared(children["Cem"]) == [(str(director.pk), "district-director")]
    assert shared(children["Eli"]) == []


def test_a_manager_takes_out_their_own_children_in_their_role(manager: User, children: dict[str, Case]) -> None:
    assert {row[0] for row in table(manager)[1:]} == {"Ana López"}
    assert shared(children["Ana López"]) == [(str(manager.pk), "iep-manager")]
    assert shared(children["Ben"]) == []


def test_who_may_not_share_takes_out_nothing(monitor: User, second: User, children: dict[str, Case]) -> None:
    with pytest.raises(PermissionDenied):
        table(monitor)
    give(children["Ben"], second, "special-teacher")
    assert len(table(second)) == 1
    assert shared(children["Ben"]) == []


def test_no_cell_is_a_formula(director: User, oak: Organisation, join: Join) -> None:
    look(join("=HYPERLINK(1)", oak))
    assert table(director)[1][0] == "'=HYPERLINK(1)"


def test_a_month_counts_what_is_due_on_each_day(director: User, children: dict[str, Case]) -> None:
    weeks = month_of(reach_of(as_person(director)), Asked(), date(2026, 12, 1))
    days = {day.on: day for week in weeks for day in week}
    assert (days[SOON].count, days[SOON].late) == (2, 0)
    assert [due.case.child_name for due in days[SOON].dues] == ["Ana López", "Dia"]
    assert min(days) == date(2026, 11, 30)
    assert all(len(week) == 7 for week in weeks)
    october = month_of(reach_of(as_person(director)), Asked(), date(2026, 10, 1))
    assert [(day.count, day.late) for day in october[0] if day.on == LONG_AGO] == [(1, 1)]


def plan_meeting(case: Case, by: Person, on: date, **more: object) -> str:
    data = {"date": on, "kind": "annual-review", "present": ["parent"], "parent_took_part": True}
    return verbs.record_fact(
        case,
        by=by,
        kind="meeting-held",
        on=on,
        data=data,
        planned=True,
        said_by="school",
        **more,  # type: ignore[arg-type]
    ).fact_id


def test_meetings_are_counted_by_week_as_they_are_planned_last(
    director: User, mother: User, children: dict[str, Case]
) -> None:
    ana, ben = children["Ana López"], children["Ben"]
    staff, family = as_person(director).acting_as("district-director"), Person(str(mother.pk), "parent")
    first = plan_meeting(ana, staff, date(2026, 12, 2))
    ana.reader = staff
    verbs.correct_fact(ana, by=staff, fact_id=first, on=date(2026, 12, 9), planned=True)
    plan_meeting(ben, family, date(2026, 12, 10))
    plan_meeting(ben, family, date(2026, 12, 11), private=True)
    plan_meeting(children["Eli"], family, date(2026, 12, 11))
    load = meetings_planned(reach_of(as_person(director)), TODAY)
    counts = {week.monday: [one.case.child_name for one in week.meetings] for week in load.weeks if week.meetings}
    assert counts == {date(2026, 12, 7): ["Ana López", "Ben"]}
    assert (load.most, load.more, len(load.weeks)) == (2, False, 8)


def test_a_name_is_found_after_it_was_changed(director: User, ana: Case) -> None:
    look(ana)
    verbs.change_child(ana, by=ana.reader, child=Child(name="Núria Soler", state="TX"))
    assert seen(director, name="nuria") == ["Núria Soler"]
    assert seen(director, name="ana") == []
    assert Member.objects.filter(case=ana).exists()


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        ({}, Asked()),
        ({"status": "x", "place": "1", "manager": "2", "day": "2026-13-01", "name": " a\x00b "}, Asked(name="ab")),
        ({"status": "late", "manager": "none", "day": "2026-12-01"}, Asked(status="late", manager="none", day=SOON)),
    ],
)
def test_what_makes_no_sense_in_an_address_is_left_out(told: dict[str, str], asked: Asked) -> None:
    assert read_asked(told) == asked


@pytest.mark.parametrize("text", ["", "x", "2026-12-01", "2026-12-01~", "2026-12-01~x", "~1", f"2026-12-01~{'9' * 30}"])
def test_a_page_that_begins_nowhere_begins_at_the_start(text: str) -> None:
    assert after_in(text) is None
