"""What if: what changes when a fact is supposed, or another day; and nothing of the case is touched."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gameplan.core.entries import Law
from gameplan.core.facts import Case, Fact
from gameplan.core.faults import CaseFileError
from gameplan.core.supposing import read_supposed, supposed_case, write_supposed
from gameplan.core.what_if import Comparison, DutyChange, compare, comparison_json
from gameplan.core.words import ENGLISH
from gameplan.law import law_for, vocabulary
from tests.core.cast import case, consent, request

ON = date(2025, 11, 1)
TX: Law = law_for("TX")
ANA = case(request(), consent())


def what_if(*lines: str, told: Case = ANA, day: date | None = None) -> Comparison:
    supposed = [read_supposed(line, told, vocabulary(), number=n) for n, line in enumerate(lines, start=1)]
    return compare(told, TX, on=ON, supposed=supposed, day=day)


def change(found: Comparison, clock: str) -> DutyChange:
    return next(one for one in found.duties if one.duty.clock == clock)


def dues(found: DutyChange) -> tuple[date | None, date | None]:
    return found.before.due if found.before else None, found.after.due if found.after else None


def test_without_a_supposition_nothing_changes() -> None:
    assert compare(ANA, TX, on=ON).nothing


def test_permission_on_another_day_moves_the_evaluation() -> None:
    found = change(what_if("consent-given:2025-10-01:for=initial-evaluation,instead=f2"), "initial-evaluation")
    assert found.what == "moves"
    assert dues(found) == (date(2025, 11, 17), date(2025, 12, 10))
    assert any("45 school days" in ENGLISH.say(reason) for reason in found.why)


def test_done_on_a_day_ahead_is_looked_at_on_that_day_on_both_sides() -> None:
    found = what_if("evaluation-completed:2025-12-10:type=initial")
    assert found.before.on == found.after.on == date(2025, 12, 10)
    ended = change(found, "initial-evaluation")
    assert (ended.what, ended.after and ended.after.status) == ("ends", "met-late")
    assert not found.same_stage
    assert any(one.what == "opens" and one.option.id == "ask-iee" for one in found.options)
    assert any(one.what == "closes" and one.option.id == "bring-own-data" for one in found.options)


def test_another_duty_starts() -> None:
    started = change(what_if("records-requested:2025-10-20"), "records-access")
    assert (started.what, started.before) == ("starts", None)
    assert started.why


def test_a_withdrawn_request_ends_what_is_owed() -> None:
    found = compare(case(request()), TX, on=date(2025, 9, 10), supposed=[
        Fact("supposed-1", "request-withdrawn", date(2025, 9, 9), {"written": True}),
    ])  # fmt: skip
    assert any(one.what == "ends" and one.duty.clock == "request-response" for one in found.duties)


def test_another_day_alone_sets_today_beside_it() -> None:
    found = what_if(day=date(2025, 11, 25))
    assert (found.before.on, found.after.on) == (ON, date(2025, 11, 25))
    turned = change(found, "initial-evaluation")
    assert (turned.what, turned.after and turned.after.status) == ("turns", "late")


def test_a_supposition_takes_the_place_of_both_accounts() -> None:
    theirs = replace(consent("f3", date(2025, 9, 17)), said_by="school", account_of="f2")
    told = case(request(), consent(), theirs)
    found = what_if("consent-given:2025-10-01:for=initial-evaluation,instead=f2", told=told)
    moved = change(found, "initial-evaluation")
    assert moved.before is not None
    assert moved.after is not None
    assert moved.before.accounts
    assert not moved.after.accounts


def test_the_case_itself_is_not_touched() -> None:
    before = ANA.facts
    what_if("consent-given:2025-10-01:for=initial-evaluation,instead=f2")
    assert ANA.facts is before
    assert [fact.id for fact in supposed_case(ANA, [consent("f2", ON)]).facts] == ["f1", "f2"]


def test_the_differences_as_json_name_clock_change_and_both_sides() -> None:
    told = comparison_json(what_if("evaluation-completed:2025-12-10:type=initial"))
    assert told["supposed"] == ["evaluation-completed:2025-12-10:type=initial,date=2025-12-10"]
    row = next(one for one in told["duties"] if one["clock"] == "initial-evaluation")  # type: ignore[attr-defined]
    assert (row["change"], row["before"]["status"], row["after"]["done"]) == ("ends", "late", "2025-12-10")


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("nope:2025-10-01", "not a kind of fact"),
        ("consent-given", "missing"),
        ("consent-given:2025-13-01", "not a date"),
        ("consent-given:2025-10-01:fro=initial-evaluation", 'Did you mean "for"'),
        ("consent-given:2025-10-01:for=nothing", "not one of the answers"),
        ("consent-given:2025-10-01:for", "says nothing"),
        ("consent-given:2025-10-01:instead=f99", 'no fact "f99"'),
        ("pwn-sent:2025-10-01:decision=", "says nothing"),
    ],
)
def test_a_wrong_line_is_refused_with_what_is_wrong(line: str, word: str) -> None:
    with pytest.raises(CaseFileError) as refused:
        read_supposed(line, ANA, vocabulary())
    assert word in str(refused.value) + " ".join(map(str, refused.value.faults))


@pytest.mark.parametrize(
    "line",
    [
        "consent-given:2025-10-01:for=initial-evaluation,received=2025-10-03,instead=f2",
        "pwn-sent:2025-10-01:decision=refuse,subject=evaluation+fape,matter=No%2C not now %2B never",
        "child-absent:2025-10-01:days=2025-10-01+2025-10-02",
        "evaluation-requested:2025-10-01:written=yes,type=initial",
        "time-extended:2025-10-01:days=10",
        "consent-given:2025-10-01:received=2025-10,for=initial-evaluation",
    ],
)
def test_a_line_can_be_written_and_read_again(line: str) -> None:
    fact = read_supposed(line, ANA, vocabulary())
    assert read_supposed(write_supposed(fact), ANA, vocabulary()) == fact


@given(st.dates(date(2025, 9, 4), date(2026, 2, 1)), st.integers(0, 60))
def test_permission_supposed_later_never_makes_the_evaluation_due_earlier(first: date, more: int) -> None:
    told = case(request())
    days = [first, first + timedelta(days=more)]
    due: list[date] = []
    for day in days:
        after = compare(told, TX, on=date(2026, 6, 1), supposed=[consent("supposed-1", day)]).after
        found = next(duty for duty in after.duties if duty.clock == "initial-evaluation")
        due += [day for day in (found.due or found.due_earliest,) if day]
    assert len(due) == 2
    assert due[0] <= due[1]
