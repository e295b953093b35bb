"""Forms around a behavior: the days that are looked at, what the team makes of it, and the plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from gameplan.progress.behavior_plans import PURPOSES, PlanTold, Summary
from gameplan.progress.measuring import LONGEST
from gameplan.web.forms.fact import DATE
from gameplan.web.forms.points import sensible
from gameplan.web.templatetags.look import page_tongue

LAST: Final = ("note", "on", "finished")
"""The fields that stand below all others."""


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


def _words(label: Any, help_text: Any = "", *, rows: int = 3, required: bool = True) -> forms.CharField:
    shown = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
    return forms.CharField(
        label=label, max_length=LONGEST, widget=shown, help_text=help_text, required=required
    )  # fmt: skip


class WrittenForm(forms.Form):
    """What an assessment and a plan have in common. `finishes`: its writer may say that the team has finished."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    note = _words(_("Note"), required=False)
    on = forms.DateField(label=_("On which day?"), widget=DATE)
    finished = forms.BooleanField(
        label=_("The team has finished this. Put it on the timeline."), required=False,
        help_text=_("The program then knows that it is done where the law asks for it."),
    )  # fmt: skip

    def __init__(self, *args: Any, finishes: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if not finishes:
            del self.fields["finished"]
        self.order_fields([*(name for name in self.fields if name not in LAST), *LAST])

    def clean_on(self) -> date:
        """A day that a person can mean."""
        return sensible(self.cleaned_data["on"])


class SummaryForm(WrittenForm):
    """What the team makes of a behavior."""

    when = _words(_("When does it happen?"), _("Such as: a long writing task begins after lunch."))
    does = _words(_("What does the child do?"), _("What one could see or hear."))
    purpose = forms.ChoiceField(label=_("What may it be for? In order to …"), widget=forms.RadioSelect)
    gets = _words(_("The same in your own words"), required=False)
    looked_at = _words(
        _("What did you look at?"), _("Such as: these notes, time in class, a talk with the child and with the family.")
    )
    people = _words(_("Who took part?"), _("The family belongs to the team."))
    since = forms.DateField(label=_("Notes since"), required=False, widget=DATE)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        said = page_tongue()
        choices = [(name, said.say(what)) for name, what in PURPOSES.items()]
        self.fields["purpose"].choices = choices  # type: ignore[attr-defined]

    def told(self, because: Sequence[str]) -> Summary:
        """What was written, for the verbs; `because` is what the notes have in common."""
        said = self.cleaned_data
        names = ("when", "does", "purpose", "looked_at", "people", "gets", "note", "since")
        return Summary(**{name: said[name] for name in names}, because=because)


class PlanForm(WrittenForm):
    """What is done about a behavior. `goals` and `measures` are names by their ids."""

    teach = _words(
        _("What does the child learn to do instead?"),
        _("Something that gets the child the same, and is quicker or easier. Such as: show a card to ask for a break."),
    )
    prevent = _words(
        _("What do adults change before it starts?"), _("Such as: shorter tasks, a warning before each change.")
    )
    respond = _words(
        _("What do adults do when it happens, and when the child does the new thing?"),
        _("Such as: give the break at once when the card is shown."),
    )
    safety = _words(
        _("How does everybody stay safe in a crisis?"),
        _("Steps in their order, and whom to call. Leave it empty if nobody is in danger."), required=False,
    )  # fmt: skip
    by_whom = _words(_("Who does it?"))
    review_on = forms.DateField(label=_("When will you look at it again?"), required=False, widget=DATE)
    goals = forms.MultipleChoiceField(
        label=_("Which goals of the IEP does it serve?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    measures = forms.MultipleChoiceField(
        label=_("What shows whether it works?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, goals: Mapping[str, str], measures: Mapping[str, str], **more: Any) -> None:
        super().__init__(*args, **more)
        for name, named in (("goals", goals), ("measures", measures)):
            self.fields[name].choices = list(named.items())  # type: ignore[attr-defined]
            if not named:
                del self.fields[name]

    def told(self) -> PlanTold:
        """What was written, for the verbs."""
        said = self.cleaned_data
        names = ("teach", "prevent", "respond", "by_whom", "safety", "review_on", "note")
        links = {"goals": said.get("goals", ()), "measure_ids": said.get("measures", ())}
        return PlanTold(**{name: said[name] for name in names}, **links)
