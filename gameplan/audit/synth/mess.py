"""What real files are like: corrected, taken back, told by two sides, entered twice, half known, entered late."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from gameplan.audit.synth.arrays import NEVER, Days, Rows, Yes
from gameplan.audit.synth.ledger import NOBODY, SIDE_CODES, Ledger, Sayings
from gameplan.core.casefile import NOT_KNOWN
from gameplan.core.entries import Vocabulary

CORRECTED: Final = 0.023
WITHDRAWN: Final = 0.007
AGAIN: Final = 0.04
"""Share of corrections that are corrected once more."""

TWO_ACCOUNTS: Final = 0.002
TWICE: Final = 0.003
ROUGH: Final = 0.001
FIELD_MISSING: Final = 0.012
NOT_RECEIVED: Final = 0.04
FOUND_NOT_OUT: Final = 0.1
"""Of the days of receipt that are missing: where somebody looked and wrote that it is not known."""

PLANNED_KEPT: Final = 0.6


@dataclass
class Disorder:
    """Takes a part's tidy ledger and gives it the faults of real files. The last step is `entered`."""

    ledger: Ledger
    sayings: Sayings
    vocabulary: Vocabulary
    rng: np.random.Generator
    until: int

    def disturb(self) -> tuple[Ledger, Days]:
        """The ledger with its faults, and the day on which each fact was entered."""
        self._drop_plans()
        self._forget_receipt()
        self._forget_fields()
        self._make_rough()
        entered = self._entered()
        for share, change in (
            (TWO_ACCOUNTS, self._account), (CORRECTED, self._correction), (WITHDRAWN, self._withdrawal),
            (TWICE, self._copy),
        ):  # fmt: skip
            rows = self._some(share, self._plain())
            entered = self._add(change(rows), rows, entered)
        again = self.ledger.corrects >= 0
        rows = self._some(AGAIN, again & ~self.ledger.withdrawn)
        entered = self._add(self._correction(rows), rows, entered)
        return self.ledger, entered

    def _plain(self) -> Yes:
        """Facts that happened, that nobody spoke of yet, and that are whole without a list of days."""
        ledger = self.ledger
        found = ~ledger.planned & (ledger.corrects < 0)
        spoken = ledger.corrects[ledger.corrects >= 0]
        found[spoken] = False
        for rows, _ in ledger.lists.values():
            found[rows] = False
        return found

    def _some(self, share: float, of: Yes) -> Rows:
        return np.flatnonzero(of & (self.rng.random(len(of)) < share))

    def _add(self, more: Ledger, rows: Rows, entered: Days) -> Days:
        self.ledger = self.ledger.followed_by(more)
        later = entered[rows] + self.rng.geometric(0.08, len(rows))
        return np.concatenate([entered, np.minimum(later, self.until).astype(np.int32)])

    def _drop_plans(self) -> None:
        """Not everything that lies ahead has been planned yet. What goes is moved out of every child's file."""
        gone = self.ledger.planned & (self.rng.random(len(self.ledger)) > PLANNED_KEPT)
        self.ledger = without(self.ledger, gone)

    def _forget_receipt(self) -> None:
        """Nobody wrote down when a permission or a request was received."""
        if "received" not in self.ledger.days:
            return
        received = self.ledger.days["received"].copy()
        kinds = self.sayings.is_kind("consent-given", "evaluation-requested", "iep-offered")
        rows = self._some(NOT_RECEIVED, kinds[self.ledger.saying] & (received < NEVER))
        received[rows] = NEVER
        self.ledger = replace(self.ledger, days={**self.ledger.days, "received": received})
        rows = rows[self.rng.random(len(rows)) < FOUND_NOT_OUT]
        self._say_instead(rows, {number: self._with(number, "received") for number in self._numbers(rows)})

    def _forget_fields(self) -> None:
        """A field is left out, or somebody wrote that it is not known."""
        rows = self._some(FIELD_MISSING, np.ones(len(self.ledger), dtype=np.bool_))
        out = self.rng.random(len(rows)) < 0.5
        for half, change in ((rows[out], self._without_field), (rows[~out], self._with)):
            self._say_instead(half, {number: change(number) for number in self._numbers(half)})

    def _numbers(self, rows: Rows) -> list[int]:
        found: list[int] = np.unique(self.ledger.saying[rows]).tolist()
        return found

    def _say_instead(self, rows: Rows, instead: Mapping[int, int]) -> None:
        saying = self.ledger.saying.copy()
        table = np.arange(len(self.sayings.kinds))
        for number, other in instead.items():
            table[number] = other
        saying[rows] = table[saying[rows]]
        self.ledger = replace(self.ledger, saying=saying)

    def _field(self, number: int) -> str:
        """The field that whoever says this is prone to forget: always the same, so that the texts stay few."""
        names = sorted(self.sayings.data[number])
        return names[number % len(names)] if names else ""

    def _without_field(self, number: int) -> int:
        gone = self._field(number)
        data = {name: value for name, value in self.sayings.data[number].items() if name != gone}
        return self.sayings.number(self.sayings.kinds[number], data)

    def _with(self, number: int, name: str = "") -> int:
        name = name or self._field(number)
        kept = self.sayings.data[number]
        return self.sayings.number(self.sayings.kinds[number], {**kept, name: NOT_KNOWN} if name else kept)

    def _main_dates(self) -> list[str]:
        return [self.vocabulary.kinds[kind].main_date for kind in self.sayings.kinds]

    def _make_rough(self) -> None:
        """The day is known only roughly: a week or so, or a month."""
        rows = self._some(ROUGH, ~self.ledger.planned)
        on = self.ledger.on
        month = on[rows].astype("datetime64[D]").astype("datetime64[M]")
        starts = month.astype("datetime64[D]").astype(np.int32)
        ends = (month + np.timedelta64(1, "M")).astype("datetime64[D]").astype(np.int32) - 1
        wide = self.rng.random(len(rows)) < 0.4
        first = np.where(wide, starts, on[rows] - self.rng.integers(0, 7, len(rows)))
        last = np.where(wide, ends, on[rows] + self.rng.integers(1, 8, len(rows)))
        self._set_main(rows, first.astype(np.int32), last.astype(np.int32))

    def _set_main(self, rows: Rows, first: Days, last: Days) -> None:
        """These facts' main dates lie between the two days."""
        on = self.ledger.on.copy()
        on[rows] = first
        names = np.array(self._main_dates())[self.ledger.saying[rows]]
        days, lasts = dict(self.ledger.days), dict(self.ledger.last)
        for name in np.unique(names).tolist():
            of = names == name
            for columns, values in ((days, first), (lasts, last)):
                column = columns.get(name, np.full(len(self.ledger), NEVER)).copy()
                column[rows[of]] = values[of]
                columns[name] = column
        self.ledger = replace(self.ledger, on=on, days=days, last=lasts)

    def _entered(self) -> Days:
        """Most facts are entered on their day or soon after, none after the day of the audit."""
        size = len(self.ledger)
        late = np.where(self.rng.random(size) < 0.7, 0, self.rng.geometric(0.15, size))
        ahead = self.until - self.rng.integers(0, 20, size)
        day = np.where(self.ledger.planned, ahead, np.minimum(self.ledger.on + late, self.until))
        return day.astype(np.int32)

    def _account(self, rows: Rows) -> Ledger:
        """The other side says that it happened some days sooner or later."""
        ledger = self._moved(rows)
        school = np.int8(SIDE_CODES["school"])
        other = np.where(ledger.by == school, np.int8(SIDE_CODES["parent"]), school).astype(np.int8)
        return replace(ledger, by=other, account_of=rows)

    def _correction(self, rows: Rows) -> Ledger:
        """The same fact with another day."""
        return replace(self._moved(rows), corrects=rows, account_of=np.full(len(rows), NOBODY))

    def _withdrawal(self, rows: Rows) -> Ledger:
        gone = np.ones(len(rows), dtype=np.bool_)
        copied = self.ledger.copied(rows)
        return replace(copied, corrects=rows, withdrawn=gone, account_of=np.full(len(rows), NOBODY))

    def _copy(self, rows: Rows) -> Ledger:
        return self.ledger.copied(rows)

    def _moved(self, rows: Rows) -> Ledger:
        """Copies of these facts whose main date, and no other, lies some days off; never after the audit's day."""
        ledger = self.ledger.copied(rows)
        shift = np.minimum(self.rng.geometric(0.4, len(rows)), 9) * np.where(self.rng.random(len(rows)) < 0.5, 1, -1)
        shift = np.minimum(shift, self.until - ledger.on).astype(np.int32)
        names = np.array(self._main_dates())[ledger.saying]
        days, lasts = dict(ledger.days), dict(ledger.last)
        for columns in (days, lasts):
            for name in set(columns) & set(names.tolist()):
                column = columns[name]
                columns[name] = np.where((names == name) & (column < NEVER), column + shift, column).astype(np.int32)
        return replace(ledger, on=ledger.on + shift, days=days, last=lasts)


def without(ledger: Ledger, gone: Yes) -> Ledger:
    """The ledger without these facts; what pointed at one of them points at nothing."""
    kept = np.flatnonzero(~gone)
    place = np.full(len(ledger) + 1, NOBODY)
    place[kept] = np.arange(len(kept))
    found = ledger.copied(kept)
    lists = {}
    for name, (rows, days) in ledger.lists.items():
        stays = ~gone[rows]
        lists[name] = (place[rows[stays]], days[stays])
    return replace(
        found, lists=lists, corrects=place[found.corrects], account_of=place[found.account_of],
        refs={name: place[rows] for name, rows in found.refs.items()},
    )  # fmt: skip
