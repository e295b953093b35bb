"""Adding what happened, looking at a fact, correcting it, the other side's account, and papers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gameplan.carrying.doors import came_with
from gameplan.cases import drafts
from gameplan.cases.doors import paper_of
from gameplan.cases.models import Case, Entry
from gameplan.cases.people import person_of
from gameplan.cases.seeing import told_by
from gameplan.cases.verbs import add_account, attach, correct_fact, record_fact, withdraw_fact
from gameplan.core.entries import EventKind
from gameplan.core.facts import Fact, Rough
from gameplan.people.refusals import Refused
from gameplan.people.roles import Action
from gameplan.web.asking import answer, question
from gameplan.web.downloads import paper_response
from gameplan.web.forms.fact import FactForm
from gameplan.web.letter_help import letters_after
from gameplan.web.likely import DERIVED, likely_kinds, other_kinds
from gameplan.web.sides import Reading
from gameplan.web.standings import Viewed, opened
from gameplan.web.templatetags.look import page_tongue

GET_OR_POST = require_http_methods(["GET", "POST"])


@require_GET
def add(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What happened? The likeliest first, then everything else that can be written down."""
    viewed = opened(request, case_id, to=Action.WRITE)
    likely = likely_kinds(viewed)
    context = {"case": viewed.case, "likely": likely, "others": other_kinds(viewed, likely)}
    return render(request, "pages/facts/add.html", context)


@GET_OR_POST
def add_fact(request: HttpRequest, case_id: UUID, kind: str) -> HttpResponse:
    """Write down one fact. What is typed is kept until it is saved; `?kind=sent-home` chooses an answer beforehand."""
    viewed = opened(request, case_id, to=Action.WRITE)
    asked = kind_of(viewed, kind)
    screen = f"add-{kind}"
    form = FactForm(
        request.POST or None, request.FILES or None, kind=asked, law=viewed.law, reading=Reading(viewed.case),
        initial={**_linked(request, asked), **_kept(request, viewed.case, screen)},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and _record(request, viewed, form):
        drafts.drop(person_of(request), screen, viewed.case)
        messages.success(request, _("Saved. Here is where things stand now."))
        return redirect("web:child", case_id=case_id)
    if request.method == "POST":
        drafts.keep(person_of(request), screen, _typed(request), viewed.case)
    return _form_page(request, viewed, form, "pages/facts/form.html", title=asked.name)


@require_POST
def keep_fact(request: HttpRequest, case_id: UUID, kind: str) -> HttpResponse:
    """Keep what is being typed, without saving it as a fact."""
    viewed = opened(request, case_id, to=Action.WRITE)
    drafts.keep(person_of(request), f"add-{kind_of(viewed, kind).id}", _typed(request), viewed.case)
    return render(request, "parts/kept.html")


@require_GET
def fact(request: HttpRequest, case_id: UUID, fact_id: str) -> HttpResponse:
    """One fact: what it says, who said it, its papers, and what can be done with it."""
    viewed = opened(request, case_id)
    found = fact_of(viewed, fact_id)
    kind = kind_of(viewed, found.kind)
    context = {
        "case": viewed.case,
        "fact": found,
        "kind": kind,
        "said": [(question(kind, f), _shown(found.data[f.name])) for f in kind.fields if f.name in found.data],
        "papers": [paper for paper in viewed.told.attachments if paper.id in found.attachments],
        "earlier": next((f for f in viewed.told.facts if f.id == found.corrects), None),
        "later": next((f for f in viewed.told.facts if f.corrects == found.id), None),
        "reading": Reading(viewed.case),
        "letters": letters_after(viewed, found),
        "speaker": Reading(viewed.case).speaker(found.said_by),
        "came_with": came_with(viewed.case, fact_id),
        "is_own": told_by(viewed.case, fact_id) == viewed.case.reader.side,
    }
    return render(request, "pages/facts/fact.html", context)


@GET_OR_POST
def correct(request: HttpRequest, case_id: UUID, fact_id: str) -> HttpResponse:
    """Correct a fact: the old one stays visible as corrected. What the other side told gets an account beside it."""
    viewed = opened(request, case_id, to=Action.WRITE)
    found = fact_of(viewed, fact_id)
    kind = kind_of(viewed, found.kind)
    reading = Reading(viewed.case)
    if request.method == "GET" and told_by(viewed.case, fact_id) != viewed.case.reader.side:
        return account(request, case_id, fact_id)
    form = FactForm(request.POST or None, request.FILES or None, kind=kind, law=viewed.law, fact=found, reading=reading)
    if request.method == "POST" and form.is_valid() and _correct(request, viewed, found, form):
        messages.success(request, _("Corrected. The old entry stays visible."))
        return redirect("web:child", case_id=case_id)
    return _form_page(request, viewed, form, "pages/facts/correct.html", fact=found)


@GET_OR_POST
def account(request: HttpRequest, case_id: UUID, fact_id: str) -> HttpResponse:
    """The other side says another day: both accounts stand, and the page shows what each would mean."""
    viewed = opened(request, case_id, to=Action.WRITE)
    found = fact_of(viewed, fact_id)
    reading = Reading(viewed.case)
    voice = reading.voice or "parent"
    other = {"parent": "school", "school": "parent"}[voice] if found.said_by == voice else voice
    form = FactForm(
        request.POST or None,
        request.FILES or None,
        kind=kind_of(viewed, found.kind),
        law=viewed.law,
        fact=found,
        reading=reading,
        initial={"said_by": other},
    )
    if request.method == "POST" and form.is_valid() and _account(request, viewed, found, form):
        messages.success(request, _("Both accounts stand now, side by side."))
        return redirect("web:child", case_id=case_id)
    is_own = told_by(viewed.case, fact_id) == viewed.case.reader.side
    return _form_page(request, viewed, form, "pages/facts/account.html", fact=found, is_own=is_own)


@require_POST
def withdraw(request: HttpRequest, case_id: UUID, fact_id: str) -> HttpResponse:
    """Take a fact back: it stays visible as taken back."""
    viewed = opened(request, case_id, to=Action.WRITE)
    try:
        withdraw_fact(viewed.case, by=viewed.case.reader, fact_id=fact_of(viewed, fact_id).id)
        messages.success(request, _("Taken back. It stays visible on the timeline."))
    except Refused as refused:
        for fault in refused.faults:
            messages.error(request, f"{fault.what} {fault.mend}")
    return redirect("web:child", case_id=case_id)


@require_GET
def paper(request: HttpRequest, case_id: UUID, attachment_id: str) -> HttpResponse:
    """One photo or paper of the case, as it is kept."""
    viewed = opened(request, case_id)
    return paper_response(paper_of(viewed.case, attachment_id))


def kind_of(viewed: Viewed, kind: str) -> EventKind:
    """The kind of fact of that name. Raises Http404 if a person cannot write it down."""
    found = viewed.law.vocabulary.kinds.get(kind)
    if found is None or found.id in DERIVED:
        raise Http404("There is no such kind of fact.")
    return found


def fact_of(viewed: Viewed, fact_id: str) -> Fact:
    """The fact of that id, corrected ones too. Raises Http404."""
    found = next((one for one in viewed.told.facts if one.id == fact_id), None)
    if found is None:
        raise Http404("There is no such fact.")
    return found


def _form_page(request: HttpRequest, viewed: Viewed, form: FactForm, template: str, **more: object) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return render(request, template, {"case": viewed.case, "form": form, "kind": form.kind, **more}, status=status)


def _kept(request: HttpRequest, case: Case, screen: str) -> dict[str, object]:
    return drafts.kept(person_of(request), screen, case)


def _linked(request: HttpRequest, kind: EventKind) -> dict[str, object]:
    """Answers that a link to the form gives, as far as the vocabulary has them."""
    found = ((field, request.GET.get(field.name, "")) for field in kind.fields)
    return {f"data_{field.name}": value for field, value in found if value in field.values}


def _typed(request: HttpRequest) -> dict[str, object]:
    lists = {name: values for name, values in request.POST.lists() if name not in ("csrfmiddlewaretoken", "form_key")}
    return {name: values[0] if len(values) == 1 else values for name, values in lists.items()}


def _shown(value: object) -> object:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, tuple | list):
        return ", ".join(str(_shown(one)) for one in value)
    if isinstance(value, Rough):
        first, last = (page_tongue().date(day) for day in (value.first, value.last))
        return _("between %(first)s and %(last)s") % {"first": first, "last": last}
    return answer(value) if isinstance(value, str) else value


def _paper_ids(request: HttpRequest, case: Case, form: FactForm) -> list[str]:
    upload = form.cleaned_data.get("paper")
    if not upload:
        return []
    kept = attach(case, by=case.reader, name=upload.name, content=upload.read(), media_type=upload.content_type)
    return [kept.attachment_id]


def _stored(
    request: HttpRequest, viewed: Viewed, form: FactForm, write: Callable[..., Entry], papers: Iterable[str] = ()
) -> bool:
    """Whether the timeline took what the form says. If not, the faults stand on the form and nothing is kept."""
    said = form.cleaned_data
    try:
        with transaction.atomic():
            write(
                viewed.case, by=viewed.case.reader, on=said["on"], said_by=said["said_by"], data=form.told(),
                note=said["note"], entry_attachments=[*papers, *_paper_ids(request, viewed.case, form)],
                form_key=said["form_key"],
            )  # fmt: skip
    except Refused as refused:
        for fault in refused.faults:
            form.add_error(None, f"{fault.what} {fault.mend}")
        return False
    return True


def _record(request: HttpRequest, viewed: Viewed, form: FactForm) -> bool:
    private = bool(form.cleaned_data.get("private"))
    write = partial(record_fact, kind=form.kind.id, planned=_planned(viewed, form), private=private)
    return _stored(request, viewed, form, write)


def _correct(request: HttpRequest, viewed: Viewed, old: Fact, form: FactForm) -> bool:
    write = partial(correct_fact, fact_id=old.id, planned=_planned(viewed, form))
    return _stored(request, viewed, form, write, old.attachments)


def _account(request: HttpRequest, viewed: Viewed, first: Fact, form: FactForm) -> bool:
    return _stored(request, viewed, form, partial(add_account, fact_id=first.id))


def _planned(viewed: Viewed, form: FactForm) -> bool:
    return bool(form.cleaned_data["on"] > viewed.standing.on)


urlpatterns = [
    path("case/<uuid:case_id>/add/", add, name="add"),
    path("case/<uuid:case_id>/add/<slug:kind>/", add_fact, name="add-fact"),
    path("case/<uuid:case_id>/add/<slug:kind>/keep/", keep_fact, name="keep-fact"),
    path("case/<uuid:case_id>/fact/<str:fact_id>/", fact, name="fact"),
    path("case/<uuid:case_id>/fact/<str:fact_id>/correct/", correct, name="correct"),
    path("case/<uuid:case_id>/fact/<str:fact_id>/account/", account, name="account"),
    path("case/<uuid:case_id>/fact/<str:fact_id>/withdraw/", withdraw, name="withdraw"),
    path("case/<uuid:case_id>/paper/<str:attachment_id>/", paper, name="paper"),
]
