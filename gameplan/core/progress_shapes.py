"""How progress stands in the case file: measures, sessions, accommodations given, extra help, progress reports.

Whether a row is shown to the other side is no part of it: that is said anew wherever the file is brought.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from gameplan.core.record_parts import (
    DATA,
    DAY,
    DECIMAL,
    FLAG,
    MOMENT,
    NUMBER,
    ROWS,
    SMALL,
    TIME,
    WORDS,
    Part,
    short,
)

_ID: Final = short("id", "-")
_SIDE: Final = short("side", longest=10)
_MADE: Final = (short("person"), short("role", longest=40))
_AT: Final = Part("at", MOMENT, "made_at")
_ROW: Final = short("row", "row_id")
_FACTS: Final = Part("facts", WORDS, "fact_ids")
_NOTED: Final = (
    Part("on", DAY), Part("note"), *_MADE, _SIDE, Part("corrects", NUMBER, is_open=True), Part("withdrawn", FLAG), _AT,
)  # fmt: skip
_NUMBERED: Final = (Part("number", NUMBER), *_NOTED)
_TERMS: Final = (
    Part("title"), Part("rises", FLAG), Part("baseline", DECIMAL, is_open=True), Part("baseline_on", DAY, is_open=True),
    Part("target", DECIMAL, is_open=True), Part("target_on", DAY, is_open=True), Part("why"), *_MADE, _AT,
)  # fmt: skip
_DECISION: Final = (
    *_NUMBERED, short("status", longest=20), short("rule", longest=40), Part("because", WORDS),
    short("does", longest=20),
)  # fmt: skip
_INCIDENT: Final = (
    *_NUMBERED, Part("time", TIME, "at", is_open=True), Part("place"), Part("antecedent"), Part("behavior"),
    Part("consequence"), Part("minutes", NUMBER, is_open=True), Part("intensity", NUMBER, is_open=True, most=SMALL),
)  # fmt: skip
_SUMMARY: Final = (
    *_NUMBERED, Part("when"), Part("does"), short("purpose", longest=20), Part("gets"), Part("looked_at"),
    Part("people"), Part("since", DAY, is_open=True), Part("because", WORDS),
)  # fmt: skip
_BEHAVIOR_PLAN: Final = (
    *_NUMBERED, Part("teach"), Part("prevent"), Part("respond"), Part("safety"), Part("by_whom"),
    Part("review_on", DAY, is_open=True), Part("goals", WORDS), Part("measures", WORDS, "measure_ids"),
)  # fmt: skip
_SUPPORT_NOTE: Final = (
    *_NUMBERED, short("kind", longest=20), Part("share", NUMBER, is_open=True, most=SMALL),
    Part("adequate", FLAG, is_open=True), Part("data", DATA), _FACTS,
)  # fmt: skip
PROGRESS_SHAPES: Final[Mapping[str, tuple[Part, ...]]] = {
    "supports": (
        short("id", "support_id"), Part("tier", NUMBER, most=SMALL), short("area"), Part("title"),
        Part("minutes", NUMBER, is_open=True), Part("times", NUMBER, is_open=True), short("per", longest=10),
        Part("who"), Part("since", DAY), Part("until", DAY, is_open=True), Part("ended", DAY, "ended_on", is_open=True),
        short("ended_why", longest=20), _SIDE, *_MADE, _FACTS, _AT, Part("notes", ROWS, "-", rows=_SUPPORT_NOTE),
    ),
    "measures": (
        short("id", "measure_id"), short("about", longest=20), short("plan_kind"), _ROW,
        short("support", "support_id"), short("way", longest=20), Part("top", NUMBER, is_open=True, most=SMALL),
        short("prompt", longest=20), _SIDE, Part("ended", DAY, "ended_on", is_open=True), *_MADE, _AT,
        Part("terms", ROWS, "-", rows=_TERMS),
        Part("points", ROWS, "-", rows=(*_NUMBERED, Part("data", DATA))),
        Part("changes", ROWS, "-", rows=_NUMBERED),
        Part("decisions", ROWS, "-", rows=_DECISION),
        Part("incidents", ROWS, "-", rows=_INCIDENT),
        Part("summaries", ROWS, "-", rows=_SUMMARY, is_later=True),
        Part("behavior_plans", ROWS, "-", rows=_BEHAVIOR_PLAN, is_later=True),
    ),
    "service_logs": (
        _ID, *_NOTED, short("plan_kind"), short("field"), _ROW, Part("minutes", NUMBER), short("what", longest=20),
        short("reason", longest=30), Part("makes_up", NUMBER, is_open=True), Part("in_group", FLAG, is_open=True),
    ),
    "accommodations_given": (
        _ID, *_NOTED, short("plan_kind"), short("field"), _ROW, Part("place"), short("was", longest=20),
    ),
    "progress_reports": (
        _ID, *_NOTED, short("plan_kind"), Part("since", DAY), short("lang", longest=10), Part("content", DATA),
        Part("text"), short("sha256", longest=64), Part("pdf", column="-"), _FACTS,
    ),
}  # fmt: skip
PROGRESS_SAYS: Final[Mapping[str, str]] = {
    "supports": "Extra help (MTSS, RTI) and what was noted of it, as docs/progress-file.md says.",
    "measures": "Something that is measured, with all that was noted of it, as docs/progress-file.md says.",
    "service_logs": "A session of a service, given or missed, as docs/progress-file.md says.",
    "accommodations_given": "An accommodation on one day, given or not, as docs/progress-file.md says.",
    "progress_reports": "A report on progress as it was sent, as docs/progress-file.md says.",
}
