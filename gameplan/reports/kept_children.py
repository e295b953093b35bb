"""A counted child as it is kept: as JSON and back, where it is counted, and what is wrong or open of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from gameplan.reports.counting.counted import Counted, Exit, Removal
from gameplan.reports.counting.edit_checks import findings_of
from gameplan.reports.counting.file_forms import file_form, file_names
from gameplan.reports.counting.tally import codes_of


def counted_json(child: Counted) -> dict[str, Any]:
    """The child as JSON, without the id: the row it lies in knows the case."""
    told = asdict(child)
    del told["id"]
    if child.exit:
        told["exit"]["on"] = child.exit.on.isoformat()
    told["removals"] = [{**asdict(one), "on": one.on.isoformat()} for one in child.removals]
    return told


def counted_in(case_id: str, told: Mapping[str, Any]) -> Counted:
    """The child in such a JSON value."""
    left = told["exit"]
    removals = tuple(Removal(**{**one, "on": date.fromisoformat(one["on"])}) for one in told["removals"])
    exit_ = Exit(**{**left, "on": date.fromisoformat(left["on"])}) if left else None
    return Counted(**{**told, "id": case_id, "races": tuple(told["races"]), "exit": exit_, "removals": removals})


def files_with(child: Counted) -> Iterator[tuple[str, dict[str, str]]]:
    """Each time that the child is counted: the file, and the code of each of its categories."""
    for name in file_names():
        for codes in codes_of(child, file_form(name)):
            yield name, codes


def faults_with(child: Counted) -> Iterator[tuple[str, str]]:
    """Each check that did not hold, by its id, and the files in which that matters, with spaces between."""
    for one in findings_of(child):
        yield one.check.id, " ".join(one.files)
