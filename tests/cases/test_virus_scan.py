"""A virus scanner before everything that comes in: clean goes on, found is refused, away closes the door for files."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from gameplan.cases import clamd as asked
from gameplan.cases.clamd import Clamd, ScannerAway, TooLargeToScan, clamd_at
from gameplan.cases.virus_scan import NotJustNow, look_through
from gameplan.config.environment import WrongSetting, socket_of
from gameplan.people.refusals import Refused
from tests.stand_in_clamd import MOST, NAME, VIRUS, StandIn, Way, clamd

Having = Callable[[Way], StandIn]


@pytest.fixture
def having(settings: Settings) -> Iterator[Having]:
    """Starts a scanner that behaves in a way, as that of this installation."""
    running = []

    def start(way: Way) -> StandIn:
        opened = clamd(way)
        told = opened.__enter__()
        running.append(opened)
        settings.GAMEPLAN_VIRUS_SCANNER = told.address
        return told

    yield start
    for one in running:
        one.__exit__(None, None, None)


def test_without_a_scanner_nothing_is_read() -> None:
    pieces = iter([VIRUS])
    look_through(pieces)
    assert next(pieces) == VIRUS


def test_a_clean_file_goes_through_whole_in_small_pieces(having: Having) -> None:
    told, content = having(Way.LOOKS), b"0123456789abcdef" * 60_000
    look_through([content[:10], b"", content[10:]])
    assert told.files == [content]
    assert told.longest_piece == asked.PIECE


def test_what_is_found_is_refused_and_the_log_says_what_and_not_whose(
    having: Having, caplog: pytest.LogCaptureFixture
) -> None:
    having(Way.LOOKS)
    with pytest.raises(Refused, match="found something harmful"):
        look_through([b"%PDF-1.7 a ", VIRUS[:5], VIRUS[5:]])
    (record,) = caplog.records
    assert (record.getMessage(), vars(record)["fields"]) == ("virus-found", {"virus": NAME})


@pytest.mark.parametrize("way", [Way.SAYS_NOTHING, Way.HANGS_UP, Way.SLEEPS, Way.FAULT])
def test_who_cannot_tell_closes_the_door(
    having: Having, way: Way, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(asked, "SECONDS_TO_LOOK", 0.3)
    having(way)
    with pytest.raises(NotJustNow, match="cannot be taken in just now"):
        look_through([b"x" * MOST] * 3 if way is Way.HANGS_UP else [b"a paper"])
    assert "does not answer" in caplog.text


def test_a_scanner_that_is_away_closes_the_door(settings: Settings, tmp_path: Path) -> None:
    for address in (str(tmp_path / "away.sock"), "127.0.0.1:9"):
        settings.GAMEPLAN_VIRUS_SCANNER = address
        with pytest.raises(NotJustNow):
            look_through([b"a paper"])


def test_a_file_that_the_scanner_does_not_take_is_refused_as_too_large(having: Having) -> None:
    told = having(Way.LOOKS)
    with pytest.raises(Refused, match="too large for the virus scanner"):
        look_through([b"x" * (MOST + 1)])
    assert told.files == []


def test_a_socket_of_the_machine_serves_as_well() -> None:
    with tempfile.TemporaryDirectory() as folder, clamd(at=Path(folder) / "clamd") as told:
        daemon = clamd_at(f"unix:{told.address}")
        assert daemon.answers()
        assert daemon.found_in([VIRUS]) == NAME
        assert daemon.found_in([b"a paper"]) == ""
    assert not daemon.answers()


@pytest.mark.parametrize(("address", "daemon"), [
    ("/run/clamav/clamd.ctl", Clamd(path="/run/clamav/clamd.ctl")), ("[::1]:3310", Clamd("", "::1", 3310)),
    ("scanner.example:3310", Clamd("", "scanner.example", 3310)),
])  # fmt: skip
def test_where_it_listens(address: str, daemon: Clamd) -> None:
    assert clamd_at(address) == daemon


@pytest.mark.parametrize(
    "address", ["clamd", "localhost", "localhost:", ":3310", "::1:3310", "a:0", "a:99999", "http://a:1"]
)
def test_what_is_no_address_stops_the_start(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GAMEPLAN_VIRUS_SCANNER", address)
    with pytest.raises(WrongSetting, match="GAMEPLAN_VIRUS_SCANNER"):
        socket_of("GAMEPLAN_VIRUS_SCANNER")


def test_each_fault_of_the_daemon_has_its_own_name(having: Having) -> None:
    daemon = clamd_at(having(Way.FAULT).address)
    with pytest.raises(ScannerAway, match="memory"):
        daemon.found_in([b"a paper"])
    with pytest.raises(TooLargeToScan):
        daemon.found_in([b"x" * (MOST + 1)])
