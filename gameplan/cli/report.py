"""`gameplan report`: the counts that a place owes its State, as files; what is wrong with them; worksheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from gameplan.cli import places
from gameplan.cli.asking import BROKEN, Language, day_of, number, spoken
from gameplan.cli.places import Data
from gameplan.reports.counting.file_forms import FileForm, file_form, file_names

if TYPE_CHECKING:
    from gameplan.core.faults import Fault
    from gameplan.people.models import Organisation
    from gameplan.reports.counting.counted import Counted
    from gameplan.reports.counting.edit_checks import Finding
    from gameplan.reports.reading import Asked

WORKSHEETS = ("b11", "b12", "b13")
CHECK, EDFI = "check", "edfi"
Out = Annotated[Path | None, typer.Option("-o", "--out", help="The file to write; else it is printed.")]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("report")(report)


def report(
    what: Annotated[str, typer.Argument(help="FS002 and so on; check; b11, b12, b13; edfi.", metavar="WHAT")],
    place: Annotated[str, typer.Option("--place", help="The place that is counted, by name or id.")],
    on: Annotated[str, typer.Option("--on", help="The count date, YYYY-MM-DD. Default: last October 1.")] = "",
    year: Annotated[str, typer.Option("--year", help="For worksheets: the school year, like 2025-26.")] = "",
    level: Annotated[str, typer.Option("--level", help="SEA, LEA or SCH: State, district, school.")] = "LEA",
    ending: Annotated[str, typer.Option("--format", help="csv, tab or txt (fixed widths).")] = "csv",
    version: Annotated[str, typer.Option("--version", help="The end of the file's name: 7 letters at most.")] = "v1",
    checked: Annotated[
        bool, typer.Option("--checked", help="The layout was held against this year's specification.")
    ] = False,
    lang: Language = "en",
    out: Out = None,
    data: Data = None,
) -> None:
    """Count the children of a place for its State: one file, what is wrong with it, a worksheet, or an Ed-Fi export.

    The layout of the files is that of school year 2021-22: re-check it against the current year's specification before
    a real submission. Each child's record of access says that the child was counted.
    """
    name = what.strip().lower()
    if name in WORKSHEETS:
        from gameplan.cli.worksheets import worksheet

        return worksheet(name, place_named(place, data), year, spoken(lang), out)
    here = place_named(place, data)
    if name == EDFI:
        return _edfi(here, out)
    asked = _asked(on)
    if name == CHECK:
        return _check(here, asked, lang)
    form = _form(what)
    if level.upper() not in form.levels:
        raise typer.BadParameter(f"{form.id} is written for {', '.join(form.levels)}.", param_hint="--level")
    return _file(form, here, asked, level.upper(), (ending, version, checked), out)


def place_named(words: str, data: Path | None) -> Organisation:
    """The place of that name or id, with the data folder open. Leaves with exit code 2 if there is none."""
    places.open_shared(data)
    return places.named_place(words, "--place")


def _form(what: str) -> FileForm:
    if what.strip().upper() not in file_names():
        known = ", ".join((*file_names(), CHECK, *WORKSHEETS, EDFI))
        raise typer.BadParameter(f"there is no report {what!r}. There are {known}.", param_hint="WHAT")
    return file_form(what.strip().upper())


def _asked(on: str) -> Asked:
    from gameplan.cases.today import today
    from gameplan.reports.reading import Asked

    now = today()
    last = date(now.year if now.month >= 10 else now.year - 1, 10, 1)
    day = day_of(on) if on else last
    if day > now:
        raise typer.BadParameter("that day has not come: nobody knows who will have a plan then.", param_hint="--on")
    return Asked.around(day, now)


def _children(here: Organisation, asked: Asked) -> Iterator[Counted]:
    from gameplan.cases.whole import INSTALLER
    from gameplan.reports.files import noted
    from gameplan.reports.reading import counted_children

    return noted(counted_children([here.pk], asked), INSTALLER)


def _file(
    form: FileForm, here: Organisation, asked: Asked, level: str, sent: tuple[str, str, bool], out: Path | None
) -> None:
    from gameplan.people.doors import organisations_below
    from gameplan.reports.counting.file_text import CannotWrite, file_name, file_text
    from gameplan.reports.files import rows_of_file, sending_of

    ending, version, checked = sent
    sending = sending_of(here, level, asked, ending=ending, version=version, checked=checked)
    rows = rows_of_file(form, level, _children(here, asked), organisations_below([here.pk]))
    try:
        records = file_text(form, rows, sending)
    except CannotWrite as refused:
        refuse_all(refused.faults)
    for said in _warnings(form, asked):
        typer.echo(said, err=True)
    write(records, out, f"{number(len(rows), 'row', 'rows')}; send it as {file_name(form, sending)}")


def _warnings(form: FileForm, asked: Asked) -> Iterator[str]:
    from gameplan.core.words import ENGLISH
    from gameplan.reports.counting.edit_checks import count_day_faults
    from gameplan.reports.counting.file_text import RECHECK

    yield RECHECK
    if form.counts in ("school-age", "early-childhood"):
        yield from map(ENGLISH.say, count_day_faults(asked.on))
    if form.guessed:
        yield f"Not seen in an official file, only likely: {', '.join(form.guessed)}."


def write(parts: Iterable[str], out: Path | None, what: str) -> None:
    """Write the text into the file, or print it. Leaves with exit code 2 where it cannot be written."""
    if out is None:
        for part in parts:
            typer.echo(part.rstrip("\r\n"))
        return
    try:
        with out.open("w", encoding="utf-8", newline="") as file:
            file.writelines(parts)
    except OSError as error:
        refuse(f"{out}: it cannot be written ({error.strerror}). Name a file in a folder that is there.")
    typer.echo(f"Written: {out} ({what})")


def _edfi(here: Organisation, out: Path | None) -> None:
    from gameplan.cases.today import today
    from gameplan.cases.whole import INSTALLER
    from gameplan.reports.edfi_out import edfi_lines

    write(edfi_lines([here.pk], INSTALLER, today()), out, "one resource a line, for an Ed-Fi interface")


def _check(here: Organisation, asked: Asked, lang: str) -> None:
    from gameplan.reports.counting.edit_checks import findings

    words, found = spoken(lang), 0
    for one in findings(_children(here, asked)):
        found += 1
        typer.echo(_line(one, words.say(one.check.says), words.say(one.check.mend)))
    typer.echo(f"{number(found, 'thing', 'things')} to look at.")
    if found:
        raise typer.Exit(1)


def _line(one: Finding, says: str, mend: str) -> str:
    mark = "!" if one.check.is_grave else "-"
    return f"{mark} case {one.child} [{one.check.id}; {' '.join(one.files) or 'no file'}]: {says} {mend}"


def refuse_all(faults: Iterable[Fault]) -> NoReturn:
    """Say every fault and leave with exit code 2."""
    refuse("\n".join(f"{fault.where}: {fault.what} {fault.mend}" for fault in faults))


def refuse(words: str) -> NoReturn:
    """Say why and leave with exit code 2."""
    typer.echo(words, err=True)
    raise typer.Exit(BROKEN)
