"""The server at home: one link, one folder, one computer, and a clean end."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from gameplan.config.lock import AlreadyRunning, hold, told_address
from gameplan.config.serve import NotRunning, free_port, new_link, serve
from tests.served import Browser, Served

pytestmark = pytest.mark.slow_process


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that is not there yet."""
    return tmp_path_factory.mktemp("home") / "new" / "gameplan"


@pytest.fixture(scope="module")
def served(data: Path) -> Iterator[Served]:
    """A server that these tests share."""
    with Served(data) as server:
        yield server


def test_the_folder_is_made_and_closed_to_others(served: Served, data: Path) -> None:
    assert data.stat().st_mode & 0o777 == 0o700
    assert all(path.stat().st_mode & 0o077 == 0 for path in data.iterdir())


def test_the_link_lets_one_browser_in_and_no_other(served: Served) -> None:
    mine, other = Browser(served.address), Browser(served.address)
    assert mine.get("/")[0] == 403
    assert mine.get(served.path)[0] == 200
    assert mine.get("/")[0] == 200
    assert other.get(served.path)[0] == 403
    assert other.get("/")[0] == 403


def test_a_new_link_can_be_had_while_it_runs(served: Served, data: Path) -> None:
    link = new_link(data)
    assert link.startswith(served.address)
    assert Browser(served.address).get(link.removeprefix(served.address))[0] == 200


def test_only_this_computer_can_reach_it(served: Served) -> None:
    port = int(served.address.rpartition(":")[2])
    with socket.socket() as door:
        assert door.connect_ex(("127.0.0.2", port)) != 0


def test_a_second_server_on_the_folder_is_refused_and_told_where_the_first_is(served: Served, data: Path) -> None:
    with pytest.raises(AlreadyRunning, match=served.address) as refused:
        hold(data)
    assert "gameplan link" in str(refused.value)


def test_a_taken_port_is_told_and_another_one_is_used(served: Served, tmp_path: Path) -> None:
    taken = int(served.address.rpartition(":")[2])
    assert free_port(taken) != taken
    with Served(tmp_path, port=taken) as second:
        assert f"Port {taken} is taken" in second.said[0]
        assert second.address != served.address


def test_ctrl_c_ends_it_cleanly_and_the_folder_is_free(tmp_path: Path) -> None:
    with Served(tmp_path) as server:
        assert "Everything is kept" in server.stop()
        assert server.process.returncode == 0
    assert told_address(tmp_path) == ""
    assert "gameplan.sqlite3-wal" not in {path.name for path in tmp_path.iterdir()}
    os.close(hold(tmp_path))


def test_a_cookie_outlives_a_kill_and_the_old_link_does_not_come_back(tmp_path: Path) -> None:
    with Served(tmp_path) as first:
        browser = Browser(first.address)
        browser.get(first.path)
        first.kill()
    with Served(tmp_path) as second:
        browser.address = second.address
        assert browser.get("/")[0] == 200
        assert Browser(second.address).get(first.path)[0] == 403


def test_no_link_without_a_server(tmp_path: Path) -> None:
    with pytest.raises(NotRunning, match="gameplan serve"):
        new_link(tmp_path)


def test_a_link_is_not_made_for_a_server_that_was_killed(tmp_path: Path) -> None:
    with Served(tmp_path) as server:
        server.kill()
    with pytest.raises(NotRunning):
        new_link(tmp_path)


def test_a_refused_start_leaves_the_running_one_alone(
    served: Served, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GAMEPLAN_DATA", os.environ["GAMEPLAN_DATA"])
    monkeypatch.setattr(os, "umask", lambda mask: mask)
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(AlreadyRunning):
        serve(data)
    assert told_address(data) == served.address
    assert served.process.poll() is None
    assert signal.getsignal(signal.SIGINT) is before
