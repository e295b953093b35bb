"""Comments are made, kept, and taken care of."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.http import Http404

from gameplan.cases.people import Person
from gameplan.people.refusals import Refused
from gameplan.planning.doors import remarks_of
from gameplan.planning.models import Written
from gameplan.planning.remarks import remark, settle_remark


def test_a_comment_is_kept_and_settled(plan: Written, mother: Person) -> None:
    made = remark(plan, by=mother, path="section:goals", text=" Is 80 words too much? ")
    assert [(one.path, one.text, one.settled_at) for one in remarks_of(plan)] == [
        ("section:goals", "Is 80 words too much?", None)
    ]
    assert settle_remark(plan, by=mother, number=made.pk).settled_at
    settle_remark(plan, by=mother, number=made.pk)


def test_the_same_form_sent_twice_makes_one_comment(plan: Written, mother: Person) -> None:
    key = uuid4()
    for _ in range(2):
        remark(plan, by=mother, path="section:goals", text="Twice", form_key=key)
    assert remarks_of(plan).count() == 1


@pytest.mark.parametrize("text", ["  ", "x" * 5001, "broken \ud800"])
def test_what_is_no_comment_is_refused(plan: Written, mother: Person, text: str) -> None:
    with pytest.raises(Refused):
        remark(plan, by=mother, path="section:goals", text=text)
    assert not remarks_of(plan).exists()


def test_a_comment_that_is_not_there_cannot_be_settled(plan: Written, mother: Person) -> None:
    with pytest.raises(Http404):
        settle_remark(plan, by=mother, number=9)
