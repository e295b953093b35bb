"""A case with more facts than the columns have room for is worked out by the explaining engine, and not left out."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from gameplan.audit.cases import case_of, tables_of
from gameplan.audit.evaluate import evaluator
from gameplan.audit.explained import explained
from gameplan.audit.shapes import FACTS
from gameplan.core.facts import Case, Child, Fact
from gameplan.law import law_for

ON, FIRST = date(2026, 3, 1), date(2025, 9, 2)
CONSENT = {"for": "initial-evaluation", "received": FIRST}


def absent_often(facts: int) -> Case:
    """A child of Texas with one permission, and so many days of absence told one by one."""
    absent = [Fact(f"{n:06d}", "child-absent", FIRST + timedelta(days=n % 90)) for n in range(1, facts)]
    return Case(Child(state="TX"), (), (Fact("000000", "consent-given", FIRST, CONSENT), *absent))


def test_a_case_too_large_for_the_columns_gets_the_explaining_engines_rows() -> None:
    small, large = absent_often(3), absent_often(FACTS + 5)
    audit = evaluator(ON)
    tables = tables_of([(1, small, "", ""), (2, large, "", "")])
    found = np.concatenate(list(audit.duties(*tables)))
    assert set(found["case"]) == {1, 2}
    wanted = explained(2, case_of(*tables, 2), law_for("TX"), ON, audit.clocks)
    assert len(wanted) > 0
    rows = found[found["case"] == 2]
    assert np.sort(rows, order=["clock", "started"]).tolist() == np.sort(wanted, order=["clock", "started"]).tolist()
