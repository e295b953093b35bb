"""The stories: each one holds, and together they walk every road."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gameplan.cli import app
from gameplan.core.casefile import read_case
from gameplan.core.standing import Standing
from gameplan.exchange.case_zip import read_zip
from gameplan.law import vocabulary
from gameplan.law.library import federal
from gameplan.law.stories import index, standings, states_of, tell
from gameplan.law.story_text import Story, read_story

HOUSE = Path(__file__).parents[2]
NAMES = tuple(path.name for path in sorted((HOUSE / "stories").glob("*.txt")))

# Steps that no fact enters: they are met by what is owed there, or by what may be done there at any time.
NOT_ENTERED = {
    "disagreement": "option mediate",
    "records": "option inspect-records",
    "transition": "clock transition-at-16",
    "majority": "clock majority-transfer-notice",
}

# What a checkpoint cannot hold yet: the story, and why.
STILL_OPEN: dict[str, str] = {}

DISPUTE_PATHS = {
    "prior written notice": ("pwn-sent",),
    "an IEP meeting that was asked for": ("change-requested", "meeting-held"),
    "mediation": ("mediation-asked", "mediation-started", "mediation-ended"),
    "a State complaint, extended and paused": (
        "state-complaint-filed",
        "state-complaint-extended",
        "state-complaint-paused",
    ),
    "sufficiency": ("sufficiency-challenged", "sufficiency-ruled"),
    "a changed complaint": ("due-process-amended",),
    "the answer and the resolution period": ("due-process-answered", "officer-intervened"),
    "the hearing": ("evidence-disclosed", "hearing-held", "hearing-extended", "hearing-decided"),
    "the State's review": ("state-review-asked", "state-review-decided"),
    "the court": ("civil-action-filed", "proceedings-ended"),
    "a settlement signed and taken back": ("settlement-signed", "settlement-voided", "settlement-offered"),
    "federal offices": ("ocr-complaint-filed", "ferpa-complaint-filed"),
}
AGREEMENTS = {"waive-resolution", "no-agreement-possible", "continue-mediation", "use-mediation"}
COUNTED_KINDS = {"cap", "counter", "hold", "period", "window", "count-limit", "floor"}


@cache
def story(name: str) -> Story:
    return read_story((HOUSE / "stories" / name).read_text("utf-8"), name)


@cache
def all_standings() -> tuple[Standing, ...]:
    return tuple(standing for name in NAMES for standing in standings(story(name)))


def facts_of_all() -> Iterator[tuple[str, object]]:
    for name in NAMES:
        for fact in story(name).case().facts:
            yield fact.kind, fact.data.get("about")


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["story", *words])
    return result.exit_code, result.output


@pytest.mark.parametrize("name", NAMES)
def test_the_story_holds(name: str) -> None:
    wrong = [f"line {one.check.line}: {one.check.words} -> {one.found}" for one in tell(story(name)) if not one.holds]
    assert wrong == []


@pytest.mark.parametrize("name", NAMES)
def test_the_story_is_a_case_file_that_opens(name: str, tmp_path: Path) -> None:
    out = tmp_path / "case.json"
    code, _ = run(str(HOUSE / "stories" / name), "--case", str(out))
    assert code == 0
    case = read_case(json.loads(out.read_text("utf-8")), vocabulary())
    assert case.facts == story(name).case().facts
    assert case.child == story(name).case().child


@pytest.mark.parametrize("name", NAMES)
def test_no_checkpoint_gets_lost(name: str) -> None:
    text = (HOUSE / "stories" / name).read_text("utf-8")
    assert text.count("  check: ") == len(story(name).checks) >= 5


@pytest.mark.parametrize("name", NAMES[:3])
def test_the_story_can_be_opened_in_the_program_as_a_saved_case(name: str, tmp_path: Path) -> None:
    out = tmp_path / "case.zip"
    code, _ = run(str(HOUSE / "stories" / name), "--case", str(out))
    assert code == 0
    assert read_zip(out.read_bytes(), vocabulary()).case.facts == story(name).case().facts


def test_there_are_enough_of_them_from_enough_states() -> None:
    assert len(NAMES) >= 28
    assert len({code for name in NAMES for code in states_of(story(name))}) >= 22


def test_what_is_still_open_is_known_with_its_reason() -> None:
    found = {name for name in NAMES if story(name).still_open}
    assert found == set(STILL_OPEN)


def test_every_step_of_the_road_is_walked() -> None:
    seen = {standing.stage for standing in all_standings()}
    reached = {f"option {one.id}" for standing in all_standings() for one in standing.options}
    reached |= {f"clock {duty.clock}" for standing in all_standings() for duty in standing.duties}
    for stage in federal().stages:
        if stage.entered_by:
            assert stage.id in seen, stage.id
        else:
            assert NOT_ENTERED[stage.id] in reached, stage.id


@pytest.mark.parametrize("path", DISPUTE_PATHS)
def test_every_way_to_disagree_is_walked(path: str) -> None:
    assert set(DISPUTE_PATHS[path]) <= {kind for kind, _ in facts_of_all()}


def test_every_way_out_of_the_resolution_period_is_walked() -> None:
    assert {about for kind, about in facts_of_all() if kind == "agreement-made"} >= AGREEMENTS


def test_every_federal_clock_that_counts_is_started_in_some_story() -> None:
    """A State's own clock counts for the federal one that it stands on."""
    duties = [duty for standing in all_standings() for duty in standing.duties if duty.started]
    started = {name for duty in duties for name in (duty.clock, duty.base)}
    must = {one.id for one in federal().clocks if one.length is not None or one.kind in COUNTED_KINDS}
    assert must - started == set()
    assert {one.kind for one in federal().clocks} <= {duty.kind for duty in duties}


def test_the_list_in_the_documentation_is_the_list_of_the_stories() -> None:
    page = (HOUSE / "docs" / "stories.md").read_text("utf-8")
    assert index(story(name) for name in NAMES) in page
