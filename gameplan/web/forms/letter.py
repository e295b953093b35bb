"""The form of a letter, made from the letter's own fields; and the form that says how it was sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from gameplan.letters import LetterField, MissingFields, WrongFields
from gameplan.web.forms.fact import DATE
from gameplan.web.forms.papers import ABOUT_PAPERS
from gameplan.web.forms.uploads import UploadField
from gameplan.web.templatetags.look import page_tongue

HOWS = (
    ("by-hand", _("I gave it to them by hand")), ("email", _("By e-mail")), ("mail", _("By mail")),
    ("fax", _("By fax")), ("portal", _("Through the school’s portal")),
)  # fmt: skip
LANGUAGES = (("en", "English"), ("es", "Español"))


class LetterForm(forms.Form):
    """What the letter needs from the family. `values()` gives the words as `papers` takes them."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, asked: Iterable[LetterField], **kwargs: Any) -> None:
        kwargs["initial"] = {"form_key": uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.asked = [field for field in asked if not field.given]
        for field in self.asked:
            self.fields[field.id] = _field(field)

    def values(self) -> dict[str, str]:
        """Each value as words: days in ISO form, several answers one a line."""
        return {field.id: _words(self.cleaned_data.get(field.id)) for field in self.asked}

    def refuse_missing(self, error: MissingFields) -> None:
        """Mark each field that the letter still needs."""
        for field in error.fields:
            self.add_error(field.id if field.id in self.fields else None, _("The letter needs this."))

    def refuse_wrong(self, error: WrongFields) -> None:
        """Mark each field whose value cannot be used, with the reason."""
        for name, fault in error.faults.items():
            self.add_error(name if name in self.fields else None, page_tongue().say(fault))


def _field(field: LetterField) -> forms.Field:
    shared: dict[str, Any] = {"label": field.label, "help_text": field.help, "required": False}
    if field.type == "text":
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 5}), **shared)
    if field.type == "date":
        return forms.DateField(widget=DATE, **shared)
    choices = [(option.id, option.label) for option in field.options]
    if field.type == "choice":
        return forms.ChoiceField(choices=[("", _("Choose")), *choices], **shared)
    if field.type == "choices":
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **shared)
    if field.type == "yes":
        return forms.BooleanField(**shared)
    return forms.CharField(max_length=300, **shared)


def _words(value: object) -> str:
    if value is True:
        return "yes"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return "\n".join(value)
    return str(value or "")


def initial_of(asked: Iterable[LetterField], values: Mapping[str, str]) -> dict[str, object]:
    """What the form starts with: several answers as a list, a yes as a tick."""
    found: dict[str, object] = {}
    for field in asked:
        value = values.get(field.id, "")
        if field.type == "choices":
            known = {option.id for option in field.options}
            found[field.id] = [one for one in value.split("\n") if one in known]
        elif field.type == "yes":
            found[field.id] = value == "yes"
        elif value:
            found[field.id] = value
    return found


def words_of(initial: Mapping[str, object]) -> dict[str, str]:
    """What the form starts with, as the letter takes it."""
    return {name: _words(value) for name, value in initial.items()}


class SentForm(forms.Form):
    """How, when and to whom the letter went out, and what proves it."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    how = forms.ChoiceField(label=_("How did you send it?"), choices=HOWS, widget=forms.RadioSelect)
    on = forms.DateField(label=_("On which day?"), widget=DATE)
    to = forms.CharField(
        label=_("Who got it?"), required=False, max_length=300, help_text=_("For example: the principal, Ms. Hill.")
    )
    received = forms.DateField(
        label=_("When did the school get it?"), required=False, widget=DATE,
        help_text=_("Only for mail: the day on the receipt. Leave it open if you do not know yet."),
    )  # fmt: skip
    receipt = UploadField(
        label=_("Photo or PDF of the receipt"),
        required=False,
        help_text=format_lazy("{} {}", _("A stamped copy, the e-mail, or the mail receipt."), ABOUT_PAPERS),
    )


class ReceivedForm(forms.Form):
    """On which day the school got what was mailed."""

    received = forms.DateField(label=_("When did the school get it?"), widget=DATE)
