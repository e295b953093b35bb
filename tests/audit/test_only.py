"""Some clocks alone: the same rows as in the whole answer, whatever of the facts was left aside."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gameplan.audit.cases import tables_of
from gameplan.audit.chosen import check_clocks, with_others
from gameplan.audit.evaluate import Evaluator, evaluator
from gameplan.audit.kept import OtherRun
from gameplan.audit.layout import Folder
from gameplan.audit.run import run
from gameplan.audit.shapes import FACTS
from gameplan.audit.synth import make_nation
from gameplan.law import law_for, states
from tests.audit.made_folder import StandIn, audit, make_folder
from tests.audit.test_large_cases import absent_often

ON = date(2026, 11, 27)
SOME = ("iep-annual-review", "initial-evaluation", "manifestation", "records-access", "request-response")
CHILDREN = 600


@pytest.fixture(scope="module")
def nation(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """Two parts of a made-up nation."""
    path = tmp_path_factory.mktemp("only") / "nation"
    make_nation(path, children=CHILDREN, seed=11, part_size=CHILDREN // 2, until=ON)
    return Folder(path)


def answer(folder: Folder, out: Path, only: Iterable[str] = ()) -> pa.Table:
    """One row a duty, of these clocks or all."""
    asked = Evaluator(ON, tuple(only)) if only else evaluator(ON)
    done = run(folder, out, asked, by=None, workers=1, fingerprint="")
    assert done.children == CHILDREN
    return pq.read_table(out)


def in_words(table: pa.Table) -> list[tuple[object, ...]]:
    """The rows as tuples, in an order of their own."""
    return sorted((tuple(row.values()) for row in table.to_pylist()), key=repr)


def test_some_clocks_have_the_rows_of_the_whole_answer(nation: Folder, tmp_path: Path) -> None:
    whole = answer(nation, tmp_path / "whole.parquet")
    some = answer(nation, tmp_path / "some.parquet", SOME)
    wanted = [row for row in whole.to_pylist() if row["clock"] in SOME]
    assert in_words(some) == sorted((tuple(row.values()) for row in wanted), key=repr)
    assert {row["clock"] for row in wanted} == set(SOME)


def test_the_answer_says_of_which_clocks_it_is(nation: Folder, tmp_path: Path) -> None:
    some = answer(nation, tmp_path / "some.parquet", ["records-access"])
    assert b'"only": ["records-access"]' in some.schema.metadata[b"gameplan"]


def test_files_whose_footers_say_nothing_give_the_same_rows(nation: Folder, tmp_path: Path) -> None:
    silent = Folder(tmp_path / "silent")
    for one, to in ((nation.children, silent.children), (nation.facts, silent.facts)):
        for part in nation.parts():
            to(part).parent.mkdir(parents=True, exist_ok=True)
            pq.write_table(pq.read_table(one(part)), to(part), write_statistics=False, row_group_size=1000)
    pq.write_table(pq.read_table(nation.calendars), silent.calendars)
    for only in ((), SOME):
        heard = answer(nation, tmp_path / "heard.parquet", only)
        assert in_words(answer(silent, tmp_path / "silent.parquet", only)) == in_words(heard)


def test_a_case_too_large_for_the_columns_has_only_the_clocks_that_were_asked_for() -> None:
    audit = Evaluator(date(2026, 3, 1), ["initial-evaluation"])
    tables = tables_of([(1, absent_often(FACTS + 5), "", "")])
    clocks = {audit.clocks[duty["clock"]].id for some in audit.duties(*tables) for duty in some}
    assert clocks == {"initial-evaluation"}


def test_what_a_clock_looks_at_comes_with_it() -> None:
    maryland, federal = (with_others(law_for(state), ["initial-evaluation"]) for state in ("MD", None))
    assert "initial-evaluation-from-referral" in maryland - federal  # an outer limit there
    own = next(law for law in map(law_for, states()) if "iep-implementation" in law.by_id)
    assert "services-begin" in with_others(own, ["iep-implementation"])  # the federal clock it stands on


def test_unknown_clocks_are_all_named_at_once() -> None:
    with pytest.raises(ValueError, match=r'no clock "annual-revue".* The law has no clock "x"'):
        Evaluator(ON, ["annual-revue", "records-access", "x"])
    with pytest.raises(ValueError, match="No clock is named"):
        check_clocks([], ["records-access"])


def test_parts_of_other_clocks_are_not_taken_up(tmp_path: Path) -> None:
    folder, out = make_folder(tmp_path / "folder"), tmp_path / "answer.parquet"
    with pytest.raises(RuntimeError):
        audit(folder, out, StandIn(stop_at=2), workers=1)
    with pytest.raises(OtherRun, match="it was of all clocks, and now of the clocks answer, stay-put"):
        audit(folder, out, StandIn(only=("answer", "stay-put")), workers=1)
