"""Where in the database something of a case lies: every table, and the way from it to its case."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models

from gameplan.cases.models import Case

NAMED = "case_id"
"""A column that names a case and is no key: such rows can outlive it."""


def ways_to_case() -> dict[type[models.Model], str]:
    """Each table with rows of a case, and what to filter by to find them; "id" for the case itself."""
    ways: dict[type[models.Model], str] = {Case: "id"}
    while True:
        more = {model: way for model in apps.get_models() if model not in ways and (way := _way(model, ways))}
        if not more:
            return ways | {model: NAMED for model in apps.get_models() if model not in ways and _names_case(model)}
        ways |= more


def _way(model: type[models.Model], ways: dict[type[models.Model], str]) -> str:
    for field in model._meta.concrete_fields:
        target: Any = field.related_model
        if target in ways:
            return field.name if target is Case else f"{field.name}__{ways[target]}"
    return ""


def _names_case(model: type[models.Model]) -> bool:
    return any(field.name == NAMED for field in model._meta.concrete_fields)


def rows_of(case_id: object) -> dict[str, int]:
    """How many rows of that case each table has, by label; tables without any are left out."""
    found = {
        model._meta.label: model._base_manager.filter(**{way: case_id}).count() for model, way in ways_to_case().items()
    }
    return {label: count for label, count in found.items() if count}
