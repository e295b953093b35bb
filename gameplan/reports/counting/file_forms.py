"""The files of the State as data: what each counts, in which sets of categories, in which order its fields stand.

`files/*.toml` has one file each, `codes.toml` the codes that they share. Both are read strictly: a name that nobody
knows is a fault, with the file and the mend.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, Final

from gameplan.core.faults import Fault
from gameplan.reports.counting.claims import COUNTS

HOME: Final = Path(__file__).parent
MISSING: Final = "MISSING"
LEVELS: Final = ("SEA", "LEA", "SCH")
"""The State, the district, the school."""


class WrongFileForm(Exception):
    """Raised where a file of `files/` cannot be read as it stands; `faults` has everything that is wrong."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Category:
    """One category: its English title, its codes in order, how wide its field is."""

    id: str
    title: str
    width: int
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountSet:
    """Rows that belong together: one for each combination of codes of these categories; none for a total."""

    id: str
    by: tuple[str, ...]
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class FileForm:
    """One file. `blanks_and_categories` are its fields between the table type and the total, "" for a blank one.

    `counts` is a name of `claims.COUNTS`. `guessed`: the words of the header that were not seen in an official file.
    """

    id: str
    title: str
    about: str
    counts: str
    table: str
    type_text: str
    stem: str
    levels: tuple[str, ...]
    blanks_and_categories: tuple[str, ...]
    sets: tuple[CountSet, ...]
    categories: Mapping[str, Category]
    cite: tuple[str, ...]
    guessed: tuple[str, ...] = ()

    @property
    def total(self) -> CountSet | None:
        """The set that is everybody, if the file has one."""
        return next((one for one in self.sets if not one.by), None)

    def code(self, category: str, told: str) -> str:
        """The code as the file writes it: MISSING for what is not known, or what this file does not take."""
        return told if told in self.categories[category].codes else MISSING


@cache
def file_form(name: str) -> FileForm:
    """The file of that name ("FS002"). Raises KeyError for any other, WrongFileForm for one that is wrong."""
    path = HOME / "files" / f"{name.lower()}.toml"
    if name not in file_names():
        raise KeyError(name)
    return read_form(tomllib.loads(path.read_text("utf-8")), path.name)


@cache
def file_names() -> tuple[str, ...]:
    """The names of all files, in the order in which they are listed."""
    return tuple(sorted(path.stem.upper() for path in (HOME / "files").glob("*.toml")))


@cache
def categories() -> Mapping[str, Category]:
    """Every category by its id."""
    raw = tomllib.loads((HOME / "codes.toml").read_text("utf-8"))
    return {key: Category(key, one["title"], one["width"], tuple(one["codes"])) for key, one in raw.items()}


_KNOWN: Final = frozenset(
    {"id", "title", "about", "counts", "table", "type_text", "type_text_seen", "stem", "stem_seen", "levels", "fields",
     "subtotals", "total", "ages", "without", "cite", "sets"}
)  # fmt: skip

_MAY_LACK: Final = frozenset({"ages", "without", "type_text_seen", "stem_seen"})
LONGEST_STEM: Final = 9


def read_form(raw: Mapping[str, Any], where: str) -> FileForm:
    """The file in a table of TOML. Raises WrongFileForm with everything that is wrong in it."""
    faults = list(_faults(raw, where))
    if faults:
        raise WrongFileForm(faults)
    plain = {one.name: raw[one.name] for one in fields(FileForm) if isinstance(raw.get(one.name), str)}
    guessed = tuple(word for word in ("type_text", "stem") if not raw.get(f"{word}_seen", True))
    laid = tuple(_laid_out(raw["fields"]))
    used = {name: _narrowed(categories()[name], raw) for name in laid if name}
    return FileForm(
        **plain, levels=tuple(raw["levels"]), blanks_and_categories=laid, sets=tuple(_sets(raw)), categories=used,
        cite=tuple(raw["cite"]), guessed=guessed,
    )  # fmt: skip


def _laid_out(named: Sequence[str]) -> Iterator[str]:
    for one in named:
        blanks = _blanks(one)
        yield from [""] * blanks if blanks else [one]


def _blanks(name: str) -> int:
    """How many blank fields "x6" stands for; 0 for a category."""
    return int(name[1:]) if name[:1] == "x" and name[1:].isdigit() else 0


def _narrowed(category: Category, raw: Mapping[str, Any]) -> Category:
    given = raw["ages"] if category.id == "age" else category.codes
    codes = tuple(one for one in given if one not in raw.get("without", ()))
    return Category(category.id, category.title, category.width, codes)


def _sets(raw: Mapping[str, Any]) -> Iterator[CountSet]:
    for name, by in raw["sets"].items():
        yield CountSet(name, tuple(by))
    for by in raw["subtotals"]:
        yield CountSet("+".join(by), tuple(by), is_total=True)
    if raw["total"]:
        yield CountSet("total", (), is_total=True)


def _faults(raw: Mapping[str, Any], where: str) -> Iterator[Fault]:
    for name in sorted(_KNOWN - _MAY_LACK - set(raw)):
        yield Fault(where, f"{name} is not there.", "Add it; the other files show how.")
    for name in sorted(set(raw) - _KNOWN):
        yield Fault(where, f"nobody knows {name!r}.", "Take it out, or correct its name.")
    if raw.get("counts") not in COUNTS:
        said = f"nothing is counted as {raw.get('counts')!r}."
        yield Fault(f"{where}: counts", said, f"Choose of {', '.join(COUNTS)}.")
    for one in set(raw.get("levels", ())) - set(LEVELS):
        yield Fault(f"{where}: levels", f"there is no level {one!r}.", "Levels are SEA, LEA and SCH.")
    if len(raw.get("stem", "")) > LONGEST_STEM:
        yield Fault(f"{where}: stem", "it is longer than 9 letters.", "The file name has room for 9.")
    yield from _category_faults(raw, where)


def _category_faults(raw: Mapping[str, Any], where: str) -> Iterator[Fault]:
    named = [one for one in raw.get("fields", ()) if not _blanks(one)]
    for one in named:
        if one not in categories():
            said = f"there is no category {one!r}."
            yield Fault(f"{where}: fields", said, "Name one of codes.toml, or x1 for a blank.")
    for by in (*raw.get("sets", {}).values(), *raw.get("subtotals", ())):
        for one in by:
            if one not in named:
                yield Fault(f"{where}: sets", f"{one!r} has no field of its own.", "Add it to `fields`.")
