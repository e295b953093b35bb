"""Which column of a plain CSV file says what: guessed from its header, confirmed by a person, kept for next time."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gameplan.core.faults import Fault
from gameplan.people.refusals import Refused

WORDS: Mapping[str, tuple[str, ...]] = {
    "sourced_id": ("student id", "local id", "id", "student number", "pupil id", "sourcedid", "person id", "sis id"),
    "state_id": ("state id", "state student id", "ssid", "uic", "state number", "statewide id", "unique state id"),
    "given": ("first name", "given name", "first", "givenname", "student first name", "legal first name"),
    "middle": ("middle name", "middle", "middlename"),
    "family": ("last name", "family name", "last", "surname", "familyname", "student last name", "legal last name"),
    "preferred": ("preferred name", "preferred first name", "nickname", "goes by"),
    "born": ("birth date", "date of birth", "dob", "birthdate", "birthday", "born"),
    "grade": ("grade", "grade level", "grades", "current grade"),
    "sex": ("sex", "gender"),
    "school": ("school", "school name", "school id", "campus", "building", "site"),
    "races": ("race", "races", "race ethnicity", "federal race"),
    "american_indian": ("american indian or alaska native", "american indian", "race american indian"),
    "asian": ("asian", "race asian"),
    "black": ("black or african american", "black", "race black"),
    "pacific_islander": ("native hawaiian or other pacific islander", "pacific islander", "race pacific islander"),
    "white": ("white", "race white"),
    "two_or_more": ("two or more races", "multiracial"),
    "hispanic": ("hispanic", "hispanic or latino", "hispanic latino ethnicity", "hispanic ethnicity"),
    "english_learner": (
        "english learner",
        "ell",
        "el",
        "lep",
        "limited english proficient",
        "english language learner",
    ),
    "enrolled_since": ("entry date", "enrolled since", "enrollment date", "start date", "admission date"),
    "enrolled_until": ("exit date", "withdrawal date", "enrolled until", "end date"),
    "guardian_name": ("guardian", "guardian name", "parent", "parent name", "contact name", "parent guardian"),
    "guardian_email": ("guardian email", "parent email", "contact email", "parent guardian email"),
    "guardian_phone": ("guardian phone", "parent phone", "contact phone", "phone", "home phone"),
    "guardian_relation": ("relationship", "guardian relationship", "relation"),
}
"""What a column may say, and how such columns are called, the most usual name first."""
NAMES = {
    "sourced_id": gettext_lazy("The school’s own number of the student"),
    "state_id": gettext_lazy("The State’s number of the student"),
    "given": gettext_lazy("First name"),
    "middle": gettext_lazy("Middle name"),
    "family": gettext_lazy("Last name"),
    "preferred": gettext_lazy("First name that the student goes by"),
    "born": gettext_lazy("Date of birth"),
    "grade": gettext_lazy("Grade"),
    "sex": gettext_lazy("Sex"),
    "school": gettext_lazy("School"),
    "races": gettext_lazy("Race, all in one column"),
    "american_indian": gettext_lazy("American Indian or Alaska Native: yes or no"),
    "asian": gettext_lazy("Asian: yes or no"),
    "black": gettext_lazy("Black or African American: yes or no"),
    "pacific_islander": gettext_lazy("Native Hawaiian or Other Pacific Islander: yes or no"),
    "white": gettext_lazy("White: yes or no"),
    "two_or_more": gettext_lazy("Two or more races: yes or no"),
    "hispanic": gettext_lazy("Hispanic or Latino: yes or no"),
    "english_learner": gettext_lazy("English learner: yes or no"),
    "enrolled_since": gettext_lazy("First day in the school"),
    "enrolled_until": gettext_lazy("First day after leaving the school"),
    "guardian_name": gettext_lazy("Parent or guardian: name"),
    "guardian_email": gettext_lazy("Parent or guardian: e-mail"),
    "guardian_phone": gettext_lazy("Parent or guardian: phone"),
    "guardian_relation": gettext_lazy("Parent or guardian: who they are to the student"),
}
NEEDED = ("given", "family")


@dataclass(frozen=True)
class ColumnMapping:
    """`columns`: the header of the column that tells each thing of `WORDS`; what is not told is not in it."""

    columns: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, str]:
        """As a roster keeps it."""
        return dict(self.columns)


def guess(header: Sequence[str], known: Mapping[str, str] | None = None) -> ColumnMapping:
    """What the columns most likely tell. `known`: the mapping that was confirmed last; where it fits, it is used."""
    found = {what: column for what, column in (known or {}).items() if what in WORDS and column in header}
    free = [column for column in header if column not in found.values()]
    plain = {_plain(column): column for column in reversed(free)}
    for what, words in WORDS.items():
        here = next((plain[word] for word in words if word in plain), None)
        if what not in found and here is not None and here not in found.values():
            found[what] = here
    return ColumnMapping(found)


def faults_in(mapping: ColumnMapping, header: Iterable[str]) -> Iterable[Fault]:
    """What is wrong with a mapping for a file with this header."""
    there = list(header)
    for what, column in mapping.columns.items():
        if what not in WORDS:
            mend = _("Use one of these: %(words)s.") % {"words": ", ".join(WORDS)}
            yield Fault(what[:60], _("Nothing of this name is kept of a student."), mend)
        elif column not in there:
            yield Fault(what, _("The file has no such column."), _("Choose a column of the file."))
    used = list(mapping.columns.values())
    for what, column in mapping.columns.items():
        if used.count(column) > 1:
            yield Fault(what, _("Two things are read from the same column."), _("Choose another column for one."))
    for what in NEEDED:
        if what not in mapping.columns:
            yield Fault(what, _("No column tells the name."), _("Choose the columns of first and last name."))
    if not {"sourced_id", "state_id"} & set(mapping.columns):
        mend = _("Choose the column with the school’s or the State’s number of the student.")
        yield Fault("sourced_id", _("No column tells one child from another."), mend)


def from_toml(text: str) -> ColumnMapping:
    """A mapping out of a TOML file: a table `columns` with `what = "header"`. Raises Refused."""
    try:
        raw: Any = tomllib.loads(text).get("columns", {})
    except tomllib.TOMLDecodeError as error:
        raise Refused([Fault("mapping", _("This is not TOML."), str(error))]) from error
    if not isinstance(raw, dict) or not all(isinstance(one, str) for one in raw.values()):
        mend = _('Write a table [columns] with lines like: given = "First Name".')
        raise Refused([Fault("columns", _("This is no mapping."), mend)])
    return ColumnMapping(raw)


def _plain(name: str) -> str:
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return " ".join(re.sub(r"[^a-z0-9]+", " ", parted.lower()).split())
