"""Forms of permission: what the school asks; the family's answer, one question a screen; a signed paper; signing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from gameplan.law.contents import ConsentRule
from gameplan.letters.consent_form import NO, YES, Asked, ConsentKind, Item
from gameplan.letters.consent_form.asked import INTERPRETER, SAME, TRANSLATED
from gameplan.tongues import LANGUAGES
from gameplan.web.forms.fact import DATE
from gameplan.web.forms.papers import ABOUT_PAPERS
from gameplan.web.forms.uploads import UploadField

ONE_BY_ONE: Final = "items"
SEPARATOR: Final = " | "
FACT_NAMES: Final = {
    "initial-evaluation": _("The first evaluation"), "reevaluation": _("A further evaluation"),
}  # fmt: skip
UNDERSTOOD_NAMES: Final = (
    (SAME, _("This form is in their language")),
    (TRANSLATED, _("They get it in their language, too")),
    (INTERPRETER, _("It is explained to them in their language")),
)
YES_OR_NO: Final = ((YES, _("Yes, I give my permission")), (NO, _("No, I do not give my permission")))
LEFT_OPEN: Final = ("", _("I leave this open"))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(" ".join(line.split()) for line in text.splitlines() if line.strip())


def _text(
    label: Any, *, rows: int = 3, required: bool = False, help_text: Any = "", most: int = 6000
) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, help_text=help_text, max_length=most,
        widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}),
    )  # fmt: skip


class AskForm(forms.Form):
    """What the school asks. What the law wants and is not there is said by the verb, all at once."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    fact_for = forms.ChoiceField(label=_("Which evaluation is it?"), widget=forms.RadioSelect, required=False)
    items = _text(
        "", rows=4,
        help_text=_("One on each line. After a vertical bar you may say more: Speech test | one morning."),
    )  # fmt: skip
    why = _text(_("Why do you ask?"), help_text=_("In plain words, for the family."))
    how = _text(_("What will be done, by whom, and when?"))
    has_records = forms.ChoiceField(
        label=_("Do records about the child go to others because of this?"), widget=forms.RadioSelect, required=False,
        choices=(("no", _("No")), ("yes", _("Yes"))),
    )  # fmt: skip
    records = _text(_("Which records?"), rows=2, help_text=_("One on each line."))
    recipients = _text(_("Who gets them?"), rows=2, help_text=_("One on each line."))
    purpose = _text(_("What are they for?"), rows=2)
    lang = forms.ChoiceField(
        label=_("In which language is the form?"), choices=tuple(LANGUAGES.items()), widget=forms.RadioSelect
    )
    family_language = forms.CharField(label=_("Which language does the family speak?"), max_length=60, required=False)
    understood = forms.ChoiceField(
        label=_("How do they understand this form?"), choices=UNDERSTOOD_NAMES, widget=forms.RadioSelect, required=False
    )
    understood_by = forms.CharField(label=_("Who translates or explains it?"), max_length=120, required=False)
    contact = forms.CharField(label=_("Whom can the family ask?"), max_length=200, required=False)
    on = forms.DateField(label=_("The day on which you ask"), widget=DATE)
    received = forms.DateField(
        label=_("The day on which the family has the form"), widget=DATE, required=False,
        help_text=_("Leave this empty if you do not know it yet."),
    )  # fmt: skip

    def __init__(self, *args: Any, kind: ConsentKind, rule: ConsentRule, lang: str, **more: Any) -> None:
        """`lang`: the language of the page, in which the things are called."""
        super().__init__(*args, **more)
        self.kind = kind
        known = kind.facts_for(rule)
        self.fields["fact_for"].choices = [(one, FACT_NAMES.get(one, one)) for one in known]  # type: ignore[attr-defined]
        self.fields["items"].label = kind.items.get(lang, "")
        left_out = [
            name
            for name, is_out in (
                ("fact_for", len(known) < 2), ("items", not kind.items), ("has_records", kind.records != "asked"),
                ("records", kind.records == "never"), ("recipients", kind.records == "never"),
                ("purpose", kind.records == "never"),
            )
            if is_out
        ]  # fmt: skip
        for name in left_out:
            del self.fields[name]

    def asked(self) -> Asked:
        """What is asked, without what the case itself tells."""
        said: Mapping[str, Any] = self.cleaned_data
        has_records = {"yes": True, "no": False}.get(said.get("has_records", ""))
        words = {name: " ".join(str(said.get(name, "")).split()) for name in (
            "why", "how", "purpose", "contact", "family_language", "understood", "understood_by",
        )}  # fmt: skip
        return Asked(
            self.kind.id, said["lang"], said["on"], "", items=_items(said.get("items", "")),
            has_records=False if self.kind.records == "never" else has_records,
            records=_lines(said.get("records", "")), recipients=_lines(said.get("recipients", "")), **words,
        )  # fmt: skip


def _items(text: str) -> tuple[Item, ...]:
    rows = (line.partition("|") for line in _lines(text))
    return tuple(
        Item(f"i{number}", name.strip(), about.strip())
        for number, (name, _bar, about) in enumerate(rows, start=1)
        if name.strip()
    )


class WayForm(forms.Form):
    """Yes to all, no to all, or one by one."""

    way = forms.ChoiceField(widget=forms.RadioSelect)

    def __init__(self, *args: Any, single: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        ways = YES_OR_NO if single else (
            (YES, _("Yes to all of it")), (NO, _("No to all of it")), (ONE_BY_ONE, _("Yes to some, one by one")),
        )  # fmt: skip
        self.fields["way"] = forms.ChoiceField(
            label=_("What is your answer?"), choices=ways, widget=forms.RadioSelect,
            error_messages={"required": _("Choose one, or leave this page. Silence is not written down.")},
        )  # fmt: skip


class ItemsForm(forms.Form):
    """Yes or no to each thing; what is left open is not answered."""

    def __init__(self, *args: Any, items: Sequence[Item], **more: Any) -> None:
        super().__init__(*args, **more)
        self.items = {f"item_{one.id}": one for one in items}
        add_item_fields(self, items)

    def answers(self) -> dict[str, str]:
        """What was answered, by the id of the thing."""
        return {one.id: said for name, one in self.items.items() if (said := self.cleaned_data.get(name))}


def add_item_fields(form: forms.Form, items: Iterable[Item]) -> None:
    """A question with yes, no and open for each thing."""
    for one in items:
        form.fields[f"item_{one.id}"] = forms.ChoiceField(
            label=f"{one.text}: {one.about}" if one.about else one.text, required=False, widget=forms.RadioSelect,
            choices=(*YES_OR_NO, LEFT_OPEN),
        )  # fmt: skip


class WordsForm(forms.Form):
    """The parent's own words beside the answer."""

    words = forms.CharField(
        label=_("Do you want to add something in your own words?"), required=False, max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("You may leave this empty. What you write here goes to the school with your answer."),
    )  # fmt: skip


class SignForm(forms.Form):
    """The act of signing: the name is typed, the tick is set, below the whole text. `seen`: the hash of that text."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    name = forms.CharField(
        label=_("Your name, as you write it when you sign"), required=False, max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    ticked = forms.BooleanField(label=_("I sign this"), required=False)


class PaperForm(forms.Form):
    """A form that was signed on paper: its days and its photo. `household`: it may be only written down."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    means = forms.ChoiceField(
        label=_("How was it given?"), widget=forms.RadioSelect,
        choices=(("paper", _("Signed on paper")), ("household", _("Said in another way; we write it down here"))),
    )  # fmt: skip
    signed = forms.DateField(label=_("The day of the signature"), widget=DATE)
    on = forms.DateField(
        label=_("The day on which the school has it"), widget=DATE,
        help_text=_("The time of the school runs from this day, not from the day of the signature."),
    )  # fmt: skip
    photo = UploadField(label=_("Photo or PDF of the signed form"), required=False, help_text=ABOUT_PAPERS)

    def __init__(
        self, *args: Any, household: bool, must_show: bool = False, items: Sequence[Item] = (), **more: Any
    ) -> None:
        """`items`: ask yes or no to each of them, too. `must_show`: it counts with a photo and a name only."""
        super().__init__(*args, **more)
        self.items = {f"item_{one.id}": one for one in items}
        if items:
            add_item_fields(self, items)
            self.fields["words"] = WordsForm.base_fields["words"]
        if not household:
            del self.fields["means"]
        self.fields["photo"].required = must_show
        if must_show:
            self.fields["signed_by"] = forms.CharField(label=_("Who signed it?"), max_length=200)
        self.order_fields(["form_key", *self.items, "words", "means", "signed_by", "signed", "on", "photo"])

    def answers(self) -> dict[str, str]:
        """What was answered, by the id of the thing."""
        return {one.id: said for name, one in self.items.items() if (said := self.cleaned_data.get(name))}


class RevokeForm(forms.Form):
    """What is taken back, and why if one wants to say."""

    items = forms.MultipleChoiceField(
        label=_("What do you take back?"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose what you take back, or leave this page.")},
    )  # fmt: skip
    words = WordsForm.base_fields["words"]

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], whole: bool, **more: Any) -> None:
        """`whole`: only all of it can be taken back."""
        super().__init__(*args, **more)
        self.fields["items"].choices = choices  # type: ignore[attr-defined]
        if whole:
            self.fields["items"].initial = [name for name, _label in choices]


class ScreenForm(forms.Form):
    """Agreeing to sign on a screen."""

    opened = forms.BooleanField(label=_("I could open the sample"), required=False)
    chose = forms.BooleanField(label=_("Yes, I want to sign on a screen and get my copies by e-mail"), required=False)


def day_of_today(form: forms.Form, name: str, today: date) -> bool:
    """True if the day in that field has come; else it says so in the form."""
    day = form.cleaned_data.get(name)
    if day and day > today:
        form.add_error(name, _("This day has not come yet."))
        return False
    return True
