"""A family's file and a school's, each with everything that goes along when two files become one.

The family's had a school before, Pine, which sent notices, marked the records as not needed, and let the child go;
since then the family alone wrote into it. What only the family should see says `SECRET`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from gameplan.cases import amending, retention, verbs
from gameplan.cases.doors import case_for, facts_of
from gameplan.cases.joining import begin_for_school
from gameplan.cases.merging import family_agrees, pairs_of, propose
from gameplan.cases.models import Case
from gameplan.cases.models_records import Amendment, AmendmentStep, RetentionStep
from gameplan.cases.people import Person
from gameplan.core.facts import Child
from gameplan.notices import language, opening, recipients, sending, writing
from gameplan.notices.delivering import deliver_next
from gameplan.notices.mails import Mail
from gameplan.notices.models import Choice, Delivery, Edition, LanguageHelp, Mark, Notice, Wish
from gameplan.notices.proofs import What
from gameplan.notices.sending import Way
from gameplan.together.merging import put_together
from gameplan.together.moving import move_away
from tests.carried_progress import PROGRESS, WAYS, progress
from tests.notices.conftest import TYPED
from tests.sides import Sides, alone, join

TODAY = date(2025, 9, 20)
NOW = datetime(2025, 9, 20, 15, 0, tzinfo=UTC)
SECRET = "Quillwort"
PDF = b"%PDF-1.7\n1 0 obj << >> endobj\n%%EOF\n"
TABLES: tuple[Any, ...] = (
    Amendment, AmendmentStep, RetentionStep, Notice, Edition, Delivery, Mark, Choice, Wish, LanguageHelp, *PROGRESS,
)  # fmt: skip
REQUEST = {"received": date(2025, 9, 3), "type": "initial", "by": "parent", "written": True}


def in_case(table: Any, case: Case) -> list[Any]:
    """The rows of a table that belong to a case, in the order in which they were written."""
    way = {AmendmentStep: "amendment__case", Edition: "notice__case", Mark: "delivery__case", **WAYS}.get(table, "case")
    return list(table._base_manager.filter(**{way: case.pk}).order_by("id"))


@dataclass
class Files:
    """The cast: Rosa and her file, Kim at Oak and the school's file; the token of a private link into Rosa's."""

    sides: Sides
    rosa: Person
    kim: Person
    mine: Case
    theirs: Case
    token: str = ""


def make_files(sides: Sides, *, waiting: bool = True) -> Files:
    """Both files. Call it with letters that are printed without setting them (`plain_paper`)."""
    rosa, kim = sides.family("rosa"), sides.staff("kim", "iep-manager", sides.oak)
    mine, token = familys(sides, rosa, waiting=waiting)
    return Files(sides, rosa, kim, mine, schools(sides, kim, rosa), token)


def put_files_together(files: Files, chosen: Iterable[str] = ()) -> None:
    """Both sides say yes; of Rosa's file the school sees what is `chosen`, and its facts are paired as proposed."""
    told, other = (facts_of(case_for(files.rosa, one.pk)) for one in (files.mine, files.theirs))
    found = propose(files.mine, files.theirs, by=files.mine.reader)
    yes = family_agrees(found, by=files.mine.reader, pairs=pairs_of(told, other), chosen=chosen)
    put_together(yes, by=case_for(files.kim, files.theirs.pk).reader, seen=yes.agreed_on)


@contextmanager
def kept_for_all(blocker: DjangoDbBlocker) -> Iterator[None]:
    """What is written inside lasts until it is left: for what all tests of a module share. Time stands still."""
    with (
        blocker.unblock(), pytest.MonkeyPatch.context() as patch, override_settings(GAMEPLAN_SHARED=True),
        transaction.atomic(),
    ):  # fmt: skip
        patch.setenv("GAMEPLAN_TODAY", TODAY.isoformat())
        patch.setattr(writing, "letter_pdf", plain_paper)
        patch.setattr(timezone, "now", lambda: NOW)
        yield
        transaction.set_rollback(True)


def plain_paper(*_told: object, **_more: object) -> bytes:
    """A letter's PDF without setting it."""
    return PDF


def notice(case: Case, why: str = "Ana reads far below her grade.", corrects: str = "") -> Notice:
    """A finished prior written notice about the first fact, in English."""
    values = writing.suggested(
        case, kind="prior-written-notice", lang="en", on=TODAY, by=case.reader, fact="f1", decision="propose"
    )
    return writing.finish(
        case, by=case.reader, kind="prior-written-notice", lang="en", values=values | TYPED | {"why": why}, on=TODAY,
        about_event="f1", corrects=corrects,
    )  # fmt: skip


def send(case: Case, about: str, person: str, how: str = "by-hand", **more: Any) -> Delivery:
    """Send a paper to somebody."""
    to = recipients.recipient_of(case, person)
    assert to
    told: dict[str, Any] = {"handed_by": "Ms. Hill", "no_translation": "Nobody can.", "on": TODAY} | more
    return sending.send(case, about, by=case.reader, to=to, way=Way(how, **told), now=NOW)


def asked(case: Case, wrong: str, steps: Iterable[tuple[Case, str]] = (), about: str = "") -> Amendment:
    """A request to change the record, and its steps, each taken by who opened that case."""
    made = amending.ask(case, by=case.reader, on=TODAY, today=TODAY, about=about, wrong=wrong, should="Another day.")
    for side, kind in steps:
        amending.go_on(
            amending.amendment_of(side, made.number), kind, by=side.reader, on=TODAY, today=TODAY,
            text=f"{wrong} {kind}", told_of_hearing=True if kind == amending.REFUSED else None,
        )  # fmt: skip
    return made


def ended(case: Case, *kinds: str) -> None:
    """Steps to the end of the records."""
    for kind in kinds:
        retention.go_on(case, kind, by=case.reader, on=TODAY, today=TODAY, text=f"About {kind}.")


def chose(case: Case, person: str, on: date, *, by_email: bool) -> None:
    """A choice of e-mail or paper."""
    recipients.choose(
        case, by=case.reader, person=person, by_email=by_email, address="rosa@example.org", on=on, how="here"
    )


def wished(case: Case, person: str, on: date, papers: str, note: str = "") -> None:
    """A wish for a language."""
    language.wish(case, by=case.reader, person=person, papers=papers, meetings=papers, on=on, note=note)


def _sent(_mail: Mail) -> None:
    """A mail server that takes everything."""


def familys(sides: Sides, rosa: Person, *, waiting: bool) -> tuple[Case, str]:
    """The family's own file, and the token of a private link into it."""
    case = alone(rosa, school="Pine")
    verbs.record_fact(case, by=rosa, kind="evaluation-requested", on=date(2025, 9, 3), data=REQUEST)
    pat = sides.staff("pat", "iep-manager", sides.pine)
    pine = join(case, sides.pine, pat, ["fact:f1"], rosa)
    home = case_for(rosa, case.pk)
    wished(home, rosa.id, date(2025, 9, 10), "es", note=f"{SECRET} reads slowly")
    chose(home, rosa.id, date(2025, 9, 18), by_email=True)
    links: list[str] = []
    _pines(pine, home, rosa, links)
    move_away(pine, by=pine.reader, on=TODAY)
    _alone(case_for(rosa, case.pk), rosa, waiting=waiting)
    return case_for(rosa, case.pk), links[0]


def _pines(pine: Case, home: Case, rosa: Person, links: list[str]) -> None:
    """What happened while Pine held it: notices, deliveries, help, the end of the records, a refused request."""
    first = notice(pine)
    words = {one.id: "palabras" for one in writing.to_translate(first)}
    writing.translate(first, by=pine.reader, lang="es", values=words, translated_by="Ms. Ortega")
    send(pine, first.about, rosa.id, "email")

    def link(token: str) -> str:
        links.append(token)
        return token

    deliver_next(NOW, _sent, link=link)
    mine = opening.mine(home, first.about)
    assert mine
    leaf = opening.leaf_for(opening.paper_delivered(mine, home), mine)
    opening.write_down(mine, What.OPENED, leaf, by=opening.visitor_of(mine), on=TODAY, by_link=True)
    send(pine, notice(pine, "Another reason.", corrects=first.notice_id).about, rosa.id)
    asked_for = language.ask_help(
        home, by=home.reader, what="interpreter", person=rosa.id, lang="es", on=TODAY, about=first.about,
        for_what=f"{SECRET} at a meeting",
    )  # fmt: skip
    language.help_done(asked_for, by=home.reader, on=TODAY, by_whom="Mr. Diaz")
    told = verbs.record_fact(pine, by=pine.reader, kind="meeting-held", on=TODAY, data={"date": TODAY}).fact_id
    steps = [(pine, amending.REFUSED), (home, amending.STATEMENT), (home, amending.HEARING_ASKED)]
    asked(home, f"{SECRET} is wrong there.", steps, about=f"fact:{told}")
    progress(pine, TODAY, "Pine", [told])
    progress(home, TODAY, f"{SECRET} at Pine", ["f1"])
    ended(pine, retention.NOT_NEEDED, retention.TOLD)
    ended(home, retention.COPY_ASKED)


def _alone(home: Case, rosa: Person, *, waiting: bool) -> None:
    """What the family wrote down since it is alone."""
    asked(home, f"{SECRET} is still wrong.", [(home, amending.AGREED)])
    own = notice(home, f"{SECRET} said on the phone.")
    send(home, own.about, rosa.id, handed_by=f"{SECRET} gave it")
    notice(home, f"{SECRET} not given yet.")
    progress(home, TODAY, f"{SECRET} at home", ["f1"])
    father = recipients.key_of(f"{SECRET} Lopez")
    language.wish(
        home, by=home.reader, person=father, name=f"{SECRET} Lopez", papers="en", meetings="en", on=TODAY,
        note=f"{SECRET} lives elsewhere",
    )  # fmt: skip
    if waiting:
        send(home, own.about, rosa.id, "email")


def schools(sides: Sides, kim: Person, rosa: Person) -> Case:
    """The school's file, in which Rosa is one of the people: the same kinds of things, of its own."""
    child = Child(name="Ana", born=date(2016, 5, 2), state="TX", grade="3")
    case = begin_for_school(kim, school=sides.oak, child=child)
    case.members.create(person=rosa.id, role="parent", decides=True)
    oak, home = case_for(kim, case.pk), case_for(rosa, case.pk)
    verbs.record_fact(oak, by=oak.reader, kind="evaluation-requested", on=date(2025, 9, 9), data=REQUEST)
    wished(home, rosa.id, date(2025, 9, 15), "en")
    chose(home, rosa.id, date(2025, 9, 15), by_email=False)
    first = notice(oak, "Oak tests Ana.")
    send(oak, first.about, rosa.id)
    notice(oak, "A draft of Oak.")
    language.ask_help(home, by=home.reader, what="oral", person=rosa.id, lang="es", on=TODAY, for_what="the notice")
    asked(home, "The day is wrong.", [(oak, amending.REFUSED)], about="fact:f1")
    progress(oak, TODAY, "Oak", ["f1"])
    ended(oak, retention.NOT_NEEDED)
    return case_for(rosa, case.pk)
