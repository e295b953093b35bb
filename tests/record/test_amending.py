"""Asking the school to amend the record: each step once, by the right side, told on the timeline, kept in the trail."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from gameplan.cases import amending, verbs
from gameplan.cases.amending import (
    AGREED,
    HEARING_ASKED,
    HEARING_HELD,
    LOST,
    MENDED,
    REFUSED,
    STATEMENT,
    STEPS,
    WON,
)
from gameplan.cases.doors import case_for, facts_of, paper_of
from gameplan.cases.models import Case
from gameplan.cases.models_records import Amendment, AmendmentStep
from gameplan.cases.people import HOME
from gameplan.cases.record_words import SENTENCES
from gameplan.cases.verifying import verdicts
from gameplan.core.assess import assess
from gameplan.core.facts import Child
from gameplan.exchange.doorway import export_for, import_for
from gameplan.law import law_for
from gameplan.people.refusals import Refused
from gameplan.web.forms.amend import TITLES
from tests.record.conftest import opened_by
from tests.trail.conftest import another, set_column, undone

TODAY = date(2025, 11, 3)
DAYS = {AGREED: 10, REFUSED: 10, HEARING_ASKED: 12, HEARING_HELD: 20, WON: 25, LOST: 25, STATEMENT: 27, MENDED: 28}
LOSING = (REFUSED, HEARING_ASKED, HEARING_HELD, LOST)


@pytest.fixture
def told(school_side: Case) -> str:
    """The id of a fact that the school told: a meeting on September 3."""
    by = school_side.reader
    return verbs.record_fact(school_side, by=by, kind="meeting-held", on=date(2025, 9, 3), said_by="school").fact_id


def ask(case: Case, about: str, **changes: Any) -> Amendment:
    asked: dict[str, Any] = {
        "on": date(2025, 10, 1), "today": TODAY, "wrong": "We were not there.", "should": "That we were not asked.",
    }  # fmt: skip
    return amending.ask(case, by=case.reader, about=about, **(asked | changes))


def go(case: Case, number: int, *kinds: str, **changes: Any) -> AmendmentStep:
    """The steps one after the other, each by the side whose step it is."""
    made = None
    for kind in kinds:
        side = case if STEPS[kind].needs == "answer" else opened_by("Hill", case)
        words: dict[str, Any] = {"on": date(2025, 10, DAYS[kind]), "today": TODAY, "text": "Because."}
        words["told_of_hearing"] = True if kind == REFUSED else None
        made = amending.go_on(amending.amendment_of(side, number), kind, by=side.reader, **(words | changes))
    assert made
    return made


def duties(case: Case, on: date = TODAY) -> dict[str, str]:
    return {one.clock: one.status for one in assess(facts_of(case), law_for("TX"), on=on).duties}


def test_asking_starts_the_schools_time_and_both_see_it(family: Case, told: str) -> None:
    asked = ask(family, f"fact:{told}")
    assert duties(family)["record-change-decision"] == "running"
    fact = next(one for one in facts_of(opened_by("Hill", family)).facts if one.id == asked.fact_id)
    assert fact.data["what"] == "We were not there. It should be like this: That we were not asked."
    assert amending.stage_of(amending.amendment_of(opened_by("Ortiz", family), 1)) == "asked"


def test_a_yes_is_followed_by_the_change(family: Case, told: str) -> None:
    ask(family, f"fact:{told}")
    go(family, 1, AGREED)
    assert duties(family)["record-change-decision"] == "met"
    assert amending.next_steps(amending.amendment_of(family, 1)) == (MENDED,)
    go(family, 1, MENDED)
    assert amending.next_steps(amending.amendment_of(family, 1)) == ()


def test_a_no_leads_to_a_hearing_and_its_clocks_run(family: Case, told: str) -> None:
    ask(family, f"fact:{told}")
    go(family, 1, REFUSED, HEARING_ASKED)
    assert duties(family)["record-hearing"] == "running"
    go(family, 1, HEARING_HELD)
    assert duties(family)["record-hearing-decision"] == "running"
    go(family, 1, WON)
    assert duties(family)["record-hearing-decision"] == "met"
    assert amending.next_steps(amending.amendment_of(family, 1)) == (MENDED,)


def test_a_school_that_says_no_must_have_told_of_the_hearing(family: Case, told: str) -> None:
    ask(family, f"fact:{told}")
    with pytest.raises(Refused, match="right to a hearing"):
        go(family, 1, REFUSED, told_of_hearing=False)
    assert not AmendmentStep.objects.exists()


def test_the_statement_stays_with_the_record_and_travels_with_it(family: Case, told: str) -> None:
    ask(family, f"fact:{told}")
    made = go(family, 1, *LOSING, STATEMENT, text="We never got a letter.")
    for side in (family, opened_by("Ortiz", family)):
        fact = next(one for one in facts_of(side).facts if one.id == told)
        assert fact.attachments == (made.paper_id,)
        assert bytes(paper_of(side, made.paper_id).content) == b"We never got a letter.\n"
    arrived = import_for(HOME, export_for(family.reader, family.pk))
    (fact,) = [one for one in facts_of(arrived).facts if one.id == told]
    assert bytes(paper_of(arrived, fact.attachments[0]).content) == b"We never got a letter.\n"


def test_a_statement_may_come_without_a_hearing_and_does_not_close_the_way_to_one(family: Case, told: str) -> None:
    ask(family, f"fact:{told}")
    go(family, 1, REFUSED)
    go(family, 1, STATEMENT, on=date(2025, 10, 11))
    assert amending.next_steps(amending.amendment_of(family, 1)) == (HEARING_ASKED, STATEMENT)


def test_each_side_takes_its_own_steps_only(family: Case, told: str) -> None:
    school = opened_by("Hill", family)
    with pytest.raises(PermissionDenied):
        ask(school, f"fact:{told}")
    ask(family, f"fact:{told}")
    for who, kind in (("Rosa Lopez", AGREED), ("Rosa Lopez", REFUSED), ("Ortiz", AGREED)):
        side = opened_by(who, family)
        with pytest.raises(PermissionDenied):
            amending.go_on(amending.amendment_of(side, 1), kind, by=side.reader, on=TODAY, today=TODAY, text="x")
    go(family, 1, REFUSED)
    with pytest.raises(PermissionDenied):
        amending.go_on(
            amending.amendment_of(school, 1), HEARING_ASKED, by=school.reader, on=TODAY, today=TODAY
        )  # fmt: skip


@pytest.mark.parametrize("kind", [HEARING_HELD, WON, LOST, MENDED, STATEMENT, HEARING_ASKED])
def test_a_step_comes_only_after_the_one_before(family: Case, told: str, kind: str) -> None:
    ask(family, f"fact:{told}")
    with pytest.raises(Refused, match="does not follow"):
        go(family, 1, kind)


def test_what_does_not_fit_is_said_all_at_once(family: Case, told: str) -> None:
    own = verbs.record_fact(family, by=family.reader, kind="meeting-held", on=date(2025, 9, 4)).fact_id
    with pytest.raises(Refused) as refused:
        ask(family, f"fact:{own}", wrong=" ", should="x" * 6000, on=date(2025, 12, 1))
    assert [fault.where for fault in refused.value.faults] == ["wrong", "should", "about", "on"]
    assert all(fault.mend for fault in refused.value.faults)
    ask(family, f"fact:{told}")
    with pytest.raises(Refused, match="before the step before it"):
        go(family, 1, AGREED, on=date(2025, 9, 30))
    for about in ("fact:f99", "nothing", "paper:a1"):
        with pytest.raises(Refused, match="not something that the school wrote"):
            ask(family, about)


def test_the_same_form_sent_twice_makes_one(family: Case, told: str) -> None:
    key, step_key = uuid4(), uuid4()
    assert ask(family, "", form_key=key).pk == ask(family, "", form_key=key).pk
    assert go(family, 1, AGREED, form_key=step_key).pk == go(family, 1, AGREED, form_key=step_key).pk
    assert [one.kind for one in facts_of(family).facts].count("record-change-decided") == 1


def test_what_is_not_there_is_not_found(family: Case) -> None:
    ask(family, "")
    with pytest.raises(Http404):
        amending.amendment_of(family, 2)
    with pytest.raises(Http404):
        amending.go_on(amending.amendment_of(family, 1), "dance", by=family.reader, on=TODAY, today=TODAY)


def test_a_family_alone_writes_down_what_the_school_did(db: None) -> None:
    case = case_for(HOME, verbs.start_case(HOME, child=Child(name="Ana", state="TX")).pk)
    fact = verbs.record_fact(case, by=HOME, kind="meeting-held", on=date(2025, 9, 3), said_by="school")
    asked = ask(case, f"fact:{fact.fact_id}")
    for kind in (REFUSED, HEARING_ASKED, HEARING_HELD, LOST, STATEMENT):
        on = date(2025, 10, DAYS[kind])
        amending.go_on(asked, kind, by=HOME, on=on, today=TODAY, text="Words.", told_of_hearing=None)
    decided = next(one for one in facts_of(case).facts if one.kind == "record-change-decided")
    assert (decided.said_by, decided.data["amended"]) == ("school", False)
    assert "told_of_hearing" not in decided.data


def test_the_trail_names_all_of_it(family: Case, told: str) -> None:
    ask(family, f"fact:{told}")
    go(family, 1, *LOSING, STATEMENT)
    (verdict,) = verdicts(family.pk)
    assert (verdict.findings, verdict.unknown) == ((), ())
    for row in (*Amendment.objects.all(), *AmendmentStep.objects.all()):
        for field in row._meta.concrete_fields:
            if field.primary_key or field.is_relation:
                continue
            with undone():
                set_column(row, field, another(field, getattr(row, field.attname)))
                assert next(verdicts(family.pk)).findings, (row, field.attname)


def test_every_step_has_a_title_and_a_sentence() -> None:
    assert set(TITLES) == set(STEPS)
    assert {step.verb for step in STEPS.values()} - set(SENTENCES) == set()
