"""What the trail names of permission is held against the tables: whole after each step, and a changed thing shows."""

from __future__ import annotations

from datetime import date

import pytest

from gameplan.cases.models import Case
from gameplan.cases.people import HOME
from gameplan.cases.verifying import verdicts
from gameplan.consents.answering import Given, answer, answer_to_sign
from gameplan.consents.doors import request_of
from gameplan.consents.models import ConsentAnswer, ConsentRequest, ScreenAgreement, Signature
from gameplan.exchange.doorway import export_for, import_for
from gameplan.letters.consent_form import Said
from tests.consents.conftest import BOTH, PDF, Ask, MakeHand, Open
from tests.trail.conftest import found_in, remove, set_column, undone

TODAY = date(2025, 10, 15)


@pytest.fixture
def signed(ask: Ask, opened: Open, hand: MakeHand) -> Case:
    """The mother has signed the school's request on a screen."""
    request, found = ask(), opened("mother")
    said = Said(BOTH)
    given = Given(TODAY, "electronic", hand=hand(answer_to_sign(request, said).sha256))
    answer(request_of(found, "c1"), by=found.reader, said=said, given=given)
    return found


def test_what_was_asked_answered_and_signed_is_named(signed: Case) -> None:
    found = found_in(signed.pk)
    assert (found.findings, found.unknown) == ((), ())
    for model in (ConsentRequest, ConsentAnswer, Signature, ScreenAgreement):
        assert model._base_manager.exists()


@pytest.mark.parametrize(
    ("model", "column", "value"),
    [
        (ConsentRequest, "text", "Sign here."),
        (ConsentAnswer, "items", {"i1": "no"}),
        (Signature, "name", "Somebody Else"),
        (Signature, "pdf", PDF),
        (ScreenAgreement, "agrees", False),
    ],
)
def test_a_changed_or_removed_one_shows(signed: Case, model: type[ConsentRequest], column: str, value: object) -> None:
    row = model._base_manager.order_by("pk").all()[0]
    with undone():
        set_column(row, model._meta.get_field(column), value)
        assert len(found_in(signed.pk).findings) == 1
    with undone():
        remove(row)
        assert found_in(signed.pk).findings


def test_what_came_in_a_file_is_named_too(signed: Case) -> None:
    arrived = import_for(HOME, export_for(signed.reader, signed.pk))
    assert [one.findings for one in verdicts(arrived.pk)] == [()]
    assert ConsentAnswer.objects.count() == 2
