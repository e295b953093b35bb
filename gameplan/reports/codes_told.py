"""From what a plan, a fact or a roster says to the codes of the files; "" or None wherever it does not say enough."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cache
from typing import Final

from gameplan.law.contents import content_list
from gameplan.plans.plan import Plan
from gameplan.reports.counting.counted import RACES
from gameplan.reports.counting.file_forms import categories
from gameplan.rosters.models import Pupil

DISABILITIES, ENVIRONMENTS, EXITS = "disability-categories", "edfacts-environments", "edfacts-exits"
ALSO_CALLED: Final = {"emotional-disability": "EMN"}
"""The same category under the name that some States and the newer law of others give it."""
SHORT_WORDS: Final = {
    "regular class 80% or more": "RC80", "regular class 40-79%": "RC79TO40", "regular class under 40%": "RC39",
    "inside regular class 80% or more of the day": "RC80", "inside regular class less than 40% of the day": "RC39",
    "inside regular class between 40-79% of the day": "RC79TO40", "separate school": "SS",
}  # fmt: skip
ENDED: Final = {
    "revoked": "TRAN", "ineligible": "TRAN", "regular-diploma": "GHS", "alternate-diploma": "GRADALTDPL",
    "certificate": "RC", "aged-out": "RMA", "moved": "MKC", "dropped-out": "DROPOUT", "died": "D",
    "transferred-to-regular-education": "TRAN",
}  # fmt: skip
"""Why services ended, as the files have it. Who takes permission back, or is not eligible any more, goes over to
regular education."""
YOUNG_IDS: Final = "ec-"
SPECIAL: Final = {"drugs": "D", "weapon": "W", "serious-bodily-injury": "SBI"}
ELSEWHERE: Final = {"special-school": "SS", "home": "HH", "hospital-institution": "HH"}
ELSEWHERE_YOUNG: Final = {"special-school": "SS", "home": "H", "special-class": "SC"}
IN_SCHOOL: Final = frozenset({"regular-class", "regular-with-supplementary", "special-class"})
MOST, SOME = Fraction(80, 100), Fraction(40, 100)
KINDERGARTEN: Final = frozenset({"KG", "K", *map(str, range(1, 13)), *(f"{year:02}" for year in range(1, 13))})
BEFORE: Final = frozenset({"IT", "PR", "PK"})


@cache
def _codes(list_id: str) -> Mapping[str, str]:
    """The codes of a list by id, by code and by words, all in small letters."""
    found: dict[str, str] = {}
    for one in content_list(list_id).items:
        found |= dict.fromkeys((one.id, one.edfacts.lower(), one.text.lower()), one.edfacts)
    return found


def disability_code(words: Iterable[str]) -> str:
    """The one category of a child (34 CFR 300.641(d)): several are multiple disabilities, but for deaf-blindness and
    developmental delay."""
    told = [word.strip().lower() for word in words if word]
    known = {ALSO_CALLED.get(one) or _codes(DISABILITIES).get(one, "") for one in told}
    if "" in known or not known:
        return ""
    if len(known) == 1:
        return known.pop()
    if "DD" in known:
        return "DD"
    return "DB" if known <= {"DB", "HI", "VI"} else "MD"


def environment_code(words: str, *, young: bool) -> str:
    """The code in the words of a fact: a code itself, or one of the sentences that stand for one at that age.

    A code is taken as it stands, also one of the wrong age, which an edit check finds. Words that stand for a code at
    the other age only say nothing: a "separate class" at school age may be any share of the day.
    """
    told = words.strip().lower()
    if told in _exact(ENVIRONMENTS):
        return _exact(ENVIRONMENTS)[told]
    return _sentences(young).get(told, "" if young else SHORT_WORDS.get(told, ""))


@cache
def _exact(list_id: str) -> Mapping[str, str]:
    """The codes of a list by id and by code, in small letters."""
    items = content_list(list_id).items
    return {name: one.edfacts for one in items for name in (one.id, one.edfacts.lower())}


@cache
def _sentences(young: bool) -> Mapping[str, str]:
    """The codes for an age by their words, in small letters."""
    items = content_list(ENVIRONMENTS).items
    return {one.text.lower(): one.edfacts for one in items if one.id.startswith(YOUNG_IDS) is young}


def environment_of(plan: Plan, *, young: bool) -> str:
    """Where the plan places the child, as far as it says so.

    Inside the regular class is counted from the minutes of the school week and those apart from children without
    disabilities; nothing is guessed from the name of a class. For young children the form says nothing of the hours
    of a program, so only places outside of one can be told.
    """
    chosen = {str(row.get("option")) for row in plan.rows("placements-considered") if row.get("chosen") is True}
    elsewhere = ELSEWHERE_YOUNG if young else ELSEWHERE
    outside = {elsewhere[one] for one in chosen if one in elsewhere}
    if len(outside) == 1 and not chosen & (IN_SCHOOL - elsewhere.keys()):
        return outside.pop()
    if young or outside or not chosen:
        return ""
    return inside_code(plan.value("week-minutes"), plan.value("apart-minutes"))


def inside_code(week: object, apart: object) -> str:
    """The share of the week inside the regular class, as a code.

    >>> inside_code(1800, 360), inside_code(1800, 361), inside_code(1800, 1081), inside_code(None, 5)
    ('RC80', 'RC79TO40', 'RC39', '')
    """
    if not _is_number(week) or not _is_number(apart):
        return ""
    whole, away = Fraction(str(week)), Fraction(str(apart))
    if whole <= 0 or not 0 <= away <= whole:
        return ""
    inside = (whole - away) / whole
    return "RC80" if inside >= MOST else "RC79TO40" if inside >= SOME else "RC39"


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def at_kindergarten(grade: str) -> bool | None:
    """True for a grade from kindergarten on, False before it; None for any other words, also for TK: States differ."""
    told = grade.strip().upper()
    return True if told in KINDERGARTEN else False if told in BEFORE else None


_ANSWERS: Final = {
    "american-indian": "american_indian", "asian": "asian", "black": "black", "pacific-islander": "pacific_islander",
    "white": "white", "several": "two_or_more",
}  # fmt: skip
_NORTH_AFRICAN: Final = ("middle eastern", "north african", "mena")


def race_answers(pupil: Pupil) -> tuple[str, ...]:
    """The raw answers of a pupil, as `counted.RACES` names them."""
    told = [name for name, field in _ANSWERS.items() if getattr(pupil, field) is True]
    if any(word in pupil.race_words.lower() for word in _NORTH_AFRICAN):
        told.append("middle-eastern")
    return tuple(one for one in told if one in RACES)


def sex_code(sex: str) -> str:
    """F or M; "" for anything else, which the files do not take."""
    code = sex.strip()[:1].upper()
    return code if sex.strip().lower() in ("f", "m", "female", "male") and code in categories()["sex"].codes else ""


def learner_of(pupil: Pupil) -> bool | None:
    """True for an English learner, None where the roster does not say."""
    return {Pupil.Learner.YES.value: True, Pupil.Learner.NO.value: False}.get(pupil.english_learner)
