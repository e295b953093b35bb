"""Languages: who wants which, what was asked for, by when it is needed, who did it."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from gameplan.cases.models import Access, Case
from gameplan.cases.verbs import record_fact
from gameplan.notices import doors, language
from gameplan.notices.models import LanguageHelp
from gameplan.people.models import User
from gameplan.people.refusals import Refused
from tests.notices.conftest import TODAY, who

pytestmark = pytest.mark.django_db
MEETING = date(2025, 10, 2)


def asked(case: Case, mother: User, what: str = "interpreter") -> LanguageHelp:
    return language.ask_help(
        case, by=case.reader, what=what, person=str(mother.pk), name="Rosa Lopez", lang="es", on=TODAY,
        needed_by=MEETING,
    )  # fmt: skip


def test_the_last_wish_counts(at_home: Case, mother: User) -> None:
    for papers in ("en", "es"):
        language.wish(at_home, by=at_home.reader, person=str(mother.pk), papers=papers, meetings="es", on=TODAY)
    assert who(at_home, str(mother.pk)).lang == "es"
    assert Access.objects.filter(case_id=at_home.pk, action="set-language").count() == 2
    with pytest.raises(Refused, match="missing or too long"):
        language.wish(at_home, by=at_home.reader, person=str(mother.pk), papers=" ", meetings="x" * 61, on=TODAY)


def test_asked_needed_and_done(at_home: Case, at_school: Case, mother: User) -> None:
    one = asked(at_home, mother)
    found = language.one_help(at_school, one.key)
    language.help_done(found, by=at_school.reader, on=MEETING, by_whom="Mr. Diaz")
    done = LanguageHelp.objects.get(pk=one.pk)
    assert (done.asked_on, done.needed_by, done.done_on, done.by_whom) == (TODAY, MEETING, MEETING, "Mr. Diaz")
    actions = list(Access.objects.filter(case_id=at_home.pk, about__startswith="language-help").order_by("id"))
    assert [row.action for row in actions] == ["ask-interpreter", "interpreter-done"]
    assert all(row.digest for row in actions)
    with pytest.raises(Refused, match="already written down"):
        language.help_done(found, by=at_school.reader, on=MEETING, by_whom="Mr. Diaz")


def test_a_notice_that_was_told_says_if_it_was_understood(at_home: Case, at_school: Case, mother: User) -> None:
    found = language.one_help(at_school, asked(at_home, mother, "oral").key)
    with pytest.raises(Refused) as refused:
        language.help_done(found, by=at_school.reader, on=date(2025, 9, 1), by_whom="")
    assert [fault.where for fault in refused.value.faults] == ["by_whom", "done_on", "understood"]
    language.help_done(found, by=at_school.reader, on=TODAY, by_whom="Ms. Xiong", understood=True)


def test_what_cannot_be_asked_for_is_refused_at_once(at_home: Case, mother: User) -> None:
    with pytest.raises(Refused) as refused:
        language.ask_help(
            at_home, by=at_home.reader, what="magic", person=str(mother.pk), lang="", on=TODAY,
            needed_by=date(2025, 9, 1),
        )  # fmt: skip
    assert [fault.where for fault in refused.value.faults] == ["what", "lang", "needed_by"]


def test_the_same_form_asks_once(at_home: Case, mother: User) -> None:
    key = uuid4()
    for _ in range(2):
        language.ask_help(
            at_home, by=at_home.reader, what="translation", person=str(mother.pk), lang="es", on=TODAY, form_key=key
        )
    assert doors.help_of(at_home).count() == 1


def test_the_next_meeting_says_when_an_interpreter_is_needed(at_school: Case) -> None:
    assert language.next_meeting(at_school, TODAY) is None
    data = {"date": TODAY, "kind": "eligibility", "for_date": MEETING, "invited": ["parent"]}
    record_fact(at_school, by=at_school.reader, kind="meeting-notice-sent", on=TODAY, data=data)
    assert language.next_meeting(at_school, TODAY) == MEETING
    assert language.next_meeting(at_school, date(2025, 10, 3)) is None
