"""The files of OneRoster 1.1 and 1.2: their columns in order, which must be filled, and what may stand in them.

One line a file, one word a column: `*` must be filled, `:rule` names a rule of `RULES`, `>file` is the id of a row in
that file, `>>file` a list of such ids with commas between. Every file begins with the three columns of `FIRST`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

VERSIONS = ("1.1", "1.2")
FIRST = ("sourcedId", "status", "dateLastModified")
EXTRA, EXTENDED, NEVER_READ = "metadata.", "ext:", "password"
FLAG = MappingProxyType({"true": True, "false": False, "": None})

_BOTH = {
    "orgs": "name* type*:orgType identifier parentSourcedId>orgs",
    "academicSessions": "title* type*:sessionType startDate*:day endDate*:day parentSourcedId>academicSessions "
    "schoolYear*:year",
    "courses": "schoolYearSourcedId>academicSessions title* courseCode grades orgSourcedId*>orgs subjects subjectCodes",
    "classes": "title* grades courseSourcedId*>courses classCode classType*:classType location schoolSourcedId*>orgs "
    "termSourcedIds*>>academicSessions subjects subjectCodes periods",
    "enrollments": "classSourcedId*>classes schoolSourcedId*>orgs userSourcedId*>users role*:enrollmentRole "
    "primary:flag beginDate:day endDate:day",
    "demographics": "birthDate:day sex:sex americanIndianOrAlaskaNative:flag asian:flag blackOrAfricanAmerican:flag "
    "nativeHawaiianOrOtherPacificIslander:flag white:flag demographicRaceTwoOrMoreRaces:flag "
    "hispanicOrLatinoEthnicity:flag countryOfBirthCode stateOfBirthAbbreviation cityOfBirth "
    "publicSchoolResidenceStatus",
}
_USERS = "userIds givenName* familyName* middleName identifier email sms phone agentSourcedIds>>users grades password"
_NOTATION: Mapping[str, Mapping[str, str]] = {
    "1.1": {**_BOTH, "users": f"enabledUser*:flag orgSourcedIds*>>orgs role*:userRole username* {_USERS}"},
    "1.2": {
        **_BOTH,
        "users": f"enabledUser*:flag username* {_USERS} userMasterIdentifier resourceSourcedIds preferredGivenName "
        "preferredMiddleName preferredFamilyName primaryOrgSourcedId>orgs pronouns",
        "roles": "userSourcedId*>users roleType*:roleType role*:userRole beginDate:day endDate:day orgSourcedId*>orgs "
        "userProfileSourcedId",
    },
}
_NAMES_OF_BOTH = (
    "academicSessions", "categories", "classes", "classResources", "courses", "courseResources", "demographics",
    "enrollments", "lineItems", "orgs", "resources", "results", "users",
)  # fmt: skip
NAMES: Mapping[str, tuple[str, ...]] = {
    "1.1": _NAMES_OF_BOTH,
    "1.2": (
        *_NAMES_OF_BOTH, "lineItemLearningObjectiveIds", "lineItemScoreScales", "resultLearningObjectiveIds",
        "resultScoreScales", "roles", "scoreScales", "userProfiles", "userResources",
    ),
}  # fmt: skip
"""Every file that a version knows. Those that are not in `files_of` (marks, resources, passwords) are never opened."""
NEEDED: Mapping[str, tuple[str, ...]] = {"1.1": ("orgs", "users"), "1.2": ("orgs", "users", "roles")}
"""The files without which there is no roster, in a bulk."""

_LISTS: Mapping[str, Mapping[str, str]] = {
    "1.1": {
        "userRole": "administrator aide guardian parent proctor relative student teacher",
        "sex": "female male",
    },
    "1.2": {
        "userRole": "aide counselor districtAdministrator guardian parent principal proctor relative "
        "siteAdministrator student systemAdministrator teacher",
        "sex": "female male other unspecified",
        "roleType": "primary secondary",
    },
}
_LISTS_OF_BOTH = {
    "orgType": "department district local national school state",
    "sessionType": "gradingPeriod schoolYear semester term",
    "classType": "homeroom scheduled",
    "enrollmentRole": "administrator proctor student teacher",
}
_MAY_EXTEND = frozenset({"orgType", "sessionType", "classType", "enrollmentRole", "userRole", "sex"})
_ID = re.compile(r"[0-9a-zA-Z.\-_/@]{1,255}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
FIRST_YEAR, LAST_YEAR = 1900, 2199


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file. `is_fit` says whether a cell that is filled may be so, `expected` what may stand there.

    `of`: the file whose ids stand here, `is_list`: several of them with commas between.
    """

    name: str
    is_needed: bool
    is_fit: Callable[[str], bool] | None
    expected: StrOrPromise
    of: str = ""
    is_list: bool = False


def is_id(value: str) -> bool:
    """True for an id as OneRoster allows it."""
    return _ID.fullmatch(value) is not None


def is_day(value: str) -> bool:
    """True for a day written YYYY-MM-DD, of a year that can be."""
    if not _DAY.fullmatch(value):
        return False
    try:
        return FIRST_YEAR <= date.fromisoformat(value).year <= LAST_YEAR
    except ValueError:
        return False


def is_moment(value: str) -> bool:
    """True for a day with a time, as ISO 8601 writes it."""
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return len(value) > len("2026-11-23")


def _is_year(value: str) -> bool:
    return len(value) == 4 and value.isascii() and value.isdigit()


def _are_ids(value: str) -> bool:
    return all(is_id(one.strip()) for one in value.split(","))


_DAYS = _("Write the day as YYYY-MM-DD, for example 2026-08-17.")
_IDS = _("An id has up to 255 letters, digits and the signs . - _ / @.")
_RULES: Mapping[str, tuple[Callable[[str], bool], StrOrPromise]] = {
    "day": (is_day, _DAYS),
    "year": (_is_year, _("Write the year in which the school year ends, with four digits.")),
    "flag": (lambda value: value in ("true", "false"), _("Write true or false.")),
}
_FIRST_COLUMNS = (
    Column(FIRST[0], True, is_id, _IDS), Column(FIRST[1], False, None, ""), Column(FIRST[2], False, None, ""),
)  # fmt: skip


@cache
def files_of(version: str) -> Mapping[str, tuple[Column, ...]]:
    """The files of a version that are read, each with all its columns in order."""
    found = {}
    for name, words in _NOTATION[version].items():
        found[name] = (*_FIRST_COLUMNS, *(_column(word, version) for word in words.split()))
    return MappingProxyType(found)


def _column(word: str, version: str) -> Column:
    told = re.fullmatch(r"(?P<name>\w+)(?P<needed>\*?)(?::(?P<rule>\w+)|(?P<many>>>|>)(?P<of>\w+))?", word)
    if told is None:
        raise ValueError(f"This is no column: {word}")
    name, needed = told["name"], bool(told["needed"])
    if told["of"]:
        is_list = told["many"] == ">>"
        return Column(name, needed, _are_ids if is_list else is_id, _IDS, told["of"], is_list)
    rule = told["rule"]
    if rule in _RULES:
        return Column(name, needed, *_RULES[rule])
    return Column(name, needed, *_from_list(rule, version)) if rule else Column(name, needed, None, "")


def _from_list(rule: str, version: str) -> tuple[Callable[[str], bool], StrOrPromise]:
    listed = {**_LISTS_OF_BOTH, **_LISTS[version]}[rule]
    known, may_extend = frozenset(listed.split()), version != "1.1" and rule in _MAY_EXTEND

    def is_fit(value: str) -> bool:
        return value in known or (may_extend and value.startswith(EXTENDED))

    return is_fit, format_lazy("{} {}.", _("Use one of these words, written so:"), ", ".join(sorted(known)))
