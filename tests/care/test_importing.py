"""Taking a file in: whole files, changes, stops in the middle, broken rows."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gameplan.care import importing
from gameplan.care.importing import NotTaken, take_in
from gameplan.care.models import Intake, Listing
from gameplan.care.nppes_files import FileFault
from gameplan.care.samples import make_listings
from gameplan.care.searching import status
from gameplan.care.writing import write_listings
from tests.care.made import WEEK, WHOLE, npi, row, write_file, write_zip

NEWER = "npidata_pfile_20050523-20261213.csv"


def listed() -> list[tuple[Any, ...]]:
    """All that is kept of every listing, but which file brought it."""
    names = [field.attname for field in Listing._meta.concrete_fields if field.attname != "intake"]
    return list(Listing.objects.order_by("npi").values_list(*names))


def rows(count: int, **said: str) -> list[list[str]]:
    return [row(number, code="235Z00000X" if number % 3 else "207Q00000X", **said) for number in range(count)]


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch is full after seven rows."""
    monkeypatch.setattr(importing, "ROWS_BETWEEN_BATCHES", 7)


@pytest.mark.django_db
def test_a_whole_file_is_taken_in(tmp_path: Path, small_batches: None) -> None:
    told: list[int] = []
    path = write_file(tmp_path, rows(30))
    done = take_in(path, told=told.append)
    assert (done.rows, done.kept, done.faulty, done.removed) == (30, 20, 0, 0)
    assert (done.file_day, done.finished_at is not None) == (date(2026, 11, 8), True)
    assert told == sorted(told)
    assert told[-1] == path.stat().st_size
    assert [one[0] for one in listed()] == sorted(int(npi(number)) for number in range(30) if number % 3)
    assert status().by_kind["speech"] == 20


@pytest.mark.django_db
def test_the_zip_gives_the_same(tmp_path: Path) -> None:
    path = write_file(tmp_path, rows(30))
    take_in(path)
    before = listed()
    Listing.objects.all().delete()
    take_in(write_zip(tmp_path, path))
    assert listed() == before


@pytest.mark.django_db
@pytest.mark.parametrize("stops_after", [1, 2, 4])
def test_stopped_in_the_middle_it_goes_on_and_ends_the_same(
    tmp_path: Path, small_batches: None, monkeypatch: pytest.MonkeyPatch, stops_after: int
) -> None:
    path = write_zip(tmp_path, write_file(tmp_path, rows(40)))
    take_in(path)
    whole = listed()
    Intake.objects.all().delete()
    Listing.objects.all().delete()
    written = 0
    write = write_listings

    def breaks(*given: Any) -> None:
        nonlocal written
        write(*given)
        written += 1
        if written > stops_after:
            raise KeyboardInterrupt

    monkeypatch.setattr(importing, "write_listings", breaks)
    with pytest.raises(KeyboardInterrupt):
        take_in(path)
    half = Intake.objects.get()
    assert (half.finished_at, half.rows) == (None, 7 * stops_after)
    assert half.kept == Listing.objects.count() < len(whole)
    monkeypatch.setattr(importing, "write_listings", write)
    done = take_in(path)
    assert (done.pk, done.rows, done.kept) == (half.pk, 40, len(whole))
    assert listed() == whole


@pytest.mark.django_db
def test_a_newer_file_takes_the_place_of_the_older(tmp_path: Path) -> None:
    take_in(write_file(tmp_path, [row(1), row(2), row(3)]))
    done = take_in(write_file(tmp_path, [row(2, last="NEWNAME"), row(4)], NEWER))
    assert (done.kept, done.removed) == (2, 2)
    assert [(one.npi, one.name) for one in Listing.objects.order_by("npi")] == [
        (int(npi(2)), "Carla Newname"), (int(npi(4)), "Emi Elm"),
    ]  # fmt: skip


@pytest.mark.django_db
def test_only_some_states_leave_the_others_alone(tmp_path: Path) -> None:
    take_in(write_file(tmp_path, [row(1, state="TX"), row(2, state="NM"), row(3, state="TX")]))
    done = take_in(write_file(tmp_path, [row(3, state="TX"), row(5, state="NM")], NEWER), states=("tx",))
    assert (done.kept, done.removed, done.states) == (1, 1, "TX")
    assert set(Listing.objects.values_list("npi", "state")) == {(int(npi(2)), "NM"), (int(npi(3)), "TX")}


@pytest.mark.django_db
def test_a_week_of_changes_adds_changes_and_takes_out(tmp_path: Path) -> None:
    take_in(write_file(tmp_path, [row(1), row(2), row(3), row(4, state="NM"), row(5, state="TX")]))
    changes = [
        row(2, city="SANTA FE"), row(3, deactivated="11/10/2026"), row(6), row(5, state="CA"),
        row(4, code="207Q00000X", state="NM"),
    ]  # fmt: skip
    done = take_in(write_file(tmp_path, changes, WEEK))
    assert (done.only_changes, done.kept, done.removed) == (True, 3, 2)
    found = {one.npi: (one.city, one.state) for one in Listing.objects.all()}
    assert set(found) == {int(npi(number)) for number in (1, 2, 5, 6)}
    assert found[int(npi(2))][0] == "Santa Fe"
    assert found[int(npi(5))][1] == "CA"


@pytest.mark.django_db
def test_the_same_file_or_an_older_one_is_refused(tmp_path: Path) -> None:
    path = write_file(tmp_path, [row(1)], NEWER)
    take_in(path)
    with pytest.raises(NotTaken, match="was taken in on"):
        take_in(path)
    older = write_file(tmp_path, [row(2)])
    with pytest.raises(NotTaken, match="a newer file is here already"):
        take_in(older)
    assert take_in(older, anyway=True).removed == 1
    assert take_in(path, anyway=True).kept == 1


@pytest.mark.django_db
def test_rows_that_cannot_be_read_are_counted_and_told(tmp_path: Path) -> None:
    path = write_file(tmp_path, [row(1), row(2, npi="1234567890"), row(3)])
    text = path.read_bytes()
    path.write_bytes(text.replace(b"3 SAMPLE ST", b"3 SAMPLE \xff\xfe") + b'"1","2","235Z00000X"\n')
    done = take_in(path)
    assert (done.rows, done.kept, done.faulty) == (4, 1, 3)
    assert [fault.partition(":")[0] for fault in done.faults] == ["row 2", "row 3", "row 4"]
    assert "is not an NPI" in done.faults[0]
    assert "UTF-8" in done.faults[1]
    assert "has 3 columns" in done.faults[2]


@pytest.mark.django_db
def test_a_file_that_breaks_off_removes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    take_in(write_file(tmp_path, [row(1), row(2)]))
    broken = write_file(tmp_path, [row(number) for number in range(5, 9)], NEWER)
    broken.write_bytes(broken.read_bytes()[:-500])
    with pytest.raises(FileFault, match="breaks off"):
        take_in(broken)
    assert {int(npi(1)), int(npi(2))} <= set(Listing.objects.values_list("npi", flat=True))
    assert Intake.objects.filter(finished_at=None).count() == 1


@pytest.mark.django_db
def test_a_file_with_many_broken_rows_removes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "FEWEST_TO_JUDGE", 10)
    take_in(write_file(tmp_path, [row(50)]))
    bad = write_file(tmp_path, [row(n) if n % 4 else row(n, npi="1") for n in range(20)], NEWER)
    with pytest.raises(FileFault, match="5 of the rows that matter cannot be read"):
        take_in(bad)
    assert Listing.objects.filter(npi=int(npi(50))).exists()


@pytest.mark.django_db
def test_two_at_once_do_not_mix(tmp_path: Path, small_batches: None, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_file(tmp_path, rows(30))
    write = write_listings

    def while_another_is_further(*given: Any) -> None:
        write(*given)
        Intake.objects.update(rows=999)

    monkeypatch.setattr(importing, "write_listings", while_another_is_further)
    with pytest.raises(NotTaken, match="somebody else"):
        take_in(path)
    assert Listing.objects.count() == 0


@pytest.mark.django_db
def test_made_up_listings_go_when_a_file_comes(tmp_path: Path) -> None:
    assert make_listings() > 50
    assert make_listings() == 0
    take_in(write_file(tmp_path, [row(1, state="TX")]), states=("TX",))
    assert Listing.objects.count() == 1


SLOW = """
import sys, time
from pathlib import Path
from gameplan.config.serve import make_cases
make_cases(Path(sys.argv[2]))
from gameplan.care import importing
write = importing.write_listings
def slow(*given):
    write(*given)
    print("batch", flush=True)
    time.sleep(0.2)
importing.write_listings = slow
importing.ROWS_BETWEEN_BATCHES = 50
from gameplan.cli import main
sys.argv = ["gameplan", "care", "import", sys.argv[1], "--data", sys.argv[2]]
main()
"""


@pytest.fixture
def own_folder(tmp_path: Path) -> dict[str, str]:
    """The environment of another process with a folder of its own."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "GAMEPLAN_SHARED")}
    return kept | {"GAMEPLAN_DATA": str(tmp_path / "data")}


@pytest.mark.slow_process
def test_a_killed_process_leaves_whole_batches_and_the_next_ends_the_same(
    tmp_path: Path, own_folder: dict[str, str]
) -> None:
    path = write_file(tmp_path, [row(number) for number in range(400)], WHOLE)
    begin = [sys.executable, "-c", SLOW, str(path), str(tmp_path / "data")]
    with subprocess.Popen(begin, stdout=subprocess.PIPE, text=True, env=own_folder) as process:
        assert process.stdout
        for _batch in range(3):
            assert process.stdout.readline() == "batch\n"
        time.sleep(0.05)
        process.send_signal(signal.SIGKILL)

    def say(*words: str) -> str:
        begin = [sys.executable, "-c", "from gameplan.cli import main; main()", "care"]
        command = [*begin, *words, "--data", str(tmp_path / "data")]
        return subprocess.run(command, env=own_folder, capture_output=True, text=True, check=True).stdout

    assert "Not finished" in say("status")
    assert "400 rows read, 400 listings kept" in say("import", str(path))
    whole = say("status")
    assert whole.startswith("400 listings.")
    assert "Not finished" not in whole
