"""Reading permission and signatures: those of a case that its reader sees, one of them, and how it stands.

Whoever asks has come through `cases.doors.case_for`; everything is only ever found within its case.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404

from gameplan.cases.models import Case
from gameplan.cases.seeing import entries_of, sees_all
from gameplan.consents.models import ConsentAnswer, ConsentRequest, Signature
from gameplan.consents.records import about_answer
from gameplan.consents.standing import Standing, standing
from gameplan.letters.consent_form import Item
from gameplan.people.roles import Side


def requests_of(case: Case) -> list[ConsentRequest]:
    """The requests of a case that its reader sees, newest first, with their answers, without their papers.

    The school sees its own, and of those that the family wrote down alone the ones whose facts it sees.
    """
    found = list(
        ConsentRequest.objects.filter(case=case).defer("pdf").prefetch_related("given_answers").order_by("-id")
    )
    if sees_all(case):
        return found
    alone = {name for one in found if one.side != Side.SCHOOL for name in one.fact_ids}
    seen = set(entries_of(case).filter(fact_id__in=alone).values_list("fact_id", flat=True)) if alone else set()
    return [one for one in found if one.side == Side.SCHOOL or seen & set(one.fact_ids)]


def request_of(case: Case, request_id: str) -> ConsentRequest:
    """One request of the case. Raises Http404 if its reader sees no such request."""
    for found in requests_of(case):
        if found.request_id == request_id:
            found.case = case
            return found
    raise Http404("There is no such request.")


def answers_of(request: ConsentRequest) -> tuple[ConsentAnswer, ...]:
    """The answers to a request, oldest first."""
    return tuple(request.given_answers.all())


def items_of(request: ConsentRequest) -> tuple[Item, ...]:
    """What is answered one by one."""
    return tuple(Item(**one) for one in request.items)


def standing_of(request: ConsentRequest) -> Standing:
    """How the request stands now."""
    return standing([one.id for one in items_of(request)], request.given_answers.all())


def paper_of(request: ConsentRequest) -> bytes:
    """The form to print, as it was given."""
    return bytes(ConsentRequest.objects.values_list("pdf", flat=True).get(pk=request.pk))


def signatures_under(case: Case, subjects: Sequence[str]) -> dict[str, Signature]:
    """The signatures under these things by their names in the trail, without their papers."""
    found = Signature.objects.filter(case=case, subject__in=subjects).defer("pdf")
    return {one.subject: one for one in found}


def signatures_of(request: ConsentRequest) -> dict[int, Signature]:
    """The signatures under the answers to a request, by the number of the answer, without their papers."""
    subjects = {about_answer(one): one.number for one in request.given_answers.all()}
    return {subjects[name]: one for name, one in signatures_under(request.case, list(subjects)).items()}


def signature_of(case: Case, signature_id: str) -> Signature:
    """One signature of the case with its paper. Raises Http404 if its reader sees no such signature.

    The signature under an answer is seen by those who see the request; any other by the family, and by the school if
    it held the case when it was signed.
    """
    found = Signature.objects.filter(case=case, signature_id=signature_id).first()
    if found is None:
        raise Http404("There is no such signature.")
    kind, _, name = found.subject.partition(":")
    if kind == "consent":
        request_of(case, name.partition("/")[0])
    elif not (sees_all(case) or found.shared):
        raise Http404("There is no such signature.")
    return found
