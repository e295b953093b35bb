"""What of a fact goes into the audit's folder: what some rule or report reads, and nobody's own words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache

from gameplan.core.casefile import NOT_KNOWN
from gameplan.core.entries import Field, Match
from gameplan.core.facts import Rough
from gameplan.law import law_for, states, vocabulary
from gameplan.law.reading import fields_read

# What the engine itself reads of a fact, besides what `gameplan.law.reading` lists: did the child move here?
BY_THE_ENGINE: Mapping[str, frozenset[str]] = {"enrolled": frozenset({"state", "previous_state"})}
STATE_FIELDS = BY_THE_ENGINE["enrolled"]
# What no rule reads and the report of a year counts.
BY_THE_REPORTS: Mapping[str, frozenset[str]] = {
    "enrolled": frozenset({"previous_agency"}),
    "iep-adopted": frozenset({"effective"}),
    "part-c-notified": frozenset({"part_c_eligible_on"}),
    "state-complaint-decided": frozenset({"violation_found"}),
}
OPEN_WORDS = frozenset({"", NOT_KNOWN})


@lru_cache(maxsize=1)
def kept_fields() -> Mapping[str, frozenset[str]]:
    """For each kind of fact, the fields that the law of some State, the engine, or a report reads."""
    found = {kind: {*BY_THE_ENGINE.get(kind, ()), *BY_THE_REPORTS.get(kind, ())} for kind in vocabulary().kinds}
    for state in (None, *states()):
        for kind, names in fields_read(law_for(state)).items():
            found[kind] |= names
    return {kind: frozenset(names) for kind, names in found.items()}


@lru_cache(maxsize=1)
def words_of_the_law() -> frozenset[tuple[str, str, object]]:
    """Each word that a rule looks for in a field: kind of fact, field, word."""
    laws = [law_for(state) for state in (None, *states())]
    entries = {id(one): one for law in laws for one in (*law.clocks, *law.options, *law.stages)}
    return frozenset(
        (match.event, name, word)
        for entry in entries.values()
        for match in matches_in(entry)
        for wanted in (match.where, match.unlike)
        for name, value in wanted.items()
        for word in (value if isinstance(value, tuple | list) else (value,))
    )


def matches_in(entry: object) -> Iterator[Match]:
    """Every match in an entry of the law, however deep."""
    if isinstance(entry, Match):
        yield entry
    elif isinstance(entry, tuple):
        for one in entry:
            yield from matches_in(one)
    elif is_dataclass(entry):
        for field in fields(entry):
            yield from matches_in(getattr(entry, field.name))


@lru_cache(maxsize=1)
def _names_of_states() -> frozenset[str]:
    return frozenset(word.casefold() for pair in states().items() for word in pair)


def is_kept(kind: str, name: str, value: object) -> bool:
    """True if a field of a fact goes into the tables: something reads it, or it is a day known only roughly.

    With each such day the engine looks at more ways in which the case can have gone, whatever the day is of.
    """
    return name in kept_fields().get(kind, ()) or isinstance(value, Rough)


class PlainWords:
    """Takes a case's own words out: each that no list of answers and no rule names becomes "#1", "#2" and so on.

    Words that the engine takes for equal stay equal: in a text whatever their case, in a list to the letter.
    """

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str], str] = {}

    def plain(self, kind: str, shape: Field, value: object) -> object:
        """The value of a field as it goes out. Numbers and yes or no stay as they are."""
        if isinstance(value, tuple | list):
            return [self._word(kind, shape, one) for one in value]
        return self._word(kind, shape, value)

    def _word(self, kind: str, shape: Field, word: object) -> object:
        if not isinstance(word, str) or word in OPEN_WORDS or word in shape.values:
            return word
        if (kind, shape.name, word) in words_of_the_law():
            return word
        if kind in BY_THE_ENGINE and shape.name in STATE_FIELDS and word.casefold() in _names_of_states():
            return word
        key = (shape.type, word if shape.type == "list" else word.casefold())
        return self._numbers.setdefault(key, f"#{len(self._numbers) + 1}")
