"""The form that takes in a table of measurements or sessions."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from gameplan.web.forms.uploads import UploadField

POINTS, SESSIONS = "points", "sessions"
KINDS = ((POINTS, _("Measurements")), (SESSIONS, _("Sessions of services")))


class TableForm(forms.Form):
    """Which kind of table, and the file."""

    kind = forms.ChoiceField(
        label=_("What is in the table?"), choices=KINDS, widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )  # fmt: skip
    file = UploadField(
        label=_("The table (CSV)"), help_text=_("Up to 20 MB."),
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty. Choose another one.")},
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
    )  # fmt: skip
