"""A case that went through the audit's tables: the engine says the same of it, and nobody's words are left."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from random import Random

import pyarrow.parquet as pq
import pytest

from gameplan.audit.cases import NoSuchCase, case_of, fact_id, tables_of, write_part
from gameplan.audit.fields import BY_THE_ENGINE, BY_THE_REPORTS, kept_fields
from gameplan.audit.indicators import child_find, dispute_events, early_childhood, secondary_transition
from gameplan.audit.layout import CHILDREN, FACTS, Folder
from gameplan.audit.school_years import CalendarBook
from gameplan.core.assess import assess
from gameplan.core.calendars import Closure, SchoolYear
from gameplan.core.casefile import read_case
from gameplan.core.facts import Case, Child, Fact, Rough
from gameplan.core.standing import Duty
from gameplan.law import law_for, vocabulary
from tests.properties.made_up import case_file, day_of

MANY, SEED = 500, 20251
DAY = date(2025, 9, 3)


def made(number: int) -> tuple[Case, date]:
    rng = Random(SEED + number)
    case = read_case(case_file(rng), vocabulary())
    return case, day_of(rng)


def through(*facts: Fact, state: str | None = "TX", years: tuple[SchoolYear, ...] = ()) -> Case:
    """The case of these facts after it went through the tables."""
    return case_of(*tables_of([(7, Case(Child("Ana", None, state), years, facts), "", "")]), 7)


def told(duties: Iterable[Duty], names: dict[str, str]) -> list[tuple[object, ...]]:
    """What the audit says of each duty, with the ids of facts as `names` gives them."""
    return [
        (
            one.clock, one.pack, one.status, names.get(one.started_by, one.started_by), one.started, one.due,
            one.due_earliest, one.due_latest, one.done, names.get(one.done_by, one.done_by), one.days_left,
            one.days_late, one.reason, one.lapsed,
        )
        for one in duties
    ]  # fmt: skip


def test_the_engine_says_the_same_of_a_case_that_went_through_the_tables() -> None:
    cases = [made(number) for number in range(MANY)]
    tables = tables_of((number, case, "", "") for number, (case, _) in enumerate(cases))
    wrong = []
    for number, (case, on) in enumerate(cases):
        law = law_for(case.child.state)
        names = {name: fact_id(place) for place, name in enumerate(sorted(one.id for one in case.facts), start=1)}
        before = told(assess(case, law, on=on).duties, names)
        after = told(assess(case_of(*tables, number), law, on=on).duties, {})
        if before != after:
            wrong.append((number, [pair for pair in zip(before, after, strict=False) if pair[0] != pair[1]][:1]))
    assert wrong == []


def test_facts_lie_by_case_and_by_their_place_in_the_file() -> None:
    first = Case(facts=(Fact("b", "records-requested", DAY), Fact("a", "records-requested", DAY)))
    _, facts, _ = tables_of([(9, first, "", ""), (2, first, "", "")])
    assert facts.select(["case", "id"]).to_pydict() == {"case": [2, 2, 9, 9], "id": [2, 1, 2, 1]}


def test_ids_keep_the_order_of_the_words() -> None:
    facts = tuple(Fact(name, "records-requested", DAY) for name in ("f2", "f10", "f1"))
    assert [one.id for one in through(*facts).facts] == ["000003", "000002", "000001"]


def test_a_day_known_only_roughly_stays_so_even_where_no_rule_reads_it() -> None:
    rough = Rough(date(2025, 3, 1), date(2025, 3, 31))
    case = through(Fact("f", "evaluation-requested", rough.first, {"received": rough, "sent": rough}))
    assert case.facts[0].data == {"received": rough, "sent": rough}


def test_not_known_and_nothing_are_told_from_not_said() -> None:
    data: dict[str, object] = {"served_days": (), "part_days": "not-known", "from": "not-known", "school_days": 3}
    assert through(Fact("f", "removal-ordered", DAY, data)).facts[0].data == data


def test_a_reference_names_a_fact_or_stays_a_word_like_its_equals() -> None:
    facts = (
        Fact("filed", "due-process-filed", DAY),
        Fact("one", "hearing-decided", DAY, {"of": "filed"}),
        Fact("two", "hearing-decided", DAY, {"of": "case 12 of Ana"}),
        Fact("three", "due-process-closed", DAY, {"of": "case 12 of Ana"}),
        Fact("four", "due-process-closed", DAY, {"of": "case 13"}),
    )
    found = [one.data["of"] for one in through(*facts).facts[1:]]
    assert found == ["000001", "-00001", "-00001", "-00002"]
    unknown = Fact("one", "hearing-decided", DAY, {"of": "not-known"})
    assert through(unknown).facts[0].data == {"of": "not-known"}


def test_a_childs_name_and_everybodys_own_words_stay_behind(tmp_path: Path) -> None:
    secret = "Zebulon"
    facts = (
        Fact(
            f"{secret}-1", "state-complaint-filed", DAY, {"issues": (f"{secret} was hit", "speech"), "by": "parent"},
            note=f"{secret} told me", written_in={"document": secret}, entered_by=secret, attachments=(secret,),
        ),
        Fact("2", "state-complaint-paused", DAY, {"issues": (f"{secret} was hit",)}, account_of=f"{secret}-1"),
        Fact("3", "enrolled", DAY, {"state": f"{secret}land", "previous_state": f"{secret}LAND", "school": secret}),
    )  # fmt: skip
    years = (SchoolYear(f"{secret}'s year", date(2025, 8, 13), date(2026, 5, 21), (Closure(DAY, DAY, secret),)),)
    case = Case(Child(secret, DAY, "TX", "3", secret, secret), years, facts)
    children, rows, calendars = tables_of([(1, case, "District 7", "School 12")])
    write_part(tmp_path, 0, children, rows)
    pq.write_table(calendars, Folder(tmp_path).calendars)
    plain = "".join(map(str, (children.to_pylist(), rows.to_pylist(), calendars.to_pylist())))
    assert secret not in plain
    assert all(secret.encode() not in path.read_bytes() for path in tmp_path.rglob("*.parquet"))
    back = case_of(children, rows, calendars, 1)
    assert back.facts[0].data["issues"] == ("#1", "#2")
    assert back.facts[1].data["issues"] == ("#1",)
    assert back.facts[2].data == {"state": "#3", "previous_state": "#3"}
    assert (back.child.born, back.child.state, back.child.district) == (DAY, "TX", "District 7")


def test_a_state_that_the_law_knows_keeps_its_name() -> None:
    data = {"state": "TX", "previous_state": "new mexico"}
    assert through(Fact("f", "enrolled", DAY, data)).facts[0].data == data


def test_equal_calendars_share_a_number_whatever_their_holidays_are_called() -> None:
    def year(name: str) -> SchoolYear:
        return SchoolYear("2025-26", date(2025, 8, 13), date(2026, 5, 21), (Closure(DAY, DAY, name),))

    book = CalendarBook()
    cases = [(number, Case(calendars=(year(name),)), "", "") for number, name in enumerate("ab")]
    children, _, calendars = tables_of(cases, book)
    assert children["calendar"].to_pylist() == [0, 0]
    assert calendars.num_rows == 1
    other = Case(calendars=(year("c"), year("c")))
    children, _, calendars = tables_of([(3, other, "", ""), (4, Case(), "", "")], book)
    assert children["calendar"].to_pylist() == [1, None]
    assert calendars["calendar"].to_pylist() == [1, 1]


def test_other_week_days_and_extra_days_come_back() -> None:
    year = SchoolYear("2025-26", date(2025, 8, 13), date(2026, 5, 21), (), (date(2025, 9, 6),), frozenset({0, 1, 2, 3}))
    assert through(years=(year,)).calendars == (year,)


def test_every_day_that_a_report_reads_is_kept() -> None:
    reports = (child_find.FACTS, dispute_events.FACTS, early_childhood.FACTS, secondary_transition.FACTS)
    read = {(kind, name) for facts in reports for kind, names in facts.items() for name in names}
    assert {(kind, name) for kind, name in read if name not in kept_fields()[kind]} == set()


def test_what_is_said_to_be_read_is_in_the_vocabulary() -> None:
    kinds = vocabulary().kinds
    named = [
        (kind, name) for table in (BY_THE_ENGINE, BY_THE_REPORTS) for kind, names in table.items() for name in names
    ]
    assert [(kind, name) for kind, name in named if not kinds[kind].field(name)] == []


def test_a_part_lies_where_the_layout_says(tmp_path: Path) -> None:
    children, facts, _ = tables_of([(1, Case(facts=(Fact("f", "records-requested", DAY),)), "", "")])
    write_part(tmp_path / "new", 3, children, facts)
    folder = Folder(tmp_path / "new")
    assert list(folder.parts()) == [3]
    assert pq.read_schema(folder.children(3)).names == CHILDREN.names
    assert pq.read_schema(folder.facts(3)).names[: len(FACTS.names)] == FACTS.names


def test_a_case_that_is_not_there_is_said() -> None:
    with pytest.raises(NoSuchCase, match="no case 8"):
        case_of(*tables_of([(7, Case(), "", "")]), 8)
