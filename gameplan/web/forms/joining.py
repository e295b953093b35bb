"""Forms of joining: who takes a child on, a child whose case a school begins, a child who moves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gameplan.core.facts import Child
from gameplan.law import states
from gameplan.people.models import Organisation, User
from gameplan.together.moving import SETTINGS, Move

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
YES_NO = (("yes", _("Yes")), ("no", _("No")))
SETTING_NAMES = {
    "public": _("A public school"),
    "charter": _("A charter school"),
    "private-by-agency": _("A private school that the district pays"),
    "other": _("Another place"),
}


class TakeOnForm(forms.Form):
    """Who leads the child's case at the school that says yes."""

    manager = forms.ChoiceField(label=_("Who leads this child’s case?"), required=False)

    def __init__(self, *args: Any, me: str, staff: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.staff = {str(user.pk): user for user in staff if str(user.pk) != me}
        choices = [("", _("I do")), *((key, str(user)) for key, user in self.staff.items())]
        self.fields["manager"] = forms.ChoiceField(
            label=self.fields["manager"].label, required=False, choices=choices,
            help_text=_("This person sees what both sides write, and answers for the school."),
        )  # fmt: skip

    def lead(self) -> User | None:
        """Who was chosen; None for whoever says yes."""
        return self.staff.get(self.cleaned_data["manager"])


class BeginForm(forms.Form):
    """A child whose case a school begins."""

    school = forms.ChoiceField(label=_("School"))
    name = forms.CharField(label=_("Name of the child"), max_length=200)
    born = forms.DateField(label=_("Born on"), widget=DATE, required=False)
    state = forms.ChoiceField(label=_("State"))
    grade = forms.CharField(label=_("Grade"), max_length=40, required=False)

    def __init__(self, *args: Any, schools: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.schools = {str(one.pk): one for one in schools}
        self.fields["school"] = forms.ChoiceField(
            label=self.fields["school"].label, choices=[(key, one.name) for key, one in self.schools.items()]
        )
        names = sorted(states().items(), key=lambda one: one[1])
        here = next((one.state for one in schools if one.state), "")
        self.fields["state"] = forms.ChoiceField(label=self.fields["state"].label, choices=names, initial=here)

    def told(self) -> Child:
        """The child as told."""
        said = self.cleaned_data
        return Child(name=said["name"], born=said["born"], state=said["state"], grade=said["grade"])

    def place(self) -> Organisation:
        """The school as chosen."""
        return self.schools[self.cleaned_data["school"]]


class MoveForm(forms.Form):
    """A child who moves to a school that is here."""

    starts = forms.DateField(label=_("First day at the new school"), widget=DATE)
    had_iep = forms.ChoiceField(label=_("Is there an IEP now?"), choices=YES_NO, widget=forms.RadioSelect)
    same_school_year = forms.ChoiceField(
        label=_("Is the move within one school year?"), choices=YES_NO, widget=forms.RadioSelect
    )
    setting = forms.ChoiceField(
        label=_("What kind of school is it?"), choices=[(one, SETTING_NAMES[one]) for one in SETTINGS]
    )

    def move(self) -> Move:
        """The move as told."""
        said = self.cleaned_data
        return Move(said["starts"], said["had_iep"] == "yes", said["same_school_year"] == "yes", said["setting"])


class AwayForm(forms.Form):
    """A child who leaves for a school that is not here."""

    on = forms.DateField(label=_("Last day at this school"), widget=DATE)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"on": on}
        super().__init__(*args, **kwargs)
        names = sorted(states().items(), key=lambda one: one[1])
        choices = [("", _("The same State")), *names]
        self.fields["to_state"] = forms.ChoiceField(
            label=_("To which State, if it is another one?"), required=False, choices=choices
        )
