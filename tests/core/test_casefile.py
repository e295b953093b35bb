"""Case files: read whole, refused whole, and never half."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from gameplan.core.casefile import read_case
from gameplan.core.casewrite import case_json, case_schema
from gameplan.core.faults import CaseFileError
from gameplan.law import vocabulary

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.json"))
GOOD: dict[str, Any] = {
    "gameplan": 1,
    "child": {"name": "Ana Lopez", "born": "2016-05-02", "state": "TX", "grade": "3"},
    "calendars": [
        {"school_year": "2025-26", "first_day": "2025-08-13", "last_day": "2026-05-21",
         "closed": [["2025-11-24", "2025-11-28"], "2026-01-19"]},
    ],
    "facts": [
        {"id": "f1", "kind": "evaluation-requested", "on": "2025-09-03", "said_by": "parent",
         "data": {"type": "initial", "by": "parent", "written": True}},
        {"id": "f2", "kind": "consent-given", "on": "2025-09-12", "said_by": "parent",
         "data": {"for": "initial-evaluation", "received": "2025-09-15"}},
    ],
}  # fmt: skip

Breaker = Callable[[dict[str, Any], random.Random], None]


def _drop(raw: dict[str, Any], dice: random.Random) -> None:
    raw["facts"][0].pop(dice.choice(["id", "kind", "on"]))


def _bad_date(raw: dict[str, Any], dice: random.Random) -> None:
    wrong: Any = dice.choice(
        ["2025-13-01", "2025-02-30", "Sept 3", 20250903, None, [], "0001-01-01", "9/3/2025", True, {}]
    )
    place = dice.choice(["fact", "born", "first_day", "closed", "received"])
    if place == "fact":
        raw["facts"][0]["on"] = wrong
    elif place == "born":
        raw["child"]["born"] = wrong if wrong is not None else "?"
    elif place == "first_day":
        raw["calendars"][0]["first_day"] = wrong
    elif place == "closed":
        raw["calendars"][0]["closed"].append(wrong)
    else:
        raw["facts"][1]["data"]["received"] = wrong if wrong is not None else 7


def _wrong_word(raw: dict[str, Any], dice: random.Random) -> None:
    options: list[Callable[[], object]] = [
        lambda: raw["facts"][0].__setitem__("kind", dice.choice(["evaluation-request", "", 4, None])),
        lambda: raw["facts"][0]["data"].__setitem__("type", "inital"),
        lambda: raw["facts"][0]["data"].__setitem__("writen", True),
        lambda: raw["facts"][1]["data"].__setitem__("for", "evaluation"),
        lambda: raw["child"].__setitem__("state", dice.choice(["Texas", "ZZ", 5, ""])),
        lambda: raw["facts"][0].__setitem__("said_by", "mom"),
        lambda: raw["facts"][0]["data"].__setitem__("written", "yes"),
    ]  # fmt: skip
    dice.choice(options)()


def _wrong_shape(raw: dict[str, Any], dice: random.Random) -> None:
    options: list[Callable[[], object]] = [
        lambda: raw.__setitem__("facts", dice.choice([{}, "none", 3])),
        lambda: raw.__setitem__("child", dice.choice([[], "Ana", 3])),
        lambda: raw.__setitem__("calendars", dice.choice([{"a": 1}, "later"])),
        lambda: raw["facts"].append(dice.choice(["f3", 3, [], None])),
        lambda: raw["facts"][0].__setitem__("data", dice.choice([[], "none", 3])),
        lambda: raw.pop("facts"),
        lambda: raw.pop("child"),
        lambda: raw.__setitem__("gameplan", dice.choice([2, "1", None, True])),
        lambda: raw.__setitem__("extra", 1),
        lambda: raw["calendars"][0].__setitem__("weekdays", ["monday"]),
    ]  # fmt: skip
    dice.choice(options)()


def _wrong_link(raw: dict[str, Any], dice: random.Random) -> None:
    options: list[Callable[[], object]] = [
        lambda: raw["facts"][1].__setitem__("id", "f1"),
        lambda: raw["facts"][1].__setitem__("corrects", "f9"),
        lambda: raw["facts"][0].__setitem__("corrects", "f2"),
        lambda: raw["facts"][1].__setitem__("account_of", "f2"),
        lambda: raw["facts"][1].__setitem__("withdrawn", True),
        lambda: raw["facts"][1].__setitem__("attachments", ["a1"]),
        lambda: raw["calendars"][0].__setitem__("last_day", "2025-08-01"),
        lambda: raw["calendars"][0]["closed"].append(["2026-03-20", "2026-03-16"]),
    ]  # fmt: skip
    dice.choice(options)()


BREAKERS: list[Breaker] = [_drop, _bad_date, _wrong_word, _wrong_shape, _wrong_link]


def broken(seed: int) -> dict[str, Any]:
    """A case file with one to three things wrong, the same for the same seed."""
    dice = random.Random(seed)
    raw = copy.deepcopy(GOOD)
    for breaker in dice.sample(BREAKERS, k=dice.randint(1, 2)):
        try:
            breaker(raw, dice)
        except (KeyError, TypeError, AttributeError, IndexError):
            continue
    return raw


@pytest.mark.parametrize("seed", range(120))
def test_a_broken_case_file_names_each_place_and_its_mend(seed: int) -> None:
    with pytest.raises(CaseFileError) as caught:
        read_case(broken(seed), vocabulary())
    assert all(fault.where and fault.what and fault.mend for fault in caught.value.faults)


def test_all_faults_come_at_once() -> None:
    raw = copy.deepcopy(GOOD)
    raw["child"]["state"] = "Texas"
    raw["facts"][0]["on"] = "2025-02-30"
    raw["facts"][1]["data"]["for"] = "evaluation"
    with pytest.raises(CaseFileError) as caught:
        read_case(raw, vocabulary())
    assert [fault.where for fault in caught.value.faults] == [
        "child.state",
        "facts[0] (f1).on",
        "facts[1] (f2).data.for",
    ]


@pytest.mark.parametrize("raw", [None, [], 3, "case", {}, {"gameplan": 1}])
def test_what_is_no_case_file_at_all_is_refused(raw: object) -> None:
    with pytest.raises(CaseFileError):
        read_case(raw, vocabulary())


def test_reading_what_was_written_gives_the_same_case() -> None:
    case = read_case(GOOD, vocabulary())
    assert read_case(json.loads(json.dumps(case_json(case))), vocabulary()) == case


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_fits_the_published_schema(path: Path) -> None:
    jsonschema.validate(json.loads(path.read_text()), case_schema(vocabulary()))


def test_the_schema_refuses_a_strange_word() -> None:
    raw = copy.deepcopy(GOOD)
    raw["facts"][0]["data"]["writen"] = True
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(raw, case_schema(vocabulary()))
