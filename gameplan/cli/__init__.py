"""The `gameplan` command: assess a case, look at the law, write a letter, start the program."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from gameplan.cli import ask as asks
from gameplan.cli import (
    audit,
    care,
    cases,
    keys,
    letter,
    lists,
    people,
    places,
    plan,
    plan_print,
    poster,
    report,
    roster,
    sample,
    token,
    trail,
    work,
)
from gameplan.cli import backup as backups
from gameplan.cli import serve as serves
from gameplan.cli.asking import BROKEN, AsJson, CaseFile, Language, day_of, read_case_file, refuse
from gameplan.cli.settings import settings_app
from gameplan.core.assess import assess as assess_case
from gameplan.core.facts import Case, Fact
from gameplan.core.faults import CaseFileError, Fault
from gameplan.core.standing import standing_json
from gameplan.core.supposing import read_supposed
from gameplan.core.what_if import compare, comparison_json
from gameplan.law import law_for, states, vocabulary
from gameplan.tongues import tongue

PUBLISHED = Path(__file__).parents[2] / "examples" / "published"

app = typer.Typer(
    name="gameplan",
    help="Where a child's special-education case stands: who owes what to whom, by when, and why.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)
law_app = typer.Typer(help="Look at the law that gameplan runs on, and check it.", no_args_is_help=True)
app.add_typer(law_app, name="law")
app.add_typer(audit.audit_app, name="audit")
app.add_typer(plan.plan_app, name="plan")
app.add_typer(places.places_app, name="places")
app.add_typer(trail.trail_app, name="trail")
app.add_typer(care.care_app, name="care")
app.add_typer(cases.cases_app, name="cases")
app.add_typer(people.people_app, name="people")
app.add_typer(keys.keys_app, name="keys")
app.add_typer(roster.roster_app, name="roster")
app.add_typer(token.token_app, name="token")
app.add_typer(settings_app, name="settings")
plan_print.register(plan.plan_app)
lists.register(law_app)
poster.register(law_app)
letter.register(app)
sample.register(app)
asks.register(app)
work.register(app)
report.register(app)
serves.register(app)
backups.register(app)


@app.command()
def assess(
    case_file: CaseFile,
    on: Annotated[str, typer.Option("--on", help="The day to look from, YYYY-MM-DD.")],
    as_json: AsJson = False,
    lang: Language = "en",
    suppose: Annotated[
        list[str] | None,
        typer.Option("--suppose", help="What if: a fact as kind:date or kind:date:field=value,... May be repeated."),
    ] = None,
) -> None:
    """Where the case stands on a day: the stage, every duty with its reasons, what each side may do now."""
    day = day_of(on)
    case = read_case_file(case_file)
    law, words = law_for(case.child.state), tongue(lang)
    standing = assess_case(case, law, on=day)
    found = compare(case, law, on=day, supposed=_supposed(case_file, case, suppose)) if suppose else None
    if as_json:
        told = standing_json(standing, words) | ({"what_if": comparison_json(found, words)} if found else {})
        typer.echo(json.dumps(told, indent=1, ensure_ascii=False))
        return
    from gameplan.cli.plainpage import page, what_if_page

    typer.echo(what_if_page(found, law, words) if found else page(case, standing, words))


def _supposed(path: Path, case: Case, lines: Iterable[str]) -> list[Fact]:
    """The facts that `--suppose` names. Leaves with exit code 2 and every fault if one cannot be read."""
    found: list[Fact] = []
    faults: list[Fault] = []
    for number, line in enumerate(lines, start=1):
        try:
            found.append(read_supposed(line, case, vocabulary(), number=number))
        except CaseFileError as error:
            faults += error.faults
    if faults:
        refuse(path, faults)
    return found


@law_app.command("show")
def law_show(
    clock: Annotated[str, typer.Argument(help="The id of a rule, for example initial-evaluation.")],
    state: Annotated[str, typer.Option("--state", help="The State, two letters. Federal law alone if left out.")] = "",
    lang: Language = "en",
) -> None:
    """A rule as it stands: what it asks of whom, how days are counted, the exceptions, the citation, the examples."""
    from gameplan.cli.plainpage import rule_page

    code = state.upper() or None
    if code and code not in states():
        raise typer.BadParameter(f'"{state}" is not a State. Use two letters, for example TX.')
    law = law_for(code)
    found = [one for one in law.clocks if one.id == clock]
    if not found:
        close = [one for one in law.by_id if clock.split("-")[0] in one]
        raise typer.BadParameter(f'There is no rule "{clock}". Near it: {", ".join(sorted(close)[:8]) or "none"}.')
    typer.echo("\n\n".join(rule_page(one, tongue(lang)) for one in found))


@law_app.command("check")
def law_check(
    state: Annotated[str, typer.Argument(help="Only this State (two letters), or us for federal law.")] = "",
) -> None:
    """Read every law file and run every worked example. Exit code 1 if anything is wrong."""
    from gameplan.law.check import check
    from gameplan.law.coverage import totals

    faults = check({"": None, "US": "us"}.get(state.upper(), state.upper()))
    for fault in faults:
        typer.echo(f"- {fault}", err=True)
    if faults:
        typer.echo(f"{len(faults)} things to mend.", err=True)
        raise typer.Exit(1)
    counts = ", ".join(f"{number} {name}" for name, number in totals().items())
    typer.echo(f"The law holds: every file reads, every worked example comes out. Entries: {counts}.")


@law_app.command("coverage")
def law_coverage(
    state: Annotated[str, typer.Argument(help="Only this State (two letters, or us), in words.")] = "",
    as_json: AsJson = False,
) -> None:
    """State by rule: what runs, what runs with a doubt, what does not run yet and why."""
    from gameplan.law.coverage import coverage

    if state and state not in (*states(), "us"):
        typer.echo(f"{state} is not a State. Use its two letters, for example TX, or us for federal law.", err=True)
        raise typer.Exit(BROKEN)

    found = coverage()
    if as_json:
        typer.echo(json.dumps(found, indent=1, ensure_ascii=False))
        return
    from gameplan.cli.coverage import print_coverage, print_state

    print_state(found, state) if state else print_coverage(found)


@law_app.command("verify")
def law_verify(
    folder: Annotated[Path, typer.Argument(help="The folder of published examples.")] = PUBLISHED,
    as_json: AsJson = False,
) -> None:
    """Hold the law against published decisions and guidance. Exit code 1 if a miss has no explanation."""
    from gameplan.cli import verify as desk
    from gameplan.law.published import PublishedFileError, verify

    try:
        outcomes = verify(folder)
    except PublishedFileError as error:
        refuse(folder, error.faults)
    if as_json:
        typer.echo(json.dumps(desk.as_json(outcomes), indent=1, ensure_ascii=False))
    else:
        desk.print_outcomes(outcomes)
    if not all(one.explained for one in outcomes):
        raise typer.Exit(1)


@law_app.command("schema")
def law_schema_command() -> None:
    """The JSON Schema of a law file, for editors."""
    from gameplan.law.schema import law_schema

    typer.echo(json.dumps(law_schema(), indent=1))


@app.command("schema")
def schema_command() -> None:
    """The JSON Schema of a case file."""
    from gameplan.core.casewrite import case_schema

    typer.echo(json.dumps(case_schema(vocabulary()), indent=1, ensure_ascii=False))


@app.command()
def story(
    file: Annotated[Path, typer.Argument(help="A story (text). stories/ holds many.", metavar="STORY.txt")],
    as_json: AsJson = False,
    case: Annotated[
        Path | None, typer.Option("--case", help="Write the story as a case file here: .json, or .zip to open it.")
    ] = None,
) -> None:
    """A family's story with what gameplan says at each checkpoint. Exit code 1 if a checkpoint is wrong."""
    from gameplan.cli.storyteller import findings_json, open_story, page, write_case
    from gameplan.law.stories import tell

    found, faults = open_story(file)
    if found is None:
        refuse(file, faults)
    if case:
        write_case(found, case)
        typer.echo(f"Written: {case}", err=True)
    findings = tell(found)
    typer.echo(json.dumps(findings_json(found, findings), indent=1, ensure_ascii=False) if as_json else page(found))
    if not all(one.holds for one in findings):
        raise typer.Exit(1)


def main() -> None:
    """Run the command line; an error never shows a traceback to a parent without a word of help."""
    sys.setrecursionlimit(3000)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gameplan.config.settings")  # read by what asks for a setting
    app()


if __name__ == "__main__":
    main()
