"""Where ZIP codes lie, and how far they are from each other."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from gameplan.care.nppes_files import FileFault
from gameplan.care.places import Point, load_places, miles_between, near, place_of

HEADER = "GEOID\tALAND\tAWATER\tALAND_SQMI\tAWATER_SQMI\tINTPTLAT\tINTPTLONG                    "


def gazetteer(folder: Path, *rows: str, header: str = HEADER) -> Path:
    path = folder / "2026_Gaz_zcta_national.txt"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def test_a_known_distance() -> None:
    new_york, los_angeles = Point(40.7128, -74.0060), Point(34.0522, -118.2437)
    assert miles_between(new_york, los_angeles) == pytest.approx(2446, abs=3)
    assert miles_between(new_york, new_york) == 0


@pytest.mark.django_db
def test_the_shipped_places_lie_where_they_should() -> None:
    albuquerque, honolulu = place_of("87102"), place_of("96813")
    assert albuquerque
    assert honolulu
    assert (round(albuquerque.latitude), round(albuquerque.longitude)) == (35, -107)
    assert (round(honolulu.latitude), round(honolulu.longitude)) == (21, -158)
    assert place_of("00000") is None


@pytest.mark.django_db
def test_what_is_near_comes_nearest_first() -> None:
    found = near("87102", 25)
    assert found[0].code == "87102"
    assert found[0].miles == 0
    miles = [one.miles or 0 for one in found]
    assert miles == sorted(miles)
    assert max(miles) <= 25
    assert {"87106", "87124"} <= {one.code for one in found}
    assert "87501" not in {one.code for one in found}
    assert near("00000", 25) == ()


@pytest.mark.django_db
def test_a_newer_gazetteer_takes_the_place_of_the_shipped(tmp_path: Path) -> None:
    row = "87102\t1\t0\t0.1\t0.0\t35.5\t-106.5                   "
    assert load_places(gazetteer(tmp_path, row)) == 1
    assert place_of("87102") == Point(35.5, -106.5)
    assert place_of("87106") is None
    header = "GEOID|GEOIDFQ|ALAND|AWATER|ALAND_SQMI|AWATER_SQMI|INTPTLAT|INTPTLONG"
    bars = gazetteer(tmp_path, "87106|860Z200US87106|1|0|0.1|0.0|35.1|-106.6", header=header)
    packed = tmp_path / "2026_Gaz_zcta_national.zip"
    with zipfile.ZipFile(packed, "w") as made:
        made.write(bars, bars.name)
    assert load_places(packed) == 1
    assert place_of("87102") is None
    assert place_of("87106") == Point(35.1, -106.6)


@pytest.mark.django_db
def test_a_wrong_gazetteer_changes_nothing_and_says_all(tmp_path: Path) -> None:
    with pytest.raises(FileFault) as caught:
        load_places(gazetteer(tmp_path, header="CODE\tINTPTLAT"))
    assert len(caught.value.faults) == 2
    with pytest.raises(FileFault) as caught:
        load_places(gazetteer(tmp_path, "87102\t1\t0\t0\t0\tnorth\t-1", "8710\t1\t0\t0\t0\t35\t-106", "87106\t1"))
    assert [fault.where.rpartition(" ")[2] for fault in caught.value.faults] == ["2", "3", "4"]
    with pytest.raises(FileFault, match="no ZIP code"):
        load_places(gazetteer(tmp_path))
    with pytest.raises(FileFault, match="cannot be opened"):
        load_places(tmp_path / "nothing.txt")
    assert place_of("87102")
