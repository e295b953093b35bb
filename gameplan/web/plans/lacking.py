"""What is still lacking in a plan, by the section in which it would be written."""

from __future__ import annotations

from collections.abc import Mapping

from gameplan.law.content_check import CANNOT_TELL, MISSING
from gameplan.plans.check import PlanCheck, PlanFinding
from gameplan.plans.forms import Form
from gameplan.plans.names import Place


def lacking_by_section(form: Form, check: PlanCheck) -> Mapping[str, tuple[tuple[PlanFinding, Place], ...]]:
    """For each section with gaps: what the law asks for there and is missing or open, and the field to fill in."""
    sections = {field.id: section.id for section in form.sections for field in section.fields}
    found: dict[str, list[tuple[PlanFinding, Place]]] = {}
    for finding in check.findings:
        if finding.answer not in (MISSING, CANNOT_TELL):
            continue
        for place in finding.places:
            if place.field in sections:
                found.setdefault(sections[place.field], []).append((finding, place))
    return {name: tuple(some) for name, some in found.items()}


def anchor(place: Place) -> str:
    """The id of the element on the page of the section where the place is filled in."""
    if place.row:
        return f"f-{place.field}-{place.row}-{place.column}"
    return f"f-{place.field}"
