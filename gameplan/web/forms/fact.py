"""A form for any kind of fact, made from the vocabulary: every fact a rule reads can be entered here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gameplan.core.casewrite import plain
from gameplan.core.entries import EventKind, Field, Law
from gameplan.core.facts import Fact, Rough
from gameplan.law.reading import fields_read
from gameplan.letters.suggestions import FIELDS_READ
from gameplan.web.asking import answer, question
from gameplan.web.forms.papers import ABOUT_PAPERS
from gameplan.web.forms.uploads import UploadField
from gameplan.web.sides import Reading

YES_NO = (("yes", _("Yes")), ("no", _("No")), ("", _("I do not know")))
SAID_BY = (("parent", _("We, the family")), ("school", _("The school")), ("other", _("Someone else")))
SAID_BY_TO_SCHOOL = (("school", _("We, the school")), ("parent", _("The family")), ("other", _("Someone else")))
DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
HIDDEN = frozenset({"date", "letter", "about_event"})


def asked_fields(kind: str, law: Law) -> frozenset[str]:
    """The fields of a kind of fact that a form asks for: those that some rule of this law, or a letter, reads."""
    return fields_read(law)[kind] | FIELDS_READ.get(kind, frozenset())


class FactForm(forms.Form):
    """One fact of one kind. `kind` gives the fields, `law` says which of them any rule reads: only those are asked.

    An old fact fills them in; what it says beside them stays. `told()` gives the data for the verbs.
    """

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    on = forms.DateField(label=_("On which day did it happen?"), widget=DATE)
    until = forms.DateField(
        label=_("Not sure of the day? Then until when, at the latest?"), required=False, widget=DATE,
        help_text=_("Leave this empty if you know the day. If you only know the month, give its first and last day."),
    )  # fmt: skip
    said_by = forms.ChoiceField(label=_("Who says so?"), choices=SAID_BY, widget=forms.RadioSelect, initial="parent")
    note = forms.CharField(
        label=_("Anything to remember about it?"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    paper = UploadField(label=_("Photo or PDF that shows it"), required=False, help_text=ABOUT_PAPERS)

    def __init__(
        self, *args: Any, kind: EventKind, law: Law, fact: Fact | None = None, reading: Reading | None = None,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        kwargs["initial"] = {"form_key": uuid4(), **_initial(kind, fact), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.before: Mapping[str, object] = fact.data if fact else {}
        reads = asked_fields(kind.id, law)
        self.asked = [field for field in kind.fields if field.name in reads and field.name not in HIDDEN]
        main = kind.field(kind.main_date)
        if main and main.name != "date":
            self.asked = [field for field in self.asked if field.name != main.name]
            self.fields["on"].label = question(kind, main)
        else:
            self.fields["on"].label = _("On which day was it?")
        for field in self.asked:
            self.fields[f"data_{field.name}"] = _field(kind, field)
        if reading is not None:
            self._write_for(reading, is_new=fact is None)
        asked = (f"data_{field.name}" for field in self.asked)
        self.order_fields(["form_key", "on", "until", *asked, "said_by", "paper", "note", "private"])

    def _write_for(self, reading: Reading, *, is_new: bool) -> None:
        """Say who is "we", and let a family that shares its case keep a fact to itself."""
        if reading.voice == "school":
            old = self.initial.get("said_by", "school")
            others = () if old in dict(SAID_BY_TO_SCHOOL) else ((old, old),)
            self.fields["said_by"] = forms.ChoiceField(
                label=_("Who says so?"), choices=(*SAID_BY_TO_SCHOOL, *others), widget=forms.RadioSelect,
                initial="school",
            )  # fmt: skip
        elif reading.is_family and reading.is_joined:
            self.fields["note"].help_text = _("The school does not see your note.")
            if is_new:
                self.fields["private"] = forms.BooleanField(
                    label=_("Keep this to ourselves"), required=False,
                    help_text=_("The school does not see it. You can show it later."),
                )  # fmt: skip

    def clean_on(self) -> date:
        """A day a person can mean."""
        day: date = self.cleaned_data["on"]
        if not date(1975, 1, 1) <= day <= date(2100, 12, 31):
            raise ValidationError(_("Check the year."))
        return day

    def clean_until(self) -> date | None:
        """The last day it can have been, if the day is not known: after the first."""
        first, last = self.cleaned_data.get("on"), self.cleaned_data["until"]
        if first and last and last <= first:
            raise ValidationError(_("This day must come after the first one. If you know the day, leave this empty."))
        return last if isinstance(last, date) else None

    def told(self) -> dict[str, object]:
        """What the fact says, in the vocabulary's words; what was left open is left out."""
        asked = {field.name for field in self.asked} | {self.kind.main_date}
        said = {name: value for name, value in self.before.items() if name not in asked}
        for field in self.asked:
            value = self.cleaned_data.get(f"data_{field.name}")
            kept = _kept(field, value)
            if kept not in (None, "", ()):
                said[field.name] = kept
        main = self.kind.field(self.kind.main_date)
        on, until = self.cleaned_data["on"], self.cleaned_data.get("until")
        if main and (until or main.name != "date"):
            said[main.name] = Rough(on, until) if until else on
        return said


def _field(kind: EventKind, field: Field) -> forms.Field:
    label = question(kind, field)
    if field.type == "date":
        return forms.DateField(label=label, required=False, widget=DATE)
    if field.type == "boolean":
        return forms.ChoiceField(label=label, required=False, choices=YES_NO, widget=forms.RadioSelect)
    if field.type == "number":
        return forms.DecimalField(label=label, required=False, min_value=0)
    if field.type == "dates":
        return DaysField(label=label, required=False)
    if field.type == "list" and field.values:
        choices = [(value, answer(value)) for value in field.values]
        return forms.MultipleChoiceField(
            label=label, required=False, choices=choices, widget=forms.CheckboxSelectMultiple
        )
    if field.values:
        return forms.ChoiceField(label=label, required=False, choices=_choices(field))
    return forms.CharField(label=label, required=False, max_length=2000)


def _choices(field: Field) -> list[tuple[str, object]]:
    return [("", _("I do not know")), *((value, answer(value)) for value in field.values)]


class DaysField(forms.CharField):
    """Several days, one a line or with commas between: 2025-09-22, 2025-09-23."""

    widget = forms.Textarea(attrs={"rows": 3})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(help_text=_("One day a line, as 2025-09-22 or 9/22/2025."), **kwargs)

    def clean(self, value: Any) -> Any:
        """The days as a tuple, in order. Raises ValidationError naming every part that is no day."""
        parts = [part for part in re.split(r"[,;\s]+", super().clean(value) or "") if part]
        found = {part: _day(part) for part in parts}
        wrong = [part for part, day in found.items() if day is None]
        if wrong:
            raise ValidationError(_("These are not days: %(parts)s"), params={"parts": ", ".join(wrong)})
        return tuple(sorted({day for day in found.values() if day}))


def _day(text: str) -> date | None:
    american = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)
    if american:
        text = f"{american[3]}-{int(american[1]):02d}-{int(american[2]):02d}"
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _kept(field: Field, value: object) -> object:
    if field.type == "boolean":
        return {"yes": True, "no": False}.get(str(value))
    if field.type == "number" and value is not None:
        return int(value) if value == int(value) else float(value)  # type: ignore[call-overload, arg-type]
    if field.type == "list":
        return tuple(value) if isinstance(value, list) else (str(value),) if value else ()
    return value


def _initial(kind: EventKind, fact: Fact | None) -> Mapping[str, object]:
    if fact is None:
        return {}
    said = {f"data_{name}": _shown(value) for name, value in fact.data.items()}
    main = fact.data.get(kind.main_date)
    until = main.last if isinstance(main, Rough) else None
    on = main if isinstance(main, date) else fact.on
    return {**said, "on": on, "until": until, "said_by": fact.said_by, "note": fact.note}


def _shown(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple | list):
        listed = [plain(one) for one in value]
        return "\n".join(map(str, listed)) if listed and isinstance(value[0], date) else listed
    return value
