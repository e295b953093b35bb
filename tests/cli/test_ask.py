"""`gameplan ask`: a question in everyday words."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from gameplan.cli import app

ON = ("--on", "2026-11-27")


def run(*words: str) -> tuple[int, str]:
    found = CliRunner().invoke(app, ["ask", *words])
    return found.exit_code, found.output


def test_a_question_gets_the_next_step_the_letter_and_the_states_number() -> None:
    code, text = run("school said no to testing", "--state", "tx", *ON)
    assert code == 0
    assert text.startswith("1. The school said no to an evaluation")
    assert "Next: Ask the school to put its no in writing" in text
    assert "2 years (Texas)" in text
    assert "34 CFR 300.503(a)(2)" in text
    assert "not legal advice" in text


def test_the_answer_as_json_is_for_programs() -> None:
    code, text = run("how do I get my kid tested", "--state", "TX", "--json", *ON)
    told = json.loads(text)
    assert code == 0
    assert (told["state"], told["lang"]) == ("TX", "en")
    assert told["answers"][0]["page"] == "ask-in-writing"
    assert told["answers"][0]["letters"][0] == "evaluation-request"
    assert told["answers"][0]["numbers"][0]["place"] == "TX"


def test_a_question_in_spanish_is_answered_in_spanish() -> None:
    assert "La escuela le debe una respuesta" in run("la escuela no me contesta", *ON)[1]


def test_most_says_how_many() -> None:
    assert len(json.loads(run("IEP meeting", "--json", "--most", "2", *ON)[1])["answers"]) == 2


def test_what_fits_nothing_says_so() -> None:
    code, text = run("qqqq zzzz", *ON)
    assert code == 0
    assert text.startswith("Nothing fits.")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((" ",), "Ask something"),
        (("IEP", "--state", "XX"), "is not a State"),
        (("IEP", "--lang", "fr"), "does not speak"),
        (("IEP", "--on", "soon"), "is not a day"),
    ],
)
def test_bad_input_is_refused(words: tuple[str, ...], said: str) -> None:
    code, text = run(*words)
    assert code == 2
    assert said in text
