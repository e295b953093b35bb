"""The forms of the school calendar: typed, pasted or from a file; then each line, to confirm."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from gameplan.core.calendars import school_year_name
from gameplan.exchange.school_calendar import ReadAs
from gameplan.web.forms.fact import DATE
from gameplan.web.forms.story import FIRST_DAY, LAST_DAY, day
from gameplan.web.forms.uploads import UploadField
from gameplan.web.story.read_calendar import ReadCalendar, ReadLine

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LONGEST_LIST, LARGEST_FILE = 60_000, 5_000_000
CLOSED, OPEN, NOT_SURE = "closed", "open", "unsure"
CHOICES: tuple[tuple[str, StrOrPromise], ...] = (
    (CLOSED, _("No school")), (OPEN, _("School")), (NOT_SURE, _("Not sure")),
)  # fmt: skip
PROBLEM_CHOICES: tuple[tuple[str, StrOrPromise], ...] = ((OPEN, _("Leave it out")), (CLOSED, _("No school")))
EXAMPLE = "September 1 Labor Day\nNovember 24-28 Thanksgiving break\nDecember 22 - January 2 Winter break"


class CalendarForm(forms.Form):
    """One school year: typed, pasted, or in the school's own calendar file.

    Of the years near `today`, the first that is not `known` is chosen already.
    """

    school_year = forms.ChoiceField(label=_("Which school year?"))
    first_day = day(_("First day of school"), _("Leave it empty if your list or file says it."))
    last_day = day(_("Last day of school"), _("Leave it empty if your list or file says it."))
    days_off = forms.CharField(
        label=_("Days without school"), required=False, max_length=LONGEST_LIST,
        help_text=_("One a line, or paste the whole list from the school’s site. We show you what we read."),
        widget=forms.Textarea(attrs={"rows": 7, "placeholder": EXAMPLE}),
    )  # fmt: skip
    file = UploadField(
        label=_("Or the school’s calendar file (.ics)"), required=False,
        help_text=_("Look on the school’s site for “subscribe” or “iCal”. Up to 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"}),
    )  # fmt: skip

    def __init__(self, *args: Any, today: date, known: Sequence[str] = (), **kwargs: Any) -> None:
        years, now = _years_near(today), school_year_name(today)
        first = next((year for year in (now, *years) if year not in known), now)
        kwargs["initial"] = {"school_year": first, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.fields["school_year"] = forms.ChoiceField(
            label=self.fields["school_year"].label, choices=[(year, year) for year in years]
        )

    def clean_file(self) -> UploadedFile[bytes] | None:
        """The file, if it is not far too big."""
        upload: UploadedFile[bytes] | None = self.cleaned_data.get("file")
        if upload and (upload.size or 0) > LARGEST_FILE:
            raise ValidationError(_("This file is too big. Choose a calendar of one school only."))
        return upload

    def clean(self) -> dict[str, Any]:
        """What was given, once there is something to read."""
        said = super().clean() or self.cleaned_data
        given = [said.get(name) for name in ("first_day", "last_day", "days_off", "file")]
        if not any(given) and not self.errors:
            raise ValidationError(_("Type the days, paste a list, or choose a file."))
        return said


class ConfirmForm(forms.Form):
    """What was read, line by line, to confirm or change. `read` is what was read."""

    key = forms.CharField(widget=forms.HiddenInput, required=False)
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    first_day = forms.DateField(label=_("First day of school"), widget=DATE)
    last_day = forms.DateField(label=_("Last day of school"), widget=DATE)

    def __init__(self, *args: Any, read: ReadCalendar, **kwargs: Any) -> None:
        days = {"first_day": read.first_day, "last_day": read.last_day}
        kwargs["initial"] = {"key": read.key, "form_key": uuid4(), **days}
        super().__init__(*args, **kwargs)
        self.read = read
        for line in read.lines:
            for name, field in _line_fields(line):
                self.fields[name] = field

    def clean(self) -> dict[str, Any]:
        """What was confirmed. A line to be mended needs its days."""
        said = super().clean() or self.cleaned_data
        if said.get("key") != self.read.key:
            raise ValidationError(_("Another calendar was read meanwhile. Please look at these lines again."))
        for name in ("first_day", "last_day"):
            self._check_year(name)
        for line in self.read.problems:
            self._check_problem(line, said)
        return said

    def _check_problem(self, line: ReadLine, said: dict[str, Any]) -> None:
        names = tuple(f"line-{line.place}-{end}" for end in ("first", "last"))
        first, last = (said.get(name) for name in names)
        for name in names:
            self._check_year(name)
        if said.get(f"line-{line.place}") != CLOSED:
            return
        if not first and names[0] not in self.errors:
            self.add_error(names[0], _("Fill in the day, or leave the line out."))
        if first and last and last < first:
            self.add_error(names[1], _("A break ends before it begins. Put the first day first."))

    def _check_year(self, name: str) -> None:
        value = self.cleaned_data.get(name)
        if isinstance(value, date) and not FIRST_DAY <= value <= LAST_DAY:
            self.add_error(name, _("Check the year."))

    def closed_lines(self) -> Iterable[tuple[ReadLine, date, date]]:
        """The lines that mean "no school", with their days."""
        for line in self.read.lines:
            if self.cleaned_data.get(f"line-{line.place}") != CLOSED:
                continue
            first = line.first or self.cleaned_data.get(f"line-{line.place}-first")
            last = line.last or self.cleaned_data.get(f"line-{line.place}-last") or first
            if first and last:
                yield line, first, last


def _line_fields(line: ReadLine) -> Iterable[tuple[str, forms.Field]]:
    name = f"line-{line.place}"
    if line.read_as == ReadAs.PROBLEM:
        yield name, _radios(line.text or _("The file"), PROBLEM_CHOICES, OPEN)
        short = line.text[:40]
        yield f"{name}-first", day(format_lazy("{}: {}", short, _("first day")))
        yield (
            f"{name}-last",
            day(format_lazy("{}: {}", short, _("last day")), _("Leave it empty for one day.")),
        )
    elif line.read_as not in (ReadAs.FIRST_DAY, ReadAs.LAST_DAY) and line.first:
        taken = {ReadAs.CLOSED: CLOSED, ReadAs.UNSURE: NOT_SURE}.get(ReadAs(line.read_as), OPEN)
        yield name, _radios(line.text, CHOICES, taken)


def _radios(label: StrOrPromise, choices: Sequence[tuple[str, StrOrPromise]], initial: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, initial=initial, required=False, widget=forms.RadioSelect)


def _years_near(today: date) -> list[str]:
    start = today.year if today.month >= 7 else today.year - 1
    return [f"{year}-{(year + 1) % 100:02d}" for year in range(start + 1, start - 4, -1)]
