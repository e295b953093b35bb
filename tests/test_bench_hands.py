"""The measured State is one: everybody in it can open what is theirs, and every trail is whole."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from uuid import uuid4

import psycopg
import pytest
from django.db import connection
from psycopg import sql
from pytest_django import Settings

from gameplan.cases.doors import case_for, cases_of, facts_of
from gameplan.cases.models import Case
from gameplan.cases.people import person_of_user
from gameplan.config.database import SQLITE_FILE
from gameplan.people.models import User
from gameplan.watch.models import Due, Looked
from gameplan.watch.refreshing import refresh
from scripts import bench_hands_data, bench_hands_lives, bench_hands_reminders
from scripts.bench_hands import CHILD
from scripts.bench_hands_dates import alike
from scripts.bench_hands_people import Kind, Line, Visitor, look_around
from scripts.bench_hands_reminders import Day, copied, day_table, faults
from scripts.bench_hands_worker import JOBS, Counting, Told, Took, took
from tests.crash.chain import chain_faults

CHILDREN = 12


@pytest.fixture
def filled(transactional_db: None, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    settings.GAMEPLAN_SHARED = True
    monkeypatch.setenv("GAMEPLAN_TODAY", bench_hands_lives.ON.isoformat())
    monkeypatch.setattr(bench_hands_lives, "NATION", 150)
    monkeypatch.setattr(bench_hands_data, "AT_ONCE", 10)
    monkeypatch.setattr(bench_hands_data, "CASELOAD", 5)
    return bench_hands_data.fill(CHILDREN)


def test_everybody_opens_what_is_theirs(filled: dict[str, int]) -> None:
    assert filled["children"] == CHILDREN
    assert filled["facts"] > 20 * CHILDREN
    director = person_of_user(User.objects.get(email__startswith="director"))
    assert cases_of(director).count() == CHILDREN
    sizes = [cases_of(person_of_user(one)).count() for one in User.objects.filter(email__startswith="manager")]
    assert sum(sizes) == CHILDREN
    for one in User.objects.filter(email__startswith="parent"):
        person = person_of_user(one)
        ours = case_for(person, cases_of(person).get().pk)
        assert len(facts_of(ours).facts) >= len(facts_of(case_for(director, ours.pk)).facts) > 0


def test_every_trail_is_whole(filled: dict[str, int]) -> None:
    assert [fault for case in Case.objects.all() for fault in chain_faults(case)] == []


def test_the_stored_dates_are_those_that_refresh_writes(filled: dict[str, int]) -> None:
    def stored() -> list[list[dict[str, object]]]:
        return [
            sorted(
                ({name: value for name, value in row.items() if name != "id"} for row in model.objects.values()),
                key=repr,
            )
            for model in (Due, Looked)
        ]

    assert 0 < sum(len(group) > 1 for group in alike()) < len([*alike()]) < CHILDREN
    before = stored()
    Due.objects.all().delete()
    Looked.objects.all().delete()
    assert refresh(Case.objects.values_list("pk", flat=True), bench_hands_lives.ON) == CHILDREN
    assert stored() == before
    assert all(before)


def test_a_day_of_reminders_sends_each_mail_once(filled: dict[str, int], settings: Settings) -> None:
    settings.EMAIL_BACKEND = "scripts.bench_hands_worker.Counting"
    Counting.ids.clear()
    day, jobs = Told(bench_hands_reminders.MONDAY), {}
    JOBS["get-ready"](day)
    for name in (*bench_hands_reminders.JOBS, "check", "next-change"):
        jobs[name] = took(partial(JOBS[name], day)).did
    mails = jobs["make"]["mails"]
    assert 0 < mails <= jobs["make"]["people"] == filled["people"]
    assert jobs["look-around"] == {"looks": 2 * CHILDREN, "marked": 0}
    assert len(jobs["send"]["ids"]) == jobs["bare-write"]["mails"] == jobs["bare-sent"]["mails"] == mails
    assert jobs["bare-read"]["dates"] > 0
    assert jobs["next-change"]["on"] > day.on.isoformat()
    told = {name: [Took(1, 1, 1, did)] for name, did in jobs.items()}
    assert not any(faults(told["send"], told["check"][0], left=jobs["work-out"]["left"]).values())


def test_what_is_wrong_with_mails_is_counted() -> None:
    def sent(*ids: str) -> Took:
        return Took(1, 1, 1, {"ids": ids})

    found = faults([sent("a", "b"), sent("b", "x")], Took(1, 1, 1, {"ids": ["a", "b", "c"], "unsent": 1}), left=2)
    assert list(found.values()) == [1, 1, 1, 1, 2]


def test_a_day_stands_beside_the_bare_rows() -> None:
    did = {"looks": 1, "cases": 1, "people": 100, "mails": 50, "dates": 70}
    jobs = {name: [Took(4, 1, 1, did)] for name in bench_hands_reminders.JOBS}
    jobs["send"] = [Took(3, 2, 9, {"ids": ["a"] * 30}), Took(8, 2, 7, {"ids": ["b"] * 20})]
    day = Day(bench_hands_reminders.MONDAY, jobs, {"sent twice": 3})
    table = day_table("SQLite", 5, day)
    making, sending = ([*column.cells] for column in (table.columns[1], table.columns[6]))
    assert making[3] == "50 mails"
    assert sending[2:4] == ["0.5", "2.0"]
    assert str(table.caption) == "all together 20 s, 2 mails a second; wrong: 3 sent twice"


Place = dict[str, str]


def answer(place: Place, statement: str) -> list[tuple[int]]:
    """What the database of an environment says."""
    address = place.get("DATABASE_URL")
    file = Path(place["GAMEPLAN_DATA"]) / SQLITE_FILE
    with closing(psycopg.connect(address) if address else sqlite3.connect(file)) as one:
        cursor = one.execute(statement)
        found: list[tuple[int]] = cursor.fetchall() if cursor.description else []
        one.commit()
        return found


@pytest.fixture
def place(db: None, tmp_path: Path) -> Iterator[Place]:
    """The environment of a fresh, small database of the kind that these tests run on."""
    told = {"GAMEPLAN_DATA": str(tmp_path / "data")}
    (tmp_path / "data").mkdir()
    if connection.vendor == "sqlite":
        yield told
        return
    name = f"bench_{uuid4().hex[:8]}"
    with closing(psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield told | {"DATABASE_URL": re.sub(r"(//[^/]*/)[^?]*", rf"\g<1>{name}", os.environ["DATABASE_URL"])}
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def test_what_is_measured_is_a_copy(place: Place) -> None:
    (Path(place["GAMEPLAN_DATA"]) / "secret").write_text("s")
    answer(place, "CREATE TABLE t AS SELECT 1 AS n")
    with copied(place) as copy:
        assert answer(copy, "SELECT n FROM t") == [(1,)]
        assert answer(copy, "UPDATE t SET n = 2 RETURNING n") == [(2,)]
        assert (Path(copy["GAMEPLAN_DATA"]) / "secret").is_file()
    assert not Path(copy["GAMEPLAN_DATA"]).exists()
    assert answer(place, "SELECT n FROM t") == [(1,)]


class _Server(BaseHTTPRequestHandler):
    """Answers every other look with a page of another child."""

    protocol_version = "HTTP/1.1"
    turn = 0

    def do_GET(self) -> None:
        type(self).turn += 1
        body = (self.path if self.turn % 2 else "/case/other/").encode() + b"what-if/"
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Server) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def test_wrong_answers_are_counted(port: int) -> None:
    line = Line("127.0.0.1", port, Visitor("parent", "", ("a", "b", "c", "d")))
    found = look_around([line], CHILD, seconds=60, every=0, seed=1, again=False)
    line.fresh()
    assert len(found.seconds) == 4
    assert found.wrong == [f"{CHILD.what} as parent: another page"] * 2
    assert line.look(Kind("nothing", "/case/{case}/"), "a") == ""
    line.fresh()
