"""Whatever is changed, removed or added in the tables past the program shows, column by column and row by row."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from django.db import models

from gameplan.cases import verbs
from gameplan.cases.doors import facts_of, paper_of
from gameplan.cases.models import Access, Attachment, Case, Entry, Proof
from gameplan.cases.people import Person
from gameplan.exchange.doorway import export_for, import_for
from gameplan.papers.models import Letter, Sending
from gameplan.planning.models import Step, Version
from tests.trail.conftest import Check, add_copy, another, found_in, remove, set_column, undone

NAMED: list[type[models.Model]] = [Entry, Attachment, Letter, Sending, Version, Step]
TABLES: list[type[models.Model]] = [Access, *NAMED]
COLUMNS = [
    (model, field.attname)
    for model in TABLES
    for field in model._meta.concrete_fields
    if not field.primary_key and not field.is_relation
]


def rows(model: type[models.Model]) -> list[Any]:
    return list(model._base_manager.order_by("pk"))


def taken_in(case: Case, by: Person) -> Case:
    """The facts and papers of Ana's case as another case."""
    return verbs.import_case(by, facts_of(case), {one: bytes(paper_of(case, one).content) for one in ("a1", "a2")})


def test_an_untouched_case_is_whole(case: Case, check: Check) -> None:
    found = check()
    assert (found.findings, found.unknown, found.older) == ((), (), 0)
    assert found.head.number == Access.objects.filter(case_id=case.pk).count()


def test_every_table_has_rows_to_tamper_with(case: Case) -> None:
    assert [model.__name__ for model in TABLES if not rows(model)] == []


def test_a_changed_column_shows_in_any_row(case: Case, check: Check) -> None:
    dice = Random(20251127)
    unseen = []
    for model, name in COLUMNS:
        field: Any = model._meta.get_field(name)
        for row in dice.sample(rows(model), min(3, len(rows(model)))):
            with undone():
                set_column(row, field, another(field, getattr(row, name)))
                if not check().findings:
                    unseen.append(f"{model.__name__}.{name} of {row}")
    assert unseen == []
    assert check().findings == ()


def test_a_removed_row_shows(case: Case, check: Check) -> None:
    unseen = []
    models_with_pins: list[type[models.Model]] = [*TABLES, Proof]
    for model in models_with_pins:
        for row in rows(model):
            with undone():
                remove(row)
                if not check().findings:
                    unseen.append(f"{model.__name__}: {row}")
    assert unseen == []


def test_an_added_row_shows(case: Case, check: Check) -> None:
    keys: dict[type[models.Model], dict[str, Any]] = {
        Access: {"number": 1000}, Entry: {"fact_id": "f99", "position": 99, "form_key": None},
        Attachment: {"attachment_id": "a99"}, Letter: {"letter_id": "l99", "form_key": None},
        Sending: {"form_key": None}, Version: {"number": 99, "form_key": None}, Step: {"form_key": None},
    }  # fmt: skip
    unseen = []
    for model, other in keys.items():
        with undone():
            add_copy(rows(model)[-1], **other)
            if not check().findings:
                unseen.append(model.__name__)
    assert unseen == []


def test_a_paper_that_was_put_to_another_fact_shows(case: Case, check: Check) -> None:
    add_copy(rows(Proof)[0], entry_id=rows(Entry)[2].pk)
    assert [one.about for one in check().findings] == ["fact:f3"]


@pytest.mark.parametrize("model", NAMED)
def test_a_row_that_was_moved_to_another_case_shows_in_both(
    case: Case, mother: Person, model: type[models.Model]
) -> None:
    other = taken_in(case, mother)
    field = next(one for one in model._meta.concrete_fields if one.is_relation)
    if field.name != "case":
        return
    for taken in model._base_manager.filter(case=other.pk):
        remove(taken)
    set_column(rows(model)[0], field, other.pk)
    assert all(found_in(one.pk).findings for one in (case, other))


def test_in_an_imported_case_everything_is_named_too(case: Case, mother: Person) -> None:
    other = taken_in(case, mother)
    assert found_in(other.pk).findings == ()
    verbs.attach(other, by=mother, name="c.pdf", content=b"%PDF-1.7 c", fact_id="f3")
    assert found_in(other.pk).findings == ()
    for model in (Entry, Attachment):
        for row in model._base_manager.filter(case=other.pk):
            with undone():
                remove(row)
                assert found_in(other.pk).findings, row
            with undone():
                set_column(row, model._meta.get_field("side"), "school")
                assert found_in(other.pk).findings, row


def test_a_case_that_came_in_a_file_is_whole_with_letters_and_plans(case: Case, mother: Person) -> None:
    other = import_for(mother, export_for(mother, case.pk))
    assert found_in(other.pk).findings == ()
    for model in NAMED:
        (place,) = [name for name in ("case", "plan__case", "letter__case") if name.split("__")[0] in columns_of(model)]
        for row in model._base_manager.filter(**{place: other.pk}):
            with undone():
                remove(row)
                assert found_in(other.pk).findings, row


def columns_of(model: type[models.Model]) -> set[str]:
    return {field.name for field in model._meta.concrete_fields}
