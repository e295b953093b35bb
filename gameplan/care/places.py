"""Where ZIP codes lie, and how far they are from each other.

The program brings the middle of each ZIP code from the Census Bureau's Gazetteer (`zips.txt`, in the public domain). A
newer file of theirs can be loaded with `gameplan care zips`; then that one counts. Post office boxes and single large
receivers have codes that no map shows: they are not in it.
"""

from __future__ import annotations

import csv
import zipfile
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

from django.db import transaction
from django.db.models import Count, Sum

from gameplan.care.models import ZipPlace
from gameplan.care.nppes_files import FileFault
from gameplan.core.faults import Fault

SHIPPED = Path(__file__).with_name("zips.txt")
SHIPPED_SOURCE = "U.S. Census Bureau, 2023 Gazetteer Files, ZIP Code Tabulation Areas"
EARTH_RADIUS_MILES = 3958.8
MILES_A_DEGREE = 69.0
WANTED = ("GEOID", "INTPTLAT", "INTPTLONG")
AREA = 3
"""So many first digits of a ZIP code name the area that one sorting center serves."""


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the earth, in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Near:
    """A ZIP code and how far its middle lies from the one that was asked for; None where no map shows it."""

    code: str
    miles: float | None


def miles_between(one: Point, other: Point) -> float:
    """The great-circle distance between two places, in miles."""
    north, south = radians(one.latitude), radians(other.latitude)
    rise, run = south - north, radians(other.longitude - one.longitude)
    chord = sin(rise / 2) ** 2 + cos(north) * cos(south) * sin(run / 2) ** 2
    return 2 * EARTH_RADIUS_MILES * asin(min(1.0, sqrt(chord)))


@dataclass(frozen=True, slots=True)
class Places:
    """All ZIP codes whose place is known, and the same from south to north, so that a band of them is found at once."""

    by_code: Mapping[str, Point]
    latitudes: tuple[float, ...]
    northward: tuple[str, ...]

    def near(self, code: str, miles: float) -> tuple[Near, ...]:
        """The ZIP codes whose middle is not farther than that from this one's, the nearest first.

        Empty if it is not known where this code lies.
        """
        here = self.by_code.get(code)
        if here is None:
            return ()
        high = miles / MILES_A_DEGREE
        wide = high / max(0.1, cos(radians(here.latitude + high)))
        band = self.northward[
            bisect_left(self.latitudes, here.latitude - high) : bisect_right(self.latitudes, here.latitude + high)
        ]
        found = []
        for other in band:
            there = self.by_code[other]
            if abs(there.longitude - here.longitude) <= wide:
                far = miles_between(here, there)
                if far <= miles:
                    found.append((far, other))
        return tuple(Near(other, far) for far, other in sorted(found))


def place_of(code: str) -> Point | None:
    """Where a ZIP code lies; None if it is not known."""
    return known().by_code.get(code)


def near(code: str, miles: float) -> tuple[Near, ...]:
    """`Places.near` of what is known now."""
    return known().near(code, miles)


def known() -> Places:
    """Every ZIP code whose place is known: from the newer file if one was loaded, else from the one that is shipped."""
    told = ZipPlace.objects.aggregate(count=Count("code"), north=Sum("latitude"), east=Sum("longitude"))
    return _loaded(told["count"], told["north"], told["east"]) if told["count"] else _shipped()


@cache
def _shipped() -> Places:
    found = {}
    for line in SHIPPED.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            code, latitude, longitude = line.split()
            found[code] = Point(float(latitude), float(longitude))
    return _places(found)


@lru_cache(maxsize=2)
def _loaded(_count: int, _north: float, _east: float) -> Places:
    """What is loaded now; the sums tell it from what was loaded before."""
    rows = ZipPlace.objects.values_list("code", "latitude", "longitude")
    return _places({code: Point(latitude, longitude) for code, latitude, longitude in rows})


def _places(found: Mapping[str, Point]) -> Places:
    northward = sorted(found, key=lambda code: found[code].latitude)
    return Places(found, tuple(found[code].latitude for code in northward), tuple(northward))


def load_places(path: Path) -> int:
    """Take in a Gazetteer file of ZIP Code Tabulation Areas, as text or as its zip; gives how many there are.

    It takes the place of what was loaded before. Raises FileFault with all that is wrong; then nothing changes.
    """
    rows = [ZipPlace(code=code, latitude=at.latitude, longitude=at.longitude) for code, at in _gazetteer(path).items()]
    with transaction.atomic():
        ZipPlace.objects.all().delete()
        ZipPlace.objects.bulk_create(rows, batch_size=1000)
    return len(rows)


def _gazetteer(path: Path) -> Mapping[str, Point]:
    lines = _lines(path)
    first = lines[0] if lines else ""
    mark = "|" if "|" in first else "\t"
    header = [name.strip() for name in first.split(mark)]
    missing = [name for name in WANTED if name not in header]
    if missing:
        mend = "Take the Gazetteer file of ZIP Code Tabulation Areas as it is downloaded from the Census Bureau."
        raise FileFault(
            *(Fault(f"{path.name}, line 1", f'the column "{name}" is not there.', mend) for name in missing)
        )
    at = [header.index(name) for name in WANTED]
    found, faults = {}, []
    for number, row in enumerate(csv.reader(lines[1:], delimiter=mark), start=2):
        try:
            code, point = _place(row, at)
            found[code] = point
        except (ValueError, IndexError):
            faults.append(
                Fault(f"{path.name}, line {number}", "it is no ZIP code with a place.", "Get the file again.")
            )
    if faults or not found:
        raise FileFault(*faults[:20] or [Fault(path.name, "there is no ZIP code in it.", "Get the file again.")])
    return found


def _place(row: list[str], at: list[int]) -> tuple[str, Point]:
    code, latitude, longitude = row[at[0]].strip(), float(row[at[1]]), float(row[at[2]])
    if len(code) != 5 or not code.isdigit() or abs(latitude) > 90 or abs(longitude) > 180:
        raise ValueError(code)
    return code, Point(latitude, longitude)


def _lines(path: Path) -> list[str]:
    try:
        if zipfile.is_zipfile(path):
            return _packed(path).decode("utf-8-sig").splitlines()
        return path.read_text("utf-8-sig").splitlines()
    except OSError as error:
        raise FileFault(Fault(str(path), f"it cannot be opened: {error.strerror}.", "Check the name.")) from error
    except UnicodeDecodeError as error:
        raise FileFault(Fault(path.name, "it is not text in UTF-8.", "Take the file as it is downloaded.")) from error
    except zipfile.BadZipFile as error:
        raise FileFault(Fault(path.name, f"the zip is damaged ({error}).", "Get the file again.")) from error


def _packed(path: Path) -> bytes:
    with zipfile.ZipFile(path) as packed:
        names = [name for name in packed.namelist() if name.lower().endswith(".txt")]
        if not names:
            raise FileFault(Fault(path.name, "there is no text file in this zip.", "Take the Gazetteer file itself."))
        return packed.read(names[0])
