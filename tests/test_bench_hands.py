"""The measured State is one: everybody in it can open what is theirs, and every trail is whole."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from pytest_django import Settings

from gameplan.cases.doors import case_for, cases_of, facts_of
from gameplan.cases.models import Case
from gameplan.cases.people import person_of_user
from gameplan.people.models import User
from gameplan.watch.models import Due, Looked
from gameplan.watch.refreshing import refresh
from scripts import bench_hands_data, bench_hands_lives
from scripts.bench_hands import CHILD
from scripts.bench_hands_people import Kind, Line, Visitor, look_around
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

    before = stored()
    Due.objects.all().delete()
    Looked.objects.all().delete()
    assert refresh(Case.objects.values_list("pk", flat=True), bench_hands_lives.ON) == CHILDREN
    assert stored() == before
    assert all(before)


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
