"""The caseload of somebody at work: each child in reach by the next day that matters, as the school sees the case.

Everything comes from what was worked out beforehand (`gameplan.watch`): no case is read or worked out here. A page asks
the same few questions of the database, however many children there are. Pages go on from a row, so that the hundredth
page is as quick as the first, and nothing is counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce
from django.db.models.lookups import Contains, Exact, In

from gameplan.cases.models import Case
from gameplan.cases.reach import MANAGER, Reach, managers_of, named_like, with_manager
from gameplan.districts.asked import NO_MANAGER, STATUSES, After, Asked
from gameplan.people.models import Post, User
from gameplan.people.roles import Side
from gameplan.watch.doors import dues as open_duties
from gameplan.watch.doors import looks
from gameplan.watch.models import NEVER, Due, Looked

PAGE = 50
SIDE = Side.SCHOOL
FIRST = ("next_on", "case__child_name", "school__name")
TOLD = (
    "case_id", "pack", "clock", "started_by", "title", "owed_by", "status", "due", "due_earliest", "due_latest",
    "next_on",
)  # fmt: skip
"""What a line says of a duty, and no more is read."""


@dataclass
class Line:
    """One child on the list: the case, the next day, the duties that were asked for, the IEP managers.

    Of the case only the child's name and school are shown. `is_old`: a day has come, or somebody has changed the case,
    and it is not worked out again yet.
    """

    case: Case
    key: str
    next_on: date
    school: str
    is_old: bool = False
    duties: list[Due] = field(default_factory=list)
    managers: list[str] = field(default_factory=list)

    @property
    def day(self) -> date | None:
        """The next day that matters, or None where there is none."""
        return None if self.next_on == NEVER else self.next_on


@dataclass
class Page:
    """Some lines, and after which row the next page begins; None at the end."""

    lines: list[Line]
    after: After | None


def page_of(reach: Reach, asked: Asked, *, on: date, after: After | None = None, size: int = PAGE) -> Page:
    """The next lines of a caseload. Four queries: the children, their duties, who manages them, and the names.

    Where duties are asked for, a fifth one: which children are worked out again.
    """
    lines, more = _lines(reach, asked, on, after, size)
    _tell_duties(lines, asked)
    _tell_managers(lines)
    last = lines[-1] if more else None
    return Page(lines, After(last.next_on, last.key) if last else None)


def every_line(reach: Reach, asked: Asked, *, on: date, size: int = 500) -> Iterator[list[Line]]:
    """All lines of a caseload, so many at a time, for a copy that is taken out."""
    after: After | None = None
    while True:
        page = page_of(reach, asked, on=on, after=after, size=size)
        yield page.lines
        after = page.after
        if after is None:
            return


def dues(reach: Reach, asked: Asked) -> QuerySet[Due]:
    """The open duties in reach that are asked for, as the school sees them."""
    return open_duties(SIDE).filter(_children(reach, asked), duty_filter(asked))


def duty_filter(asked: Asked) -> Q:
    """Which duties are asked for."""
    wanted = Q()
    if asked.status:
        wanted &= Q(status__in=STATUSES[asked.status])
    if asked.clock:
        wanted &= Q(clock=asked.clock)
    if asked.day:
        wanted &= Q(next_on=asked.day)
    if asked.owed_by:
        wanted &= Q(Contains(Cast(F("owed_by"), TextField()), f'"{asked.owed_by}"'))
    return wanted


def _asked_within_a_case(asked: Asked) -> Q:
    """The same as `duty_filter`, said so that no index on a status or a rule fits.

    A case has few duties, and its own index gives them; SQLite would look through all that are late, for each case.
    """
    wanted = duty_filter(replace(asked, status="", clock=""))
    if asked.status:
        wanted &= Q(In(Coalesce(F("status"), Value("")), STATUSES[asked.status]))
    if asked.clock:
        wanted &= Q(Exact(Coalesce(F("clock"), Value("")), asked.clock))
    return wanted


def managers_to_choose(reach: Reach) -> list[User]:
    """The IEP managers of the places in reach, by name. One query."""
    posts = Post.objects.filter(role=MANAGER, organisation__in=list(reach.places))
    return sorted(User.objects.filter(pk__in=posts.values("user")), key=lambda user: str(user).casefold())


def _children(reach: Reach, asked: Asked) -> Q:
    """Which children are asked for, among those in reach."""
    wanted = (reach.narrowed(asked.place) if asked.place else reach).rows()
    if asked.manager == NO_MANAGER:
        wanted &= ~with_manager("case")
    elif asked.manager:
        wanted &= with_manager("case", asked.manager)
    if asked.name:
        wanted &= Q(case__in=named_like(asked.name))
    return wanted


def _lines(reach: Reach, asked: Asked, on: date, after: After | None, size: int) -> tuple[list[Line], bool]:
    """The lines without duties, and whether there are more. One query, two where duties are asked for."""
    if asked.names_duties:
        dues = list(_first_dues(reach, asked, after).select_related("case", "school").only(*FIRST)[: size + 1])
        old = looks(SIDE).filter(case__in={due.case_id for due in dues}, changes_on__lte=on).order_by()
        waiting = set(old.values_list("case_id", flat=True))
        lines = [_line(due, str(due.pk), is_old=due.case_id in waiting) for due in dues]
    else:
        found = _looks(reach, asked, after).select_related("case", "school").only(*FIRST, "changes_on")[: size + 1]
        lines = [_line(look, str(look.case_id), is_old=look.changes_on <= on) for look in found]
    return lines[:size], len(lines) > size


def _line(row: Due | Looked, key: str, *, is_old: bool) -> Line:
    return Line(row.case, key, row.next_on, str(row.school or ""), is_old)


def _looks(reach: Reach, asked: Asked, after: After | None) -> QuerySet[Looked]:
    """Each child once, those without any date last."""
    found = looks(SIDE).filter(_children(reach, asked)).order_by("next_on", "case_id")
    return found.filter(_behind(after, "case_id")) if after else found


def _first_dues(reach: Reach, asked: Asked, after: After | None) -> QuerySet[Due]:
    """Of each child the first of the duties that are asked for."""
    earlier = (
        open_duties(SIDE)
        .filter(_asked_within_a_case(asked), case=OuterRef("case"))
        .filter(Q(next_on__lt=OuterRef("next_on")) | Q(next_on=OuterRef("next_on"), pk__lt=OuterRef("pk")))
    )
    found = dues(reach, asked).filter(~Exists(earlier)).order_by("next_on", "id")
    return found.filter(_behind(after, "id")) if after else found


def _behind(after: After, key: str) -> Q:
    return Q(next_on__gte=after.day) & (Q(next_on__gt=after.day) | Q(**{f"{key}__gt": after.key}))


def _tell_duties(lines: list[Line], asked: Asked) -> None:
    by_case = {line.case.pk: line for line in lines}
    found = open_duties(SIDE).filter(duty_filter(asked), case__in=list(by_case)).order_by("next_on", "id")
    for due in found.only(*TOLD):
        by_case[due.case_id].duties.append(due)


def _tell_managers(lines: list[Line]) -> None:
    ids = managers_of([line.case.pk for line in lines])
    wanted = {key for some in ids.values() for key in some}
    people = {str(user.pk): str(user) for user in User.objects.filter(pk__in=wanted)}
    for line in lines:
        line.managers = [people[key] for key in ids.get(line.case.pk, ()) if key in people]
