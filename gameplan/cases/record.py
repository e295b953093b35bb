"""The record of access as people read it: who looked at a file and who changed it, as far as the reader is told.

The family is told everything. The school, and those who stand on neither side, are not told what the family does by
itself: its looks, its letters in the making, and facts and papers that it keeps to itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from django.utils import timezone

from gameplan.cases.models import Access, Case
from gameplan.cases.named import kinds
from gameplan.cases.record_words import KNOWN, LOOKS, OPEN, PURPOSES, SILENT, sentence
from gameplan.cases.seeing import sees_all
from gameplan.core.words import Say
from gameplan.people.doors import accounts, posts_ever_held
from gameplan.people.models import Organisation, Post, User
from gameplan.people.roles import ROLES, Side, side_of


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody in the record: the id, how they are called, the role they acted in, where they work, and for what."""

    person: str
    name: Say | str
    role: Say | str
    organisation: str
    purpose: Say | str


@dataclass(frozen=True, slots=True)
class Line:
    """Something that somebody did on a day, perhaps `times` over: since when, what, and what it was about."""

    number: int
    at: datetime
    who: Who
    action: str
    said: Say
    about: str
    hash: str
    times: int = 1

    @property
    def looks(self) -> bool:
        """True if it only looked at the file."""
        return self.action in LOOKS


def record_of(case: Case) -> list[Line]:
    """All that the reader of the case is told, newest first; the queries do not grow with it. Raises NotOpened."""
    rows = [row for row in Access.objects.filter(case_id=case.pk).order_by("-number") if _told_to(case, row)]
    rows = rows if sees_all(case) else _without_hidden(case, rows)
    who = _people(case, rows)
    return [
        Line(row.number, row.at, who[row.person, row.role], row.action, sentence(row.action), row.about, row.hash)
        for row in rows
    ]


def by_day(lines: Iterable[Line]) -> list[tuple[date, list[Line]]]:
    """The lines by the day on which they happened; the same done again and again becomes one line."""
    days = groupby(lines, key=lambda line: timezone.localtime(line.at).date())
    return [(day, _folded(some)) for day, some in days]


def people_in(lines: Iterable[Line]) -> list[Who]:
    """Everybody in these lines, each once, those who come first in them first."""
    return list({line.who.person: line.who for line in reversed(list(lines))}.values())[::-1]


def seen_names(case: Case) -> frozenset[str]:
    """What the trail can name and the reader of the case sees, as the trail names it ("fact:f3")."""
    return frozenset(f"{kind.id}:{name}" for kind in kinds() for name in kind.seen(case))


def _told_to(case: Case, row: Access) -> bool:
    """Everything but what the other side's family does by itself."""
    if sees_all(case) or side_of(row.role) is not Side.FAMILY:
        return True
    return row.action in OPEN or bool(row.about and row.action not in SILENT)


def _without_hidden(case: Case, rows: Sequence[Access]) -> list[Access]:
    """Without what is about things that the reader does not see."""
    seen = seen_names(case)
    return [row for row in rows if side_of(row.role) is not Side.FAMILY or row.action in OPEN or row.about in seen]


def _folded(lines: Iterable[Line]) -> list[Line]:
    found: dict[object, Line] = {}
    for line in lines:
        again = not line.about
        key: object = (line.who.person, line.action) if again else line.number
        before = found.get(key)
        found[key] = line if before is None else _once_more(before)
    return list(found.values())


def _once_more(line: Line) -> Line:
    return Line(
        line.number, line.at, line.who, line.action, line.said, line.about, line.hash, line.times + 1
    )  # fmt: skip


def _people(case: Case, rows: Iterable[Access]) -> Mapping[tuple[str, str], Who]:
    """Everybody in these rows, in each role in which they acted. Two queries."""
    wanted = {(row.person, row.role) for row in rows}
    known = accounts(person for person, _ in wanted)
    posts = posts_ever_held(known.values())
    return {
        (person, role): Who(
            person, _name(case, person, role, known.get(person)), _role(role),
            _workplace(case, role, posts.get(person, [])), PURPOSES.get(role, ""),
        )
        for person, role in wanted
    }  # fmt: skip


def _name(case: Case, person: str, role: str, account: User | None) -> Say | str:
    """The name. An address is told only to one's own side: the school need not know where to write to an aunt."""
    if person in KNOWN:
        return KNOWN[person]
    if account is None:
        return Say("Somebody who has no account any more") if _key(person) else person
    own_side = side_of(role) is case.reader.side
    return account.name or (account.email if own_side else Say("Somebody who gave no name"))


def _role(role: str) -> Say | str:
    return ROLES[role].title if role in ROLES else ""


def _workplace(case: Case, role: str, posts: Sequence[Post]) -> str:
    """Where somebody who acts for a school or a State works: the place that the child's school belongs to first."""
    if side_of(role) is Side.FAMILY or not posts:
        return ""
    above = _above(case)
    best = min(posts, key=lambda post: (post.organisation_id not in above, post.role != role, -post.pk))
    return best.organisation.name


def _above(case: Case) -> set[UUID]:
    school: Organisation | None = case.school
    found: set[UUID] = set()
    while school is not None and school.pk not in found:
        found.add(school.pk)
        school = school.parent
    return found


def _key(person: str) -> UUID | None:
    try:
        return UUID(person)
    except ValueError:
        return None
