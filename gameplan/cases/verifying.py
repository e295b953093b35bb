"""Verifying the trail: is the chain of each case whole, and does what lies in the tables fit what the trail names?

Cases are read a few at a time and rows as they come, so that a State's trail needs no more memory than a school's.

What this cannot find by itself: somebody who can write in the database may cut rows off the end of a trail, set the
number and the hash in the case back, and remove what those rows named; or write the whole chain anew. A number and a
hash that were kept elsewhere (`Head`, `gameplan trail head`) show that, too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef

from gameplan.cases.models import Access, Case
from gameplan.cases.models_records import PermanentRecord
from gameplan.cases.named import Kind, Lying, kinds, many_digest, row_digest
from gameplan.cases.trail import digest_of, hash_of
from gameplan.core.words import Say

AT_ONCE = 200
ROWS_AT_ONCE = 2000
TIMES_READ_AGAIN = 5
NOT_AS_NAMED = Say("The {kind} {name} is not as row {number} of the trail left it.")
NAMED_AND_GONE = Say("The {kind} {name}, named in row {number} of the trail, is missing.")
MANY_NOT_AS_NAMED = Say(
    "Of those that row {number} of the trail names ({kind} {name}), one was changed, removed or added."
)
UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, ValidationError)
CHANGED, MISSING, ADDED, BROKEN, NO_TRAIL, NO_CASE, UNREAD = (
    "changed", "missing", "added", "broken", "no-trail", "no-case", "unreadable",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a trail: the number of its last row and that row's hash. Kept elsewhere, it proves all before it."""

    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"

    @classmethod
    def read(cls, text: str) -> Head:
        """The head that was written as NUMBER:HASH. Raises ValueError."""
        number, colon, found = text.strip().partition(":")
        if not (colon and number.isdigit() and len(found) == 64 and set(found) <= set("0123456789abcdef")):
            raise ValueError("A head is written as NUMBER:HASH, the hash with 64 of 0-9 and a-f.")
        return cls(int(number), found)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a case that does not fit its trail: which, in what way, and since which row of the trail."""

    case: UUID
    what: str
    about: str
    since: int | None
    say: Say


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found in one case. `older` counts rows from before there was a trail, which nothing can be held against.

    `unknown` are names in the trail that no room of this program knows how to check.
    """

    case: UUID
    head: Head
    findings: tuple[Finding, ...] = ()
    older: int = 0
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Naming:
    number: int
    digest: str
    at: datetime


def head_of(case: Case) -> Head:
    """The end of the trail as the case itself knows it. One query."""
    return Head(*Case.objects.filter(pk=case.pk).values_list("trail_count", "trail_head").get())


def head_by_id(case_id: UUID) -> Head | None:
    """The end of the trail of a case, or None where there is no such case: for whoever runs this on the machine."""
    found = Case.objects.filter(pk=case_id).first()
    return head_of(found) if found else None


def verdicts(only: UUID | None = None, kept: Head | None = None) -> Iterator[Verdict]:
    """What is found in each case, or in one of them; trails without a case come last.

    `kept` is the end of a trail as somebody kept it elsewhere; give it with `only`. Raises LookupError if there is
    no such case and no trail of it.
    """
    if only is not None:
        found = list(Case.objects.filter(pk=only).values_list("pk", "trail_count", "trail_head"))
        lost = [] if found else list(_without_case(only))
        if not found and not lost:
            raise LookupError(f"There is no case {only}.")
        yield from (*_settled(found, kept), *lost)
        return
    last: UUID | None = None
    while some := _next(last):
        yield from _settled(some, kept)
        last = some[-1][0]
    yield from _without_case()


def _next(last: UUID | None) -> list[tuple[UUID, int, str]]:
    found = Case.objects.order_by("pk")
    if last is not None:
        found = found.filter(pk__gt=last)
    return list(found.values_list("pk", "trail_count", "trail_head")[:AT_ONCE])


def _settled(cases: Sequence[tuple[UUID, int, str]], kept: Head | None) -> Iterator[Verdict]:
    """The verdicts of these cases. One that was being written while it was read is read again."""
    for verdict in _verdicts_of(cases, kept):
        found, read = verdict, {key: (number, head) for key, number, head in cases}[verdict.case]
        for _time in range(TIMES_READ_AGAIN):
            now = Case.objects.filter(pk=verdict.case).values_list("trail_count", "trail_head").first()
            if not found.findings or now in (read, None):
                break
            read = now
            (found,) = _verdicts_of([(verdict.case, *now)], kept)
        yield found


def _verdicts_of(cases: Sequence[tuple[UUID, int, str]], kept: Head | None) -> Iterator[Verdict]:
    """The verdicts of these cases. What cannot even be read in one does not hide the others."""
    try:
        yield from _checked(cases, kept)
    except UNREADABLE as error:
        if len(cases) > 1:
            for one in cases:
                yield from _verdicts_of([one], kept)
            return
        key, number, head = cases[0]
        what = f"{type(error).__name__}: {error}"
        say = Say("Something in this case cannot be read any more: {what}.", {"what": what})
        yield Verdict(key, Head(number, head), (Finding(key, UNREAD, "case", None, say),))


def _checked(cases: Sequence[tuple[UUID, int, str]], kept: Head | None) -> list[Verdict]:
    chains = {key: _Chain(key, kept) for key, _, _ in cases}
    rows = Access.objects.filter(case_id__in=list(chains)).order_by("case_id", "number")
    for row in rows.iterator(chunk_size=ROWS_AT_ONCE):
        chains[row.case_id].take(row)
    for key, number, head in cases:
        chains[key].close(Head(number, head))
    names = {key: frozenset(chain.named) for key, chain in chains.items()}
    for kind in kinds():
        lying = groupby(kind.rows(list(chains), names), key=lambda one: one.case)
        held = {key: list(some) for key, some in lying}
        for key, chain in chains.items():
            chain.hold(kind, held.get(key, []))
    return [chain.verdict() for chain in chains.values()]


def _without_case(only: UUID | None = None) -> Iterator[Verdict]:
    """Trails and permanent records whose case is gone. A case that is deleted by the program takes its trail along; one
    whose records were destroyed leaves the last row, which names the permanent record."""
    gone = ~Exists(Case.objects.filter(pk=OuterRef("case_id")))
    trails, kept = Access.objects.filter(gone), PermanentRecord.objects.filter(gone)
    if only is not None:
        trails, kept = trails.filter(case_id=only), kept.filter(case_id=only)
    keys = trails.order_by().values("case_id").union(kept.order_by().values("case_id")).order_by("case_id")
    for row in keys.iterator(chunk_size=ROWS_AT_ONCE):
        yield _destroyed(row["case_id"])


def _destroyed(key: UUID) -> Verdict:
    """A case that is gone: whole if one last row and one permanent record are there, and they fit."""
    rows = list(Access.objects.filter(case_id=key).order_by("-number")[:2])
    record = PermanentRecord.objects.filter(case_id=key).first()
    head = Head(rows[0].number, rows[0].hash) if rows else Head(0, "")
    if record is None:
        say = Say("There is a trail, but the case itself is gone.")
        return Verdict(key, head, (Finding(key, NO_CASE, "case", None, say),))
    fits = len(rows) == 1 and _holds(rows[0]) and rows[0].about == "permanent-record:1"
    if not fits:
        say = Say("The records were destroyed, and the last row of the trail does not say so.")
        return Verdict(key, head, (Finding(key, BROKEN, "permanent-record:1", None, say),))
    if rows[0].digest != row_digest(record):
        say = Say("The permanent record is not as row {number} of the trail left it.", {"number": head.number})
        return Verdict(key, head, (Finding(key, CHANGED, "permanent-record:1", head.number, say),))
    return Verdict(key, head)


@dataclass
class _Chain:
    """The trail of one case while it is read: where it stands, what it named last, and what did not fit."""

    case: UUID
    kept: Head | None
    number: int = 0
    hash: str = ""
    named: dict[str, _Naming] = field(default_factory=dict)
    nameless: set[str] = field(default_factory=set)
    checked: set[str] = field(default_factory=set)
    kept_found: str = ""
    older: int = 0
    findings: list[Finding] = field(default_factory=list)

    def take(self, row: Access) -> None:
        """The next row: does it follow, and is it as it was written?"""
        if row.number > self.number + 1:
            self._missing(self.number + 1, row.number - 1)
        elif row.before != self.hash:
            say = Say("Row {number} of the trail does not follow from the row before it.", {"number": row.number})
            self._find(BROKEN, f"row:{row.number}", max(row.number - 1, 1), say)
        if not _holds(row):
            say = Say("Row {number} of the trail was changed after it was written.", {"number": row.number})
            self._find(CHANGED, f"row:{row.number}", row.number, say)
        self.number, self.hash = row.number, row.hash
        if self.kept and row.number == self.kept.number:
            self.kept_found = row.hash
        if row.about and row.digest:
            self.named[row.about] = _Naming(row.number, row.digest, row.at)
        elif not row.about:
            self.nameless.add(row.action)

    def close(self, told: Head) -> None:
        """The end: is it the one that the case knows, and does it hold what somebody kept elsewhere?"""
        if self.number == 0:
            self._find(NO_TRAIL, "trail", None, Say("This case has no trail any more."))
        elif self.number < told.number:
            self._missing(self.number + 1, told.number)
        elif Head(self.number, self.hash) != told:
            say = Say("The trail ends with row {number}, and the case knows another end.", {"number": self.number})
            self._find(BROKEN, "head", min(self.number, told.number + 1), say)
        if self.kept and self.kept_found != self.kept.hash:
            say = Say("Row {number} is not the one whose hash was kept elsewhere.", {"number": self.kept.number})
            self._find(BROKEN, "kept-head", self.kept.number, say)

    def hold(self, kind: Kind, lying: Sequence[Lying]) -> None:
        """The rows of a kind: each is named, and as it was when it was named last."""
        covered = self._hold_many(kind, lying)
        for one in lying:
            about = f"{kind.id}:{one.name}"
            naming = self.named.get(about)
            self.checked.add(about)
            if naming is None and one.name not in covered:
                self._unnamed(kind, one.name)
            elif naming is not None and naming.digest not in (one.digest, one.said()):
                self._differs(kind, about, CHANGED, naming, NOT_AS_NAMED)
        gone = (about for about in self.named if about.startswith(f"{kind.id}:") and about not in self.checked)
        for about in sorted(gone, key=lambda one: self.named[one].number):
            self.checked.add(about)
            self._differs(kind, about, MISSING, self.named[about], NAMED_AND_GONE)

    def _hold_many(self, kind: Kind, lying: Sequence[Lying]) -> Collection[str]:
        """The names that the trail names as so many at once."""
        covered: set[str] = set()
        for about, naming in self.named.items():
            if not about.startswith(f"{kind.many}:"):
                continue
            self.checked.add(about)
            first, last = (int(number) for number in about.partition(":")[2].split("-"))
            some = lying[first - 1 : last]
            covered.update(one.name for one in some)
            if naming.digest not in (many_digest([one.digest for one in some]), digest_of([one.says for one in some])):
                self._differs(kind, about, CHANGED, naming, MANY_NOT_AS_NAMED)
        return covered

    def verdict(self) -> Verdict:
        """What was found, in the order of the trail."""
        unknown = tuple(sorted(set(self.named) - self.checked))
        findings = tuple(sorted(self.findings, key=lambda one: (one.since is None, one.since or 0)))
        return Verdict(self.case, Head(self.number, self.hash), findings, self.older, unknown)

    def _unnamed(self, kind: Kind, name: str) -> None:
        if kind.written_by & self.nameless:
            self.older += 1
            return
        say = Say("The {kind} {name} is not named in the trail: it was added past the program.", {
            "kind": kind.title, "name": name,
        })  # fmt: skip
        self._find(ADDED, f"{kind.id}:{name}", None, say)

    def _differs(self, kind: Kind, about: str, what: str, naming: _Naming, say: Say) -> None:
        values: Mapping[str, object] = {
            "kind": kind.title, "name": about.partition(":")[2], "number": naming.number,
        }  # fmt: skip
        self._find(what, about, naming.number, Say(say.text, values))

    def _missing(self, first: int, last: int) -> None:
        say = Say("Row {number} of the trail is missing.", {"number": first})
        if last > first:
            say = Say("Rows {first} to {last} of the trail are missing.", {"first": first, "last": last})
        self._find(MISSING, f"row:{first}", first, say)

    def _find(self, what: str, about: str, since: int | None, say: Say) -> None:
        self.findings.append(Finding(self.case, what, about, since, say))


def _holds(row: Access) -> bool:
    """True if a row still has the hash of what it says."""
    try:
        return hash_of(row) == row.hash
    except UNREADABLE:
        return False
