"""How each field of a fact is asked for, and how each of its answers is called. One wording for every screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from gameplan.core.entries import EventKind, Field
from gameplan.web.answers import ANSWERS

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

FIELDS: Mapping[str, StrOrPromise] = {
    "about": _("What is it about?"), "about_event": _("Which event is it about?"),
    "adequate_progress": _("Did the help work well enough?"), "age": _("Age"), "agency": _("School or district"),
    "amended": _("Was the record changed?"), "answer": _("What was the answer?"), "answered": _("When was it answered?"),
    "area": _("Which area?"), "areas": _("Which areas?"), "asked_by": _("Who asked for it?"),
    "because": _("Why?"), "before": _("Before which meeting?"), "by": _("Who did it?"),
    "by_email": _("By e-mail?"), "by_permission": _("With permission?"), "categories": _("Which categories of disability?"),
    "category": _("Category"), "change_of_placement": _("Did it change your child’s placement?"),
    "conduct": _("What was your child said to have done?"), "considered_sld": _("Was a learning disability considered?"),
    "copy_to_agency": _("When did the school get a copy?"), "copy_to_sea": _("When did the State get a copy?"),
    "corrective_action_due": _("By when must it be put right?"), "court": _("Which court?"), "date": _("When was it?"),
    "days": _("Which days, or how many?"), "decided": _("When was it decided?"), "decision": _("What did the school say?"),
    "diploma": _("Which diploma?"), "effective": _("From when does it count?"), "eligible": _("Does your child qualify?"),
    "environment": _("Where is your child taught?"), "excluded_because": _("Why not?"),
    "expedited": _("Is it about discipline (a faster hearing)?"), "expense": _("Who pays?"),
    "extended_school_year_needed": _("Does the report say that your child needs services in summer?"),
    "filed": _("When was it filed?"), "first": _("Is it the first IEP?"), "first_day": _("First day"),
    "for": _("What for?"), "for_date": _("For which day is the meeting?"), "for_period": _("For which period?"),
    "from": _("From when?"), "given": _("When was it given?"), "graduation": _("When is graduation?"),
    "had_iep": _("Did your child have an IEP before?"), "has_concerns": _("Does it say what worries you?"),
    "has_intent": _("Does it say that you plan to move your child?"),
    "has_majority_statement": _("Does it speak of rights at the age of majority?"),
    "has_transition": _("Does it plan for adult life (transition)?"), "how": _("How?"), "invited": _("Who was invited?"),
    "is_ifsp": _("Is it an early childhood plan (IFSP)?"), "is_manifestation": _("Was it caused by the disability?"),
    "issues": _("Which points?"), "kept": _("Was the record kept as it is?"), "kind": _("Which kind?"),
    "known": _("When did you learn of it?"), "language": _("In which language?"), "last_day": _("Last day"),
    "letter": _("Which letter?"), "mailed": _("When was it mailed?"), "matter": _("About what exactly?"),
    "means": _("How did you meet?"), "meeting": _("Which meeting?"), "method": _("How did they try to reach you?"),
    "more_data_needed": _("Are more tests needed?"), "of_evaluation": _("Of which evaluation?"),
    "parent_agrees": _("Do you agree?"), "parent_told": _("When were you told?"),
    "parent_took_part": _("Did you take part?"), "part_c_eligible_on": _("When did early intervention say yes?"),
    "path": _("Which path?"), "placement_change_agreed_with_parent": _("Did the officer agree with you about the placement?"),
    "plan": _("Which plan?"), "present": _("Who was there?"), "previous_agency": _("School or district before"),
    "previous_state": _("State before"), "program": _("Which program?"), "progress_schedule": _("When do progress reports come?"),
    "purpose": _("What for?"), "pwn_already_sent": _("Had the school sent its written notice before?"),
    "reason": _("For what reason?"), "received": _("When did it arrive?"),
    "received_by_officer": _("When did the hearing officer get it?"), "record": _("What is written down about it?"),
    "report": _("Which report?"), "result": _("What came of it?"), "same_school_year": _("Within one school year?"),
    "school": _("Which school?"), "school_days": _("How many school days?"), "school_year": _("Which school year?"),
    "scope": _("What does it cover?"), "sent": _("When was it sent?"), "served_days": _("On which days?"),
    "services": _("Which services?"), "services_start": _("When do services start?"), "setting": _("What kind of school?"),
    "shared_with_parent": _("Did they show you?"), "signed": _("When was it signed?"),
    "silent": _("Was it silence, without a clear no?"), "special": _("Was it one of these?"),
    "start_agreed": _("Which start was agreed?"), "state": _("Which State?"), "subject": _("What is it about?"),
    "sufficient": _("Was the complaint complete enough?"), "suspected_sld": _("Is a learning disability suspected?"),
    "team_told": _("Was the team told?"), "tier": _("Which tier (level of help)?"), "to": _("To whom, or until when?"),
    "to_state": _("To which State?"), "told_of_hearing": _("Were you told of the right to a hearing?"), "type": _("Which kind?"),
    "until": _("Until when?"), "violation_found": _("Did the State find that a rule was broken?"),
    "what": _("What was it?"), "where": _("Where?"), "who": _("Who?"), "why": _("Why?"),
    "withdrawn_by": _("Who took it back?"), "written": _("In writing?"),
}  # fmt: skip

FOR_ONE_KIND: Mapping[tuple[str, str], StrOrPromise] = {
    ("evaluation-requested", "received"): _("When did the school get the request?"),
    ("evaluation-requested", "by"): _("Who asked?"),
    ("evaluation-requested", "type"): _("A first evaluation, or evaluating again?"),
    ("evaluation-requested", "to"): _("Who got the request?"),
    ("evaluation-requested", "how"): _("How did it reach the school?"),
    ("consent-given", "received"): _("When did the school get your signed form?"),
    ("consent-given", "signed"): _("When did you sign?"),
    ("consent-given", "for"): _("What did you say yes to?"),
    ("consent-requested", "date"): _("When did the school ask for your permission?"),
    ("consent-requested", "received"): _("When did you get the form?"),
    ("consent-requested", "for"): _("Permission for what?"),
    ("consent-refused", "for"): _("What did you say no to?"),
    ("pwn-sent", "given"): _("When was the notice given?"),
    ("pwn-sent", "received"): _("When did you get it?"),
    ("pwn-sent", "matter"): _("What does the notice say?"),
    ("child-absent", "days"): _("On which days was your child absent?"),
    ("agreement-made", "days"): _("How many days more?"),
    ("agreement-made", "until"): _("What is the new date?"),
    ("concern-raised", "by"): _("Who raised it?"),
    ("concern-raised", "to"): _("Who was told?"),
    ("concern-raised", "about"): _("What is the concern?"),
    ("document-given", "what"): _("Which document?"),
    ("child-not-produced", "to"): _("Until when?"),
    ("meeting-notice-sent", "kind"): _("For which meeting?"),
    ("meeting-held", "kind"): _("Which meeting?"),
    ("supports-started", "about"): _("Help with what?"),
    ("records-requested", "scope"): _("Which records?"),
}


def question(kind: EventKind, field: Field) -> StrOrPromise:
    """How this field of this kind of fact is asked for."""
    plain = field.name.replace("_", " ").capitalize()
    return FOR_ONE_KIND.get((kind.id, field.name)) or FIELDS.get(field.name, plain)


def answer(value: str) -> StrOrPromise:
    """How this answer is called."""
    return ANSWERS.get(value, value.replace("-", " "))
