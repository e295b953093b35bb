"""The one bridge from a page to the engine: the case as the engine knows it, and where it stands today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest

from gameplan.cases.doors import case_for, facts_of
from gameplan.cases.models import Case
from gameplan.cases.people import person_of
from gameplan.cases.today import today
from gameplan.core import facts
from gameplan.core.assess import assess
from gameplan.core.entries import Law
from gameplan.core.standing import Standing
from gameplan.law import law_for
from gameplan.people.roles import Action


@dataclass(frozen=True)
class Viewed:
    """A case opened for a page: the stored case, the case as the engine knows it, the law and the standing."""

    case: Case
    told: facts.Case
    law: Law
    standing: Standing

    @property
    def names(self) -> dict[str, str]:
        """The plain name of each kind of fact, in English."""
        return {kind.id: kind.name for kind in self.law.vocabulary.kinds.values()}


def opened(request: HttpRequest, case_id: UUID, *, to: Action = Action.READ, on: date | None = None) -> Viewed:
    """The case of this address through its door, with its standing on `on` (today if not told).

    Raises Http404 for a stranger, PermissionDenied for who may see but not do that.
    """
    return viewed_of(case_for(person_of(request), case_id, to=to), on=on or today())


def viewed_of(case: Case, *, on: date) -> Viewed:
    """A case that has been let through its door, with its standing on that day."""
    told = facts_of(case)
    law = law_for(told.child.state)
    return Viewed(case, told, law, assess(told, law, on=on))
