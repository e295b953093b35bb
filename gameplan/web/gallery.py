"""One page with every part and every picture, for reviewers, translators and the accessibility check."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET

from gameplan.core.words import Say
from gameplan.web import gallery_samples as samples
from gameplan.web.forms.uploads import UploadField
from gameplan.web.pictures.timeline import timeline
from gameplan.web.templatetags.look import page_tongue

NAMES = {
    "intervention-reviewed": gettext_noop("The school looked at how extra help works"),
    "evaluation-requested": gettext_noop("You asked for an evaluation"),
    "concern-raised": gettext_noop("Someone raised a concern"),
    "meeting-held": gettext_noop("Meeting"),
}


class SampleForm(forms.Form):
    """Every kind of field, some of them filled in wrongly."""

    name = forms.CharField(
        label=_("What should we call your child?"),
        help_text=_("A nickname is fine. It stays on this computer."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    asked = forms.DateField(
        label=_("When did the school get your request?"),
        help_text=_("Month, day and year. A guess is better than nothing."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    state = forms.ChoiceField(label=_("Which State is the school in?"), choices=[("TX", "Texas"), ("CA", "California")])
    how = forms.ChoiceField(
        label=_("How did you ask?"),
        widget=forms.RadioSelect,
        choices=[
            ("letter", _("In a letter")),
            ("mail", _("In an e-mail")),
            ("talk", _("In a talk, or on the phone")),
        ],
    )
    story = forms.CharField(label=_("What worries you?"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    photo = UploadField(label=_("Photo or PDF of the letter"), required=False, help_text=_("Up to 15 MB."))
    agreed = forms.BooleanField(label=_("The school has signed for it"), required=False)


@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """The page with every part and picture, filled from a made-up family."""
    messages.success(request, _("Saved. You can change it at any time."))
    story = samples.timeline_case()
    moments = samples.moments()
    standing = moments[1].standing
    context = {
        "moments": moments,
        "duties": (
            samples.answer_duty("due-soon"),
            replace(samples.answer_duty("late"), started_by="f2-late"),
            samples.appeal_duty(),
        ),
        "counted": (samples.school_days_duty(), samples.yearly_duty()),
        "others": samples.every_status(),
        "options": samples.OPTIONS,
        "form": SampleForm({"name": "", "asked": "", "how": "letter"}),
        "timeline": timeline(story, standing, page_tongue(), names=NAMES, fact_url=lambda fact: f"#{fact.id}"),
        "take_care": Say("Some dates here count school days. Add the school calendar to see them exactly."),
        "passed": Say("The answer was due on {day} and is not here.", {"day": date(2025, 9, 24)}),
        "table": {
            "caption": _("What each side says"),
            "heads": [_("Event"), _("You"), _("The school")],
            "rows": [
                [_("Request received"), "2025-09-03", "2025-09-11"],
                [_("Consent received"), "2025-09-26", "2025-10-03"],
            ],
        },
    }
    return render(request, "parts/gallery.html", context)


@require_GET
def gallery_question(request: HttpRequest) -> HttpResponse:
    """A question page as the reader meets it."""
    return render(
        request,
        "parts/gallery_question.html",
        {"form": SampleForm(), "step": 4, "total": 11, "can_skip": True, "can_go_back": True},
    )
