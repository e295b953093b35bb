"""Facts, proofs and the record of access only grow: code that tries otherwise is stopped."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gameplan.cases.models import Access, Case, Entry, OnlyGrows, Proof

GROWING = [Entry, Access, Proof]


@pytest.fixture
def rows(case: Case, ask: Callable[..., Entry], letter: str) -> None:
    ask(entry_attachments=[letter])


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("model", GROWING)
def test_a_row_is_never_saved_again(model: type[Entry]) -> None:
    row = model.objects.all()[0]
    with pytest.raises(OnlyGrows):
        row.save()


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("model", GROWING)
def test_a_row_is_never_deleted_alone(model: type[Entry]) -> None:
    with pytest.raises(OnlyGrows):
        model.objects.all()[0].delete()
    with pytest.raises(OnlyGrows):
        model.objects.all().delete()


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("model", GROWING)
def test_rows_are_never_updated(model: type[Entry]) -> None:
    with pytest.raises(OnlyGrows):
        model.objects.update(id=1)
    assert model.objects.count() >= 1


@pytest.mark.usefixtures("rows")
def test_rows_are_never_updated_in_bulk() -> None:
    with pytest.raises(OnlyGrows):
        Entry.objects.bulk_update(list(Entry.objects.all()), ["note"])
