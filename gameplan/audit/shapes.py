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
    return [(f"{name}_{part}", "i4") for name in names for part in ("at", "n")]


MATCH: Final = np.dtype([
    ("event", "i4"), ("local", "i4"), ("on", "i4"), ("on_may_lack", "i4"), ("since", "i4"), ("later", "i4"),
    ("has_where", "i4"), ("where", "i4"), ("undone", "i4"), ("belongs", "i4"), *_lists("same", "shown"),
], align=True)  # fmt: skip

CONDITION: Final = np.dtype([
    ("what", "i4"), ("already", "i4"), ("latest", "i4"), ("constant", "i4"), ("compared", "i4"), ("match", "i4"),
    ("under", "i4"), ("month", "i4"), ("dom", "i4"), ("age", "i4"), ("says_open", "i4"),
], align=True)  # fmt: skip

EXCEPTION: Final = np.dtype([
    ("effect", "i4"), ("unit", "i4"), ("cap_unit", "i4"), ("when", "i4"), ("until", "i4"), ("cap", "i4"),
    ("length", "i4"),
], align=True)  # fmt: skip

# What is asked of every clock that a fact may start stands first: close together it is fetched at once.
CLOCK: Final = np.dtype([
    ("kind", "i4"), ("direction", "i4"), ("repeats", "i4"), ("one_round", "i4"), ("triggers", "i4"),
    *_lists("starts", "applies", "unless", "restarts", "instead"), ("first", "i4"), ("last", "i4"),
    ("state_pack", "i4"), ("must_ask", "i4"), ("length", "i4"), ("unit", "i4"), ("first_is_trigger", "i4"),
    *_lists("exceptions", "waits", "left", "within", "done", "falls"), ("federal", "i4"), ("relation", "i4"),
    ("id", "i4"), ("base", "i4"), ("key", "i4"), ("done_all", "i4"), ("last_day", "i4"), ("can_follow", "i4"),
    ("only_if_begun", "i4"), ("edge", "i4"), ("low", "i4"), ("first_version", "i4"), ("services", "i4"),
    ("late_absences", "i4"), ("federal_length", "i4"), ("counted_ref", "i4"), ("summer", "i4"), ("law", "i4"),
    *_lists("blocks", "adds", "near", "ends", "capped", "readings", "versions", "others"),
], align=True)  # fmt: skip

LAW: Final = np.dtype([
    ("number", "i4"), *_lists("clocks", "after", "ages"), ("touched_at", "i4"), ("majority", "i4"),
    ("majority_form", "i4"), ("ends", "i4"), ("ends_age", "i4"), ("ends_month", "i4"), ("ends_dom", "i4"),
    ("ends_form", "i4"),
], align=True)  # fmt: skip

FORM: Final = np.dtype([
    ("kind", "i4"), ("answers", "i4"), *_lists("fits"), ("moves", "i4"), ("compared", "i4"), ("words", "i4"),
    ("days", "f8"), ("school_days", "f8"), ("has_days", "i4"), ("has_school_days", "i4"), ("served", "i4"),
    ("days_listed", "i4"), ("part_counts", "f8"), ("in_school", "i4"), ("kept", "i4"), ("given", "i4"),
    ("official", "i4"), ("refuses", "i4"), ("consent", "i4"), ("issues", "i4"),
    ("open_expedited", "i4"), ("change_yes", "i4"), ("change_no", "i4"),
    ("system", "i4"),
], align=True)  # fmt: skip

FIT: Final = np.dtype([("match", "i2"), ("on", "i1"), ("answer", "i1")], align=True)
ADDED: Final = np.dtype([("at_least", "i4"), *_lists("unless")], align=True)
READING: Final = np.dtype([("length", "i4"), ("unit", "i4")], align=True)

LAW_TABLES_FIELDS: Final = (
    ("laws", LAW, (LAWS,)),
    ("clocks", CLOCK, (CLOCKS,)),
    ("matches", MATCH, (MATCHES,)),
    ("reads", "u1", (CLOCKS, KINDS)),  # 1 where a day of that kind of fact can change the duties of the clock
    ("conditions", CONDITION, (CONDITIONS,)),
    ("exceptions", EXCEPTION, (EXCEPTIONS,)),
    ("added", ADDED, (SMALL,)),
    ("left", LEFT_OUT, (SMALL,)),
    ("near", NEAR, (SMALL,)),
    ("summer", SUMMER, (SMALL,)),
    ("readings", READING, (SMALL,)),
    ("since", "i4", (SMALL,)),  # match of each `near` row, -1 none
    ("summer_unless", "i4", (SMALL, 2)),  # list of matches of each summer row
    ("ints", "i4", (INTS,)),
    ("main_field", "i4", (KINDS,)),
    ("own_kinds", "i4", (len(OWN_KINDS),)),
    ("own_fields", "i4", (len(OWN_FIELDS),)),
    ("initial_evaluation", "i4", ()),  # word code of the consent of that name
    ("year_form", "i4", ()),
    ("fields_n", "i4", ()),
    ("refs_n", "i4", ()),
)

FORM_TABLES_FIELDS: Final = (
    ("forms", FORM, (FORMS,)),
    ("answers", "i1", (ANSWERS,)),
    ("fits", FIT, (ANSWERS,)),
    ("words", "i4", (FORMS * 4,)),
    ("issues_differ", "i1", (SMALL, SMALL)),
)
TABLES: Final = np.dtype([*LAW_TABLES_FIELDS, *FORM_TABLES_FIELDS], align=True)

STANDING: Final = np.dtype([("row", "i4"), ("id", "i4"), ("account", "i4"), ("side", "i4")], align=True)

FACT: Final = np.dtype([
    ("id", "i4"), ("on", "i4"), ("day", "i4"), ("form", "i4"), ("kind", "i4"), ("planned", "i2"), ("system", "i2"),
    ("row", "i4"), *_lists("absent", "served", "part"),
], align=True)  # fmt: skip

HIT: Final = np.dtype([
    ("fact", "i2"), ("match", "i2"), ("day", "i4"), ("answer", "i1"), ("came", "i1"),
], align=True)  # fmt: skip

START: Final = np.dtype([("fact", "i4"), ("day", "i4"), ("match", "i4"), ("sure", "i4")], align=True)

ROUGH: Final = np.dtype([("fact", "i4"), ("field", "i4"), ("first", "i4"), ("last", "i4")], align=True)

MERGED: Final = np.dtype([
    ("duty", DUTY), ("mark", "i8"), ("times", "i4"), ("differ", "i4"), ("statuses", "i4"), ("dues", "i4"),
    ("dones", "i4"), ("first", "i4"), ("last", "i4"), ("left", "i4"),
    ("late", "i4"), ("nth", "i4"),
], align=True)  # fmt: skip

WALK: Final = np.dtype([("where", "i8"), ("what", "i8"), ("first", "i4"), ("last", "i4")], align=True)

OUT: Final = np.dtype([
    ("fact", "i4"), ("first", "i4"), ("last", "i4"), ("least", "f8"), ("most", "f8"), ("year", "i4"),
], align=True)  # fmt: skip

WORLD: Final = np.dtype([
    ("case", "i8"), ("on", "i8"), ("law", "i8"), ("born", "i8"), ("calendar", "i8"), ("facts_n", "i8"),
    ("came_here", "i8"), ("absent_n", "i8"), ("pauses_n", "i8"), ("pool_n", "i8"), ("duties_n", "i8"),
    ("rough_n", "i8"), ("roughly", "i8"), ("lists_n", "i8"), ("out_n", "i8"), ("full", "i8"), ("kinds_n", "i8"),
    ("used_n", "i8"), ("standing_n", "i8"), ("sides_n", "i8"), ("merged_n", "i8"), ("merged_at", "i8"),
    *((name, "i8") for name in ("first_day", "days_n", "school_n", "years_n", "spans_n")),
    *((name, "i8") for name in ("holidays_from", "holidays_n", "holidays_first", "holidays_last")),
    ("flags", "u1", (CALENDAR_DAYS,)), ("cum", "i2", (CALENDAR_DAYS,)), ("school", "i4", (SCHOOL_DAYS,)),
    ("years", YEAR, (SCHOOL_YEARS,)), ("spans", SPAN, (SCHOOL_YEARS,)), ("holidays", "i1", (HOLIDAYS,)),
    ("standing", STANDING, (FACTS,)), ("gone", "i1", (FACTS,)),
    ("facts", FACT, (FACTS,)),
    ("dates", "i4", (FACTS, FIELDS)),
    ("refs", "i4", (FACTS, REFS)),
    ("lists", "i4", (DAYS,)),
    ("kind_at", "i2", (KINDS,)), ("kind_n", "i2", (KINDS,)), ("kinds", "i2", (KINDS,)), ("order", "i2", (FACTS,)),
    ("match_at", "i2", (MATCHES,)), ("match_n", "i2", (MATCHES,)), ("used", "i2", (MATCHES,)),
    ("hits", HIT, (HITS + LEVELS * ROOM,)),
    ("pool", START, (POOL + 8,)), ("starts_at", "i2", (CLOCKS_OF_A_LAW,)), ("starts_n", "i2", (CLOCKS_OF_A_LAW,)),
    ("touched", "i1", (CLOCKS_OF_A_LAW,)), ("again", "i1", (CLOCKS_OF_A_LAW,)),
    ("wanted", "i4", (CLOCKS_OF_A_LAW,)), ("edges", START, (FACTS,)),
    ("absent", "i4", (DAYS,)), ("counted_absent", "i4", (DAYS,)), ("pauses", "i4", (256, 2)),
    ("sides", "i4", (SIDES,)), ("side_at", "i4", (SIDES + 1,)), ("place", "i4", (SIDES,)),
    ("rough", ROUGH, (FACTS,)),
    ("walks", WALK, (WALKS,)),
    ("out", OUT, (DAYS,)), ("out_order", "i4", (DAYS,)),
    ("duties", DUTY, (DUTIES,)), ("mark", "i8", (DUTIES,)), ("nth", "i4", (DUTIES,)),
    ("merged", MERGED, (DUTIES,)),
], align=True)  # fmt: skip
