"""Forms of organisations: a post for somebody, a new school or district, and a school year that adds to another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from gameplan.districts.places import LONGEST_NAME, LONGEST_NCES_ID
from gameplan.people.roles import ROLES
from gameplan.web.forms.fact import DATE
from gameplan.web.forms.story_calendar import CalendarForm, ConfirmForm
from gameplan.web.templatetags.look import page_tongue

WHOLE, ADDS = "whole", "adds"


def role_choices(roles: Sequence[str]) -> list[tuple[str, str]]:
    """The roles with their names in the language of the page."""
    return [(role, page_tongue().say(ROLES[role].title)) for role in roles]


class PostForm(forms.Form):
    """Who gets which post, from when until when."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    role = forms.ChoiceField(label=_("Role"))
    since = forms.DateField(label=_("First day"), widget=DATE)
    until = forms.DateField(
        label=_("Last day"), required=False, widget=DATE, help_text=_("Leave it empty if there is none.")
    )

    language = forms.ChoiceField(label=_("Their language"), choices=settings.LANGUAGES, required=False)

    def __init__(self, *args: Any, roles: Sequence[str], today: date, **more: Any) -> None:
        more["initial"] = {"since": today, "language": "en"}
        super().__init__(*args, **more)
        self.fields["role"].choices = [("", "–"), *role_choices(roles)]  # type: ignore[attr-defined]

    def clean_language(self) -> str:
        """The language of the invitation, English if none was chosen."""
        return self.cleaned_data["language"] or "en"


class PartForm(forms.Form):
    """A school or district that lies in this place."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)
    nces_id = forms.CharField(
        label=_("NCES number"), max_length=LONGEST_NCES_ID, required=False,
        help_text=_("The number in the national list of schools. Leave it empty if you do not know it."),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("What is it?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, kinds: Sequence[tuple[str, Any]], **more: Any) -> None:
        more["initial"] = {"kind": kinds[0][0]}
        super().__init__(*args, **more)
        self.fields["kind"].choices = list(kinds)  # type: ignore[attr-defined]


class PlaceYearForm(CalendarForm):
    """A school year of an organisation: the whole of it, or days on top of the year above."""

    how = forms.ChoiceField(label=_("What do you write?"), widget=forms.RadioSelect, initial=WHOLE, required=False)

    def __init__(self, *args: Any, above: str = "", **more: Any) -> None:
        """`above`: the name of the organisation above; without one a year can only be written whole."""
        super().__init__(*args, **more)
        if not above:
            del self.fields["how"]
            return
        choices = (
            (ADDS, _("Days off here, on top of the calendar of %(place)s") % {"place": above}),
            (WHOLE, _("The whole school year of this place")),
        )
        self.fields["how"].choices = choices  # type: ignore[attr-defined]
        self.order_fields(["school_year", "how"])


class ConfirmAddedForm(ConfirmForm):
    """The days off that come on top, line by line; first and last day of school are those of the year above."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in ("first_day", "last_day"):
            del self.fields[name]
