"""Published decisions: the format refuses what is wrong; each answer is a hit, a miss or "cannot tell"."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from gameplan.cli import app
from gameplan.cli.verify import totals
from gameplan.law.published import CANNOT_TELL, HIT, MISS, PublishedFileError, load, verify

REAL = Path(__file__).parents[2] / "examples" / "published"
CONSENT = """
[[fact]]
kind = "consent-given"
on = 2025-09-15
said_by = "parent"
data = { for = "initial-evaluation", received = 2025-09-15 }
"""
YEAR = """
[[calendar]]
school_year = "2025-26"
first_day = 2025-08-13
last_day = 2026-05-21
"""


def written(folder: Path, expect: str, *, state: str = 'state = "CO"', more: str = "", name: str = "one") -> Path:
    text = f"""
title = "A decision"
issuer = "An agency"
address = "https://example.org/decision"
retrieved = "the whole text"
found = "It was due on November 14."

[child]
{state}
{more or CONSENT}
[[expect]]
clock = "initial-evaluation"
on = 2025-11-20
basis = "It says so."
{expect}
"""
    (folder / f"{name}.toml").write_text(text)
    return folder


def results(folder: Path) -> list[str]:
    return [one.result for one in verify(folder)]


def faults(folder: Path) -> str:
    with pytest.raises(PublishedFileError) as caught:
        load(folder)
    return str(caught.value)


def command(*words: str) -> Any:
    return CliRunner().invoke(app, ["law", "verify", *words])


@pytest.mark.parametrize(
    ("expect", "result"),
    [
        ("due = 2025-11-14", HIT),
        ('due = 2025-11-14\nstatus = "late"\ndays_late = 6', HIT),
        ("due_earliest = 2025-11-10\ndue_latest = 2025-11-20", HIT),
        ("due_earliest = 2025-11-14", HIT),
        ("due_latest = 2025-11-13", MISS),
        ("due = 2025-11-15", MISS),
        ("due = 2025-11-14\ndays_late = 5", MISS),
        ('status = "met"', MISS),
        ("absent = true", MISS),
    ],
)
def test_a_firm_day_is_held_against_the_day_of_the_source(expect: str, result: str, tmp_path: Path) -> None:
    assert results(written(tmp_path, expect)) == [result]


@pytest.mark.parametrize(("due", "result"), [("2025-11-18", CANNOT_TELL), ("2025-09-30", MISS)])
def test_a_range_with_room_for_the_day_cannot_tell_and_one_without_is_a_miss(
    due: str, result: str, tmp_path: Path
) -> None:
    folder = written(tmp_path, f"due = {due}", state='state = "TX"')
    outcome = verify(folder)[0]
    assert outcome.result == result
    assert outcome.expected.answer["due"].isoformat() == due  # type: ignore[attr-defined]
    assert bool(outcome.would_settle) == (result == CANNOT_TELL)


def test_running_and_due_soon_are_one_answer(tmp_path: Path) -> None:
    folder = written(tmp_path, 'status = "running"')
    text = (folder / "one.toml").read_text().replace("2025-11-20", "2025-11-10")
    (folder / "one.toml").write_text(text)
    assert results(folder) == [HIT]


def test_a_duty_that_does_not_come_out_is_a_miss_unless_it_is_said_to_be_absent(tmp_path: Path) -> None:
    other = CONSENT.replace("initial-evaluation", "reevaluation")
    assert results(written(tmp_path, "due = 2025-11-14", more=other)) == [MISS]
    assert results(written(tmp_path, "absent = true", more=other)) == [HIT]


def test_the_fact_named_picks_the_duty(tmp_path: Path) -> None:
    twice = CONSENT + CONSENT.replace("2025-09-15", "2025-10-01")
    assert results(written(tmp_path, 'of = "f1"\ndue = 2025-11-14', more=twice)) == [HIT]
    assert results(written(tmp_path, "due = 2025-11-30", more=twice)) == [HIT]


@pytest.mark.parametrize(
    ("expect", "words"),
    [
        ("due = 2025-11-14\ncolour = 3", "colour"),
        ("", "does not say what the source found"),
        ('due = "soon"', "not a date"),
        ('status = "tardy"', "not a status"),
        ('days_late = "six"', "expected a number"),
        ('due = 2025-11-14\nof = "f9"', 'no fact "f9"'),
        (
            'due = 2025-11-14\n[[expect]]\nclock = "initial-evaluaton"\non = 2025-11-20\nbasis = "b"',
            "initial-evaluation",
        ),
        ("due = 2025-11-14\n[secret]\nx = 1", "secret"),
    ],
)
def test_a_wrong_answer_is_refused_with_its_place(expect: str, words: str, tmp_path: Path) -> None:
    said = faults(written(tmp_path, expect))
    assert words in said
    assert said.startswith("one.toml: ")


@pytest.mark.parametrize(
    ("state", "more", "words"),
    [
        ('state = "XX"', "", "not a State"),
        ('state = "CO"\nname = "Maria"', "", "name"),
        ('state = "CO"', CONSENT.replace("consent-given", "consent-givn"), "fact[0]"),
        ('state = "CO"', YEAR.replace("2026-05-21", "2020-05-21") + CONSENT, "calendar[0]"),
    ],
)
def test_a_wrong_case_is_refused_in_the_words_of_the_file(state: str, more: str, words: str, tmp_path: Path) -> None:
    assert words in faults(written(tmp_path, "due = 2025-11-14", state=state, more=more))


def test_all_files_tell_their_faults_at_once(tmp_path: Path) -> None:
    written(tmp_path, "", name="one")
    (tmp_path / "two.toml").write_text("title = ")
    (tmp_path / "three.toml").write_text('title = "Only a title"')
    said = faults(tmp_path)
    assert all(f"{name}.toml" in said for name in ("one", "two", "three"))
    assert "no fact" in said
    assert "nothing is expected" in said


def test_an_empty_folder_is_said_so(tmp_path: Path) -> None:
    assert "no example" in faults(tmp_path)
    assert command(str(tmp_path)).exit_code == 2


def test_the_command_leaves_with_one_until_each_miss_is_explained(tmp_path: Path) -> None:
    assert command(str(written(tmp_path, "due = 2025-11-15"))).exit_code == 1
    result = command(str(written(tmp_path, 'due = 2025-11-15\nmiss = "The page counts the first day."')))
    assert result.exit_code == 0
    assert "The page counts the first day." in " ".join(result.output.split())


def test_an_explanation_of_a_miss_that_is_none_is_said_so(tmp_path: Path) -> None:
    result = command(str(written(tmp_path, 'due = 2025-11-14\nmiss = "Old."')))
    assert result.exit_code == 0
    assert "none any more" in " ".join(result.output.split())


def test_the_json_answer_has_totals_and_every_outcome(tmp_path: Path) -> None:
    found = json.loads(command(str(written(tmp_path, "due = 2025-11-14")), "--json").output)
    assert found["totals"]["hits"] == 1
    assert found["outcomes"][0]["expected"] == {"due": "2025-11-14"}
    assert found["outcomes"][0]["state"] == "CO"


def test_every_real_example_reads_and_each_miss_is_explained() -> None:
    outcomes = verify(REAL)
    assert [f"{one.example.name}: {one.why} {one.found}" for one in outcomes if not one.explained] == []
    assert totals(outcomes)["unexplained"] == 0


def test_no_explanation_of_a_real_example_is_out_of_date() -> None:
    assert [one.example.name for one in verify(REAL) if one.out_of_date] == []


@pytest.mark.parametrize("example", load(REAL), ids=lambda one: one.name)
def test_a_real_example_names_no_child_and_is_called_by_its_state(example: Any) -> None:
    assert example.name.startswith(f"{(example.case.child.state or 'us').lower()}-")
    assert example.case.child.name == "A child"
