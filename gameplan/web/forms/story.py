"""The forms of the questions: one screen, one form. All faults at once, and no day that cannot be."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from gameplan.law import states
from gameplan.web.forms.fact import DATE

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

FEDERAL = "federal"
FIRST_DAY, LAST_DAY = date(1975, 1, 1), date(2100, 12, 31)
NOT_YET = _("This day has not come yet. Check the month and the year.")
GRADES: tuple[tuple[str, StrOrPromise], ...] = (
    ("", _("Choose a grade")), ("PK", _("Before kindergarten")), ("K", _("Kindergarten")),
    ("1", _("1st grade")), ("2", _("2nd grade")), ("3", _("3rd grade")), ("4", _("4th grade")),
    ("5", _("5th grade")), ("6", _("6th grade")), ("7", _("7th grade")), ("8", _("8th grade")),
    ("9", _("9th grade")), ("10", _("10th grade")), ("11", _("11th grade")), ("12", _("12th grade")),
)  # fmt: skip


def choice(label: StrOrPromise, *choices: tuple[str, StrOrPromise], **more: Any) -> forms.ChoiceField:
    """One of a few answers, as cards."""
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=forms.RadioSelect, **more)


def picked(label: StrOrPromise, *choices: tuple[str, StrOrPromise], **more: Any) -> forms.ChoiceField:
    """One of several answers, from a list that opens."""
    return forms.ChoiceField(label=label, choices=choices, required=False, **more)


def day(label: StrOrPromise, help_text: StrOrPromise = "") -> forms.DateField:
    """A day, with the browser's own date field."""
    return forms.DateField(label=label, help_text=help_text, required=False, widget=DATE)


def few_words(label: StrOrPromise, help_text: StrOrPromise = "") -> forms.CharField:
    """A box for some sentences."""
    box = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=2000, widget=box)


class StoryForm(forms.Form):
    """One screen. `today` is the day it is filled in; `past` are the days that must not lie ahead of it."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    past: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"form_key": uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """What was said, once no day is before its time."""
        said = super().clean() or self.cleaned_data
        for name, value in list(said.items()):
            if isinstance(value, date) and not FIRST_DAY <= value <= LAST_DAY:
                self.add_error(name, _("Check the year."))
            elif isinstance(value, date) and name in self.past and value > self.today:
                self.add_error(name, NOT_YET)
        return said


class GatedForm(StoryForm):
    """A screen whose first answer (`gate`) says whether the rest is asked: if it begins with "yes".

    `when` are the days of which one must be told, unless `unknown` is ticked. `order` are pairs of days that
    must follow each other.
    """

    when: ClassVar[tuple[str, ...]] = ("on",)
    order: ClassVar[tuple[tuple[str, str], ...]] = ()

    def clean(self) -> dict[str, Any]:
        """What was said; the rest is forgotten where the first answer says that it is not asked."""
        gate = str(self.cleaned_data.get("gate") or "")
        if not gate.startswith("yes"):
            self._forget_rest()
            if not gate and "gate" not in self.errors:
                self.add_error("gate", _("Choose an answer, or skip this for now."))
            return self.cleaned_data
        said = super().clean()
        self._check_days(said)
        return said

    def _forget_rest(self) -> None:
        for name in set(self.fields) - {"gate", "form_key"}:
            self.cleaned_data[name] = None
            self.errors.pop(name, None)

    def _check_days(self, said: dict[str, Any]) -> None:
        if said.get("unknown"):
            for name in self.when:
                said[name] = None
                self.errors.pop(name, None)
        elif not any(said.get(name) or name in self.errors for name in self.when):
            self.add_error(self.when[0], _("Fill in the day, or tick that you do not know it."))
        for first, then in self.order:
            if said.get(first) and said.get(then) and said[then] < said[first]:
                self.add_error(then, _("This day is before the other one. Check both."))


def unknown() -> forms.BooleanField:
    """The tick for a day that nobody remembers."""
    return forms.BooleanField(label=_("I do not know the day"), required=False)


class NameForm(StoryForm):
    """What the child is called here."""

    name = forms.CharField(
        label=_("What should we call your child?"), required=False, max_length=80,
        help_text=_("A first name or a nickname is enough."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip


class BornForm(StoryForm):
    """When the child was born."""

    born = day(_("When was your child born?"))
    past = ("born",)


class StateForm(StoryForm):
    """Whose law counts."""

    state = forms.ChoiceField(label=_("In which State is the school?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"] = forms.ChoiceField(
            label=self.fields["state"].label, required=False, choices=list(state_choices())
        )


def state_choices() -> Iterable[tuple[str, StrOrPromise]]:
    """Every State by name, and federal law alone."""
    yield "", _("Choose a State")
    yield from sorted(states().items(), key=lambda named: named[1])
    yield FEDERAL, _("I only want federal law")


class GradeForm(StoryForm):
    """The grade."""

    grade = forms.CharField(
        label=_("Which grade is your child in?"), required=False, widget=forms.Select(choices=GRADES)
    )


class SchoolForm(StoryForm):
    """The school and its district."""

    school = forms.CharField(label=_("Which school?"), required=False, max_length=200)
    district = forms.CharField(label=_("Which school district?"), required=False, max_length=200)
