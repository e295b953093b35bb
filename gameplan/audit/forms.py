"""The forms that facts take: what a fact says besides its days, judged once by the explaining engine's own words.

Millions of facts say one of a few thousand things. Each distinct kind and `data` is one form; whether it fits a match
of the law is asked of `core.matching.fits` when the form is first met, and is a look-up from then on.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from gameplan.audit.shapes import ANSWERS, FORMS, NO, OPEN, SMALL, YES
from gameplan.core.duties import moves_here
from gameplan.core.entries import Condition, Law, Match, Vocabulary
from gameplan.core.facts import Fact
from gameplan.core.matching import compared, fits
from gameplan.core.removals import PART_DAYS

OPEN_WORDS = (None, "", "not-known")
TRI = {False: NO, True: YES, None: OPEN}
ANY_DAY = date(2000, 1, 1)


def hashed(value: Any) -> Hashable:
    """The value as something that can be looked up; lists become tuples."""
    return tuple(map(hashed, value)) if isinstance(value, list | tuple) else value


class Forms:
    """The forms met so far and what the law's words say of each; filled in as facts are read."""

    def __init__(self, tables: Any, vocabulary: Vocabulary, laws: Sequence[Law]) -> None:
        self.tables = tables
        self.vocabulary = vocabulary
        self.kinds = {kind: code for code, kind in enumerate(vocabulary.kinds)}
        self.laws = laws
        self.matches: dict[str, list[Match]] = {}
        self.numbers: dict[str, list[int]] = {}
        self.compared: list[Condition] = []
        self.word_fields: list[str] = []
        self._codes: dict[Hashable, int] = {}
        self._texts: dict[tuple[str, str], int] = {}
        self._words: dict[Hashable, int] = {}
        self._issues: list[frozenset[object]] = []
        self._answers = self._word_at = self._fits = 0
        self._issue_set(None)

    @property
    def named(self) -> frozenset[str]:
        """The kinds of fact that some match of the law asks for."""
        return frozenset(self.matches)

    def may_fit(self, kind: str, text: str) -> Iterator[int]:
        """The matches that a fact of this kind with this `data` column fits or may fit."""
        row = self.tables["forms"][self.code_of_text(kind, text)]
        for place, match in enumerate(self.numbers.get(kind, ())):
            if self.tables["answers"][row["answers"] + place] != NO:
                yield match

    def word(self, value: object) -> int:
        """A number for a word or value: the same for equal ones, -1 where nothing is said."""
        if value in OPEN_WORDS:
            return -1
        return self._words.setdefault(hashed(value), len(self._words))

    def code_of_text(self, kind: str, text: str) -> int:
        """The form of a fact of this kind with this `data` column."""
        known = self._texts.get((kind, text))
        if known is None:
            known = self._texts[kind, text] = self.code(kind, json.loads(text) if text and text != "{}" else {})
        return known

    def code(self, kind: str, data: Mapping[str, object], *, system: bool = False) -> int:
        """The form of a fact of this kind that says this; a new one is judged at once.

        Raises ValueError where there are more forms than the tables hold.
        """
        key = (kind, system, hashed(sorted((name, hashed(value)) for name, value in data.items())))
        known = self._codes.get(key)
        if known is None:
            known = self._codes[key] = len(self._codes)
            if known >= FORMS:
                raise ValueError(
                    f"The facts say more than {FORMS} different things: leave out of `data` what no rule reads."
                )
            self._judge(known, kind, {name: _frozen(value) for name, value in data.items()}, system=system)
        return known

    def _judge(self, code: int, kind: str, data: Mapping[str, object], *, system: bool) -> None:
        row = self.tables["forms"][code]
        fact = Fact("", kind, ANY_DAY, data, "system" if system else "parent")
        row["kind"], row["system"] = self.kinds[kind], system
        row["answers"] = self._put([TRI[fits(fact, match)] for match in self.matches.get(kind, ())])
        self._put_fits(row, kind)
        row["compared"] = self._put([TRI[compared(one, fact)] for one in self.compared])
        if kind == "enrolled":
            row["moves"] = self._put([TRI[moves_here(law, fact)] for law in self.laws])
        row["words"] = self._word_at
        for name in self.word_fields:
            self.tables["words"][self._word_at] = self.word(data.get(name))
            self._word_at += 1
        self._numbers(row, kind, data)
        self._filled(row, kind, data)

    def _put_fits(self, row: Any, kind: str) -> None:
        """The matches that the form fits or may fit: what a case looks through."""
        row["fits_at"] = at = self._fits
        for place, match in enumerate(self.numbers.get(kind, ())):
            answer = int(self.tables["answers"][row["answers"] + place])
            if answer != NO:
                self.tables["fits"][self._fits] = match, self.tables["matches"][match]["on"], answer
                self._fits += 1
        row["fits_n"] = self._fits - at

    def _put(self, answers: Sequence[int]) -> int:
        at = self._answers
        if at + len(answers) > ANSWERS:
            raise ValueError("The facts say more different things than the tables hold.")
        self.tables["answers"][at : at + len(answers)] = answers
        self._answers += len(answers)
        return at

    def _numbers(self, row: Any, kind: str, data: Mapping[str, object]) -> None:
        """The numbers and words that the engine itself reads, whatever entry names them."""
        for name in ("days", "school_days"):
            value = data.get(name)
            known = isinstance(value, int | float)
            row[f"has_{name}"], row[name] = known, value if known else 0
        row["days_listed"] = isinstance(data.get("days"), tuple)
        row["served"] = data.get("served_days") is not None
        row["part_counts"] = PART_DAYS.get(str(data.get("part_day_counts")), np.nan)
        row["in_school"] = data.get("kind") == "in-school-suspension"
        for field, name in (("kept", "kept_learning"), ("given", "given")):
            row[field] = TRI[bool(data[name])] if isinstance(data.get(name), bool) else OPEN
        recorded_by = self.vocabulary.kinds[kind].recorded_by
        row["official"] = not {"parent", "school"} & set(recorded_by)
        row["refuses"] = data.get("decision") == "refuse"
        row["consent"] = self.word(data.get("for"))
        row["issues"] = self._issue_set(data.get("issues"))

    def _filled(self, row: Any, kind: str, data: Mapping[str, object]) -> None:
        """The forms that this one becomes where the law itself settles what is left open (core.derived.filled)."""
        row["open_expedited"] = row["change_yes"] = row["change_no"] = -1
        if kind == "due-process-filed" and data.get("expedited") in OPEN_WORDS:
            row["open_expedited"] = self.code(kind, {**data, "expedited": False})
        if kind == "removal-ordered" and data.get("change_of_placement") in OPEN_WORDS:
            row["change_yes"] = self.code(kind, {**data, "change_of_placement": True})
            row["change_no"] = self.code(kind, {**data, "change_of_placement": False})

    def _issue_set(self, value: object) -> int:
        found = frozenset(value) if isinstance(value, tuple) else frozenset()
        if found not in self._issues:
            if len(self._issues) >= SMALL:
                raise ValueError(f"More than {SMALL} different lists of issues: keep to a few words for them.")
            number = len(self._issues)
            self._issues.append(found)
            for other, points in enumerate(self._issues):
                self.tables["issues_differ"][number, other] = _only_in_part(found, points)
                self.tables["issues_differ"][other, number] = _only_in_part(points, found)
        return self._issues.index(found)


def _frozen(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def _only_in_part(whole: frozenset[object], part: frozenset[object]) -> int:
    """As core's due finder asks it: does a pause that names these points leave others running."""
    if not part:
        return NO
    return TRI[bool(whole - part)] if whole else OPEN
