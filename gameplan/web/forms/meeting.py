"""The forms of a meeting: how and when the invitation went out; and what a visitor says of the times."""

from __future__ import annotations

from datetime import date
from typing import Any, Final, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gameplan.planning.choosing import LONGEST_NAME
from gameplan.planning.meetings import WAYS
from gameplan.web.forms.fact import DATE

WAY_NAMES: Final = {
    "by-hand": _("By hand"), "mail": _("By mail"), "email": _("By e-mail"),
    "portal": _("Through the school’s portal"), "phone": _("Told by phone"), "other": _("Another way"),
}  # fmt: skip


class InvitedForm(forms.Form):
    """How and when the invitation went out. `today`: a day after it is refused."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    on = forms.DateField(label=_("On which day did it go out?"), widget=DATE)
    how = forms.ChoiceField(
        label=_("How was it sent?"), choices=[(way, WAY_NAMES[way]) for way in WAYS], widget=forms.RadioSelect
    )
    anyway = forms.BooleanField(label=_("It went out like this all the same"), required=False)

    def __init__(self, *args: Any, today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.today = today

    def clean_on(self) -> date:
        """The day, which has come."""
        day: date = self.cleaned_data["on"]
        if day > self.today:
            raise ValidationError(_("This day is still to come. Say it once the invitation is out."))
        return day


class TimesForm(forms.Form):
    """What a visitor says: a name, and the times that work, by the ids of their rows."""

    name = forms.CharField(label=_("Your name"), max_length=LONGEST_NAME, strip=True)
    times = forms.MultipleChoiceField(
        label=_("When could you come?"), widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick every time that works for you."),
        error_messages={"required": _("No time is chosen. If none works, tell the person who sent you the link.")},
    )  # fmt: skip

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        cast(forms.MultipleChoiceField, self.fields["times"]).choices = choices
