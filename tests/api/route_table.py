"""Which scope a program needs at which address of the API, and what its person must be allowed to do in the case.

A new address gets a row here; else `test_route_table.py` fails. `status`: what somebody gets who may do it all, asking
as the row says, in a case as `tests.config.test_permissions.case_of` makes it. `staff`: there is something only for who
holds a post. What each role may do stands in `tests.permission_table.MAY`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gameplan.people.roles import Action

READ, WRITE, LETTER, SHARE = Action.READ, Action.WRITE, Action.LETTER, Action.SHARE
NO_CASE = None
ANYBODY = "no token"
ANY_SCOPE = ""
NO_ID = "5d1e7c0a-3f59-4f0e-8f5c-1f2b8f3f1a09"


@dataclass(frozen=True)
class Row:
    """One address, with a request that is right."""

    method: str
    path: str
    scope: str
    action: Action | None
    status: int = 200
    body: Any = None
    query: str = ""
    media: str = "application/json"
    staff: bool = False


CASES, FACTS, PAPERS, PROGRESS, PLACES, HOOKS = (
    "cases:read", "facts:write", "papers:write", "progress:write", "places:read", "webhooks",
)  # fmt: skip
IN = "/cases/{case_id}"
YEAR = {"first_day": "2025-08-13", "last_day": "2026-05-28"}
FACT = {"kind": "evaluation-requested", "on": "2025-09-20", "data": {"received": "2025-09-20"}}
SESSION = {"service": "related-services/r9", "on": "2025-10-09", "minutes": 30}
TABLE = (
    Row("GET", "/me", ANY_SCOPE, NO_CASE),
    Row("GET", "/cases", CASES, NO_CASE),
    Row("GET", IN, CASES, READ),
    Row("GET", f"{IN}/file", CASES, SHARE),
    Row("GET", f"{IN}/standing", CASES, READ),
    Row("GET", f"{IN}/duties", CASES, READ),
    Row("GET", f"{IN}/options", CASES, READ),
    Row("GET", f"{IN}/facts", CASES, READ),
    Row("POST", f"{IN}/facts", FACTS, WRITE, 201, FACT),
    Row("GET", f"{IN}/facts/f1", CASES, READ),
    # who told f1 is the family: the school cannot put it right, and is told so
    Row("POST", f"{IN}/facts/f1/correction", FACTS, WRITE, 201, {"on": "2025-09-04"}),
    Row("POST", f"{IN}/facts/f1/withdrawal", FACTS, WRITE, 201, {}),
    Row("POST", f"{IN}/facts/f1/account", FACTS, WRITE, 201, {"said_by": "school"}),
    Row("GET", f"{IN}/calendars", CASES, READ),
    Row("PUT", f"{IN}/calendars/2025-26", FACTS, WRITE, 200, YEAR),
    Row("GET", f"{IN}/papers", CASES, READ),
    Row("POST", f"{IN}/papers", PAPERS, WRITE, 201, b"%PDF-1.7 new", "?name=new.pdf", "application/pdf"),
    Row("GET", f"{IN}/papers/a1", CASES, READ),
    Row("GET", f"{IN}/papers/a1/content", CASES, READ),
    Row("GET", f"{IN}/letters", CASES, READ),
    Row("GET", f"{IN}/letters/fitting", CASES, LETTER),
    Row("POST", f"{IN}/letters/evaluation-request/preview", CASES, LETTER, 422, {}),
    Row("POST", f"{IN}/letters/evaluation-request/pdf", CASES, LETTER, 422, {}),
    Row("GET", f"{IN}/plans", CASES, READ),
    Row("GET", f"{IN}/plans/p1", CASES, READ),
    Row("GET", f"{IN}/plans/p1/versions", CASES, READ),
    Row("GET", f"{IN}/plans/p1/versions/1", CASES, READ),
    Row("GET", f"{IN}/plan-in-force", CASES, READ),
    Row("GET", f"{IN}/meetings", CASES, READ),
    Row("GET", f"{IN}/meetings/p2", CASES, READ),
    Row("GET", f"{IN}/consents", CASES, READ),
    Row("GET", f"{IN}/consents/c1", CASES, READ),
    Row("GET", f"{IN}/measures", CASES, READ),
    Row("GET", f"{IN}/measures/m1/points", CASES, READ),
    Row("POST", f"{IN}/measures/m1/points", PROGRESS, WRITE, 201, {"on": "2025-10-09", "data": {"count": 4}}),
    Row("GET", f"{IN}/sessions", CASES, READ),
    Row("POST", f"{IN}/sessions", PROGRESS, WRITE, 422, SESSION),
    Row("GET", f"{IN}/minutes", CASES, READ),
    Row("GET", "/caseload", PLACES, NO_CASE),
    Row("GET", "/places", PLACES, NO_CASE, staff=True),
    Row("GET", "/places/{place_id}", PLACES, NO_CASE, staff=True),
    Row("GET", "/places/{place_id}/school-years", PLACES, NO_CASE, staff=True),
    Row("GET", "/webhooks", HOOKS, NO_CASE),
    Row("POST", "/webhooks", HOOKS, NO_CASE, 422, {"url": "https://127.0.0.1/"}),
    Row("GET", f"/webhooks/{NO_ID}", HOOKS, NO_CASE, 404),
    Row("DELETE", f"/webhooks/{NO_ID}", HOOKS, NO_CASE, 404),
    Row("POST", f"/webhooks/{NO_ID}/secret", HOOKS, NO_CASE, 404),
    Row("POST", f"/webhooks/{NO_ID}/resume", HOOKS, NO_CASE, 404),
    Row("GET", f"/webhooks/{NO_ID}/deliveries", HOOKS, NO_CASE, 404),
    Row("GET", "/law/states", ANYBODY, NO_CASE),
    Row("GET", "/law/TX/entries", ANYBODY, NO_CASE),
    Row("GET", "/law/us/entries/initial-evaluation", ANYBODY, NO_CASE),
    Row("GET", "/fact-kinds", ANYBODY, NO_CASE),
    Row("GET", "/letter-kinds", ANYBODY, NO_CASE),
    Row("GET", "/guide/answers", ANYBODY, NO_CASE, query="?question=testing"),
)
