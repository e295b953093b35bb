"""Pupils out of Ed-Fi's students, and what is said of them at a school and in a district."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import PurePosixPath
from typing import Any

from django.utils.translation import gettext as _

from gameplan.arriving.damaged import Damaged
from gameplan.arriving.desk import Desk
from gameplan.arriving.faults import MOST_SHOWN, Faults, where
from gameplan.rosters.archive import Archive
from gameplan.rosters.edfi.json_rows import BrokenJson, objects_of
from gameplan.rosters.oneroster.columns import is_day
from gameplan.rosters.told import Told, ToldPupil, ToldSchool

FORM, SOURCE = "ed-fi", "ed-fi"
STUDENTS, AT_SCHOOL, IN_DISTRICT = "students", "studentSchoolAssociations", "studentEducationOrganizationAssociations"
SCHOOLS = "schools"
NEEDED = (STUDENTS, AT_SCHOOL)
AT_ONCE = 500
RACES = {
    "american indian - alaska native": "american_indian",
    "american indian or alaska native": "american_indian",
    "asian": "asian",
    "black - african american": "black",
    "black or african american": "black",
    "native hawaiian - pacific islander": "pacific_islander",
    "native hawaiian or other pacific islander": "pacific_islander",
    "white": "white",
}
FIVE = tuple(dict.fromkeys(RACES.values()))
NO_LEARNER = ("not", "formerly", "monitored", "proficient", "exited")
Item = Mapping[str, Any]


def read_edfi(archive: Archive, desk: Desk, faults: Faults, *, kind: str) -> Told | None:
    """What Ed-Fi's JSON tells; None, with faults noted, if it cannot be taken in. `kind`: "bulk" or "delta"."""
    for name in (STUDENTS, AT_SCHOOL, IN_DISTRICT, SCHOOLS):
        desk.lay(name, ("id", "number", "item"), ())
    for name in archive.files:
        if name.lower().endswith(".json") or not archive.is_zip:
            _lay(archive, name, desk, faults)
    _check(desk, faults)
    if faults:
        return None
    told = Told(desk, FORM, kind, SOURCE)
    told.put_pupils(_pupils(desk), faults)
    told.schools = [
        ToldSchool(key, str(item.get("nameOfInstitution") or ""), "", where(SCHOOLS, number))
        for key, number, item in _items(desk.ask(f"SELECT id, number, item FROM {SCHOOLS} ORDER BY id"))  # noqa: S608
    ]
    known = {one.sourced_id for one in told.schools}
    told.schools += [ToldSchool(key, "", "", AT_SCHOOL) for key in _schools_named(desk) if key not in known]
    told.sort(faults)
    return told


def _lay(archive: Archive, name: str, desk: Desk, faults: Faults) -> None:
    known = {one.lower(): one for one in (STUDENTS, AT_SCHOOL, IN_DISTRICT, SCHOOLS)}
    stem = PurePosixPath(name).stem
    try:
        with archive.open(name) as file:
            found = objects_of(file, stem)
            while block := list(islice(found, AT_ONCE)):
                for table in known.values():
                    of = [(number, item) for array, number, item in block if known.get(array.lower()) == table]
                    keyed = ((_key(table, item, number, faults), number, item) for number, item in of)
                    desk.put(table, 3, ((key, number, json.dumps(item)) for key, number, item in keyed if key))
    except BrokenJson as error:
        what = _("From here on this is not JSON that Ed-Fi would write.")
        mend = _("Export it again: arrays of objects, one file for each kind, in UTF-8.")
        faults.add(name, what, mend, row=error.number + 1)
    except Damaged:
        faults.add(name, _("This file is damaged."), _("Export it again, or copy it once more."))


def _key(table: str, item: Item, number: int, faults: Faults) -> str:
    """The id of the student (or school) that an object speaks of; empty, with a fault noted, if it has none."""
    column = "schoolId" if table == SCHOOLS else "studentUniqueId"
    holder = item if table in (STUDENTS, SCHOOLS) else item.get("studentReference")
    value = holder.get(column) if isinstance(holder, dict) else None
    key = str(value).strip() if isinstance(value, str | int) else ""
    if not key or not key.isprintable():
        faults.add(table, _("This object has no id."), _("Export it again with ids."), row=number, column=column)
        return ""
    _look_at(table, item, number, faults)
    return key


_NAMES = {STUDENTS: ("firstName", "lastSurname")}
_DAYS = {STUDENTS: ("birthDate",), AT_SCHOOL: ("entryDate", "exitWithdrawDate")}


def _look_at(table: str, item: Item, number: int, faults: Faults) -> None:
    for column in _NAMES.get(table, ()):
        if not _text(item, column):
            faults.add(table, _("This cell is empty."), _("Fill it in. It is needed."), row=number, column=column)
    for column in _DAYS.get(table, ()):
        if item.get(column) and not is_day(str(item[column])):
            mend = _("Write the day as YYYY-MM-DD, for example 2026-08-17.")
            faults.add(table, _("This is not a day."), mend, row=number, column=column)
    if table == AT_SCHOOL and not _school_of(item):
        what = _("This object has no school.")
        faults.add(table, what, _("Export it again with its school."), row=number, column="schoolReference")


def _check(desk: Desk, faults: Faults) -> None:
    """Note what is missing, and what speaks of a student who is nowhere."""
    for name in (STUDENTS, AT_SCHOOL, IN_DISTRICT, SCHOOLS):
        desk.sort(name, "id")
    if faults:
        return
    for name in NEEDED:
        (count,) = next(desk.ask(f'SELECT count(*) FROM "{name}"'))  # noqa: S608
        if not count:
            faults.add(name, _("There is nothing of this."), _("Export it too, as an array of that name."))
    for name in (AT_SCHOOL, IN_DISTRICT):
        question = (
            f"SELECT number FROM {name} AS here WHERE NOT EXISTS "  # noqa: S608
            f"(SELECT 1 FROM {STUDENTS} AS there WHERE there.id = here.id) ORDER BY number"
        )
        for count, (number,) in enumerate(desk.ask(question)):
            if count < MOST_SHOWN:
                what = _("This speaks of a student who is not in the file.")
                faults.add(name, what, _("Export the students again, all of them."), row=number)
            else:
                faults.count += 1


def _pupils(desk: Desk) -> Iterator[ToldPupil]:
    students = _items(desk.ask(f"SELECT id, number, item FROM {STUDENTS} ORDER BY id, number"))  # noqa: S608
    while block := list(islice(students, AT_ONCE)):
        keys = [key for key, _number, _item in block]
        schools, districts = _by(desk, AT_SCHOOL, keys), _by(desk, IN_DISTRICT, keys)
        for key, number, item in block:
            values = _values(key, item)
            values |= _at_school(schools.get(key, []))
            values |= _in_district(key, districts.get(key, []))
            yield ToldPupil(key, values, where(STUDENTS, number))


def _values(key: str, item: Item) -> dict[str, Any]:
    values: dict[str, Any] = {
        "given": _text(item, "firstName"), "middle": _text(item, "middleName"), "family": _text(item, "lastSurname"),
        "born": _text(item, "birthDate") or None, "state_id": key,
    }  # fmt: skip
    if preferred := _text(item, "preferredFirstName"):
        values["preferred"] = preferred
    return values


def _at_school(items: Sequence[Item]) -> dict[str, Any]:
    """School, grade and days: of the enrolment that lasts, or that began last."""
    if not items:
        return {"school": ""}
    one = max(
        items, key=lambda item: (_text(item, "exitWithdrawDate") or "9999", _text(item, "entryDate"), _school_of(item))
    )
    return {
        "school": _school_of(one),
        "grade": _descriptor(one.get("entryGradeLevelDescriptor"))[:20],
        "enrolled_since": _text(one, "entryDate") or None,
        "enrolled_until": _text(one, "exitWithdrawDate") or None,
    }


def _in_district(key: str, items: Sequence[Item]) -> dict[str, Any]:
    if not items:
        return {}
    values: dict[str, Any] = {}
    for item in items:
        if sex := _descriptor(item.get("sexDescriptor")):
            values["sex"] = sex.lower()[:20]
        if isinstance(item.get("hispanicLatinoEthnicity"), bool):
            values["hispanic"] = item["hispanicLatinoEthnicity"]
        if learner := _descriptor(item.get("limitedEnglishProficiencyDescriptor")):
            values["english_learner"] = _learner(learner)
        values |= _races(item.get("races"))
        values |= _state_id(item.get("studentIdentificationCodes"))
    return values


def _races(raw: object) -> dict[str, Any]:
    """The races as they were told: who names some has said no to the others; who names none has not answered."""
    told = (
        [_descriptor(one.get("raceDescriptor")) for one in raw if isinstance(one, dict)]
        if isinstance(raw, list)
        else []
    )
    if not told:
        return {}
    columns = {RACES.get(one.lower()) for one in told}
    others = sorted(one for one in told if one.lower() not in RACES)
    answered = dict.fromkeys(FIVE, False if columns - {None} else None)
    return {**answered, **{one: True for one in columns if one}, "race_words": ", ".join(others)}


def _state_id(raw: object) -> dict[str, str]:
    for one in raw if isinstance(raw, list) else []:
        if isinstance(one, dict) and _descriptor(one.get("studentIdentificationSystemDescriptor")).lower() == "state":
            return {"state_id": str(one.get("identificationCode") or "").strip()}
    return {}


def _learner(word: str) -> str:
    said = word.lower()
    if any(one in said for one in NO_LEARNER):
        return "no"
    return "yes" if said.startswith("limited") else "unknown"


def _school_of(item: Item) -> str:
    reference = item.get("schoolReference")
    value = reference.get("schoolId") if isinstance(reference, dict) else None
    return str(value).strip() if isinstance(value, str | int) else ""


def _schools_named(desk: Desk) -> list[str]:
    found: set[str] = set()
    for (item,) in desk.ask(f"SELECT item FROM {AT_SCHOOL}"):  # noqa: S608
        found.add(_school_of(json.loads(item)))
    return sorted(found)


def _by(desk: Desk, table: str, keys: Sequence[str]) -> Mapping[str, list[Item]]:
    found: dict[str, list[Item]] = {}
    question = f"SELECT id, number, item FROM {table} WHERE id IN ({{keys}}) ORDER BY id, number"  # noqa: S608
    for key, _number, item in _items(desk.ask_in(question, keys)):
        found.setdefault(key, []).append(item)
    return found


def _items(rows: Iterator[tuple[Any, ...]]) -> Iterator[tuple[str, int, Item]]:
    return ((key, number, json.loads(item)) for key, number, item in rows)


def _text(item: Item, column: str) -> str:
    value = item.get(column)
    return value.strip() if isinstance(value, str) else ""


def _descriptor(value: object) -> str:
    """The word of a descriptor: what stands after the # of "uri://ed-fi.org/SexDescriptor#Female"."""
    return value.rpartition("#")[2].strip() if isinstance(value, str) else ""
