"""The rules of the house that a machine can check."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parent.parent
LONGEST_MODULE = 450
PURE_ROOMS = ("core", "law", "letters", "guide", "plans", "audit", "measures")
BARE_ROOMS = ("core", "law", "measures")
# Written in pieces, or this file would be the first to break the rule.
REGISTRY_HOSTS = ("pypi." + "org", "python" + "hosted", "npmjs" + ".", "deb.deb" + "ian", "crates" + ".io")
DRAWERS = frozenset({"utils", "util", "helpers", "helper", "common", "misc"})
CLOCK_CALLS = frozenset({"today", "now", "utcnow", "localdate", "localtime", "time", "time_ns", "monotonic"})
CLOCKS = frozenset({"date", "datetime", "time", "timezone", "dt"})
UNFINISHED = re.compile(
    r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b|NotImplemented" + r"Error|mark\.(skip|xf" + r"ail)|pytest\.sk" + r"ip\("
)


@cache
def files() -> tuple[Path, ...]:
    """Every file of the project that git keeps or would keep."""
    listing = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    names = subprocess.run(listing, cwd=HOUSE, capture_output=True, text=True, check=True).stdout.split("\0")
    return tuple(path for name in sorted(filter(None, names)) if (path := HOUSE / name).is_file())


def modules(*rooms: str) -> Iterator[Path]:
    """The Python files of these rooms, or of the whole project."""
    folders = [HOUSE / "gameplan" / room for room in rooms] or [HOUSE]
    return (path for path in files() if path.suffix == ".py" and any(map(path.is_relative_to, folders)))


def name_of(path: Path) -> str:
    return path.relative_to(HOUSE).as_posix()


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def text_of(path: Path) -> str:
    return path.read_bytes().decode("utf-8", errors="ignore")


def imported(tree: ast.Module) -> Iterator[str]:
    """The packages that a module imports, anywhere in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def clock_reads(tree: ast.Module) -> Iterator[int]:
    """The lines on which a module asks what day or time it is."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        owner = node.func.value
        owner_name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
        if node.func.attr in CLOCK_CALLS and owner_name in CLOCKS:
            yield node.lineno


def test_no_file_names_a_registry() -> None:
    found = [(name_of(path), host) for path in files() for host in REGISTRY_HOSTS if host in text_of(path)]
    assert found == []


def test_no_module_is_too_long() -> None:
    lengths = {name_of(path): text_of(path).count("\n") for path in modules() if "migrations" not in path.parts}
    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_there_is_no_drawer_for_everything() -> None:
    names = {name_of(path): {*path.relative_to(HOUSE).parts[:-1], path.stem} for path in files()}
    assert [name for name, parts in names.items() if parts & DRAWERS] == []


def test_nothing_is_left_unfinished_or_skipped() -> None:
    found = [(name_of(path), match[0]) for path in modules() for match in UNFINISHED.finditer(text_of(path))]
    assert found == []


def test_no_large_file_is_kept() -> None:
    assert [name_of(path) for path in files() if path.stat().st_size > 1_500_000] == []


def test_no_pure_room_reads_the_clock() -> None:
    found = [(name_of(path), line) for path in modules(*PURE_ROOMS) for line in clock_reads(parsed(path))]
    assert found == []


def test_core_and_law_import_only_the_standard_library() -> None:
    allowed = sys.stdlib_module_names | {"gameplan"}
    found = [(name_of(path), name) for path in modules(*BARE_ROOMS) for name in imported(parsed(path))]
    assert [(path, name) for path, name in found if name not in allowed] == []


def test_every_package_says_what_it_is() -> None:
    packages = [path for path in modules("") if path.name == "__init__.py" and "migrations" not in path.parts]
    assert packages
    assert [name_of(path) for path in packages if not ast.get_docstring(parsed(path))] == []


@pytest.mark.parametrize("room", PURE_ROOMS)
def test_the_pure_rooms_are_there_to_be_checked(room: str) -> None:
    assert list(modules(room))


@pytest.mark.parametrize(
    "line",
    ["date.today()", "datetime.now(tz=UTC)", "datetime.datetime.now()", "timezone.now()", "time.time()"],
)
def test_the_check_for_clocks_sees_one(line: str) -> None:
    assert list(clock_reads(ast.parse(line))) == [1]
