"""Look at what is locked: has everything a hash and a licence that fits, and is a version bad?

    python -m scripts.audit_dependencies

Reads requirements/*.txt. Every locked package needs hashes; what people install to run gameplan (run.txt, audit.txt) a
licence of `SHIPPED`, and the tools of those who work on it one of `TOOLS`. Versions that were taken back or have a
known hole are asked for where the public indexes can be reached; where not, a line says so, and that alone is no
failure. Exits with 1 if something was found.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Set
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

REQUIREMENTS: Final = Path(__file__).parent.parent / "requirements"
INSTALLED_TO_RUN: Final = ("run.txt", "audit.txt")
LOCKS: Final = (*INSTALLED_TO_RUN, "dev.txt", "site.txt")
MOST_SECONDS: Final = 12
SHIPPED: Final = (
    "0BSD", "Apache", "BSD", "CC0", "HPND", "ISC", "LGPL", "MIT", "MPL", "Mozilla Public License", "OFL", "PSF",
    "Python Software Foundation", "Unlicense", "Zlib",
)  # fmt: skip
"""Words of licences that go with Apache-2.0 for what is installed beside gameplan and not copied into it."""
TOOLS: Final = (*SHIPPED, "AGPL", "GNU")
"""Tools run on their own and are given to nobody."""
KNOWN: Final = {"axe-playwright-python": "MIT"}
"""Licences of packages that do not name one where it can be read; looked up in their repositories."""
_PIN = re.compile(r"^([A-Za-z0-9][\w.-]*?)(?:\[[^\]]*\])?==([^\s;\\]+)")
_HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}(?:\s|$)")
_YANKED = re.compile(r"`([^`]+)` is yanked")


@dataclass(slots=True)
class Looked:
    """What was found to be wrong, and what could not be looked at."""

    wrong: list[str] = field(default_factory=list)
    not_checked: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Pin:
    """One line of a lock file: a package with its version, and how many hashes it has."""

    name: str
    version: str
    hashes: int


def pins_in(text: str) -> Iterator[Pin]:
    """The packages of a lock file, names in lower case with hyphens."""
    for entry in re.split(r"\n(?=\S)", text.replace("\\\n", " ")):
        found = _PIN.match(entry)
        if found:
            yield Pin(plain(found[1]), found[2], len(_HASH.findall(entry)))
        elif entry.strip() and not entry.startswith("#"):
            yield Pin(entry.split()[0], "", 0)


def without(text: str, names: Set[str]) -> str:
    """The lock file without the packages of those names: they are asked for elsewhere."""
    entries = re.split(r"\n(?=\S)", text)
    return "\n".join(one for one in entries if not (found := _PIN.match(one)) or plain(found[1]) not in names)


def plain(name: str) -> str:
    """The name of a package as the indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def hashes(pins: Mapping[str, list[Pin]]) -> Looked:
    """Every package is pinned to one version and has a hash."""
    bare = (f"{file}: {one.name} has no hash." for file, rows in pins.items() for one in rows if not one.hashes)
    return Looked(wrong=list(bare))


def licences(pins: Mapping[str, list[Pin]], named: Mapping[str, str]) -> Looked:
    """Every package that is installed here has a licence that fits; `named`: the licence by package."""
    looked = Looked()
    for file, rows in pins.items():
        allowed = SHIPPED if file in INSTALLED_TO_RUN else TOOLS
        found = {name: KNOWN.get(name) or named.get(name) for name in sorted({one.name for one in rows})}
        absent = [name for name, licence in found.items() if licence is None]
        if absent:
            looked.not_checked.append(f"{file}: not installed here, licence not checked: {', '.join(absent)}.")
        for name, licence in found.items():
            if licence is not None and not fits(licence, allowed):
                looked.wrong.append(f"{file}: {name} has the licence {licence!r}, which is not on the list.")
    return looked


def fits(licence: str, allowed: tuple[str, ...]) -> bool:
    """True if one of the licences that can be chosen is allowed, with all that hold together with it.

    A package that lists several without a word between them leaves the choice.
    """
    choices = re.split(r"\bOR\b|;|,", licence)
    return any(all(_is_among(part, allowed) for part in re.split(r"\bAND\b", choice)) for choice in choices)


def _is_among(part: str, allowed: tuple[str, ...]) -> bool:
    return any(re.search(rf"\b{word}", part) for word in allowed)


def holes(answer: str) -> Looked:
    """What pip-audit says in JSON: known holes, and packages that its database did not know."""
    rows: list[dict[str, Any]] = json.loads(answer)["dependencies"]
    skipped = [row["name"] for row in rows if "skip_reason" in row]
    looked = Looked(
        wrong=[
            f"{row['name']} {row['version']} has a known hole: {hole['id']}. Take {_mended(hole)}."
            for row in rows
            for hole in row.get("vulns", ())
        ]
    )
    if skipped:
        looked.not_checked.append(f"The database of known holes did not know {len(skipped)} of {len(rows)} packages.")
    return looked


def _mended(hole: Mapping[str, Any]) -> str:
    return " or ".join(hole.get("fix_versions") or ()) or "another package: no version mends it yet"


def yanked(warnings: str) -> Looked:
    """What uv warns of: versions that their makers took back."""
    return Looked(wrong=[f"{name} was taken back by its makers." for name in _YANKED.findall(warnings)])


def known_holes(file: str, text: str) -> Looked:
    """Ask the database of known holes about the packages of a lock file; `text`: those to ask for."""
    ways = ["--require-hashes", "--disable-pip", "--progress-spinner", "off", "--timeout", "5", "-f", "json"]
    with TemporaryDirectory() as folder:
        asked = Path(folder) / file
        asked.write_text(text, encoding="utf-8")
        run = _run("pip_audit", "-r", str(asked), *ways)
    if run is None or not run.stdout.startswith("{"):
        return Looked(not_checked=[f"{file}: could not reach the database of known holes: not checked."])
    return holes(run.stdout)


def taken_back() -> Looked:
    """Ask the index for versions that were taken back."""
    with TemporaryDirectory() as folder:
        files = [str(REQUIREMENTS / name) for name in LOCKS]
        ways = ["--no-deps", "--universal", "--python-version", "3.11", "--no-header", "--no-annotate"]
        run = _run("uv", "pip", "compile", *ways, *files, "-o", str(Path(folder) / "lock.txt"))
    if run is None or run.returncode:
        return Looked(not_checked=["Could not reach the package index: not checked for versions taken back."])
    return yanked(run.stderr)


def installed_licences() -> dict[str, str]:
    """The licence of each package that is installed here."""
    run = _run("piplicenses", "--format=json", "--with-system", seconds=None)
    rows = json.loads(run.stdout) if run is not None and not run.returncode else []
    return {plain(row["Name"]): row["License"] for row in rows}


def _run(module: str, *words: str, seconds: float | None = MOST_SECONDS) -> subprocess.CompletedProcess[str] | None:
    """What the tool said; None if it took longer than `seconds`."""
    command = [sys.executable, "-m", module, *words]
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return None


def main() -> int:
    """Look at everything at once, say what was found, and give the exit code."""
    texts = {name: (REQUIREMENTS / name).read_text(encoding="utf-8") for name in LOCKS}
    pins = {name: list(pins_in(text)) for name, text in texts.items()}
    looks: tuple[Callable[[], Looked], ...] = (
        lambda: hashes(pins), lambda: licences(pins, installed_licences()), taken_back,
        lambda: known_holes("audit.txt", texts["audit.txt"]),
        lambda: known_holes("dev.txt", without(texts["dev.txt"], {one.name for one in pins["audit.txt"]})),
        lambda: known_holes("site.txt", without(texts["site.txt"], {one.name for one in pins["dev.txt"]})),
    )  # fmt: skip
    with ThreadPoolExecutor() as together:
        found = list(together.map(lambda look: look(), looks))
    for line in (line for one in found for line in (*one.not_checked, *one.wrong)):
        print(line)
    wrong = sum(len(one.wrong) for one in found)
    count = len({one.name for rows in pins.values() for one in rows})
    print(f"{count} locked packages: {wrong or 'nothing'} found.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
