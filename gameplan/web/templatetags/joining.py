"""What the pages of joining say of a fact beside its name and day."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

from gameplan.web.showing_lines import details_of

register = template.Library()


@register.filter
def fact_details(data: Mapping[str, object]) -> str:
    """What a fact says, in few words."""
    return details_of(data)
