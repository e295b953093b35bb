"""Every English text of the forms and of this room's sentences that no call of `Say` holds, for the one catalogue."""

from __future__ import annotations

from collections.abc import Iterator

from gameplan.plans.form_files import forms
from gameplan.plans.forms import Field, Form
from gameplan.plans.names import CHILD, NUMBERED


def all_texts() -> set[str]:
    """Titles, leads, labels, helps, options, sentences and names of every form of the house."""
    found = {text for form in forms().values() for text in form_texts(form)}
    return {text for text in found | {*CHILD.values(), NUMBERED} if text}


def form_texts(form: Form) -> Iterator[str]:
    """The texts of one form; some may be empty, and some may come twice."""
    yield form.name
    for section in form.sections:
        yield from (section.title, section.lead)
        for field in section.fields:
            yield from _of_field(field)
    yield from (item.text for item in form.items)


def _of_field(field: Field) -> Iterator[str]:
    yield from (field.label, field.help, field.none, field.row)
    yield from (choice.label for choice in field.choices)
    for column in field.columns:
        yield from _of_field(column)
