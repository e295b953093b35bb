"""`gameplan letter`: which letters and notices there are, and any of them from a case file."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from gameplan.cli.asking import AsJson, Language, On, day_of, read_case_file, refuse, spoken, this_day

LIST = "list"


def letter(
    name: Annotated[str, typer.Argument(help="The id of a letter or notice, or: list.", metavar="NAME")],
    case_file: Annotated[
        Path | None, typer.Argument(help="The case file (JSON).", metavar="CASE.json", show_default=False)
    ] = None,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="Where to write it: .pdf, .docx, or .txt for an e-mail.")
    ] = None,
    lang: Language = "en",
    on: On = "",
    said: Annotated[
        list[str] | None,
        typer.Option("--set", "--say", help="A value the case does not hold, as field=words. May be repeated."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write a letter or notice from a case file, filled in as far as the case goes; "list" names all there are."""
    from gameplan.cli.letterdesk import listed
    from gameplan.letters import kinds

    spoken(lang)
    if name == LIST:
        rows = listed()
        typer.echo(json.dumps(rows, indent=1, ensure_ascii=False) if as_json else "\n".join(_lines(rows, lang)))
        return
    if name not in kinds():
        raise typer.BadParameter(f'There is no letter "{name}". See them with: gameplan letter list', param_hint="NAME")
    if case_file is None or out is None:
        raise typer.BadParameter("Name the case file, and with -o where to write the letter.", param_hint="CASE.json")
    _write(name, case_file, out, lang, on, said or [])


def _write(name: str, case_file: Path, out: Path, lang: str, on: str, said: Iterable[str]) -> None:
    from gameplan.cli.letterdesk import write_letter

    case = read_case_file(case_file)
    values: dict[str, str] = {}
    for field, _sign, words in (pair.partition("=") for pair in said):
        values[field] = f"{values[field]}\n{words}" if field in values else words
    written = write_letter(name, case, lang, out, day_of(on) if on else this_day(), values)
    if written.faults:
        refuse(case_file, written.faults)
    typer.echo(f"Written: {out}")
    if written.by_hand:
        typer.echo(f"To fill in by hand (or say with --set): {'; '.join(written.by_hand)}", err=True)


def _lines(rows: Iterable[dict[str, object]], lang: str) -> Iterable[str]:
    for row in rows:
        names = row["name"]
        yield f"{row['id']:32} {names[lang] if isinstance(names, dict) else ''}"


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("letter")(letter)
