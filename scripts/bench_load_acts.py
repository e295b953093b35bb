"""What the people of `make bench ARGS=load` do, and how often each role does it.

An act is one or two requests, as a browser or a program makes them. Whatever is sent to be kept carries a word that
nothing else has, so that it can be looked for afterwards (`bench_load_check`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from random import Random
from typing import Final
from uuid import UUID

from scripts.bench_load_people import JSON, Answer, Asker, Kept, Planned
from scripts.bench_plan_writers import BASE

BARE: Final = "a bare view with one query"
FACT_KIND: Final = "concern-raised"
AGAIN: Final = 0.1
"""So many forms and keyed requests are sent twice, as by a double click or a program that heard no answer."""
PAPER: Final = 20_000
"""Bytes of a paper, about."""
PARENT, MANAGER, TEACHER, DIRECTOR = "parent", "iep-manager", "special-teacher", "district-director"
PLACES: Final = {MANAGER: ("voices", "strengths"), TEACHER: ("review", "review-progress")}
"""The section and the field of the next plan in which each of them writes, so that they do not write in one."""


@dataclass
class Person:
    """Somebody at work: their way to ask, their luck, and what their browser remembers of the fields of plans."""

    asker: Asker
    rng: Random
    on: date
    fields: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def role(self) -> str:
        """In which role they work."""
        return self.asker.who.role

    def case(self) -> str:
        """One of their children."""
        return self.rng.choice(self.asker.who.cases)

    def planned(self) -> Planned | None:
        """One of their children who has a plan, if any has."""
        return self.rng.choice(self.asker.who.planned) if self.asker.who.planned else None

    def word(self) -> str:
        """A word that nothing else has."""
        return f"w{self.rng.getrandbits(100):025x}"

    def key(self) -> str:
        """A new key of a form or a request."""
        return str(UUID(int=self.rng.getrandbits(128), version=4))

    def keeps(self, kind: str, case: str, word: str, found: Answer, told: str = "") -> None:
        """Write down what was sent, and if it was confirmed."""
        self.asker.tally.kept.append(Kept(kind, case, word, told, confirmed=found.status in (200, 201, 302)))

    def twice(self) -> bool:
        """True if this one is sent a second time."""
        return self.rng.random() < AGAIN


def _page(kind: str, path: str, holds: str = "") -> Callable[[Person], None]:
    """An act: look at a page of one of their children."""

    def look(person: Person) -> None:
        case = person.case()
        person.asker.get(kind, path.format(case=case), holds.format(case=case))

    return look


def _planned_page(kind: str, path: str) -> Callable[[Person], None]:
    """An act: look at a page that belongs to a plan."""

    def look(person: Person) -> None:
        if one := person.planned():
            address = path.format(case=one.case, plan=one.plan)
            person.asker.get(kind, address, f"/case/{one.case}/")

    return look


def read_by_program(person: Person) -> None:
    """A program reads what happened."""
    person.asker.api("API: the facts of a case", "GET", f"/cases/{person.case()}/facts", b"", '"items"')


def record_fact(person: Person) -> None:
    """The form is opened, filled in and sent, now and then by a double click."""
    case, word = person.case(), person.word()
    address = f"/case/{case}/add/{FACT_KIND}/"
    person.asker.get("the form of a fact", address, 'name="note"')
    form = _fact(person, word)
    found = person.asker.post("recording a fact", address, form)
    person.keeps("fact", case, word, found)
    if person.twice():
        person.asker.post("recording a fact", address, form)


def record_fact_with_paper(person: Person) -> None:
    """A fact with a small paper that shows it."""
    case, word = person.case(), person.word()
    content = _paper(person, word)
    address = f"/case/{case}/add/{FACT_KIND}/"
    form = _fact(person, word)
    found = person.asker.send_paper("recording a fact with a paper", address, form, f"{word}.pdf", content)
    person.keeps("fact", case, word, found)
    person.keeps("paper", case, word, found, sha256(content).hexdigest())


def correct(person: Person) -> None:
    """A program recorded a fact, and the person puts it right on its page."""
    case, first, second = person.case(), person.word(), person.word()
    fact_id = _recorded(person, case, first, person.key())
    if fact_id:
        form = _fact(person, second)
        found = person.asker.post("correcting a fact", f"/case/{case}/fact/{fact_id}/correct/", form)
        person.keeps("fact", case, second, found, f"corrects {fact_id}")


def record_by_program(person: Person) -> None:
    """A program records a fact with an idempotency key, now and then twice."""
    case, word, key = person.case(), person.word(), person.key()
    first = _recorded(person, case, word, key)
    if first and person.twice() and (again := _recorded(person, case, word, key, keep=False)) != first:
        person.asker.tally.wrong.append(f"API: one key made two facts, {first} and {again}")


def upload_by_program(person: Person) -> None:
    """A program uploads a paper."""
    case, word = person.case(), person.word()
    content = _paper(person, word)
    found = person.asker.api(
        "API: uploading a paper", "POST", f"/cases/{case}/papers?name={word}.pdf", content, status=201,
        Content_Type="application/pdf", Idempotency_Key=person.key(),
    )  # fmt: skip
    person.keeps("paper", case, word, found, sha256(content).hexdigest())


def type_a_draft(person: Person) -> None:
    """What is typed into a form is kept before it is sent."""
    case, word = person.case(), person.word()
    found = person.asker.post(
        "keeping a draft", f"/case/{case}/add/supports-started/keep/", {"note": word}, status=200
    )  # fmt: skip
    person.keeps("draft", case, word, found, person.asker.who.token)


def note_session(person: Person) -> None:
    """A session of a service is noted."""
    if one := person.planned():
        word = person.word()
        form = {
            "form_key": person.key(), "service": one.service, "on": person.on.isoformat(), "what": "delivered",
            "minutes": "20", "note": word,
        }  # fmt: skip
        address = f"/case/{one.case}/minutes/log/"
        person.keeps("session", one.case, word, person.asker.post("noting a session", address, form))
        if person.twice():
            person.asker.post("noting a session", address, form)


def write_in_plan(person: Person) -> None:
    """A field of the next plan is written in, as the page's script sends it; the page is opened first if it is not."""
    one = person.planned()
    if one is None:
        return
    section, path = PLACES[person.role]
    address, word = f"/case/{one.case}/plan/{one.draft}/", person.word()
    base, was = person.fields.get(one.case) or _opened(person, f"{address}write/{section}/", path)
    sent = {
        "desk": person.asker.who.token[-8:], "since": datetime.now(UTC).isoformat(), f"r:{path}": base,
        f"v:{path}": word, f"w:{path}": was,
    }  # fmt: skip
    found = person.asker.post("saving a field of a plan", f"{address}save/", sent, f'"{path}"', status=200, accept=JSON)
    person.keeps("field", one.case, word, found, f"{one.draft} {path}")
    if found.status == 200:
        told = json.loads(found.body)["fields"][path]
        if told["state"] != "saved":
            person.asker.tally.wrong.append(f"saving a field of a plan: {told['state']}")
        person.fields[one.case] = f"{told['revision']}:{told['mark']}", word


def _opened(person: Person, address: str, path: str) -> tuple[str, str]:
    """The revision of the field on the page, and "" for the text that no script has seen."""
    page = person.asker.get("writing in a plan", address, f'name="r:{path}"').body.decode()
    found = re.search(BASE.format(path=path), page)
    return (found[1] if found else "", "")


def _recorded(person: Person, case: str, word: str, key: str, *, keep: bool = True) -> str:
    """The id of a fact that a program recorded, or ""."""
    body = json.dumps({"kind": FACT_KIND, "on": person.on.isoformat(), "data": {}, "note": word}).encode()
    found = person.asker.api(
        "API: recording a fact", "POST", f"/cases/{case}/facts", body, word, status=201, Idempotency_Key=key
    )
    if keep:
        person.keeps("fact", case, word, found)
    return str(json.loads(found.body)["id"]) if found.status == 201 else ""


def _fact(person: Person, word: str) -> dict[str, str]:
    said_by = "parent" if person.role == PARENT else "school"
    return {"form_key": person.key(), "on": person.on.isoformat(), "said_by": said_by, "note": word}


def _paper(person: Person, word: str) -> bytes:
    return f"%PDF-1.7\n{word}\n".encode() + person.rng.randbytes(PAPER)


Act = Callable[[Person], None]
ACTS: Final[tuple[tuple[Act, dict[str, int]], ...]] = (
    (_page(BARE, "/bench-bare/{case}/", "Child"), {PARENT: 10, MANAGER: 10, TEACHER: 10, DIRECTOR: 10}),
    (
        _page("the child's page", "/case/{case}/", "/case/{case}/what-if/"),
        {PARENT: 28, MANAGER: 21, TEACHER: 23, DIRECTOR: 30},
    ),
    (_page("the caseload", "/caseload/", "/case/"), {MANAGER: 10, TEACHER: 8, DIRECTOR: 20}),
    (_page("the letters", "/case/{case}/letters/", "/case/{case}/"), {PARENT: 8}),
    (
        _page("the progress", "/case/{case}/progress/", "/case/{case}/"),
        {PARENT: 6, MANAGER: 5, TEACHER: 8, DIRECTOR: 10},
    ),
    (_page("the record of access", "/case/{case}/record/", "/case/{case}/"), {PARENT: 4, DIRECTOR: 5}),
    (_planned_page("the plan", "/case/{case}/plan/{plan}/read/"), {PARENT: 8, MANAGER: 6, TEACHER: 6}),
    (_planned_page("the minutes", "/case/{case}/minutes/"), {PARENT: 4, MANAGER: 4, TEACHER: 4}),
    (read_by_program, {PARENT: 2, MANAGER: 6, TEACHER: 4, DIRECTOR: 10}),
    (record_fact, {PARENT: 8, MANAGER: 6, TEACHER: 5, DIRECTOR: 5}),
    (record_fact_with_paper, {PARENT: 4, MANAGER: 3, TEACHER: 2}),
    (correct, {PARENT: 4, MANAGER: 4, TEACHER: 3}),
    (type_a_draft, {PARENT: 10, MANAGER: 6, TEACHER: 6, DIRECTOR: 5}),
    (note_session, {MANAGER: 3, TEACHER: 8}),
    (write_in_plan, {MANAGER: 8, TEACHER: 5}),
    (record_by_program, {PARENT: 2, MANAGER: 5, TEACHER: 2, DIRECTOR: 5}),
    (upload_by_program, {PARENT: 2, MANAGER: 3, TEACHER: 1}),
)  # fmt: skip
"""Each act, and its share among those of each role."""


def chosen_act(person: Person) -> Act:
    """What this person does next."""
    mine = [(act, shares[person.role]) for act, shares in ACTS if person.role in shares]
    return person.rng.choices([act for act, _share in mine], [share for _act, share in mine])[0]
