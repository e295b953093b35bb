"""Pupils out of a plain CSV file, one row a pupil, by a mapping."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from gameplan.arriving.csv_rows import Sheet, open_sheet
from gameplan.arriving.damaged import Damaged
from gameplan.arriving.desk import Desk
from gameplan.arriving.faults import Faults, where
from gameplan.rosters.archive import Archive
from gameplan.rosters.oneroster.columns import FIRST_YEAR, LAST_YEAR
from gameplan.rosters.plain.mapping import NEEDED, ColumnMapping, faults_in
from gameplan.rosters.told import Told, ToldPupil, ToldSchool

FORM, SOURCE = "csv", "csv"
YES, NO = frozenset({"yes", "y", "true", "t", "1", "x"}), frozenset({"no", "n", "false", "f", "0"})
FLAGS = (
    "american_indian", "asian", "black", "pacific_islander", "white", "two_or_more", "hispanic",
)  # fmt: skip
RACE_WORDS = {
    "american indian or alaska native": "american_indian", "american indian": "american_indian", "asian": "asian",
    "black or african american": "black", "black": "black", "african american": "black",
    "native hawaiian or other pacific islander": "pacific_islander", "pacific islander": "pacific_islander",
    "native hawaiian": "pacific_islander", "white": "white", "two or more races": "two_or_more",
    "hispanic": "hispanic", "hispanic or latino": "hispanic",
}  # fmt: skip
DAYS = ("born", "enrolled_since", "enrolled_until")
TEXTS = ("sourced_id", "state_id", "given", "middle", "family", "preferred", "grade", "school")
SEXES = {"f": "female", "m": "male"}


def header_of(archive: Archive, faults: Faults) -> tuple[str, ...]:
    """The header of the one CSV file; empty, with faults noted, if it has none that can be read."""
    (name,) = archive.files
    try:
        sheet = open_sheet(archive.open(name), name, faults)
    except Damaged:
        faults.add(name, _("This file is damaged."), _("Export it again, or copy it once more."))
        return ()
    return sheet.header if sheet else ()


def read_plain(archive: Archive, mapping: ColumnMapping, desk: Desk, faults: Faults, *, kind: str) -> Told | None:
    """What a plain CSV file tells; None, with faults noted, if it cannot be taken in. `kind`: "bulk" or "delta"."""
    (name,) = archive.files
    told = Told(desk, FORM, kind, SOURCE)
    try:
        with archive.open(name) as file:
            sheet = open_sheet(file, name, faults)
            if sheet is None:
                return None
            faults.note(*faults_in(mapping, sheet.header))
            if not faults and not told.put_pupils(_pupils(sheet, mapping, faults), faults) and not faults:
                faults.add(name, _("The file has a header and no row."), _("Export it again."))
    except Damaged:
        faults.add(name, _("This file is damaged."), _("Export it again, or copy it once more."))
    if faults:
        return None
    named = desk.ask("SELECT DISTINCT json_extract(told, '$.school') FROM \"told pupils\"")
    told.schools = [ToldSchool(one, one, "", name) for one in sorted(one for (one,) in named if one)]
    told.sort(faults)
    return told


def _pupils(sheet: Sheet, mapping: ColumnMapping, faults: Faults) -> Iterator[ToldPupil]:
    number_of = {what: sheet.header.index(column) for what, column in mapping.columns.items()}
    for row, cells in sheet.rows:
        said = {what: cells[number].strip() for what, number in number_of.items()}
        yield _Row(sheet.name, row, said, mapping, faults).pupil()


class _Row:
    """One row, and what it tells of a child."""

    def __init__(self, file: str, row: int, said: Mapping[str, str], mapping: ColumnMapping, faults: Faults) -> None:
        self.file, self.row, self.said, self.mapping, self.faults = file, row, said, mapping, faults

    def pupil(self) -> ToldPupil:
        said = self.said
        key = said.get("sourced_id") or said.get("state_id") or ""
        if not key:
            self._fault("sourced_id" if "sourced_id" in said else "state_id", _("This cell is empty."), _fill_in())
        for what in NEEDED:
            if not said[what]:
                self._fault(what, _("This cell is empty."), _fill_in())
        values: dict[str, Any] = {what: said[what] for what in TEXTS if what in said and what != "sourced_id"}
        values |= {what: self._day(what) for what in DAYS if what in said}
        if "races" in said:
            values |= _races(said["races"])
        values |= {what: self._flag(what) for what in FLAGS if what in said}
        if "sex" in said:
            values["sex"] = SEXES.get(said["sex"].lower(), said["sex"].lower())
        if "english_learner" in said:
            values["english_learner"] = {True: "yes", False: "no", None: "unknown"}[self._flag("english_learner")]
        if any(what.startswith("guardian_") for what in said):
            values["guardians"] = self._guardians()
        return ToldPupil(key, values, where(self.file, self.row))

    def _day(self, what: str) -> str | None:
        value = self.said[what]
        if not value:
            return None
        for form in ("%Y-%m-%d", "%m/%d/%Y"):
            try:
                day: date = datetime.strptime(value, form).date()  # noqa: DTZ007 - a day has no zone
            except ValueError:
                continue
            if FIRST_YEAR <= day.year <= LAST_YEAR:
                return day.isoformat()
        self._fault(what, _("This is not a day."), _("Write it as 2026-08-17 or 8/17/2026."))
        return None

    def _flag(self, what: str) -> bool | None:
        value = self.said[what].lower()
        if value in YES or value in NO:
            return value in YES
        if value:
            self._fault(what, _("This value cannot stand here."), _("Write yes or no, or leave it empty."))
        return None

    def _guardians(self) -> list[dict[str, str]]:
        name = self.said.get("guardian_name", "")
        told = {what: self.said.get(f"guardian_{what}", "") for what in ("email", "phone", "relation")}
        if not name and not any(told.values()):
            return []
        given, _space, family = name.rpartition(" ")
        return [{"id": "", "name": name, "given": given or family, "family": family if given else "", **told}]

    def _fault(self, what: str, problem: str, mend: str) -> None:
        self.faults.add(self.file, problem, mend, row=self.row, column=self.mapping.columns.get(what, what))


def _fill_in() -> str:
    return _("Fill it in. It is needed.")


def _races(value: str) -> dict[str, Any]:
    """Races out of one cell: who names some has said no to the others; who names none has not answered."""
    told = [one.strip() for one in value.replace(";", ",").replace("|", ",").split(",") if one.strip()]
    columns = {RACE_WORDS[one.lower()] for one in told if one.lower() in RACE_WORDS}
    others = sorted(one for one in told if one.lower() not in RACE_WORDS)
    five = [one for one in FLAGS if one not in ("two_or_more", "hispanic")]
    answered = dict.fromkeys(five, False if columns else None)
    return {**answered, **dict.fromkeys(columns, True), "race_words": ", ".join(others)}
