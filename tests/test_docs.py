"""The pages of docs/, without building the site: all in the tree, no link to nowhere, no command that is not there."""

from __future__ import annotations

import re
import shlex
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer.main

from gameplan.cli import app
from gameplan.cli.backup import MakesOne
from scripts.pictures import FOLDER, PICTURES
from scripts.site import LOOKED_AT, faults_in
from tests.reading import MOST_GRADE, grade

HOUSE = Path(__file__).parents[1]
DOCS = HOUSE / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
NAMES = [str(page.relative_to(DOCS)) for page in PAGES]
FAMILIES = sorted((DOCS / "families").glob("*.md"))
FENCE = re.compile(r"^ *```.*?^ *```", re.MULTILINE | re.DOTALL)
TREE = re.compile(r"^```\{toctree\}\n(?P<body>.*?)^```", re.MULTILINE | re.DOTALL)
SHELL = re.compile(r"^ *```sh\n(?P<body>.*?)^ *```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?P<picture>!?)\[(?P<text>[^\]]*)\]\((?P<to>[^)\s]+)\)")
HEADING = re.compile(r"^#+ (?P<words>.+)$", re.MULTILINE)
TARGET = re.compile(r"^([a-z]+):", re.MULTILINE)


@cache
def prose(page: Path) -> str:
    """The page without what stands in fences."""
    return FENCE.sub("", page.read_text(encoding="utf-8"))


def entries(page: Path) -> Iterator[Path]:
    """The pages that the page has in its tree."""
    for block in TREE.finditer(page.read_text(encoding="utf-8")):
        for line in filter(None, block["body"].splitlines()):
            if not line.startswith(":"):
                found = sorted(page.parent.glob(f"{line}.md"))
                assert found, f"{page}: {line} is not there"
                yield from (one.resolve() for one in found)


def links(page: Path) -> Iterator[tuple[bool, str, str]]:
    """Is it a picture, its words, and where it leads, for each link of the page to something of the project."""
    for found in LINK.finditer(prose(page)):
        if "://" not in found["to"]:
            yield bool(found["picture"]), found["text"], found["to"]


def anchors(page: Path) -> set[str]:
    """What a link can name after `#`: the headings, as GitHub and the site call them."""
    plain = (re.sub(r"[^\w\- ]", "", found["words"].lower()) for found in HEADING.finditer(prose(page)))
    return {words.strip().replace(" ", "-") for words in plain}


def shell_lines(page: Path) -> list[str]:
    found = SHELL.finditer(page.read_text(encoding="utf-8"))
    return [line.strip() for block in found for line in block["body"].splitlines() if line.strip()]


def command_fault(line: str) -> str:
    """What is wrong with a line of a shell that begins with `gameplan` or `make`; empty if nothing is."""
    program, *words = shlex.split(line.partition(" > ")[0], comments=True)
    if program == "make":
        targets = set(TARGET.findall((HOUSE / "Makefile").read_text(encoding="utf-8")))
        return "".join(f"make {word} is not there" for word in words[:1] if word not in targets)
    if program.removeprefix(".venv/bin/") != "gameplan":
        return "it begins neither with gameplan nor with make"
    return gameplan_fault(words)


def gameplan_fault(words: list[str]) -> str:
    command: Any = typer.main.get_command(app)
    while commands := getattr(command, "commands", {}):
        name = next(iter(words), "")
        if name not in commands and not isinstance(command, MakesOne):
            return f"{command.name} has no {name!r}"
        command, words = (commands[name], words[1:]) if name in commands else (commands["make"], words)
    known = {option for param in command.params for option in param.opts}
    lacking = [word for word in words if word.startswith("-") and word.partition("=")[0] not in {*known, "--help"}]
    return f"{command.name} has no {', '.join(lacking)}" if lacking else ""


def test_each_page_stands_in_the_tree_once() -> None:
    reached = Counter({(DOCS / "index.md").resolve(): 1})
    waiting = list(reached)
    while waiting:
        below = list(entries(waiting.pop()))
        waiting += [page for page in below if page not in reached]
        reached.update(below)
    assert {page.resolve() for page in PAGES} == set(reached)
    assert [page for page, times in reached.items() if times > 1] == []


@pytest.mark.parametrize("name", NAMES)
def test_each_link_leads_somewhere(name: str) -> None:
    page = DOCS / name
    for _is_picture, _text, to in links(page):
        path, _, anchor = to.partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.is_file() or there.is_dir(), to
        assert not anchor or anchor in anchors(there), to


@pytest.mark.parametrize("door", ["families", "teachers", "directors", "installers", "developers"])
def test_the_first_page_of_each_part_links_to_all_of_it(door: str) -> None:
    first = DOCS / door / "index.md"
    linked = {(first.parent / to.partition("#")[0]).resolve() for _, _, to in links(first)}
    assert set(entries(first)) <= linked


def test_each_picture_is_shown_and_each_that_is_shown_is_made() -> None:
    shown = {
        (page.parent / to).resolve()
        for page in (*PAGES, HOUSE / "README.md")
        for is_one, _, to in links(page)
        if is_one
    }
    assert shown == {FOLDER / name for name in PICTURES}


@pytest.mark.parametrize("name", NAMES)
def test_each_picture_has_a_text(name: str) -> None:
    assert [to for is_one, text, to in links(DOCS / name) if is_one and len(text) < 20] == []


@pytest.mark.parametrize("name", NAMES)
def test_each_command_is_there(name: str) -> None:
    assert {line: fault for line in shell_lines(DOCS / name) if (fault := command_fault(line))} == {}


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("gameplan law check TX", ""),
        ("gameplan backup monday.backup --keys keys.backup", ""),
        (".venv/bin/gameplan settings example > gameplan.toml", ""),
        ("make check", ""),
        ("make chekc", "make chekc is not there"),
        ("gameplan lore", "gameplan has no 'lore'"),
        ("gameplan law chekc", "law has no 'chekc'"),
        ("gameplan backup drill --loud", "drill has no --loud"),
        ("rm -rf data", "it begins neither with gameplan nor with make"),
    ],
)
def test_a_command_that_is_not_there_is_found(line: str, fault: str) -> None:
    assert command_fault(line) == fault


@pytest.mark.parametrize("page", FAMILIES, ids=lambda page: page.stem)
def test_the_pages_for_families_read_easily(page: Path) -> None:
    told = re.sub(r"`[^`]*`|\]\([^)]*\)|[*#>!\[\]]", "", prose(page))
    texts = re.split(r"\n\s*\n|\n(?=\s*(?:- |\d+\. ))", told)
    assert grade(texts) <= MOST_GRADE


def test_the_pages_that_a_browser_looks_at_are_there() -> None:
    assert [name for name in LOOKED_AT if name != "search" and not (DOCS / f"{name}.md").is_file()] == []


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ('<img alt="The page of a child" src="_images/child.png"/><a href="https://www.ed.gov">ED</a>', 0),
        ('<img alt="" class="sidebar-logo" src="_static/mark.svg"/>', 0),
        ('<img src="_images/child.png"/>', 1),
        ('<script src="https://cdn.example/x.js"></script>', 1),
        ('<link rel="stylesheet" href="//fonts.example/css"/>', 1),
        ("@font-face { src: url(https://fonts.example/a.woff2) }", 1),
        ('@import "https://fonts.example/a.css";', 1),
    ],
)
def test_what_is_fetched_from_elsewhere_is_found(text: str, faults: int) -> None:
    assert len([*faults_in("page.html", text)]) == faults
