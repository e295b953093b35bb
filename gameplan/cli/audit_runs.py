"""`gameplan audit run` and `report`: every duty of every child of a folder, and the numbers of a year's report."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gameplan.cli.asking import BROKEN, Facts, Language, On, OutFolder, day_of, needs, number, refuse, spoken, this_day
from gameplan.cli.progress import bar
from gameplan.core.faults import Fault
from gameplan.law import vocabulary

if TYPE_CHECKING:
    import pyarrow as pa

    from gameplan.audit.indicators import Indicators, Period
    from gameplan.audit.run import Summary

PLACES = ("state", "district")
Workers = Annotated[int, typer.Option("--workers", help="Parts in work at once; one a processor if left out.", min=1)]
PROCESSORS = os.cpu_count() or 1


def register(audit_app: typer.Typer) -> None:
    """Add the commands to `gameplan audit`."""
    audit_app.command("run")(run)
    audit_app.command("report")(report)


def run(
    facts: Facts,
    out: Annotated[Path, typer.Option("-o", "--out", help="The Parquet file to write.")],
    on: On = "",
    by: Annotated[
        str, typer.Option("--by", help="Count by these, as state,district,clock. One row a duty if left out.")
    ] = "",
    only: Annotated[
        str,
        typer.Option("--only", help="Only these clocks, as initial-evaluation,iep-annual-review. All if left out."),
    ] = "",
    workers: Workers = PROCESSORS,
    cluster: Annotated[
        str, typer.Option("--cluster", help="The scheduler of a dask cluster that does the work: tcp://HOST:PORT.")
    ] = "",
) -> None:
    """Every duty of every child of the folder, as one Parquet file: a row a duty, or a row a group with its counts.

    A run that was stopped goes on where it was when it is asked again in the same words.
    """
    needs("pyarrow", "numpy", "numba", *(("distributed",) if cluster else ()))
    day, names, clocks = day_of(on) if on else this_day(), _names(by), _clocks(only)
    if not out.absolute().parent.is_dir() or out.is_dir():
        refuse(out, [Fault("file", "it cannot be written there.", "Name a file in a folder that is there.")])
    with told_plainly(facts), bar("Children", children_in(facts)) as told:
        done = _run(facts, out, day, names, clocks, workers, cluster, told)
    groups = "" if names is None else f" in {number(done.rows, 'group', 'groups')}"
    duties, children = number(done.duties, "duty", "duties"), number(done.children, "child", "children")
    typer.echo(f"Written: {out} ({duties} of {children}{groups})")


def _names(by: str) -> tuple[str, ...] | None:
    """What to count by, or None for one row a duty. Leaves with exit code 2 and every wrong name."""
    from gameplan.audit.groups import check_by

    if not by.strip():
        return None
    try:
        return check_by(name.strip() for name in by.split(","))
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--by") from None


def _clocks(only: str) -> tuple[str, ...] | None:
    """The ids of the clocks that are asked for, or None for all. Leaves with exit code 2 and every wrong one."""
    from gameplan.audit.chosen import all_clocks, check_clocks

    if not only.strip():
        return None
    try:
        return check_clocks((name.strip() for name in only.split(",")), all_clocks())
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--only") from None


def _run(
    facts: Path,
    out: Path,
    on: date,
    by: Sequence[str] | None,
    only: tuple[str, ...] | None,
    workers: int,
    cluster: str,
    told: Callable[[int], None] | None,
) -> Summary:
    from gameplan.audit.fingerprint import fingerprint
    from gameplan.audit.layout import Folder

    if cluster:
        from gameplan.audit.cluster import WorkerDiffers, run_on

        try:
            return run_on(cluster, Folder(facts), out, on, by, fingerprint=fingerprint(), only=only, progress=told)
        except (WorkerDiffers, OSError) as error:
            raise ValueError(f"{cluster}: {error}") from error
    from gameplan.audit.evaluate import evaluator
    from gameplan.audit.run import run as run_here

    say_if_first()
    told_of = evaluator(on) if only is None else evaluator(on, only)
    return run_here(Folder(facts), out, told_of, by=by, workers=workers, fingerprint=fingerprint(), progress=told)


def report(
    facts: Facts,
    out: OutFolder,
    on: On = "",
    first: Annotated[str, typer.Option("--from", help="The first day of the year that is reported on.")] = "",
    last: Annotated[str, typer.Option("--to", help="Its last day. Default: the last year, July to June.")] = "",
    by: Annotated[str, typer.Option("--by", help="A row for each state, or for each district.")] = "state",
    lang: Language = "en",
    workers: Workers = PROCESSORS,
) -> None:
    """The numbers of a year's report (B-11, B-12, B-13, disputes): a CSV file each, and one page with all of them."""
    needs("pyarrow", "numpy", "numba")
    from gameplan.audit.indicators import report_html, write_csv

    day, words = day_of(on) if on else this_day(), spoken(lang)
    if by not in PLACES:
        raise typer.BadParameter(f'"{by}" is no place. Write one of: {", ".join(PLACES)}.', param_hint="--by")
    period = _period(first, last, day)
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        refuse(out, [Fault("folder", "it holds something already.", "Name a folder that is new or empty.")])
    with told_plainly(facts):
        found = _counted(facts, day, period, by, workers)
    page = out / "report.html"
    written = write_csv(found, out)
    page.write_text(report_html(found, words), encoding="utf-8")
    typer.echo("\n".join(f"Written: {path}" for path in (page, *written)))


def _period(first: str, last: str, on: date) -> Period:
    from gameplan.audit.indicators import Period

    if not first and not last:
        return Period.before(on)
    if not (first and last):
        raise typer.BadParameter("Give the first and the last day of the year, or neither.", param_hint="--from, --to")
    try:
        return Period(day_of(first), day_of(last))
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--from, --to") from None


def _counted(facts: Path, on: date, period: Period, by: str, workers: int) -> Indicators:
    from gameplan.audit.evaluate import evaluator
    from gameplan.audit.faults import FolderError, check_folder
    from gameplan.audit.indicators import indicators
    from gameplan.audit.layout import Folder
    from gameplan.audit.run import rows_of

    folder = Folder(facts)
    faults = check_folder(folder, vocabulary())
    if faults:
        raise FolderError(faults)
    say_if_first()
    with bar("Parts", sum(1 for _ in folder.parts())) as told:

        def rows(clocks: Sequence[str]) -> Iterable[pa.Table]:
            for done, table in enumerate(rows_of(folder, evaluator(on), clocks, workers), start=1):
                yield table
                if told:
                    told(done)

        return indicators(folder, rows, on, period, "district" if by == "district" else "state")


def say_if_first() -> None:
    """On standard error: that this will take longer, where nothing was compiled before."""
    from numba import config

    import gameplan.audit.compiled  # noqa: F401 - settles where what was compiled is kept

    if not Path(vars(config)["CACHE_DIR"]).is_dir():
        typer.echo(
            "The first run makes the law into machine code. That takes a minute or two; later runs do not.", err=True
        )


def children_in(folder: Path) -> int | None:
    """How many children the folder holds, by the footers of its files; None where one cannot be read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from gameplan.audit.layout import Folder

    places = Folder(folder)
    try:
        return sum(int(pq.read_metadata(places.children(part)).num_rows) for part in places.parts())
    except (pa.ArrowException, OSError, ValueError):
        return None


@contextmanager
def told_plainly(folder: Path) -> Iterator[None]:
    """What the block cannot do is said, with what, where and how to mend it, and ends with exit code 2."""
    from gameplan.audit.faults import FolderError
    from gameplan.audit.indicators import NothingToCount
    from gameplan.audit.kept import OtherRun

    try:
        yield
    except FolderError as error:
        refuse(folder, error.faults)
    except (OtherRun, NothingToCount, ValueError) as error:
        typer.echo("\n".join((str(error), *getattr(error, "__notes__", ()))), err=True)
        raise typer.Exit(BROKEN) from error
