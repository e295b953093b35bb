"""Letters: write one, look at it, finish it, say how it was sent."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gameplan import letters
from gameplan.cases import drafts
from gameplan.cases.people import person_of
from gameplan.cases.verbs import attach
from gameplan.core.standing import Duty
from gameplan.papers import verbs
from gameplan.papers.doors import correction_of, letter_of, pdf_of
from gameplan.papers.letter_docx import DOCX, word_file
from gameplan.papers.models import Letter
from gameplan.papers.pdf import CannotPrint
from gameplan.people.refusals import Refused
from gameplan.people.roles import Action
from gameplan.web.downloads import download
from gameplan.web.forms.letter import LANGUAGES, LetterForm, ReceivedForm, SentForm, initial_of, words_of
from gameplan.web.letter_help import OFFICES, office_known, page_lang, services_known, would_start
from gameplan.web.sides import Reading
from gameplan.web.standings import Viewed, opened
from gameplan.web.templatetags.look import page_tongue

GET_OR_POST = require_http_methods(["GET", "POST"])


@GET_OR_POST
def write(request: HttpRequest, case_id: UUID, kind: str) -> HttpResponse:
    """Write a letter: what is known is filled in; looking at it writes nothing; finishing freezes it."""
    viewed = opened(request, case_id, to=Action.LETTER)
    lang, corrects = _lang(request), request.GET.get("corrects") or None
    asked = _asked(kind, lang)
    form = LetterForm(request.POST or None, asked=asked, initial=_initial(request, viewed, kind, lang, corrects))
    shown: letters.Letter | None = None
    if request.method == "POST":
        _keep(request, viewed, kind, form)
        shown = _preview(viewed, form, kind, lang, corrects)
        if shown and _is_pressed(request, "finish"):
            return _finished(request, viewed, form, kind, lang, corrects)
    context = {
        "case": viewed.case, "form": form, "groups": _groups(form), "lang": lang,
        "kind": letters.kind_of(kind, page_lang()), "starts": lambda: would_start(viewed, kind, _values(form)),
        "languages": LANGUAGES, "shown": shown, "corrects": corrects, "to_state": kind in OFFICES,
        "state": viewed.told.child.state,
    }  # fmt: skip
    is_look = "HX-Request" in request.headers
    template = "parts/letter_preview.html" if is_look else "pages/letters/write.html"
    return render(request, template, context, status=422 if form.errors and not is_look else 200)


@require_POST
def preview_pdf(request: HttpRequest, case_id: UUID, kind: str) -> HttpResponse:
    """The letter as it would be printed, marked as a draft. Writes nothing."""
    viewed = opened(request, case_id, to=Action.LETTER)
    lang, corrects = _lang(request), request.GET.get("corrects") or None
    form = LetterForm(request.POST, asked=_asked(kind, lang))
    if not form.is_valid():
        raise Http404("This form cannot be printed.")
    try:
        pdf = verbs.preview_pdf(
            viewed.case, kind=kind, lang=lang, values=form.values(), on=viewed.standing.on, corrects=corrects
        )
    except (letters.MissingFields, letters.WrongFields):
        return write(request, case_id, kind)
    except CannotPrint as error:
        messages.error(request, page_tongue().say(error.say))
        return write(request, case_id, kind)
    return download(pdf, "application/pdf", "draft.pdf", inline=True)


@require_GET
def letter(request: HttpRequest, case_id: UUID, letter_id: str) -> HttpResponse:
    """A finished letter: its words, its hash, how it went out, and what to do next."""
    viewed = opened(request, case_id)
    found = letter_of(viewed.case, letter_id)
    sent = SentForm(initial={"form_key": uuid4(), "on": viewed.standing.on.isoformat()})
    return _letter_page(request, viewed, found, sent)


@require_POST
def sent(request: HttpRequest, case_id: UUID, letter_id: str) -> HttpResponse:
    """I sent it: how, when, to whom, with the receipt. This starts the school's time to answer."""
    viewed = opened(request, case_id, to=Action.LETTER)
    found = letter_of(viewed.case, letter_id)
    form = SentForm(request.POST, request.FILES)
    if form.is_valid() and _send(request, viewed, found, form):
        messages.success(request, _("Written down. The time of the school to answer is on the page now."))
        return redirect("web:letter", case_id=case_id, letter_id=letter_id)
    return _letter_page(request, viewed, found, form, status=422)


@require_POST
def received(request: HttpRequest, case_id: UUID, letter_id: str, number: int) -> HttpResponse:
    """The day on which the school got a mailed letter."""
    viewed = opened(request, case_id, to=Action.LETTER)
    found = letter_of(viewed.case, letter_id)
    sending = next((one for one in found.went_out if one.pk == number), None)
    if sending is None:
        raise Http404("There is no such sending.")
    form = ReceivedForm(request.POST)
    if form.is_valid():
        try:
            verbs.mark_received(sending, by=viewed.case.reader, received=form.cleaned_data["received"])
            messages.success(request, _("Written down. From that day the time of the school to answer runs."))
        except Refused as refused:
            _say(request, refused)
    else:
        messages.error(request, _("Write the day on which the school got it."))
    return redirect("web:letter", case_id=case_id, letter_id=letter_id)


@require_GET
def letter_pdf(request: HttpRequest, case_id: UUID, letter_id: str) -> HttpResponse:
    """The PDF of a finished letter."""
    found = letter_of(opened(request, case_id).case, letter_id)
    return download(pdf_of(found), "application/pdf", f"{found.kind}-{found.letter_id}.pdf")


@require_GET
def letter_text(request: HttpRequest, case_id: UUID, letter_id: str) -> HttpResponse:
    """The words of a finished letter, for an e-mail."""
    found = letter_of(opened(request, case_id).case, letter_id)
    return download(found.text.encode(), "text/plain; charset=utf-8", f"{found.kind}-{found.letter_id}.txt")


@require_GET
def letter_docx(request: HttpRequest, case_id: UUID, letter_id: str) -> HttpResponse:
    """A finished letter as a Word file, with the words as they were frozen."""
    found = letter_of(opened(request, case_id).case, letter_id)
    return download(word_file(found), DOCX, f"{found.kind}-{found.letter_id}.docx")


def _letter_page(
    request: HttpRequest, viewed: Viewed, found: Letter, form: SentForm, status: int = 200
) -> HttpResponse:
    context = {
        "case": viewed.case, "letter": found, "name": found.name_in(page_lang()), "form": form,
        "received_form": ReceivedForm(), "correction": correction_of(found), "duties": _started_by(viewed, found),
        "reading": Reading(viewed.case), "papers": {one.id for one in viewed.told.attachments},
    }  # fmt: skip
    return render(request, "pages/letters/letter.html", context, status=status)


def _started_by(viewed: Viewed, found: Letter) -> list[Duty]:
    """The duties that this letter has started."""
    facts = {sending.fact_id for sending in found.went_out}
    return [duty for duty in viewed.standing.duties if duty.started_by in facts and duty.due_earliest]


def _asked(kind: str, lang: str) -> list[letters.LetterField]:
    try:
        known = letters.kind_of(kind, lang)
    except letters.UnknownLetter as unknown:
        raise Http404("There is no such letter.") from unknown
    if "parent" not in known.signed_by:
        raise Http404("This is a notice of the school, not a letter of the family.")
    return [field for field in known.fields if not field.given]


def _is_pressed(request: HttpRequest, button: str) -> bool:
    """True if this button was pressed. A look while somebody types names the button that only has the focus."""
    return request.POST.get("go") == button and "HX-Request" not in request.headers


def _groups(form: LetterForm) -> list[tuple[str, list[object]]]:
    """The fields under the headings of their groups."""
    found: dict[str, list[object]] = {}
    for field in form.asked:
        found.setdefault(field.group, []).append(form[field.id])
    return list(found.items())


def _values(form: LetterForm) -> dict[str, str]:
    """What stands in the form now, as the letter takes it."""
    if form.is_bound:
        return form.values() if form.is_valid() else {}
    return words_of(form.initial)


def _lang(request: HttpRequest) -> str:
    """The language of the letter: what was chosen, else that of the page."""
    chosen = request.GET.get("lang") or page_lang()
    return chosen if chosen in dict(LANGUAGES) else "en"


def _screen(kind: str) -> str:
    return f"letter-{kind}"


def _initial(request: HttpRequest, viewed: Viewed, kind: str, lang: str, corrects: str | None) -> dict[str, object]:
    known = verbs.suggested(viewed.case, kind=kind, lang=lang, on=viewed.standing.on, corrects=corrects)
    known = office_known(kind, viewed.told.child.state) | known
    known |= services_known(kind, viewed.case, lang, viewed.standing.on)
    kept = {} if corrects else drafts.kept(person_of(request), _screen(kind), viewed.case)
    return initial_of(_asked(kind, lang), known | {name: str(value) for name, value in kept.items() if value})


def _keep(request: HttpRequest, viewed: Viewed, kind: str, form: LetterForm) -> None:
    """Keep what was typed, as it was typed."""
    if form.is_valid():
        drafts.keep(person_of(request), _screen(kind), form.values(), viewed.case)


def _preview(viewed: Viewed, form: LetterForm, kind: str, lang: str, corrects: str | None) -> letters.Letter | None:
    if not form.is_valid():
        return None
    try:
        return verbs.preview(
            viewed.case, kind=kind, lang=lang, values=form.values(), on=viewed.standing.on, corrects=corrects
        )
    except letters.MissingFields as error:
        form.refuse_missing(error)
    except letters.WrongFields as error:
        form.refuse_wrong(error)
    return None


def _finished(
    request: HttpRequest, viewed: Viewed, form: LetterForm, kind: str, lang: str, corrects: str | None
) -> HttpResponse:
    try:
        made = verbs.finish(
            viewed.case, by=viewed.case.reader, kind=kind, lang=lang, values=form.values(), on=viewed.standing.on,
            corrects=corrects, form_key=form.cleaned_data["form_key"],
        )  # fmt: skip
    except CannotPrint as error:
        messages.error(request, page_tongue().say(error.say))
        return redirect(request.get_full_path())
    drafts.drop(person_of(request), _screen(kind), viewed.case)
    messages.success(request, _("The letter is finished. Print it or send it, then tell us how it went out."))
    return redirect("web:letter", case_id=viewed.case.pk, letter_id=made.letter_id)


def _send(request: HttpRequest, viewed: Viewed, found: Letter, form: SentForm) -> bool:
    said, by = form.cleaned_data, viewed.case.reader
    try:
        with transaction.atomic():
            upload, receipt = said["receipt"], None
            if upload:
                paper = attach(
                    viewed.case,
                    by=by,
                    name=upload.name,
                    content=upload.read(),
                    media_type=upload.content_type,
                )
                receipt = paper.attachment_id
            verbs.mark_sent(
                found, by=by, how=said["how"], on=said["on"], to=said["to"], receipt=receipt,
                received=said["received"], form_key=said["form_key"],
            )  # fmt: skip
    except Refused as refused:
        for fault in refused.faults:
            form.add_error(None, f"{fault.what} {fault.mend}")
        return False
    return True


def _say(request: HttpRequest, refused: Refused) -> None:
    for fault in refused.faults:
        messages.error(request, f"{fault.what} {fault.mend}")


urlpatterns = [
    path("case/<uuid:case_id>/write/<slug:kind>/", write, name="write"),
    path("case/<uuid:case_id>/write/<slug:kind>/draft.pdf", preview_pdf, name="preview-pdf"),
    path("case/<uuid:case_id>/letter/<str:letter_id>/", letter, name="letter"),
    path("case/<uuid:case_id>/letter/<str:letter_id>/sent/", sent, name="letter-sent"),
    path("case/<uuid:case_id>/letter/<str:letter_id>/received/<int:number>/", received, name="letter-received"),
    path("case/<uuid:case_id>/letter/<str:letter_id>/letter.pdf", letter_pdf, name="letter-pdf"),
    path("case/<uuid:case_id>/letter/<str:letter_id>/letter.txt", letter_text, name="letter-text"),
    path("case/<uuid:case_id>/letter/<str:letter_id>/letter.docx", letter_docx, name="letter-docx"),
]
