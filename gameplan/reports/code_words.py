"""The codes of the files in words, for pages and lists. The codes themselves never change."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from gameplan.core.words import Say
from gameplan.law.contents import content_list
from gameplan.reports.codes_told import DISABILITIES, ENVIRONMENTS, EXITS
from gameplan.reports.counting.file_forms import MISSING

NOT_KNOWN: Final = Say("Not known")
HEARING: Final = Say("Hearing impairment, also deafness")
_OWN: Final[Mapping[str, Mapping[str, Say]]] = {
    "race": {
        "AM7": Say("American Indian or Alaska Native"), "AS7": Say("Asian"), "BL7": Say("Black or African American"),
        "HI7": Say("Hispanic or Latino of any race"), "MU7": Say("Two or more races"),
        "PI7": Say("Native Hawaiian or Other Pacific Islander"), "WH7": Say("White"),
    },
    "sex": {"F": Say("Female"), "M": Say("Male")},
    "el": {"LEP": Say("English learner"), "NLEP": Say("Not an English learner")},
    "age": {"AGE05K": Say("5, in kindergarten"), "AGE05NOTK": Say("5, not in kindergarten")},
    "removal-type": {"REMDW": Say("By the school: drugs, weapon or injury"), "REMHO": Say("By a hearing officer")},
    "removal-reason": {"D": Say("Drugs"), "W": Say("Weapon"), "SBI": Say("Serious injury")},
    "method": {"INSCHOOL": Say("In school"), "OUTOFSCHOOL": Say("Out of school")},
    "length-10": {"LTOREQ10": Say("10 days or less"), "GREATER10": Say("More than 10 days")},
    "length-bands": {
        "LTOREQ1": Say("1 day or less"), "2TO10": Say("More than 1 day, up to 10"),
        "GREATER10": Say("More than 10 days"),
    },
    "status": {"WDIS": Say("With a disability"), "WODIS": Say("Without a disability")},
    "services": {"SERVPROV": Say("Taught meanwhile"), "SERVNOTPROV": Say("Not taught meanwhile")},
}  # fmt: skip


@cache
def _of_list(list_id: str) -> Mapping[str, Say]:
    return {one.edfacts: Say(one.text) for one in content_list(list_id).items}


@cache
def _words(category: str) -> Mapping[str, Say]:
    if category == "disability":
        return {**_of_list(DISABILITIES), "HI": HEARING}
    if category == "exit":
        return _of_list(EXITS)
    if category in ("environment", "environment-ec"):
        return {one.edfacts: Say(one.text) for one in content_list(ENVIRONMENTS).items}
    return _OWN.get(category, {})


def code_said(category: str, code: str) -> Say | str:
    """A code of a category in words; a bare number (an age) stays as it is."""
    if code in (MISSING, ""):
        return NOT_KNOWN
    return _words(category).get(code, code)
