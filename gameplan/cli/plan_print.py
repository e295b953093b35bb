"""`gameplan plan print`: a plan as a paper, as PDF or as a Word file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gameplan.cli.asking import day_of, refuse, spoken, this_day
from gameplan.cli.plan import PlanFile, read_plan_file
from gameplan.core.faults import Fault

ENDINGS = (".pdf", ".docx")


def register(plan_app: typer.Typer) -> None:
    """Adds `print` to the group of commands about plans."""
    plan_app.command("print")(print_plan)


def print_plan(
    plan_file: PlanFile,
    out: Annotated[Path, typer.Option("-o", "--out", help="Where to write it: .pdf, or .docx for Word.")],
    as_: Annotated[
        str,
        typer.Option("--as", help="iep, 504, evaluation, eligibility; glance, plain, student; invitation, minutes."),
    ],
    lang: Annotated[str, typer.Option("--lang", help="Language of the paper: en or es; the plan's if left out.")] = "",
    on: Annotated[str, typer.Option("--on", help="The date of the paper, YYYY-MM-DD; today if left out.")] = "",
    docx: Annotated[bool, typer.Option("--docx", help="As a Word file, whatever the ending of the name.")] = False,
    draft: Annotated[bool, typer.Option("--draft", help="Mark every page as a draft.")] = False,
) -> None:
    """Print a plan: the whole paper, one page for teachers, plain words for the family, or the student's own page."""
    from gameplan.plans.sheets import NoSuchSheet, plan_hash, sheet_of

    if not docx and out.suffix.lower() not in ENDINGS:
        refuse(out, [Fault("--out", f"“{out.suffix}” is not a kind of paper.", f"End it in {' or '.join(ENDINGS)}.")])
    plan = read_plan_file(plan_file)
    tongue = spoken(lang or plan.language)
    try:
        sheet = sheet_of(plan, as_, tongue, on=day_of(on) if on else this_day())
    except NoSuchSheet as error:
        refuse(plan_file, [Fault("--as", str(error), "Choose one of them.")])
    mark = "" if draft else plan_hash(plan)
    if docx or out.suffix.lower() == ".docx":
        from gameplan.papers.sheet_docx import sheet_docx

        content = sheet_docx(sheet, draft=draft, sha256=mark)
    else:
        from gameplan.papers.pdf import CannotPrint
        from gameplan.papers.sheet_pdf import sheet_pdf

        try:
            content = sheet_pdf(sheet, draft=draft, sha256=mark)
        except CannotPrint as error:
            refuse(plan_file, [Fault("plan", tongue.say(error.say), "Print it again then.")])
    write_file(out, content)
    typer.echo(f"Written: {out}")


def write_file(path: Path, content: bytes) -> None:
    """Writes the file. Leaves with exit code 2 if it cannot be written."""
    try:
        path.write_bytes(content)
    except OSError as error:
        refuse(path, [Fault("file", f"it cannot be written: {error.strerror}.", "Choose another place.")])
