"""The pages on security say what is so: every requirement has its row, and every test that is named is there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "asvs.md"
ROW = re.compile(r"^\| (\d+\.\d+\.\d+)(?:-(\d+))? \| (.+) \| (.+?) \|(.*)\|$")
TEST = re.compile(r"`([\w/]+::test_\w+)`")
SERVED = [one for one in (ROOT / "gameplan").rglob("*.py") if one.relative_to(ROOT / "gameplan").parts[0] != "cli"]
NUMBER_OF: dict[str, int] = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2, "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1, "3.2": 2, "3.3": 4,
    "3.4": 6, "3.5": 5, "3.7": 2, "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4, "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3,
    "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4, "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5,
    "7.5": 2, "7.6": 2, "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1, "9.1": 3, "9.2": 4, "10.1": 2, "10.2": 2, "10.3": 4,
    "10.4": 11, "10.5": 5, "10.6": 2, "10.7": 3, "11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4, "11.5": 1, "11.6": 1,
    "12.1": 3, "12.2": 2, "12.3": 4, "13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5, "14.1": 2, "14.2": 4, "14.3": 3,
    "15.1": 3, "15.2": 3, "15.3": 7, "16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3, "17.1": 1, "17.2": 4,
    "17.3": 2,
}  # fmt: skip
"""How many requirements of level 1 and 2 each section of ASVS 5.0.0 has; in each they come before those of level 3."""


def rows() -> Iterator[tuple[str, str, str]]:
    """Each requirement with how it is met and what shows it; a row for several gives each of them."""
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        found = ROW.match(line)
        if found:
            section, _dot, first = found[1].rpartition(".")
            for number in range(int(first), int(found[2] or first) + 1):
                yield f"{section}.{number}", found[4], found[5].strip()


def test_every_requirement_has_one_row() -> None:
    wanted = [f"{section}.{number}" for section, most in NUMBER_OF.items() for number in range(1, most + 1)]
    assert [number for number, _how, _shown in rows()] == wanted
    assert len(wanted) == 253


def test_every_row_has_a_test_or_says_why_not() -> None:
    excused = ("does not apply", "**Gap", "**You", "no forced", "none", "not used", "merge no objects", "[security.md]")
    bare = [number for number, how, shown in rows() if not TEST.search(shown) and not any(e in how for e in excused)]
    assert bare == []


@pytest.mark.parametrize("name", sorted(set(TEST.findall(PAGE.read_text(encoding="utf-8")))))
def test_every_test_that_is_named_is_there(name: str) -> None:
    file, _colons, function = name.partition("::")
    path = ROOT / "tests" / f"{file}.py"
    assert re.search(rf"^def {function}\b", path.read_text(encoding="utf-8"), re.MULTILINE)


def _calls() -> Iterator[tuple[str, str]]:
    """Each call in what is served, and the file it stands in."""
    for path in SERVED:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield ast.unparse(node.func), str(path.relative_to(ROOT))


def test_nothing_served_runs_text_as_code() -> None:
    words = re.compile(r"^(eval|exec|compile|__import__|(pickle|marshal|shelve|yaml)\.\w+)$")
    assert [found for found in _calls() if words.match(found[0])] == []


def test_nothing_served_runs_another_program() -> None:
    words = re.compile(r"^(subprocess\.\w+|os\.(system|popen|exec\w*|spawn\w*)|Popen)$")
    rooms = ("gameplan/web", "gameplan/cases", "gameplan/papers", "gameplan/exchange", "gameplan/people")
    assert [(call, file) for call, file in _calls() if words.match(call) and file.startswith(rooms)] == []


def test_every_file_of_a_form_goes_through_one_field() -> None:
    words = re.compile(r"(^|\.)(FileField|ImageField|MultipleFileField)$")
    assert [(call, file) for call, file in _calls() if words.search(call)] == []
    past = re.compile(r"\.FILES(\[|\.get|\.items|\.values)")
    assert [path for path in SERVED if past.search(path.read_text(encoding="utf-8"))] == []


def test_nothing_served_mixes_where_words_come_from() -> None:
    assert [path for path in SERVED if "request.REQUEST" in path.read_text(encoding="utf-8")] == []
