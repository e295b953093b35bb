"""The installation's cases as an audit folder: the engine says the same of them, and nobody can be read in it."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from uuid import UUID

import pyarrow.parquet as pq
import pytest

from gameplan.audit.cases import fact_id
from gameplan.audit.finding import find_case
from gameplan.audit.layout import Folder
from gameplan.cases import drafts, verbs
from gameplan.cases.doors import facts_of
from gameplan.cases.models import Access, Case
from gameplan.cases.people import HOME, Person
from gameplan.cases.sample import make_sample
from gameplan.core import facts
from gameplan.core.assess import assess
from gameplan.core.casefile import read_case
from gameplan.core.facts import Child, Fact
from gameplan.core.standing import Duty
from gameplan.exchange import audit_export
from gameplan.exchange.audit_export import ACTION, Exported, export_for_audit
from gameplan.exchange.case_zip import export_case
from gameplan.exchange.doorway import import_for
from gameplan.exchange.faults import ExchangeError
from gameplan.law import law_for, vocabulary
from gameplan.papers import verbs as letters
from tests.exchange.told import PAPERS, PDFS, TOLD
from tests.papers.request import DAY, TYPED
from tests.properties.made_up import case_file, day_of

SECRET = "Zebulon"


def kept(*cases: facts.Case) -> list[Case]:
    return [verbs.import_case(HOME, one) for one in cases]


def made(number: int) -> facts.Case:
    return read_case(case_file(Random(number)), vocabulary())


def numbers_of(path: Path) -> dict[UUID, int]:
    with path.open(encoding="utf-8", newline="") as file:
        return {UUID(row["id"]): int(row["case"]) for row in csv.DictReader(file)}


def told(duties: Iterable[Duty], names: dict[str, str]) -> list[tuple[object, ...]]:
    return [
        (
            one.clock,
            one.status,
            names.get(one.started_by, one.started_by),
            one.started,
            one.due,
            one.done,
            one.days_late,
        )
        for one in duties
    ]


def everything(folder: Path) -> str:
    """Every value, name and byte of the folder's files."""
    tables = [pq.read_table(path) for path in folder.rglob("*.parquet")]
    raw = [path.read_bytes().decode("latin-1") for path in folder.rglob("*") if path.is_file()]
    names = [path.name for path in folder.rglob("*")]
    return "\n".join([*(str(one.to_pylist()) for one in tables), *(str(one.schema) for one in tables), *raw, *names])


def test_the_engine_says_the_same_of_each_case(db: None, tmp_path: Path) -> None:
    cases = kept(*map(made, range(40)))
    done = export_for_audit(tmp_path / "out", keep_map=tmp_path / "map.csv", part_size=15)
    assert done == Exported(40, sum(case.entries.count() for case in cases), 3)
    numbers = numbers_of(tmp_path / "map.csv")
    assert set(numbers) == {case.pk for case in cases}
    for seed, case in enumerate(cases):
        before, after = facts_of(case), find_case(tmp_path / "out", numbers[case.pk])
        names = {one: fact_id(place) for place, one in enumerate(sorted(f.id for f in before.facts), start=1)}
        law, on = law_for(before.child.state), day_of(Random(seed))
        assert told(assess(before, law, on=on).duties, names) == told(assess(after, law, on=on).duties, {})


def test_names_notes_and_free_text_are_nowhere_in_it(db: None, tmp_path: Path) -> None:
    more = (
        Fact("z1", "state-complaint-filed", DAY, {"issues": (f"{SECRET} was hit",)}, note=f"{SECRET} cried."),
        Fact("z2", "enrolled", DAY, {"agency": SECRET, "previous_state": SECRET, "state": "TX"}, "school"),
        Fact(f"{SECRET}-3", "hearing-decided", DAY, {"of": f"{SECRET} against the district"}),
    )
    whole = replace(TOLD, child=Child(SECRET, date(2016, 5, 2), "TX", "3", "Oak", "Sample"), facts=TOLD.facts + more)
    case = import_for(HOME, export_case(whole, PAPERS, PDFS))
    drafts.keep(HOME, "fact", {"worry": f"{SECRET} is afraid"}, case)
    letters.finish(case, by=HOME, kind="evaluation-request", lang="en", values=TYPED | {"child": SECRET}, on=DAY)
    export_for_audit(tmp_path / "out", keep_map=tmp_path / "map.csv")
    found = everything(tmp_path / "out")
    hidden = (SECRET, "Entregada", "Thanksgiving", "Dear school", "carta", "guesses", "Rosa", "principal", "20:15")
    assert [word for word in (*hidden, str(case.pk), case.pk.hex, "household") if word in found] == []
    assert "Oak" in found


def test_samples_stay_behind(db: None, tmp_path: Path) -> None:
    make_sample(HOME)
    assert export_for_audit(tmp_path / "out") == Exported(0, 0, 1)
    assert list(Folder(tmp_path / "out").parts()) == [0]


def test_numbers_are_drawn_anew_and_tell_no_order(db: None, tmp_path: Path) -> None:
    cases = kept(*map(made, range(12)))
    for name in ("a", "b"):
        export_for_audit(tmp_path / name, keep_map=tmp_path / f"{name}.csv")
    first, second = (numbers_of(tmp_path / f"{name}.csv") for name in ("a", "b"))
    assert set(first.values()).isdisjoint(second.values())
    ordered = sorted(case.pk for case in cases)
    assert sorted(ordered, key=first.__getitem__) != ordered or sorted(ordered, key=second.__getitem__) != ordered


def test_each_part_is_sorted_and_has_its_own_stretch_of_numbers(db: None, tmp_path: Path) -> None:
    kept(*map(made, range(20)))
    said: list[int] = []
    export_for_audit(tmp_path / "out", part_size=8, progress=said.append)
    folder = Folder(tmp_path / "out")
    assert said == [8, 16, 20]
    for part in folder.parts():
        children = pq.read_table(folder.children(part))["case"].to_pylist()
        rows = pq.read_table(folder.facts(part))["case"].to_pylist()
        assert children == sorted(children)
        assert rows == sorted(rows)
        assert set(rows) <= set(children)
        assert {number // audit_export.STRETCH for number in children} == {part}


def test_what_was_done_stands_in_the_record_of_access_and_changes_nothing(db: None, tmp_path: Path) -> None:
    case = kept(made(1))[0]
    case.refresh_from_db()
    revision = case.revision
    export_for_audit(tmp_path / "out")
    last = Access.objects.filter(case_id=case.pk).order_by("-id").values_list("person", "role", "action")[0]
    assert last == ("installer", "installer", ACTION)
    case.refresh_from_db()
    assert case.revision == revision


def test_the_cases_of_every_family_are_in_it(db: None, tmp_path: Path) -> None:
    verbs.import_case(HOME, made(1))
    verbs.import_case(Person("another-family", "parent"), made(2))
    assert export_for_audit(tmp_path / "out").children == 2


def test_the_map_is_for_this_user_only(db: None, tmp_path: Path) -> None:
    kept(made(1))
    export_for_audit(tmp_path / "out", keep_map=tmp_path / "map.csv")
    assert (tmp_path / "map.csv").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("small", [1, 3])
def test_it_is_the_same_however_few_are_read_at_once(
    small: int, db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = kept(*map(made, range(7)))
    monkeypatch.setattr(audit_export, "AT_ONCE", small)
    export_for_audit(tmp_path / "out", keep_map=tmp_path / "map.csv")
    numbers = numbers_of(tmp_path / "map.csv")
    for case in cases:
        found = find_case(tmp_path / "out", numbers[case.pk])
        assert [one.kind for one in found.facts] == [one.kind for one in facts_of(case).facts]
        assert found.child.born == case.child_born


def test_everything_in_the_way_is_said_at_once_and_nothing_is_written(db: None, tmp_path: Path) -> None:
    out, keep_map = tmp_path / "out", tmp_path / "map.csv"
    out.mkdir()
    (out / "old").write_text("old")
    keep_map.write_text("old")
    with pytest.raises(ExchangeError) as refused:
        export_for_audit(out, keep_map=keep_map)
    assert [fault.where for fault in refused.value.faults] == [str(out), str(keep_map)]
    assert keep_map.read_text() == "old"
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["map.csv", "old", "out"]


@pytest.mark.parametrize(
    ("out", "keep_map", "says"),
    [
        ("nowhere/out", None, "the folder around it"),
        ("file", None, "this is a file"),
        ("out", "nowhere/map.csv", "its folder is not there"),
        ("empty", "empty/map.csv", "given away"),
    ],
)
def test_a_wrong_place_is_refused(db: None, tmp_path: Path, out: str, keep_map: str | None, says: str) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "empty").mkdir()
    with pytest.raises(ExchangeError, match=says):
        export_for_audit(tmp_path / out, keep_map=tmp_path / keep_map if keep_map else None)


def test_a_map_does_not_stay_behind_when_something_breaks(
    db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(made(1))

    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(audit_export, "write_part", full)
    with pytest.raises(OSError, match="no space"):
        export_for_audit(tmp_path / "out", keep_map=tmp_path / "map.csv")
    assert list(tmp_path.iterdir()) == []
