"""Where a case stands: duties, options, and what would change if something happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from gameplan.api.answers import Answer, said
from gameplan.api.callers import opened, seen_tag
from gameplan.api.routing import Gives, Needs, route
from gameplan.api.scopes import CASES_READ
from gameplan.api.shapes import Day, Json, Lang
from gameplan.cases.doors import facts_of
from gameplan.cases.models import Case
from gameplan.cases.today import today
from gameplan.core import facts
from gameplan.core.assess import assess
from gameplan.core.entries import Law
from gameplan.core.facts import Fact
from gameplan.core.faults import CaseFileError, Fault
from gameplan.core.standing import Standing, standing_json
from gameplan.core.supposing import read_supposed
from gameplan.core.what_if import compare, comparison_json
from gameplan.law import law_for, vocabulary
from gameplan.people.roles import Action
from gameplan.tongues import tongue

router = Router(tags=["Standing"])
READS = Needs(CASES_READ, Action.READ)
MOST_SUPPOSED: Final = 10

On = Annotated[Day | None, Query(), Field(description="The day to look from; today if left out.")]
InLang = Annotated[Lang, Query(), Field(description="The language of the sentences.")]
Supposed = Annotated[
    list[str],
    Query(max_length=MOST_SUPPOSED, description="What if: kind:date or kind:date:field=value,… Nothing is kept."),
]
Status = Annotated[str, Query(), Field(max_length=20, description="Only duties that stand so, such as late.")]
Who = Annotated[str, Query(), Field(max_length=40, description="Only what this side may do: parent, school, …")]


class DutyShape(Schema):
    """Who owes what to whom, by when, and why."""

    clock: str
    pack: str
    title: str
    owed_by: str
    owed_to: str
    started: date | None
    due: date | None
    due_earliest: date | None
    due_latest: date | None
    status: str
    done: date | None
    days_left: int | None
    days_late: int | None
    cite: str
    source: str
    confidence: str
    check_with: str | None
    because: list[str]
    would_settle: list[str]
    would_change: list[str]
    accounts: list[Json]


class OptionShape(Schema):
    """What a side may, must or must not do now."""

    id: str
    who: str
    power: str
    do: str
    at: str
    closes: date | None
    closed: bool
    looks_back_to: date | None
    letter: str | None
    cite: str
    confidence: str
    note: str | None
    notes: list[str]


class StandingShape(Schema):
    """Where the case stands on a day, as `gameplan assess --json` says it."""

    on: date
    stage: str
    duties: list[DutyShape]
    options: list[OptionShape]
    warnings: list[str]
    what_if: Json = Field({}, description="What would change; only where something is supposed.")


class Duties(Schema):
    """Duties on a day."""

    on: date
    items: list[DutyShape]


class Options(Schema):
    """Options on a day."""

    on: date
    items: list[OptionShape]


DUTY = {
    "clock": "initial-evaluation", "pack": "TX", "title": "Finish the first evaluation", "owed_by": "school",
    "owed_to": "parent", "started": "2025-09-12", "due": "2025-11-18", "due_earliest": None, "due_latest": None,
    "status": "running", "done": None, "days_left": 40, "days_late": None, "cite": "34 CFR 300.301(c)(1)", "source": "",
    "confidence": "high", "check_with": None, "because": ["Consent came on September 12, 2025."], "would_settle": [],
    "would_change": [], "accounts": [],
}  # fmt: skip
OPTION: Json = {
    "id": "ask-for-iee", "who": "parent", "power": "may", "do": "Ask for an independent evaluation", "at": "evaluation",
    "closes": None, "closed": False, "looks_back_to": None, "letter": "iee-request", "cite": "34 CFR 300.502",
    "confidence": "high", "note": None, "notes": [],
}  # fmt: skip
STANDING = {"on": "2025-10-09", "stage": "evaluation", "duties": [DUTY], "options": [OPTION], "warnings": []}


@dataclass(frozen=True)
class Viewed:
    """A case as its reader sees it, the law, and where it stands on a day."""

    case: Case
    told: facts.Case
    law: Law
    standing: Standing


def viewed(request: HttpRequest, case_id: UUID, on: date | None) -> Viewed:
    """The case of an address with its standing on a day, today if none is said. Raises as `opened`."""
    case = opened(request, case_id)
    told = facts_of(case)
    law = law_for(told.child.state)
    return Viewed(case, told, law, assess(told, law, on=on or today()))


@route(router, "GET", "/cases/{uuid:case_id}/standing", READS, Gives(StandingShape, example=STANDING),
       about="Where a case stands on a day")  # fmt: skip
def standing(
    request: HttpRequest, case_id: UUID, on: On = None, lang: InLang = "en", suppose: Supposed = []
) -> Answer:  # fmt: skip
    """The stage, every duty with its reasons, and what each side may do now. With `suppose`, also what would change."""
    seen = viewed(request, case_id, on)
    words = tongue(lang)
    told = standing_json(seen.standing, words)
    if suppose:
        found = compare(seen.told, seen.law, on=seen.standing.on, supposed=_supposed(suppose, seen.told))
        told["what_if"] = comparison_json(found, words)
    return said(told, etag=seen_tag(seen.case))


@route(router, "GET", "/cases/{uuid:case_id}/duties", READS,
       Gives(Duties, example={"on": "2025-10-09", "items": [DUTY]}), about="Who owes what, by when")  # fmt: skip
def duties(request: HttpRequest, case_id: UUID, on: On = None, lang: InLang = "en", status: Status = "") -> Answer:
    """The duties of a case on a day, the most pressing first."""
    return _part(viewed(request, case_id, on), lang, "duties", "status", status)


@route(router, "GET", "/cases/{uuid:case_id}/options", READS,
       Gives(Options, example={"on": "2025-10-09", "items": [OPTION]}), about="What each side may do")  # fmt: skip
def options(request: HttpRequest, case_id: UUID, on: On = None, lang: InLang = "en", who: Who = "") -> Answer:
    """What each side may, must and must not do on a day, and until when."""
    return _part(viewed(request, case_id, on), lang, "options", "who", who)


def _part(seen: Viewed, lang: str, part: str, column: str, wanted: str) -> Answer:
    told = standing_json(seen.standing, tongue(lang))
    rows: Any = told[part]
    items = [row for row in rows if not wanted or row[column] == wanted]
    return said({"on": told["on"], "items": items}, etag=seen_tag(seen.case))


def _supposed(lines: Sequence[str], case: facts.Case) -> list[Fact]:
    """The facts that the lines suppose. Raises CaseFileError with every fault of all of them."""
    found: list[Fact] = []
    faults: list[Fault] = []
    for number, line in enumerate(lines, start=1):
        try:
            found.append(read_supposed(line, case, vocabulary(), number=number))
        except CaseFileError as error:
            faults += error.faults
    if faults:
        raise CaseFileError(faults)
    return found
