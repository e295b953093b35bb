"""The school asks for permission, and may take a request back that nobody has answered.

What the form lacks by the lists of the law stops it. At the kitchen table the family writes down what the school asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gameplan.cases.doors import note_access
from gameplan.cases.models import Case
from gameplan.cases.people import Person
from gameplan.cases.rows import child_of
from gameplan.cases.telling import tell, untell
from gameplan.cases.trail import digest_of
from gameplan.consents.answering import next_number
from gameplan.consents.doors import request_of, requests_of, standing_of
from gameplan.consents.facts import facts_of_request
from gameplan.consents.keeping import free_id, held_for, moment, refuse, told
from gameplan.consents.models import ConsentAnswer, ConsentRequest
from gameplan.consents.records import about_answer, answer_record, request_record
from gameplan.consents.sheets import form_sheet
from gameplan.consents.standing import WAITING, WITHDRAWN
from gameplan.core.faults import Fault
from gameplan.law.consent import consent_rule
from gameplan.letters.consent_form import (
    Asked,
    ConsentForm,
    asked_json,
    compose_form,
    consent_kind,
    form_json,
    lacking,
    things,
)  # fmt: skip
from gameplan.papers.sheet_pdf import sheet_pdf
from gameplan.people.refusals import unkeepable
from gameplan.people.roles import Action
from gameplan.tongues import tongue

HOUSEHOLD = "household"


def of_case(case: Case, asked: Asked) -> Asked:
    """What is asked with what nobody types: the child, the school and the State, as the case has them."""
    child = child_of(case)
    return replace(asked, child=child.name, school=child.school, state=child.state or "")


def look(case: Case, asked: Asked) -> ConsentForm:
    """The form as it would be given. Writes nothing. Raises as `letters.consent_form.compose_form`."""
    return compose_form(of_case(case, asked), tongue(asked.lang))


@transaction.atomic
def ask(
    case: Case, *, by: Person, asked: Asked, received: date | None = None, fact_for: str = "",
    form_key: UUID | None = None,
) -> ConsentRequest:  # fmt: skip
    """Freezes the form and puts on the timeline that permission was asked for. The same `form_key` makes one request.

    `received`: the day the family had it, None if that is not known. `fact_for`: which of the kind's facts it is, where
    there is more than one. Raises Refused with all that the form lacks, PermissionDenied, and CannotPrint.
    """
    before = form_key and ConsentRequest.objects.filter(case=case, form_key=form_key).first()
    if before:
        return before
    held = held_for(case, Action.OFFER)
    whole = of_case(held, asked)
    fact_for = _fact_for(whole, fact_for)
    refuse([*_lacks(whole), *_day_faults(whole, received), *unkeepable(asked_json(whole), "form")])
    said = tongue(whole.lang)
    form, items = compose_form(whole, said), things(whole, said)
    second = any(one.fact_for == fact_for and standing_of(one).status == WAITING for one in requests_of(held))
    ids = tell(held, by, facts_of_request(fact_for, whole.day, received, second=second))
    made = ConsentRequest.objects.create(
        case=held, request_id=free_id(ConsentRequest.objects.filter(case=held), "request_id", "c"), kind=whole.kind,
        fact_for=fact_for, lang=whole.lang, on=whole.day, received=received, asked=asked_json(whole),
        items=[asdict(one) for one in items], form=form_json(form), text=form.plain(), sha256=form.sha256,
        pdf=sheet_pdf(form_sheet(form, items, whole.day), sha256=form.sha256), fact_ids=ids, side=by.side,
        person=by.id, role=by.role, made_at=told(moment()), form_key=form_key,
    )  # fmt: skip
    about = f"consent:{made.request_id}"
    note_access(held.pk, by, "ask-consent", about=about, digest=digest_of(request_record(made)))
    return made


@transaction.atomic
def withdraw(request: ConsentRequest, *, by: Person, on: date) -> ConsentAnswer:
    """The school takes a request back; it stays to be seen. Raises Refused where somebody has answered it already."""
    held = held_for(request.case, Action.OFFER)
    request = request_of(held, request.request_id)
    if standing_of(request).status != WAITING:
        refuse([Fault("request", _("This was answered already."), _("Ask anew if something has changed."))])
    untell(held, by, request.fact_ids)
    made = ConsentAnswer.objects.create(
        request=request, number=next_number(request), does=WITHDRAWN, on=on, signed=on, means=HOUSEHOLD, person=by.id,
        role=by.role, made_at=told(moment()),
    )  # fmt: skip
    note_access(held.pk, by, "withdraw-consent", about=about_answer(made), digest=digest_of(answer_record(made)))
    return made


def _fact_for(asked: Asked, chosen: str) -> str:
    """Which permission the timeline tells of; empty if it has no word for it. Raises Refused for another."""
    known = consent_kind(asked.kind).facts_for(consent_rule(asked.kind, asked.state or None))
    if not chosen and len(known) < 2:
        return known[0] if known else ""
    if chosen not in known:
        refuse([Fault("fact_for", _("Say if it is the first evaluation or a further one."), _("Choose one."))])
    return chosen


def _lacks(asked: Asked) -> Iterator[Fault]:
    said = tongue(get_language() or "en")
    for one in lacking(asked):
        cite = f" ({', '.join(one.cite)})" if one.cite else ""
        yield Fault(one.item, f"{said.say(one.text)}{cite}", said.say(one.mend))


def _day_faults(asked: Asked, received: date | None) -> Iterator[Fault]:
    if received and received < asked.day:
        yield Fault("received", _("The family cannot have it before it was asked."), _("Check both days."))
