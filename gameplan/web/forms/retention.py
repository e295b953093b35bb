"""Forms for the end of the records: a step with its day, and the last form of all, which destroys them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gameplan.cases import retention
from gameplan.web.forms.fact import DATE

NOT_A_DAY = {"required": _("Fill in the day."), "invalid": _("Fill in the day.")}
TITLES = {
    retention.NOT_NEEDED: _("The records are no longer needed"),
    retention.TOLD: _("The parent got the notice"),
    retention.NEEDED_AGAIN: _("They are needed after all"),
    retention.COPY_GIVEN: _("The parent has the copy"),
    retention.COPY_ASKED: _("Ask for a copy"),
    retention.DESTROY_ASKED: _("Ask the school to destroy them"),
    retention.DESTROY_NOT_ASKED: _("Take that back: keep them"),
}
"""What each step is called, on its form and in the list of what was done."""
LABELS = {
    "name": _("Name"),
    "address": _("Address"),
    "phone": _("Phone"),
    "grades": _("Grades"),
    "attendance": _("Attendance"),
    "classes": _("Classes"),
    "grade_level": _("Grade level"),
    "year_completed": _("Last year completed"),
}


class StepForm(forms.Form):
    """A step and its day."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    step = forms.ChoiceField(widget=forms.HiddenInput, choices=[(name, name) for name in retention.STEPS])
    on = forms.DateField(label=_("On which day?"), widget=DATE, error_messages=NOT_A_DAY)


class DestroyForm(forms.Form):
    """What is kept for good, the State's time checked, and the child's name typed to be sure."""

    on = forms.DateField(label=_("Destroyed on"), widget=DATE, error_messages=NOT_A_DAY)
    checked = forms.BooleanField(
        label=_("We checked how long our State wants these records to be kept. That time is over."), required=False
    )
    typed = forms.CharField(
        label=_("Type the child’s name to be sure"), required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        kept = {
            name: forms.CharField(label=label, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))
            for name, label in LABELS.items()
        }
        self.fields = {**kept, **self.fields}

    @property
    def kept_fields(self) -> list[forms.BoundField]:
        """The fields of what is kept for good."""
        return [self[name] for name in LABELS]
