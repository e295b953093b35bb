"""What is wrong with a form that reads well but does not hold together: names that lead nowhere, ids used twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from gameplan.core.faults import Fault
from gameplan.law.contents import FIXED_NEEDS, NoSuchEntry, circumstance, content_list
from gameplan.plans.forms import ROWS, Field, Form, Section, Shows

SEPARATORS = frozenset("/:. ")


def form_faults(form: Form, file: str) -> list[Fault]:
    """Every fault of the form, with the file's name, the entry and the mend."""
    return [Fault(f"{file}: {where}", what, mend) for where, what, mend in _found(form)]


def _found(form: Form) -> Iterator[tuple[str, str, str]]:
    yield from _twice(form)
    for section in form.sections:
        yield from _of_section(section)
        for field in section.fields:
            yield from _of_field(form, field)
    for shows in form.shows:
        yield from _of_shows(form, shows)
    known = {field.id for field in form.fields()}
    for told in form.told:
        yield from _circumstance(told.id, f"told {told.id}")
        if told.field not in known:
            yield f"told {told.id}", f"there is no field “{told.field}”.", "Name a field of the form."
    for item in form.items:
        if item.need not in FIXED_NEEDS:
            yield from _circumstance(item.need, f"item {item.id}")


def _twice(form: Form) -> Iterator[tuple[str, str, str]]:
    for what, ids in (
        ("section", [one.id for one in form.sections]),
        ("field", [one.id for one in form.fields()]),
        ("item", [one.id for one in form.items]),
    ):
        for name, times in Counter(ids).items():
            if times > 1:
                yield f"{what} {name}", "this id is used twice.", "Give one of them another id."


def _of_section(section: Section) -> Iterator[tuple[str, str, str]]:
    if section.when:
        yield from _circumstance(section.when, f"section {section.id}")


def _of_field(form: Form, field: Field) -> Iterator[tuple[str, str, str]]:
    where = f"field {field.id}"
    if SEPARATORS & set(field.id):
        yield where, "an id is of letters, digits and strokes.", "Take out blanks, dots, colons and slashes."
    if field.when:
        yield from _circumstance(field.when, where)
    if field.like and field.like not in {each.id for each in form.fields()}:
        yield where, f"there is no field “{field.like}” to be like.", "Name a field of rows."
    elif (field.type == ROWS) != bool(field.columns):
        yield where, "rows have columns, and nothing else has.", "Give it columns, or another type."
    for name, times in Counter(one.id for one in field.columns).items():
        if times > 1 or name == "id":
            yield f"{where} column {name}", "this id is used twice.", "Give one of them another id."
    for one in field.columns or (field,):
        yield from _of_choices(one, where)
        if (one.type == "ref") != bool(one.of) or (one.of and one.of not in {each.id for each in form.fields()}):
            yield (
                f"{where} {one.id}",
                "a ref names the rows that it points at.",
                'Write of = "the id of a field of rows".',
            )


def _of_choices(field: Field, where: str) -> Iterator[tuple[str, str, str]]:
    if field.codes and not field.choices:
        yield f"{where} {field.id}", f"there is no content list “{field.codes}”.", "Name a content list."
    elif (field.type in ("choice", "choices")) != bool(field.choices):
        yield f"{where} {field.id}", "a choice has choices, and nothing else has.", "Give it choices, or another type."
    for name, times in Counter(one.id for one in field.choices).items():
        if times > 1:
            yield f"{where} {field.id} choice {name}", "this id is used twice.", "Give one of them another id."


def _of_shows(form: Form, shows: Shows) -> Iterator[tuple[str, str, str]]:
    where = f"shows {shows.item}"
    list_id, _, item_id = shows.item.partition(".")
    if list_id == "form":
        if item_id not in {one.id for one in form.items}:
            yield where, "the form has no such item.", "Name an item of the form, or of a content list."
    else:
        try:
            content_list(list_id).item(item_id)
        except NoSuchEntry as error:
            yield where, str(error), "Name an item of the form, or of a content list."
    fields = {field.id: field for field in form.fields()}
    if sum(map(bool, (shows.all, shows.any, shows.each, shows.printed))) != 1:
        yield where, "it says none or several of all, any, each and printed.", "Say one of them."
    for name in (*shows.all, *shows.any, *shows.each):
        if name not in fields:
            yield where, f"there is no field “{name}”.", "Name a field of the form."
        elif shows.each:
            for column in (*shows.columns, *shows.instead):
                if not fields[name].column(column):
                    yield where, f"“{name}” has no column “{column}”.", "Name a column of the rows."
    yield from _of_either(shows, fields, where)


def _of_either(shows: Shows, fields: Mapping[str, Field], where: str) -> Iterator[tuple[str, str, str]]:
    named = [fields[name] for name in (*shows.all, *shows.any, *shows.each) if name in fields]
    parts = [part for one in named for part in (one, *one.columns)]
    questions = {part.id for part in parts if part.type == "yes-no"}
    for name in shows.either:
        if name not in questions:
            yield where, f"“{name}” is no question of yes or no here.", "Name one that it looks at."


def _circumstance(name: str, where: str) -> Iterator[tuple[str, str, str]]:
    try:
        circumstance(name)
    except NoSuchEntry as error:
        yield where, str(error), "Name a circumstance of the content lists."
