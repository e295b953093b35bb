"""The law as numbers: each entry of each State's law becomes one row that compiled code can read.

Nothing is decided here. A row says what the entry says, in codes; what an entry can say and these rows cannot is
refused with the entry's name, so that no rule is ever left out in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np

from gameplan.audit import shapes as x
from gameplan.audit.birthdays import fill_birthdays
from gameplan.audit.days import UNITS, left_out_rows
from gameplan.audit.forms import TRI, Forms, hashed
from gameplan.audit.packing import DATE_FIELD, day_fields, ref_fields
from gameplan.audit.reads import kinds_read
from gameplan.audit.year_end import near_rows, summer_rows
from gameplan.core.counters import SERVICES
from gameplan.core.duties import may_run_out, must_ask_state, replaced_by
from gameplan.core.entries import Added, Clock, Condition, EventKind, Exemption, Law, Match, Vocabulary
from gameplan.core.matching import state_says

EPOCH = date(1970, 1, 1)
FIRST_OF_ALL, LAST_OF_ALL = -(2**30), 2**30


class CannotCompile(Exception):
    """Raised where an entry says what the columns have no place for; names the entry and the word."""


class ClockName(NamedTuple):
    """Which clock a row of the compiled law is, and in which State's law it stands ("" for federal law alone)."""

    id: str
    pack: str
    kind: str
    state: str


def number_of(day: date) -> int:
    """The day as days since January 1, 1970."""
    return (day - EPOCH).days


class Filler:
    """Fills one `TABLES` record with the laws of all States; `forms` judges facts by them afterwards."""

    def __init__(self, laws: Sequence[Law], vocabulary: Vocabulary) -> None:
        self.whole: Any = np.zeros(1, x.TABLES)
        self.tables: Any = self.whole[0]
        self.vocabulary = vocabulary
        self.fields, self.refs = day_fields(vocabulary), ref_fields(vocabulary)
        self.forms = Forms(self.tables, vocabulary, laws)
        self.names: list[ClockName] = []
        self.left: list[Any] = []
        self.near: list[Any] = []
        self.summer: list[Any] = []
        self._used: dict[str, int] = {}
        self._ids: dict[object, int] = {}
        self._matches: dict[int, int] = {}
        self._kept: list[Match] = []
        self._rows: dict[int, int] = {}
        self._shown_by: dict[int, list[int]] = {}
        self.matches_of: list[set[int]] = [set() for _ in laws]
        self._check_room()
        self._own_words()
        self._now: set[int] = set()
        for number, law in enumerate(laws):
            self._law(number, law)
        for number, law in enumerate(laws):
            fill_birthdays(self, self.tables["laws"][number], law)
        for name, rows in (("left", self.left), ("near", self.near), ("summer", self.summer)):
            for index, row in enumerate(rows):
                self.tables[name][index] = row

    # ---- room

    def _check_room(self) -> None:
        for what, number, room in (
            ("kinds of fact", len(self.vocabulary.kinds), x.KINDS - 1),
            ("fields with a day", len(self.fields), x.FIELDS),
            ("fields with a reference", len(self.refs), x.REFS),
        ):
            if number > room:
                raise CannotCompile(f"The vocabulary has {number} {what}; audit/shapes.py has room for {room}.")

    def _next(self, table: str, number: int = 1) -> int:
        at = self._used.get(table, 0)
        room = len(self.tables[table])
        if at + number > room:
            raise CannotCompile(f"The law needs more than {room} rows of {table}: raise it in audit/shapes.py.")
        self._used[table] = at + number
        return at

    def put_list(self, row: Any, name: str, numbers: Iterable[int]) -> None:
        """Writes a list of numbers and sets the row's place and length of that name."""
        found = list(numbers)
        at = self._next("ints", len(found)) if found else 0
        self.tables["ints"][at : at + len(found)] = found
        row[f"{name}_at"], row[f"{name}_n"] = at, len(found)

    def _code(self, *name: object) -> int:
        return self._ids.setdefault(name, len(self._ids))

    def _own_words(self) -> None:
        t, kinds = self.tables, self.forms.kinds
        # A kind that the vocabulary lacks takes the last place, where there never is a fact.
        t["own_kinds"] = [kinds.get(name, x.KINDS - 1) for name in x.OWN_KINDS]
        t["own_fields"] = [self.fields.index(name) if name in self.fields else -1 for name in x.OWN_FIELDS]
        for name, kind in self.vocabulary.kinds.items():
            t["main_field"][kinds[name]] = self.fields.index(kind.main_date or DATE_FIELD)
        t["fields_n"], t["refs_n"] = len(self.fields), len(self.refs)
        t["initial_evaluation"] = self.forms.word("initial-evaluation")

    # ---- matches and conditions

    def match(self, match: Match | None) -> int:
        """The row of a match, -1 for none; it is noted among those of the law that is being filled in."""
        if match is None:
            return -1
        at = self._matches[id(match)] if id(match) in self._matches else self._new_match(match)
        self._now.update((at, *self._shown_by[at]))
        return at

    def _new_match(self, match: Match) -> int:
        at = self._matches[id(match)] = self._next("matches")
        self._kept.append(match)  # so that no other object takes its address
        kind = self.vocabulary.kinds.get(match.event)
        if kind is None:
            raise CannotCompile(f'No kind of fact is called "{match.event}".')
        days = {f.name for f in kind.fields if f.type in ("date", "dates", "ref")}
        if days & (set(match.where) | set(match.unlike)):
            raise CannotCompile(f'A match of "{match.event}" compares a day or a reference with a word.')
        own = self.forms.matches.setdefault(match.event, [])
        row = self.tables["matches"][at]
        row["event"], row["local"] = self.forms.kinds[match.event], len(own)
        own.append(match)
        self.forms.numbers.setdefault(match.event, []).append(at)
        row["on"] = self.fields.index(match.on) if match.on else -1
        shape = kind.field(match.on) if match.on else None
        row["on_may_lack"] = shape is None or shape.required
        row["since"], row["later"] = match.since, match.later
        where = tuple(sorted((name, hashed(value)) for name, value in match.where.items()))
        row["has_where"], row["where"] = bool(where), self._code("where", where)
        row["undone"] = self.forms.kinds[match.undone_by] if match.undone_by else -1
        row["belongs"] = self.refs.index(match.belongs) if match.belongs else -1
        self.put_list(row, "same", (part for pair in match.same.items() for part in self._same(kind, pair)))
        shown = self._shown_by[at] = list(map(self.match, self._shown(match, kind.shown_by)))
        self.put_list(row, "shown", shown)
        return at

    def _same(self, kind: EventKind, pair: tuple[str, str]) -> tuple[int, int, int]:
        """Three numbers: 0 two days, 1 two words; the field here; the field there (-1: the day it began)."""
        mine, theirs = pair
        shape = kind.field(mine)
        if shape is not None and shape.type == "date":
            return 0, self.fields.index(mine), -1 if theirs == DATE_FIELD else self.fields.index(theirs)
        words = self.forms.word_fields
        for name in pair:
            if name not in words:
                words.append(name)
        if len(words) > 4:
            raise CannotCompile("More than four fields of words are compared between facts.")
        return 1, words.index(mine), words.index(theirs)

    def _shown(self, match: Match, kinds: Iterable[str]) -> Iterable[Match]:
        for name in kinds:
            other = self.vocabulary.kinds.get(name)
            if other:
                yield Match(name, {one: value for one, value in match.where.items() if other.field(one)})

    def _condition(self, condition: Condition, law: Law) -> int:
        at = self._next("conditions")
        row = self.tables["conditions"][at]
        row["match"] = self.match(condition.fact or condition.no_fact)
        row["already"], row["latest"] = condition.already, condition.latest
        row["says_open"] = condition.fact is None
        if condition.alike or condition.differ:
            row["what"] = x.IF_COMPARED
            if condition not in self.forms.compared:
                self.forms.compared.append(condition)
            row["compared"] = self.forms.compared.index(condition)
        elif condition.state_says:
            row["what"], row["constant"] = x.IF_CONSTANT, TRI[state_says(law.facts, condition.state_says)]
        elif condition.fact or condition.no_fact:
            row["what"] = x.IF_FACT if condition.fact else x.IF_NO_FACT
        else:
            row["what"] = x.IF_AGE
            row["under"], row["age"] = bool(condition.age_under), condition.age_under or condition.age_from
            row["month"], row["dom"] = map(int, condition.at.split("-")) if condition.at else (0, 0)
        return at

    def _exception(self, rule: Exemption) -> int:
        at = self._next("exceptions")
        row = self.tables["exceptions"][at]
        row["effect"] = x.EFFECTS.index(rule.effect)
        row["when"], row["until"] = self.match(rule.when), self.match(rule.until)
        row["cap"], row["cap_unit"] = rule.cap, UNITS.index(rule.cap_unit)
        row["length"], row["unit"] = rule.length, UNITS.index(rule.unit)
        return at

    # ---- clocks

    def _law(self, number: int, law: Law) -> None:
        self._now = self.matches_of[number]
        first = self._next("clocks", len(law.clocks))
        if len(law.clocks) > x.CLOCKS_OF_A_LAW:
            raise CannotCompile(f"{law.state} has more than {x.CLOCKS_OF_A_LAW} clocks.")
        self._rows = {id(clock): first + index for index, clock in enumerate(law.clocks)}
        row = self.tables["laws"][number]
        row["number"], row["clocks_at"], row["clocks_n"] = number, first, len(law.clocks)
        for clock in law.clocks:
            self.names.append(ClockName(clock.id, clock.pack, clock.kind, law.state or ""))
            self._clock(number, law, clock)
        self._touched(row, law)
        for index, kinds in enumerate(kinds_read(law, self.vocabulary)):
            self.tables["reads"][first + index, [self.forms.kinds[kind] for kind in kinds]] = 1

    def _of(self, clocks: Iterable[Clock]) -> list[int]:
        return [self._rows[id(clock)] for clock in clocks]

    def _touched(self, row: Any, law: Law) -> None:
        """For each match the clocks that a fact which fits it can start, or that must come before such a fact."""
        found: dict[int, list[int]] = {}
        for clock in law.clocks:
            if not clock.not_yet and not clock.part_of and not clock.after:
                for match in {self.match(one) for one in clock.trigger + clock.also_from + clock.blocks}:
                    found.setdefault(match, []).append(self._rows[id(clock)])
        places = np.zeros(2 * x.MATCHES, np.int64)
        for match, rows in found.items():
            at = self._next("ints", len(rows))
            self.tables["ints"][at : at + len(rows)] = rows
            places[2 * match : 2 * match + 2] = at, len(rows)
        row["touched_at"] = self._next("ints", len(places))
        self.tables["ints"][row["touched_at"] : row["touched_at"] + len(places)] = places
        self.put_list(row, "after", self._of(one for one in law.clocks if one.after and not one.not_yet))

    def _clock(self, number: int, law: Law, clock: Clock) -> None:
        row = self.tables["clocks"][self._rows[id(clock)]]
        row["law"] = number
        self._words(row, law, clock)
        self._matches_of(row, law, clock)
        self._counting(row, law, clock)
        self._beside(row, law, clock)
        self._refuse(law, clock)

    def _words(self, row: Any, law: Law, clock: Clock) -> None:
        row["id"] = self._code("id", clock.id)
        row["base"] = self._code("id", clock.base) if clock.base else -1
        row["key"] = self._code("key", clock.pack, clock.id, clock.name)
        row["state_pack"] = clock.pack != "us"
        row["kind"] = x.CLOCK_KINDS.index(clock.kind)
        row["direction"] = x.DIRECTIONS.index(clock.direction)
        row["repeats"] = x.REPEATS.index(clock.repeats)
        row["unit"] = UNITS.index(clock.unit)
        row["first_is_trigger"] = clock.first_day == "trigger"
        row["done_all"] = clock.done_mode != "any"
        row["last_day"] = x.LAST_DAYS.index(clock.last_day)
        row["can_follow"], row["only_if_begun"] = clock.can_follow, clock.only_if_begun
        row["must_ask"] = must_ask_state(law, clock)
        row["edge"] = x.EDGES.index(clock.after.edge) if clock.after else 0
        row["relation"] = x.RELATIONS.index(clock.relation) if clock.relation in x.RELATIONS else 0
        row["low"] = clock.confidence == "low"
        row["services"] = any(match.event == SERVICES for match in clock.done_when)
        row["length"] = -1 if clock.length is None else clock.length
        row["one_round"] = clock.one_round
        row["first"] = number_of(clock.in_force.first) if clock.in_force.first else FIRST_OF_ALL
        row["last"] = number_of(clock.in_force.last) if clock.in_force.last else LAST_OF_ALL
        row["counted_ref"] = self.refs.index(clock.counted_by) if clock.counted_by else -1

    def _matches_of(self, row: Any, law: Law, clock: Clock) -> None:
        row["triggers"] = len(clock.trigger)
        for name, matches in (
            ("starts", (clock.trigger or clock.blocks) + clock.also_from),
            ("blocks", clock.blocks),
            ("done", clock.done_when),
            ("falls", clock.falls_away_when),
            ("restarts", tuple(r.when for r in clock.exceptions if r.effect == "restarts" and r.when)),
        ):
            self.put_list(row, name, map(self.match, matches))
        self.put_list(row, "applies", [self._condition(one, law) for one in clock.applies_if])
        self.put_list(row, "unless", [self._condition(one, law) for one in clock.unless])
        self.put_list(row, "exceptions", [self._exception(one) for one in clock.exceptions if one.when])

    def _counting(self, row: Any, law: Law, clock: Clock) -> None:
        plain = [rule for rule in clock.leaves_out if rule.what != "waiting-for-consent"]
        row["left_at"], row["left_n"] = len(self.left), len(plain)
        self.left.extend(left_out_rows(plain))
        row["late_absences"] = any(rule.what == "absence" for rule in plain)
        waits = [rule.consent for rule in clock.leaves_out if rule.what == "waiting-for-consent"]
        self.put_list(row, "waits", map(self.forms.word, waits))
        self.put_list(row, "adds", [self._added(one, law) for one in clock.adds])
        row["near_at"], row["near_n"] = len(self.near), len(clock.near_year_end)
        for index, rule in enumerate(clock.near_year_end):
            self.tables["since"][len(self.near) + index] = self.match(rule.since)
        self.near.extend(near_rows(clock.near_year_end))
        row["summer"] = -1
        if clock.summer:
            row["summer"] = len(self.summer)
            unless = list(map(self.match, clock.summer.unless))
            at = self._next("ints", len(unless)) if unless else 0
            self.tables["ints"][at : at + len(unless)] = unless
            self.tables["summer_unless"][len(self.summer)] = at, len(unless)
            self.summer.extend(summer_rows([clock.summer]))
        readings = [self._reading(one.length, one.unit) for one in clock.readings]
        self.put_list(row, "readings", readings)
        self.put_list(row, "capped", map(self.fields.index, clock.capped_by))

    def _added(self, rule: Added, law: Law) -> int:
        at = self._next("added")
        row = self.tables["added"][at]
        row["at_least"] = rule.at_least
        self.put_list(row, "unless", [self._condition(one, law) for one in rule.unless])
        return at

    def _reading(self, length: int, unit: str) -> int:
        at = self._next("readings")
        self.tables["readings"][at]["length"] = length
        self.tables["readings"][at]["unit"] = UNITS.index(unit)
        return at

    def _beside(self, row: Any, law: Law, clock: Clock) -> None:
        """The other clocks of the same law that this one looks at."""
        federal = next((one for one in law.by_id.get(clock.base, ()) if one.pack == "us"), None)
        beside = federal is not None and clock.pack != "us"
        row["federal"] = self._rows[id(federal)] if beside and federal else -1
        row["federal_length"] = -1 if federal is None or federal.length is None else federal.length
        versions = [one for one in law.by_id[clock.id] if one.pack == clock.pack]
        self.put_list(row, "versions", self._of(versions))
        row["first_version"] = versions[0] is clock
        self.put_list(row, "instead", self._of(replaced_by(law, clock)))
        self.put_list(row, "within", [number for name in clock.within for number in self._within(law, name)])
        self.put_list(row, "ends", self._of(may_run_out(law, clock)))
        others = law.by_id.get(clock.after.clock, ()) if clock.after else ()
        self.put_list(row, "others", self._of(one for one in others if one.pack == others[0].pack))

    def _within(self, law: Law, name: str) -> list[int]:
        """How many clocks an outer limit may be, and their rows."""
        pack, _, clock_id = name.rpartition("/")
        rows = self._of(one for one in law.by_id.get(clock_id, ()) if not pack or one.pack == pack)
        return [len(rows), *rows]

    def _refuse(self, law: Law, clock: Clock) -> None:
        """What the order of work in `audit.duties` has no place for."""
        targets = [one for name in clock.within for one in law.by_id.get(name.rpartition("/")[2], ())]
        deep = [two for one in targets for name in one.within for two in law.by_id.get(name.rpartition("/")[2], ())]
        others: Sequence[Clock] = law.by_id.get(clock.after.clock, ()) if clock.after else ()
        base = next((one for one in law.by_id.get(clock.base, ()) if one.pack == "us"), None)
        wrong = (
            (bool(clock.after and (clock.trigger or clock.blocks or clock.also_from)), "starts by a fact and after"),
            (any(one.after or one.within or one.ends_after for one in others), "starts after a clock with limits"),
            (any(one.after for one in (*targets, *deep)), "lies within a clock that starts after another"),
            (any(one.within for one in deep), "lies within three others"),
            (bool(base and (base.within or base.after)), "stands beside a federal clock with limits"),
        )
        for is_so, words in wrong:
            if is_so:
                raise CannotCompile(f"{clock.pack}/{clock.id} {words}: the columns have no order of work for that.")
