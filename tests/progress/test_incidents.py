"""Notes on behavior: made in a few taps, put right and taken back by their own side, seen by who sees the measure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from gameplan.cases.models import Access, Case
from gameplan.cases.verifying import verdicts
from gameplan.measures.behaviour import patterns
from gameplan.people.refusals import Refused
from gameplan.progress.incidents import (
    Seen,
    correct_incident,
    counted_of,
    incident_rows,
    incidents_of,
    note_incident,
    withdraw_incident,
)
from gameplan.progress.measuring import Aim, What
from gameplan.progress.models import Measure
from tests.progress.conftest import Begin, Opened
from tests.shared import run_shared
from tests.sides import browser_of

pytestmark = pytest.mark.django_db
LEAVES = Aim("Leaves the seat", rises=False)
BEHAVIOR = What("behavior", "count")
DAY = date(2025, 11, 12)
SEEN = Seen(
    DAY, "Work was hard", "Ran to the door", "Got a break or a quiet place", time(9, 20), "Classroom", 4, 3, "Rain"
)


@pytest.fixture
def leaves(begin: Begin) -> Measure:
    """A behavior that the school notes."""
    return begin(what=BEHAVIOR, aim=LEAVES)


def test_an_aide_notes_it_and_sent_twice_it_is_kept_once(leaves: Measure, opened: Opened) -> None:
    ada, key = opened("ada"), uuid4()
    first, again = (note_incident(leaves, by=ada.reader, seen=SEEN, form_key=key) for _time in range(2))
    assert first.pk == again.pk
    assert (first.number, first.role, first.side, first.at, first.minutes) == (1, "aide", "school", time(9, 20), 4)
    assert actions(leaves) == [("note-incident", "incident:m1/1")]
    assert verdicts_of(leaves) == []


def test_it_is_put_right_and_taken_back_and_all_stays_to_be_read(leaves: Measure, opened: Opened) -> None:
    ada, tess = opened("ada"), opened("tess")
    note_incident(leaves, by=ada.reader, seen=SEEN)
    right = correct_incident(leaves, 1, by=tess.reader, seen=replace(SEEN, antecedent=" Had to wait "))
    assert (right.antecedent, right.corrects) == ("Had to wait", 1)
    withdraw_incident(leaves, right.number, by=ada.reader)
    assert incidents_of(leaves) == []
    assert [one.number for one in incident_rows(leaves)] == [1, 2, 3]
    assert [what for what, _about in actions(leaves)] == ["note-incident", "correct-incident", "withdraw-incident"]
    with pytest.raises(Http404):
        correct_incident(leaves, 1, by=tess.reader, seen=SEEN)
    assert verdicts_of(leaves) == []


def test_each_side_puts_right_its_own(leaves: Measure, opened: Opened) -> None:
    rosa, tess = opened("rosa"), opened("tess")
    note_incident(leaves, by=rosa.reader, seen=SEEN)
    with pytest.raises(PermissionDenied):
        correct_incident(leaves, 1, by=tess.reader, seen=SEEN)
    with pytest.raises(PermissionDenied):
        withdraw_incident(leaves, 1, by=tess.reader)
    assert len(incident_rows(leaves)) == 1


def test_all_that_is_wrong_is_said_at_once(leaves: Measure, opened: Opened) -> None:
    bad = Seen(date(2025, 11, 15), " ", "\x00", "x" * 501, minutes=2000, intensity=6)
    with pytest.raises(Refused) as refused:
        note_incident(leaves, by=opened("ada").reader, seen=bad)
    assert [fault.where for fault in refused.value.faults] == [
        "on", "antecedent", "behavior", "consequence", "minutes", "intensity",
    ]  # fmt: skip
    assert incident_rows(leaves) == []


def test_only_a_behavior_has_such_notes(begin: Begin) -> None:
    words = begin()
    with pytest.raises(Http404):
        note_incident(words, by=words.case.reader, seen=SEEN)


def test_words_that_are_offered_count_together_in_both_languages(leaves: Measure, opened: Opened) -> None:
    ada = opened("ada")
    for text in ("Classroom", " classroom ", "Grandma's car"):
        note_incident(leaves, by=ada.reader, seen=replace(SEEN, place=text))
    found = patterns(counted_of(incidents_of(leaves), "en"))
    assert [(one.name, one.times) for one in found.settings] == [("Classroom", 2), ("Grandma's car", 1)]


@pytest.fixture
def browser(case: Case, settings: Settings, tmp_path: Path, opened: Opened) -> Client:
    """The aide's browser."""
    run_shared(settings, tmp_path)
    return browser_of(opened("ada").reader)


def test_two_taps_and_keeping_it_are_enough(browser: Client, leaves: Measure) -> None:
    place = reverse("web:note-incident", args=(leaves.case_id, "m1"))
    page = browser.get(place)
    start = page.context["form"].initial
    form = {
        "form_key": start["form_key"], "on": "2025-11-14", "at": "10:05", "behavior": start["behavior"],
        "antecedent": "Had to wait", "consequence": "Was told to stop", "intensity": "", "place": "",
    }  # fmt: skip
    answer = browser.post(place, form, follow=True)
    assert "Noted. It stands first in the list." in answer.content.decode()
    browser.post(place, form)
    (row,) = incident_rows(leaves)
    assert (row.antecedent, row.behavior, row.place, row.intensity) == ("Had to wait", "Leaves the seat", "", None)
    assert "Had to wait" in answer.content.decode()


def test_ones_own_words_go_first_and_are_offered_again(browser: Client, leaves: Measure) -> None:
    place = reverse("web:note-incident", args=(leaves.case_id, "m1"))
    form = {
        "on": "2025-11-14", "behavior": "Hit the desk", "antecedent": "Had to wait", "antecedent_own": "Math drill",
        "consequence": "Was told to stop", "intensity": "2",
    }  # fmt: skip
    browser.post(place, form)
    (row,) = incident_rows(leaves)
    assert (row.antecedent, row.intensity) == ("Math drill", 2)
    assert browser.get(place).context["form"].fields["antecedent"].choices[0] == ("Math drill", "Math drill")
    again = reverse("web:correct-incident", args=(leaves.case_id, "m1", 1))
    assert browser.get(again).context["form"].initial["antecedent"] == "Math drill"
    answer = browser.post(again, form | {"antecedent_own": "", "antecedent": ""})
    assert answer.status_code == 422
    assert "Say what came just before." in answer.content.decode()
    browser.post(again, form | {"antecedent_own": "", "antecedent": "Math drill", "minutes": "3"})
    assert [one.minutes for one in incidents_of(leaves)] == [3]
    assert browser.post(f"{again[:-2]}2/withdraw/").status_code == 302
    assert incidents_of(leaves) == []


def test_the_school_does_not_find_what_the_family_notes_alone(browser: Client, begin: Begin) -> None:
    home = begin("rosa", BEHAVIOR, Aim("Cries before school", rises=False), shown=False)
    note_incident(home, by=home.case.reader, seen=replace(SEEN, place="In the kitchen"))
    for name in ("behavior", "note-incident"):
        assert browser.get(reverse(f"web:{name}", args=(home.case_id, home.measure_id))).status_code == 404
    rosa = browser_of(home.case.reader)
    page = rosa.get(reverse("web:behavior", args=(home.case_id, home.measure_id)))
    assert "In the kitchen" in page.content.decode()


def test_the_page_shows_what_notes_have_in_common_between_two_days(browser: Client, leaves: Measure) -> None:
    for day in range(1, 8):
        note_incident(leaves, by=leaves.case.reader, seen=replace(SEEN, on=date(2025, 11, day)))
    place = reverse("web:behavior", args=(leaves.case_id, "m1"))
    page = browser.get(place).content.decode()
    assert "7 of 7 times, this came before: Work was hard." in page
    assert "A count is no verdict." in page
    some = browser.get(f"{place}?since=2025-11-03&until=2025-11-04").content.decode()
    assert "Times written down: 2. From 5 on, patterns are shown." in some
    assert browser.get(f"{place}?since=2025-11-03&until=2025-11-01").status_code == 422


def test_a_behavior_is_begun_from_the_page_of_progress(browser: Client, case: Case) -> None:
    place = reverse("web:begin-measure", args=(case.pk,)) + "?about=behavior"
    assert place.replace("&", "&amp;") in browser.get(reverse("web:progress", args=(case.pk,))).content.decode()
    start = browser.get(place).context["form"].initial
    answer = browser.post(place, {**start, "form_key": str(uuid4()), "title": "Leaves the seat"})
    assert answer.status_code == 302
    made = Measure.objects.get(case=case)
    assert answer["Location"] == reverse("web:behavior", args=(case.pk, made.measure_id))
    assert (made.about, made.way) == ("behavior", "count")


def actions(measure: Measure) -> list[tuple[str, str]]:
    found = Access.objects.filter(case_id=measure.case_id, about__startswith="incident:").order_by("id")
    return [(one.action, one.about) for one in found]


def verdicts_of(measure: Measure) -> list[object]:
    (verdict,) = verdicts(measure.case_id)
    return list(verdict.findings)
