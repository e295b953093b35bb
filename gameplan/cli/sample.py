"""`gameplan sample`: made-up families with whole plans, put into a data folder to look at."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gameplan.cli.asking import BROKEN, day_of, number, spoken, this_day
from gameplan.cli.places import make_sample_school


def register(app: typer.Typer) -> None:
    """Adds the command `sample`."""
    app.command("sample")(sample)


def sample(
    data: Annotated[
        Path | None, typer.Option("--data", help="The folder that holds everything. Default: your own.")
    ] = None,
    on: Annotated[str, typer.Option("--on", help="The day near which it all happens, YYYY-MM-DD.")] = "",
    lang: Annotated[str, typer.Option("--lang", help="Plans in this language where there are such: en or es.")] = "en",
    school: Annotated[
        bool, typer.Option("--school", help="Instead, a made-up district with two schools, staff and 40 children.")
    ] = False,
) -> None:
    """Put the made-up sample families into a data folder: children, timelines, plans. What is there already stays."""
    day = day_of(on) if on else this_day()
    if school:
        make_sample_school(data, day)
        return
    from gameplan.config.environment import WrongSetting
    from gameplan.config.serve import NoCases, make_cases

    try:
        folder = make_cases(data)
    except (NoCases, WrongSetting) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(BROKEN) from None
    from gameplan.care.samples import make_listings
    from gameplan.cases.doors import cases_of
    from gameplan.cases.people import HOME
    from gameplan.planning.doors import plans_of
    from gameplan.planning.samples import load_samples
    from gameplan.progress.samples import tell_progress

    before = set(cases_of(HOME).values_list("pk", flat=True))
    cases = load_samples(HOME, day, spoken(lang).lang)
    tell_progress(cases, day)
    for case in cases:
        state = "was there already" if case.pk in before else "made"
        plans = number(plans_of(case).count(), "plan", "plans")
        typer.echo(f"{case.child_name or 'A child'} ({case.child_state}): {plans}, {state}.")
    made = make_listings()
    if made:
        typer.echo(f"{number(made, 'made-up provider', 'made-up providers')} to find care with.")
    typer.echo(f"They are in {folder}. Look at them with `gameplan serve`.")
