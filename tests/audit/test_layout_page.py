"""docs/audit-layout.md: its example makes a folder that is read, and it names every column and reason there is."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import duckdb
import pytest

from gameplan.audit.finding import find_case
from gameplan.audit.layout import CALENDARS, CHILDREN, FACTS, SELDOM
from gameplan.audit.rows import ROWS
from gameplan.core.assess import assess
from gameplan.core.standing import REASONS, STATUSES
from gameplan.law import law_for

PAGE = (Path(__file__).parents[2] / "docs" / "audit-layout.md").read_text(encoding="utf-8")


def test_its_example_makes_a_folder_in_which_the_child_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("children", "facts"):
        (tmp_path / "facts" / name).mkdir(parents=True)
    example = re.search(r"```sql\n(.*?)```", PAGE, re.DOTALL)
    assert example
    with duckdb.connect() as base:
        base.execute(example[1])
    case = find_case(tmp_path / "facts", 12)
    assert [fact.kind for fact in case.facts] == ["evaluation-requested", "consent-given", "evaluation-completed"]
    assert case.facts[1].data == {"for": "initial-evaluation", "received": date(2025, 9, 12)}
    assert case.calendars[0].closed[0].first == date(2025, 11, 24)
    duties = assess(case, law_for(case.child.state), on=date(2025, 12, 1)).duties
    assert {duty.clock for duty in duties if duty.status == "met"}


def test_it_names_every_column_status_and_reason() -> None:
    named = set(re.findall(r"`([^`\s]+)`", PAGE))
    columns = {*CHILDREN.names, *FACTS.names, *CALENDARS.names, *SELDOM, *ROWS.names}
    assert (columns | {*STATUSES} | {*filter(None, REASONS)}) - named == set()
