"""Every address of the API for every role, scope and case (`route_table`): nobody gets more than on the pages."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest
from django.http import HttpResponse

from gameplan.api.routing import ROUTES
from gameplan.api.scopes import SCOPES
from gameplan.cases.models import Case
from gameplan.people.models import User
from gameplan.people.roles import ROLES, Action, Side
from gameplan.people.verbs import give_post
from tests.api.house import CANARY, SINCE, House, Program, made_case
from tests.api.route_table import ANYBODY, FACTS, TABLE, Row
from tests.config.test_permissions import undone
from tests.permission_roles import MAY, WALKED, WITHOUT_RIGHTS

OF_CASES = [row for row in TABLE if row.action]
WITH_TOKEN = [row for row in TABLE if row.scope != ANYBODY]
# What the family told, the school does not put right, and the other way round.
OTHER_SIDES = {"correction": 422, "withdrawal": 422}


def asked(program: Program, row: Row, house: House, case: Case | None = None) -> HttpResponse:
    """The answer; what is asked for leaves nothing behind."""
    path = row.path.format(case_id=(case or house.case).pk, place_id=house.school.pk)
    with undone():
        return program.ask(row.method, path + row.query, row.body, Content_Type=row.media)


def wrong(program: Program, house: House, expected: Iterable[tuple[Row, int]], case: Case | None = None) -> list[str]:
    """The addresses that answer otherwise than they should."""
    found = []
    for row, status in expected:
        answer = asked(program, row, house, case)
        if answer.status_code != status:
            found.append(f"{row.method} {row.path}: {answer.status_code}, not {status}: {answer.content[:300]!r}")
    return found


def test_every_address_has_one_row() -> None:
    declared = {(route.method, route.path, route.needs.scope, route.needs.action) for route in ROUTES}
    found = set()
    for row in TABLE:
        exact = [one for one in ROUTES if one.method == row.method and _fits(one.path, row.path)]
        route = min(exact, key=lambda one: one.path.count("{"))
        found.add((route.method, route.path, route.needs.scope, route.needs.action))
        assert route.needs.with_token == (row.scope != ANYBODY), row
        assert (route.needs.scope, route.needs.action) == ("" if row.scope == ANYBODY else row.scope, row.action), row
    assert found == declared
    assert len(TABLE) == len(ROUTES)


def _fits(pattern: str, path: str) -> bool:
    return re.fullmatch(re.sub(r"\{[^}]+\}", "[^/]+", pattern), path) is not None


@pytest.mark.parametrize("role", WALKED)
def test_each_role_gets_what_it_may_do_and_nothing_of_another_family(full: House, role: str) -> None:
    is_school = ROLES[role].side is Side.SCHOOL or ROLES[role].by_post
    expected = [(row, _expected(row, MAY[role], is_school=is_school, family=_is_family(role))) for row in WITH_TOKEN]
    program = full.program(role)
    assert wrong(program, full, expected) == []
    assert wrong(program, full, [(row, 404) for row in OF_CASES], full.theirs) == []


def _is_family(role: str) -> bool:
    return ROLES[role].side is Side.FAMILY


def _expected(row: Row, may: set[Action], *, is_school: bool, family: bool) -> int:
    if row.action and row.action not in may:
        return 403
    if row.staff and not is_school:
        return 404
    return row.status if family or row.scope != FACTS else OTHER_SIDES.get(row.path.rpartition("/")[2], row.status)


def test_a_parent_without_the_rights_does_no_more(full: House) -> None:
    program = full.program("guardian")
    full.case.members.filter(role="guardian").update(decides=False)
    expected = [(row, row.status if row.action in WITHOUT_RIGHTS else 403) for row in OF_CASES]
    assert wrong(program, full, expected) == []


@pytest.mark.parametrize("role", ["iep-manager", "aide", "state-monitor", "interpreter"])
def test_what_a_family_keeps_to_itself_is_in_no_answer(full: House, role: str) -> None:
    program = full.program(role)
    answers = [asked(program, row, full) for row in TABLE]
    assert [row.path for row, one in zip(TABLE, answers, strict=True) if CANARY.encode() in one.content] == []


def test_without_a_token_only_the_law_is_there(full: House) -> None:
    expected = [(row, row.status if row.scope == ANYBODY else 401) for row in TABLE]
    assert wrong(Program(), full, expected) == []
    assert wrong(Program("gameplan_of-somebody-else"), full, expected[:5]) == []


@pytest.mark.parametrize("scope", SCOPES)
def test_a_token_does_only_what_it_was_made_for(full: House, scope: str) -> None:
    program = full.program("iep-manager", [scope])
    for row in WITH_TOKEN:
        got = asked(program, row, full).status_code
        assert (got == 403) == (row.scope not in ("", scope) or row.action is Action.LETTER), (row.path, got)


def test_a_token_of_one_case_opens_no_other(full: House) -> None:
    other = made_case(full.parent, "Ben", None)
    scopes = [one for one in SCOPES if one != "places:read"]
    program = full.program("parent", scopes, case_id=other.pk)
    assert wrong(program, full, [(row, 404) for row in OF_CASES]) == []
    assert [one["child"] for one in program.get("/cases")["items"]] == ["Ben"]


def test_with_the_post_all_closes(full: House) -> None:
    program = full.program("iep-manager")
    user = User.objects.get(email="iep-manager@example.org")
    user.posts.update(until=SINCE)
    assert wrong(program, full, [(row, 404) for row in OF_CASES]) == []
    give_post(user, full.school, "iep-manager", since=SINCE)
    assert program.get(full.about())["role"] == "iep-manager"


def test_a_session_of_a_browser_opens_nothing(full: House) -> None:
    program = Program()
    program.client.force_login(full.parent)
    assert wrong(program, full, [(row, 401) for row in WITH_TOKEN]) == []


@pytest.mark.parametrize("path", ["/", "/nothing", "/cases/not-an-id", "/cases/", "/openapi.json/", "/cases/%00"])
def test_an_address_that_is_none_is_a_problem_too(db: None, path: str) -> None:
    answer = Program().ask("GET", path)
    assert answer.status_code in (400, 404)
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PATCH", "DELETE", "TRACE", "PUT"])
def test_another_way_of_asking_is_refused(full: House, method: str) -> None:
    answer = full.program("parent").ask(method, full.about("/facts"))
    assert (answer.status_code, answer.headers["Content-Type"]) == (405, "application/problem+json")
    assert "Access-Control-Allow-Origin" not in answer.headers
