"""Languages of the family: what each person wants for papers and meetings, and interpreters and translations asked for.

The law names no number of days for either (34 CFR 300.322(e), 300.503(c)): what counts is that they are there when
they are needed, so each request has the day on which it is.
"""

from __future__ import annotations

from datetime import date
from typing import Final
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from gameplan.cases.doors import facts_of, held, note_access
from gameplan.cases.models import Case
from gameplan.cases.named import row_digest
from gameplan.cases.people import Person
from gameplan.core.facts import standing_facts
from gameplan.core.faults import Fault
from gameplan.notices.doors import help_of
from gameplan.notices.keeping import refuse
from gameplan.notices.models import LanguageHelp, Wish
from gameplan.notices.named import about_help, about_wish
from gameplan.notices.proofs import Help
from gameplan.notices.recipients import refuse_for_others
from gameplan.people.refusals import unkeepable

LONGEST: Final = 60


@transaction.atomic
def wish(
    case: Case,
    *,
    by: Person,
    person: str,
    papers: str,
    meetings: str,
    on: date,
    name: str = "",
    interpreter: bool = False,
    is_written: bool = True,
    note: str = "",
) -> Wish:
    """Somebody says which languages they want. `papers` and `meetings` are codes ("es") or names of languages.

    `is_written`: the language of papers is a written one. Raises PermissionDenied as `recipients.choose`, and Refused.
    """
    kept = held(case)
    refuse_for_others(kept, by, person)
    said = {"papers": papers.strip(), "meetings": meetings.strip()}
    faults = list(unkeepable([said, name, note], "language"))
    for where, value in said.items():
        if not value or len(value) > LONGEST:
            faults.append(Fault(where, _("The language is missing or too long."), _("Write its name.")))
    refuse(faults)
    made = Wish.objects.create(
        case=kept, person=person, to_name=" ".join(name.split()), interpreter=interpreter, is_written=is_written,
        note=note.strip(), on=on, by_person=by.id, by_role=by.role, brought=kept.school_id is None,
        counts=kept.school_id is not None or by.id == person, **said,
    )  # fmt: skip
    note_access(case.pk, by, "set-language", about=about_wish(made), digest=row_digest(made))
    return made


@transaction.atomic
def ask_help(
    case: Case,
    *,
    by: Person,
    what: str,
    person: str,
    lang: str,
    on: date,
    name: str = "",
    about: str = "",
    for_what: str = "",
    needed_by: date | None = None,
    form_key: UUID | None = None,
) -> LanguageHelp:
    """An interpreter (`what`: interpreter), a translation or a spoken translation (oral) is asked for.

    `about` names the paper, `for_what` says in words what it is for. The same `form_key` makes one. Raises Refused.
    """
    kept = held(case)
    before = form_key and LanguageHelp.objects.filter(case=kept, form_key=form_key).first()
    if before:
        return before
    refuse_for_others(kept, by, person)
    faults = list(unkeepable([lang, name, for_what], "language"))
    if what not in list(Help):
        faults.append(Fault("what", _("It does not say what is needed."), _("Choose one from the list.")))
    if not lang.strip() or len(lang) > LONGEST:
        faults.append(Fault("lang", _("The language is missing or too long."), _("Write its name.")))
    if needed_by and needed_by < on:
        faults.append(Fault("needed_by", _("It was needed before it was asked for."), _("Check both days.")))
    refuse(faults)
    made = LanguageHelp.objects.create(
        case=kept, what=what, person=person, to_name=" ".join(name.split()), lang=lang.strip(), asked_on=on,
        about=about, for_what=" ".join(for_what.split()), needed_by=needed_by, form_key=form_key,
        brought=kept.school_id is None,
    )  # fmt: skip
    note_access(case.pk, by, f"ask-{what}", about=about_help(made), digest=row_digest(made))
    return made


@transaction.atomic
def help_done(
    asked: LanguageHelp, *, by: Person, on: date, by_whom: str, understood: bool | None = None
) -> LanguageHelp:
    """The interpreter was there, or the translation is done, on that day, by somebody named.

    For a spoken translation of a notice `understood` says if the parent understood it (34 CFR 300.503(c)(2)). Raises
    Refused if a name is missing or the day cannot be, and for what is done already.
    """
    case = held(asked.case)
    asked.refresh_from_db()
    asked.case = case
    who = " ".join(by_whom.split())
    faults = list(unkeepable(who, "by_whom"))
    if asked.done_on:
        faults.append(Fault("done_on", _("It is already written down as done."), _("Look at the list.")))
    if not who:
        faults.append(Fault("by_whom", _("It does not say who did it."), _("Write the name.")))
    if on < asked.asked_on:
        faults.append(Fault("done_on", _("It cannot be done before it was asked for."), _("Check both days.")))
    if asked.what == Help.ORAL and understood is None:
        what = _("It does not say if the parent understood the notice.")
        faults.append(Fault("understood", what, _("Ask, and write down the answer (34 CFR 300.503(c)(2)).")))
    refuse(faults)
    asked.done_on, asked.by_whom, asked.understood = on, who, understood
    asked.save(update_fields=["done_on", "by_whom", "understood"])
    note_access(asked.case_id, by, f"{asked.what}-done", about=about_help(asked), digest=row_digest(asked))
    return asked


def one_help(case: Case, key: UUID) -> LanguageHelp:
    """One request. Raises Http404 if the case has no such."""
    found = help_of(case).filter(key=key).first()
    if found is None:
        raise Http404("There is no such request.")
    found.case = case
    return found


def next_meeting(case: Case, on: date) -> date | None:
    """The day of the next meeting that the timeline knows: then an interpreter is needed."""
    days = []
    for fact in standing_facts(facts_of(case).facts):
        day = fact.data.get("for_date") if fact.kind == "meeting-notice-sent" else None
        if fact.kind == "meeting-held" and fact.planned:
            day = fact.on
        if isinstance(day, date) and day >= on:
            days.append(day)
    return min(days, default=None)
