"""The whole paper of a plan: every section in the order of its form, everything that somebody wrote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gameplan.core.words import Say
from gameplan.plans.forms import NONE, ROWS, Field, Section
from gameplan.plans.sheets.desk import Desk
from gameplan.plans.sheets.rows import add_fact, is_short, parts_of_rows
from gameplan.plans.sheets.sheet import Fact, Facts, Heading, Note, Part, Passage, Signer, SignHere, Words, passage

WAS_THERE = frozenset({"", "there", "remote"})
ELIGIBILITY = frozenset({"about", "eligibility", "sld"})
"""The sections of an evaluation that the statement of eligibility is made of; a State's own begin with one of these."""


def whole(desk: Desk, sections: Iterable[Section]) -> tuple[Part, ...]:
    """These sections with everything that stands in them; what the law wants and is not there is named."""
    return tuple(part for section in sections for part in _section(desk, section))


def eligibility_sections(sections: Iterable[Section]) -> tuple[Section, ...]:
    """The sections of an evaluation that belong in the statement of eligibility."""
    return tuple(one for one in sections if one.id.partition("-")[0] in ELIGIBILITY)


def signatures(desk: Desk) -> tuple[Part, ...]:
    """Places to sign for everybody who took part; lines for a parent and the school where nobody is named."""
    columns = (Say("Name"), Say("Role"), Say("Signature"), Say("Date"))
    name, role, signature, day = (desk.say(one) for one in columns)
    note = Say("A name here shows who took part. What a parent agrees to is asked apart, thing by thing.")
    signers = tuple({one.name: one for one in _signers(desk)}.values()) or (
        Signer("", desk.say(Say("Parent"))), Signer("", desk.say(Say("For the school district"))),
    )  # fmt: skip
    return (
        Heading(desk.say(Say("Who took part"))),
        Note(passage(desk.say(note))),
        SignHere(signers, (name, role, signature, day)),
    )


def _signers(desk: Desk) -> Iterator[Signer]:
    for field in desk.fields.values():
        if field.column("name") and field.column("role") and (field.column("took-part") or field.column("agrees")):
            for row in desk.rows(field.id):
                if str(row.get("took-part") or "") in WAS_THERE:
                    yield Signer(desk.cell(field.id, row, "name").text, desk.cell(field.id, row, "role").text)


def _section(desk: Desk, section: Section) -> Iterator[Part]:
    parts: list[Part] = []
    for field in section.fields:
        _add(desk, field, parts)
    if parts:
        yield Heading(desk.say(section.title))
        yield from parts


def _add(desk: Desk, field: Field, parts: list[Part]) -> None:
    if field.type == ROWS and desk.rows(field.id):
        parts += parts_of_rows(desk, field)
    elif field.type == "yes-no" and field.id.endswith(NONE):
        if desk.plan.value(field.id):
            parts.append(Words(passage(f"{desk.say(field.label)}.")))
    else:
        value = desk.said(field.id) if field.type != ROWS else Passage()
        if not value and desk.lacks(field):
            value = desk.missing()
        if value:
            add_fact(parts, Fact(desk.say(field.label), value, field.cite), short=is_short(field, value))


def facts_of(desk: Desk, *field_ids: str) -> tuple[Facts, ...]:
    """These single fields as facts, as far as something stands in them, under the labels of the form."""
    parts: list[Part] = []
    for name in field_ids:
        value = desk.said(name)
        if value:
            field = desk.fields[name]
            add_fact(parts, Fact(desk.say(field.label), value), short=is_short(field, value))
    return tuple(one for one in parts if isinstance(one, Facts))
