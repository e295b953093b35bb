"""Drafts: what is typed is kept until it is sent or dropped, each person's for themselves."""

from __future__ import annotations

import pytest

from gameplan.cases import drafts, verbs
from gameplan.cases.models import Case, Draft
from gameplan.cases.people import Person
from gameplan.people.refusals import Refused


def test_what_was_typed_last_is_kept(case: Case, mother: Person) -> None:
    drafts.keep(mother, "add-fact", {"note": "We as"}, case)
    drafts.keep(mother, "add-fact", {"note": "We asked", "areas": ["reading"]}, case)
    assert drafts.kept(mother, "add-fact", case) == {"note": "We asked", "areas": ["reading"]}
    assert Draft.objects.count() == 1


def test_nothing_typed_is_nothing_kept(case: Case, mother: Person) -> None:
    assert drafts.kept(mother, "add-fact", case) == {}


def test_a_draft_before_there_is_a_case(db: None, mother: Person) -> None:
    for name in ("A", "An", "Ana"):
        drafts.keep(mother, "child", {"name": name})
    assert drafts.kept(mother, "child") == {"name": "Ana"}
    assert Draft.objects.count() == 1


def test_a_draft_is_for_one_person_one_screen_and_one_case(case: Case, mother: Person, helper: Person) -> None:
    drafts.keep(mother, "add-fact", {"note": "private"}, case)
    assert drafts.kept(helper, "add-fact", case) == {}
    assert drafts.kept(mother, "letter", case) == {}
    assert drafts.kept(mother, "add-fact") == {}


def test_a_dropped_draft_is_gone(case: Case, mother: Person) -> None:
    drafts.keep(mother, "add-fact", {"note": "x"}, case)
    drafts.drop(mother, "add-fact", case)
    drafts.drop(mother, "add-fact", case)
    assert drafts.kept(mother, "add-fact", case) == {}


def test_a_draft_goes_with_its_case(case: Case, mother: Person) -> None:
    drafts.keep(mother, "add-fact", {"note": "x"}, case)
    verbs.delete_case(case, by=mother)
    assert not Draft.objects.exists()


@pytest.mark.parametrize("typed", ["\x00", "x" * 300_000])
def test_what_cannot_be_kept_is_refused(case: Case, mother: Person, typed: str) -> None:
    with pytest.raises(Refused):
        drafts.keep(mother, "add-fact", {"note": typed}, case)
    assert not Draft.objects.exists()
