"""Health, numbers and the log: true, cheap, and with nothing of a person in them."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from gameplan.config.running import health, metrics, numbers
from gameplan.config.running.beats import Pulse, last_turn
from gameplan.config.running.failing import broken
from gameplan.config.running.log_lines import LogLine, trace_of
from gameplan.config.running.numbers import Numbers, series
from gameplan.config.running.requests import RequestsMiddleware, network_of
from tests.shared import account, run_shared, signed_in
from tests.stand_in_clamd import clamd

HERE: dict[str, Any] = {"HTTP_HOST": "127.0.0.1:8321"}
NOON = datetime(2025, 9, 3, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def asked_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """No answer of another test holds."""
    monkeypatch.setattr(health, "_READINESS", health.Readiness())


@pytest.fixture
def lines(settings: Settings) -> Iterator[list[str]]:
    """What the log says as JSON while people sign in."""
    run_shared(settings, settings.GAMEPLAN_DATA)
    said: list[str] = []

    class Keeping(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(LogLine(as_json=True).format(record))

    handler, loggers = Keeping(), [logging.getLogger(name) for name in ("", "gameplan.request", "django.request")]
    before = [one.level for one in loggers]
    loggers[0].addHandler(handler)
    for one in loggers[1:]:
        one.setLevel(logging.INFO)
    yield said
    loggers[0].removeHandler(handler)
    for one, level in zip(loggers, before, strict=True):
        one.setLevel(level)


# Health


def test_live_asks_nothing(client: Client) -> None:
    answer = client.get("/health/live")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_ready_where_all_is_well(client: Client, db: None) -> None:
    assert client.get("/health/ready").content == b"ok\n"


def test_ready_needs_a_worker_where_people_sign_in(client: Client, settings: Settings, db: None) -> None:
    run_shared(settings, settings.GAMEPLAN_DATA)
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.content) == (503, b"not ok: the worker has taken no turn lately\n")
    Pulse(timezone.now).took_a_turn()
    assert "ok" in client.get("/health/ready").content.decode()


def test_an_answer_holds_for_a_moment_so_that_asking_costs_nothing(
    client: Client, db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/health/ready")
    with django_assert_num_queries(0):
        client.get("/health/ready")


def test_a_worker_that_stopped_or_is_ahead_of_its_time_is_seen(settings: Settings, db: None) -> None:
    run_shared(settings, settings.GAMEPLAN_DATA)
    for off in (timedelta(minutes=-6), timedelta(minutes=6)):
        Pulse(lambda off=off: timezone.now() + off).took_a_turn()  # type: ignore[misc]
        assert health.Readiness().reasons() == ("the worker has taken no turn lately",)


def test_a_database_of_another_version_is_not_ready(db: None) -> None:
    recorder = MigrationRecorder(connection)
    recorder.record_applied("cases", "9999_later")
    assert health.Readiness().reasons() == ("the database is of a newer version",)
    recorder.record_unapplied("cases", "9999_later")
    recorder.record_unapplied("house", "0001_beats")
    assert health.Readiness().reasons() == ("the database is of an older version",)


def test_a_database_that_is_away_and_a_full_disk_are_not_ready(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_self: object) -> set[tuple[str, str]]:
        raise OperationalError("connection to server at 10.0.0.7, user gameplan, failed")

    monkeypatch.setattr(MigrationRecorder, "applied_migrations", away)
    settings.GAMEPLAN_LEAST_DISK = 10**9
    assert health.Readiness().reasons() == ("the database does not answer", "the disk is nearly full")


def test_a_scanner_that_is_away_is_told_and_keeps_nobody_out(client: Client, settings: Settings, db: None) -> None:
    with clamd() as scanner:
        settings.GAMEPLAN_VIRUS_SCANNER = scanner.address
        assert health.Readiness().waits() == ()
        assert "gameplan_virus_scanner_up 1" in client.get("/metrics", **HERE).content.decode()
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.content.decode()) == (
        200, "ok\nbut: the virus scanner does not answer, so no file is taken in\n",
    )  # fmt: skip
    assert "gameplan_virus_scanner_up 0" in client.get("/metrics", **HERE).content.decode()


# The worker's turns


def test_turns_are_written_down_now_and_then(db: None, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    times = iter([NOON + timedelta(seconds=second) for second in (0, 0, 5, 19, 20, -3600)])
    pulse = Pulse(lambda: next(times), name="a")
    pulse.took_a_turn()
    with django_assert_num_queries(0):
        pulse.took_a_turn()
        pulse.took_a_turn()
    pulse.took_a_turn()
    assert last_turn() == NOON + timedelta(seconds=20)
    pulse.took_a_turn()  # the clock was set back an hour
    assert last_turn() == NOON - timedelta(hours=1) + timedelta(seconds=0)
    assert pulse.turns == 5


def test_a_worker_that_died_while_the_clock_was_ahead_stands_in_nobodys_way(db: None) -> None:
    Pulse(lambda: NOON + timedelta(days=1), name="dead").took_a_turn()
    Pulse(lambda: NOON, name="alive").took_a_turn()
    assert last_turn() == NOON


# Numbers


def test_numbers_of_ended_processes_are_kept_and_counted_once(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from gameplan.config.running.numbers import Numbers; n = Numbers();"
        "n.keep_in(Path(sys.argv[1])); n.add('a_total', 2, route='x'); n._write()"
    )
    for _time in range(3):
        subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=True)
    mine = Numbers()
    mine.keep_in(tmp_path)
    mine.add("a_total", 1, route="x")
    assert mine.all() == {'a_total{route="x"}': 7.0}
    assert mine.all() == {'a_total{route="x"}': 7.0}
    assert len(list((tmp_path / numbers.FOLDER).glob("*-*.json"))) == 1


def test_a_kill_between_folding_and_removing_counts_nothing_twice(tmp_path: Path) -> None:
    folder = tmp_path / numbers.FOLDER
    folder.mkdir()
    gone = folder / "4194304-aa.json"  # no such process: the number is past the largest there is
    gone.write_text(json.dumps({"a_total": 2.0}), encoding="utf-8")
    (folder / numbers.ENDED).write_text(json.dumps({"numbers": {"a_total": 2.0}, "files": [gone.name]}), "utf-8")
    mine = Numbers()
    mine.keep_in(tmp_path)
    assert mine.all() == {"a_total": 2.0}
    assert not gone.exists()


def test_labels_are_escaped_as_the_format_wants_it() -> None:
    assert series("a", {"b": 'say "x"\\\n'}) == 'a{b="say \\"x\\"\\\\\\n"}'


def test_the_text_is_that_of_prometheus(db: None) -> None:
    counted = {
        series("gameplan_requests_total", {"route": "web:child", "status": "2xx"}): 3.0,
        series("gameplan_request_seconds_sum", {"route": "web:child"}): 0.75,
        series("gameplan_request_seconds_bucket", {"route": "web:child", "le": "0.05"}): 1.0,
        series("gameplan_request_seconds_bucket", {"route": "web:child", "le": "0.5"}): 2.0,
    }
    text = metrics.written(counted, metrics.gauges())
    for line in (
        "# TYPE gameplan_requests_total counter",
        'gameplan_requests_total{route="web:child",status="2xx"} 3',
        "# TYPE gameplan_request_seconds histogram",
        'gameplan_request_seconds_bucket{le="0.025",route="web:child"} 0',
        'gameplan_request_seconds_bucket{le="0.1",route="web:child"} 1',
        'gameplan_request_seconds_bucket{le="+Inf",route="web:child"} 3',
        'gameplan_request_seconds_sum{route="web:child"} 0.75',
        'gameplan_request_seconds_count{route="web:child"} 3',
        "gameplan_outbox_waiting 0",
        "gameplan_outbox_oldest_seconds 0",
        "gameplan_worker_turns_total 0",
        'gameplan_build_info{version="0.1.0"} 1',
    ):
        assert line in text.splitlines()
    assert text.endswith("\n")


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({}, 200),
        ({"HTTP_HOST": "[::1]:8321", "REMOTE_ADDR": "::1"}, 200),
        ({"REMOTE_ADDR": "203.0.113.7"}, 404),
        ({"HTTP_HOST": "plans.lakeside.example"}, 404),
        ({"HTTP_X_FORWARDED_FOR": "203.0.113.7"}, 404),
        ({"HTTP_X_FORWARDED_PROTO": "https"}, 404),
        ({"REMOTE_ADDR": "203.0.113.7", "HTTP_AUTHORIZATION": "Bearer right"}, 200),
        ({"REMOTE_ADDR": "203.0.113.7", "HTTP_AUTHORIZATION": "Bearer wrong"}, 404),
        ({"REMOTE_ADDR": "203.0.113.7", "HTTP_AUTHORIZATION": "Basic right"}, 404),
    ],
)
def test_the_numbers_are_for_this_machine_or_a_token(
    client: Client, settings: Settings, db: None, more: dict[str, Any], status: int
) -> None:
    settings.GAMEPLAN_METRICS_TOKEN = "right"
    settings.ALLOWED_HOSTS = ["127.0.0.1", "[::1]", "plans.lakeside.example"]
    assert client.get("/metrics", **(HERE | more)).status_code == status


def test_what_waits_is_told(client: Client, db: None) -> None:
    told = client.get("/metrics", **HERE).content.decode()
    for queue in ("outbox", "webhooks"):
        assert f"gameplan_{queue}_waiting 0" in told
        assert f"gameplan_{queue}_oldest_seconds 0" in told


def test_without_a_token_an_empty_one_opens_nothing(client: Client, db: None) -> None:
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.7", HTTP_AUTHORIZATION="Bearer ").status_code == 404


def test_a_request_adds_to_the_numbers_without_a_query(
    client: Client, settings: Settings, db: None, monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    run_shared(settings, settings.GAMEPLAN_DATA)
    mine = Numbers()
    monkeypatch.setattr("gameplan.config.running.requests.NUMBERS", mine)
    with django_assert_num_queries(0):
        client.get("/health/live")
        client.get("/nowhere/at/all/")
    found = mine.all()
    assert found['gameplan_requests_total{route="live",status="2xx"}'] == 1
    assert found['gameplan_requests_total{route="none",status="3xx"}'] == 1


# The log


PERSONAL = (
    "Marisol", "Quintanilla", "marisol@family.example", "q=Quintanilla", "203.0.113.77", "secret-token-in-the-path",
    "the-letters-of-a-password", "a private worry",
)  # fmt: skip


def test_nothing_of_a_person_is_in_the_log(
    client: Client, lines: list[str], db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.raise_request_exception = False
    away: dict[str, Any] = {"REMOTE_ADDR": "203.0.113.77"}
    client.get("/feed/secret-token-in-the-path/", {"q": "Quintanilla"}, **away)
    client.post("/sign-in/", {"login": "marisol@family.example", "password": "the-letters-of-a-password"}, **away)
    user = account("marisol@family.example", "Marisol Quintanilla")
    browser = signed_in(user)
    browser.raise_request_exception = False
    browser.post("/children/add/", {"name": "Marisol", "notes": "a private worry"}, **away)

    def raising(*_told: object, **_more: object) -> HttpResponse:
        child = "Marisol Quintanilla, a private worry"
        try:
            int(child)
        except ValueError as wrong:
            raise KeyError(child) from wrong
        return HttpResponse()

    monkeypatch.setattr("gameplan.config.running.health.HttpResponse", raising)
    answer = browser.get("/health/live?q=Quintanilla", **away)
    assert answer.status_code == 500
    assert len(lines) >= 5
    for line in lines:
        assert json.loads(line)
        for word in PERSONAL:
            assert word not in line
    (fault,) = (json.loads(line) for line in lines if "trace" in line)
    assert fault["event"] == "django.request"
    assert fault["request"] == answer.headers["X-Request-ID"]
    assert "builtins.ValueError" in fault["trace"]
    assert fault["trace"][-1] == "builtins.KeyError"
    assert any(" raising" in frame for frame in fault["trace"])


def test_a_line_says_page_status_time_network_and_a_hash_of_the_case(
    client: Client, lines: list[str], db: None
) -> None:
    case_id = "5d1e7c0a-3f59-4f0e-8f5c-1f2b8f3f1a01"
    browser = signed_in(account("pat@lakeside.example"))
    lines.clear()
    answer = browser.get(reverse("web:child", args=[case_id]), REMOTE_ADDR="203.0.113.77")
    told = json.loads(next(line for line in lines if '"event": "request"' in line))
    assert told["route"] == "web:child"
    assert (told["status"], told["method"], told["from"]) == (404, "GET", "203.0.113.0/24")
    assert told["request"] == answer.headers["X-Request-ID"]
    assert len(told["case"]) == 10
    assert case_id not in json.dumps(told)


def test_plain_lines_say_the_same() -> None:
    record = logging.LogRecord("gameplan.request", logging.INFO, "x.py", 1, "request", (), None)
    record.fields = {"route": "web:child", "status": 200}
    assert LogLine().format(record).endswith("info    request route=web:child status=200")
    other = logging.LogRecord("some.library", logging.ERROR, "/x/site-packages/lib/a.py", 7, "for %s", ("Ana",), None)
    assert LogLine().format(other).endswith("error   some.library at=lib/a.py:7")


def test_a_trace_names_no_folder_of_this_machine() -> None:
    try:
        raise OSError("/home/marisol/notes.txt")
    except OSError as error:
        told = "\n".join(trace_of(error))
    assert "tests/config/test_running.py" in told
    assert str(Path(__file__).parents[2]) not in told
    assert "marisol" not in told


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"), ("2001:db8:1:2:3::4", "2001:db8:1::/48"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"), ("no address", "unknown"),
    ],
)  # fmt: skip
def test_an_address_is_cut_to_its_network(address: str, network: str) -> None:
    request = HttpRequest()
    request.META = {"REMOTE_ADDR": address}
    assert network_of(request) == network


def test_behind_proxies_the_address_is_what_the_outermost_of_ours_saw(settings: LazySettings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    request = HttpRequest()
    request.META = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "198.51.100.9, 203.0.113.77"}
    assert network_of(request) == "203.0.113.0/24"


# What cannot be answered


def _page_after(error: Exception) -> HttpResponse:
    def view(request: HttpRequest) -> HttpResponse:
        try:
            raise error
        except Exception:  # noqa: BLE001  as Django does it
            return broken(request)

    request = HttpRequest()
    request.method = "POST"
    answered: Callable[[HttpRequest], HttpResponse] = RequestsMiddleware(view)  # type: ignore[assignment]
    return answered(request)


def test_a_database_that_is_away_says_so_and_when_to_come_back() -> None:
    answer = _page_after(OperationalError("server closed the connection unexpectedly"))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "15")
    assert "cannot reach its records" in answer.content.decode()
    assert "was not kept" in answer.content.decode()


@pytest.mark.parametrize("error", [OperationalError("database or disk is full"), OSError(28, "No space left")])
def test_a_full_disk_says_so(error: Exception) -> None:
    answer = _page_after(error)
    assert answer.status_code == 503
    assert "no room left on the server" in answer.content.decode()


def test_our_own_fault_stays_one(db: None) -> None:
    assert _page_after(ValueError("Ana")).status_code == 500


def test_nobody_else_may_read_what_is_counted(tmp_path: Path) -> None:
    Numbers().keep_in(tmp_path)
    assert os.stat(tmp_path / numbers.FOLDER).st_mode & 0o077 == 0
