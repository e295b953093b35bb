"""Forms of a request to change the record: ask, answer, the hearing, the statement."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gameplan.cases import amending
from gameplan.cases.amending import LONGEST
from gameplan.web.forms.fact import DATE

BOX = {"rows": 5, "dir": "auto"}
NOT_A_DAY = {"required": _("Fill in the day."), "invalid": _("Fill in the day.")}


def _words(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, max_length=LONGEST, widget=forms.Textarea(attrs=BOX),
        error_messages={"required": _("Write it here.")},
    )  # fmt: skip


class AskForm(forms.Form):
    """What is wrong in the record, and how it should be."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    about = forms.ChoiceField(label=_("What is it about?"), required=False)
    wrong = _words(_("What is wrong with it?"), _("It may be untrue, mislead people, or be nobody’s business."))
    should = _words(_("What should it say?"), _("Or write that it should be taken out."))
    on = forms.DateField(label=_("When do you ask?"), widget=DATE, error_messages=NOT_A_DAY)

    def __init__(self, *args: Any, things: Iterable[tuple[str, str]], **more: Any) -> None:
        """`things`: what the school wrote here, as the trail names it, with the words to choose by."""
        super().__init__(*args, **more)
        elsewhere = [("", _("Something at the school that is not in this file"))]
        self.fields["about"].choices = [*elsewhere, *things]  # type: ignore[attr-defined]


class StepForm(forms.Form):
    """The next step of a request: which one, on which day, in which words."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    step = forms.ChoiceField(widget=forms.HiddenInput)
    on = forms.DateField(label=_("On which day?"), widget=DATE, error_messages=NOT_A_DAY)

    def __init__(self, *args: Any, step: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["step"].choices = [(step, step)]  # type: ignore[attr-defined]
        self.fields["step"].initial = step
        if amending.STEPS[step].words:
            self.fields["text"] = _words(LABELS[step])
        if step == amending.REFUSED:
            self.fields["told_of_hearing"] = forms.BooleanField(
                label=_("The family was told that it may ask for a hearing"), required=False
            )

    @property
    def fields_shown(self) -> list[forms.BoundField]:
        """What is asked, in order."""
        return [self[name] for name in ("text", "told_of_hearing", "on") if name in self.fields]


LABELS = {
    amending.REFUSED: _("Why does the record stay as it is?"),
    amending.MENDED: _("What was changed or taken out?"),
    amending.WON: _("What was decided, and why?"),
    amending.LOST: _("What was decided, and why?"),
    amending.STATEMENT: _("What do you want to stay with the record?"),
}
TITLES = {
    amending.AGREED: _("The school says yes"),
    amending.REFUSED: _("The school says no"),
    amending.MENDED: _("The record was changed"),
    amending.HEARING_ASKED: _("The family asks for a hearing"),
    amending.HEARING_HELD: _("The hearing was held"),
    amending.WON: _("The hearing decided: the record is changed"),
    amending.LOST: _("The hearing decided: the record stays"),
    amending.STATEMENT: _("The family’s statement"),
}
"""What each step is called, on its form and in the story of the request."""
