"""The indicators against children worked by hand: children_by_hand.txt says what each counts as, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from gameplan.audit.indicators import Indicators, NothingToCount, Period, indicators
from gameplan.audit.indicators.shares import Share, share
from gameplan.audit.layout import Folder
from tests.audit.hand_worked import children_of, folder_of, rows_of

ON = date(2026, 7, 15)
YEAR = Period.starting(2025)


def counted(title: str, path: Path, by: Any = "state", size: int = 5) -> Indicators:
    lines = children_of(title)
    return indicators(folder_of(lines, path / "folder", size), rows_of(lines, ON), ON, YEAR, by)


def told(found: Indicators, table: str, state: str = "all") -> dict[str, Any]:
    """The row of a State, without what is nought or empty."""
    row = next(one for one in found.rows[table] if one.state == state)
    return {k: v for k, v in asdict(row).items() if v not in (0, None, "") and k not in ("state", "period", "district")}


def test_child_find_in_each_state(tmp_path: Path) -> None:
    found = counted("child find", tmp_path)
    # 9 permissions; Eli, Fay and Gus go apart, 6 are left. Ana, Hana and Jun: 3 of 6; with Dan, perhaps 4 of 6.
    assert told(found, "b11_child_find", "") == {
        "consents": 9, "excused_not_produced": 1, "excused_moved": 1, "time_ended": 1, "a": 6,
        "b": 3, "b_in_time": 3, "b_with_sld_agreement": 1, "late": 2, "late_finished": 1, "late_not_finished": 1,
        "still_running": 1, "days_late_least": 1, "days_late_most": 1, "late_1_to_10": 1,
        "percent_lowest": 50.0, "percent_highest": 66.67,
        "percent_of_all_lowest": 33.33, "percent_of_all_highest": 44.44,  # 3 of 9; 4 of 9
    }  # fmt: skip
    assert told(found, "b11_child_find", "TX") == {
        "consents": 3, "a": 3, "b": 1, "b_in_time": 1, "late": 1, "late_finished": 1, "cannot_tell": 1,
        "days_late_least": 10, "days_late_most": 10, "late_1_to_10": 1, "percent_lowest": 33.33,
        "percent_highest": 66.67, "percent_of_all_lowest": 33.33, "percent_of_all_highest": 66.67,
    }  # fmt: skip
    assert told(found, "b11_child_find", "NC") == {
        "consents": 3, "a": 3, "b": 1, "b_in_time": 1, "late": 1, "late_finished": 1, "cannot_tell": 1,
        "days_late_least": 20, "days_late_most": 20, "late_11_to_30": 1, "percent_lowest": 33.33,
        "percent_highest": 66.67, "percent_of_all_lowest": 33.33, "percent_of_all_highest": 66.67,
    }  # fmt: skip
    assert told(found, "b11_child_find", "AK") == {
        "consents": 2, "a": 2, "late": 1, "late_finished": 1, "cannot_tell": 1, "days_late_not_known": 1,
        "percent_highest": 50.0, "percent_of_all_highest": 50.0,  # at least 0 of 2, at most 1 of 2
    }  # fmt: skip
    assert told(found, "b11_child_find", "MN") == {
        "consents": 3, "moved_away": 1, "a": 2, "b": 1, "b_in_time": 1, "late": 1, "late_finished": 1,
        "days_late_least": 42, "days_late_most": 42, "late_31_to_60": 1, "percent_lowest": 50.0,
        "percent_highest": 50.0, "percent_of_all_lowest": 33.33, "percent_of_all_highest": 33.33,  # 1 of 2; 1 of 3
    }  # fmt: skip
    assert told(found, "b11_child_find", "DE") == {
        "consents": 2, "a": 2, "b": 1, "b_in_time": 1, "late": 1, "late_finished": 1, "days_late_least": 16,
        "days_late_most": 16, "late_11_to_30": 1, "percent_lowest": 50.0, "percent_highest": 50.0,
        "percent_of_all_lowest": 50.0, "percent_of_all_highest": 50.0,
    }  # fmt: skip


def test_child_find_of_all_states_together(tmp_path: Path) -> None:
    # 9 + 3 + 3 + 2 + 2 + 3 permissions, 4 apart: a is 18. b: 3 in federal law, 1 each in TX, NC, MN, DE.
    # Late: 2 in federal law, 1 each in TX, NC, AK, MN, DE. Open: Dan, Max, Pia, Quin.
    found = counted("child find", tmp_path)
    assert told(found, "b11_child_find") == {
        "consents": 22, "excused_not_produced": 1, "excused_moved": 1, "moved_away": 1, "time_ended": 1, "a": 18,
        "b": 7, "b_in_time": 7, "b_with_sld_agreement": 1, "late": 7, "late_finished": 6, "late_not_finished": 1,
        "still_running": 1, "cannot_tell": 3, "days_late_least": 1, "days_late_most": 42, "days_late_not_known": 1,
        "late_1_to_10": 2, "late_11_to_30": 2, "late_31_to_60": 1,  # 1 and 10; 16 and 20; 42
        "percent_lowest": 38.89, "percent_highest": 61.11,  # 7 of 18; 11 of 18
        "percent_of_all_lowest": 31.82, "percent_of_all_highest": 50.0,  # 7 of 22; 11 of 22
    }  # fmt: skip


def test_the_reasons_that_the_files_show(tmp_path: Path) -> None:
    found = counted("child find", tmp_path)
    reasons = {row.code: row.children for row in found.rows["b11_reasons"] if row.state == "all"}
    # Late without a reason: Ben, Cara, Lea, Oto, Tia, Val. Rae came from another district. Fay and Wyn moved.
    assert reasons == {"1011": 7, "1009": 1, "1000": 1, "1001": 2, "1002": 0, "1005": 1, "": 6}


def test_rules_of_single_states(tmp_path: Path) -> None:
    found = counted("rules of single States", tmp_path)
    assert told(found, "b11_child_find", "TX")["b_with_transfer_agreement"] == 1  # Xan
    assert told(found, "b11_child_find", "MN")["b_by_state_exception"] == 1  # Yara
    assert told(found, "b11_child_find", "CT") == {
        "consents": 2, "time_ended": 1, "a": 1, "cannot_tell": 1, "percent_highest": 100.0,
        "percent_of_all_highest": 50.0,  # at least 0 of 2, at most 1 of 2
    }  # fmt: skip
    reasons = {row.code: row.children for row in found.rows["b11_reasons"] if row.state == "CT"}
    assert reasons["1009"] == 1


def test_what_came_after_the_last_day_is_no_reason(tmp_path: Path) -> None:
    assert [row.children for row in counted("after the last day", tmp_path).rows["b11_reasons"] if row.code == ""] == [
        1,
        1,
    ]


def test_a_child_with_two_permissions_is_counted_once(tmp_path: Path) -> None:
    found = told(counted("two permissions", tmp_path), "b11_child_find")
    assert (found["consents"], found["a"], found["b"]) == (1, 1, 1)


def test_what_was_corrected_withdrawn_planned_or_told_twice(tmp_path: Path) -> None:
    found = told(counted("corrected, withdrawn, planned, told twice", tmp_path), "b11_child_find")
    assert (found["consents"], found["b"], found["cannot_tell"]) == (2, 1, 1)


def test_early_childhood_transition(tmp_path: Path) -> None:
    # a: 11 children in Part C with the birthday in the period, Jo has no referral: 10. b Ed. c Ada, Ken. d Gil. e Hal.
    # Delays: Bo, Cy, Di, Flo. 2 / (10 - 1 - 1 - 1) = 28.57; if Ira is e and Jo counts: 3 / 7 = 42.86.
    assert told(counted("early childhood", tmp_path), "b12_early_childhood_transition") == {
        "a": 10, "b": 1, "c": 2, "d": 1, "e": 1, "delayed": 4, "delayed_iep_late": 1, "delayed_in_force_late": 1,
        "delayed_not_eligible_late": 1, "delayed_no_iep": 1, "cannot_tell_if_e": 1, "referral_not_in_file": 1,
        "days_late_least": 10, "days_late_most": 21, "percent_lowest": 28.57, "percent_highest": 42.86,
    }  # fmt: skip


def test_secondary_transition(tmp_path: Path) -> None:
    assert told(counted("secondary transition", tmp_path), "b13_secondary_transition") == {
        "youth": 3, "plan_says_transition": 1, "plan_without_transition": 1, "plan_does_not_say": 1,
        "renewed_within_a_year": 2, "student_invited": 1, "agency_consent": 1, "not_met": 1, "cannot_tell": 2,
        "percent_highest": 66.67,  # none is a sure yes: 0 of 3; at most Amy and Dot: 2 of 3
    }  # fmt: skip


def test_complaints_to_the_state(tmp_path: Path) -> None:
    assert told(counted("complaints to the State", tmp_path), "state_complaints") == {
        "filed": 6, "reports": 3, "reports_with_findings": 2, "reports_in_60_days": 1, "reports_in_extended_time": 1,
        "reports_late": 1, "pending": 2, "pending_hearing": 1, "overdue": 1,
        "percent_lowest": 50.0, "percent_highest": 50.0,  # Al and Bea of Al, Bea, Cleo and Els
    }  # fmt: skip


def test_due_process_and_meetings_to_settle(tmp_path: Path) -> None:
    assert told(counted("hearings", tmp_path), "due_process") == {
        "filed": 9, "filed_expedited": 2, "meetings": 4, "meetings_in_time": 3, "meetings_late": 1,
        "meetings_overdue": 2, "meetings_not_needed": 2, "settlements": 1, "decided": 5, "decided_in_45_days": 3,
        "decided_in_extended_time": 1, "decided_late": 1, "closed": 2, "pending": 1, "overdue": 1,
        "b15_percent_lowest": 25.0, "b15_percent_highest": 25.0,  # Ari's settlement of four meetings
    }  # fmt: skip


def test_fast_hearings(tmp_path: Path) -> None:
    assert told(counted("hearings", tmp_path), "expedited_hearings") == {
        "filed": 2, "meetings": 1, "held": 1, "held_in_20_school_days": 1, "decided": 1,
        "decided_in_10_school_days": 1, "placement_changed": 1, "overdue": 1,
    }  # fmt: skip


def test_a_fast_hearing_that_ends_between_the_hearing_and_the_decision(tmp_path: Path) -> None:
    found = counted("fast hearings that end", tmp_path)
    assert told(found, "expedited_hearings") == {
        "filed": 3, "held": 2, "held_in_20_school_days": 2, "closed": 2, "overdue": 1,
    }  # fmt: skip
    assert told(found, "due_process")["closed"] == 2


def test_early_childhood_while_the_birthday_is_still_to_come(tmp_path: Path) -> None:
    lines = children_of("before the birthday")
    folder, on = folder_of(lines, tmp_path / "folder"), date(2025, 10, 1)
    found = indicators(folder, rows_of(lines, on), on, YEAR)
    assert told(found, "b12_early_childhood_transition") == {
        "a": 3, "c": 1, "still_running": 2, "percent_lowest": 33.33, "percent_highest": 100.0,  # 1 of 3; 3 of 3
    }  # fmt: skip


def test_mediation(tmp_path: Path) -> None:
    assert told(counted("mediation", tmp_path), "mediation") == {
        "asked": 5, "held": 3, "held_about_due_process": 1, "held_other": 2, "agreed_other": 2, "pending": 1,
        "not_held": 1, "b16_percent_lowest": 66.67, "b16_percent_highest": 66.67,
    }  # fmt: skip


def test_the_size_of_the_parts_changes_nothing(tmp_path: Path) -> None:
    small, large = counted("child find", tmp_path / "a", size=1), counted("child find", tmp_path / "b", size=100)
    assert small.rows == large.rows


def test_a_row_for_each_district(tmp_path: Path) -> None:
    rows = counted("child find", tmp_path, by="district").rows["b11_child_find"]
    assert [(row.state, row.district) for row in rows] == [
        ("", "d1"), ("AK", "d1"), ("DE", "d1"), ("MN", "d1"), ("NC", "d1"), ("TX", "d1"), ("all", ""),
    ]  # fmt: skip


def test_nobody_to_count(tmp_path: Path) -> None:
    found = counted("nobody", tmp_path)
    for name, rows in found.rows.items():
        assert found.table(name).num_rows == len(rows)
        assert told(found, name) == {} or name == "b11_reasons"


def test_a_folder_without_children_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NothingToCount, match="holds no children"):
        indicators(Folder(tmp_path), lambda clocks: [], ON, YEAR)


def test_a_row_with_an_unknown_status_is_refused(tmp_path: Path) -> None:
    lines = children_of("two permissions")

    def rows(clocks: Sequence[str]) -> Iterable[pa.Table]:
        for table in rows_of(lines, ON)(clocks):
            status = pa.array(["thought-about"] * table.num_rows).dictionary_encode()
            yield table.set_column(table.column_names.index("status"), "status", status)

    with pytest.raises(ValueError, match="none of running, due-soon, late"):
        indicators(folder_of(lines, tmp_path / "folder"), rows, ON, YEAR)


def test_all_and_none_are_said_of_all_and_none_only() -> None:
    assert share(99_999, 1) == Share(99.99, 99.99)
    assert share(1, 99_999) == Share(0.01, 0.01)
    assert share(3, 0) == Share(100.0, 100.0)
    assert share(0, 0) == Share(None, None)
    assert share(0, 0, perhaps_no=2) == Share(0.0, 0.0)
    assert share(0, 0, perhaps_yes=2, perhaps_no=2) == Share(0.0, 100.0)


def test_periods() -> None:
    assert Period.before(date(2026, 6, 30)) == Period(date(2024, 7, 1), date(2025, 6, 30))
    assert Period.before(date(2026, 7, 1)) == YEAR
    with pytest.raises(ValueError, match="earlier day first"):
        Period(date(2026, 1, 1), date(2025, 1, 1))
    with pytest.raises(ValueError, match="not for each 'school'"):
        indicators(Folder(Path("nowhere")), lambda clocks: [], ON, YEAR, "school")  # type: ignore[arg-type]
