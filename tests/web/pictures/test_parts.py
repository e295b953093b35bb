"""The parts of pages: what they say, and that nothing needs a style or a script of its own."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import Client

import gameplan.web
from gameplan.core.standing import STATUSES as ALL_STATUSES
from gameplan.core.words import Say
from gameplan.web.gallery import SampleForm
from gameplan.web.gallery_samples import answer_duty, school_days_duty, yearly_duty
from gameplan.web.pictures.marks import MARKS
from gameplan.web.templatetags.look import actors, days_said, leaf
from gameplan.web.words import ACTORS, POWERS, STATUSES

PACKAGE = Path(gameplan.web.__file__).parent
PAGES = ("/gallery/", "/gallery/question/", "/wrong/403/", "/wrong/404/", "/wrong/500/", "/wrong/csrf/")


@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_a_style_or_script_of_its_own(household: Client, path: str) -> None:
    page = household.get(path).content.decode()
    assert re.findall(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=|javascript:", page) == []
    assert "https://" not in re.sub(r'href="https://example\.org[^"]*"', "", page)


@pytest.mark.parametrize("path", PAGES)
def test_every_id_on_a_page_is_there_once(household: Client, path: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', household.get(path).content.decode())
    assert sorted(ids) == sorted(set(ids))


def test_every_status_of_the_engine_has_a_word_and_a_mark() -> None:
    assert set(STATUSES) == set(ALL_STATUSES)
    assert {one.mark for one in (*STATUSES.values(), *POWERS.values())} <= set(MARKS)
    assert len({str(one.word) for one in STATUSES.values()}) == len(STATUSES)


def test_every_actor_of_the_law_has_a_plain_name() -> None:
    from gameplan.core.sentences import SIDES

    assert set(SIDES) - {"state", "other"} <= set(ACTORS)


def test_a_duty_says_who_owes_what_to_whom_by_when() -> None:
    page = words(render_to_string("parts/duty.html", {"duty": answer_duty("late")}))
    assert "Owed by the school to you." in page
    assert "Late by September 24, 2025, 6 days late" in page
    assert "The rule: 19 TAC 89.1011(b)" in page


def test_a_duty_without_a_day_is_only_said_to_be_open() -> None:
    page = words(render_to_string("parts/duty.html", {"duty": replace(answer_duty("running"), due=None)}))
    assert "Still open" in page
    assert "In time so far" not in page


def test_a_duty_of_the_family_says_so() -> None:
    mine = replace(yearly_duty(), owed_by=("parent",))
    assert "This one is for you to do." in render_to_string("parts/duty.html", {"duty": mine})


def test_a_weak_source_says_with_whom_to_check() -> None:
    page = words(render_to_string("parts/duty.html", {"duty": school_days_duty()}))
    assert "Not fully sure This rests on a summary." in page


def test_the_reasons_can_be_fetched_when_they_are_opened() -> None:
    page = render_to_string("parts/duty.html", {"duty": answer_duty("late"), "why_url": "/why/1/"})
    assert 'hx-get="/why/1/"' in page
    assert '<a href="/why/1/">' in page
    assert "day-calendar" not in page


@pytest.mark.parametrize(
    ("status", "left", "late", "said"),
    [
        ("running", 12, None, "12 days left"),
        ("running", 1, None, "1 day left"),
        ("due-soon", 0, None, "Today is the last day"),
        ("late", None, 1, "1 day late"),
        ("met-late", None, 3, "3 days late"),
        ("met", 4, None, ""),
        ("cannot-tell", None, None, ""),
    ],
)
def test_days_are_said_in_words(status: str, left: int | None, late: int | None, said: str) -> None:
    assert days_said(replace(answer_duty("running"), status=status, days_left=left, days_late=late)) == said


def test_actors_are_joined_with_you_first() -> None:
    assert actors(("student", "parent")) == "you and your child"
    assert actors(("school",)) == "the school"
    assert actors(()) == ""


def test_the_leaf_shows_a_day_a_range_or_nothing() -> None:
    day = answer_duty("running")
    assert on_leaf(leaf(day)) == ["Sep", "24", "2025"]
    spread = replace(day, due=None, due_earliest=date(2025, 9, 28), due_latest=date(2025, 10, 6))
    assert on_leaf(leaf(spread)) == ["Sep–Oct", "28–6", "2025"]
    assert on_leaf(leaf(replace(day, due=None))) == ["–"]
    assert on_leaf(leaf(replace(day, status="met", done=date(2025, 9, 9)))) == ["Sep", "9", "2025"]


def on_leaf(drawn: str) -> list[str]:
    """The words on a leaf, from the top."""
    return re.findall(r">([^<>]+)<", drawn)


def test_a_field_is_tied_to_its_label_its_help_and_its_error() -> None:
    form = SampleForm({"name": ""})
    page = render_to_string("parts/field.html", {"field": form["name"]})
    assert '<label class="field__label" for="id_name">' in page
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'id="id_name_helptext"' in page
    assert 'id="id_name_error"' in page


@pytest.mark.parametrize("name", list(SampleForm.base_fields))
def test_a_hidden_label_is_still_there_for_a_screen_reader(name: str) -> None:
    page = render_to_string("parts/field.html", {"field": SampleForm()[name], "hide_label": True})
    assert str(SampleForm()[name].label) in page


def test_the_list_of_faults_links_to_fields_that_are_there() -> None:
    form = SampleForm({"how": "pigeon"})
    faults = render_to_string("parts/faults.html", {"form": form})
    fields = "".join(render_to_string("parts/field.html", {"field": field}) for field in form)
    targets = re.findall(r'href="#([^"]+)"', faults)
    assert len(targets) == 4
    assert all(f'id="{target}"' in fields for target in targets)


def test_a_form_without_faults_has_no_list_of_faults() -> None:
    assert "role=" not in render_to_string("parts/faults.html", {"form": SampleForm()})


def test_a_notice_takes_a_sentence_of_the_engine() -> None:
    page = render_to_string("parts/notice.html", {"text": Say("Due {day}", {"day": date(2025, 9, 24)})})
    assert "Due September 24, 2025" in page


def test_the_question_page_keeps_its_order(household: Client) -> None:
    page = words(household.get("/gallery/question/").content.decode())
    order = ("When did the school get", "Why we ask:", "In a letter", "Save and go on", "Skip for now",
             "Back", "What happens next:")  # fmt: skip
    places = [page.index(said) for said in order]
    assert places == sorted(places)


def test_each_language_is_offered_by_its_own_name(household: Client) -> None:
    for here, other in (("en", "Español"), ("es", "English")):
        page = household.get("/gallery/question/", headers={"Accept-Language": here}).content.decode()
        assert f">{other}</button>" in page


def test_the_chosen_look_is_kept_and_leads_back(household: Client) -> None:
    answer = household.post("/look/", {"look": "dark", "next": "/gallery/question/"})
    assert answer.headers["Location"] == "/gallery/question/"
    assert household.cookies["look"].value == "dark"
    assert household.cookies["look"]["httponly"]
    assert '<html lang="en" dir="ltr" data-look="dark">' in household.get("/gallery/question/").content.decode()


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_the_look_never_leads_elsewhere(household: Client, back: str) -> None:
    assert household.post("/look/", {"look": "dark", "next": back}).headers["Location"] == "/"


def test_a_look_that_does_not_exist_is_not_kept(household: Client) -> None:
    household.post("/look/", {"look": "loud"})
    assert "look" not in household.cookies
    assert household.get("/look/").status_code == 405


def test_the_fonts_ship_with_their_licences_and_stay_small() -> None:
    fonts = PACKAGE / "static/web/fonts"
    assert sum(font.stat().st_size for font in fonts.glob("*.woff2")) < 300 * 1024
    named = re.findall(r'url\("\.\./fonts/([^"]+)"\)', (PACKAGE / "static/web/css/fonts.css").read_text())
    assert set(named) == {font.name for font in fonts.glob("*.woff2")}
    for licence in ("OFL-besley.txt", "OFL-atkinson-hyperlegible-next.txt"):
        assert "SIL Open Font License" in (fonts / licence).read_text()


def words(page: str) -> str:
    """What is left for the eye: the text without tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)).replace(" ,", ",").strip()
