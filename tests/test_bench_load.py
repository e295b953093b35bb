"""What the people of the load do is answered rightly, what is lost or twice is found, and memory that grows is seen."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from random import Random
from uuid import UUID

import pytest
from django.test import Client
from pytest_django import Settings

from gameplan.cases.models import Access, Attachment, Draft, Entry
from gameplan.config.urls import urlpatterns
from gameplan.planning.models import Cell
from scripts import bench_hands_data, bench_hands_lives
from scripts.bench_hands_server import put_bare_view
from scripts.bench_load import faults_in, pages_table
from scripts.bench_load_acts import ACTS, BARE, Person, chosen_act, record_fact
from scripts.bench_load_cases import guests
from scripts.bench_load_check import _last, faults, told
from scripts.bench_load_memory import POSTGRES, Look, Watch
from scripts.bench_load_people import Answer, Asker, Guest, Kept, Tally, guests_of
from tests.shared import run_shared

ON = bench_hands_lives.ON
PEOPLE = 5


class InProcess(Asker):
    """Asks this process, and no server."""

    def _ask(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        cookies = {} if "Authorization" in headers else {"Cookie": self.who.cookies}
        kind = headers.get("Content-Type", "")
        found = Client(raise_request_exception=False).generic(method, path, body, kind, headers={**headers, **cookies})
        names = {name.lower(): value for name, value in found.headers.items()}
        return Answer(found.status_code, names, found.content)


@pytest.fixture
def coming(
    transactional_db: None, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> list[Guest]:  # fmt: skip
    """A manager, a teacher, a director and two parents of a small made-up State."""
    run_shared(settings, tmp_path)
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    monkeypatch.setenv("GAMEPLAN_TODAY", ON.isoformat())
    monkeypatch.setattr(bench_hands_lives, "NATION", 150)
    monkeypatch.setattr(bench_hands_data, "AT_ONCE", 10)
    monkeypatch.setattr(bench_hands_data, "CASELOAD", 5)
    bench_hands_data.fill(5)
    return list(guests(PEOPLE, 1, ON))


def test_all_that_people_do_is_answered_and_kept(coming: list[Guest], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gameplan.config.urls.urlpatterns", urlpatterns)
    put_bare_view()
    tally = Tally()
    assert sorted(one.role for one in coming) == [
        "district-director", "iep-manager", "parent", "parent", "special-teacher",
    ]  # fmt: skip
    people = [Person(InProcess(0, number, one, tally), Random(number), ON) for number, one in enumerate(coming)]
    for person in people:
        for act, shares in ACTS:
            if person.role in shares:
                act(person)
        chosen_act(person)(person)
    assert tally.wrong == []
    assert {one.kind for one in tally.kept} == {"fact", "paper", "draft", "session", "field"}
    assert all(one.confirmed for one in tally.kept)
    assert tally.requests > 60
    assert list(faults(tally.kept)) == []
    del urlpatterns[0]


def test_what_is_lost_or_twice_or_changed_is_found(coming: list[Guest], monkeypatch: pytest.MonkeyPatch) -> None:
    tally = Tally()
    manager = next(one for one in coming if one.role == "iep-manager")
    monkeypatch.setattr("scripts.bench_load_acts.AGAIN", 1.0)
    person = Person(InProcess(0, 0, manager, tally), Random(1), ON)
    for act, shares in ACTS:
        if "iep-manager" in shares and act.__name__ != "look":
            act(person)
    assert list(faults(tally.kept)) == []
    sent = {one.kind: one for one in tally.kept}
    fact = Entry.objects.filter(case=UUID(sent["fact"].case)).last()
    assert fact
    fact.pk, fact.fact_id, fact.position, fact.form_key = None, "again", 10_000, None
    Entry.objects.bulk_create([fact])
    paper = Attachment.objects.get(name=f"{sent['paper'].word}.pdf")
    paper.content = b"%PDF-another"
    paper.save()
    Draft._base_manager.all().delete()
    Cell._base_manager.filter(plan__case=UUID(sent["field"].case)).update(value="another")
    Access._base_manager.filter(case_id=sent["session"].case, number=1).delete()
    found = told(faults([*tally.kept, Kept("session", sent["session"].case, "never")]))
    assert found["faults"]["there twice"] == 1
    assert found["faults"]["another paper"] == 1
    assert found["faults"]["lost"] == 3
    assert found["faults"]["record of access"] > 0
    assert any("never" in one for one in found["said"])


def test_an_answer_that_was_not_expected_is_wrong() -> None:
    assert Answer(302, {}, b"").fault(302) == ""
    assert Answer(200, {}, b"this child").fault(200, "child") == ""
    assert "status 500, not 200" in Answer(500, {}, b"oh").fault(200)
    assert "'child' is not in" in Answer(200, {}, b"nobody").fault(200, "child")


def test_nobody_answers() -> None:
    tally = Tally()
    person = Person(Asker(1, 300, Guest("parent", "", ("c1",)), tally), Random(1), ON)
    record_fact(person)
    assert [one.confirmed for one in tally.kept] == [False]
    assert "status 0" in tally.wrong[0]


def test_guests_travel_as_json() -> None:
    one = Guest("parent", "c", ("a", "b"), "t")
    assert guests_of(json.loads(json.dumps([asdict(one)]))) == [one]


@pytest.fixture
def grown() -> Callable[[float], Watch]:
    """A watch that has seen a process of 100 MiB for ten minutes, at the end with so many more."""

    def grown(more: float) -> Watch:
        watch = Watch(1)
        held = [100.0] * 90 + [100.0 + more] * 30
        looks = [Look(at * 5.0, mib, mib / 2, at * 1.0) for at, mib in enumerate(held)]
        watch.looks = {"the worker": looks, POSTGRES: looks}
        return watch

    return grown


def test_memory_that_grows_is_seen(grown: Callable[[float], Watch]) -> None:
    assert grown(0).grown() == []
    assert grown(12).grown() == []
    assert grown(40).grown() == ["the worker"]
    cells = [list(column.cells) for column in grown(40).table().columns]
    assert [one[0] for one in cells[:6]] == ["the worker", "100", "100", "140", "140", "70"]
    assert cells[-1][0] == "20%"


def test_each_page_stands_beside_the_bare_view() -> None:
    tally = Tally({BARE: [0.01] * 10, "the letters": [0.03] * 10}, lasted=2.0)
    table = pages_table(tally, 0.05)
    assert [list(one.cells)[1] for one in table.columns] == ["the letters", "10", "30", "30", "30", "3.0", "3.0"]
    assert "20 requests, 10.0 a second" in str(table.title)


def test_only_faults_of_the_log_are_told(tmp_path: Path) -> None:
    log = tmp_path / "server.log"
    lines = ["2026-11-27T20:00:00.000Z info    request", "2026-11-27T20:00:00.000Z error   fault", "plain"]
    log.write_text("\n".join(lines))
    assert faults_in(log) == [lines[1]]


def test_of_a_place_the_last_thing_is_asked_for() -> None:
    kept = [Kept("x", "c", "first"), Kept("x", "c", "second"), Kept("x", "c", "third", confirmed=False)]
    assert list(_last(kept, lambda one: one.word == "second")) == []
    assert list(_last(kept, lambda one: one.word == "third")) == []
    assert list(_last(kept, lambda one: one.word == "first")) == [("lost", "x second")]
    assert list(_last([replace(kept[0], confirmed=False)], lambda one: False)) == []


def test_what_a_process_took_stays_when_it_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch(1, 2)
    rounds = [{1: 1.0, 2: 5.0, 3: 7.0}, {1: 2.0, 2: 6.0}, {1: 2.0, 2: 6.0, 4: 3.0}]
    for there in rounds:
        monkeypatch.setattr(
            "scripts.bench_load_memory._children", lambda there=there: {2: [one for one in there if one > 2]}
        )
        monkeypatch.setattr(
            "scripts.bench_load_memory._numbers",
            lambda pid, there=there: (1.0, 1.0, there[pid]) if pid in there else None,
        )
        watch.look()
    assert [one.cpu for one in watch.looks[POSTGRES]] == [12.0, 13.0, 16.0]
