"""Forms of finding care: what is looked for, an entry of one's own, and what is wrong with an entry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from gameplan.care.entries import LONGEST, LONGEST_NOTE, Words
from gameplan.care.kinds import KINDS
from gameplan.care.nppes import AREAS, zip_of
from gameplan.care.searching import DISTANCES, Wanted
from gameplan.law import states
from gameplan.people.models import Organisation
from gameplan.web.templatetags.look import page_tongue

USUAL_MILES = 25
OWN = "own"


def kind_choices() -> list[tuple[str, str]]:
    """The kinds with their names in the language of the page."""
    return [(kind.id, page_tongue().say(kind.name)) for kind in KINDS.values()]


def state_choices(empty: Any) -> list[tuple[str, Any]]:
    """The States by name, and the letters of territories."""
    named = states()
    return [("", empty), *sorted(named.items(), key=lambda one: one[1]), *((a, a) for a in sorted(AREAS - set(named)))]


class SearchForm(forms.Form):
    """What is looked for. All of it may be empty."""

    kind = forms.MultipleChoiceField(
        label=_("Whom are you looking for?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    zip = forms.CharField(
        label=_("Near which ZIP code?"), required=False, max_length=10,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "postal-code"}),
    )  # fmt: skip
    miles = forms.ChoiceField(label=_("How far away?"), required=False)
    name = forms.CharField(
        label=_("Name, or its beginning"), required=False, max_length=100,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )  # fmt: skip
    state = forms.ChoiceField(label=_("In which State?"), required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["kind"].choices = kind_choices()  # type: ignore[attr-defined]
        self.fields["state"].choices = state_choices(_("Any State"))  # type: ignore[attr-defined]
        miles = [(str(miles), _("%(miles)s miles") % {"miles": miles}) for miles in DISTANCES]
        self.fields["miles"].choices = miles  # type: ignore[attr-defined]

    def clean_zip(self) -> str:
        """The five digits, or nothing."""
        said = str(self.cleaned_data["zip"]).strip()
        if said and not zip_of(said):
            raise forms.ValidationError(_("This is not a ZIP code. Write its five digits."))
        return zip_of(said)

    def clean_miles(self) -> int:
        """The miles, as a number."""
        return int(self.cleaned_data["miles"] or USUAL_MILES)

    def wanted(self) -> Wanted:
        """What was typed, as the search takes it. Only after `is_valid()`."""
        said = self.cleaned_data
        return Wanted(tuple(said["kind"]), said["name"], said["zip"], said["miles"], said["state"])


class _ForWhom(forms.Form):
    """For whom something is written: for oneself, or for a place where one works."""

    place = forms.ChoiceField(label=_("Who sees it?"), required=False)

    def __init__(self, *args: Any, places: Sequence[Organisation], **more: Any) -> None:
        super().__init__(*args, **more)
        self._places = {str(one.pk): one.pk for one in places}
        if places:
            named = [(str(one.pk), _("Everybody at %(place)s") % {"place": one.name}) for one in places]
            self.fields["place"].choices = [("", _("Only I")), *named]  # type: ignore[attr-defined]
        else:
            del self.fields["place"]

    def chosen_place(self) -> UUID | None:
        """The place whose people see it, or None for oneself. Only after `is_valid()`."""
        return self._places.get(self.cleaned_data.get("place") or "")


class OwnEntryForm(_ForWhom):
    """A provider of one's own."""

    kind = forms.ChoiceField(label=_("What do they do?"))
    name = forms.CharField(
        label=_("Name"),
        max_length=LONGEST["name"],
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    phone = forms.CharField(
        label=_("Phone"), required=False, max_length=LONGEST["phone"],
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )  # fmt: skip
    street = forms.CharField(label=_("Street"), required=False, max_length=LONGEST["street"])
    city = forms.CharField(label=_("City"), required=False, max_length=LONGEST["city"])
    state = forms.ChoiceField(label=_("State"), required=False)
    zip = forms.CharField(
        label=_("ZIP code"), required=False, max_length=10, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    note = forms.CharField(
        label=_("What you want to remember"), required=False, max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["kind"].choices = [("", "–"), *kind_choices()]  # type: ignore[attr-defined]
        self.fields["state"].choices = state_choices("–")  # type: ignore[attr-defined]
        self.order_fields(["kind", "name"])

    def words(self) -> Words:
        """What was typed, as the verbs take it. Only after `is_valid()`."""
        return Words(**{name: self.cleaned_data[name] for name in Words.__dataclass_fields__})


class WrongForm(_ForWhom):
    """What is wrong with an entry of the file."""

    words = forms.CharField(
        label=_("What is wrong?"), max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("Such as: they moved, the phone is dead, they take no children."),
    )  # fmt: skip

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.order_fields(["words"])
