"""The made-up nation: the same every time, in the layout, in the words of the law, and as messy as it says."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gameplan.audit.layout import CALENDARS, CHILDREN, FACTS, Folder, data_text, fact_columns
from gameplan.audit.synth import CannotMake, make_nation
from gameplan.audit.synth.places import SIZES
from gameplan.core.assess import assess
from gameplan.core.casefile import NOT_KNOWN, read_case
from gameplan.core.standing import Duty
from gameplan.law import law_for, vocabulary
from tests.audit.made_cases import case_files

TODAY = date(2026, 11, 27)
CHILDREN_MADE = 6_000
PART = 4_000


@pytest.fixture(scope="module")
def nation(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A small nation in two parts."""
    path = tmp_path_factory.mktemp("audit") / "nation"
    make_nation(path, children=CHILDREN_MADE, seed=7, part_size=PART)
    return Folder(path)


@pytest.fixture(scope="module")
def facts(nation: Folder) -> pa.Table:
    """The facts of its first part."""
    return pq.read_table(nation.facts(0))


def column(table: pa.Table, name: str, empty: int = -1) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """A column of whole numbers, or of days as numbers."""
    values = table[name].cast(pa.int32()) if pa.types.is_date(table[name].type) else table[name]
    return np.asarray(values.fill_null(empty).to_numpy(), dtype=np.int64)


def tables(folder: Path) -> dict[str, pa.Table]:
    return {str(file.relative_to(folder)): pq.read_table(file) for file in sorted(folder.rglob("*.parquet"))}


class TestTheFolder:
    def test_the_same_seed_gives_the_same_tables(self, tmp_path: Path) -> None:
        for name in ("one", "two"):
            make_nation(tmp_path / name, children=500, seed=3, part_size=300)
        one, two = tables(tmp_path / "one"), tables(tmp_path / "two")
        assert list(one) == list(two)
        assert all(one[name].equals(two[name]) for name in one)

    def test_the_same_seed_gives_the_same_bytes(self, tmp_path: Path) -> None:
        for name in ("one", "two"):
            make_nation(tmp_path / name, children=200, seed=3)
        for file in (tmp_path / "one").rglob("*.parquet"):
            assert file.read_bytes() == (tmp_path / "two" / file.relative_to(tmp_path / "one")).read_bytes()

    def test_another_seed_gives_another_nation(self, tmp_path: Path) -> None:
        for seed in (3, 4):
            make_nation(tmp_path / str(seed), children=200, seed=seed)
        assert not pq.read_table(Folder(tmp_path / "3").facts(0)).equals(pq.read_table(Folder(tmp_path / "4").facts(0)))

    def test_it_refuses_a_folder_that_holds_something(self, tmp_path: Path) -> None:
        (tmp_path / "mine.txt").write_text("keep me")
        with pytest.raises(CannotMake, match=r"is not empty: it holds mine\.txt\. Name a folder"):
            make_nation(tmp_path, children=10, seed=1)
        assert [one.name for one in tmp_path.iterdir()] == ["mine.txt"]

    def test_it_refuses_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "mine").write_text("keep me")
        with pytest.raises(CannotMake, match="is a file"):
            make_nation(tmp_path / "mine", children=10, seed=1)

    def test_it_names_every_wrong_number_at_once(self, tmp_path: Path) -> None:
        with pytest.raises(CannotMake, match=r"children is -1.*part_size is 0.*years is 0"):
            make_nation(tmp_path / "new", children=-1, seed=1, part_size=0, years=0)

    def test_it_takes_an_empty_folder(self, tmp_path: Path) -> None:
        make_nation(tmp_path, children=50, seed=1)
        assert sorted(one.name for one in tmp_path.iterdir()) == ["calendars.parquet", "children", "facts"]

    def test_it_leaves_nothing_when_it_is_stopped(self, tmp_path: Path) -> None:
        def stop(done: int) -> None:
            raise KeyboardInterrupt(done)

        with pytest.raises(KeyboardInterrupt):
            make_nation(tmp_path / "new", children=50, seed=1, progress=stop)
        assert list(tmp_path.iterdir()) == []

    def test_it_tells_how_far_it_is(self, tmp_path: Path) -> None:
        told: list[int] = []
        make_nation(tmp_path / "new", children=50, seed=1, part_size=20, progress=told.append)
        assert told == [20, 40, 50]

    def test_nobody_makes_no_part(self, tmp_path: Path) -> None:
        make_nation(tmp_path / "new", children=0, seed=1)
        assert list(Folder(tmp_path / "new").parts()) == []

    def test_each_child_alone_can_be_a_part(self, tmp_path: Path) -> None:
        make_nation(tmp_path / "new", children=5, seed=1, part_size=1)
        assert list(Folder(tmp_path / "new").parts()) == [0, 1, 2, 3, 4]


class TestTheLayout:
    def test_children_and_calendars_have_the_columns_of_the_layout(self, nation: Folder) -> None:
        assert pq.read_schema(nation.calendars).equals(CALENDARS)
        for part in nation.parts():
            assert pq.read_schema(nation.children(part)).equals(CHILDREN)

    def test_facts_have_only_columns_of_the_layout(self, nation: Folder) -> None:
        known = fact_columns(vocabulary())
        for part in nation.parts():
            schema = pq.read_schema(nation.facts(part))
            assert [schema.field(name) for name in FACTS.names] == list(FACTS)
            assert all(schema.field(name).type == known[name] for name in schema.names[len(FACTS) :])

    def test_no_column_is_empty(self, facts: pa.Table) -> None:
        assert [name for name in facts.column_names if facts[name].null_count == len(facts)] == []

    def test_cases_are_numbered_through_the_parts(self, nation: Folder) -> None:
        cases = [column(pq.read_table(nation.children(part)), "case") for part in nation.parts()]
        assert np.concatenate(cases).tolist() == list(range(CHILDREN_MADE))

    def test_a_part_holds_the_facts_of_its_own_children(self, nation: Folder) -> None:
        for part in nation.parts():
            cases = column(pq.read_table(nation.facts(part)), "case")
            assert np.all(np.diff(cases) >= 0)
            assert part * PART <= cases.min()
            assert cases.max() < min((part + 1) * PART, CHILDREN_MADE)

    def test_the_facts_of_a_case_are_numbered_from_nought(self, facts: pa.Table) -> None:
        cases, ids = column(facts, "case"), column(facts, "id")
        starts = np.flatnonzero(np.diff(cases, prepend=-1))
        assert np.all(ids == np.arange(len(ids)) - np.repeat(starts, np.diff(starts, append=len(ids))))

    def test_data_are_written_the_one_way_and_hold_no_days(self, facts: pa.Table) -> None:
        texts = facts["data"].unique().to_pylist()
        assert len(texts) < 3_000
        assert all(data_text(json.loads(text)) == text for text in texts)

    def test_children_lie_by_state_and_district(self, nation: Folder) -> None:
        districts = [
            district
            for part in nation.parts()
            for district in pq.read_table(nation.children(part))["district"].to_pylist()
            if district
        ]
        assert districts == sorted(districts)


class TestTheWords:
    def test_every_word_is_in_the_vocabulary(self, facts: pa.Table) -> None:
        kinds = vocabulary().kinds
        for row in facts.select(["kind", "data"]).group_by(["kind", "data"]).aggregate([]).to_pylist():
            for name, value in json.loads(row["data"]).items():
                shape = kinds[row["kind"]].field(name)
                assert shape is not None
                if shape.values and value != NOT_KNOWN:
                    assert set(value if isinstance(value, list) else [value]) <= set(shape.values)

    def test_every_field_that_is_needed_is_said_by_most(self, facts: pa.Table) -> None:
        rows = facts.slice(0, 20_000).to_pylist()
        missing: Counter[tuple[str, str]] = Counter()
        kinds = vocabulary().kinds
        number = Counter(row["kind"] for row in rows)
        for row in rows:
            said = json.loads(row["data"])
            for shape in kinds[row["kind"]].fields:
                columns = (f"date_{shape.name}", f"dates_{shape.name}", f"ref_{shape.name}")
                there = shape.name in said or any(row.get(name) is not None for name in columns)
                if shape.required and not there and shape.name != kinds[row["kind"]].main_date:
                    missing[row["kind"], shape.name] += 1
        often = {key: count for key, count in missing.items() if count > max(3, 0.1 * number[key[0]])}
        assert often == {}

    def test_each_case_is_a_good_case_file(self, nation: Folder) -> None:
        read = [read_case(raw, vocabulary()) for raw in case_files(nation.path, part=1, least=5_000, most=5_500)]
        assert len(read) == 500
        assert sum(len(case.facts) for case in read) > 4_000


class TestTheMess:
    def test_what_speaks_of_another_fact_comes_after_it_and_is_of_its_kind(self, facts: pa.Table) -> None:
        ids, kinds = column(facts, "id"), np.array(facts["kind"].to_pylist())
        first = np.arange(len(ids)) - ids
        for name in ("corrects", "account_of"):
            target = column(facts, name)
            rows = np.flatnonzero(target >= 0)
            assert len(rows)
            assert np.all(target[rows] < ids[rows])
            assert np.all(kinds[first[rows] + target[rows]] == kinds[rows])

    def test_what_is_withdrawn_says_what(self, facts: pa.Table) -> None:
        withdrawn = facts["withdrawn"].to_numpy()
        assert np.all(column(facts, "corrects")[withdrawn] >= 0)

    def test_references_name_facts_of_the_case(self, facts: pa.Table) -> None:
        cases = column(facts, "case")
        sizes = np.bincount(cases)[cases]
        for name in facts.column_names:
            if name.startswith("ref_"):
                assert np.all(column(facts, name) < sizes)

    @pytest.mark.parametrize(
        ("name", "least", "most"),
        [("corrects", 0.025, 0.037), ("account_of", 0.001, 0.004), ("date_date_last", 0.0004, 0.002)],
    )
    def test_the_shares_are_about_as_meant(self, facts: pa.Table, name: str, least: float, most: float) -> None:
        assert least < 1 - facts[name].null_count / len(facts) < most

    def test_a_rough_day_ends_after_it_begins(self, facts: pa.Table) -> None:
        for name in facts.column_names:
            if name.endswith("_last"):
                last = column(facts, name)
                rough = last >= 0
                assert np.all(column(facts, name.removesuffix("_last"))[rough] < last[rough])

    def test_only_what_is_planned_lies_ahead(self, facts: pa.Table) -> None:
        ahead = column(facts, "on") > (TODAY - date(1970, 1, 1)).days
        assert np.array_equal(ahead, facts["planned"].to_numpy())
        assert ahead.any()

    def test_lists_of_days_are_short_and_rise(self, facts: pa.Table) -> None:
        for name in ("dates_days", "dates_served_days"):
            lists = [row for row in facts[name].to_pylist() if row is not None]
            assert lists
            assert all(1 <= len(row) <= 10 and row == sorted(set(row)) for row in lists)


class TestTheSize:
    def test_a_child_has_twelve_to_sixteen_facts(self, nation: Folder) -> None:
        number = sum(pq.read_metadata(nation.facts(part)).num_rows for part in nation.parts())
        assert 12 < number / CHILDREN_MADE < 16

    def test_every_state_has_its_share(self, nation: Folder) -> None:
        states = Counter(
            state for part in nation.parts() for state in pq.read_table(nation.children(part))["state"].to_pylist()
        )
        assert set(states) == {*SIZES, None}
        whole = sum(size for size, _ in SIZES.values())
        for code, (size, _) in SIZES.items():
            assert abs(states[code] - CHILDREN_MADE * size / whole) < 2 + 0.01 * CHILDREN_MADE * size / whole

    def test_some_children_have_no_calendar(self, nation: Folder) -> None:
        children = pq.read_table(nation.children(0))
        calendars = set(pq.read_table(nation.calendars)["calendar"].to_pylist())
        assert 0.01 < children["calendar"].null_count / len(children) < 0.1
        assert set(children["calendar"].drop_null().to_pylist()) <= calendars

    def test_there_are_about_thirteen_thousand_districts(self) -> None:
        assert 12_500 < sum(number for _, number in SIZES.values()) < 13_500
        assert len(SIZES) == 51


@pytest.fixture(scope="module")
def duties(nation: Folder) -> list[Duty]:
    """What the engine says of two hundred and fifty children all over the second part."""
    found: list[Duty] = []
    for raw in list(case_files(nation.path, part=1))[::8]:
        case = read_case(raw, vocabulary())
        found += assess(case, law_for(case.child.state), on=TODAY).duties
    return found


def test_the_engine_finds_a_mixture(duties: list[Duty]) -> None:
    found = Counter(duty.status for duty in duties)
    assert {"met", "met-late", "late", "running", "cannot-tell", "excused", "not-started"} <= set(found)
    assert 0.4 < found["met"] / len(duties) < 0.8
    assert 0.03 < (found["late"] + found["met-late"]) / len(duties) < 0.2


def test_few_first_evaluations_are_late(duties: list[Duty]) -> None:
    found = Counter(duty.status for duty in duties if duty.clock == "initial-evaluation")
    late = found["late"] + found["met-late"]
    assert 0.01 < late / (late + found["met"]) < 0.14


def test_late_ones_have_a_long_tail(duties: list[Duty]) -> None:
    late = [duty.days_late for duty in duties if duty.status == "met-late" and duty.days_late]
    assert min(late) < 5
    assert max(late) > 60
