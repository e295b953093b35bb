"""The form of the deadline calculator: asked with GET, so that an answer has an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gameplan.core.calendars import school_year_name
from gameplan.core.entries import Field
from gameplan.exchange.school_calendar import Proposal, read_text
from gameplan.web.asking import answer, question
from gameplan.web.forms.fact import DATE, YES_NO
from gameplan.web.forms.story import FIRST_DAY, LAST_DAY, day
from gameplan.web.forms.story_calendar import EXAMPLE
from gameplan.web.lawbook.reckoning import Asked
from gameplan.web.lawbook.shelf import FEDERAL, FEDERAL_NAME, area_name, states_by_name
from gameplan.web.lawbook.starting import STATE_FIELDS, Start, label_of, starts, usual_starts
from gameplan.web.templatetags.look import page_tongue

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Choices = list[tuple[str, "StrOrPromise"]]
# An address may not grow without end: servers and mail programs cut long ones.
LONGEST_LIST = 2_500
MOST_PROBLEMS = 5
LONGEST_YEAR = 400
THIS_YEAR, NEXT_YEAR = "", "next_"
CALENDAR = ("first_day", "last_day", "days_off", "next_first_day", "next_last_day", "next_days_off")
CHOOSE_STATE, CHOOSE_START = _("Choose a State from the list."), _("Choose what happened from the list.")
UNKNOWN = _("We do not know “%(value)s”. Choose from the list.")
NOT_A_DAY = _("“%(typed)s” is not a day. Fill it in, for example 9/15/2025.")
CHOOSE_DAY = _("Fill in the day, for example 9/15/2025.")
ONLY_THESE = _("Choose one of the answers from the list.")


def _days_off() -> forms.CharField:
    box = forms.Textarea(attrs={"rows": 5, "placeholder": EXAMPLE})
    return forms.CharField(
        label=_("Days without school"), required=False, max_length=LONGEST_LIST, widget=box,
        help_text=_("One a line, or paste the list from the school’s site."),
        error_messages={"max_length": _("This list is too long for an address. Keep only the days off.")},
    )  # fmt: skip


class ReckoningForm(forms.Form):
    """State, what happened, the day, and the school calendar in the words of its list. Nothing is stored.

    Once a start is chosen, what the rules want to know about it is asked too.
    """

    on = forms.DateField(
        label=_("On which day did it happen?"), widget=DATE,
        error_messages={"required": CHOOSE_DAY, "invalid": CHOOSE_DAY},
    )  # fmt: skip
    first_day = day(_("First day of school"))
    last_day = day(_("Last day of school"))
    days_off = _days_off()
    next_first_day = day(_("First day of school"))
    next_last_day = day(_("Last day of school"))
    next_days_off = _days_off()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"] = _choice(_("Which State?"), _states(), CHOOSE_STATE)
        self.fields["start"] = _choice(_("What happened?"), _starts(), CHOOSE_START)
        for name in ("first_day", "last_day", "next_first_day", "next_last_day"):
            self.fields[name].error_messages["invalid"] = CHOOSE_DAY
        self.chosen = starts().get(str(self._typed("start")))
        self.details = _details(self.chosen) if self.chosen else {}
        self.fields.update(self.details)
        main = self.chosen.kind.field(self.chosen.kind.main_date) if self.chosen else None
        if self.chosen and main and main.name != "date":
            self.fields["on"].label = question(self.chosen.kind, main)
        self.order_fields(["state", "start", "on", *self.details])
        self.fields["on"].error_messages["invalid"] = NOT_A_DAY % {"typed": str(self._typed("on"))[:40]}
        self.proposals: list[Proposal] = []

    def detail_fields(self) -> list[forms.BoundField]:
        """The questions about what happened."""
        return [self[name] for name in self.details]

    def has_year(self, prefix: str = THIS_YEAR) -> bool:
        """True if anything of that school year was typed."""
        return any(self._typed(f"{prefix}{name}") for name in ("first_day", "last_day", "days_off"))

    @property
    def shows_calendar(self) -> bool:
        """True if anything of a calendar was typed, or is wrong with it."""
        return self.has_year() or self.has_next_year or any(name in self.errors for name in CALENDAR)

    @property
    def has_next_year(self) -> bool:
        """True if anything of the next school year was typed."""
        return self.has_year(NEXT_YEAR)

    def clean(self) -> dict[str, Any]:
        """What was asked, once every day can be meant and the calendar can be read."""
        told = super().clean() or self.cleaned_data
        for name in ("on", "first_day", "last_day", "next_first_day", "next_last_day"):
            value = told.get(name)
            if isinstance(value, date) and not FIRST_DAY <= value <= LAST_DAY:
                self.add_error(name, _("Check the year."))
        if isinstance(told.get("on"), date):
            for prefix in (THIS_YEAR, NEXT_YEAR):
                if self.has_year(prefix):
                    self._read_year(told, prefix)
        return told

    def asked(self) -> Asked:
        """What is asked, for the engine. Only for a form that is valid."""
        start, state = self.chosen, self.cleaned_data["state"]
        if start is None:
            raise ValueError("There is no start to ask about.")
        told = {name: _kept(start.kind.field(name), self.cleaned_data.get(name)) for name in self.details}
        details = {name: value for name, value in told.items() if value is not None}
        place = None if state == FEDERAL else state
        return Asked(place, start, self.cleaned_data["on"], details, tuple(self.proposals))

    def _typed(self, name: str) -> object:
        return self.data.get(name) if self.is_bound else self.initial.get(name, "")

    def _read_year(self, told: Mapping[str, Any], prefix: str) -> None:
        """One school year as it was typed. Each fault stands at its field."""
        first, last = told.get(f"{prefix}first_day"), told.get(f"{prefix}last_day")
        read = read_text(told.get(f"{prefix}days_off") or "", _year_name(told["on"], first, prefix))
        for line in read.problems[:MOST_PROBLEMS]:
            self.add_error(f"{prefix}days_off", page_tongue().say(line.sentence()))
        first, last = first or read.first_day, last or read.last_day
        if not first:
            self._lacks(f"{prefix}first_day", _("Fill it in, or write it in the list: August 13 first day of school"))
        if not last:
            self._lacks(f"{prefix}last_day", _("Fill it in, or write it in the list: May 21 last day of school"))
        if first and last and not 0 < (last - first).days < LONGEST_YEAR:
            self._lacks(f"{prefix}last_day", _("It must come after the first day, in the same school year."))
        if first and last and not self.errors:
            self.proposals.append(replace(read, first_day=first, last_day=last))

    def _lacks(self, name: str, message: StrOrPromise) -> None:
        if name not in self.errors:
            self.add_error(name, str(message))


def _year_name(asked: date, first: date | None, prefix: str) -> str:
    """The school year that a list is read for: that of its first day, else of the day that is asked about."""
    if first:
        return school_year_name(first)
    return school_year_name(asked.replace(year=asked.year + 1, day=1) if prefix else asked)


def _choice(label: StrOrPromise, choices: Choices, missing: StrOrPromise) -> forms.ChoiceField:
    field = forms.ChoiceField(label=label, choices=choices)
    field.error_messages = {"required": missing, "invalid_choice": UNKNOWN}
    return field


def _states() -> Choices:
    return [("", _("Choose a State")), *states_by_name().items(), (FEDERAL, FEDERAL_NAME)]


def _starts() -> list[Any]:
    """Every start in groups, those that are asked for most first."""
    groups: dict[str, Choices] = {}
    for start in starts().values():
        groups.setdefault(start.area, []).append((start.id, label_of(start)))
    usual = [(start.id, label_of(start)) for start in usual_starts()]
    named = [(str(area_name(area)), choices) for area, choices in groups.items()]
    return [("", _("Choose what happened")), (str(_("Asked for most")), usual), *named]


def _details(start: Start) -> dict[str, forms.Field]:
    return {field.name: _detail(start, field) for field in start.details}


def _detail(start: Start, field: Field) -> forms.ChoiceField:
    choices: Choices = [("", _("I do not know"))]
    if field.type == "boolean":
        choices = list(YES_NO)
        choices = [choices[-1], *choices[:-1]]
    elif field.name in STATE_FIELDS:
        choices += states_by_name().items()
    else:
        choices += [(value, answer(value)) for value in field.values]
    asked = forms.ChoiceField(label=question(start.kind, field), choices=choices, required=False)
    asked.error_messages["invalid_choice"] = ONLY_THESE
    return asked


def _kept(field: Field | None, value: object) -> object:
    """A detail in the words of the vocabulary; None where it was left open."""
    if field is None or value in (None, ""):
        return None
    if field.type == "boolean":
        return value == "yes"
    return (value,) if field.type == "list" else value
