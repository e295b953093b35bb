"""The form of a new token for a program."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gameplan.api.scopes import scopes_here
from gameplan.api.tokens import LONGEST_NAME, USUAL_DAYS, Wanted
from gameplan.core.words import Say

DAYS: Final = ((30, _("30 days")), (USUAL_DAYS, _("90 days")), (180, _("180 days")), (365, _("One year")))


class TokenForm(forms.Form):
    """Which program, what it may do, in which case, and for how long."""

    name = forms.CharField(
        label=_("Which program is it for?"), max_length=LONGEST_NAME, help_text=_("So that you know it again.")
    )
    scopes = forms.MultipleChoiceField(label=_("What may it do?"), widget=forms.CheckboxSelectMultiple)
    case = forms.TypedChoiceField(label=_("In which cases?"), coerce=UUID, empty_value=None, required=False)
    days = forms.TypedChoiceField(label=_("For how long?"), choices=DAYS, coerce=int, initial=USUAL_DAYS)

    def __init__(self, *args: object, shared: bool, cases: Iterable[tuple[UUID, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["scopes"].choices = [(name, _said(say)) for name, say in scopes_here(shared=shared).items()]  # type: ignore[attr-defined]
        names = [(str(key), name or _("A child")) for key, name in cases]
        self.fields["case"].choices = [("", _("In all that I may see")), *names]  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """The token as it is asked for. The form must be valid."""
        said = self.cleaned_data
        return Wanted(said["name"], tuple(said["scopes"]), said["days"], said["case"])


def _said(say: Say) -> object:
    return lazy(lambda: _now(say.text), str)()
