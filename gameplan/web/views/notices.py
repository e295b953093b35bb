"""Notices: what there is, writing one, looking at it, finishing it, and a translation beside it."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from gameplan import letters
from gameplan.cases import drafts
from gameplan.cases.doors import case_for, may_now
from gameplan.cases.models import Case
from gameplan.cases.people import person_of
from gameplan.cases.rows import child_of
from gameplan.cases.today import today
from gameplan.core.faults import Fault
from gameplan.core.standing import Duty
from gameplan.law import law_for
from gameplan.law.content_check import ContentCheck
from gameplan.letters.matters import name_words
from gameplan.notices import checking, writing
from gameplan.notices.doors import deliveries_of, help_of, notice_of, notices_of, original_of
from gameplan.notices.models import Notice
from gameplan.notices.proofs import State
from gameplan.papers.pdf import CannotPrint
from gameplan.people.refusals import Refused
from gameplan.people.roles import Action
from gameplan.web.delivered import shown
from gameplan.web.downloads import download
from gameplan.web.forms.letter import LANGUAGES, initial_of
from gameplan.web.forms.notice import NoticeForm, TranslationForm
from gameplan.web.standings import viewed_of
from gameplan.web.templatetags.look import page_tongue

GET_OR_POST = require_http_methods(["GET", "POST"])
PWN = "prior-written-notice"


@require_GET
def notices(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What waits for the reader, the notices there are, what is proved of each; and what may need a notice."""
    case = case_for(person_of(request), case_id)
    lang, found = _page_lang(), list(deliveries_of(case))
    mine = [one for one in found if one.person == case.reader.id and one.state != State.FAILED]
    writes = may_now(case, Action.OFFER)
    context = {
        "case": case, "writes": writes, "waiting": [one for one in mine if one.arrived is None],
        "notices": [(one, one.name_in(lang), original_of(one)) for one in notices_of(case)],
        "deliveries": [shown(one) for one in reversed(found)], "asked": help_of(case).filter(done_on=None),
        "matters": _matters(case, lang) if writes else (),
        "needed": _needed(case, lang) if writes else (),
        "kinds": sorted((letters.kind_of(kind, lang) for kind in writing.kinds()), key=lambda kind: kind.name),
    }  # fmt: skip
    return render(request, "pages/notices/notices.html", context)


@GET_OR_POST
def write(request: HttpRequest, case_id: UUID, kind: str) -> HttpResponse:
    """Write a notice: what is known is filled in; looking at it writes nothing; finishing freezes it."""
    case, lang = case_for(person_of(request), case_id, to=Action.OFFER), _lang(request)
    asked = _asked(kind, lang)
    form = NoticeForm(request.POST or None, asked=asked, initial=_initial(request, case, kind, lang))
    letter: letters.Letter | None = None
    if request.method == "POST":
        _keep(request, case, kind, form)
        letter = _preview(request, case, form, kind, lang)
        go = request.POST.get("go")
        if letter and go == "pdf":
            return _draft(request, case, form, kind, lang)
        if letter and go == "finish" and (made := _finish(request, case, form, kind, lang)):
            return made
        if letter is None and go == "finish":
            said = form.values() | writing.by_law(case, kind, lang, today())
            _add_faults(form, checking.faults_in(kind, said, law_for(child_of(case).state), today(), lang))
    context = {
        "case": case, "form": form, "groups": _groups(form), "lang": lang, "kind": letters.kind_of(kind, _page_lang()),
        "languages": LANGUAGES, "shown": letter, "query": _query(request, lang), "asked_again": f"?{_rest(request)}",
        "check": _check(kind, form, writing.by_law(case, kind, lang, today())),
    }  # fmt: skip
    return render(request, "pages/notices/write.html", context, status=422 if form.errors else 200)


@GET_OR_POST
def translate(request: HttpRequest, case_id: UUID, notice_id: str, lang: str) -> HttpResponse:
    """A translation of a notice, field by field, frozen beside the original."""
    case = case_for(person_of(request), case_id, to=Action.OFFER)
    found = notice_of(case, notice_id)
    if lang not in writing.other_languages(found):
        raise Http404("This notice is there in that language, or cannot be.")
    original = original_of(found)
    form = TranslationForm(
        request.POST or None, asked=writing.to_translate(found, _page_lang()), original=dict(original.values)
    )
    if form.is_valid() and _translated(found, case, form, lang):
        messages.success(request, _("The translation is kept beside the original. Now it can go out."))
        return redirect("web:read-paper", case_id=case_id, about=found.about)
    context = {"case": case, "notice": found, "form": form, "lang": lang, "language": dict(LANGUAGES)[lang]}
    return render(request, "pages/notices/translate.html", context, status=422 if form.errors else 200)


def _translated(found: Notice, case: Case, form: TranslationForm, lang: str) -> bool:
    try:
        writing.translate(
            found, by=case.reader, lang=lang, values=form.values(), translated_by=form.cleaned_data["translated_by"]
        )
    except Refused as refused:
        _add(form, refused)
    except letters.WrongFields as error:
        for name, fault in error.faults.items():
            form.add_error(name if name in form.fields else None, page_tongue().say(fault))
    except CannotPrint as error:
        form.add_error(None, page_tongue().say(error.say))
    else:
        return True
    return False


def _finish(request: HttpRequest, case: Case, form: NoticeForm, kind: str, lang: str) -> HttpResponse | None:
    try:
        made = writing.finish(
            case, by=case.reader, kind=kind, lang=lang, values=form.values(), on=today(),
            about_event=request.GET.get("fact", ""), corrects=request.GET.get("corrects", ""),
            form_key=form.cleaned_data["form_key"],
        )  # fmt: skip
    except Refused as refused:
        _add(form, refused)
        return None
    except CannotPrint as error:
        form.add_error(None, page_tongue().say(error.say))
        return None
    drafts.drop(person_of(request), _screen(request, kind), case)
    messages.success(request, _("The notice is finished. Its words are frozen. Now send it."))
    return redirect("web:send-paper", case_id=case.pk, about=made.about)


def _draft(request: HttpRequest, case: Case, form: NoticeForm, kind: str, lang: str) -> HttpResponse:
    try:
        pdf = writing.preview_pdf(
            case, kind=kind, lang=lang, values=form.values(), on=today(), corrects=request.GET.get("corrects", "")
        )
    except CannotPrint as error:
        messages.error(request, page_tongue().say(error.say))
        return redirect(request.get_full_path())
    return download(pdf, "application/pdf", "draft.pdf", inline=True)


def _preview(request: HttpRequest, case: Case, form: NoticeForm, kind: str, lang: str) -> letters.Letter | None:
    if not form.is_valid():
        return None
    corrects = request.GET.get("corrects", "")
    try:
        return writing.preview(case, kind=kind, lang=lang, values=form.values(), on=today(), corrects=corrects)
    except letters.MissingFields as error:
        form.refuse_missing(error)
    except letters.WrongFields as error:
        form.refuse_wrong(error)
    return None


def _check(kind: str, form: NoticeForm, by_law: dict[str, str]) -> ContentCheck | None:
    """The notice as it stands in the form, or as it was filled in, against the list of the law."""
    if form.is_bound:
        return checking.check(kind, form.values() | by_law) if form.is_valid() or form.cleaned_data else None
    said = {one.id: str(form.initial.get(one.id) or "") for one in form.asked}
    return checking.check(kind, said | by_law)


def _initial(request: HttpRequest, case: Case, kind: str, lang: str) -> dict[str, object]:
    corrects = request.GET.get("corrects", "")
    known = writing.suggested(
        case, kind=kind, lang=lang, on=today(), by=case.reader, fact=request.GET.get("fact", ""),
        decision=request.GET.get("decision", ""), corrects=corrects,
    )  # fmt: skip
    kept = {} if corrects else drafts.kept(person_of(request), _screen(request, kind), case)
    return initial_of(_asked(kind, lang), known | {name: str(value) for name, value in kept.items() if value})


def _keep(request: HttpRequest, case: Case, kind: str, form: NoticeForm) -> None:
    """Keep what was typed, as it was typed."""
    if form.is_valid():
        drafts.keep(person_of(request), _screen(request, kind), form.values(), case)


def _screen(request: HttpRequest, kind: str) -> str:
    """Where a draft is kept: one for each kind, fact and decision."""
    return f"notice-{kind}-{request.GET.get('fact', '')[:40]}-{request.GET.get('decision', '')[:10]}"


def _matters(case: Case, lang: str) -> list[tuple[str, str, str, object]]:
    """What a notice can be about: name, fact, decision, day; newest first."""
    child = case.child_name
    return [
        (name_words(one, child, lang), one.fact.id, one.decision, one.fact.on) for one in writing.matters(case, today())
    ]


def _needed(case: Case, lang: str) -> list[tuple[letters.LetterKind, Duty, str]]:
    """The notices that an open duty asks for, each with the duty and the fact of the case that started it, or "".

    Those on a decision are not among them: they stand with their matter.
    """
    viewed = viewed_of(case, on=today())
    told = {fact.id for fact in viewed.told.facts}
    return [
        (letters.kind_of(kind, lang), duty, duty.started_by if duty.started_by in told else "")
        for kind, duty in letters.needed_notices(viewed.standing)
        if kind != PWN
    ]


def _asked(kind: str, lang: str) -> list[letters.LetterField]:
    if kind not in writing.kinds():
        raise Http404("There is no such notice.")
    return [one for one in letters.fields_of(kind, lang) if not one.given]


def _groups(form: NoticeForm) -> list[tuple[str, list[object]]]:
    """The fields under the headings of their groups."""
    found: dict[str, list[object]] = {}
    for one in form.asked:
        found.setdefault(one.group, []).append(form[one.id])
    return list(found.items())


def _query(request: HttpRequest, lang: str) -> str:
    """The address of the form: what it is about, in this language."""
    return f"?lang={lang}&{_rest(request)}"


def _rest(request: HttpRequest) -> str:
    """What the notice is about, for the address in another language."""
    query = request.GET.copy()
    query.pop("lang", None)
    return query.urlencode()


def _add(form: NoticeForm | TranslationForm, refused: Refused) -> None:
    _add_faults(form, refused.faults)


def _add_faults(form: NoticeForm | TranslationForm, faults: Iterable[Fault]) -> None:
    for fault in faults:
        form.add_error(fault.where if fault.where in form.fields else None, f"{fault.what} {fault.mend}")


def _page_lang() -> str:
    return (get_language() or "en")[:2]


def _lang(request: HttpRequest) -> str:
    """The language of the notice: what was chosen, else that of the page."""
    chosen = request.GET.get("lang") or _page_lang()
    return chosen if chosen in dict(LANGUAGES) else "en"


urlpatterns = [
    path("case/<uuid:case_id>/notices/", notices, name="notices"),
    path("case/<uuid:case_id>/notices/write/<slug:kind>/", write, name="write-notice"),
    path("case/<uuid:case_id>/notices/<str:notice_id>/in/<slug:lang>/", translate, name="translate-notice"),
]
