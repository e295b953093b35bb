"""What is filled in at one check of a measure: the fields of its way, as a phone asks for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gameplan.measures.ways import MOST_SECONDS, PROMPT_NAMES, PROMPTS, Way
from gameplan.progress.measuring import LONGEST
from gameplan.progress.models import Measure
from gameplan.web.forms.fact import DATE
from gameplan.web.templatetags.look import page_tongue

Fields = Mapping[str, forms.Field]
MOST: Final = 1_000_000
A_MINUTE: Final = 60
RIGHT = "right_"


NO_NUMBER: Final = {
    "invalid": _("Write it with digits, for example 12."), "min_value": _("The least is %(limit_value)s."),
    "max_value": _("The most is %(limit_value)s."),
}  # fmt: skip


def _whole(label: Any, *, least: int = 0, **more: Any) -> forms.IntegerField:
    start = {"data-start": more["initial"]} if "initial" in more else {}
    number = forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off", **start})
    return forms.IntegerField(
        label=label, required=False, min_value=least, max_value=MOST, widget=number, error_messages=NO_NUMBER, **more
    )


def _number(label: Any, *, most: int, **more: Any) -> forms.DecimalField:
    number = forms.NumberInput(attrs={"inputmode": "decimal", "autocomplete": "off", "step": "any"})
    return forms.DecimalField(
        label=label, required=False, min_value=0, max_value=most, decimal_places=3, widget=number,
        error_messages=NO_NUMBER, **more,
    )  # fmt: skip


def _count(_measure: Measure) -> Fields:
    return {
        "count": _whole(_("How many times it happened")),
        "minutes": _number(_("Minutes watched (may be left empty)"), most=24 * 60),
    }


def _trials(_measure: Measure) -> Fields:
    said = page_tongue()
    right = {f"{RIGHT}{level}": _whole(said.say(PROMPT_NAMES[level]).capitalize()) for level in PROMPTS}
    return {**right, "wrong": _whole(_("Not right"))}


def _duration(_measure: Measure) -> Fields:
    return {"minutes": _number(_("Minutes"), most=24 * 60), "seconds": _number(_("Seconds"), most=MOST_SECONDS)}


def _percent(_measure: Measure) -> Fields:
    return {"percent": _number(_("Percent"), most=100)}


def _rubric(measure: Measure) -> Fields:
    levels = [(str(level), str(level)) for level in range((measure.top or 0) + 1)]
    return {
        "level": forms.ChoiceField(
            label=_("Level reached"), required=False, choices=levels, widget=forms.RadioSelect,
        )
    }  # fmt: skip


def _rate(_measure: Measure) -> Fields:
    return {
        "correct": _whole(_("How many were right")), "errors": _whole(_("Errors (may be left empty)")),
        "seconds": _whole(_("In how many seconds"), least=1, initial=A_MINUTE),
    }  # fmt: skip


FIELDS: Final[Mapping[Way, Callable[[Measure], Fields]]] = {
    Way.COUNT: _count, Way.TRIALS: _trials, Way.DURATION: _duration, Way.PERCENT: _percent, Way.RUBRIC: _rubric,
    Way.RATE: _rate,
}  # fmt: skip


def _trials_told(said: Mapping[str, Any]) -> dict[str, Any]:
    right = {level: said.get(f"{RIGHT}{level}") or 0 for level in PROMPTS}
    correct = sum(right.values())
    helped = {level: count for level, count in right.items() if count}
    return {"correct": correct, "total": correct + (said.get("wrong") or 0), **({"prompts": helped} if helped else {})}


def _duration_told(said: Mapping[str, Any]) -> dict[str, Any]:
    minutes, seconds = (said.get(name) for name in ("minutes", "seconds"))
    if minutes is None and seconds is None:
        return {}
    return {"seconds": _kept((minutes or Decimal(0)) * A_MINUTE + (seconds or Decimal(0)))}


def _as_told(said: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _kept(value) for name, value in said.items() if value not in (None, "")}


TOLD: Final[Mapping[Way, Callable[[Mapping[str, Any]], dict[str, Any]]]] = {
    Way.TRIALS: _trials_told, Way.DURATION: _duration_told,
}  # fmt: skip


def _kept(value: Any) -> Any:
    """A number as `measures.ways` keeps it: whole, or as decimal text."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else str(value.normalize())
    return int(value) if isinstance(value, str) and value.isdecimal() else value


class SittingForm(forms.Form):
    """The day of a sitting, and the key by which the server knows it again if it is sent twice."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    on = forms.DateField(label=_("Day"), widget=DATE)

    def clean_on(self) -> date:
        """A day that a person can mean."""
        return sensible(self.cleaned_data["on"])


class PointForm(forms.Form):
    """One check of one measure; its fields follow from the way. Nothing in it is required: see `is_filled`."""

    def __init__(self, *args: Any, measure: Measure, **more: Any) -> None:
        more.setdefault("prefix", measure.measure_id)
        super().__init__(*args, **more)
        self.measure, self.way = measure, Way(measure.way)
        self.fields.update(FIELDS[self.way](measure))
        self.numbers = tuple(self.fields)
        self.fields["note"] = forms.CharField(
            label=_("Note (may be left empty)"), required=False, max_length=LONGEST,
            widget=forms.Textarea(attrs={"rows": 2}),
        )  # fmt: skip

    @property
    def results(self) -> list[forms.BoundField]:
        """The fields without the note."""
        return [self[name] for name in self.numbers]

    @property
    def is_filled(self) -> bool:
        """True if somebody wrote anything here; the seconds of a rate stand there from the beginning."""
        names = [name for name in self.fields if not (self.way is Way.RATE and name == "seconds")]
        return any(str(self.data.get(self.add_prefix(name)) or "").strip() for name in names)

    def told(self) -> dict[str, Any]:
        """What was seen, as `measures.ways` wants it."""
        return TOLD.get(self.way, _as_told)({name: self.cleaned_data.get(name) for name in self.numbers})

    def fault(self, field: str, words: str) -> None:
        """Say beside the field what is wrong; where the page has no such field, above all of them."""
        self.add_error(field if field in self.fields else None, words)


class CorrectForm(PointForm):
    """One check that is put right: its day as well."""

    def __init__(self, *args: Any, measure: Measure, **more: Any) -> None:
        super().__init__(*args, measure=measure, **more)
        self.fields["on"] = forms.DateField(label=_("Day"), widget=DATE)

    def clean_on(self) -> date:
        """A day that a person can mean."""
        return sensible(self.cleaned_data["on"])


def sensible(day: date) -> date:
    """The day, if a person can mean it. Raises ValidationError."""
    if not date(1975, 1, 1) <= day <= date(2100, 12, 31):
        raise ValidationError(_("Check the year."))
    return day


def filled(measure: Measure, data: Mapping[str, Any], note: str) -> dict[str, Any]:
    """What stands in the form of a check that was noted before."""
    if measure.way == Way.TRIALS:
        return {**_right_of(data), "wrong": int(data.get("total") or 0) - int(data.get("correct") or 0), "note": note}
    return {**data, "note": note}


def _right_of(data: Mapping[str, Any]) -> dict[str, Any]:
    prompts = data.get("prompts") or PROMPTS[0]
    counts = prompts if isinstance(prompts, Mapping) else {str(prompts): data.get("correct")}
    return {f"{RIGHT}{level}": count for level, count in counts.items()}
