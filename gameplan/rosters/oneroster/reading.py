"""A OneRoster zip as it tells of schools, pupils and staff."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from gameplan.arriving.desk import Desk
from gameplan.arriving.faults import Faults, where
from gameplan.rosters.archive import Archive
from gameplan.rosters.oneroster.columns import FLAG, NEEDED
from gameplan.rosters.oneroster.laying import Laying, check_whole, ids_in
from gameplan.rosters.oneroster.manifest import read_manifest
from gameplan.rosters.told import Told, ToldPupil, ToldSchool, ToldStaff

AT_ONCE = 500
GUARDIANS = frozenset({"guardian", "parent", "relative"})
STUDENT = "student"
RACES = {
    "american_indian": "americanIndianOrAlaskaNative",
    "asian": "asian",
    "black": "blackOrAfricanAmerican",
    "pacific_islander": "nativeHawaiianOrOtherPacificIslander",
    "white": "white",
    "two_or_more": "demographicRaceTwoOrMoreRaces",
    "hispanic": "hispanicOrLatinoEthnicity",
}
"""The columns of demographics, by the column of `Pupil` that keeps the answer."""
STATE_WORDS = ("state", "ssid", "uic")
Row = Mapping[str, Any]


def read_oneroster(archive: Archive, desk: Desk, faults: Faults) -> Told | None:
    """What a OneRoster zip tells; None, with faults noted, if it cannot be taken in."""
    manifest = read_manifest(archive, faults)
    if manifest is None:
        return None
    laying = Laying(archive, manifest.version, desk, faults)
    laying.lay_all([name for name in laying.files if manifest.ways[name] != "absent"])
    check_whole(laying)
    if laying.kind != "delta":
        for name in NEEDED[manifest.version]:
            if manifest.ways[name] == "absent":
                faults.add(f"{name}.csv", _("This file is missing."), _("A whole roster needs it. Export it too."))
    if faults:
        return None
    told = Told(desk, f"oneroster-{manifest.version}", laying.kind, manifest.system)
    people = _People(laying)
    told.put_pupils(people.pupils(), faults)
    told.put_staff(people.staff(), faults)
    told.schools = people.schools(faults)
    told.sort(faults)
    return told


class _People:
    """The people of the files that lie on the desk."""

    def __init__(self, laying: Laying) -> None:
        self.laying, self.desk = laying, laying.desk
        self.names = {
            name: ("row", *(one.name for one in files_of_columns if one.name != "password"))
            for name, files_of_columns in laying.files.items()
        }
        self.is_bulk = laying.kind == "bulk"
        self.has_roles = "roles" in laying.files
        self.school_ids = {row["sourcedId"] for row in self._all("orgs") if row["type"] == "school"}
        self.used: set[str] = set()
        for name, column in (("roles", "userSourcedId"), ("enrollments", "userSourcedId")):
            if name in laying.there:
                self.desk.sort(name, column)

    def pupils(self) -> Iterator[ToldPupil]:
        """The students, and what a delta says beside of them."""
        for users in self._blocks("users"):
            keys = [user["sourcedId"] for user in users]
            roles, about = self._roles(keys), self._by("demographics", "sourcedId", keys)
            since, guardians = self._since(keys), self._guardians(users)
            for user in users:
                key = user["sourcedId"]
                mine = self._role_of(user, roles.get(key, []))
                if mine is None and (self.is_bulk or roles.get(key)):
                    continue
                if mine is None or mine["role"] == STUDENT:
                    values = _values_of(user)
                    values |= _demographics(about.get(key, []))
                    values |= self._school_of(user, mine, since.get(key, {}))
                    if user["agentSourcedIds"] or self.is_bulk:
                        values["guardians"] = guardians.get(key, [])
                    gone = user["status"] == "tobedeleted" or bool(mine and mine["status"] == "tobedeleted")
                    yield ToldPupil(key, values, where("users.csv", user["row"]), gone, is_whole=mine is not None)
        if not self.is_bulk:
            yield from self._only_beside()

    def staff(self) -> Iterator[ToldStaff]:
        """Everybody who is neither student nor guardian."""
        for users in self._blocks("users"):
            roles = self._roles([user["sourcedId"] for user in users])
            for user in users:
                mine = self._role_of(user, roles.get(user["sourcedId"], []))
                if mine is not None and mine["role"] not in GUARDIANS | {STUDENT}:
                    values = {
                        "given": user["givenName"], "family": user["familyName"], "email": user["email"].lower(),
                        "role": mine["role"], "school": self._school_of(user, mine, {}).get("school", ""),
                    }  # fmt: skip
                    gone = "tobedeleted" in (user["status"], mine["status"])
                    yield ToldStaff(user["sourcedId"], values, where("users.csv", user["row"]), gone)

    def schools(self, faults: Faults) -> list[ToldSchool]:
        """The schools in which somebody is. All must lie in one district."""
        orgs = {row["sourcedId"]: row for row in self._all("orgs")}
        districts = {_district_of(key, orgs) for key in self.used if key in orgs} - {""}
        if len(districts) > 1:
            what = _("These are the schools of more than one district.")
            faults.add("orgs.csv", what, _("Export one district at a time."))
        return [
            ToldSchool(key, orgs[key]["name"], orgs[key]["identifier"], where("orgs.csv", orgs[key]["row"]))
            for key in sorted(self.used)
            if key in orgs
        ]

    def _only_beside(self) -> Iterator[ToldPupil]:
        """Of a delta: children of whom only demographics or roles have changed."""
        before = ["users"]
        for name, column in (("demographics", "sourcedId"), ("roles", "userSourcedId")):
            if name in self.laying.there:
                rows = self.desk.ask(f'SELECT "{column}", min(row) FROM "{name}" GROUP BY 1')  # noqa: S608
                while block := dict(islice(rows, AT_ONCE)):
                    told = {key for other in before for key in self._by(other, "sourcedId", list(block))}
                    yield from self._beside(name, {key: row for key, row in block.items() if key not in told})
            before.append(name)

    def _beside(self, name: str, row_of: Mapping[str, int]) -> Iterator[ToldPupil]:
        roles = self._roles(list(row_of))
        about = self._by("demographics", "sourcedId", list(row_of))
        for key, row in row_of.items():
            mine = self._role_of({}, roles.get(key, []))
            if mine is None or mine["role"] == STUDENT:
                values = {**_demographics(about.get(key, [])), **self._school_of({}, mine, {})}
                gone = bool(mine and mine["status"] == "tobedeleted")
                yield ToldPupil(key, values, where(f"{name}.csv", row), gone, is_whole=False)

    def _role_of(self, user: Row, roles: Sequence[Row]) -> Row | None:
        """The one role by which somebody counts here: a student's before any other, and one that lasts."""
        if not self.has_roles:
            return (
                {"role": user["role"], "status": "", "orgSourcedId": "", "beginDate": "", "endDate": ""}
                if user
                else None
            )
        return max(roles, key=_weight, default=None)

    def _school_of(self, user: Row, role: Row | None, since: Mapping[str, str]) -> dict[str, Any]:
        """School and days of enrolment, as far as they are told."""
        if role is None:
            return {}
        named = [role["orgSourcedId"]] if self.has_roles else ids_in(user["orgSourcedIds"])
        is_known = self.is_bulk or "orgs" in self.laying.there
        schools = [one for one in named if one in self.school_ids or not is_known]
        school = schools[0] if schools else ""
        if school:
            self.used.add(school)
        values: dict[str, Any] = {"school": school}
        begin = role["beginDate"] or since.get(school, "")
        if begin:
            values["enrolled_since"] = begin
        values["enrolled_until"] = role["endDate"] or None
        return values

    def _since(self, keys: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
        """The first day of a class, by student and school."""
        found: dict[str, dict[str, str]] = {}
        for row in (row for rows in self._by("enrollments", "userSourcedId", keys).values() for row in rows):
            if row["role"] == STUDENT and row["beginDate"] and row["status"] != "tobedeleted":
                of = found.setdefault(row["userSourcedId"], {})
                school, day = row["schoolSourcedId"], row["beginDate"]
                of[school] = min(of.get(school, day), day)
        return found

    def _guardians(self, users: Sequence[Row]) -> Mapping[str, list[dict[str, str]]]:
        """The guardians of each of these students: those in the file whole, the others by their id."""
        named = {user["sourcedId"]: sorted(set(ids_in(user["agentSourcedIds"]))) for user in users}
        ids = sorted({one for several in named.values() for one in several})
        rows = {key: rows[0] for key, rows in self._by("users", "sourcedId", ids).items()}
        roles = self._roles(ids)
        found: dict[str, list[dict[str, str]]] = {}
        for key, several in named.items():
            found[key] = [self._guardian(one, rows.get(one), roles.get(one, [])) for one in several]
        return found

    def _guardian(self, key: str, user: Row | None, roles: Sequence[Row]) -> dict[str, str]:
        if user is None:
            return {"id": key}
        role = self._role_of(user, roles)
        given, family = user["givenName"], user["familyName"]
        return {
            "id": key, "name": f"{given} {family}".strip(), "given": given, "family": family, "email": user["email"],
            "phone": user["phone"] or user["sms"], "relation": role["role"] if role else "",
        }  # fmt: skip

    def _roles(self, keys: Sequence[str]) -> Mapping[str, list[Row]]:
        return self._by("roles", "userSourcedId", keys)

    def _by(self, name: str, column: str, keys: Sequence[str]) -> Mapping[str, list[Row]]:
        """The rows of a file by one of its columns, for these values of it."""
        found: dict[str, list[Row]] = {}
        if name not in self.laying.there:
            return found
        several = iter(keys)
        while block := list(islice(several, AT_ONCE)):
            question = f'SELECT * FROM "{name}" WHERE "{column}" IN ({{keys}}) ORDER BY sourcedId'  # noqa: S608
            for cells in self.desk.ask_in(question, block):
                row = dict(zip(self.names[name], cells, strict=True))
                found.setdefault(row[column], []).append(row)
        return found

    def _all(self, name: str) -> Iterable[Row]:
        return (row for block in self._blocks(name) for row in block)

    def _blocks(self, name: str, having: str = "", order: str = "sourcedId") -> Iterator[list[Row]]:
        """The rows of a file by id, some at a time; none of a file that is not there."""
        if name not in self.laying.there:
            return
        rows = self.desk.ask(f'SELECT * FROM "{name}" AS here {having} ORDER BY {order}')  # noqa: S608
        while block := list(islice(rows, AT_ONCE)):
            yield [dict(zip(self.names[name], cells, strict=True)) for cells in block]


def _weight(role: Row) -> tuple[object, ...]:
    return (
        role["role"] == STUDENT, role["status"] != "tobedeleted", role["endDate"] or "9999",
        role["roleType"] == "primary", role["beginDate"], role["orgSourcedId"], role["sourcedId"],
    )  # fmt: skip


def _values_of(user: Row) -> dict[str, Any]:
    return {
        "given": user["givenName"], "middle": user["middleName"], "family": user["familyName"],
        "state_id": _state_id(user), "grade": (ids_in(user["grades"]) or [""])[0],
        **({"preferred": user["preferredGivenName"]} if "preferredGivenName" in user else {}),
    }  # fmt: skip


def _state_id(user: Row) -> str:
    """The State's number of a child: the one that `userIds` calls so, else `identifier`."""
    for one in ids_in(user["userIds"]):
        kind, _colon, number = one.strip("{}").partition(":")
        if number and any(word in kind.lower() for word in STATE_WORDS):
            return number.strip()
    return str(user["identifier"])


def _demographics(rows: Sequence[Row]) -> dict[str, Any]:
    row = next((one for one in rows if one["status"] != "tobedeleted"), None)
    if row is None:
        return {}
    races = {column: FLAG[row[name]] for column, name in RACES.items()}
    return {"born": row["birthDate"] or None, "sex": row["sex"], **races}


def _district_of(key: str, orgs: Mapping[str, Row]) -> str:
    """The district that a school lies in; empty if there is none."""
    seen: set[str] = set()
    while key in orgs and key not in seen:
        if orgs[key]["type"] == "district":
            return key
        seen.add(key)
        key = orgs[key]["parentSourcedId"]
    return ""
