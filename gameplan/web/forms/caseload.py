"""The filters of a caseload, as a form that only asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gameplan.core.words import Tongue
from gameplan.districts.asked import NO_MANAGER, Asked
from gameplan.law import law_for
from gameplan.people.models import Organisation, User
from gameplan.web.forms.choosing import LongSelect

STATUS_WORDS: Mapping[str, str | Promise] = {
    "late": _("Late"),
    "soon": _("Due soon"),
    "later": _("In time so far"),
    "cannot-tell": _("Cannot tell yet"),
    "waiting": _("On hold, or not started"),
}
WHO: Mapping[str, str | Promise] = {
    "school": _("The school"),
    "parent": _("The family"),
    "student": _("The student"),
    "new-school": _("The new school"),
    "old-school": _("The old school"),
    "sea": _("The State"),
    "hearing-officer": _("The hearing officer"),
    "part-c": _("The early help program"),
}
"""Who has to act, as the school calls them."""

Choices = Sequence[tuple[str, Any]]


class CaseloadForm(forms.Form):
    """What to look for. Every field may stay empty."""

    name = forms.CharField(label=_("Child’s name"), required=False, max_length=120)
    status = forms.ChoiceField(label=_("How it stands"), required=False)
    place = forms.ChoiceField(label=_("School"), required=False, widget=LongSelect)
    manager = forms.ChoiceField(label=_("IEP manager"), required=False, widget=LongSelect)
    clock = forms.ChoiceField(label=_("Kind of duty"), required=False, widget=LongSelect)
    owed_by = forms.ChoiceField(label=_("Who has to act"), required=False)

    def __init__(self, asked: Asked, **choices: Choices) -> None:
        said = {name: getattr(asked, name) for name in self.base_fields}
        super().__init__(initial={**said, "place": str(asked.place or "")}, prefix=None)
        every = {"status": tuple(STATUS_WORDS.items()), "owed_by": tuple(WHO.items()), **choices}
        for name, found in every.items():
            self.fields[name].choices = [("", _("All")), *found]  # type: ignore[attr-defined]
        for name in ("place", "manager"):
            if len(choices.get(name, ())) < 2:
                del self.fields[name]

    @property
    def is_used(self) -> bool:
        """True if any of the filters below the first two is used."""
        return any(self.initial.get(name) for name in ("place", "manager", "clock", "owed_by"))


def place_choices(places: Iterable[Organisation]) -> Choices:
    """Schools by name; where there is more than one district, each district with its schools below it."""
    listed = list(places)
    schools: dict[object, list[tuple[str, str]]] = {}
    for one in sorted(listed, key=lambda one: one.name.casefold()):
        if one.kind == Organisation.Kind.SCHOOL:
            schools.setdefault(one.parent_id, []).append((str(one.pk), one.name))
    districts = [one for one in listed if one.kind == Organisation.Kind.DISTRICT]
    if len(districts) < 2:
        return [choice for some in schools.values() for choice in some]
    by_name = sorted(districts, key=lambda one: one.name.casefold())
    return [(one.name, [(str(one.pk), one.name), *schools.get(one.pk, ())]) for one in by_name]


def manager_choices(managers: Iterable[User]) -> Choices:
    """Nobody, and each IEP manager by name."""
    return [(NO_MANAGER, _("Nobody yet")), *((str(user.pk), str(user)) for user in managers)]


@lru_cache(maxsize=128)
def clock_choices(state: str, tongue: Tongue) -> Choices:
    """The rules of a State by their names, in the language of the page."""
    named = {clock.id: tongue.text(clock.name) for clock in law_for(state or None).clocks}
    return tuple(sorted(named.items(), key=lambda one: one[1].casefold()))
