"""Minutes: what the plan promises and what was given, the same for both sides; and noting a session in two taps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gameplan.cases.doors import case_for
from gameplan.cases.models import Case
from gameplan.cases.people import person_of
from gameplan.cases.seeing import sees_all
from gameplan.cases.today import today
from gameplan.core.words import Say
from gameplan.measures.ledger import Cell, Ledger, Service, Sums
from gameplan.measures.log import MISSED, NOT_RECORDED
from gameplan.measures.said import ASK_TEAM, HOW_COUNTED, differs_said, not_known_said, sums_said
from gameplan.measures.short import NOTHING_WRITTEN, Shortfall, short
from gameplan.people.refusals import Refused
from gameplan.people.roles import Action
from gameplan.progress.minutes import (
    KINDS,
    correct_session,
    ledger_of,
    log_session,
    logs_of,
    session_of,
    spells_in,
    told_to_both,
    withdraw_session,
)
from gameplan.progress.models_minutes import ServiceLog
from gameplan.progress.noted import standing
from gameplan.web.forms.minutes import SessionForm
from gameplan.web.templatetags.look import page_tongue

GET_OR_POST = require_http_methods(["GET", "POST"])
WEEKS_SHOWN = 8
SESSIONS_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Shown:
    """One service on the page: its sums of this school year, its bar, its last weeks, and where it falls short."""

    key: str
    service: Service
    sums: Sums
    bar: tuple[tuple[str, float, float], ...]
    words: tuple[Say, ...]
    weeks: tuple[Cell, ...]
    short: tuple[Shortfall, ...]
    minutes: int | None

    @property
    def is_counted(self) -> bool:
        """True if there are minutes to show."""
        return self.service.not_counted is None


@require_GET
def minutes(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Each service with what was promised, given, missed and is still to come; and where it falls short."""
    case = case_for(person_of(request), case_id)
    told = told_to_both(case)
    ledgers = {kind: ledger_of(case, today(), kind, told=told) for kind in KINDS}
    begun = any(logs_of(case, kind) for kind in KINDS)
    shown = [one for kind, found in ledgers.items() for one in _shown(kind, found, begun=begun)]
    context = {
        "case": case, "shown": shown, "writes": Action.WRITE in case.can, "shares": Action.SHARE in case.can,
        "is_family": sees_all(case), "desk": Action.LETTER in case.can, "how": HOW_COUNTED, "ask_team": ASK_TEAM,
        "day": today().isoformat(),
        "unknown": [say for found in ledgers.values() for say in not_known_said(found)],
        "differs": [differs_said(one) for found in ledgers.values() for one in found.differs],
        "begun": begun, "unwritten": _unwritten(ledgers.values()) if begun else [],
        "sessions": _sessions(case, _names(shown)),
    }  # fmt: skip
    return render(request, "pages/minutes/minutes.html", context)


@GET_OR_POST
def log(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A session in a form; what stands in the address fills it in beforehand, so that it is two taps."""
    case = case_for(person_of(request), case_id, to=Action.WRITE)
    asked = {name: request.GET.get(name) for name in ("service", "minutes", "what")}
    first_words = {"form_key": uuid4(), "on": today().isoformat(), **asked}
    form = _form(request, case, first_words)
    if request.method == "POST" and form.is_valid() and _logged(case, form):
        messages.success(request, _("Noted. The numbers count it already."))
        return redirect("web:minutes", case_id=case_id)
    context = {"case": case, "form": form, "is_family": sees_all(case)}
    return render(request, "pages/minutes/session.html", context, status=422 if form.errors else 200)


@GET_OR_POST
def session(request: HttpRequest, case_id: UUID, number: int) -> HttpResponse:
    """Put the note of a session right; the old one stays in the list of changes."""
    case = case_for(person_of(request), case_id, to=Action.WRITE)
    old = session_of(case, number)
    form = _form(request, case, _words_of(old), without=number)
    if request.method == "POST" and form.is_valid() and _logged(case, form, instead_of=number):
        messages.success(request, _("Put right. What stood there before is kept."))
        return redirect("web:minutes", case_id=case_id)
    context = {"case": case, "form": form, "old": old, "is_family": sees_all(case), "own": old.side == case.reader.side}
    return render(request, "pages/minutes/session.html", context, status=422 if form.errors else 200)


@require_POST
def withdraw(request: HttpRequest, case_id: UUID, number: int) -> HttpResponse:
    """Take the note of a session back."""
    case = case_for(person_of(request), case_id, to=Action.WRITE)
    withdraw_session(case, number, by=case.reader)
    messages.success(request, _("Taken back. It stays in the list of changes."))
    return redirect("web:minutes", case_id=case_id)


def _shown(kind: str, found: Ledger, *, begun: bool) -> Iterator[Shown]:
    """The services of a ledger. Before anybody has noted anything (`begun`), the page says so once, not of each."""
    lacking = short(found) if begun else ()
    planned = {row.service: row for spell in found.spells for row in spell.rows if spell.holds(today())}
    for one in found.services:
        year = found.this_school_year(one.id) or found.total(one.id)
        over = [cell for cell in found.weeks(one.id) if cell.week <= today()]
        row = planned.get(one.id)
        once = int(row.once) if row and row.once else None
        yield Shown(
            f"{kind}:{one.id}", one, year, _bar(year), sums_said(year), tuple(reversed(over[-WEEKS_SHOWN:])),
            tuple(each for each in lacking if each.service == one.id and each.rule != NOTHING_WRITTEN), once,
        )  # fmt: skip


def _unwritten(ledgers: Iterable[Ledger]) -> list[str]:
    """The names of the services of which nobody has written down anything for a while."""
    said = page_tongue()
    found = []
    for ledger in ledgers:
        names = {one.id: one.name for one in ledger.services}
        found += [names[one.service] for one in short(ledger) if one.rule == NOTHING_WRITTEN]
    return [said.say(name) if isinstance(name, Say) else name for name in found]


def _bar(sums: Sums) -> tuple[tuple[str, float, float], ...]:
    """The parts of a bar, each with its first point and its width, of 100."""
    at, found = 0.0, []
    unknown = sums.missed_by.get(NOT_RECORDED, Fraction(0))
    parts = {
        "delivered": sums.delivered, "missed": sums.missed - unknown, "unknown": unknown, "upcoming": sums.upcoming,
    }  # fmt: skip
    for name, minutes_ in parts.items():
        width = float(100 * minutes_ / sums.promised) if sums.promised else 0.0
        found.append((name, round(at, 2), round(width, 2)))
        at += width
    return tuple(found)


def _names(shown: list[Shown]) -> dict[str, str]:
    said = page_tongue()
    return {
        one.key: said.say(one.service.name) if isinstance(one.service.name, Say) else one.service.name for one in shown
    }


def _sessions(case: Case, names: dict[str, str]) -> list[tuple[ServiceLog, str, bool]]:
    """The last sessions that stand, newest first: the row, the name of its service, and if the reader may mend it."""
    found = sorted(
        (row for kind in KINDS for row in standing(logs_of(case, kind))), key=lambda one: (one.on, one.number)
    )
    return [
        (one, names.get(f"{one.plan_kind}:{one.field}/{one.row_id}", one.field), one.side == case.reader.side)
        for one in reversed(found[-SESSIONS_SHOWN:])
    ]


def _form(request: HttpRequest, case: Case, words: Mapping[str, object], without: int | None = None) -> SessionForm:
    said = page_tongue()
    services: dict[str, str] = {}
    missed: list[tuple[int, str]] = []
    told = told_to_both(case)
    for kind in KINDS:
        for row in (row for spell in spells_in(case, today(), kind, told) for row in spell.rows):
            services[f"{kind}:{row.service}"] = said.say(row.name) if isinstance(row.name, Say) else row.name
        missed += [
            (one.number, f"{said.date(one.on)}: {services.get(f'{kind}:{one.field}/{one.row_id}', '')}, {one.minutes}")
            for one in standing(logs_of(case, kind))
            if one.what == MISSED and one.number != without and one.side == case.reader.side
        ]
    return SessionForm(
        request.POST or None, initial=words, services=list(services.items()), missed=missed,
        is_shared=case.school_id is not None,
    )  # fmt: skip


def _words_of(old: ServiceLog) -> dict[str, object]:
    return {
        "service": f"{old.plan_kind}:{old.field}/{old.row_id}", "on": old.on.isoformat(), "what": old.what,
        "minutes": old.minutes, "reason": old.reason, "makes_up": old.makes_up or "", "note": old.note,
    }  # fmt: skip


def _logged(case: Case, form: SessionForm, instead_of: int | None = None) -> bool:
    try:
        if instead_of is None:
            log_session(case, by=case.reader, session=form.session(), form_key=form.cleaned_data["form_key"])
        else:
            correct_session(case, instead_of, by=case.reader, session=form.session())
    except Refused as refused:
        for fault in refused.faults:
            form.add_error(fault.where if fault.where in form.fields else None, f"{fault.what} {fault.mend}")
        return False
    return True


urlpatterns = [
    path("case/<uuid:case_id>/minutes/", minutes, name="minutes"),
    path("case/<uuid:case_id>/minutes/log/", log, name="log-session"),
    path("case/<uuid:case_id>/minutes/<int:number>/", session, name="session"),
    path("case/<uuid:case_id>/minutes/<int:number>/withdraw/", withdraw, name="withdraw-session"),
]
