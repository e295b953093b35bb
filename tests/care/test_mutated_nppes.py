"""A broken file of providers: what can be read is taken in, the rest is told; never a crash."""

from __future__ import annotations

from pathlib import Path

import pytest

from gameplan.care.importing import NotTaken, take_in
from gameplan.care.models import Listing
from gameplan.care.nppes_files import FileFault
from tests.care.made import WHOLE, row, text_of, write_file, write_zip
from tests.mutated import ANY, MEGABYTE, Tried, calculated, cut, flipped, holed, little_memory, mutations, swollen

pytestmark = pytest.mark.files

ROWS = [row(number) for number in range(30)]


def tried() -> Tried:
    """How far a file was read stays, so that it goes on there once the file is whole."""
    return Tried((FileFault, NotTaken), frozenset({"care.Intake"}))


@pytest.mark.django_db
def test_a_broken_table_is_refused_or_taken(tmp_path: Path) -> None:
    path, tries = tmp_path / WHOLE, tried()

    def take(content: bytes) -> None:
        path.write_bytes(content)
        take_in(path)

    with little_memory(60 * MEGABYTE):
        tries.each(mutations(5, text_of(ROWS).encode(), (*ANY, calculated, swollen), 24), take)
    assert tries.taken
    assert tries.refused


@pytest.mark.django_db
def test_a_broken_zip_is_refused_or_taken(tmp_path: Path) -> None:
    whole = write_zip(tmp_path, write_file(tmp_path, ROWS)).read_bytes()
    path, tries = tmp_path / "NPPES_Data_Dissemination_December_2026_V2.zip", tried()

    def take(content: bytes) -> None:
        path.write_bytes(content)
        take_in(path)

    tries.each(mutations(6, whole, (flipped, cut, holed), 12), take)
    assert tries.refused
    assert not Listing.objects.exists()
