"""The forms of the questions about what happened, from extra help in class to services."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gameplan.web.forms.story import GatedForm, choice, day, few_words, picked, unknown

NO, UNSURE = ("no", _("No")), ("no-unsure", _("I do not know"))
NOT_YET = ("no-not-yet", _("Not yet"))
LEAVE_EMPTY = _("Leave it empty if you do not know.")


class SupportsForm(GatedForm):
    """Extra help in the classroom."""

    gate = choice("", ("yes", _("Yes")), NO, UNSURE)
    on = day(_("When did it start?"), _("The first day, as near as you can tell."))
    unknown = unknown()
    about = few_words(_("What kind of help is it?"), _("For example: a small reading group, three times a week."))
    tier = picked(
        _("Did they name a tier (a level of help)?"),
        ("", _("No, or I do not know")), ("1", _("Tier 1")), ("2", _("Tier 2")), ("3", _("Tier 3")),
    )  # fmt: skip
    past = ("on",)


class ConcernForm(GatedForm):
    """What the family sees, and when it told the school."""

    about = few_words(_("What do you see?"), _("In your own words. A few sentences are enough."))
    gate = choice(_("Have you told the school?"), ("yes", _("Yes")), NO)
    on = day(_("When did you first tell the school?"))
    unknown = unknown()
    written = choice(
        _("Did you tell them in writing?"), ("yes", _("Yes, in writing")), ("no", _("No, we talked")),
        help_text=_("An e-mail or a text message is writing."),
    )  # fmt: skip
    past = ("on",)

    def _forget_rest(self) -> None:
        about = self.cleaned_data.get("about")
        super()._forget_rest()
        self.cleaned_data["about"] = about


class RequestedForm(GatedForm):
    """The request for an evaluation."""

    gate = choice(
        "",
        ("yes-parent", _("Yes, we did")),
        ("yes-teacher", _("Yes, a teacher did")),
        ("yes-agency", _("Yes, the school or district itself did")),
        ("yes-other", _("Yes, someone else did")),
        NO,
        ("has-iep", _("My child has an IEP already")),
        UNSURE,
    )
    how = picked(
        _("How was it asked?"),
        ("", _("I do not know")),
        ("by-hand", _("In a letter, handed in")),
        ("mail", _("In a letter by mail")),
        ("email", _("By e-mail")),
        ("portal", _("On the school’s website or app")),
        ("fax", _("By fax")),
        ("spoken", _("Only spoken, in a talk or on the phone")),
    )
    sent = day(_("When was it sent or said?"))
    received = day(_("When did the school get it?"), LEAVE_EMPTY)
    unknown = unknown()
    when = ("sent", "received")
    order = (("sent", "received"),)
    past = ("sent", "received")


class AnsweredForm(GatedForm):
    """What the school did about the request."""

    gate = choice(
        "",
        ("yes-form", _("Yes: it asked me to sign a permission form")),
        ("yes-refused", _("It said no in writing")),
        ("yes-spoken", _("It said no, but only by word of mouth")),
        ("yes-letter", _("It wrote, but neither yes nor no")),
        ("no-nothing", _("Nothing yet")),
        UNSURE,
    )
    on = day(_("On which day did you get this answer?"))
    unknown = unknown()
    notice = choice(
        _("Did a letter come with the form that says what they plan and why?"), ("yes", _("Yes")), NO,
        ("", _("I do not know")),
    )  # fmt: skip
    about = few_words(_("What did they say?"), _("A few words are enough."))
    past = ("on",)


class ConsentForm(GatedForm):
    """Permission to evaluate."""

    gate = choice("", ("yes-signed", _("Yes, I signed")), ("yes-refused", _("I said no")), NOT_YET)
    on = day(_("When did you sign, or say no?"))
    received = day(_("When did the school get it?"), LEAVE_EMPTY)
    unknown = unknown()
    when = ("on", "received")
    order = (("on", "received"),)
    past = ("on", "received")


class EvaluatedForm(GatedForm):
    """The evaluation and its report."""

    gate = choice("", ("yes", _("Yes")), NOT_YET, UNSURE)
    on = day(_("Which day is on the report?"))
    unknown = unknown()
    got = day(_("When did you get the report?"), _("Leave it empty if you do not have it yet."))
    past = ("on", "got")


class EligibleForm(GatedForm):
    """The decision whether the child qualifies."""

    gate = choice(
        "", ("yes-eligible", _("Yes, my child qualifies")), ("yes-not", _("No, my child does not qualify")),
        ("no-not-yet", _("It is not decided yet")),
    )  # fmt: skip
    on = day(_("When was it decided?"))
    unknown = unknown()
    past = ("on",)


class IepForm(GatedForm):
    """The meeting and the plan."""

    gate = choice("", ("yes", _("Yes, held or planned")), ("no", _("No")))
    which = choice(
        _("Which meeting is it?"), ("initial-iep", _("The first one")),
        ("annual-review", _("A yearly review")), initial="initial-iep",
    )  # fmt: skip
    on = day(_("On which day was it, or will it be?"))
    unknown = unknown()
    finished = day(_("When was the IEP finished?"), _("Leave it empty if it is not finished."))
    past = ("finished",)


class ServicesForm(GatedForm):
    """Permission for services, and their start."""

    gate = choice("", ("yes-signed", _("Yes, I signed")), ("yes-refused", _("I said no")), NOT_YET)
    on = day(_("When did you sign, or say no?"))
    received = day(_("When did the school get it?"), LEAVE_EMPTY)
    unknown = unknown()
    started = day(_("When did services start, or when will they?"), _("Leave it empty if you do not know yet."))
    when = ("on", "received")
    order = (("on", "received"),)
    past = ("on", "received")
