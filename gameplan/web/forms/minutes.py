"""The form of one session: which service, when, how long, given or missed and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gameplan.measures.log import (
    CHILD_ABSENT,
    DELIVERED,
    LONGEST,
    MISSED,
    NOT_SCHEDULED,
    OTHER,
    PROVIDER_ABSENT,
    SCHOOL_EVENT,
)
from gameplan.progress.minutes import Session
from gameplan.web.forms.fact import DATE

WHAT = ((DELIVERED, _("It was given")), (MISSED, _("It was missed")))
REASONS = (
    (PROVIDER_ABSENT, _("The provider was absent")),
    (CHILD_ABSENT, _("The child was absent")),
    (SCHOOL_EVENT, _("Something else took place at school")),
    (NOT_SCHEDULED, _("It was not scheduled")),
    (OTHER, _("Another reason")),
)
ORDER = ("form_key", "service", "on", "what", "minutes", "reason", "makes_up", "note")
NOT_A_DAY = {"required": _("Fill in the day."), "invalid": _("Fill in the day.")}
NO_NUMBER = _("Write the minutes as a whole number, such as 30.")


class SessionForm(forms.Form):
    """A session; `services` are (key, name) pairs, `missed` those that can be made up for."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    on = forms.DateField(label=_("On which day?"), widget=DATE, error_messages=NOT_A_DAY)
    what = forms.ChoiceField(
        label=_("What happened?"), choices=WHAT, widget=forms.RadioSelect, error_messages={"required": _("Choose one.")}
    )
    minutes = forms.IntegerField(
        label=_("How many minutes?"), min_value=1, max_value=LONGEST,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), NO_NUMBER),
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    reason = forms.ChoiceField(
        label=_("If missed: why?"), choices=(("", _("It was not missed")), *REASONS), required=False
    )
    note = forms.CharField(
        label=_("A note"), required=False, max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        services: Sequence[tuple[str, str]],
        missed: Sequence[tuple[int, str]] = (),
        is_shared: bool = False,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.fields["service"] = forms.ChoiceField(
            label=_("Which service?"), choices=services, error_messages={"required": _("Choose one.")}
        )
        self.fields["makes_up"] = forms.TypedChoiceField(
            label=_("Does it make up for a missed one?"), choices=[("", _("No")), *missed], coerce=int,
            empty_value=None, required=False,
        )  # fmt: skip
        self.order_fields(ORDER)
        if is_shared:
            self.fields["note"].label = _("A note for both sides")
        if not missed:
            self.fields["makes_up"].widget = forms.HiddenInput()

    def session(self) -> Session:
        """What was typed, as the verbs take it. Only after `is_valid()`."""
        said = self.cleaned_data
        kind, _colon, service = said["service"].partition(":")
        return Session(
            service, said["on"], said["minutes"], said["what"], said["reason"], said["makes_up"],
            note=said["note"], plan_kind=kind,
        )  # fmt: skip
