"""Two cases become one, each with requests, notices, deliveries, languages: all goes along once, and nothing leaks."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.http import Http404
from pytest_django import DjangoDbBlocker

from gameplan.cases import amending, retention
from gameplan.cases.doors import case_for, facts_of, paper_of
from gameplan.cases.merging import where_now
from gameplan.cases.models import Case
from gameplan.cases.verifying import verdicts
from gameplan.core.record_shapes import Records
from gameplan.notices import doors, opening
from gameplan.notices.delivering import deliver_next, next_at, returned
from gameplan.notices.models import Delivery, LanguageHelp, Notice
from gameplan.notices.proofs import State, What
from gameplan.notices.recipients import recipient_of
from gameplan.together.merging import told_of
from tests.carried import (
    NOW,
    SECRET,
    TABLES,
    TODAY,
    Files,
    chose,
    in_case,
    kept_for_all,
    make_files,
    put_files_together,
    wished,
)
from tests.sides import make_sides

pytestmark = pytest.mark.django_db
Rows = Mapping[Any, tuple[list[Any], list[Any]]]


@dataclass
class Merged:
    """Both files after they became one, and what was in each before: the rows, and what the school saw of its own."""

    files: Files
    dan: str
    before: Rows
    seen_before: Records

    @property
    def home(self) -> Case:
        """The case as Rosa opens it."""
        return case_for(self.files.rosa, self.files.theirs.pk)

    @property
    def oak(self) -> Case:
        """The case as the school opens it."""
        return case_for(self.files.kim, self.files.theirs.pk)


@pytest.fixture(scope="module")
def merged(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Merged]:
    """Put together once for all tests here; each of them takes back what it does itself."""
    with kept_for_all(django_db_blocker):
        yield _put_together(make_files(make_sides()))


def _put_together(files: Files) -> Merged:
    """The family shows the first fact, and all that tells of its last request."""
    dan = files.sides.family("dan")
    for case in (files.mine, files.theirs):
        case.members.create(person=dan.id, role="parent", decides=True)
    wished(case_for(dan, files.mine.pk), dan.id, date(2025, 9, 19), "es")
    chose(case_for(dan, files.mine.pk), dan.id, date(2025, 9, 19), by_email=True)
    last = amending.amendment_of(files.mine, 2)
    chosen = ["fact:f1", f"fact:{last.fact_id}", *(f"fact:{one.fact_id}" for one in last.steps.all())]
    before = {table: (in_case(table, files.theirs), in_case(table, files.mine)) for table in TABLES}
    seen_before = told_of(case_for(files.kim, files.theirs.pk)).records
    assert opening.waiting(files.token, NOW).delivery.case_id == files.mine.pk
    put_files_together(files, chosen)
    return Merged(files, dan.id, before, seen_before)


def says(row: Any) -> str:
    """What a row says that no renaming and no bringing over changes."""
    names = ("kind", "what", "on", "at", "kept_at", "made_at", "wrong", "should", "text", "title", "sha256", "values",
             "leaves", "way", "person", "to_name", "address", "papers", "meetings", "note", "by_email", "for_what",
             "asked_on", "done_on", "by_whom", "handed_by", "role", "by_person", "made_by", "lang", "how", "side",
             "is_original", "interpreter", "understood", "told_of_hearing")  # fmt: skip
    found = {name: getattr(row, name) for name in names if hasattr(row, name)}
    person = str(getattr(row, "person", ""))
    if person.startswith("link:"):
        found["person"] = "link"
    told = json.dumps(found, sort_keys=True, default=str)
    return f"{type(row).__name__} {told}"


def test_every_row_of_both_is_there_once(merged: Merged) -> None:
    """Also the closing of links and the end of an e-mail that waited: written down in the file that closes."""
    for table, (theirs, mine) in merged.before.items():
        stopped = [one for one in in_case(table, merged.files.mine) if one.pk not in {row.pk for row in mine}]
        now = in_case(table, merged.files.theirs)
        assert sorted(map(says, now)) == sorted(map(says, (*theirs, *mine, *stopped))), table
        assert [one.pk for one in now[: len(theirs)]] == [one.pk for one in theirs], table
        assert len(mine) > 0, table


def test_the_trails_of_both_hold(merged: Merged) -> None:
    for key in (merged.files.mine.pk, merged.files.theirs.pk):
        (verdict,) = verdicts(key)
        assert verdict.findings == ()
        assert {one.partition(":")[0] for one in verdict.unknown} <= {"case", "merging", "school"}


def test_a_request_refers_to_what_it_did_before(merged: Merged) -> None:
    case = merged.home
    facts = {one.id: one for one in facts_of(case).facts}
    refused = next(one for one in amending.amendments_of(case) if len(one.steps.all()) > 1)
    kind, _colon, name = refused.about.partition(":")
    assert (refused.number, kind, facts[name].kind) == (2, "fact", "meeting-held")
    assert facts[refused.fact_id].kind == "record-change-requested"
    steps = {one.kind: one for one in amending.steps_of(refused)}
    assert facts[steps[amending.HEARING_ASKED].fact_id].kind == "record-hearing-requested"
    assert SECRET.encode() in bytes(paper_of(case, steps[amending.STATEMENT].paper_id).content)


def test_notices_and_deliveries_refer_to_what_they_did_before(merged: Merged) -> None:
    case, old_case = merged.home, merged.files.mine.pk
    facts = {one.id: one for one in facts_of(case).facts}
    old = Notice._base_manager.get(case=old_case, notice_id="n1")
    new = Notice._base_manager.get(case=case, notice_id=where_now(old_case, "notice", "n1"))
    assert new.notice_id != "n1"
    assert facts[new.about_event].account_of == "f1"
    assert new.editions.get(lang="es").sha256 == old.editions.get(lang="es").sha256
    assert Notice._base_manager.get(case=case, corrects=new.notice_id).about_event == new.about_event
    delivery = next(one for one in doors.deliveries_of(case, new.about) if one.way == "email")
    assert facts[delivery.fact_id].kind == "pwn-sent"
    opened = next(one for one in doors.marks_of(delivery) if one.what == What.OPENED)
    assert opened.person == f"link:{delivery.delivery_id}"
    assert opening.paper_delivered(delivery, case).leaf("es")
    assert [one.about for one in LanguageHelp._base_manager.filter(case=case, what="interpreter")] == [new.about]


def test_no_link_and_no_waiting_mail_goes_along(merged: Merged) -> None:
    case = merged.oak
    assert next_at() is None
    assert deliver_next(NOW, lambda _mail: pytest.fail("a mail went out"), link=str) is None
    with pytest.raises(Http404):
        opening.waiting(merged.files.token, NOW)
    brought = Delivery._base_manager.filter(case=case, brought=True, way="email")
    assert sorted(brought.values_list("state", flat=True)) == [State.FAILED, State.SENT]
    sent = brought.get(state=State.SENT)
    assert returned(sent.message_id, "no such box", NOW) == sent
    assert {one.what for one in sent.proved.all()} >= {What.CLOSED, What.FAILED}


def test_the_later_word_is_in_force_and_the_earlier_is_history(merged: Merged) -> None:
    """Rosa's choice in her own file is later than that in the school's, and her wish is earlier."""
    rosa = recipient_of(merged.oak, merged.files.rosa.id)
    assert rosa
    assert (rosa.lang, rosa.by_email) == ("en", True)
    mine = [one for one in doors.wishes_of(merged.home) if one.person == rosa.person]
    assert [one.papers for one in mine] == ["es", "en"]
    assert [one.note for one in mine] == [f"{SECRET} reads slowly", ""]
    choices = [one for one in doors.choices_of(merged.home) if one.person == rosa.person]
    assert [one.by_email for one in choices] == [False, True]


def test_nobody_chooses_for_somebody_else_by_bringing_a_file(merged: Merged) -> None:
    """The father's choice in the mother's file is history: else she could have his notices sent to her."""
    found = recipient_of(merged.oak, merged.dan)
    assert found
    assert (found.wish, found.choice) == (None, None)
    assert merged.dan not in {one.person for one in doors.choices_of(merged.oak)}
    assert [one.person for one in doors.choices_of(merged.home)].count(merged.dan) == 1


def test_what_another_school_said_of_its_records_counts_for_nothing_here(merged: Merged) -> None:
    home, oak = merged.home, merged.oak
    assert [one.kind for one in retention.steps_of(home)] == ["not-needed", "not-needed", "told", "copy-asked"]
    assert [one.kind for one in retention.steps_of(oak)] == ["not-needed"]
    for side in (home, oak):
        now = retention.standing_of(retention.steps_of(side))
        assert (now.told, now.owes_copy) == (None, False)


def test_the_school_sees_only_what_the_family_shows(merged: Merged) -> None:
    before, after = merged.seen_before, told_of(merged.oak).records
    for what in ("retention", "language_help"):
        assert after[what] == before[what], what
    assert [one["id"] for one in after["amendments"]] == ["1", "3"]
    assert {one["id"] for one in after["notices"]} - {one["id"] for one in before["notices"]} == {"n5", "n6"}
    others = [rows for what, rows in after.items() if what != "amendments"]
    assert SECRET not in str(others)
    assert SECRET in str(told_of(merged.home).records["notices"])


def test_a_request_that_is_shown_goes_on_and_the_next_has_a_number_of_its_own(merged: Merged) -> None:
    oak, home = merged.oak, merged.home
    assert amending.next_steps(amending.amendment_of(oak, 3)) == (amending.MENDED,)
    with pytest.raises(Http404):
        amending.amendment_of(oak, 2)
    made = amending.ask(home, by=home.reader, on=TODAY, today=TODAY, about="", wrong="Once more.", should="So.")
    assert made.number == 4
