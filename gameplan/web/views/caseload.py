"""The caseload: each child that somebody reaches at work by the next day; a month, meetings, a table to take out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gameplan.cases.models import Entry
from gameplan.cases.people import Person, person_of
from gameplan.cases.reach import Reach, reach_of
from gameplan.cases.today import today
from gameplan.districts.asked import Asked, after_in, day_in, read_asked
from gameplan.districts.caseload import PAGE, managers_to_choose, page_of
from gameplan.districts.months import Day, Week, meetings_planned, month_before, month_of, next_month
from gameplan.districts.taking_out import Columns, caseload_csv
from gameplan.people.roles import ROLES, Action
from gameplan.people.stamps import stamp_of
from gameplan.watch.models import Due
from gameplan.web.asking import answer
from gameplan.web.duty_lines import Words, who_acts
from gameplan.web.forms.caseload import CaseloadForm, clock_choices, manager_choices, place_choices
from gameplan.web.kept_pages import kept_answer
from gameplan.web.templatetags.look import page_tongue
from gameplan.web.words import STATUSES

Context = dict[str, object]

PRINTED = 500
SHOWN, SHOWN_ON_PAPER = 3, 6


@require_GET
def caseload(request: HttpRequest) -> HttpResponse:
    """The children in reach by their next day, fifty a page; with `?print=1` as a list for paper."""
    is_print = "print" in request.GET

    def page(person: Person, asked: Asked, on: date) -> Context:
        reach, after = reach_of(person), after_in(request.GET.get("after", ""))
        page = page_of(reach, asked, on=on, after=after, size=PRINTED if is_print else PAGE)
        words = Words(page_tongue())
        return {
            **_filters(reach, asked),
            "children": [words.child(line, shown=SHOWN_ON_PAPER if is_print else SHOWN) for line in page.lines],
            "next": f"?{_joined(asked.query(), f'after={page.after}')}" if page.after else "",
            "is_first": after is None,
            "may_take_out": _may(reach, Action.SHARE),
            "may_assign": _may(reach, Action.PEOPLE),
            "may_move": _may(reach, Action.PEOPLE) and _runs_some(reach),
        }

    return _kept(request, "pages/caseload/print.html" if is_print else "pages/caseload/caseload.html", page)


@require_GET
def caseload_month(request: HttpRequest) -> HttpResponse:
    """What is due in a month (`?month=2026-11`), day by day."""

    def page(person: Person, asked: Asked, on: date) -> Context:
        reach = reach_of(person)
        first = (day_in(f"{request.GET.get('month', '')}-01") or on).replace(day=1)
        first = first if date(1990, 1, 1) <= first <= date(2100, 12, 1) else on.replace(day=1)
        return {
            **_filters(reach, asked),
            "first": first,
            "weeks": [[(day, _day_url(asked, day)) for day in week] for week in month_of(reach, asked, first)],
            "before": _month_url(asked, month_before(first)),
            "after": _month_url(asked, next_month(first)),
        }

    return _kept(request, "pages/caseload/month.html", page)


@require_GET
def caseload_meetings(request: HttpRequest) -> HttpResponse:
    """The meetings that are planned in the next weeks, week by week."""

    def page(person: Person, asked: Asked, on: date) -> Context:
        reach = reach_of(person)
        load = meetings_planned(reach.narrowed(asked.place) if asked.place else reach, on)
        return {**_filters(reach, asked), "load": load, "weeks": [(week, _meetings(week)) for week in load.weeks]}

    return _kept(request, "pages/caseload/meetings.html", page)


def _kept(request: HttpRequest, template: str, page: Callable[[Person, Asked, date], Context]) -> HttpResponse:
    """A page of somebody's work, made anew once anything has changed in their schools, or a day has passed.

    The posts are asked for at each look, and the stamp before the page is made: it is never older than its key. Raises
    Http404 for somebody who works nowhere.
    """
    person, on = _at_work(request), today()
    key = (person.posts, stamp_of(held.organisation for held in person.posts), on)

    def context() -> Context:
        return {**page(person, read_asked(request.GET), on), "on": on}

    return kept_answer(request, template, context, reader=person.id, key=key)


@require_GET
def caseload_file(request: HttpRequest) -> StreamingHttpResponse:
    """The caseload as CSV. 403 for who may take out none; each child's record of access says that it was taken."""
    person = _at_work(request)
    columns = Columns(
        (
            _("Child"), _("School"), _("IEP manager"), _("Duty"), _("Rule"), _("Who has to act"), _("Due"),
            _("At the earliest"), _("At the latest"), _("How it stands"),
        ),
        _duty_words,
    )  # fmt: skip
    written = caseload_csv(reach_of(person, to=Action.SHARE), read_asked(request.GET), columns, on=today())
    answer_ = StreamingHttpResponse(written, content_type="text/csv; charset=utf-8")
    answer_["Content-Disposition"] = f'attachment; filename="caseload-{today().isoformat()}.csv"'
    return answer_


def reach_for(request: HttpRequest) -> Reach:
    """What the person who asks reaches at work. Raises Http404 for somebody who works nowhere."""
    return reach_of(_at_work(request))


def _at_work(request: HttpRequest) -> Person:
    person = person_of(request)
    if not person.posts:
        raise Http404("There is no such page for this person.")
    return person


def _duty_words(due: Due) -> tuple[str, str, str]:
    return page_tongue().say(due.says), who_acts(due), str(STATUSES[due.status].word)


def _filters(reach: Reach, asked: Asked) -> dict[str, object]:
    state = next((one.state for one in reach.places.values() if one.state), "")
    managers = managers_to_choose(reach) if _runs_some(reach) else []
    form = CaseloadForm(
        asked,
        place=place_choices(reach.places.values()),
        manager=manager_choices(managers) if managers or _runs_some(reach) else (),
        clock=clock_choices(state, page_tongue()),
    )
    return {"form": form, "asked": asked, "query": asked.query()}


def _runs_some(reach: Reach) -> bool:
    return bool(reach.districts or reach.schools)


def _may(reach: Reach, action: Action) -> bool:
    """True if this person may do that with some child in reach; which one, each door says."""
    return any(action in ROLES[held.role].may for held in reach.person.posts)


def _meetings(week: Week) -> list[tuple[Entry, str]]:
    return [(one, str(answer(str(one.data.get("kind", ""))))) for one in week.meetings]


def _day_url(asked: Asked, day: Day) -> str:
    return f"{reverse('web:caseload')}?{_joined(asked.query(), f'day={day.on.isoformat()}')}"


def _month_url(asked: Asked, first: date) -> str:
    return f"?{_joined(asked.query(), f'month={first:%Y-%m}')}"


def _joined(*queries: str) -> str:
    return "&".join(query for query in queries if query)


urlpatterns = [
    path("caseload/", caseload, name="caseload"),
    path("caseload/month/", caseload_month, name="caseload-month"),
    path("caseload/meetings/", caseload_meetings, name="caseload-meetings"),
    path("caseload/caseload.csv", caseload_file, name="caseload-file"),
]
