"""`gameplan cases`: templates for existing cases, bringing them in, taking them back. No name of a child is printed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gameplan.cli.asking import leave, number, refuse_file
from gameplan.cli.places import named_place, open_shared

if TYPE_CHECKING:
    from gameplan.arriving.steps import Tell
    from gameplan.carrying.doors import Carrier
    from gameplan.carrying.models import Batch
    from gameplan.people.models import Organisation

cases_app = typer.Typer(help="Existing cases of a district: templates, bringing in, undo.", no_args_is_help=True)
Data = Annotated[Path | None, typer.Option("--data", help="The folder that holds everything. Default: your own.")]
CHUNK = 1024 * 1024
NOTHING = "Nothing was brought in."
MOST_LISTED = 50
KINDS = {
    "new": "new, of no student of the roster", "matched": "of a student of the roster, by number, name and birth date",
    "unclear": "unclear: a director says which child it is; until then they stay out",
    "there": "here already: they are not brought again",
}  # fmt: skip
DOUBTS = {
    "review": "a yearly review that is not within a year of its plan: the law's day holds",
    "reevaluation": "a reevaluation that is not due three years after an evaluation in the file",
    "before-birth": "something that happened before the child was born",
    "late-plan": "no IEP within 30 days after the child qualified: an earlier plan may be missing",
    "weekend": "a meeting or a plan on a Saturday or Sunday",
    "no-consent": "an IEP and no permission for the first services: the child count leaves the child out",
    "no-category": "an IEP and no disability that the child count knows",
    "no-environment": "an IEP that does not say where the child is taught",
}  # fmt: skip


@cases_app.command("template")
def template(
    out: Annotated[Path, typer.Option("-o", "--out", help="The folder to write into: new or empty.")],
) -> None:
    """Write the templates: CSV files to fill in, and a README that says what each column is."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        leave(f"{out} is not empty. Name a new folder.")
    from gameplan.config.serve import set_up_django

    set_up_django()
    from gameplan.carrying.templates import template_files

    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, text in template_files().items():
            # A byte-order mark, so that a spreadsheet reads it as UTF-8.
            (out / name).write_bytes(text.encode("utf-8-sig" if name.endswith(".csv") else "utf-8"))
            typer.echo(str(out / name))
    except OSError as error:
        leave(f"{out} cannot be written: {error.strerror}.")


@cases_app.command("import")
def import_(
    files: Annotated[Path, typer.Argument(help="A folder or zip with the templates filled in, or with zips of cases.")],
    place: Annotated[str, typer.Option("--place", help="The district, by name or id; else that of the school.")] = "",
    school: Annotated[str, typer.Option("--school", help="The school that holds the cases of zips.")] = "",
    source: Annotated[str, typer.Option("--source", help="What the former system is called.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what it would bring. Nothing is kept.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Bring it in without asking.")] = False,
    data: Data = None,
) -> None:
    """Say what files would bring, ask, and bring it in: all of it or nothing."""
    open_shared(data)
    from gameplan.arriving.faults import read_kept
    from gameplan.arriving.steps import drop
    from gameplan.carrying.taking import take_in, work_out
    from gameplan.cases.today import today
    from gameplan.cli.progress import bar
    from gameplan.people.refusals import Refused
    from gameplan.rosters.doors import MACHINE

    held_by = named_place(school, "--school") if school else None
    carrier = _carrier(place, held_by)
    try:
        with bar("Cases read") as told:
            batch = _read(files, carrier, source, held_by, told)
        if batch.state == batch.State.FAULTY:
            refuse_file(files, read_kept(batch.faults), batch.fault_count, NOTHING)
        typer.echo("\n".join(_summary(batch)))
        if dry_run or not (yes or typer.confirm("Bring it in?", default=False)):
            drop(batch)
            typer.echo("Nothing was brought in.")
            raise typer.Exit(0 if dry_run else 1)
        with bar("Cases brought in", _coming(batch)) as told:
            done = take_in(batch, person=carrier.person, by=MACHINE, tell=told)
        with bar("Cases worked out", done.counts["cases"]) as told:
            work_out(done, on=today(), tell=told)
    except Refused as refused:
        refuse_file(files, refused.faults, len(refused.faults), NOTHING)
    except OSError as error:
        leave(f"{files} cannot be read: {error.strerror}.")
    cases = number(done.counts["cases"], "case", "cases")
    typer.echo(f"{cases} brought in as number {done.pk}. To undo it: gameplan cases undo {done.pk}")


@cases_app.command("undo")
def undo(
    batch_number: Annotated[int, typer.Argument(help="The number of what was brought in.", metavar="N")],
    data: Data = None,
) -> None:
    """Take cases back that were brought in. Refused once somebody has changed one of them."""
    open_shared(data)
    from django.http import Http404

    from gameplan.carrying.doors import batch_on_machine
    from gameplan.carrying.undoing import undo as undo_batch
    from gameplan.people.refusals import Refused
    from gameplan.rosters.doors import MACHINE

    try:
        undo_batch(batch_on_machine(batch_number), by=MACHINE)
    except Http404:
        leave(f"Nothing was brought in under the number {batch_number}.")
    except Refused as refused:
        leave("\n".join(f"{fault.what} {fault.mend}" for fault in refused.faults))
    typer.echo("Undone. These cases are gone; the students of the roster stay.")


def _read(files: Path, carrier: Carrier, source: str, school: Organisation | None, tell: Tell | None) -> Batch:
    """The batch of a folder or a file, read. Raises Refused and OSError."""
    from gameplan.carrying.receiving import read_folder, read_now, receive
    from gameplan.cases.today import today

    if files.is_dir():
        return read_folder(carrier, files, on=today(), source=source, school=school, tell=tell)
    with files.open("rb") as opened:
        chunks = iter(lambda: opened.read(CHUNK), b"")
        batch = receive(carrier, chunks, name=files.name, source=source, school=school)
    return read_now(batch, on=today(), tell=tell)


def _summary(batch: Batch) -> Iterator[str]:
    """What a batch would bring, in numbers and places: names are for those who may see children."""
    from gameplan.carrying.doors import lines_of
    from gameplan.carrying.staging import NO_ACCOUNT

    counts = batch.counts
    yield f"{number(counts.get('facts', 0), 'fact', 'facts')}; cases:"
    for kind, words in KINDS.items():
        if counts.get(kind):
            yield f"  {counts[kind]:,} {words}"
    for line in lines_of(batch, "unclear")[:MOST_LISTED]:
        yield f"    unclear ({line.reason}): {line.place_in_file}"
    if counts.get(NO_ACCOUNT):
        yield f"  {counts[NO_ACCOUNT]:,} whose IEP manager has no account at that school yet: nobody is set"
    odd = {name: counts[f"doubt {name}"] for name in DOUBTS if counts.get(f"doubt {name}")}
    if odd:
        yield "Odd, and taken as it is:"
        yield from (f"  {count:,} with {DOUBTS[name]}" for name, count in odd.items())


def _coming(batch: Batch) -> int:
    return sum(batch.counts.get(kind, 0) for kind in ("new", "matched"))


def _carrier(place: str, school: Organisation | None) -> Carrier:
    """Whoever works on the machine, for a place: the one that is named, that of the school, or the only one."""
    from django.http import Http404

    from gameplan.carrying.doors import carrier_on_machine
    from gameplan.people.doors import chain_of, every_organisation
    from gameplan.rosters.doors import has_roster

    if place:
        found = [named_place(place, "--place")]
    elif school is not None:
        found = [school if has_roster(school) else school.parent or school]
    else:
        found = [one for one in every_organisation() if has_roster(one)]
    if len(found) != 1:
        leave("--place: say into which district. `gameplan places list` shows all.")
    if school is not None and found[0] not in chain_of(school):
        leave(f"--school: {school} does not lie in {found[0]}.")
    try:
        return carrier_on_machine(found[0])
    except Http404:
        leave(f"--place: {place} keeps no cases of its own. Name its district.")
