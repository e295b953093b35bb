"""Forms of extra help in class: begin it, change how much, note how it goes, measure it, end it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from gameplan.core.words import Say
from gameplan.measures.ways import WAY_NAMES, Way, unit
from gameplan.progress.doors import SUPPORT
from gameplan.progress.grouping import LONGEST_NAME, GroupWords
from gameplan.progress.measuring import Aim, What
from gameplan.progress.models_supports import Group
from gameplan.progress.supporting import (
    LONGEST,
    LONGEST_TITLE,
    LONGEST_WHO,
    MOST_MINUTES,
    MOST_TIMES,
    Dose,
    Help,
    Noting,
)
from gameplan.progress.tiers import (
    AREAS,
    FIDELITY,
    NOTE,
    REVIEW,
    TIER_NAMES,
    TOLD,
    TOLD_OF,
    WAYS,
    WHYS,
)
from gameplan.web.forms.fact import DATE
from gameplan.web.templatetags.look import page_tongue

PER_CHOICES = (("", "–"), ("day", _("a day")), ("week", _("a week")))
YES, NO, CANNOT_TELL = "yes", "no", "cannot-tell"
ADEQUATE = ((YES, _("Yes")), (NO, _("No")), (CANNOT_TELL, _("We cannot tell yet")))
MORE, LESS = "more", "less"
RISES = ((MORE, _("More is better")), (LESS, _("Less is better")))
WAYS_HERE: Final = tuple(way for way in Way if way not in (Way.RUBRIC, Way.TRIALS))
"""Ways that need nothing more than a number; the other two are begun on the page of progress."""


def _number(label: Any, most: int) -> forms.IntegerField:
    shown = forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    return forms.IntegerField(label=label, required=False, min_value=1, max_value=most, widget=shown)


def _words(label: Any, *, required: bool = False, rows: int = 2, **more: Any) -> forms.CharField:
    shown = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
    return forms.CharField(label=label, required=required, max_length=LONGEST, widget=shown, **more)


def _day(label: Any, *, required: bool = True, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, required=required, widget=DATE, **more)


def _choices(words: Mapping[Any, Say]) -> list[tuple[Any, str]]:
    said = page_tongue()
    return [(name, said.say(word)) for name, word in words.items()]


class DoseForm(forms.Form):
    """How much help, by whom, in which group, until when. `groups`: those of the child's school."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    minutes = _number(_("How many minutes each time?"), MOST_MINUTES)
    times = _number(_("How many times?"), MOST_TIMES)
    per = forms.ChoiceField(label=_("A day or a week?"), choices=PER_CHOICES, required=False)
    who = forms.CharField(
        label=_("Who gives it?"), required=False, max_length=LONGEST_WHO, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    group = forms.ChoiceField(label=_("In which group?"), required=False)
    until = _day(_("Until when is it planned?"), required=False)

    def __init__(self, *args: Any, groups: Sequence[Group], **more: Any) -> None:
        super().__init__(*args, **more)
        if groups:
            named = [(str(one.pk), one.name) for one in groups]
            self.fields["group"].choices = [("", _("In no group")), *named]  # type: ignore[attr-defined]
        else:
            del self.fields["group"]
        self._groups = {str(one.pk): one.pk for one in groups}

    def dose(self) -> Dose:
        """What was typed, as the verbs take it. Only after `is_valid()`."""
        said = self.cleaned_data
        group = self._groups.get(said.get("group") or "")
        return Dose(said["minutes"], said["times"], said["per"], said["who"], group, said["until"])


class BeginForm(DoseForm):
    """New help: its tier and area, its name, its first day, and how much of it."""

    tier = forms.TypedChoiceField(label=_("Which tier?"), coerce=int, widget=forms.RadioSelect)
    area = forms.ChoiceField(label=_("What is the help for?"))
    title = forms.CharField(
        label=_("What is it?"), max_length=LONGEST_TITLE, widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("Such as: reading group with Ms. Lee."),
    )  # fmt: skip
    since = _day(_("Since when?"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["tier"].choices = _choices(TIER_NAMES)  # type: ignore[attr-defined]
        self.fields["area"].choices = _choices(AREAS)  # type: ignore[attr-defined]
        self.order_fields(["form_key", "tier", "area", "title", "since"])

    def help_(self) -> Help:
        """What was typed, as the verbs take it. Only after `is_valid()`."""
        said = self.cleaned_data
        return Help(said["tier"], said["area"], said["title"], said["since"], self.dose())


class ChangeForm(DoseForm):
    """Another dose from now on, and why."""

    why = _words(_("Why does it change?"), required=True, help_text=_("One sentence is enough."))


class EndForm(forms.Form):
    """The last day of help, and why it ended."""

    on = _day(_("Which was the last day?"))
    why = forms.ChoiceField(label=_("Why did it end?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["why"].choices = _choices(WHYS)  # type: ignore[attr-defined]


class NotingForm(forms.Form):
    """One thing that is noted of help; each kind has a form of its own."""

    kind = NOTE
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    on = _day(_("On which day?"))
    text = _words(_("In your own words"))

    def noting(self) -> Noting:
        """What was typed, as the verbs take it. Only after `is_valid()`."""
        said = self.cleaned_data
        return Noting(self.kind, said["on"], said["text"])


class FidelityForm(NotingForm):
    """How much of what was planned was done."""

    kind = FIDELITY
    share = forms.IntegerField(
        label=_("How much of what was planned was done, in percent?"), min_value=0, max_value=100,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    field_order = ("form_key", "on", "share", "text")

    def noting(self) -> Noting:
        """What was typed, as the verbs take it."""
        said = self.cleaned_data
        return Noting(FIDELITY, said["on"], said["text"], share=said["share"])


class ReviewForm(NotingForm):
    """Whether progress was good enough."""

    kind = REVIEW
    adequate = forms.ChoiceField(
        label=_("Is the progress good enough?"), choices=ADEQUATE, widget=forms.RadioSelect,
        help_text=_(
            "“No” after a fair time of help starts a duty: to ask promptly for permission to evaluate "
            "(34 CFR 300.309(c))."
        ),
    )  # fmt: skip
    shared = forms.BooleanField(label=_("The family was told what the review came to"), required=False)
    field_order = ("form_key", "on", "adequate", "shared", "text")

    def noting(self) -> Noting:
        """What was typed, as the verbs take it."""
        said = self.cleaned_data
        adequate = {YES: True, NO: False}.get(said["adequate"])
        return Noting(REVIEW, said["on"], said["text"], adequate=adequate, shared=said["shared"] or None)


class ToldForm(NotingForm):
    """What the family was told, when, and how."""

    kind = TOLD
    way = forms.ChoiceField(label=_("How was the family told?"))
    told_of = forms.MultipleChoiceField(
        label=_("What was the family told?"), widget=forms.CheckboxSelectMultiple,
        help_text=_("An evaluation for a learning disability has to show all three (34 CFR 300.311(a)(7))."),
    )  # fmt: skip
    field_order = ("form_key", "on", "way", "told_of", "text")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["way"].choices = _choices(WAYS)  # type: ignore[attr-defined]
        self.fields["told_of"].choices = _choices(TOLD_OF)  # type: ignore[attr-defined]

    def noting(self) -> Noting:
        """What was typed, as the verbs take it."""
        said = self.cleaned_data
        return Noting(TOLD, said["on"], said["text"], way=said["way"], told_of=tuple(said["told_of"]))


NOTING_FORMS: Final[Mapping[str, type[NotingForm]]] = {
    one.kind: one for one in (FidelityForm, ReviewForm, ToldForm, NotingForm)
}


class MeasureForm(forms.Form):
    """A measure of help: what is counted, the screening that it starts from, and the aim."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(
        label=_("What is counted?"), max_length=LONGEST_TITLE, help_text=_("Such as: words read aloud in a minute."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )  # fmt: skip
    way = forms.ChoiceField(label=_("How is it measured?"))
    rises = forms.ChoiceField(
        label=_("Which way is better?"), choices=RISES, widget=forms.RadioSelect, initial=MORE
    )  # fmt: skip
    baseline = forms.DecimalField(
        label=_("Where it starts: the screening"), required=False, min_value=0, help_text=_("A number, such as 42.")
    )
    baseline_on = _day(_("Day of the screening"), required=False)
    target = forms.DecimalField(label=_("Where it should get"), required=False, min_value=0)
    target_on = _day(_("By when?"), required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        said = page_tongue()
        choices = [(way.value, f"{said.say(WAY_NAMES[way])} ({said.say(unit(way))})") for way in WAYS_HERE]
        self.fields["way"].choices = choices  # type: ignore[attr-defined]

    def what(self, support_id: str) -> What:
        """What is measured, for the verbs."""
        return What(SUPPORT, self.cleaned_data["way"], support_id=support_id)

    def aim(self) -> Aim:
        """From where to where, for the verbs."""
        said = self.cleaned_data
        numbers = (said[name] for name in ("baseline", "baseline_on", "target", "target_on"))
        return Aim(said["title"], said["rises"] == MORE, *numbers)


class GroupForm(forms.Form):
    """A new group of a school."""

    name = forms.CharField(
        label=_("Name of the group"), max_length=LONGEST_NAME, widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("Such as: Reading, Tuesdays. No names of children."),
    )  # fmt: skip
    tier = forms.TypedChoiceField(label=_("Which tier?"), coerce=int)
    area = forms.ChoiceField(label=_("What is the help for?"))
    who = forms.CharField(
        label=_("Who teaches it?"), required=False, max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["tier"].choices = _choices(TIER_NAMES)  # type: ignore[attr-defined]
        self.fields["area"].choices = _choices(AREAS)  # type: ignore[attr-defined]

    def words(self) -> GroupWords:
        """What was typed, as the verbs take it."""
        said = self.cleaned_data
        return GroupWords(said["name"], said["tier"], said["area"], said["who"])


class RenameForm(forms.Form):
    """Another name of a group, and who teaches it now."""

    name = forms.CharField(label=_("Name of the group"), max_length=LONGEST_NAME)
    who = forms.CharField(label=_("Who teaches it?"), required=False, max_length=LONGEST_NAME)


class FilterForm(forms.Form):
    """Which help of a school is shown."""

    tier = forms.TypedChoiceField(label=_("Tier"), coerce=int, required=False, empty_value=None)
    area = forms.ChoiceField(label=_("Area"), required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["tier"].choices = _all(_choices(TIER_NAMES))  # type: ignore[attr-defined]
        self.fields["area"].choices = _all(_choices(AREAS))  # type: ignore[attr-defined]


def _all(choices: Iterable[tuple[Any, str]]) -> list[tuple[Any, Any]]:
    return [("", _("All")), *choices]
