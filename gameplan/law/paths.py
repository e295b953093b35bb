"""The ways to disagree as data: `paths.toml`, read when the page that sets them side by side first asks."""

from __future__ import annotations

from functools import lru_cache

from gameplan.core.faults import Fault
from gameplan.core.paths import DisputePath
from gameplan.law.files import LawFileError, read_toml
from gameplan.law.library import HOME
from gameplan.law.schema import CITE, CONDITIONS, CONFIDENCE, FLAG, TEXT, TEXTS
from gameplan.law.shapes import Table, Text

FILE = "paths.toml"
GROUPS = ("talk", "neutral", "decide", "other")
WORDS = ("name", "what", "cost", "decides", "takes", "stops", "until", "leads_to")
PATH = Table(
    {
        "id": TEXT, "group": Text(GROUPS), **dict.fromkeys(WORDS, TEXT), "first": TEXT,
        "stay_put": Text(("yes", "no", "special")), "fact": TEXT, "fact_where": TEXTS, "letter": TEXT,
        "takes_clocks": TEXTS, "windows": TEXTS, "looks_back": FLAG, "if": CONDITIONS, "if_any": CONDITIONS,
        "cite": CITE, "source": TEXT, "confidence": CONFIDENCE,
    },
    DisputePath,
    required=("id", "group", *WORDS, "cite", "source", "confidence"),
    rename={"if": "if_"},
)  # fmt: skip


@lru_cache(maxsize=1)
def dispute_paths() -> tuple[DisputePath, ...]:
    """Every way to disagree, in the order of the file. Raises LawFileError with every fault."""
    faults: list[Fault] = []
    rows = read_toml(HOME / FILE).get("path", [])
    found = [PATH.read(row, f"{FILE}: path {row.get('id')}", faults) for row in rows]  # type: ignore[attr-defined]
    if faults:
        raise LawFileError(faults)
    return tuple(path for path in found if isinstance(path, DisputePath))
