"""The invitation to a meeting: all that 34 CFR 300.322(b) asks for, how to ask for another time, and a place to answer.

It says by itself that both sides may bring others, and whom early intervention may send (`shows ... printed`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from gameplan.core.words import Say
from gameplan.plans.rich import PARAGRAPH, Block, Run
from gameplan.plans.sheets.desk import Desk
from gameplan.plans.sheets.meeting_parts import people, topics, why_when_where
from gameplan.plans.sheets.paper import facts_of
from gameplan.plans.sheets.sheet import Heading, Part, Passage, Signer, SignHere, TablePart, Words, passage
from gameplan.plans.sheets.short import listed, titled, words

FIRST: Final = "initial-iep"
CITED: Final = "34 CFR 300.321, 300.322, 300.328"
SAID, SPACE = 5, 6
ROOM: Final = Passage((Block(PARAGRAPH, (Run("\u00a0\n\u00a0"),)),))
"""Two empty lines, so that a hand can write there."""


def invitation(desk: Desk) -> tuple[Part, ...]:
    """Why, when, where, who comes, whom you may bring, what to do if it does not suit, and a place to answer."""
    invited = people(desk, Say("Who is invited"), [row for row in desk.rows("invited") if row.get("name")])
    hello = Say("You are invited to a meeting about {child}.", {"child": desk.child})
    return (
        Words(passage(desk.say(hello))),
        *why_when_where(desk, wanted=True),
        *titled(desk, Say("Who will be there"), invited or Words(desk.missing()), listed(tuple(_also_invited(desk)))),
        *titled(desk, Say("Whom you may bring"), listed(tuple(_may_bring(desk)))),
        *titled(
            desk, Say("If this does not suit you, or you need help"),
            listed(tuple(_help(desk))), *facts_of(desk, "contact"),
        ),
        *titled(desk, Say("What to talk about"), topics(desk), *facts_of(desk, "family-topics")),
        *titled(desk, Say("More about this meeting"), words(desk.said("invitation-words"))),
        Words(passage(CITED), quiet=True),
        *_answer(desk),
    )  # fmt: skip


def _also_invited(desk: Desk) -> Iterator[Passage]:
    said = desk.plan.value
    if said("plans-after-school"):
        yield _line(desk, Say("One purpose of the meeting is to plan for life after high school."))
    if said("student-invited"):
        yield _line(desk, Say("The student is invited."))
    if said("agencies"):
        agencies = desk.said("agencies").text
        yield _line(desk, Say("Other agencies that are invited: {agencies}", {"agencies": agencies}))


def _may_bring(desk: Desk) -> Iterator[Passage]:
    child = {"child": desk.child}
    yield _line(desk, Say("You may bring other people who know {child} or the field. So may the school.", child))
    yield _line(desk, Say("Whoever invites a person decides if that person knows enough."))
    before = desk.plan.value("early-intervention")
    kinds = desk.plan.value("purposes") or ()
    ask = Say("you may ask the school to invite a person from there, such as the service coordinator")
    if before:
        yield _line(desk, Say("{child} was in early intervention: {ask}.", {**child, "ask": ask}))
    elif before is None and (FIRST in kinds or not kinds):
        yield _line(desk, Say("If {child} was in early intervention until now, {ask}.", {**child, "ask": ask}))


def _help(desk: Desk) -> Iterator[Passage]:
    yield _line(desk, Say("The time and place must suit both sides. Ask for another time if you need one."))
    yield _line(desk, Say("If you cannot come, ask to take part by phone or video."))
    if not desk.plan.value("interpreter"):
        yield _line(desk, Say("If you want an interpreter, ask for one. It costs you nothing."))
        return
    language = desk.said("interpreter-language").text
    if desk.plan.value("interpreter-arranged"):
        there = Say("An interpreter will be there. It costs you nothing.")
    else:
        there = Say("An interpreter is asked for. It costs you nothing.")
    yield _line(desk, Say("{words} ({language})", {"words": there, "language": language}) if language else there)


def _answer(desk: Desk) -> tuple[Part, ...]:
    """A place to answer: a table to fill in by hand, and a line to sign."""
    choices = (
        Say("I will come"), Say("I need another time. These days and times work for me"),
        Say("I want to take part by phone or video. Reach me here"), Say("I need an interpreter for this language"),
        Say("I will bring"),
    )  # fmt: skip
    columns = (Say("Name"), Say("Role"), Say("Signature"), Say("Date"))
    name, role, signature, day = (desk.say(one) for one in columns)
    header = (desk.say(Say("Your answer")), desk.say(Say("Mark or write here")))
    rows = tuple((passage(desk.say(one)), ROOM) for one in choices)
    return (
        Heading(desk.say(Say("Your answer"))),
        TablePart(desk.say(Say("Please send this page back")), header, rows, (SAID, SPACE)),
        SignHere((Signer("", desk.say(Say("Parent"))),), (name, role, signature, day)),
    )


def _line(desk: Desk, sentence: Say) -> Passage:
    return passage(desk.say(sentence))
