"""The colours: every pair that meets on a page can be read, by day, by night and on paper (WCAG 2.2 AA)."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

TEXT, SHAPE = 4.5, 3.0
TONES = ("green", "red", "blue", "plum", "grey")
READ = [
    *((ink, ground) for ink in ("ink", "ink-soft", "link") for ground in ("desk", "desk-lit", "sheet", "sheet-low")),
    *(("ink", f"{tone}-soft") for tone in (*TONES, "lamp")),
    *(("sheet", tone) for tone in TONES),
    *(("link", f"{tone}-soft") for tone in (*TONES, "lamp")),
    ("sheet", "ink"),
    ("ink-on-dark", "ink"),
    ("on-act", "act"),
    ("on-act", "act-deep"),
    ("on-lamp", "lamp"),
    ("red", "sheet"),
    ("red", "desk"),
    ("red", "red-soft"),
]
SEEN = [
    *(("edge", ground) for ground in ("desk", "desk-lit", "sheet", "sheet-low")),
    *((tone, ground) for tone in TONES for ground in ("sheet", "desk", f"{tone}-soft")),
    *(("act", ground) for ground in ("sheet", "desk")),
    *(("focus", ground) for ground in ("desk", "desk-lit", "sheet", "sheet-low")),
    ("ink", "lamp-soft"),
]
LOOKS = ("light", "dark")


@pytest.fixture
def colours(css: Callable[[str], str]) -> dict[str, dict[str, str]]:
    day, chosen_night, device_night = blocks(css("tokens.css"))
    assert chosen_night == device_night, "the two copies of the night colours differ"
    return {"light": day, "dark": day | chosen_night}


def blocks(text: str) -> list[dict[str, str]]:
    """The colours of the blocks of the token file: day, night by choice, night by device."""
    found = [dict(re.findall(r"--([\w-]+):\s*([^;]+);", body)) for body in re.findall(r"\{([^{}]*)\}", text)]
    return [block for block in found if "desk" in block and block["desk"] != "Canvas"]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(("ink", "ground"), READ)
def test_words_can_be_read(colours: dict[str, dict[str, str]], look: str, ink: str, ground: str) -> None:
    assert contrast(colours[look][ink], colours[look][ground]) >= TEXT


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(("line", "ground"), SEEN)
def test_shapes_can_be_seen(colours: dict[str, dict[str, str]], look: str, line: str, ground: str) -> None:
    assert contrast(colours[look][line], colours[look][ground]) >= SHAPE


def test_words_can_be_read_on_paper(css: Callable[[str], str]) -> None:
    (paper,) = blocks(css("paper.css"))
    for ink in ("ink", "ink-soft", "link", "green", "red", "blue", "plum", "grey"):
        assert contrast(paper[ink], paper["sheet"]) >= TEXT, ink


def test_every_colour_that_is_used_is_a_token(css: Callable[[str], str]) -> None:
    known = set(re.findall(r"(--[\w-]+):", css("tokens.css")))
    for name in ("base.css", "parts.css", "pictures.css", "law.css"):
        text = css(name)
        assert set(re.findall(r"var\((--[\w-]+)", text)) <= known | set(re.findall(r"(--[\w-]+):", text)), name
        assert re.findall(r"#[0-9a-fA-F]{3,8}\b", text) == [], name


def test_no_style_sheet_asks_for_anything_from_outside(css: Callable[[str], str]) -> None:
    for name in ("fonts.css", "tokens.css", "base.css", "parts.css", "pictures.css", "paper.css", "law.css"):
        assert "http" not in re.sub(r'a\[href\^="http"\]', "", css(name)), name
        assert "data:" not in css(name), name


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    wide = digits if len(digits) == 6 else "".join(two * 2 for two in digits)
    red, green, blue = (channel(int(wide[at : at + 2], 16) / 255) for at in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def channel(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)
