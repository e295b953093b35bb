"""The run over several processes: the same answer as on one machine, also when a worker is killed in the middle."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from functools import partial
from logging import CRITICAL, getLogger
from pathlib import Path
from threading import Thread
from typing import Any

import pyarrow.parquet as pq
import pytest
from distributed import Client, LocalCluster

from gameplan.audit.cluster import WorkerDiffers, part_task, run_on
from gameplan.audit.evaluate import evaluator
from gameplan.audit.faults import FolderError
from gameplan.audit.fingerprint import fingerprint
from gameplan.audit.layout import FACTS, Folder
from gameplan.audit.parts import Asked
from gameplan.audit.run import Summary, run
from tests.audit.made_folder import ON, StandIn, fact_rows, make_folder, put


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """The address of a cluster of two worker processes of one thread each, on this machine only."""
    # Its log goes to the screen that was there when it was imported, which a test's end may have closed.
    getLogger("distributed").handlers.clear()
    # Port 0: any free one, so that two runs of the tests do not meet.
    with LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address="127.0.0.1:0",
        silence_logs=CRITICAL,
    ) as both:  # fmt: skip
        yield str(both.scheduler_address)


@pytest.fixture(scope="module")
def cluster(scheduler: str) -> Iterator[Client]:
    """A client of the cluster."""
    with Client(scheduler, set_as_default=False) as client:  # type: ignore[no-untyped-call]
        yield client


def same_both_ways(client: Client, folder: Folder, tmp_path: Path, by: list[str] | None, factory: Any) -> Summary:
    """The summary of the cluster's run, whose answer is that of the one machine."""
    one = run(folder, tmp_path / "one.parquet", factory(ON), by=by, workers=2, fingerprint="the law")
    many = run_on(client, folder, tmp_path / "many.parquet", ON, by, fingerprint="the law", factory=factory)
    assert many == one
    assert pq.read_table(tmp_path / "many.parquet").equals(pq.read_table(tmp_path / "one.parquet"))
    assert sorted(path.name for path in tmp_path.glob("*.parquet*")) == ["many.parquet", "one.parquet"]
    return many


@pytest.mark.parametrize("by", [None, ["state", "clock", "status"]], ids=["rows", "groups"])
def test_two_workers_give_the_answer_of_one_machine(cluster: Client, tmp_path: Path, by: list[str] | None) -> None:
    summary = same_both_ways(cluster, make_folder(tmp_path / "folder", 6), tmp_path, by, StandIn)
    assert (summary.parts, summary.children) == (6, 240)


def parts_begun(diary: Path) -> list[tuple[int, int]]:
    """Which part was begun in which process, in the order of the parts."""
    return sorted((int(part), int(process)) for part, process in (one.name.split("-") for one in diary.iterdir()))


def kill_who_hangs(diary: Path, part: int) -> None:
    """Kills the process that hangs in this part, once it does."""
    for _ in range(2000):
        hanging = [process for number, process in parts_begun(diary) if number == part]
        if hanging:
            os.kill(hanging[0], signal.SIGKILL)
            return
        time.sleep(0.01)


def test_a_killed_worker_loses_nothing(cluster: Client, tmp_path: Path) -> None:
    folder, diary = make_folder(tmp_path / "folder", 10), tmp_path / "diary"
    diary.mkdir()
    killer = Thread(target=kill_who_hangs, args=(diary, 4))
    killer.start()
    factory = partial(StandIn, diary=diary, hang_at=4)
    many = run_on(cluster, folder, tmp_path / "many.parquet", ON, None, fingerprint="", factory=factory)
    killer.join()
    run(folder, tmp_path / "one.parquet", StandIn(), by=None, workers=2, fingerprint="")
    assert pq.read_table(tmp_path / "many.parquet").equals(pq.read_table(tmp_path / "one.parquet"))
    assert (many.parts, many.children, many.duties) == (10, 400, 600)
    assert len([process for part, process in parts_begun(diary) if part == 4]) == 2
    assert not (tmp_path / "many.parquet.parts").exists()


def test_faults_of_all_parts_come_back(cluster: Client, tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "folder", 5)
    for part in (1, 4):
        put(folder.facts(part), [{**row, "kind": "picnic"} for row in fact_rows(part, 5)], FACTS)
    with pytest.raises(FolderError) as refused:
        run_on(cluster, folder, tmp_path / "many.parquet", ON, None, fingerprint="", factory=StandIn)
    assert [fault.where for fault in refused.value.faults] == ["facts/part-00001.parquet", "facts/part-00004.parquet"]
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_a_run_on_the_cluster_is_taken_up_by_its_address(scheduler: str, tmp_path: Path) -> None:
    folder, out = make_folder(tmp_path / "folder", 4), tmp_path / "many.parquet"
    assert scheduler.startswith("tcp://127.0.0.1:")
    with pytest.raises(RuntimeError, match="power went out") as stopped:
        run_on(scheduler, folder, out, ON, None, fingerprint="", factory=partial(StandIn, stop_at=3))
    assert stopped.value.__notes__ == [f"This was in part 00003 of {folder.path}."]
    (tmp_path / "diary").mkdir()
    kept = len(list((tmp_path / "many.parquet.parts").glob("part-*")))
    again = run_on(scheduler, folder, out, ON, None, fingerprint="", factory=partial(StandIn, diary=tmp_path / "diary"))
    # A part that a worker had in work when the other one stopped may have been finished since.
    assert again.kept >= kept
    assert len(parts_begun(tmp_path / "diary")) == 4 - again.kept


def test_a_worker_with_another_gameplan_is_refused(tmp_path: Path) -> None:
    asked = Asked(make_folder(tmp_path / "folder", 1).path, tmp_path / "many.parquet", None, ON, "")
    with pytest.raises(WorkerDiffers, match="install the same release on every machine"):
        part_task(asked, 0, StandIn, "another")


def test_a_worker_that_does_not_see_the_folder_is_refused(tmp_path: Path) -> None:
    asked = Asked(tmp_path / "folder", tmp_path / "many.parquet", None, ON, "")
    with pytest.raises(WorkerDiffers, match="mount the folder of the answer"):
        part_task(asked, 0, StandIn, fingerprint())


def test_the_law_itself_gives_the_same_answer_on_a_cluster(cluster: Client, tmp_path: Path) -> None:
    summary = same_both_ways(cluster, make_folder(tmp_path / "folder", 4), tmp_path, ["clock", "status"], evaluator)
    assert summary.duties > summary.facts > 0
