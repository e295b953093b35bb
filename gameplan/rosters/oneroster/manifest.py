"""The manifest of a OneRoster zip: which version it is, and which files there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gameplan.arriving.csv_rows import open_sheet
from gameplan.arriving.damaged import Damaged
from gameplan.arriving.faults import Faults
from gameplan.rosters.archive import Archive
from gameplan.rosters.oneroster.columns import NAMES, VERSIONS

MANIFEST = "manifest.csv"
HEADER = ("propertyName", "value")
WAYS = ("absent", "bulk", "delta")
MOST_ROWS = 200


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a manifest says: the version, the way of each file ("absent", "bulk" or "delta"), and the system's name."""

    version: str
    ways: Mapping[str, str]
    system: str


def read_manifest(archive: Archive, faults: Faults) -> Manifest | None:
    """The manifest of a zip; None, with faults noted, if it cannot be used."""
    if MANIFEST not in archive.files:
        what = _("There is no manifest.csv, so this is OneRoster 1.0 or no OneRoster at all.")
        faults.add(MANIFEST, what, _("Ask your student information system for OneRoster 1.1 or 1.2 as CSV."))
        return None
    try:
        said = _properties(archive, faults)
    except Damaged:
        faults.add(MANIFEST, _("This file is damaged."), _("Export it again, or copy it once more."))
        return None
    if faults:
        return None
    version = said.get("oneroster.version", "")
    if version not in VERSIONS:
        what = _("This version of OneRoster is not read here.")
        faults.add(MANIFEST, what, _("Export OneRoster 1.1 or 1.2."), column="oneroster.version")
        return None
    if said.get("manifest.version") != "1.0":
        faults.add(
            MANIFEST, _("This manifest is of another version."), _("It must say 1.0."), column="manifest.version"
        )
    ways = {name: _way(name, said, archive, faults) for name in NAMES[version]}
    system = said.get("source.systemName") or said.get("source.systemCode") or "oneroster"
    return None if faults else Manifest(version, ways, system[:80])


def _properties(archive: Archive, faults: Faults) -> Mapping[str, str]:
    found: dict[str, str] = {}
    with archive.open(MANIFEST) as file:
        sheet = open_sheet(file, MANIFEST, faults)
        if sheet is None:
            return {}
        if sheet.header != HEADER:
            faults.add(MANIFEST, _("The header must be propertyName,value."), _("Export the file again."), row=1)
            return {}
        for row, (name, value) in sheet.rows:
            if row > MOST_ROWS or name in found:
                what = _("This property is there twice, or there are far too many.")
                faults.add(MANIFEST, what, _("Keep one row for each."), row=row)
                break
            found[name.strip()] = value.strip()
    return found


def _way(name: str, said: Mapping[str, str], archive: Archive, faults: Faults) -> str:
    """How a file comes. A manifest that says nothing of a file says that it is absent."""
    way, there = said.get(f"file.{name}", "absent"), f"{name}.csv" in archive.files
    if way not in WAYS:
        faults.add(MANIFEST, _("Write absent, bulk or delta."), _("Export the file again."), column=f"file.{name}")
    elif there and way == "absent":
        what = _("The manifest says that this file is absent, and it is there.")
        faults.add(f"{name}.csv", what, _("Say bulk or delta in the manifest, or take the file out."))
    elif not there and way != "absent":
        what = _("The manifest speaks of this file, and it is not in the zip file.")
        faults.add(f"{name}.csv", what, _("Add it, or say absent in the manifest. Names are written exactly so."))
    return way
