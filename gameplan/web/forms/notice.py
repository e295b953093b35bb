"""The forms of notices: writing one, translating it, sending a paper, and what the family says about languages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final, cast
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gameplan.letters import LetterField, MissingFields
from gameplan.notices.proofs import Help
from gameplan.notices.recipients import Recipient, key_of
from gameplan.notices.sending import BY_HAND, EMAIL, MAIL, PORTAL, Way
from gameplan.tongues import LANGUAGES
from gameplan.web.forms.fact import DATE
from gameplan.web.forms.letter import LetterForm

WAY_NAMES: Final = {
    EMAIL: _("By e-mail, with a private link"), BY_HAND: _("By hand"), MAIL: _("By mail"),
    PORTAL: _("Here in the program"),
}  # fmt: skip
OTHER: Final = "other"
LANGUAGE_CHOICES: Final = [*LANGUAGES.items(), (OTHER, _("Another language"))]
HOW_NAMES: Final = (("told", _("Said it to us")), ("written", _("Wrote it to us")))
HELP_NAMES: Final = (
    (Help.INTERPRETER, _("An interpreter for a meeting")),
    (Help.TRANSLATION, _("A paper translated")),
    (Help.ORAL, _("A notice told in my language, because it is not a written one")),
)


class NoticeForm(LetterForm):
    """What a notice says; `values()` gives it as `notices.writing` takes it."""

    def refuse_missing(self, error: MissingFields) -> None:
        """Mark each field without which there is no notice at all."""
        for field in error.fields:
            self.add_error(field.id if field.id in self.fields else None, _("The notice needs this."))


class TranslationForm(forms.Form):
    """The words of a notice in another language, field by field; what stands in the original is the help."""

    translated_by = forms.CharField(
        label=_("Who translated it?"), max_length=200, help_text=_("The name, and if you like the office or company.")
    )

    def __init__(self, *args: Any, asked: Iterable[LetterField], original: dict[str, str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.asked = list(asked)
        for one in self.asked:
            widget = forms.Textarea(attrs={"rows": 4}) if one.type == "text" else forms.TextInput()
            self.fields[one.id] = forms.CharField(
                label=one.label, help_text=original.get(one.id, ""), required=False, widget=widget
            )
        self.order_fields([*(one.id for one in self.asked), "translated_by"])

    def values(self) -> dict[str, str]:
        """The words of each field."""
        return {one.id: str(self.cleaned_data.get(one.id) or "") for one in self.asked}


class SendForm(forms.Form):
    """To whom a paper goes, and how. `today`: a day after it is refused."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    to = forms.ChoiceField(label=_("Who gets it?"), widget=forms.RadioSelect)
    how = forms.ChoiceField(label=_("How does it go out?"), choices=list(WAY_NAMES.items()), widget=forms.RadioSelect)
    on = forms.DateField(
        label=_("On which day?"), widget=DATE,
        help_text=_("By mail: the day on which it was posted. An e-mail goes out today."),
    )  # fmt: skip
    handed_by = forms.CharField(label=_("By hand: who gave it?"), max_length=200, required=False)
    signed = forms.BooleanField(label=_("The family signed that they got it"), required=False)
    arrived = forms.DateField(
        label=_("By mail: when did it arrive?"), widget=DATE, required=False,
        help_text=_("Only if you know, for example from a receipt."),
    )  # fmt: skip
    no_translation = forms.CharField(
        label=_("Why it clearly cannot be in this person’s own language"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only if no translation can be made. Leave it open otherwise."),
    )  # fmt: skip

    def __init__(self, *args: Any, recipients: Iterable[Recipient], today: date, **more: Any) -> None:
        more["initial"] = {"form_key": uuid4(), "on": today, **(more.get("initial") or {})}
        super().__init__(*args, **more)
        self.today = today
        self.recipients = {one.person: one for one in recipients}
        choices = [(one.person, one.name or _("The family")) for one in self.recipients.values()]
        cast(forms.ChoiceField, self.fields["to"]).choices = choices
        if len(choices) == 1:
            self.fields["to"].initial = choices[0][0]

    def clean_on(self) -> date:
        """The day, which has come."""
        return _come(self.cleaned_data["on"], self.today)

    def clean_arrived(self) -> date | None:
        """The day, which has come, or None."""
        day: date | None = self.cleaned_data["arrived"]
        return _come(day, self.today) if day else None

    def recipient(self) -> Recipient:
        """Who gets it."""
        return self.recipients[self.cleaned_data["to"]]

    def way(self) -> Way:
        """How it goes out."""
        said = self.cleaned_data
        on = self.today if said["how"] == EMAIL else said["on"]
        return Way(
            said["how"], on, handed_by=said["handed_by"], signed=said["signed"], arrived=said["arrived"],
            no_translation=said["no_translation"],
        )  # fmt: skip


class ArrivedForm(forms.Form):
    """On which day a mailed paper arrived."""

    arrived = forms.DateField(label=_("When did it arrive?"), widget=DATE)


class AboutSomebody(forms.Form):
    """A form about one of the family; the school also names somebody without an account."""

    who = forms.ChoiceField(label=_("Who is it?"))
    name = forms.CharField(
        label=_("The name"), required=False, max_length=100, help_text=_("Only for somebody without an account.")
    )

    def __init__(self, *args: Any, recipients: Iterable[Recipient], may_name: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        self.recipients = {one.person: one for one in recipients}
        choices: list[tuple[str, Any]] = [(one.person, one.name or _("The family")) for one in self.recipients.values()]
        if may_name:
            choices.append((OTHER, _("Somebody without an account")))
        else:
            del self.fields["name"]
        cast(forms.ChoiceField, self.fields["who"]).choices = choices

    def clean(self) -> dict[str, Any]:
        """Somebody without an account has a name."""
        said = super().clean() or {}
        if said.get("who") == OTHER and not said.get("name"):
            self.add_error("name", _("Write the name."))
        return said

    def person(self) -> tuple[str, str]:
        """The id in the case, and the name."""
        chosen = self.cleaned_data["who"]
        if chosen == OTHER:
            name = self.cleaned_data["name"]
            return key_of(name), name
        return chosen, self.recipients[chosen].name


class WishForm(AboutSomebody):
    """Which languages somebody wants."""

    papers = forms.ChoiceField(label=_("Papers in"), choices=LANGUAGE_CHOICES)
    papers_other = forms.CharField(label=_("Which other language, for papers?"), required=False, max_length=60)
    meetings = forms.ChoiceField(label=_("Meetings in"), choices=LANGUAGE_CHOICES)
    meetings_other = forms.CharField(label=_("Which other language, for meetings?"), required=False, max_length=60)
    interpreter = forms.BooleanField(label=_("Wants an interpreter at meetings"), required=False)
    not_written = forms.BooleanField(
        label=_("The language is not a written one, or this person reads in another way"), required=False,
        help_text=_("Then notices are told, or given in braille or in sign language."),
    )  # fmt: skip
    note = forms.CharField(label=_("What else helps"), required=False, max_length=1000)

    def clean(self) -> dict[str, Any]:
        """Another language has a name."""
        said = super().clean()
        for name in ("papers", "meetings"):
            if said.get(name) == OTHER and not said.get(f"{name}_other"):
                self.add_error(f"{name}_other", _("Write the name of the language."))
        return said

    def language(self, name: str) -> str:
        """The language for papers or meetings: a code, or its name."""
        chosen: str = self.cleaned_data[name]
        return str(self.cleaned_data[f"{name}_other"]) if chosen == OTHER else chosen


class ChoiceForm(AboutSomebody):
    """E-mail, or not."""

    by_email = forms.ChoiceField(
        label=_("Notices by e-mail?"), widget=forms.RadioSelect,
        choices=(("yes", _("Yes, with a private link")), ("no", _("No, on paper"))),
    )  # fmt: skip
    address = forms.EmailField(label=_("E-mail address"), required=False, help_text=_("Only if you chose e-mail."))
    how = forms.ChoiceField(label=_("How did they tell you?"), choices=HOW_NAMES, required=False)

    def __init__(self, *args: Any, may_name: bool, **more: Any) -> None:
        super().__init__(*args, may_name=may_name, **more)
        if not may_name:
            del self.fields["how"]


class HelpForm(AboutSomebody):
    """An interpreter or a translation is asked for."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    what = forms.ChoiceField(label=_("What is needed?"), choices=HELP_NAMES, widget=forms.RadioSelect)
    lang = forms.CharField(label=_("In which language?"), max_length=60)
    for_what = forms.CharField(
        label=_("For what?"), required=False, max_length=200, help_text=_("For example: the meeting about the plan.")
    )
    needed_by = forms.DateField(
        label=_("By which day?"), required=False, widget=DATE,
        help_text=_("The law names no number of days. It must be there when you need it."),
    )  # fmt: skip


class DoneForm(forms.Form):
    """The interpreter was there, or the translation is done."""

    done_on = forms.DateField(label=_("On which day?"), widget=DATE)
    by_whom = forms.CharField(label=_("Who did it?"), max_length=200)
    understood = forms.ChoiceField(
        label=_("For a notice that was told: did the parent understand it?"), required=False,
        choices=(("", _("It was not about that")), ("yes", _("Yes")), ("no", _("No"))),
    )  # fmt: skip


def _come(day: date, today: date) -> date:
    if day > today:
        raise ValidationError(_("This day is still to come."))
    return day
