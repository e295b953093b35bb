"""Rosters made up for tests: OneRoster zips of both versions, whole or only what changed, Ed-Fi's JSON, plain CSV."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from gameplan.rosters.oneroster.columns import NAMES, files_of

NOW = "2026-11-23T18:25:43.511Z"
Cells = Mapping[str, str]


@dataclass(frozen=True)
class Child:
    """A child of a made-up roster. `status` counts in a delta."""

    id: str
    given: str
    family: str
    born: str = "2015-03-04"
    school: str = "s1"
    state_id: str = ""
    grade: str = "05"
    status: str = "active"
    sex: str = "female"
    asian: str = "false"
    hispanic: str = "true"
    guardians: tuple[str, ...] = ()
    begin: str = "2026-08-12"
    end: str = ""


ANA = Child("u1", "Ana", "Lopez", state_id="900001", guardians=("g1",))
BEN = Child("u2", "Ben", "Smith", "2014-01-30", "s2", "900002", "06", sex="male")
TWINS = (
    Child("u3", "Max", "Reed", "2016-06-06", state_id="900003"),
    Child("u4", "Leo", "Reed", "2016-06-06", state_id="900004"),
)
CHILDREN = (ANA, BEN, *TWINS)
GUARDIANS = {"g1": ("Lucia", "Lopez", "lucia@home.example", "555-0100")}
STAFF = {"t1": ("Maya", "Reed", "maya@school.example", "teacher", "s1")}
SCHOOLS = {"s1": "Oak School", "s2": "Elm School"}


@dataclass
class Made:
    """The files of a OneRoster zip as rows, to be changed before they are packed."""

    version: str
    kind: str = "bulk"
    files: dict[str, list[list[str]]] = field(default_factory=dict)
    ways: dict[str, str] = field(default_factory=dict)
    bom: bool = False

    def row(self, name: str, number: int) -> dict[str, str]:
        """A row of a file by column; row 1 is the header."""
        return dict(zip(self.files[name][0], self.files[name][number - 1], strict=True))

    def put(self, name: str, number: int, column: str, value: str) -> Made:
        """Write one cell; row 1 is the header."""
        self.files[name][number - 1][self.files[name][0].index(column)] = value
        return self

    def widen(self, name: str, cell: str) -> Made:
        """Add a column at the right; its header is the cell, too."""
        for row in self.files[name]:
            row.append(cell)
        return self

    def texts(self) -> dict[str, bytes]:
        """The files as they are written."""
        found = {f"{name}.csv": text_of(rows) for name, rows in self.files.items()}
        manifest = [["propertyName", "value"], ["manifest.version", "1.0"], ["oneroster.version", self.version]]
        for name in NAMES[self.version]:
            way = self.ways.get(name, self.kind if name in self.files else "absent")
            manifest.append([f"file.{name}", way])
        manifest.append(["source.systemName", "Made Up SIS"])
        start = b"\xef\xbb\xbf" if self.bom else b""
        return {name: start + text for name, text in {"manifest.csv": text_of(manifest), **found}.items()}

    def packed(self) -> bytes:
        """The zip."""
        return zipped(self.texts())


def oneroster(
    children: Iterable[Child] = CHILDREN, version: str = "1.2", kind: str = "bulk", *, staff: bool = True,
    only: Sequence[str] = (),
) -> Made:  # fmt: skip
    """A roster with these children. `only`: the files that are there, all if none is named."""
    made = Made(version, kind)
    several = list(children)
    rows = _people(several, version, staff)
    used = sorted({one.school for one in several} | ({"s1"} if staff else set()))
    rows["orgs"] = [{"sourcedId": "d1", "name": "Pecan Valley", "type": "district"}]
    rows["orgs"] += [
        {"sourcedId": key, "name": SCHOOLS.get(key, f"School {key}"), "type": "school", "parentSourcedId": "d1"}
        for key in used
    ]
    rows["academicSessions"] = [{
        "sourcedId": "y27", "title": "2026-27", "type": "schoolYear", "startDate": "2026-08-12",
        "endDate": "2027-05-20", "schoolYear": "2027",
    }]  # fmt: skip
    rows["courses"] = [{"sourcedId": "c1", "title": "Reading, and more", "orgSourcedId": "d1"}]
    rows["classes"] = [
        {"sourcedId": f"k-{key}", "title": "Class", "courseSourcedId": "c1", "classType": "scheduled",
         "schoolSourcedId": key, "termSourcedIds": "y27"}
        for key in used
    ]  # fmt: skip
    rows["enrollments"] = [
        {"sourcedId": f"e-{one.id}", "classSourcedId": f"k-{one.school}", "schoolSourcedId": one.school,
         "userSourcedId": one.id, "role": "student", "beginDate": one.begin}
        for one in several
    ]  # fmt: skip
    status = {one.id: one.status for one in several}
    for name, columns in files_of(version).items():
        if only and name not in only:
            continue
        header = [column.name for column in columns]
        of = [_whole(row, kind, status) for row in rows[name]]
        made.files[name] = [header, *([row.get(column, "") for column in header] for row in of)]
    return made


def _whole(row: Cells, kind: str, status: Mapping[str, str]) -> dict[str, str]:
    if kind == "bulk":
        return dict(row)
    mine = status.get(row["sourcedId"], status.get(row.get("userSourcedId", ""), "active"))
    return {**row, "status": mine, "dateLastModified": NOW}


def _people(children: Sequence[Child], version: str, with_staff: bool) -> dict[str, list[dict[str, str]]]:
    users: list[dict[str, str]] = []
    roles: list[dict[str, str]] = []
    about: list[dict[str, str]] = []

    def add(key: str, role: str, school: str, told: Cells) -> None:
        old = {"orgSourcedIds": school, "role": role} if version == "1.1" else {}
        users.append({
            "sourcedId": key, "enabledUser": "true", "username": key, "password": "hunter2", **old, **told,
        })  # fmt: skip
        roles.append({
            "sourcedId": f"r-{key}", "userSourcedId": key, "roleType": "primary", "role": role, "orgSourcedId": school,
        })  # fmt: skip

    for one in children:
        told = {"givenName": one.given, "familyName": one.family, "identifier": one.state_id, "grades": one.grade}
        add(one.id, "student", one.school, {**told, "agentSourcedIds": ",".join(one.guardians)})
        roles[-1] |= {"beginDate": one.begin, "endDate": one.end}
        about.append({
            "sourcedId": one.id, "birthDate": one.born, "sex": one.sex, "asian": one.asian,
            "hispanicOrLatinoEthnicity": one.hispanic,
        })  # fmt: skip
    for key in sorted({key for one in children for key in one.guardians}):
        given, family, email, phone = GUARDIANS.get(key, ("Pat", key, "", ""))
        about_them = {"givenName": given, "familyName": family, "email": email, "phone": phone}
        add(key, "guardian", children[0].school, about_them)
    for key, (given, family, email, role, school) in STAFF.items() if with_staff else ():
        add(key, role, school, {"givenName": given, "familyName": family, "email": email})
    return {"users": users, "roles": roles, "demographics": about}


def text_of(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as CSV."""
    written = StringIO()
    csv.writer(written, lineterminator="\r\n").writerows(rows)
    return written.getvalue().encode()


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Files as a zip."""
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


HEADER = (
    "Student ID", "State ID", "First Name", "Last Name", "Date of Birth", "Grade", "Gender", "School", "Race",
    "Hispanic", "English Learner", "Entry Date", "Guardian", "Guardian Email",
)  # fmt: skip


def plain(children: Iterable[Child] = CHILDREN, header: Sequence[str] = HEADER) -> bytes:
    """The same children as plain CSV."""
    rows = [
        (one.id, one.state_id, one.given, one.family, one.born, one.grade, one.sex, SCHOOLS.get(one.school, one.school),
         "Asian" if one.asian == "true" else "White", "yes" if one.hispanic == "true" else "no", "no", one.begin,
         "Lucia Lopez" if one.guardians else "", "")
        for one in children
    ]  # fmt: skip
    return text_of([header, *rows])


def edfi(children: Iterable[Child] = CHILDREN) -> dict[str, list[dict[str, Any]]]:
    """The same children as Ed-Fi tells them."""
    several = list(children)
    return {
        "schools": [{"schoolId": int(key[1:]), "nameOfInstitution": name} for key, name in SCHOOLS.items()],
        "students": [
            {"studentUniqueId": one.id, "firstName": one.given, "lastSurname": one.family, "birthDate": one.born}
            for one in several
        ],
        "studentSchoolAssociations": [
            {"studentReference": {"studentUniqueId": one.id}, "schoolReference": {"schoolId": int(one.school[1:])},
             "entryDate": one.begin, "entryGradeLevelDescriptor": "uri://ed-fi.org/GradeLevelDescriptor#Fifth grade"}
            for one in several
        ],
        "studentEducationOrganizationAssociations": [
            {"studentReference": {"studentUniqueId": one.id}, "hispanicLatinoEthnicity": one.hispanic == "true",
             "sexDescriptor": "uri://ed-fi.org/SexDescriptor#Female",
             "limitedEnglishProficiencyDescriptor": "uri://ed-fi.org/LimitedEnglishProficiencyDescriptor#Limited",
             "races": [{"raceDescriptor": "uri://ed-fi.org/RaceDescriptor#Black - African American"}],
             "studentIdentificationCodes": [
                 {"studentIdentificationSystemDescriptor": "uri://ed-fi.org/StudentIdentificationSystemDescriptor#State",
                  "identificationCode": one.state_id}]}
            for one in several
        ],
    }  # fmt: skip


def edfi_zip(told: Mapping[str, Sequence[Mapping[str, Any]]]) -> bytes:
    """Ed-Fi's JSON as a zip of arrays."""
    return zipped({f"{name}.json": json.dumps(rows).encode() for name, rows in told.items()})


def changed(one: Child, **about: Any) -> Child:
    """The child with something else."""
    return replace(one, **about)
