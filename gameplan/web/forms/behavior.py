"""Forms around a behavior: the days that are looked at."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gameplan.web.forms.fact import DATE
from gameplan.web.forms.points import sensible


class PeriodForm(forms.Form):
    """From which day to which day the notes are looked at; each may be left open."""

    since = forms.DateField(label=_("From"), required=False, widget=DATE)
    until = forms.DateField(label=_("Until"), required=False, widget=DATE)

    def clean(self) -> dict[str, Any]:
        """The days, in their order."""
        said: dict[str, Any] = super().clean() or {}
        first, last = said.get("since"), said.get("until")
        for day in filter(None, (first, last)):
            sensible(day)
        if first and last and last < first:
            self.add_error("until", _("This lies before the first day."))
        return said
