"""The form of a progress report: its days, its language, and for each goal the writer's own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gameplan.measures.reports import Goal
from gameplan.people.refusals import Refused
from gameplan.progress.measuring import LONGEST
from gameplan.progress.report_content import Asked
from gameplan.progress.reporting import WORDS
from gameplan.tongues import LANGUAGES
from gameplan.web.forms.fact import DATE
from gameplan.web.forms.points import sensible

SEND, KEEP, LOOK = "send", "keep", "look"
ROWS: Final = 4


def name_of(goal_id: str, lang: str) -> str:
    """The name of the field for the words on a goal in a language."""
    return f"{WORDS}-{goal_id}-{lang}"


class ReportForm(forms.Form):
    """What a report says beside the results. `langs`: in which languages there are fields, the writer's own first."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    replaces = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    since = forms.DateField(label=_("From which day on?"), widget=DATE)
    on = forms.DateField(label=_("Up to which day?"), widget=DATE)
    lang = forms.ChoiceField(
        label=_("In which language does it go to the family?"), choices=tuple(LANGUAGES.items()),
        widget=forms.RadioSelect, help_text=_("The school has it in both languages."),
    )  # fmt: skip

    def __init__(self, *args: Any, goals: Iterable[Goal], langs: Sequence[str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.langs = tuple(langs)
        self.goals = tuple(one.id for one in goals)
        for number, goal in enumerate(self.goals, 1):
            for lang in self.langs:
                self.fields[name_of(goal, lang)] = self._words(number, lang)

    def _words(self, number: int, lang: str) -> forms.CharField:
        label = (_ASKS if lang == self.langs[0] else _IN[lang]) % {"number": number}
        area = forms.Textarea(attrs={"rows": ROWS, "lang": lang, "spellcheck": "true"})
        return forms.CharField(label=label, required=False, max_length=LONGEST, widget=area)

    def clean_since(self) -> date:
        """A day that a person can mean."""
        return sensible(self.cleaned_data["since"])

    def clean_on(self) -> date:
        """A day that a person can mean."""
        return sensible(self.cleaned_data["on"])

    def fields_of(self, goal_id: str) -> list[forms.BoundField]:
        """The fields for the words on one goal."""
        return [self[name_of(goal_id, lang)] for lang in self.langs if name_of(goal_id, lang) in self.fields]

    def words(self, said: Mapping[str, Any]) -> dict[str, dict[str, str]]:
        """The words by goal and language, as far as somebody wrote some."""
        found: dict[str, dict[str, str]] = {}
        for goal in self.goals:
            told = {lang: str(said.get(name_of(goal, lang)) or "").strip() for lang in self.langs}
            found[goal] = {lang: text for lang, text in told.items() if text}
        return found

    def asked(self) -> Asked:
        """What was said, for the verb."""
        said = self.cleaned_data
        return Asked(said["since"], said["on"], said["lang"], self.words(said), said["replaces"])

    def refuse(self, refused: Refused) -> None:
        """Say each fault beside its field; what is said of the words of a goal stands at the writer's own language."""
        for fault in refused.faults:
            where = fault.where
            if where.startswith(f"{WORDS}-"):
                where = name_of(where.removeprefix(f"{WORDS}-"), self.langs[0])
            self.add_error(where if where in self.fields else None, f"{fault.what} {fault.mend}")


def day_in(raw: object) -> date | None:
    """The day that was sent, or None if it is none."""
    try:
        return sensible(date.fromisoformat(str(raw)))
    except (ValueError, ValidationError):
        return None


_ASKS: Final = _("What does goal %(number)s come to, and what do you do next?")
_IN: Final = {
    "en": _("The same in English, for goal %(number)s"),
    "es": _("The same in Spanish, for goal %(number)s"),
}
