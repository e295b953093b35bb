"""The form in which a district gives its existing cases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gameplan.people.models import Organisation
from gameplan.web.forms.uploads import UploadField


class CasesFileForm(forms.Form):
    """A zip with the templates filled in, or with zips of cases; where it comes from; which school holds the cases."""

    file = UploadField(
        label=_("The file"), max_length=200,
        help_text=_("One zip with the filled-in templates, or one zip with the files of many cases."),
    )  # fmt: skip
    source = forms.CharField(
        label=_("What is your former system called?"), max_length=80, required=False,
        help_text=_("It stands beside each thing that comes from it."),
    )  # fmt: skip
    school = forms.ChoiceField(
        label=_("Which school holds the cases?"), required=False,
        help_text=_("Needed for files of cases. The templates can name the school of each child."),
    )  # fmt: skip

    def __init__(self, *args: Any, schools: Sequence[Organisation], **more: Any) -> None:
        super().__init__(*args, **more)
        self._schools = {str(one.pk): one for one in schools}
        choices = [("", "–"), *((key, one.name) for key, one in self._schools.items())]
        self.fields["school"].choices = choices  # type: ignore[attr-defined]

    def chosen_school(self) -> Organisation | None:
        """The school that was chosen."""
        return self._schools.get(self.cleaned_data["school"])
