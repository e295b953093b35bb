"""`gameplan ask`: a question in everyday words, answered from the guide, the letters and the law."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from typing import Annotated

import typer

from gameplan.cli.asking import BROKEN, day_of, spoken, this_day
from gameplan.cli.lists import WIDTH, state_code
from gameplan.core.words import Say, Tongue
from gameplan.guide import Answer, answer_json, guess_language
from gameplan.guide import ask as ask_guide
from gameplan.law import law_for

MOST = 5
NEXT, NUMBERS, LETTERS = Say("Next: {text}"), Say("How long: {name}: {text}"), Say("Letters: {names}")
SOURCES, PRACTICE = Say("Where it is written: {cite}"), Say("There is advice in it too. Advice is practice, not law.")
NOTHING = Say("Nothing fits. Try other words, for example: the school said no to testing.")
GENERAL = Say("This is general information, not legal advice.")


def register(app: typer.Typer) -> None:
    """Add the command to `gameplan`."""
    app.command("ask")(ask_command)


def ask_command(
    question: Annotated[str, typer.Argument(help='What you want to know, for example "school said no to testing".')],
    state: Annotated[str, typer.Option("--state", help="The State, two letters. Federal law alone if left out.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON, for programs.")] = False,
    lang: Annotated[str, typer.Option("--lang", help="en or es. The language of the question if left out.")] = "",
    on: Annotated[str, typer.Option("--on", help="The day whose rules count, YYYY-MM-DD; today if left out.")] = "",
    most: Annotated[int, typer.Option("--most", min=1, max=20, help="How many answers at most.")] = MOST,
) -> None:
    """The next step for a question in everyday words, with its letter, its rule and the State's own numbers."""
    if not question.strip():
        typer.echo('Ask something, for example: gameplan ask "school said no to testing" --state TX', err=True)
        raise typer.Exit(BROKEN)
    code, tongue = state_code(state), spoken(lang or guess_language(question))
    answers = ask_guide(question, law_for(code), tongue, on=day_of(on) if on else this_day(), most=most)
    if as_json:
        told = {
            "question": question,
            "state": code,
            "lang": tongue.lang,
            "answers": [answer_json(one) for one in answers],
        }
        typer.echo(json.dumps(told, indent=1, ensure_ascii=False))
        return
    for number, answer in enumerate(answers, 1):
        typer.echo("\n".join(_lines(number, answer, tongue)) + "\n")
    typer.echo(tongue.say(GENERAL if answers else NOTHING))


def _lines(number: int, answer: Answer, tongue: Tongue) -> Iterator[str]:
    yield f"{number}. {answer.title}"
    said = [Say(NEXT.text, {"text": answer.next})]
    said += [
        Say(NUMBERS.text, {"name": one.name, "text": f"{one.text} [{'; '.join(one.cite)}]"}) for one in answer.numbers
    ]
    said += [Say(LETTERS.text, {"names": ", ".join(answer.letters)})] if answer.letters else []
    said += [Say(SOURCES.text, {"cite": "; ".join(answer.cite)})] if answer.cite else []
    said += [PRACTICE] if answer.practice else []
    for sentence in said:
        yield textwrap.fill(tongue.say(sentence), WIDTH, initial_indent="   ", subsequent_indent="     ")
