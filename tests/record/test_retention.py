"""The end of the records: told before anything goes, taken back until it is done, and what is left afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib.messages.storage.base import BaseStorage
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from gameplan.cases import amending, drafts, retention, verbs
from gameplan.cases.doors import facts_of
from gameplan.cases.models import Access, Attachment, Case, Draft, Entry, Member
from gameplan.cases.models_records import PermanentRecord, RetentionStep
from gameplan.cases.people import HOME, person_of_user
from gameplan.cases.record_words import SENTENCES
from gameplan.cases.retention import (
    COPY_ASKED,
    COPY_GIVEN,
    DESTROY_ASKED,
    DESTROY_NOT_ASKED,
    NEEDED_AGAIN,
    NOT_NEEDED,
    PERMANENT,
    STEPS,
    TOLD,
)
from gameplan.cases.verifying import verdicts
from gameplan.core.assess import assess
from gameplan.core.facts import Child, standing_facts
from gameplan.core.words import ENGLISH
from gameplan.law import law_for
from gameplan.people.models import User
from gameplan.people.refusals import Refused
from gameplan.web.forms.retention import LABELS, TITLES
from gameplan.web.views import retention as views
from tests.record.conftest import opened_by
from tests.trail.conftest import another, remove, set_column, undone

DAY = date(2025, 6, 2)
TODAY = date(2025, 12, 1)
KEPT = {"name": "Ana Lopez", "grade_level": "12", "year_completed": "2024-25"}


def go(case: Case, *kinds: str, on: date = DAY, **more: Any) -> RetentionStep:
    """The steps one after the other, each by the side whose step it is."""
    made = None
    for kind in kinds:
        side = opened_by("Rosa Lopez" if STEPS[kind].needs == "answer" else "Hill", case)
        made = retention.go_on(side, kind, by=side.reader, on=on, today=TODAY, **more)
    assert made
    return made


def destroy(case: Case, who: str = "Hill", **changes: Any) -> PermanentRecord:
    side = opened_by(who, case)
    told: dict[str, Any] = {"on": TODAY, "today": TODAY, "typed": "ana", "checked": True, "permanent": KEPT}
    return retention.destroy(side, by=side.reader, **(told | changes))


def faults(case: Case, **changes: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        destroy(case, **changes)
    assert all(fault.mend for fault in refused.value.faults)
    return [fault.where for fault in refused.value.faults]


def standing_kinds(case: Case) -> list[str]:
    return [one.kind for one in standing_facts(facts_of(case).facts)]


def duties(case: Case) -> dict[str, str]:
    return {one.clock: one.status for one in assess(facts_of(case), law_for("TX"), on=TODAY).duties}


def test_the_steps_are_told_and_the_laws_clocks_run(family: Case) -> None:
    go(family, NOT_NEEDED)
    assert duties(family)["records-not-needed-notice"] == "running"
    go(family, TOLD)
    assert duties(family)["records-not-needed-notice"] == "met"
    go(family, DESTROY_ASKED)
    assert duties(family)["records-destroy"] == "running"


def test_everything_can_be_taken_back_until_it_is_done(family: Case) -> None:
    go(family, NOT_NEEDED, TOLD, DESTROY_ASKED, DESTROY_NOT_ASKED)
    assert retention.standing_of(retention.steps_of(family)) == retention.Standing(DAY, DAY)
    assert "destruction-requested" not in standing_kinds(family)
    go(family, NEEDED_AGAIN)
    assert retention.standing_of(retention.steps_of(family)) == retention.Standing()
    assert "records-not-needed" not in standing_kinds(family)
    assert faults(family) == ["told"]


def test_nothing_goes_without_the_notice_the_familys_wish_and_the_copy(family: Case) -> None:
    assert faults(family) == ["told"]
    go(family, NOT_NEEDED, TOLD)
    assert faults(family) == ["asked"]
    go(family, COPY_ASKED, DESTROY_ASKED)
    assert faults(family) == ["copy"]
    go(family, COPY_GIVEN)
    assert destroy(family).name == "Ana Lopez"


def test_where_nobody_of_the_family_is_in_the_file_the_notice_has_time_to_be_answered(family: Case) -> None:
    go(family, NOT_NEEDED, TOLD)
    Member.objects.filter(case=family, role="parent").update(until=date(2025, 6, 30))
    assert faults(family, on=DAY + timedelta(days=retention.DAYS_TO_ANSWER - 1)) == ["on"]
    destroy(family, on=DAY + timedelta(days=retention.DAYS_TO_ANSWER))
    assert not Case.objects.exists()


def test_it_must_be_meant(family: Case) -> None:
    go(family, NOT_NEEDED, TOLD, DESTROY_ASKED)
    assert faults(family, typed="Anna", checked=False) == ["typed", "checked"]
    assert faults(family, typed="", permanent={"grades": "x" * 6000}) == ["typed", "grades"]
    assert faults(family, on=TODAY + timedelta(days=1)) == ["on"]
    with pytest.raises(PermissionDenied):
        destroy(family, "Rosa Lopez")
    with pytest.raises(PermissionDenied):
        destroy(family, "Ortiz")
    assert Case.objects.exists()


def test_a_file_without_a_name_has_another_word_to_type(family: Case) -> None:
    Case.objects.filter(pk=family.pk).update(child_name="")
    go(family, NOT_NEEDED, TOLD, DESTROY_ASKED)
    assert faults(family, typed="") == ["typed"]
    destroy(family, typed=str(family.pk)[:8])


def test_open_matters_forbid_it(family: Case) -> None:
    mother = family.reader
    verbs.record_fact(family, by=mother, kind="records-requested", on=DAY)
    amending.ask(family, by=mother, on=DAY, today=TODAY, about="", wrong="It is not true.", should="Take it out.")
    go(family, NOT_NEEDED, TOLD, DESTROY_ASKED)
    assert faults(family) == ["records", "amendment"]


def test_what_is_left_is_the_permanent_record_and_the_last_row(family: Case) -> None:
    mother = family.reader
    verbs.record_fact(family, by=mother, kind="meeting-held", on=DAY, note="Our secret worry.")
    verbs.attach(family, by=mother, name="a.pdf", content=b"%PDF-1.7 a", fact_id="f1")
    drafts.keep(mother, "add", {"note": "A draft."}, family)
    go(family, NOT_NEEDED, TOLD, DESTROY_ASKED)
    kept = destroy(family, permanent={**KEPT, "diagnosis": "not allowed"})
    assert {name: getattr(kept, name) for name in PERMANENT if getattr(kept, name)} == KEPT
    left = (Case, Entry, Attachment, Draft, Member, RetentionStep)
    assert [model.__name__ for model in left if model._base_manager.exists()] == []
    row = Access.objects.get(case_id=family.pk)
    assert (row.action, row.about) == ("destroy-records", "permanent-record:1")
    assert row.number > 10


def test_the_trail_of_destroyed_records_is_whole_and_tampering_shows(family: Case) -> None:
    go(family, NOT_NEEDED, TOLD, DESTROY_ASKED)
    kept = destroy(family)
    assert [(one.case, one.findings) for one in verdicts()] == [(family.pk, ())]
    row = Access.objects.get(case_id=family.pk)
    for one in (kept, row):
        for field in one._meta.concrete_fields:
            if field.primary_key or field.is_relation or (one is kept and field.attname == "case_id"):
                continue
            with undone():
                set_column(one, field, another(field, getattr(one, field.attname)))
                assert any(found.findings for found in verdicts()), field.attname
        with undone():
            remove(one)
            (verdict,) = verdicts(family.pk)
            assert len(verdict.findings) == 1


def test_a_permanent_record_of_a_case_that_is_there_is_made_up(family: Case) -> None:
    assert family.school
    PermanentRecord.objects.create(case_id=family.pk, school=family.school, destroyed_on=DAY)
    (verdict,) = verdicts(family.pk)
    assert [ENGLISH.say(one.say) for one in verdict.findings] == [
        "The permanent record 1 is not named in the trail: it was added past the program."
    ]


def test_only_those_who_lead_in_the_school_read_what_is_left(family: Case) -> None:
    go(family, NOT_NEEDED, TOLD, DESTROY_ASKED)
    kept = destroy(family)
    assert retention.permanent_of(person_of_user(User.objects.get(name="Hill")), family.pk) == kept
    for name in ("Ortiz", "Rosa Lopez"):
        with pytest.raises(Http404):
            retention.permanent_of(person_of_user(User.objects.get(name=name)), family.pk)
    with pytest.raises(Http404):
        retention.permanent_of(person_of_user(User.objects.get(name="Hill")), uuid4())


@pytest.mark.parametrize("kind", [TOLD, NEEDED_AGAIN, COPY_GIVEN, COPY_ASKED, DESTROY_ASKED, DESTROY_NOT_ASKED])
def test_a_step_comes_only_where_it_fits(family: Case, kind: str) -> None:
    with pytest.raises(Refused, match="does not follow"):
        go(family, kind)


def test_each_side_takes_its_own_steps_once(family: Case) -> None:
    with pytest.raises(PermissionDenied):
        retention.go_on(family, NOT_NEEDED, by=family.reader, on=DAY, today=TODAY)
    key = uuid4()
    assert go(family, NOT_NEEDED, form_key=key).pk == go(family, NOT_NEEDED, form_key=key).pk
    school = opened_by("Hill", family)
    with pytest.raises(PermissionDenied):
        retention.go_on(school, DESTROY_ASKED, by=school.reader, on=DAY, today=TODAY)
    with pytest.raises(Refused, match="before the step before it"):
        go(family, TOLD, on=DAY - timedelta(days=1))


def test_a_family_alone_has_nothing_to_mark(db: None) -> None:
    case = verbs.start_case(HOME, child=Child(name="Ana"))
    with pytest.raises(Refused, match="No school shares this file"):
        retention.go_on(case, NOT_NEEDED, by=HOME, on=DAY, today=TODAY)
    with pytest.raises(Refused, match="No school shares this file"):
        retention.destroy(case, by=HOME, on=DAY, today=TODAY, typed="Ana", checked=True, permanent={})


def test_the_notice_says_what_the_law_asks_for() -> None:
    told = retention.notice()
    for words in ("no longer needs", "Social Security", "copy", "destroy", "grades, attendance", "Check this with"):
        assert words in told


def test_every_step_has_a_title_and_a_sentence_and_every_column_a_label() -> None:
    assert set(TITLES) == set(STEPS)
    assert {step.verb for step in STEPS.values()} - set(SENTENCES) == set()
    assert tuple(LABELS) == PERMANENT


class Told(BaseStorage):
    """Messages that nobody reads."""

    def _get(self, *args: Any, **kwargs: Any) -> tuple[list[Any], bool]:
        return [], True

    def _store(self, messages: Any, response: Any, *args: Any, **kwargs: Any) -> list[Any]:
        return []


def test_the_pages_lead_there_step_by_step(settings: Settings, family: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.GAMEPLAN_SHARED = True
    monkeypatch.setenv("GAMEPLAN_TODAY", TODAY.isoformat())

    def asked(view: Callable[..., HttpResponse], name: str, **told: str) -> HttpResponse:
        request = RequestFactory().post("/", told) if told else RequestFactory().get("/")
        request.user = User.objects.get(name=name)
        request._messages = Told(request)  # type: ignore[attr-defined]
        return view(request, family.pk)

    def page(name: str) -> str:
        return asked(views.end_of_records, name).content.decode()

    on = TODAY.isoformat()
    assert "The records are no longer needed" in page("Hill")
    assert '<details class="sheet"' not in page("Rosa Lopez")
    for kind in (NOT_NEEDED, TOLD):
        asked(views.school_step, "Hill", step=kind, on=on)
    assert "Destroy the records" not in page("Hill")
    assert RetentionStep.objects.get(kind=TOLD).text == retention.notice()
    assert "Save the whole case first" in page("Rosa Lopez")
    assert "Ask the school to destroy them" in page("Rosa Lopez")
    assert asked(views.family_step, "Rosa Lopez", step=DESTROY_ASKED, on=on).status_code == 302
    assert "Destroy the records" in page("Hill")
    wrong = asked(views.destroy, "Hill", on=on, typed="Bob")
    assert wrong.status_code == 422
    assert "This is not the child’s name" in wrong.content.decode()
    done = asked(views.destroy, "Hill", on=on, typed="Ana", checked="on", grades="Mostly B")
    assert done.status_code == 302
    assert "Mostly B" in asked(views.permanent, "Hill").content.decode()


def test_no_other_table_knows_a_case_without_going_with_it() -> None:
    loose = {
        model.__name__ for model in apps.get_models() for field in model._meta.concrete_fields
        if field.attname == "case_id" and not field.is_relation
    }  # fmt: skip
    # `retention.destroy` takes invitations and kept copies out by itself; the API forgets its answers (`api.once`),
    # and `carrying.undoing` from which system a case came.
    assert loose == {"Access", "PermanentRecord", "Invitation", "KeptCopy", "Kept", "Line"}
