"""The caseload: each child that somebody reaches at work by the next day; a month, meetings, a table to take out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gameplan.cases.models import Entry
from gameplan.cases.people import person_of
from gameplan.cases.reach import Reach, reach_of
from gameplan.cases.today import today
from gameplan.districts.asked import Asked, after_in, day_in, read_asked
from gameplan.districts.caseload import PAGE, Line, managers_to_choose, page_of
from gameplan.districts.months import Day, Week, meetings_planned, month_before, month_of, next_month
from gameplan.districts.taking_out import Columns, caseload_csv
from gameplan.people.roles import ROLES, Action
from gameplan.watch.models import Due
from gameplan.web.asking import answer
from gameplan.web.forms.caseload import WHO, CaseloadForm, clock_choices, manager_choices, place_choices
from gameplan.web.templatetags.look import page_tongue
from gameplan.web.views.child import NO_START
from gameplan.web.words import STATUSES, Wording

PRINTED = 500
SHOWN, SHOWN_ON_PAPER = 3, 6


@dataclass(frozen=True)
class DutyLine:
    """One duty of a child in the list, in words, and where it says why."""

    title: str
    who: str
    wording: Wording
    due: Due
    why: str

    @property
    def first(self) -> date | None:
        """The day on which it is due, or the earliest that it can be."""
        return self.due.due or self.due.due_earliest

    @property
    def last(self) -> date | None:
        """The latest day that it can be, where that is another one."""
        latest = None if self.due.due else self.due.due_latest
        return None if latest == self.first else latest


@dataclass(frozen=True)
class ChildLine:
    """One child in the list: the first duties, and those that are folded away."""

    line: Line
    first: list[DutyLine]
    more: list[DutyLine]

    @property
    def count(self) -> int:
        """How many duties are shown at once."""
        return len(self.first)


@require_GET
def caseload(request: HttpRequest) -> HttpResponse:
    """The children in reach by their next day, fifty a page; with `?print=1` as a list for paper."""
    reach, asked = reach_for(request), read_asked(request.GET)
    is_print = "print" in request.GET
    after = after_in(request.GET.get("after", ""))
    page = page_of(reach, asked, on=today(), after=after, size=PRINTED if is_print else PAGE)
    context = {
        **_filters(reach, asked),
        "children": [_child_line(line, shown=SHOWN_ON_PAPER if is_print else SHOWN) for line in page.lines],
        "next": f"?{_joined(asked.query(), f'after={page.after}')}" if page.after else "",
        "is_first": after is None,
        "is_print": is_print,
        "on": today(),
        "may_take_out": _may(reach, Action.SHARE),
        "may_assign": _may(reach, Action.PEOPLE),
        "may_move": _may(reach, Action.PEOPLE) and _runs_some(reach),
    }
    return render(request, "pages/caseload/print.html" if is_print else "pages/caseload/caseload.html", context)


@require_GET
def caseload_month(request: HttpRequest) -> HttpResponse:
    """What is due in a month (`?month=2026-11`), day by day."""
    reach, asked = reach_for(request), read_asked(request.GET)
    first = (day_in(f"{request.GET.get('month', '')}-01") or today()).replace(day=1)
    first = first if date(1990, 1, 1) <= first <= date(2100, 12, 1) else today().replace(day=1)
    weeks = month_of(reach, asked, first)
    context = {
        **_filters(reach, asked),
        "first": first,
        "weeks": [[(day, _day_url(asked, day)) for day in week] for week in weeks],
        "before": _month_url(asked, month_before(first)),
        "after": _month_url(asked, next_month(first)),
        "on": today(),
    }
    return render(request, "pages/caseload/month.html", context)


@require_GET
def caseload_meetings(request: HttpRequest) -> HttpResponse:
    """The meetings that are planned in the next weeks, week by week."""
    reach, asked = reach_for(request), read_asked(request.GET)
    load = meetings_planned(reach.narrowed(asked.place) if asked.place else reach, today())
    context = {
        **_filters(reach, asked),
        "load": load,
        "weeks": [(week, _meetings(week)) for week in load.weeks],
        "on": today(),
    }
    return render(request, "pages/caseload/meetings.html", context)


@require_GET
def caseload_file(request: HttpRequest) -> StreamingHttpResponse:
    """The caseload as CSV. 403 for who may take out none; each child's record of access says that it was taken."""
    person = person_of(request)
    reach_for(request)
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
    person = person_of(request)
    if not person.posts:
        raise Http404("There is no such page for this person.")
    return reach_of(person)


def why_due(due: Due) -> str:
    """The address that says why a duty is due on its day."""
    return reverse("web:why", args=(due.case_id, due.pack, due.clock, due.started_by or NO_START))


def who_acts(due: Due) -> str:
    """Who has to act, in words."""
    return ", ".join(str(WHO.get(name, name)) for name in due.owed_by)


def _duty_words(due: Due) -> tuple[str, str, str]:
    return page_tongue().say(due.says), who_acts(due), str(STATUSES[due.status].word)


def _child_line(line: Line, *, shown: int) -> ChildLine:
    said = [
        DutyLine(page_tongue().say(due.says), who_acts(due), STATUSES[due.status], due, why_due(due))
        for due in line.duties
    ]
    return ChildLine(line, said[:shown], said[shown:])


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
