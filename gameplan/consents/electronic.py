"""Agreeing to sign on a screen and to get copies by e-mail (15 U.S.C. 7001(c)), and taking that back."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from gameplan.cases.doors import held, note_access
from gameplan.cases.models import Case
from gameplan.cases.people import Person
from gameplan.cases.trail import digest_of
from gameplan.consents.models import ScreenAgreement
from gameplan.consents.records import agreement_record
from gameplan.core.faults import Fault
from gameplan.letters.signing import terms_hash, terms_text
from gameplan.people.refusals import Refused


def agreement_of(case: Case, person: Person) -> ScreenAgreement | None:
    """What this person last said about signing on a screen in this case, if it is an agreement; else None."""
    last = ScreenAgreement.objects.filter(case=case, person=person.id).order_by("-id").first()
    return last if last and last.agrees else None


@transaction.atomic
def agree(case: Case, *, by: Person, lang: str, chose: bool, opened: bool) -> ScreenAgreement:
    """This person agrees to sign on a screen in this case. Agreed twice is agreed once.

    `chose`: ticked that it is their choice; `opened`: could open the sample, which shows that copies can be read.
    Raises Refused if one of them was not ticked.
    """
    faults = []
    if not chose:
        faults.append(Fault("chose", _("Nothing is agreed yet."), _("Tick that you agree, or sign on paper.")))
    if not opened:
        mend = _("Open the sample first. If it does not open, sign on paper.")
        faults.append(Fault("opened", _("It is not clear that you can open your copies."), mend))
    if faults:
        raise Refused(faults)
    return agreement_of(case, by) or _say(case, by, lang, agrees=True)


@transaction.atomic
def take_back(case: Case, *, by: Person, lang: str) -> ScreenAgreement | None:
    """From now on this person signs on paper. None if nothing was agreed."""
    return _say(case, by, lang, agrees=False) if agreement_of(case, by) else None


def _say(case: Case, by: Person, lang: str, *, agrees: bool) -> ScreenAgreement:
    kept = held(case)
    said = ScreenAgreement.objects.create(
        case=kept, person=by.id, role=by.role, agrees=agrees, lang=lang, text=terms_text(lang), sha256=terms_hash(lang)
    )
    verb = "agree-to-sign-on-screen" if agrees else "end-signing-on-screen"
    note_access(case.pk, by, verb, about=f"agreement:{said.pk}", digest=digest_of(agreement_record(said)))
    return said
