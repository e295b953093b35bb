"""`gameplan audit`: the same law over millions of cases at once, in a folder of Parquet files.

Each command says what it needs besides gameplan itself when that is not installed, and imports it only then.
"""

from __future__ import annotations

import difflib
import json
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from gameplan.cli.asking import BROKEN, day_of, refuse, this_day
from gameplan.cli.progress import bar
from gameplan.core.assess import assess
from gameplan.core.entries import Law
from gameplan.core.facts import Case
from gameplan.core.faults import Fault
from gameplan.core.standing import Standing, standing_json
from gameplan.core.words import Tongue
from gameplan.law import law_for, states
from gameplan.tongues import NoSuchTongue, tongue

audit_app = typer.Typer(
    help="Every clock of the law for many children at once: over columns, in a folder of Parquet files.",
    no_args_is_help=True,
)

Facts = Annotated[Path, typer.Option("--facts", help="The folder of facts; docs/audit-layout.md says what is in it.")]
OutFolder = Annotated[Path, typer.Option("-o", "--out", help="The folder to write: new or empty.")]
On = Annotated[str, typer.Option("--on", help="The day to look from, YYYY-MM-DD; today if left out.")]
Language = Annotated[str, typer.Option("--lang", help="Language of the answer: en or es.")]
AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON, for programs.")]


def needs(*packages: str) -> None:
    """Leaves with exit code 2 if one of these packages is not installed, and says how to install it."""
    missing = [name for name in packages if find_spec(name) is None]
    if missing:
        typer.echo(
            f"gameplan audit needs {' and '.join(missing)}, not installed here. "
            'Install what the audit needs: pip install "gameplan[audit]"',
            err=True,
        )
        raise typer.Exit(BROKEN)


def number(how_many: int, what: str, more: str = "s") -> str:
    """So many of a thing, in words: "1 child", "1,200 children"."""
    return f"{how_many:,} {what}{more if how_many != 1 else ''}"


def _tongue(lang: str) -> Tongue:
    try:
        return tongue(lang)
    except NoSuchTongue as error:
        raise typer.BadParameter(str(error), param_hint="--lang") from None


@audit_app.command("explain")
def explain(
    case_id: Annotated[int, typer.Argument(help="The number of the case in the folder.", metavar="CASE-ID")],
    facts: Facts,
    on: On = "",
    clock: Annotated[str, typer.Option("--clock", help="Only the duties of this rule, by its id.")] = "",
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """One case of the folder, explained: the same page as `gameplan assess`, every date with its reasons."""
    needs("pyarrow")
    from gameplan.cli.plainpage import page

    day, words = day_of(on) if on else this_day(), _tongue(lang)
    case = case_in(facts, case_id)
    law = law_for(case.child.state)
    standing = assess(case, law, on=day)
    if clock:
        standing = only(standing, clock, law)
    if as_json:
        typer.echo(json.dumps(standing_json(standing, words), indent=1, ensure_ascii=False))
        return
    typer.echo(page(case, standing, words))


def case_in(folder: Path, number: int) -> Case:
    """The case of that number in an audit folder. Leaves with exit code 2 if it is not there or cannot be read."""
    import pyarrow as pa

    from gameplan.audit.cases import NoSuchCase
    from gameplan.audit.finding import find_case

    try:
        case = find_case(folder, number)
    except NoSuchCase as error:
        refuse(folder, [Fault(f"case {number}", str(error), "Check the number and the folder.")])
    except (pa.ArrowException, OSError, LookupError, ValueError) as error:
        what = f"it cannot be read: {str(error).splitlines()[0] if str(error) else type(error).__name__}."
        refuse(folder, [Fault("files", what, "Compare them with docs/audit-layout.md.")])
    state = case.child.state
    if state is not None and state not in states():
        refuse(
            folder, [Fault(f"case {number}", f'"{state}" is not a State.', "Write its two letters, for example TX.")]
        )
    return case


def only(standing: Standing, clock: str, law: Law) -> Standing:
    """The standing with the duties of that rule alone. Leaves with exit code 2 if the law has no such rule."""
    if clock not in law.by_id:
        near = difflib.get_close_matches(clock, law.by_id, 5)
        raise typer.BadParameter(
            f'There is no rule "{clock}". Near it: {", ".join(near) or "none"}.', param_hint="--clock"
        )
    duties = tuple(duty for duty in standing.duties if duty.clock == clock)
    return replace(standing, duties=duties, options=(), warnings=())


@audit_app.command("export")
def export(
    out: OutFolder,
    keep_map: Annotated[
        Path | None,
        typer.Option("--keep-map", help="A new file that tells which number is which case. Never give it away."),
    ] = None,
    data: Annotated[
        Path | None, typer.Option("--data", help="The folder that holds everything. Default: your own.")
    ] = None,
) -> None:
    """The cases of this installation as a folder of facts: numbers for names, no notes, nobody's own words.

    Birthdays, States, districts, schools and dates are in it: give it only to who may see them.
    """
    needs("pyarrow")
    from gameplan.config.environment import WrongSetting
    from gameplan.config.serve import NoCases, open_cases

    try:
        open_cases(data)
    except (NoCases, WrongSetting) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(BROKEN) from None
    from gameplan.exchange.audit_export import export_for_audit
    from gameplan.exchange.faults import ExchangeError

    try:
        with bar("Children") as told:
            done = export_for_audit(out, keep_map=keep_map, progress=told)
    except ExchangeError as error:
        refuse(out, error.faults)
    typer.echo(f"Written: {out} ({number(done.children, 'child', 'ren')}, {number(done.facts, 'fact')})")
    if keep_map:
        typer.echo(f"Written: {keep_map}. It tells who is who: keep it here.")


@audit_app.command("synth")
def synth(
    children: Annotated[int, typer.Option("--children", help="How many children.", min=0)],
    out: OutFolder,
    seed: Annotated[int, typer.Option("--seed", help="The same number gives the same children.", min=0)] = 1,
) -> None:
    """A made-up nation as a folder of facts: districts, life lines and disorder as in real ones, nobody's data."""
    needs("pyarrow", "numpy")
    from gameplan.audit.synth import CannotMake, make_nation

    try:
        with bar("Children", children) as told:
            make_nation(out, children=children, seed=seed, progress=told)
    except CannotMake as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(BROKEN) from None
    typer.echo(f"Written: {out} ({number(children, 'child', 'ren')})")
