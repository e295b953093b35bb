"""Forms of reports: the count date, a file to take out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gameplan.people.models import Organisation
from gameplan.reports.code_words import code_said
from gameplan.reports.counting.file_forms import categories
from gameplan.reports.counting.file_text import VERSION_LENGTH
from gameplan.reports.list_columns import COLUMNS, FIRST_CHOICE
from gameplan.reports.list_lines import ListFilters
from gameplan.web.forms.fact import DATE
from gameplan.web.templatetags.look import page_tongue

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


LONGEST_NAME = 120
ANY = ("", _("All"))
PLANS = (ANY, ("yes", _("With an IEP in force")), ("no", _("Without an IEP in force")))


class ListForm(forms.Form):
    """A list of children: its name, its columns, who is on it, who finds it."""

    name = forms.CharField(label=_("Name of the list"), max_length=LONGEST_NAME)
    columns = forms.MultipleChoiceField(label=_("Columns"), widget=forms.CheckboxSelectMultiple)
    school = forms.ChoiceField(label=_("School"), required=False)
    grade = forms.CharField(label=_("Grade"), max_length=20, required=False, help_text=_("As the roster writes it."))
    disability = forms.ChoiceField(label=_("Disability"), required=False)
    plan = forms.ChoiceField(label=_("IEP"), choices=PLANS, required=False)
    due_in = forms.IntegerField(
        label=_("Something is due within so many days"), min_value=0, max_value=1000, required=False
    )
    late = forms.BooleanField(label=_("Only where something is late"), required=False)
    shared = forms.BooleanField(
        label=_("Share this list"), required=False,
        help_text=_("Others who may see every child of this place find it, too. They see the children, not your copy."),
    )  # fmt: skip

    def __init__(self, *args: Any, schools: Iterable[Organisation], **more: Any) -> None:
        more |= {"initial": {"columns": FIRST_CHOICE, **(more.get("initial") or {})}}
        super().__init__(*args, **more)
        say = page_tongue().say
        listed = [(one.id, f"{say(one.group)}: {say(one.title)}") for one in COLUMNS.values()]
        named = [(code, say(code_said("disability", code))) for code in categories()["disability"].codes]
        for name, choices in {
            "columns": listed,
            "school": [ANY, *((str(one.pk), one.name) for one in schools)],
            "disability": [ANY, *named],
        }.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def filters(self) -> ListFilters:
        """Who is on the list."""
        return ListFilters(**{name: self.cleaned_data[name] for name in ListFilters.__slots__})


def list_initial(name: str, columns: list[str], filters: ListFilters, *, shared: bool) -> dict[str, Any]:
    """What stands in the form of a list that is there already."""
    return {"name": name, "columns": columns, "shared": shared, **asdict(filters)}
