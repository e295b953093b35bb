"""`gameplan law poster`: the whole road of a State on one page, as a PDF to print."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gameplan.cli.asking import On, day_of, refuse, spoken, this_day
from gameplan.cli.lists import state_code
from gameplan.cli.plan_print import write_file
from gameplan.core.faults import Fault

FEDERAL = "us"


def register(law_app: typer.Typer) -> None:
    """Adds `poster` to the group of commands about the law."""
    law_app.command("poster")(poster_command)


def poster_command(
    state: Annotated[str, typer.Argument(help="The State, two letters, or us for federal law.")],
    out: Annotated[Path, typer.Option("-o", "--out", help="Where to write it, for example road.pdf.")],
    lang: Annotated[str, typer.Option("--lang", help="Language of the poster: en or es.")] = "en",
    paper: Annotated[str, typer.Option("--paper", help="letter, or tabloid (11 by 17 inches).")] = "letter",
    on: On = "",
) -> None:
    """The road to special education on one page: who owes what, with the State's numbers and their sources."""
    from gameplan.papers.poster_pdf import PAPERS, poster_pdf

    code = None if state.lower() == FEDERAL else state_code(state)
    if paper not in PAPERS:
        refuse(out, [Fault("--paper", f"“{paper}” is not a size of paper.", f"Use one of: {', '.join(PAPERS)}.")])
    content = poster_pdf(code, spoken(lang).lang, on=day_of(on) if on else this_day(), paper=paper)
    write_file(out, content)
    typer.echo(f"Written: {out}")
