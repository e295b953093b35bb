"""The shapes of the compiled law and of one case while it is worked out: NumPy records of numbers only.

The law becomes one record (`LAW_TABLES`) and a case one record (`WORLD`), so that compiled functions hand each other
two addresses instead of dozens of arrays. Sizes are fixed: what does not fit is refused when the tables are filled.
Lists lie in `ints`; a list is a place and a number there. Matches, conditions and so on are row numbers.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from gameplan.audit.calendars import SPAN, YEAR
from gameplan.audit.days import LEFT_OUT
from gameplan.audit.rows import DUTY
from gameplan.audit.sizes import CALENDAR_DAYS, HOLIDAYS, SCHOOL_DAYS, SCHOOL_YEARS
from gameplan.audit.year_end import NEAR, SUMMER

NO, YES, OPEN = 0, 1, 2
"""The three answers. OPEN is "the file leaves it open"."""

# --- sizes
KINDS, FIELDS, REFS = 160, 48, 24
MATCHES, CONDITIONS, EXCEPTIONS = 1024, 8000, 8000
CLOCKS, CLOCKS_OF_A_LAW, LAWS, SMALL = 12000, 256, 64, 512
INTS, FORMS, ANSWERS = 1 << 19, 1 << 17, 1 << 23
FACTS, POOL, DUTIES, DAYS, SIDES = 1024, 8192, 8192, 4096, 8
HITS, LEVELS, ROOM = 8192, 4, 2048
WALKS = 1 << 15

# --- words as numbers, in the order of their code
CLOCK_KINDS: Final = (
    "deadline", "window", "standard", "floor", "recurring", "gate", "hold", "cap", "same-day", "standing", "counter",
    "period", "count-limit",
)  # fmt: skip
FLOOR, GATE, HOLD, CAP, COUNTER, PERIOD, COUNT_LIMIT = 3, 5, 6, 7, 10, 11, 12
DIRECTIONS: Final = ("after", "before", "during")
AFTER, BEFORE, DURING = 0, 1, 2
REPEATS: Final = ("", "from-last", "each-year", "each-school-year", "first-in-school-year", "per-iep")
FROM_LAST, FIRST_IN_SCHOOL_YEAR = 1, 4
LAST_DAYS: Final = ("", "day-before", "disputed", "weekend")
DAY_BEFORE, DISPUTED, WEEKEND_BEFORE = 1, 2, 3
EDGES: Final = ("", "done", "due")
AT_DONE, AT_DUE = 1, 2
EFFECTS: Final = (
    "does-not-apply", "not-needed", "waived", "extends", "suspends", "changes", "may-be-excused",
    "as-soon-as-possible", "shorter-notice", "restarts", "ends-early", "changes-nothing", "may-stop",
)  # fmt: skip
DOES_NOT_APPLY, NOT_NEEDED, WAIVED, EXTENDS, SUSPENDS = 0, 1, 2, 3, 4
SHORTER_NOTICE, RESTARTS, ENDS_EARLY, CHANGES_NOTHING, MAY_STOP = 8, 9, 10, 11, 12
RELATIONS: Final = ("", "replaces", "adds", "sets")
REPLACES, ADDS = 1, 2
IF_FACT, IF_NO_FACT, IF_COMPARED, IF_CONSTANT, IF_AGE = 0, 1, 2, 3, 4
ENDS: Final = ("", "birthday", "fixed", "fixed-after", "school-year")
ENDS_NEVER, ENDS_BIRTHDAY, ENDS_FIXED, ENDS_FIXED_AFTER, ENDS_SCHOOL_YEAR = range(5)

# Kinds of fact that the engine itself looks at.
OWN_KINDS: Final = (
    "meeting-held", "age-reached", "consent-requested", "consent-given", "child-absent", "enrolled", "removal-ordered",
    "due-process-filed", "child-returned", "request-withdrawn", "pwn-sent", "services-in-removal",
    "school-year-started",
)  # fmt: skip
(MEETING_HELD, AGE_REACHED, CONSENT_REQUESTED, CONSENT_GIVEN, CHILD_ABSENT, ENROLLED, REMOVAL_ORDERED,
 DUE_PROCESS_FILED, CHILD_RETURNED, REQUEST_WITHDRAWN, PWN_SENT, SERVICES_IN_REMOVAL,
 SCHOOL_YEAR_STARTED) = range(13)  # fmt: skip
# Fields with a day that the engine itself looks at.
OWN_FIELDS: Final = ("date", "until", "to", "from_date", "asked", "from")
DATE, UNTIL, TO, FROM_DATE, ASKED, FROM = range(6)


def _lists(*names: str) -> list[tuple[str, str]]:
    return [(f"{name}_{part}", "i8") for name in names for part in ("at", "n")]


MATCH: Final = np.dtype([
    ("event", "i8"), ("local", "i8"), ("on", "i8"), ("on_may_lack", "i8"), ("since", "i8"), ("later", "i8"),
    ("has_where", "i8"), ("where", "i8"), ("undone", "i8"), ("belongs", "i8"), *_lists("same", "shown"),
], align=True)  # fmt: skip

CONDITION: Final = np.dtype([
    ("what", "i8"), ("already", "i8"), ("latest", "i8"), ("constant", "i8"), ("compared", "i8"), ("match", "i8"),
    ("under", "i8"), ("month", "i8"), ("dom", "i8"), ("age", "i8"), ("says_open", "i8"),
], align=True)  # fmt: skip

EXCEPTION: Final = np.dtype([
    ("effect", "i8"), ("unit", "i8"), ("cap_unit", "i8"), ("when", "i8"), ("until", "i8"), ("cap", "i8"),
    ("length", "i8"),
], align=True)  # fmt: skip

CLOCK: Final = np.dtype([
    ("id", "i8"), ("base", "i8"), ("key", "i8"), ("state_pack", "i8"), ("kind", "i8"), ("direction", "i8"),
    ("repeats", "i8"), ("unit", "i8"), ("first_is_trigger", "i8"), ("done_all", "i8"), ("last_day", "i8"),
    ("can_follow", "i8"), ("only_if_begun", "i8"), ("must_ask", "i8"), ("edge", "i8"), ("relation", "i8"),
    ("low", "i8"), ("first_version", "i8"), ("services", "i8"), ("late_absences", "i8"),
    ("length", "i8"), ("one_round", "i8"), ("first", "i8"), ("last", "i8"), ("federal", "i8"),
    ("federal_length", "i8"), ("counted_ref", "i8"), ("summer", "i8"), ("triggers", "i8"), ("law", "i8"),
    *_lists(
        "starts", "blocks", "done", "falls", "applies", "unless", "left", "waits", "adds", "near", "exceptions",
        "restarts", "within", "ends", "capped", "readings", "versions", "instead", "others",
    ),
], align=True)  # fmt: skip

LAW: Final = np.dtype([
    ("number", "i8"), *_lists("clocks", "after", "ages"), ("touched_at", "i8"), ("majority", "i8"),
    ("majority_form", "i8"), ("ends", "i8"), ("ends_age", "i8"), ("ends_month", "i8"), ("ends_dom", "i8"),
    ("ends_form", "i8"),
], align=True)  # fmt: skip

FORM: Final = np.dtype([
    ("kind", "i8"), ("answers", "i8"), *_lists("fits"), ("moves", "i8"), ("compared", "i8"), ("words", "i8"),
    ("days", "f8"), ("school_days", "f8"), ("has_days", "i8"), ("has_school_days", "i8"), ("served", "i8"),
    ("days_listed", "i8"), ("part_counts", "f8"), ("in_school", "i8"), ("kept", "i8"), ("given", "i8"),
    ("official", "i8"), ("refuses", "i8"), ("consent", "i8"), ("issues", "i8"),
    ("open_expedited", "i8"), ("change_yes", "i8"), ("change_no", "i8"),
    ("system", "i8"),
], align=True)  # fmt: skip

ADDED: Final = np.dtype([("at_least", "i8"), *_lists("unless")], align=True)
READING: Final = np.dtype([("length", "i8"), ("unit", "i8")], align=True)

LAW_TABLES_FIELDS: Final = (
    ("laws", LAW, (LAWS,)),
    ("clocks", CLOCK, (CLOCKS,)),
    ("matches", MATCH, (MATCHES,)),
    ("conditions", CONDITION, (CONDITIONS,)),
    ("exceptions", EXCEPTION, (EXCEPTIONS,)),
    ("added", ADDED, (SMALL,)),
    ("left", LEFT_OUT, (SMALL,)),
    ("near", NEAR, (SMALL,)),
    ("summer", SUMMER, (SMALL,)),
    ("readings", READING, (SMALL,)),
    ("since", "i8", (SMALL,)),  # match of each `near` row, -1 none
    ("summer_unless", "i8", (SMALL, 2)),  # list of matches of each summer row
    ("ints", "i8", (INTS,)),
    ("main_field", "i8", (KINDS,)),
    ("own_kinds", "i8", (len(OWN_KINDS),)),
    ("own_fields", "i8", (len(OWN_FIELDS),)),
    ("initial_evaluation", "i8", ()),  # word code of the consent of that name
    ("year_form", "i8", ()),
    ("fields_n", "i8", ()),
    ("refs_n", "i8", ()),
)

FORM_TABLES_FIELDS: Final = (
    ("forms", FORM, (FORMS,)),
    ("answers", "i1", (ANSWERS,)),
    ("fits", "i4", (ANSWERS,)),  # match and answer, four times the one and the other
    ("words", "i4", (FORMS * 4,)),
    ("issues_differ", "i1", (SMALL, SMALL)),
)
TABLES: Final = np.dtype([*LAW_TABLES_FIELDS, *FORM_TABLES_FIELDS], align=True)

FACT: Final = np.dtype([
    ("id", "i8"), ("on", "i8"), ("day", "i8"), ("form", "i8"), ("kind", "i8"), ("planned", "i8"), ("system", "i8"),
    ("row", "i8"), *_lists("absent", "served", "part"),
], align=True)  # fmt: skip

START: Final = np.dtype([("fact", "i8"), ("day", "i8"), ("match", "i8"), ("sure", "i8")], align=True)

ROUGH: Final = np.dtype([("fact", "i8"), ("field", "i8"), ("first", "i8"), ("last", "i8")], align=True)

MERGED: Final = np.dtype([
    ("duty", DUTY), ("key", "i8"), ("times", "i8"), ("differ", "i8"), ("statuses", "i8"), ("dues", "i8"),
    ("dones", "i8"), ("first", "i8"), ("last", "i8"), ("left", "i8"),
    ("late", "i8"), ("nth", "i8"),
], align=True)  # fmt: skip

OUT: Final = np.dtype([
    ("fact", "i8"), ("first", "i8"), ("last", "i8"), ("least", "f8"), ("most", "f8"), ("year", "i8"),
], align=True)  # fmt: skip

WORLD: Final = np.dtype([
    ("case", "i8"), ("on", "i8"), ("law", "i8"), ("born", "i8"), ("calendar", "i8"), ("facts_n", "i8"),
    ("came_here", "i8"), ("absent_n", "i8"), ("pauses_n", "i8"), ("pool_n", "i8"), ("duties_n", "i8"),
    ("rough_n", "i8"), ("lists_n", "i8"), ("out_n", "i8"), ("full", "i8"),
    *((name, "i8") for name in ("first_day", "days_n", "school_n", "years_n", "spans_n")),
    *((name, "i8") for name in ("holidays_from", "holidays_n", "holidays_first", "holidays_last")),
    ("flags", "u1", (CALENDAR_DAYS,)), ("cum", "i2", (CALENDAR_DAYS,)), ("school", "i4", (SCHOOL_DAYS,)),
    ("years", YEAR, (SCHOOL_YEARS,)), ("spans", SPAN, (SCHOOL_YEARS,)), ("holidays", "i1", (HOLIDAYS,)),
    ("facts", FACT, (FACTS,)),
    ("dates", "i8", (FACTS, FIELDS)),
    ("refs", "i8", (FACTS, REFS)),
    ("lists", "i8", (DAYS,)),
    ("kind_at", "i8", (KINDS,)), ("kind_n", "i8", (KINDS,)), ("order", "i8", (FACTS,)),
    ("match_at", "i8", (MATCHES,)), ("match_n", "i8", (MATCHES,)), ("used", "i8", (MATCHES,)), ("used_n", "i8"),
    *((name, "i8", (HITS + LEVELS * ROOM,)) for name in ("hit", "hit_answer", "hit_match", "hit_day", "hit_came")),
    ("pool", START, (POOL + 8,)), ("starts_at", "i8", (CLOCKS_OF_A_LAW,)), ("starts_n", "i8", (CLOCKS_OF_A_LAW,)),
    ("touched", "i8", (CLOCKS_OF_A_LAW,)), ("wanted", "i8", (CLOCKS_OF_A_LAW,)), ("edges", START, (FACTS,)),
    ("absent", "i8", (DAYS,)), ("counted_absent", "i8", (DAYS,)), ("pauses", "i8", (256, 2)),
    ("standing_n", "i8"), ("standing", "i8", (FACTS,)), ("account", "i8", (FACTS,)), ("gone", "i8", (FACTS,)),
    ("sides_n", "i8"), ("sides", "i8", (SIDES,)), ("side_at", "i8", (SIDES + 1,)),
    ("rough", ROUGH, (FACTS,)),
    ("walk_where", "i8", (WALKS,)), ("walk_what", "i8", (WALKS,)),
    ("walk_first", "i4", (WALKS,)), ("walk_last", "i4", (WALKS,)),
    ("out", OUT, (DAYS,)), ("out_order", "i8", (DAYS,)),
    ("duties", DUTY, (DUTIES,)), ("nth", "i8", (DUTIES,)), ("merged_n", "i8"),
    ("merged", MERGED, (DUTIES,)),
], align=True)  # fmt: skip
