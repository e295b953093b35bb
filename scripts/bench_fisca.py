"""OpenFisca as a rival of the audit: three clocks, from rows that the SQL of `bench_rivals` has made ready."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from scripts.bench_rivals import CLOCKS, REVIEW, SOON


class Fisca:
    """The three clocks as OpenFisca variables over children: a due day and a standing each.

    It leaves out what the SQL leaves out, and more: one start a child for each clock, the latest one, is given to it
    ready made, with the limit of the child's State and the day of the first fact that met it; only the due day and
    the standing are its own work.
    """

    def __init__(self, inputs: Mapping[str, Any]) -> None:
        import numpy as np
        from openfisca_core.entities import build_entity
        from openfisca_core.taxbenefitsystems import TaxBenefitSystem

        self.inputs = inputs
        self.keys = inputs["school_of"] * 1_000_000 + inputs["school_day"].astype("M8[D]").astype(np.int64)
        self.child = build_entity(key="child", plural="children", label="A child", is_person=True)
        self.system = TaxBenefitSystem([self.child])
        self._put("calendar", int)
        for number, clock in enumerate(CLOCKS):
            for name, kind in (("started", date), ("done", date), ("length", int), ("school", bool)):
                self._put(f"{name}_{number}", kind)
            self._put(f"due_{number}", date, self._years_due(number) if clock == REVIEW else self._days_due(number))
            self._put(f"standing_{number}", int, _standing(number))

    def _put(self, name: str, kind: type, formula: Any = None) -> None:
        from openfisca_core.periods import DateUnit
        from openfisca_core.variables import Variable

        said = {
            "value_type": kind, "entity": self.child, "label": name,
            "definition_period": DateUnit.DAY if formula else DateUnit.ETERNITY,
        }  # fmt: skip
        self.system.add_variable(type(name, (Variable,), {**said, **({"formula": formula} if formula else {})}))

    def _days_due(self, number: int) -> Any:
        import numpy as np

        def formula(child: Any, period: Any, _parameters: Any) -> Any:
            started, length = child(f"started_{number}", period), child(f"length_{number}", period)
            calendar = child("calendar", period).astype(np.int64)
            begun = np.searchsorted(self.keys, calendar * 1_000_000 + started.astype(np.int64), "right")
            place = np.minimum(begun - 1 + length, len(self.keys) - 1)
            found = self.keys[place]
            school = np.where(found // 1_000_000 == calendar, found % 1_000_000, 0).astype("M8[D]")
            return np.where(child(f"school_{number}", period), school, started + length.astype("m8[D]"))

        return formula

    def _years_due(self, number: int) -> Any:
        import numpy as np

        def formula(child: Any, period: Any, _parameters: Any) -> Any:
            started = child(f"started_{number}", period)
            month = started.astype("M8[M]")
            last = (month + 13).astype("M8[D]") - np.timedelta64(1, "D")
            same = np.minimum((month + 12).astype("M8[D]") + (started - month.astype("M8[D]")), last)
            return same - np.timedelta64(1, "D")

        return formula

    def standings(self, on: date) -> list[Any]:
        """How each child stands on that day, an array a clock: a place in STANDINGS, from 1 on, or 0."""
        from openfisca_core.simulations import SimulationBuilder

        made = SimulationBuilder().build_default_simulation(self.system, count=len(self.inputs["calendar"]))
        for name, values in self.inputs.items():
            if name in self.system.variables:
                made.set_input(name, "eternity", values)
        return [made.calculate(f"standing_{number}", on.isoformat()) for number in range(len(CLOCKS))]


def _standing(number: int) -> Any:
    import numpy as np

    def formula(child: Any, period: Any, _parameters: Any) -> Any:
        none, today = np.datetime64("1970-01-01", "D"), np.datetime64(period.start.date, "D")
        started, done, due = (child(f"{name}_{number}", period) for name in ("started", "done", "due"))
        ways = [started == none, (done > due) & (due != none), done != none, due == none]
        ways += [due < today, due <= today + np.timedelta64(SOON, "D")]
        return np.select(ways, [0, 2, 1, 6, 3, 4], 5)

    return formula
