"""The form in which a behavior is noted: often two taps, for words that are offered, or words of one's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from gameplan.core.words import Say
from gameplan.measures.seen_words import AFTER, BEFORE, PLACES
from gameplan.progress.incidents import LONGEST_PART, MOST_INTENSE, MOST_MINUTES, Seen, counted_of
from gameplan.progress.measuring import LONGEST
from gameplan.progress.models_daily import Incident
from gameplan.web.forms.fact import DATE
from gameplan.web.forms.points import NO_NUMBER, sensible
from gameplan.web.templatetags.look import page_tongue

TIME: Final = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
OWN: Final = "_own"
OFFERED: Final[dict[str, tuple[Say, ...]]] = {"antecedent": BEFORE, "consequence": AFTER, "place": PLACES}
MOST_EARLIER: Final = 4
"""So many words of one's own from earlier notes are offered again."""
STRENGTHS: Final = (
    ("", _("Not said")), ("1", _("1: mild")), ("2", "2"), ("3", _("3: in the middle")), ("4", "4"),
    (str(MOST_INTENSE), _("5: very strong")),
)  # fmt: skip


def _own_words(**more: Any) -> forms.CharField:
    shown = forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"})
    return forms.CharField(
        label=_("Or in your own words"), required=False, max_length=LONGEST_PART, widget=shown, **more
    )  # fmt: skip


def _taps(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, widget=forms.RadioSelect)


class IncidentForm(forms.Form):
    """A behavior as it was seen once. `rows`: the notes so far, whose own words are offered again."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    antecedent = _taps(_("What came just before?"))
    antecedent_own = _own_words()
    behavior = forms.CharField(
        label=_("What did the child do?"), max_length=LONGEST_PART, required=False,
        help_text=_("What one could see or hear, such as: left the seat and ran to the door."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )  # fmt: skip
    consequence = _taps(_("What came right after?"))
    consequence_own = _own_words()
    on = forms.DateField(label=_("Day"), widget=DATE)
    at = forms.TimeField(label=_("Time (may be left empty)"), required=False, widget=TIME)
    place = _taps(_("Where was it?"))
    place_own = _own_words()
    minutes = forms.IntegerField(
        label=_("How many minutes did it last?"), required=False, min_value=0, max_value=MOST_MINUTES,
        error_messages=NO_NUMBER, widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    intensity = forms.ChoiceField(
        label=_("How strong was it?"), required=False, choices=STRENGTHS, widget=forms.RadioSelect, initial=""
    )
    note = forms.CharField(
        label=_("Note (may be left empty)"), required=False, max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )  # fmt: skip

    def __init__(self, *args: Any, rows: Sequence[Incident], **more: Any) -> None:
        super().__init__(*args, **more)
        said = page_tongue()
        earlier = counted_of(list(rows), said.lang)
        used = {
            "antecedent": (one.antecedent for one in earlier), "consequence": (one.consequence for one in earlier),
            "place": (one.setting for one in earlier),
        }  # fmt: skip
        for name, offered in OFFERED.items():
            words = [said.say(one) for one in offered]
            choices = [(word, word) for word in (*_often(used[name], words), *words)]
            empty = [("", _("Not said"))] if name == "place" else []
            self.fields[name].choices = [*empty, *choices]  # type: ignore[attr-defined]

    def clean_on(self) -> date:
        """A day that a person can mean."""
        return sensible(self.cleaned_data["on"])

    def seen(self) -> Seen:
        """What was seen, for the verbs. One's own words go before those that were tapped."""
        said = self.cleaned_data
        words = {name: said[f"{name}{OWN}"].strip() or said[name] for name in OFFERED}
        strength = said["intensity"]
        return Seen(
            on=said["on"], behavior=said["behavior"], at=said["at"], minutes=said["minutes"],
            intensity=int(strength) if strength else None, note=said["note"], **words,
        )  # fmt: skip


def filled_in(row: Incident, rows: Sequence[Incident]) -> dict[str, Any]:
    """What stands in the form of a note that was made before."""
    (told,) = counted_of([row], page_tongue().lang)
    words = {"antecedent": told.antecedent, "consequence": told.consequence, "place": told.setting}
    offered = IncidentForm(rows=rows).fields
    start: dict[str, Any] = {
        "on": row.on, "at": row.at, "behavior": row.behavior, "minutes": row.minutes, "note": row.note,
        "intensity": "" if row.intensity is None else str(row.intensity),
    }  # fmt: skip
    for name, text in words.items():
        is_offered = text in dict(offered[name].choices)  # type: ignore[attr-defined]
        start[name if is_offered else f"{name}{OWN}"] = text
    return start


def _often(texts: Iterable[str], offered: Sequence[str]) -> list[str]:
    """Words of one's own that were used before, the most frequent first."""
    counts = Counter(text for text in texts if text and text not in offered and len(text) <= LONGEST_PART)
    return [text for text, _times in counts.most_common(MOST_EARLIER)]
