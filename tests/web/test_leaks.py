"""What is the family's own never reaches the school: a marker word in every private place, and every address asked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pypdfium2  # type: ignore[import-untyped]
import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from gameplan.cases import drafts, verbs
from gameplan.cases.doors import case_for
from gameplan.cases.models import Case
from gameplan.cases.people import Person
from gameplan.core.facts import SentLetter
from gameplan.exchange.case_zip import read_zip
from gameplan.law import vocabulary
from gameplan.letters import hash_of
from gameplan.papers.importing import keep_letters
from gameplan.people.roles import ROLES, Side
from gameplan.planning import writing
from gameplan.planning.life import propose
from gameplan.planning.remarks import remark
from gameplan.progress.behavior_plans import PlanTold, Summary, write_plan, write_summary
from gameplan.progress.incidents import Seen, note_incident
from gameplan.progress.measuring import Aim, What, begin_measure
from gameplan.together.showing import change
from tests.config.test_permissions import ADDRESSES
from tests.permission_places import PLACES
from tests.permission_roles import WALKED
from tests.permission_table import TABLE
from tests.shared import run_shared
from tests.sides import Sides, alone, browser_of, join, make_sides

MARKER = "Quillwort"
DAY = date(2025, 9, 3)
PDF = f"%PDF-1.7\n% {MARKER}\n%%EOF\n".encode()
REQUEST = {"received": DAY, "type": "initial", "by": "parent", "written": True}
OTHERS = [role for role in WALKED if ROLES[role].side is not Side.FAMILY]
FACTS, PAPERS, LETTERS, PLANS = 11, 4, 3, 5
Family = tuple[Case, Person, Sides]


@pytest.fixture
def family(settings: Settings, db: None, tmp_path: Path) -> Family:
    """Ana's case at Oak: the marker in everything that the family keeps to itself, and around all that it shows."""
    run_shared(settings, tmp_path)
    sides = make_sides()
    rosa, kim = sides.family(), sides.staff("kim", "iep-manager", sides.oak)
    case = alone(rosa)
    _facts(case, rosa)
    _letters(case)
    _plans(case, rosa)
    shown = ["fact:f1", "fact:f4", "letter:l1", "plan:p1"]
    joined = join(case, sides.oak, kim, shown, rosa)
    account = {"about": f"{MARKER} after joining", "by": "parent"}
    verbs.record_fact(joined, by=rosa, kind="concern-raised", on=DAY, data=account, private=True)
    verbs.record_fact(joined, by=rosa, kind="meeting-held", on=DAY, data={"date": DAY}, note=f"{MARKER} beside")
    verbs.record_fact(joined, by=joined.reader, kind="meeting-held", on=DAY, data={"date": DAY})
    _school_plan(case_for(kim, case.pk), kim)
    mine = case_for(rosa, case.pk)
    _behavior(mine)
    change(mine, by=rosa, shown=set(), listed={"fact:f4"})
    return mine, rosa, sides


def _facts(case: Case, rosa: Person) -> None:
    """A shown fact with a note and a hidden paper, a private one with a paper, one that is shown and then hidden."""
    verbs.record_fact(case, by=rosa, kind="evaluation-requested", on=DAY, data=REQUEST, note=f"{MARKER}: nervous")
    verbs.attach(case, by=rosa, name=f"{MARKER}.pdf", content=PDF, fact_id="f1")
    private = {"about": f"{MARKER} at home", "by": "parent"}
    verbs.record_fact(case, by=rosa, kind="concern-raised", on=DAY, data=private)
    verbs.attach(case, by=rosa, name=f"{MARKER}-2.pdf", content=PDF + b"2", fact_id="f2")
    verbs.correct_fact(case, by=rosa, fact_id="f2", on=DAY, data=private)
    verbs.record_fact(case, by=rosa, kind="school-wrote", on=DAY, data={"about": f"{MARKER} taken back"})
    verbs.attach(case, by=rosa, name=f"{MARKER}-3.pdf", content=PDF + b"3")
    drafts.keep(rosa, "add-supports-started", {"note": f"{MARKER} typed"}, case)


def _letters(case: Case) -> None:
    """One that was sent and is shown, one that was not sent, and one that was sent and is kept back."""
    told = []
    for letter_id in ("l1", "l2", "l3"):
        words = "Please evaluate Ana." if letter_id == "l1" else f"Please evaluate Ana. {MARKER} {letter_id}"
        sent = () if letter_id == "l2" else ({"how": "email", "on": "2025-09-03"},)
        fields = {"reason": "Reading" if letter_id == "l1" else MARKER}
        told.append(SentLetter(
            letter_id, "evaluation-request", "en", words, hash_of(words), "2025-09-03T20:15:00Z", fields=fields,
            sent=sent, pdf=f"{letter_id}.pdf",
        ))  # fmt: skip
    keep_letters(case, told, {one.pdf: b"%PDF-1.7" if one.id == "l1" else PDF for one in told})


def _plans(case: Case, rosa: Person) -> None:
    """One that is shown, with an earlier text, a row taken out and comments; and one that is not."""
    for shown in (True, False):
        plan = writing.begin(case, by=rosa, form_id="iep")
        words = "Curious" if shown else f"{MARKER} in a plan"
        first = [f"{MARKER} earlier"] if shown else [words]
        writing.save(plan, by=rosa, desk="a", changes=[writing.Change("strengths", first)])
        other = Person("another", "parent")
        writing.save(plan, by=other, desk="b", changes=[writing.Change("strengths", [words], base=1)])
        row = writing.add_row(plan, by=rosa, field_id="goals", values={"area": f"{MARKER} goal"})
        if shown:
            writing.remove_row(plan, by=rosa, field_id="goals", row=row)
        writing.save(plan, by=rosa, desk="c", changes=[writing.Change("strengths", [f"{MARKER} beside"], base=1)])
        remark(plan, by=rosa, path="section:goals", text=f"{MARKER} comment")
    writing.begin(case, by=rosa, form_id="meeting")


def _behavior(case: Case) -> None:
    """A behavior that the family notes for itself, with what it makes of it and what it does."""
    aim, by = Aim(f"{MARKER} cries", rises=False), case.reader
    measure = begin_measure(case, by=by, what=What("behavior", "count"), aim=aim, shown=False)
    told = f"{MARKER} at home"
    note_incident(measure, by=by, seen=Seen(DAY, told, told, told, place=told, note=told))
    write_summary(measure, by=by, on=DAY, told=Summary(told, told, "away", told, told, told, told))
    write_plan(measure, by=by, on=DAY, told=PlanTold(told, told, told, told, told))


def _school_plan(case: Case, kim: Person) -> None:
    plan = writing.begin(case, by=case.reader, form_id="iep")
    writing.save(plan, by=case.reader, desk="s", changes=[writing.Change("strengths", ["Kind"])])
    propose(plan, by=case.reader, on=DAY, how="first", starts=DAY)


MANY = {
    "fact_id": [f"f{n}" for n in range(1, FACTS)], "attachment_id": [f"a{n}" for n in range(1, PAPERS)],
    "letter_id": [f"l{n}" for n in range(1, LETTERS + 1)], "plan_id": [f"p{n}" for n in range(1, PLANS)],
    "meeting_id": ["p3"],
}  # fmt: skip


def asked(case: Case, row: Any, many: Mapping[str, list[str]]) -> Iterator[str]:
    """The addresses of one row, for everything of its kind that the case has (`many`)."""
    names = list(ADDRESSES[row.name].pattern.converters)
    varied = next((name for name in names if name in many), None)
    for value in many[varied] if varied else [""]:
        places: dict[str, Any] = {"case_id": case.pk, **PLACES, **row.where}
        if varied:
            places[varied] = value
        yield reverse(row.name, kwargs={name: places[name] for name in names})


def said(answer: Any) -> bytes:
    """Everything that an answer says: its body, what is packed in it, and where it leads."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return b"\n".join((unquote(str(dict(answer.items()))).encode(), *inside(body)))


def inside(body: bytes) -> Iterator[bytes]:
    """The bytes, the files packed in them, and the words of a PDF."""
    yield body
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            for name in packed.namelist():
                yield name.encode()
                yield from inside(packed.read(name))
    if body.startswith(b"%PDF") and len(body) > 500:
        for page in pypdfium2.PdfDocument(body):
            yield page.get_textpage().get_text_range().encode()


def reader(role: str, case: Case, sides: Sides) -> Person:
    """Somebody in that role who may open Ana's case."""
    by_post = ROLES[role].by_post
    person = sides.staff(role, role, sides.oak) if by_post or ROLES[role].side is Side.SCHOOL else sides.family(role)
    if not by_post:
        case.members.create(person=person.id, role=role, decides=False)
    return person


def leaks(browser: Client, case: Case, many: Mapping[str, list[str]] = MANY) -> list[str]:
    """The addresses whose answer has the marker, for everything that the case has."""
    found = []
    for row in TABLE:
        for path in asked(case, row, many) if "GET" in row.asks and not row.public else ():
            answer = browser.get(path)
            assert answer.status_code < 500, path
            if MARKER.encode() in said(answer):
                found.append(path)
    return found


@pytest.mark.parametrize("role", OTHERS)
def test_nothing_private_reaches_who_is_not_of_the_family(family: Family, role: str) -> None:
    case, _rosa, sides = family
    browser = browser_of(reader(role, case, sides))
    assert browser.get(reverse("web:child", args=[case.pk])).status_code == 200
    assert leaks(browser, case) == []


def test_the_family_finds_the_word_everywhere(family: Family) -> None:
    """The other way round, so that the test above cannot pass because it looks at nothing."""
    case, rosa, _sides = family
    found = leaks(browser_of(rosa), case)
    places = ("fact/f1/", "fact/f3/", "paper/a1/", "paper/a3/", "letter/l2/", "letter/l3/", "case.zip", "shared/")
    for place in (*places, "plan/p2/print/", "plan/p1/read/", "add/supports-started/"):
        assert any(place in path for path in found), place


def test_a_page_of_the_family_is_not_served_to_the_school(family: Family) -> None:
    case, rosa, sides = family
    kim = sides.staff("kim", "iep-manager", sides.oak)
    path = reverse("web:child", args=[case.pk])
    assert MARKER in browser_of(rosa).get(path).content.decode()
    assert MARKER not in browser_of(kim).get(path).content.decode()


def test_the_schools_zip_is_whole_by_itself(family: Family) -> None:
    case, _rosa, sides = family
    kim = sides.staff("kim", "iep-manager", sides.oak)
    read = read_zip(browser_of(kim).get(reverse("web:zip", args=[case.pk])).content, vocabulary())
    assert [fact.id for fact in read.case.facts] == ["f1", "f6", "f7", "f8", "f9", "f10"]
    assert [one.id for one in read.case.letters] == ["l1"]
    assert [one["id"] for one in read.case.plans] == ["p1", "p4"]
