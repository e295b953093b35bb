"""Some clocks of the law alone: they, and what they look at, so that their duties are those of the whole law."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa

from gameplan.audit.compiled import entry
from gameplan.audit.packing import frozen
from gameplan.audit.places import cases_of, in_order
from gameplan.audit.reading import mark_pairs, numbers, words
from gameplan.audit.shapes import OWN_FIELDS, OWN_KINDS
from gameplan.audit.tables import Filler
from gameplan.core.entries import Clock, Law
from gameplan.core.faults import nearest
from gameplan.law import law_for, states
from gameplan.law.reading import fields_read


def check_clocks(names: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    """The ids of clocks, each once, in the order of the alphabet. Raises ValueError with every unknown one."""
    asked, there = sorted(set(names)), sorted(set(known))
    unknown = [one for one in asked if one not in there]
    if unknown:
        raise ValueError(" ".join(f'The law has no clock "{one}". {nearest(one, there)}' for one in unknown))
    if not asked:
        raise ValueError("No clock is named: name one, or leave the choice out for all of them.")
    return tuple(asked)


def all_clocks() -> set[str]:
    """The ids of the clocks of every State's law and of the federal one."""
    return {clock.id for state in (None, *states()) for clock in law_for(state).clocks}


def with_others(law: Law, names: Iterable[str]) -> frozenset[str]:
    """The ids of these clocks and of all that their duties depend on under this law."""
    found: set[str] = set(names)
    size = 0
    while size < len(found):
        size = len(found)
        for clock in law.clocks:
            if clock.id in found or clock.base in found:
                found |= {clock.id, *_looks_at(clock)} - {""}
    return frozenset(found)


def _looks_at(clock: Clock) -> Iterable[str]:
    """The clocks that this one stands on, lies within, or begins or ends after."""
    after = (one.clock for one in (clock.after, clock.ends_after) if one)
    return (clock.base, *after, *(name.rpartition("/")[2] for name in clock.within))


def law_of(law: Law, names: Iterable[str]) -> Law:
    """The same law with these clocks and what they look at, and no others."""
    wanted = with_others(law, names)
    return replace(law, clocks=tuple(one for one in law.clocks if one.id in wanted))


def begun_by_facts(law: Law) -> bool:
    """True if every clock of this law begins with a fact that somebody wrote down: a birthday alone begins none."""
    starts = {one.event for clock in law.clocks for one in clock.trigger + clock.also_from + clock.blocks}
    return not starts & {"age-reached", "school-year-started"} and all(
        clock.after or clock.trigger or clock.also_from or clock.blocks for clock in law.clocks
    )


def fields_of(laws: Sequence[Law], kinds: Iterable[str] | None) -> frozenset[str]:
    """The fields that these laws read of facts of these kinds (None: of all kinds)."""
    named = None if kinds is None else {*kinds, *OWN_KINDS}
    read = [(kind, names) for law in laws for kind, names in fields_read(law).items()]
    return frozenset({*OWN_FIELDS, *(name for kind, names in read if named is None or kind in named for name in names)})


class FactsOfClocks:
    """Chooses the facts that a law's clocks look at: those that may fit a match of it, and whole kinds of some."""

    def __init__(self, laws: Sequence[Law], filler: Filler, lock: AbstractContextManager[Any]) -> None:
        self._numbers = {law.state: number for number, law in enumerate(laws)}
        self._forms, self._lock = filler.forms, lock
        self._whole = [whole_kinds(law) for law in laws]
        self._laws: dict[int, int] = {}
        for number, matches in enumerate(filler.matches_of):
            for match in matches:
                self._laws[match] = self._laws.get(match, 0) | 1 << number
        self._known: dict[tuple[str, str], int] = {}

    def of(self, children: pa.Table, facts: pa.Table) -> Any:
        """Which facts are wanted for themselves; facts are sorted by case, and each is of one of the children."""
        kinds, kind_words = words(facts["kind"])
        data, data_words = words(facts["data"])
        kinds, data, texts = frozen(kinds), frozen(data), [*data_words, "{}"]
        table = np.full(len(kind_words) * len(texts), -1, np.int32)
        mark_pairs(kinds, data, len(texts), table)
        laws = np.zeros(len(table), np.uint64)
        with self._lock:
            for code in np.flatnonzero(table == 0).tolist():
                kind, text = divmod(code, len(texts))
                laws[code] = self._laws_that_look(str(kind_words[kind]), texts[text] or "{}")
        children = in_order(children)
        codes, states = words(children["state"])
        numbers_of = np.array([self._numbers[state or None] for state in (*states, None)], np.int32)
        keep = np.zeros(facts.num_rows, np.bool_)
        choose(
            frozen(cases_of(children)), frozen(numbers_of[codes]), frozen(numbers(facts["case"], np.int64)), kinds,
            data, len(texts), laws, keep,
        )  # fmt: skip
        return keep

    def _laws_that_look(self, kind: str, text: str) -> int:
        """A bit for each law that looks at a fact which says this."""
        known = self._known.get((kind, text))
        if known is None:
            known = sum(1 << number for number in self._numbers.values() if self._for_all(number, kind, text))
            for match in self._forms.may_fit(kind, text):
                known |= self._laws.get(match, 0)
            self._known[kind, text] = known
        return known

    def _for_all(self, law: int, kind: str, text: str) -> bool:
        """True for what the engine itself looks for under that law, whatever entry names it."""
        refused = self._forms.tables["forms"][self._forms.code_of_text(kind, text)]["refuses"]
        return kind in self._whole[law] or (kind == "pwn-sent" and bool(refused))


def whole_kinds(law: Law) -> frozenset[str]:
    """The kinds of fact of which every one counts, whatever it says."""
    found = set(OWN_KINDS) - {"meeting-held", "pwn-sent"}
    if not any(rule.consent for clock in law.clocks for rule in clock.leaves_out):
        found -= {"consent-requested"}
    for clock in law.clocks:
        found |= {one.undone_by for one in clock.done_when} - {""}
        if any(one.belongs for one in clock.done_when):
            found |= {one.event for one in clock.trigger + clock.also_from + clock.blocks}
        for one in clock.applies_if + clock.unless:
            if one.fact and (one.latest or clock.kind == "counter"):
                found.add(one.fact.event)
    return frozenset(found)


@entry
def choose(
    child_case: Any, child_law: Any, case: Any, kinds: Any, data: Any, width: int, laws: Any, keep: Any
) -> None:  # fmt: skip
    """Marks the facts whose child's law has its bit in `laws` of their pair of codes. All cases are sorted."""
    child = 0
    for row in range(len(case)):
        while child_case[child] < case[row]:
            child += 1
        pair = kinds[row] * width + (data[row] if data[row] >= 0 else width - 1)
        keep[row] = (laws[pair] >> np.uint64(child_law[child])) & np.uint64(1) == np.uint64(1)
