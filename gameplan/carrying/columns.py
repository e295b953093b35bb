"""The columns of the three templates. Those of `facts.csv` come from the vocabulary of the law alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from gameplan.core.casefile import NOT_KNOWN
from gameplan.core.entries import EventKind, Field
from gameplan.law import vocabulary

CASES, FACTS, PLANS, KINDS, README = "cases.csv", "facts.csv", "plans.csv", "kinds.csv", "README.txt"
EXAMPLE: Final = "EXAMPLE"
"""Rows whose `case_key` begins so are examples: they are left out."""
MACHINE_MADE: Final = "system"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a template: its name, what stands in it, whether each row needs it, and the term of the law."""

    name: str
    says: str
    needed: bool = False
    law: str = ""


CASE_COLUMNS: Final = (
    Column("case_key", "Your former system's own id of the case. facts.csv and plans.csv name the case by it.", True),
    Column("given", "First name.", True),
    Column("family", "Last name.", True),
    Column("born", "Birth date.", True, "the age clocks: 34 CFR 300.101"),
    Column("local_id", "The district's own number of the student, as in the roster. By it the student is found."),
    Column("state_id", "The State's number of the student, as in the roster. It is looked at beside local_id."),
    Column(
        "school",
        "The school that holds the case: its name or its NCES number here, or its id. Empty: the school "
        "that is chosen with the file (--school).",
        False,
        "the LEA",
    ),
    Column("state", "Postal code of the State, TX. Empty: the State of the school.", False, "the SEA"),
    Column("grade", "Grade, as the school writes it: KG, 3, 11."),
    Column(
        "home_language", "en or es: the language of letters to this family; empty is en.", False, "34 CFR 300.503(c)"
    ),
    Column("manager_email", "E-mail of the child's IEP manager (case manager), if that person has an account here."),
)
PLAN_COLUMNS: Final = (
    Column("case_key", "The case, as in cases.csv.", True),
    Column("plan", "iep, or 504.", True, "34 CFR 300.320; 34 CFR 104.33"),
    Column("made_on", "The day on which the team finished it.", True, "the clock of the yearly review: 300.324(b)"),
    Column("starts", "First day it is meant for. Empty: the day it was made.", False, "effect: 34 CFR 300.323"),
    Column("ends", "Last day it is meant for, if the plan says one.", False, "34 CFR 300.320(a)(7)"),
    Column("review_due", "The yearly review as your system says it. A day before that of the law holds; a later one "
           "does not, and the preview says so.", False, "34 CFR 300.324(b)(1)(i)"),
    Column("reevaluation_due", "The next reevaluation as your system says it. It is only compared with the "
           "evaluations in facts.csv.", False, "34 CFR 300.303(b)(2)"),
    Column("environment", "Code of the educational environment (child count), like RC80, or its words.", False,
           "least restrictive environment: 34 CFR 300.114, IDEA section 618"),
    Column("first", "yes if it is the child's first IEP.", False, "34 CFR 300.323(c)"),
    Column("progress_schedule", "When progress is reported, in words; empty is not known.", False, "300.320(a)(3)"),
    Column("has_transition", "yes or no: does it plan for life after school? Empty is not known.", False, "300.320(b)"),
    Column("has_majority_statement", "yes or no: does it say that rights pass to the student? Empty is not known.",
           False, "300.320(c)"),
    Column("note", "Anything that a reader should know."),
)  # fmt: skip
FACT_BASE: Final = (
    Column("case_key", "The case, as in cases.csv.", True),
    Column("fact", "The kind of fact, one of those in kinds.csv.", True),
    Column("on", "The main day of the fact (kinds.csv says which one that is). Clocks start here.", True),
    Column("fact_key", "A name for this row, if another row of the same case points at it."),
    Column("said_by", "Whose word it is: school (also if empty), parent, state, hearing-officer, ..."),
    Column("planned", "yes if it is planned and has not happened yet."),
    Column("document", "The paper in which it is written. Empty: the name of your former system."),
    Column("page", "The page of that paper. Empty: the row of this file."),
    Column("note", "Anything that a reader should know."),
)
USUAL: Final = (
    "evaluation-requested", "consent-requested", "consent-given", "evaluation-completed", "eligibility-determined",
    "meeting-held", "iep-adopted", "services-started", "services-stopped", "safeguards-given", "enrolled",
)  # fmt: skip
"""The kinds whose columns stand in the template of `facts.csv`. Every other kind may be used; its columns are added."""


def kinds() -> Mapping[str, EventKind]:
    """The kinds of fact that can be brought in: all but those that the program works out itself."""
    return {one.id: one for one in vocabulary().kinds.values() if one.recorded_by != (MACHINE_MADE,)}


def fields_beside(kind: EventKind) -> tuple[Field, ...]:
    """The fields of a kind that have a column of their own: all but the main date, which is `on`."""
    return tuple(one for one in kind.fields if one.name != kind.main_date)


@cache
def fact_columns() -> frozenset[str]:
    """Every name that a column of `facts.csv` may have."""
    return frozenset(one.name for one in FACT_BASE) | {one.name for kind in kinds().values() for one in kind.fields}


def template_columns() -> tuple[str, ...]:
    """The header of the template of `facts.csv`: what every fact has, then what the usual kinds need."""
    needed = (one.name for name in USUAL for one in fields_beside(kinds()[name]) if one.required or _is_category(one))
    return tuple(dict.fromkeys([*(one.name for one in FACT_BASE), *needed]))


def answers(one: Field) -> str:
    """How a field of a fact is written, in words."""
    written = {
        "date": "a day, or a month (2025-02)", "boolean": "yes or no", "number": "a number", "text": "words",
        "list": "words with ; between", "dates": "days with ; between", "ref": "the fact_key of a row of this case",
    }[one.type]  # fmt: skip
    chosen = f"{'any' if one.type == 'list' else 'one'} of: {' '.join(one.values)}" if one.values else written
    return f"{chosen}; or {NOT_KNOWN}" if one.required else chosen


def names(columns: Sequence[Column]) -> tuple[str, ...]:
    """The names of columns, in order."""
    return tuple(one.name for one in columns)


def _is_category(one: Field) -> bool:
    """What the child count asks for stands in the template, though the law does not need it of every decision."""
    return one.name == "categories"
