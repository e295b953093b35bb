"""What changed since the plan that this one was carried over from, for marks beside the fields."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import Http404

from gameplan.cases.models import Case
from gameplan.planning.doors import Standing, plan_of, standing_of
from gameplan.planning.models import Written
from gameplan.plans.carry import marks


def changes_since_last(case: Case, plan: Written, standing: Standing) -> Mapping[str, str]:
    """For each path how it stands beside the plan that this one follows: kept, changed, new or gone; empty without."""
    if not plan.follows:
        return {}
    try:
        before = plan_of(case, plan.follows)
    except Http404:
        return {}
    if before.form.kind != plan.form.kind:
        # A meeting follows the plan that it is about: the two have no fields in common.
        return {}
    return marks(standing_of(before).plan, standing.plan)
