"""The forms of the page of reminders: when mails come, and how a calendar names a child."""

from __future__ import annotations

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

HOW: Final = (
    ("weekly", _("Once a week, and when a date is near or has passed")),
    ("daily", _("Every day on which there is something to know")),
    ("dates", _("Only when a date is near or has passed")),
    ("off", _("Never: no mails")),
)
WEEKDAYS: Final = tuple(
    enumerate((_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday")))
)
DAYS_BEFORE: Final = (
    (0, _("No mail before a date")), (1, _("1 day before")), (2, _("2 days before")), (3, _("3 days before")),
    (7, _("7 days before")), (14, _("14 days before")), (30, _("30 days before")),
)  # fmt: skip
HOURS: Final = tuple((hour, f"{hour}:00") for hour in range(24))
LABELS: Final = (
    ("none", _("Without any name")),
    ("initials", _("With the child’s initials")),
    ("first-name", _("With the child’s first name")),
)


class WishForm(forms.Form):
    """When this person wants mails."""

    how = forms.ChoiceField(label=_("When should we write to you?"), choices=HOW, widget=forms.RadioSelect)
    weekday = forms.TypedChoiceField(label=_("On which day of the week?"), choices=WEEKDAYS, coerce=int)
    days_before = forms.TypedChoiceField(label=_("How long before a date?"), choices=DAYS_BEFORE, coerce=int)
    when_late = forms.BooleanField(label=_("Write to me when a date has passed, too"), required=False)
    quiet_from = forms.TypedChoiceField(
        label=_("No mails from"),
        choices=HOURS,
        coerce=int,
        help_text=_("The same hour twice: mails may come any time."),
    )  # fmt: skip
    quiet_until = forms.TypedChoiceField(label=_("No mails until"), choices=HOURS, coerce=int)


class FeedForm(forms.Form):
    """How the calendar names a child."""

    label = forms.ChoiceField(
        label=_("What may the calendar show?"), choices=LABELS, widget=forms.RadioSelect, initial="none"
    )
