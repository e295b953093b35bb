"""Drafts: what is typed is kept as it is typed, until it is sent or dropped."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gameplan.cases.models import Case, Draft
from gameplan.cases.people import Person
from gameplan.core.faults import Fault
from gameplan.people.refusals import Refused, unkeepable

LARGEST_DRAFT = 200_000


@transaction.atomic
def keep(person: Person, screen: str, data: Mapping[str, Any], case: Case | None = None) -> None:
    """Keep what this person has typed on this screen, in place of what was kept before.

    Raises Refused for text that is far too long or cannot be kept.
    """
    faults = list(unkeepable(data, "draft"))
    if len(json.dumps(data)) > LARGEST_DRAFT:
        faults.append(Fault("draft", _("This is too long to keep."), _("Shorten it, or add it as a paper.")))
    if faults:
        raise Refused(faults)
    Draft.objects.update_or_create(person=person.id, screen=screen, case=case, defaults={"data": dict(data)})


def kept(person: Person, screen: str, case: Case | None = None) -> dict[str, Any]:
    """What this person has typed on this screen, or an empty dictionary."""
    found = Draft.objects.filter(person=person.id, screen=screen, case=case).values_list("data", flat=True).first()
    return dict(found or {})


def drop(person: Person, screen: str, case: Case | None = None) -> None:
    """Forget what this person has typed on this screen."""
    Draft.objects.filter(person=person.id, screen=screen, case=case).delete()
