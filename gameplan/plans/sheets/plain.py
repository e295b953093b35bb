"""The plan in plain words: for the family, and in the form of "you" for the student."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gameplan.core.words import Say
from gameplan.plans.plan import Row
from gameplan.plans.sheets.desk import Desk, figure
from gameplan.plans.sheets.paper import facts_of
from gameplan.plans.sheets.rows import SHORT, add_fact
from gameplan.plans.sheets.sheet import Card, Fact, Facts, ListPart, Note, Part, Passage, passage
from gameplan.plans.sheets.short import AIDS, accommodation_lines, listed, manager, service_sentences, titled, words

IDEA_RIGHTS = (
    Say("Before the first special education starts, the school needs your written permission (34 CFR 300.300(b))."),
    Say("If you say no to one thing, the school may not for that reason refuse the others (34 CFR 300.300(d)(3))."),
    Say("Before the school changes the plan or placement, it must tell you in writing, and say why (34 CFR 300.503)."),
    Say("You may ask for a meeting about the plan at any time."),
    Say("You get a copy of the plan without paying for it (34 CFR 300.322(f))."),
    Say("If you and the school do not agree, there are ways to settle it: talk, mediation, a complaint, a hearing."),
)
RIGHTS_504 = (
    Say("The school must tell you what it decides about testing {child}, the plan and the placement (34 CFR 104.36)."),
    Say("You may look at the school's papers about {child} (34 CFR 104.36)."),
    Say("If you do not agree, you may ask for a hearing with a neutral person (34 CFR 104.36)."),
    Say("You may ask for a meeting about the plan at any time."),
)


def plain(desk: Desk) -> tuple[Part, ...]:
    """The plan for the family in short sentences: what was found, what is promised, what you hear and decide."""
    child = {"child": desk.child}
    note = Say("This page helps you to read the plan. The plan itself is what counts.")
    return (
        Note(passage(desk.say(note))),
        *titled(desk, Say("The most important"), _key_days(desk)),
        *titled(desk, Say("What {child} can do", child), words(desk.said("strengths"))),
        *titled(desk, Say("What {child} says", child), words(desk.said("student-words"))),
        *titled(desk, Say("What you told the team"), *_concerns(desk)),
        *titled(desk, Say("How {child} is doing now", child), *_now(desk)),
        *titled(desk, Say("What we work on"), *_goals(desk, you=False)),
        *titled(desk, Say("What help {child} gets", child), *_help(desk)),
        *titled(desk, Say("Health and emergencies"), *facts_of(desk, "health-about", "health-care", "emergency")),
        *titled(desk, Say("With other children"), *_placement(desk)),
        *titled(desk, Say("Tests"), *_tests(desk)),
        *titled(desk, Say("Summer and breaks"), *_breaks(desk)),
        *titled(desk, Say("After high school"), *_after(desk)),
        *titled(desk, Say("How you will hear"), _hear(desk)),
        *titled(desk, Say("What you decide"), _rights(desk)),
    )


def student(desk: Desk) -> tuple[Part, ...]:
    """The plan for the student: what you are good at, what you work on, what helps you, who helps, your part."""
    note = Say("This is your plan in short. It is about you, so your voice counts in it.")
    return (
        Note(passage(desk.say(note))),
        *titled(desk, Say("What you are good at"), words(desk.said("strengths"))),
        *titled(desk, Say("What you said"), words(desk.said("student-words")), words(desk.said("student-wishes"))),
        *titled(desk, Say("What you work on"), *_goals(desk, you=True)),
        *titled(desk, Say("What helps you"), listed(accommodation_lines(desk, "accommodations", *AIDS))),
        *titled(desk, Say("What is changed for you"), listed(accommodation_lines(desk, "modifications"))),
        *titled(desk, Say("Who helps you, and when"), service_sentences(desk, you=True)),
        *titled(desk, Say("Your tests"), *_tests(desk)),
        *titled(desk, Say("After high school"), *_after(desk)),
        *titled(desk, Say("Your part"), _your_part(desk)),
    )


def _key_days(desk: Desk) -> ListPart | None:
    found = (
        (Say("The plan starts on {value}."), desk.said("start").text),
        (Say("Family and school look at it together again by {value}."), desk.said("review-by").text),
        (Say("The next full round of testing is due by {value}."), desk.said("reevaluation-by").text),
        (Say("Your person at school: {value}."), manager(desk).rstrip(".")),
    )
    return listed(tuple(passage(desk.say(Say(one.text, {"value": value}))) for one, value in found if value))


def _concerns(desk: Desk) -> Iterator[Part | None]:
    yield words(desk.said("parent-concerns"))
    answer = desk.said("concerns-answered")
    yield Facts((Fact(desk.say(Say("How the plan answers")), answer),), short=False) if answer else None


def _now(desk: Desk) -> Iterator[Part]:
    found = (
        (Say("At school work"), desk.said("present-academic")),
        (Say("In daily life"), desk.said("present-functional")),
        (Say("What gets in the way"), _first(desk, "effect-curriculum", "effect-preschool", "limits")),
        (Say("What {child} needs", {"child": desk.child}), desk.said("needs")),
        (Say("What helps with behavior"), desk.said("behavior-supports")),
    )
    facts = tuple(Fact(desk.say(label), value) for label, value in found if value)
    if facts:
        yield Facts(facts, short=False)


def _first(desk: Desk, *field_ids: str) -> Passage:
    return next((found for one in field_ids if (found := desk.said(one))), Passage())


def _goals(desk: Desk, *, you: bool) -> Iterator[Part]:
    for number, row in enumerate(desk.rows("goals"), start=1):
        area = desk.cell("goals", row, "area").text or desk.say(Say("Goal {number}", {"number": number}))
        parts: list[Facts] = []
        for label, value in _goal(desk, row, you=you):
            if value:
                is_few = len(value.blocks) == 1 and len(value.text) <= SHORT and bool(parts)
                add_fact(parts, Fact(desk.say(label), value), short=is_few)
        yield Card(area, tuple(parts))


def _goal(desk: Desk, row: Row, *, you: bool) -> Iterator[tuple[Say, Passage]]:
    def cell(column: str) -> Passage:
        return desk.cell("goals", row, column)

    child = {"child": desk.child}
    yield Say("Your goal") if you else Say("What {child} will do", child), cell("goal")
    yield Say("Where you are now") if you else Say("Where {child} is now", child), cell("baseline")
    yield Say("How well"), cell("target")
    yield Say("By when"), cell("by")
    yield Say("How we check"), cell("measure")
    if not you:
        yield Say("How you are told"), cell("report")
    steps = tuple(one for one in desk.rows("benchmarks") if one.get("goal") == row["id"])
    yield (
        Say("Steps on the way"),
        Passage(
            tuple(block for one in steps for block in desk.cell("benchmarks", one, "step").blocks), desk.plan.language
        ),
    )


def _help(desk: Desk) -> Iterator[Part | None]:
    yield service_sentences(desk, fields=("special-education", "related-services", "services"))
    child = {"child": desk.child}
    for label, fields in (
        (Say("What is done for {child} in class", child), ("accommodations", *AIDS)),
        (Say("What is changed in what {child} learns", child), ("modifications",)),
    ):
        yield from titled(desk, label, listed(accommodation_lines(desk, *fields)), level=3)
    staff = tuple(passage(_support(desk, row)) for row in desk.rows("staff-supports"))
    yield from titled(desk, Say("Help for the teachers"), listed(staff), level=3)


def _support(desk: Desk, row: Row) -> str:
    named = (desk.cell("staff-supports", row, name).text for name in ("service", "amount", "who"))
    return "; ".join(one for one in named if one)


def _placement(desk: Desk) -> Iterator[Part | None]:
    apart, whole = (
        desk.plan.value(name) if name in desk.fields else None for name in ("apart-minutes", "week-minutes")
    )
    if apart is not None and whole:
        values = {"child": desk.child, "apart": figure(apart), "whole": figure(whole)}
        said = Say(
            "In a school week of {whole} minutes, {child} is apart from children without disabilities for {apart}."
        )
        yield words(passage(desk.say(Say(said.text, values))))
    yield words(desk.said("non-participation"))
    yield words(desk.said("with-others"))
    yield words(desk.said("apart-why"))


def _tests(desk: Desk) -> Iterator[Part | None]:
    yield words(desk.said("assessment-part"))
    changes = desk.said("test-accommodations")
    yield Facts((Fact(desk.say(Say("Changes for the tests")), changes),), short=False) if changes else None


def _breaks(desk: Desk) -> Iterator[Part | None]:
    answers: dict[Any, Say] = {
        "yes": Say("{child} gets help in the summer or other breaks too.", {"child": desk.child}),
        "no": Say("{child} gets no help from this plan in the summer and other breaks.", {"child": desk.child}),
        "later": Say("The team decides later about help in the summer and other breaks."),
    }
    said = desk.plan.value("esy") if "esy" in desk.fields else None
    yield words(passage(desk.say(answers[said]))) if said in answers else None
    yield words(desk.said("esy-why"))
    yield service_sentences(desk, fields=("esy-services",))


def _after(desk: Desk) -> Iterator[Part]:
    found = (
        (Say("School or training"), desk.said("after-education")),
        (Say("Work"), desk.said("after-work")),
        (Say("Living on one's own"), desk.said("after-living")),
        (Say("Classes that lead there"), desk.said("courses")),
    )
    facts = tuple(Fact(desk.say(label), value) for label, value in found if value)
    if facts:
        yield Facts(facts, short=False)


def _hear(desk: Desk) -> ListPart | None:
    found = (
        (Say("You get a report on progress: {value}."), desk.said("progress-schedule").text),
        (Say("You get it this way: {value}."), desk.said("progress-way").text),
        (
            Say("You told the school that you want to be told in this language: {value}."),
            desk.said("home-language").text,
        ),
    )
    lines = [desk.say(Say(one.text, {"value": value.rstrip(".")})) for one, value in found if value]
    if desk.plan.content.get("interpreter"):
        lines.append(desk.say(Say("You want an interpreter at meetings. The school must see to it.")))
    return listed(tuple(map(passage, lines)))


def _rights(desk: Desk) -> ListPart | None:
    rights = RIGHTS_504 if desk.plan.form.kind == "section-504" else IDEA_RIGHTS
    return listed(tuple(passage(desk.say(Say(one.text, {"child": desk.child}))) for one in rights))


def _your_part(desk: Desk) -> ListPart | None:
    lines = [
        desk.say(Say("Tell your teachers what helps you and what does not.")),
        desk.say(Say("You can come to the meeting about your plan and say what you think.")),
    ]
    who = manager(desk).rstrip(".")
    if who:
        lines.append(desk.say(Say("If something in the plan does not happen, tell {who}.", {"who": who})))
    return listed(tuple(map(passage, lines)))
