"""What is taken out and what is deleted is said for every table that holds something of a case (docs/keeping.md)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps

from tests.case_paths import ways_to_case

PAGE = Path(__file__).parents[2] / "docs" / "keeping.md"
ROW = re.compile(r"^\| `(\w+\.\w+)` \| (.+) \| (.+) \|$", re.MULTILINE)


def said() -> dict[str, tuple[str, str]]:
    """What the page says of each table."""
    return {label: (out, deleted) for label, out, deleted in ROW.findall(PAGE.read_text(encoding="utf-8"))}


def test_the_page_names_every_table_of_a_case() -> None:
    assert {model._meta.label for model in ways_to_case()} - said().keys() == set()


def test_the_page_names_no_table_that_is_not_there() -> None:
    there = {model._meta.label for model in apps.get_models()}
    assert said().keys() - there == set()


@pytest.mark.parametrize("label", said())
def test_what_stays_here_says_why(label: str) -> None:
    out, deleted = said()[label]
    assert re.match(r"yes|worked out|no: \w+ \w+", out)
    assert deleted
