"""Forms of reports: the count date, a file to take out."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gameplan.reports.counting.file_text import VERSION_LENGTH
from gameplan.web.forms.fact import DATE

FORMATS = (("csv", _("With commas (.csv)")), ("tab", _("With tabs (.tab)")), ("txt", _("With fixed widths (.txt)")))
LEVEL_NAMES = {"SEA": _("The whole place, as a State"), "LEA": _("By district"), "SCH": _("By school")}


class CountForm(forms.Form):
    """The day on which the children are counted."""

    on = forms.DateField(
        label=_("Count date"), widget=DATE, help_text=_("The State chooses a day from October 1 to December 1.")
    )

    def __init__(self, *args: Any, today: date, **more: Any) -> None:
        last = date(today.year if today.month >= 10 else today.year - 1, 10, 1)
        super().__init__(*args, **{"initial": {"on": last}, **more})


class FileForm(forms.Form):
    """How a file is taken out."""

    level = forms.ChoiceField(label=_("For whom are the rows?"))
    ending = forms.ChoiceField(label=_("Kind of file"), choices=FORMATS)
    version = forms.RegexField(
        r"^[A-Za-z0-9]{1,7}$", label=_("End of the file name"), max_length=VERSION_LENGTH,
        help_text=_("At most 7 letters and digits, such as v1."),
    )  # fmt: skip
    checked = forms.BooleanField(
        label=_("I have checked the layout against this year’s specification"), required=False,
        help_text=_("Else the first row of the file says that it has to be checked."),
    )  # fmt: skip

    def __init__(self, *args: Any, levels: tuple[str, ...], **more: Any) -> None:
        more |= {"initial": {"level": "LEA", "ending": "csv", "version": "v1"}, "auto_id": "take-%s"}
        super().__init__(*args, **more)
        self.fields["level"].choices = [(one, LEVEL_NAMES[one]) for one in levels]  # type: ignore[attr-defined]
