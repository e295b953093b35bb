"""A roster out as OneRoster 1.2 CSV: schools, students with demographics and guardians, staff."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gameplan.arriving.desk import Desk
from gameplan.districts.doors import schools_below
from gameplan.people.models import Organisation
from gameplan.rosters.models import Pupil, SchoolLink, StaffMember
from gameplan.rosters.oneroster.columns import NAMES, files_of, is_id
from gameplan.rosters.oneroster.manifest import HEADER, MANIFEST
from gameplan.rosters.oneroster.reading import GUARDIANS, RACES, STUDENT

VERSION, AT_ONCE = "1.2", 1_000
WORDS = {True: "true", False: "false", None: ""}
STAFF_ROLES = {"administrator": "siteAdministrator", "": "teacher"}
"""What staff is called in 1.2, where it is called otherwise."""
LEARNER = "metadata.englishLearner"
Cells = Mapping[str, str]


def write_oneroster(place: Organisation, folder: Path) -> dict[str, int]:
    """Write the roster of a place into a folder; the number of rows by file.

    The same roster gives the same bytes. Files without rows are left out, as the format asks. Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with Desk() as desk:
        source = _Source(place, desk)
        counts = {
            "orgs": _write(folder, "orgs", source.orgs()),
            "demographics": _write(folder, "demographics", source.demographics(), LEARNER),
            "users": _write(folder, "users", source.users()),
            "roles": _write(folder, "roles", source.roles()),
        }
    rows = [("manifest.version", "1.0"), ("oneroster.version", VERSION)]
    rows += [(f"file.{name}", "bulk" if counts.get(name) else "absent") for name in NAMES[VERSION]]
    rows.append(("source.systemName", source.system))
    _write_rows(folder / MANIFEST, HEADER, rows)
    return {name: count for name, count in counts.items() if count}


def _write(folder: Path, name: str, rows: Iterable[Cells], *extra: str) -> int:
    header = [*(column.name for column in files_of(VERSION)[name]), *extra]
    path = folder / f"{name}.csv"
    count = _write_rows(path, header, ([row.get(column, "") for column in header] for row in rows))
    if not count:
        path.unlink()
    return count


def _write_rows(path: Path, header: Iterable[str], rows: Iterable[Iterable[str]]) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        written = csv.writer(file, lineterminator="\r\n")
        written.writerow(header)
        for row in rows:
            written.writerow([cell.replace("\r", " ").replace("\n", " ") for cell in row])
            count += 1
    return count


@dataclass
class _Source:
    """The rows of a place's roster, as OneRoster has them. Guardians are gathered while students are told."""

    place: Organisation
    desk: Desk

    def __post_init__(self) -> None:
        active = Pupil.objects.filter(place=self.place, active=True).order_by("sourced_id", "id")
        self.pupils = active.select_related("school")
        sources = list(active.order_by("source").values_list("source", flat=True).distinct()[:2])
        self.system = sources[0] if len(sources) == 1 else "gameplan"
        self.is_one_source = len(sources) == 1
        links = SchoolLink.objects.filter(place=self.place, source=self.system)
        self.school_ids = {school: key for key, school in links.values_list("sourced_id", "school") if is_id(key)}
        self.desk.lay("guardians", ("id", "given", "family", "email", "phone", "relation", "school"), ())
        self.desk.put("guardians", 7, (one for pupil in self._each_pupil() for one in self._guardians_of(pupil)))
        self.desk.sort("guardians", "id")

    def orgs(self) -> Iterator[Cells]:
        """The place and its schools."""
        top = str(self.place.pk)
        if self.place.kind != Organisation.Kind.SCHOOL:
            yield {"sourcedId": top, "name": self.place.name, "type": "district", "identifier": self.place.nces_id}
        for school in schools_below([self.place.pk]):
            parent = "" if school.pk == self.place.pk else top
            yield {
                "sourcedId": self._school(school.pk), "name": school.name, "type": "school",
                "identifier": school.nces_id, "parentSourcedId": parent,
            }  # fmt: skip

    def users(self) -> Iterator[Cells]:
        """Students, guardians and staff."""
        for pupil in self._each_pupil():
            yield {
                **_user(self._id(pupil), pupil.given, pupil.family), "middleName": pupil.middle,
                "identifier": pupil.state_id, "grades": pupil.grade, "preferredGivenName": pupil.preferred,
                "agentSourcedIds": ",".join(key for key, *_about in self._guardians_of(pupil)),
                "primaryOrgSourcedId": self._school(pupil.school_id),
            }  # fmt: skip
        for key, given, family, email, phone, _relation, _school in self._each_guardian():
            yield {**_user(key, given, family), "email": email, "phone": phone}
        for one in self._each_staff():
            yield {**_user(self._id(one), one.given, one.family), "email": one.email}

    def roles(self) -> Iterator[Cells]:
        """What everybody is, and where."""
        for pupil in self._each_pupil():
            since, until = pupil.enrolled_since, pupil.enrolled_until
            days = {"beginDate": since.isoformat() if since else "", "endDate": until.isoformat() if until else ""}
            yield {**_role(self._id(pupil), STUDENT, self._school(pupil.school_id)), **days}
        for key, _given, _family, _email, _phone, relation, school in self._each_guardian():
            yield _role(key, relation if relation in GUARDIANS else "guardian", school)
        for one in self._each_staff():
            yield _role(self._id(one), STAFF_ROLES.get(one.role, one.role), self._school(one.school_id))

    def demographics(self) -> Iterator[Cells]:
        """What is told of students besides, and only of those of whom something is."""
        for pupil in self._each_pupil():
            told = {name: WORDS[getattr(pupil, column)] for column, name in RACES.items()}
            told |= {"birthDate": pupil.born.isoformat() if pupil.born else "", "sex": _sex(pupil.sex)}
            told |= {LEARNER: "" if pupil.english_learner == Pupil.Learner.UNKNOWN else pupil.english_learner}
            if any(told.values()):
                yield {"sourcedId": self._id(pupil), **told}

    def _each_pupil(self) -> Iterator[Pupil]:
        return self.pupils.iterator(chunk_size=AT_ONCE)

    def _each_staff(self) -> Iterator[StaffMember]:
        here = StaffMember.objects.filter(place=self.place, active=True).order_by("sourced_id", "id")
        return here.iterator(chunk_size=AT_ONCE)

    def _each_guardian(self) -> Iterator[tuple[Any, ...]]:
        return self.desk.ask("SELECT * FROM guardians GROUP BY id ORDER BY id")

    def _guardians_of(self, pupil: Pupil) -> list[tuple[str, ...]]:
        found: list[tuple[str, ...]] = []
        for number, one in enumerate(pupil.guardians, start=1):
            key = one.get("id", "")
            key = key if is_id(key) and self.is_one_source else f"{self._id(pupil)}-g{number}"
            given, family = one.get("given") or one.get("name") or "-", one.get("family") or "-"
            about = (one.get("email", ""), one.get("phone", ""), one.get("relation", ""))
            found.append((key, given, family, *about, self._school(pupil.school_id)))
        return found

    def _id(self, one: Pupil | StaffMember) -> str:
        """The id of the source, where there is one source and it may stand in OneRoster; else our own."""
        return one.sourced_id if self.is_one_source and is_id(one.sourced_id) else str(one.pk)

    def _school(self, key: object) -> str:
        return str(self.school_ids.get(key, key or self.place.pk))  # type: ignore[call-overload]


def _user(key: str, given: str, family: str) -> dict[str, str]:
    return {"sourcedId": key, "enabledUser": "true", "username": key, "givenName": given, "familyName": family}


def _role(key: str, role: str, school: str) -> dict[str, str]:
    return {
        "sourcedId": f"r-{key}"[:255], "userSourcedId": key, "roleType": "primary", "role": role,
        "orgSourcedId": school,
    }  # fmt: skip


def _sex(told: str) -> str:
    return told if told in ("female", "male", "other", "unspecified", "") else f"ext:{told}"
