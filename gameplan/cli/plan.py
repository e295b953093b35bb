"""`gameplan plan`: is a plan complete, what changed between two, and which forms there are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from gameplan.cli.asking import Language, On, day_of, json_in, refuse, spoken, this_day
from gameplan.core.faults import Fault
from gameplan.law.contents import NoSuchEntry
from gameplan.plans.form_files import form, forms
from gameplan.plans.plan import Plan
from gameplan.plans.plan_file import PlanFileError, read_plan

plan_app = typer.Typer(help="Plans: IEP, 504 plan, evaluation. Is one complete, what changed.", no_args_is_help=True)

PlanFile = Annotated[Path, typer.Argument(help="The plan (JSON).", metavar="PLAN.json")]
AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON, for programs.")]


def read_plan_file(path: Path) -> Plan:
    """The plan in a file. Leaves with exit code 2 and every fault (what, where, how to mend it) if it is broken."""
    raw = json_in(path, "A plan has only a few levels.")
    try:
        return read_plan(raw)
    except PlanFileError as error:
        refuse(path, error.faults)


@plan_app.command("check")
def check_command(plan_file: PlanFile, on: On = "", as_json: AsJson = False, lang: Language = "en") -> None:
    """Is everything in the plan? What is missing and where, what cannot be told yet, what is there; with the law."""
    from gameplan.cli.plan_pages import check_page
    from gameplan.plans.check import check_json, check_plan

    day, words = day_of(on) if on else this_day(), spoken(lang)
    plan = read_plan_file(plan_file)
    check = check_plan(plan, day)
    typer.echo(_as_text(check_json(check, words)) if as_json else check_page(plan, check, words))


@plan_app.command("compare")
def compare_command(
    before: Annotated[Path, typer.Argument(help="The plan before (JSON).", metavar="BEFORE.json")],
    after: Annotated[Path, typer.Argument(help="The plan now (JSON).", metavar="NOW.json")],
    as_json: AsJson = False,
    lang: Language = "en",
) -> None:
    """What changed between two plans: more, less, new, gone, elsewhere, in other words; minutes a week side by side."""
    from gameplan.cli.plan_pages import comparison_page
    from gameplan.plans.compare import NotComparable, compare, comparison_json

    words = spoken(lang)
    old, new = read_plan_file(before), read_plan_file(after)
    try:
        found = compare(old, new)
    except NotComparable as error:
        refuse(after, [Fault("form", str(error), f"The other one is {before}.")])
    typer.echo(_as_text(comparison_json(found, words)) if as_json else comparison_page(found, words))


@plan_app.command("schema")
def schema_command(
    form_id: Annotated[str, typer.Argument(help="The id of a form; `gameplan plan forms` lists them.")] = "iep",
) -> None:
    """The JSON Schema of a plan of a form, for editors and programs."""
    from gameplan.plans.schema import plan_schema

    try:
        typer.echo(_as_text(plan_schema(form(form_id))))
    except NoSuchEntry as error:
        raise typer.BadParameter(str(error)) from None


@plan_app.command("forms")
def forms_command(as_json: AsJson = False, lang: Language = "en") -> None:
    """The forms of plans: the federal ones, and those of States."""
    words = spoken(lang)
    rows = [
        {
            "id": one.id, "name": words.text(one.name), "kind": one.kind, "state": one.state, "extends": one.extends,
            "source": one.source, "confidence": one.confidence,
        }
        for one in forms().values()
    ]  # fmt: skip
    if as_json:
        typer.echo(_as_text(rows))
        return
    for row in rows:
        typer.echo(f"{row['id']:<20}{row['state'] or 'us':<4}{row['kind']:<13}{row['name']} ({row['confidence']})")


def _as_text(value: object) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False)
