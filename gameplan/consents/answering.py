"""The answer to a request: yes to all, thing by thing, no; and taking a yes back. Silence is not written down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from gameplan.cases.doors import note_access
from gameplan.cases.doors import paper_of as case_paper
from gameplan.cases.models import Case
from gameplan.cases.people import Person
from gameplan.cases.telling import tell
from gameplan.cases.trail import digest_of
from gameplan.consents.doors import items_of, request_of, standing_of
from gameplan.consents.facts import facts_of_answer, facts_of_revocation
from gameplan.consents.keeping import held_for, moment, refuse, told
from gameplan.consents.models import ConsentAnswer, ConsentRequest
from gameplan.consents.records import about_answer, answer_record
from gameplan.consents.signing import Hand, ToSign, faults_of, sign
from gameplan.consents.standing import ANSWERED, REVOKED, WITHDRAWN, Standing
from gameplan.core.faults import Fault
from gameplan.letters.composing import hash_of
from gameplan.letters.consent_form import NO, YES, Said, answer_text, consent_kind, revocation_text
from gameplan.people.refusals import unkeepable
from gameplan.people.roles import Action, Side

ELECTRONIC, PAPER, HOUSEHOLD = "electronic", "paper", "household"
MEANS: Final = (ELECTRONIC, PAPER, HOUSEHOLD)
LONGEST_WORDS: Final = 4000
SERVICES: Final = "services"


@dataclass(frozen=True, slots=True)
class Given:
    """How an answer was given: the day the school has it, the day of signing, and by which means.

    `paper`: the id of the photo or scan of a signed form, `signed_by`: the name on it, where the school files it.
    `hand`: the act of signing on a screen. `today`: a day after it has not come yet.
    """

    on: date
    means: str
    signed: date | None = None
    paper: str = ""
    signed_by: str = ""
    hand: Hand | None = None
    today: date = date.max


def answer_to_sign(request: ConsentRequest, said: Said) -> ToSign:
    """The words of an answer, as they are signed."""
    return _to_sign(request, answer_text(request.text, items_of(request), said, request.lang))


def revocation_to_sign(request: ConsentRequest, items: Sequence[str], words: str) -> ToSign:
    """The words that take a yes back, as they are signed."""
    since = standing_of(request).yes_since or {}
    named = [one for one in items_of(request) if one.id in items]
    given = min((since[name] for name in items if name in since), default=request.on)
    return _to_sign(request, revocation_text(request.text, named, given, words, request.lang))


def _to_sign(request: ConsentRequest, text: str) -> ToSign:
    subject = f"consent:{request.request_id}/{next_number(request)}"
    return ToSign(subject, str(request.form["title"]), text, request.lang)


@transaction.atomic
def answer(
    request: ConsentRequest, *, by: Person, said: Said, given: Given, form_key: UUID | None = None
) -> ConsentAnswer:
    """Writes down what somebody who holds the educational rights said, with the facts that follow.

    The school may file a form that was signed on paper, with its scan. A yes is not turned into a no here: it is taken
    back (`revoke`). The same `form_key` sent twice makes one. Raises Refused, PermissionDenied, CannotPrint.
    """
    before = _sent_before(request, form_key)
    if before:
        return before
    held, request = _held(request, by)
    now, what = standing_of(request), answer_to_sign(request, said)
    refuse([*_answer_faults(request, said, now), *_given_faults(held, request, given, what, by),
            *unkeepable(said.words, "words")])  # fmt: skip
    facts = facts_of_answer(
        request.kind, request.fact_for, items_of(request), dict(said.items), on=given.on,
        signed=given.signed or given.on, stands=bool(now.agreed),
    )  # fmt: skip
    ids = tell(held, by, facts, papers=[given.paper] if given.paper else [])
    return _keep(request, what, ANSWERED, said.items, said.words, given, ids, by=by, form_key=form_key)


@transaction.atomic
def revoke(
    request: ConsentRequest, *, by: Person, items: Iterable[str], words: str, given: Given,
    form_key: UUID | None = None,
) -> ConsentAnswer:  # fmt: skip
    """Writes down that permission was taken back, in writing; what was given before stays to be seen.

    `items`: the ids of the things that stand at yes and shall not any more. Raises as `answer`.
    """
    before = _sent_before(request, form_key)
    if before:
        return before
    held, request = _held(request, by)
    now, ended = standing_of(request), list(dict.fromkeys(items))
    what = revocation_to_sign(request, ended, words)
    refuse([*_revoke_faults(request, ended, now), *_given_faults(held, request, given, what, by),
            *unkeepable(words, "words")])  # fmt: skip
    remains = bool(set(now.agreed) - set(ended))
    facts = facts_of_revocation(request.kind, request.fact_for, given.on, remains=remains)
    ids = tell(held, by, facts, papers=[given.paper] if given.paper else [])
    return _keep(request, what, REVOKED, dict.fromkeys(ended, REVOKED), words, given, ids, by=by, form_key=form_key)


def next_number(request: ConsentRequest) -> int:
    """The number of the next answer to a request."""
    return ConsentAnswer.objects.filter(request=request).count() + 1


def ends_whole(request: ConsentRequest) -> bool:
    """True if a yes to this can only be taken back as a whole, as for all special education services."""
    return consent_kind(request.kind).ended == SERVICES


def _held(request: ConsentRequest, by: Person) -> tuple[Case, ConsentRequest]:
    """The case, held, and the request as it is now, for whoever decides for the child; the school files a paper."""
    held = held_for(request.case, Action.OFFER if by.side is Side.SCHOOL else Action.ANSWER)
    return held, request_of(held, request.request_id)


def _keep(
    request: ConsentRequest, what: ToSign, does: str, items: Mapping[str, str], words: str, given: Given,
    fact_ids: Sequence[str], *, by: Person, form_key: UUID | None,
) -> ConsentAnswer:  # fmt: skip
    text = what.text if given.means == ELECTRONIC else ""
    made = ConsentAnswer.objects.create(
        request=request, number=next_number(request), does=does, items=dict(items), words=words.strip(), on=given.on,
        signed=given.signed or given.on, means=given.means, paper=given.paper,
        signed_by=" ".join(given.signed_by.split()), text=text,
        sha256=hash_of(text) if text else "", fact_ids=list(fact_ids), person=by.id, role=by.role,
        made_at=told(moment()), form_key=form_key,
    )  # fmt: skip
    if given.hand:
        sign(request.case, what, given.hand, by=by)
    verb = "revoke-consent" if does == REVOKED else "answer-consent"
    note_access(request.case_id, by, verb, about=about_answer(made), digest=digest_of(answer_record(made)))
    return made


def _answer_faults(request: ConsentRequest, said: Said, now: Standing) -> Iterator[Fault]:
    yield from _words_fault(said.words)
    if now.status == WITHDRAWN:
        yield Fault("request", _("The school took this back."), _("There is nothing to answer any more."))
        return
    if not said.items:
        yield Fault("items", _("Nothing is answered yet."), _("Say yes or no to at least one thing."))
    for name, word in said.items.items():
        if name not in now.items or word not in (YES, NO):
            yield Fault("items", _("This was not asked."), _("Answer what stands in the form."))
        elif now.items[name] == YES:
            mend = _("If you have changed your mind, take the yes back.")
            yield Fault("items", _("You have said yes to this already."), mend)


def _revoke_faults(request: ConsentRequest, ended: Sequence[str], now: Standing) -> Iterator[Fault]:
    if not ended:
        yield Fault("items", _("Nothing is chosen yet."), _("Choose what you want to take back."))
    for name in ended:
        if name not in now.agreed:
            yield Fault("items", _("There is no yes here to take back."), _("Choose what stands at yes."))
    if ended and ends_whole(request) and set(now.agreed) - set(ended):
        what = _("Services can only be ended all at once in this way.")
        yield Fault("items", what, _("To end one service, ask the school to change the plan."))


def _words_fault(words: str) -> Iterator[Fault]:
    if len(words) > LONGEST_WORDS:
        yield Fault("words", _("This is too long."), _("Shorten it, or add it as a paper."))


def _given_faults(case: Case, request: ConsentRequest, given: Given, what: ToSign, by: Person) -> Iterator[Fault]:
    """What does not fit in how and when it was given."""
    if given.on < request.on or (given.signed and not request.on <= given.signed <= given.on):
        mend = _("Check the days: first it is asked, then signed, then the school has it.")
        yield Fault("on", _("These days do not fit."), mend)
    if given.on > given.today:
        yield Fault("on", _("This day has not come yet."), _("Check the day."))
    yield from _means_faults(case, given, what, by)


def _means_faults(case: Case, given: Given, what: ToSign, by: Person) -> Iterator[Fault]:
    if given.means not in MEANS or (given.means == HOUSEHOLD and settings.GAMEPLAN_SHARED):
        yield Fault("means", _("Say how it was given."), _("Choose one from the list."))
    if (given.means == ELECTRONIC) != (given.hand is not None):
        yield Fault("means", _("It is not signed yet."), _("Sign on the screen, or choose paper."))
    elif given.hand:
        yield from _hand_faults(case, given.hand, what, by)
    if by.side is Side.SCHOOL and (given.means != PAPER or not given.paper):
        mend = _("Add a photo or scan of the signed form.")
        yield Fault("photo", _("The school can only keep a form that was signed on paper."), mend)
    if by.side is Side.SCHOOL and not given.signed_by.strip():
        yield Fault("signed_by", _("It does not say who signed."), _("Write down the name that stands on the form."))
    if given.paper and not _shows_a_paper(case_paper(case, given.paper).media_type):
        yield Fault("photo", _("This is neither a photo nor a PDF."), _("Choose a photo or a PDF of the signed form."))


def _shows_a_paper(media_type: str) -> bool:
    return media_type == "application/pdf" or media_type.startswith("image/")


def _hand_faults(case: Case, hand: Hand, what: ToSign, by: Person) -> list[Fault]:
    if by.side is Side.SCHOOL:
        return []
    return faults_of(case, what, hand, by)


def _sent_before(request: ConsentRequest, form_key: UUID | None) -> ConsentAnswer | None:
    return ConsentAnswer.objects.filter(request=request, form_key=form_key).first() if form_key else None
