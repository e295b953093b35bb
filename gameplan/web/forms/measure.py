"""Forms of one measure: begin it, change its aim, say what changed in teaching, what was decided, and that it ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from gameplan.measures.ways import PROMPT_NAMES, PROMPTS, WAY_NAMES, Way, unit
from gameplan.progress.doors import BEHAVIOR, GOAL, OWN
from gameplan.progress.measuring import LONGEST, LONGEST_TITLE, Aim, What
from gameplan.web.forms.fact import DATE
from gameplan.web.forms.points import sensible
from gameplan.web.progress.goals import Goal
from gameplan.web.progress.words import DOES
from gameplan.web.templatetags.look import page_tongue

MORE, LESS = "more", "less"
RISES: Final = ((MORE, _("More is better")), (LESS, _("Less is better")))
YES, NO = "yes", "no"
TOP_MOST: Final = 20


def _number(label: Any, **more: Any) -> forms.DecimalField:
    shown = forms.NumberInput(attrs={"inputmode": "decimal", "step": "any", "autocomplete": "off"})
    return forms.DecimalField(label=label, required=False, min_value=0, widget=shown, **more)


class AimForm(forms.Form):
    """What a measure is called, and from where to where it shall go."""

    title = forms.CharField(
        label=_("What is counted?"), max_length=LONGEST_TITLE, help_text=_("Such as: words read aloud in a minute.")
    )
    rises = forms.ChoiceField(
        label=_("Which way is better?"), choices=RISES, widget=forms.RadioSelect, initial=MORE
    )  # fmt: skip
    baseline = _number(_("Where it starts (baseline)"))
    baseline_on = forms.DateField(label=_("Measured on"), required=False, widget=DATE)
    target = _number(_("Where it should get (target)"))
    target_on = forms.DateField(label=_("By when"), required=False, widget=DATE)

    def clean_baseline_on(self) -> date | None:
        """A day that a person can mean."""
        return _sensible(self.cleaned_data["baseline_on"])

    def clean_target_on(self) -> date | None:
        """A day that a person can mean."""
        return _sensible(self.cleaned_data["target_on"])

    def aim(self) -> Aim:
        """What was said, for the verbs."""
        said = self.cleaned_data
        return Aim(
            said["title"], said["rises"] == MORE, said["baseline"], said["baseline_on"], said["target"],
            said["target_on"],
        )  # fmt: skip


class ChangeAimForm(AimForm):
    """Another name or aim from now on, and why."""

    why = forms.CharField(
        label=_("Why does it change?"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One sentence is enough."),
    )  # fmt: skip


class BeginForm(AimForm):
    """A new measure: of a goal of the plan in force, or of something of one's own. `shows`: a family asks itself
    whether the school sees it.
    """

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    belongs = forms.ChoiceField(label=_("What does it belong to?"), widget=forms.RadioSelect)
    way = forms.ChoiceField(label=_("How is it measured?"), widget=forms.RadioSelect)
    top = forms.IntegerField(
        label=_("For a rubric: its highest level"), required=False, min_value=1, max_value=TOP_MOST,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    prompt = forms.ChoiceField(
        label=_("For tries: how much help still counts as right?"), required=False,
        help_text=_("An answer with more help does not count. So less help never looks like a step back."),
    )  # fmt: skip
    shown = forms.BooleanField(
        label=_("The school sees it too"), required=False,
        help_text=_("You can change this at any time. Until then it is only yours."),
    )  # fmt: skip

    def __init__(self, *args: Any, goals: Sequence[Goal], shows: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        said = page_tongue()
        belongs = [(f"{GOAL}:{one.row_id}", one.name) for one in goals]
        others = [
            (BEHAVIOR, _("A behavior that we want to understand")),
            (OWN, _("Something else that we want to see")),
        ]
        self._choose("belongs", [*belongs, *others])
        self._choose("way", [(way.value, _way_said(way)) for way in WAY_NAMES])
        self._choose("prompt", [(level, said.say(PROMPT_NAMES[level]).capitalize()) for level in PROMPTS])
        if not shows:
            del self.fields["shown"]
        self.order_fields(["form_key", "belongs", "title", "way", "top", "prompt"])

    def what(self) -> What:
        """What is measured, for the verbs."""
        said = self.cleaned_data
        about, _colon, row = said["belongs"].partition(":")
        return What(
            about, said["way"], plan_kind="iep" if row else "", row_id=row,
            top=said["top"] if said["way"] == Way.RUBRIC else None,
            prompt=said["prompt"] if said["way"] == Way.TRIALS else "",
        )  # fmt: skip

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]


class TeachingForm(forms.Form):
    """From which day on something is taught in another way, and how."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    on = forms.DateField(label=_("From which day on?"), widget=DATE)
    what = forms.CharField(
        label=_("What changed?"), max_length=LONGEST_TITLE, help_text=_("Such as: a new reading program.")
    )

    def clean_on(self) -> date:
        """A day that a person can mean."""
        return sensible(self.cleaned_data["on"])


class DecisionForm(forms.Form):
    """What was decided and why. `rule` is the rule that spoke on the page that was read."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    rule = forms.CharField(widget=forms.HiddenInput, required=False)
    does = forms.ChoiceField(label=_("What was decided?"), choices=tuple(DOES.items()), widget=forms.RadioSelect)
    why = forms.CharField(
        label=_("Why?"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One sentence is enough."),
    )  # fmt: skip
    on = forms.DateField(label=_("On which day?"), widget=DATE)

    def clean_on(self) -> date:
        """A day that a person can mean."""
        return sensible(self.cleaned_data["on"])


class EndForm(forms.Form):
    """The last day on which it is measured."""

    on = forms.DateField(label=_("The last day"), widget=DATE)

    def clean_on(self) -> date:
        """A day that a person can mean."""
        return sensible(self.cleaned_data["on"])


class ShowForm(forms.Form):
    """Whether the school sees a measure of the family."""

    shown = forms.ChoiceField(choices=((YES, YES), (NO, NO)))


def _way_said(way: Way) -> str:
    """The way, with the unit of its numbers where its name does not say it."""
    said = page_tongue()
    name = said.say(WAY_NAMES[way])
    return f"{name} ({said.say(unit(way))})" if way in (Way.TRIALS, Way.DURATION) else name


def _sensible(day: date | None) -> date | None:
    return sensible(day) if day else None
