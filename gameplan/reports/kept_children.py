"""A counted child as JSON, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from gameplan.reports.counting.counted import Counted, Exit, Removal


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
