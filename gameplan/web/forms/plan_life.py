"""Forms for the life of a plan: share a draft, propose, answer thing by thing, put a slip of the pen right, end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from gameplan.plans.items import DecideItem
from gameplan.plans.life_events import AGREED, ANNUAL, FIRST, REFUSED, WITH_MEETING, WITHOUT_MEETING
from gameplan.web.forms.fact import DATE
from gameplan.web.templatetags.look import page_tongue

OPEN: Final = ""
NOT_A_DAY = _("Fill in the day.")
HOWS: Final = {
    FIRST: _("The first plan"),
    ANNUAL: _("The plan for a new year"),
    WITH_MEETING: _("A change between two yearly reviews, made at a meeting"),
    WITHOUT_MEETING: _("A change between two yearly reviews, agreed in writing without a meeting"),
}
REASONS: Final = (
    ("revoked", _("The parent took back permission for all services")),
    ("ineligible", _("The child does not qualify any more")),
    ("regular-diploma", _("The student got a regular diploma")),
    ("aged-out", _("The student is too old by State law")),
    ("moved", _("The family moved away")),
    ("transferred-to-regular-education", _("The child needs no special education any more")),
    ("dropped-out", _("The student left school")),
    ("died", _("The child died")),
)


def _day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    errors = {"required": NOT_A_DAY, "invalid": NOT_A_DAY}
    return forms.DateField(label=label, widget=DATE, required=required, help_text=help_text, error_messages=errors)


class ShareForm(forms.Form):
    """When the family got the draft, and for which meeting."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    on = _day(_("The family got the draft on"))
    meeting_on = _day(_("For the meeting on"), required=False)


class ProposeForm(forms.Form):
    """What kind of version it is, and its days."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    how = forms.ChoiceField(label=_("What is it?"), widget=forms.RadioSelect)
    on = _day(_("The family got it on"), help_text=_("The day of the meeting, if they got it there."))
    starts = _day(_("It is meant to start on"))
    notice = _day(
        _("The written notice of it was given on"), required=False,
        help_text=_("The school must tell in writing what it wants to change, and why, before it does."),
    )  # fmt: skip
    copy_given = _day(_("The family got its free copy on"), required=False)
    note = forms.CharField(
        label=_("What is this version about, in a few words?"), required=False, max_length=300,
        help_text=_("For example: less speech therapy, more help in reading."),
    )  # fmt: skip

    def __init__(self, *args: Any, ways: Sequence[str], report: bool = False, **more: Any) -> None:
        """`report`: it is a report, which nobody proposes and which starts nothing."""
        super().__init__(*args, **more)
        if report:
            self.fields["on"].label = _("The report was finished on")
            self.fields["on"].help_text = ""
            for name in ("how", "starts", "notice"):
                del self.fields[name]
            return
        self.fields["how"].choices = [(way, HOWS[way]) for way in ways]  # type: ignore[attr-defined]
        if len(ways) == 1:
            self.fields["how"].initial = ways[0]


class AnswerForm(forms.Form):
    """The parent's answer, thing by thing; what is left open is no answer."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    on = _day(_("The school has the answer since"))
    means = forms.ChoiceField(
        label=_("How was it given?"), widget=forms.RadioSelect,
        choices=(("paper", _("Signed on paper")), ("on-screen", _("Signed on a screen"))),
    )  # fmt: skip

    def __init__(self, *args: Any, items: Sequence[DecideItem], first: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        said = ((AGREED, _("I agree")), (REFUSED, _("I do not agree")), (OPEN, _("No answer yet")))
        self.fields["everything"] = forms.ChoiceField(
            label=_("For all things at once, or one by one?"), widget=forms.RadioSelect, required=False, initial=OPEN,
            choices=(
                (AGREED, _("I agree to all, but for what I say below")),
                (REFUSED, _("I agree to none, but for what I say below")),
                (OPEN, _("One by one, below")),
            ),
        )  # fmt: skip
        if first:
            self.fields["services"] = forms.ChoiceField(
                label=_("May the school begin with services at all?"), choices=said, widget=forms.RadioSelect,
                required=False, initial=OPEN,
                help_text=_("No service may start without this yes. It is asked for once."),
            )  # fmt: skip
        self.items = {f"item{number}": one for number, one in enumerate(items)}
        for name, one in self.items.items():
            label = capfirst(page_tongue().say(one.label))
            self.fields[name] = forms.ChoiceField(
                label=label,
                choices=said,
                widget=forms.RadioSelect,
                required=False,
                initial=OPEN,
            )

    @property
    def item_fields(self) -> list[forms.BoundField]:
        """The fields of the things, for the page."""
        return [self[name] for name in self.items]

    def answers(self) -> dict[str, str]:
        """What was answered, by the key of the thing."""
        return {one.key: said for name, one in self.items.items() if (said := self.cleaned_data.get(name))}

    def services(self) -> bool | None:
        """Permission for first services: yes, no, or nothing said."""
        return {AGREED: True, REFUSED: False}.get(self.cleaned_data.get("services", ""))


class CorrectForm(forms.Form):
    """What should stand there, and what was wrong with it."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    path = forms.CharField(widget=forms.HiddenInput)
    now = forms.CharField(label=_("What should stand there"), widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}))
    why = forms.CharField(label=_("What was wrong with it"), max_length=300)


class EndForm(forms.Form):
    """When services and plan ended, and why."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    on = _day(_("Last day of services"))
    reason = forms.ChoiceField(label=_("Why"), choices=REASONS, widget=forms.RadioSelect)
    revoked_on = _day(_("If permission was taken back: the school got the letter on"), required=False)
