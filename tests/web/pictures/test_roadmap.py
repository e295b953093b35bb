"""The drawing of the road, and the same in words."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import date

import pytest

from gameplan.core.words import ENGLISH, Tongue
from gameplan.web.gallery_samples import STORY, Moment, moments
from gameplan.web.pictures.lettering import lines_of, width_of
from gameplan.web.pictures.roadmap import roadmap, roadmap_in_words
from tests.web.pictures.moments import case, duty, standing

SHOUTING = Tongue("de", lambda text: text.replace(" ", "lang ") if "{" not in text else text)
MOMENTS = {moment.name: moment for moment in moments()}


@pytest.mark.parametrize("narrow", [True, False])
@pytest.mark.parametrize("name", MOMENTS)
def test_it_is_one_image_with_a_name_and_no_style_of_its_own(name: str, narrow: bool) -> None:
    picture = drawn(MOMENTS[name], narrow=narrow)
    assert picture.get("role") == "img"
    assert "You are at stop" in str(picture.get("aria-label"))
    assert [one.tag for one in picture.iter() if one.get("style") or one.tag in ("style", "script")] == []


@pytest.mark.parametrize("narrow", [True, False])
@pytest.mark.parametrize("name", MOMENTS)
def test_everything_drawn_lies_on_the_paper(name: str, narrow: bool) -> None:
    picture = drawn(MOMENTS[name], narrow=narrow, tongue=SHOUTING)
    _left, _top, width, height = (float(part) for part in str(picture.get("viewBox")).split())
    for box in picture.iter("rect"):
        x, y, wide, high = (float(box.get(side, "0")) for side in ("x", "y", "width", "height"))
        assert x >= 0
        assert y >= 0
        assert x + wide <= width + 1, box.get("class")
        assert y + high <= height + 1, box.get("class")


def test_what_people_write_is_escaped() -> None:
    open_duty = duty(due=date(2025, 9, 24), title='<script>alert("1")</script>')
    picture = roadmap(standing("request", open_duty), case(*STORY[:2]), ENGLISH, narrow=True)
    assert "<script" not in picture
    assert "&lt;script&gt;" in picture


def test_the_words_say_all_that_the_drawing_shows() -> None:
    moment = MOMENTS["Evaluation"]
    words = roadmap_in_words(moment.standing, moment.case, ENGLISH)
    assert words.count("<li") == 11
    assert words.count('aria-current="step"') == 1
    for said in ("Done, September 3, 2025", "You are here", "Still to come", "Was due Sep 24, 2025"):
        assert said in words


def test_the_words_list_the_ways_on_after_a_no() -> None:
    moment = MOMENTS["The school said no"]
    words = roadmap_in_words(moment.standing, moment.case, ENGLISH)
    assert "The answer was no" in words
    assert "<li>Ask about a 504 plan</li>" in words


def test_lines_fit_their_room_and_lose_nothing() -> None:
    text = "Terminar la primera evaluación y darle el informe"
    lines = lines_of(text, 15, 160)
    assert " ".join(lines) == text
    assert all(width_of(line, 15) <= 160 for line in lines)


def test_lines_are_about_equally_long() -> None:
    assert lines_of("If the answer is no, there are other ways on.", 14, 288) == [
        "If the answer is no, there",
        "are other ways on.",
    ]


def test_a_word_too_long_for_its_room_is_broken_with_hyphens() -> None:
    pieces = lines_of("Donaudampfschifffahrtsgesellschaft", 16, 100)
    assert "".join(piece.rstrip("-") for piece in pieces) == "Donaudampfschifffahrtsgesellschaft"
    assert all(width_of(piece, 16) <= 100 for piece in pieces)


def drawn(moment: Moment, *, narrow: bool, tongue: Tongue = ENGLISH) -> ET.Element:
    return ET.fromstring(roadmap(moment.standing, moment.case, tongue, narrow=narrow))
