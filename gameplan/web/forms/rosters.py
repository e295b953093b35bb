"""Forms of rosters: a file, which column of it says what, a search, and a post for somebody of the staff."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from gameplan.people.models import Organisation
from gameplan.rosters.models import Take
from gameplan.rosters.plain.mapping import NAMES
from gameplan.web.forms.places import role_choices
from gameplan.web.forms.uploads import UploadField

LONGEST_NAME = 100


class RosterFileForm(forms.Form):
    """A file from the school's own system."""

    file = UploadField(
        label=_("The file"), max_length=200,
        help_text=_("A OneRoster zip (1.1 or 1.2), Ed-Fi’s JSON, or a CSV file with one row for each student."),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("What is in it?"), widget=forms.RadioSelect, initial=Take.Kind.BULK,
        choices=((Take.Kind.BULK, _("All students")), (Take.Kind.DELTA, _("Only what changed"))),
        help_text=_("OneRoster says so itself. For other files: who is not in a file of all students has left."),
    )  # fmt: skip


class MappingForm(forms.Form):
    """For each thing that is kept of a student, the column that tells it."""

    def __init__(self, *args: Any, header: Sequence[str], guessed: Mapping[str, str], **more: Any) -> None:
        super().__init__(*args, **more)
        choices = [("", "–"), *((column, column) for column in header)]
        for what, name in NAMES.items():
            self.fields[what] = forms.ChoiceField(
                label=name, choices=choices, required=False, initial=guessed.get(what, "")
            )

    def mapping(self) -> dict[str, str]:
        """The columns that were chosen."""
        return {what: column for what, column in self.cleaned_data.items() if column}


class PupilSearchForm(forms.Form):
    """A name, a school."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME, required=False)
    school = forms.ChoiceField(label=_("School"), required=False)

    def __init__(self, *args: Any, schools: Sequence[Organisation], **more: Any) -> None:
        super().__init__(*args, **more)
        choices = [("", _("All schools")), *((str(one.pk), one.name) for one in schools)]
        self.fields["school"].choices = choices  # type: ignore[attr-defined]


class ColleagueForm(forms.Form):
    """A role for somebody of the staff, and the language of their invitation."""

    role = forms.ChoiceField(label=_("Role"))
    language = forms.ChoiceField(label=_("Their language"), choices=settings.LANGUAGES, required=False)

    def __init__(self, *args: Any, roles: Sequence[str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["role"].choices = role_choices(roles)  # type: ignore[attr-defined]
