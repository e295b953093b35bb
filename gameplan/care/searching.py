"""Looking for a provider by kind, name and distance, among a million listings, a page at a time.

Distance: all that is known of a listing is its ZIP code, so the codes around are sorted, counted and then walked, the
nearest first. Within one ZIP code, and where no distance is asked for, the order is that of the names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from gameplan.care.kinds import KINDS, Kind, kinds_in
from gameplan.care.models import Intake, Listing
from gameplan.care.nppes import plain
from gameplan.care.places import AREA, Near, Places, known

PAGE = 25
MOST_PRINTED = 200
DISTANCES = (5, 10, 25, 50, 100)
MOST_WORDS = 5


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; what is empty does not matter.

    `kinds`: ids, any of which will do. `zip`: five digits. `miles`: at most so far from there. `state`: two letters.
    """

    kinds: tuple[str, ...] = ()
    name: str = ""
    zip: str = ""
    miles: int = 25
    state: str = ""

    @property
    def is_empty(self) -> bool:
        """True if nothing is asked for."""
        return not (self.kinds or self.name.strip() or self.zip or self.state)


@dataclass(frozen=True, slots=True)
class Found:
    """A listing, how far its ZIP code lies (None if that is not known or was not asked), and where it comes from."""

    listing: Listing
    miles: float | None
    kinds: tuple[Kind, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Source:
    """Where a listing comes from: the day up to which the file speaks (None if its name does not say), or made up."""

    file_day: date | None
    made_up: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page of what was found.

    `total`: all that was found, or None where counting them would take longer than finding them. `by_area`: nothing is
    known of the place of that ZIP code, so only the first three digits were compared.
    """

    found: tuple[Found, ...]
    number: int
    has_next: bool
    total: int | None
    by_area: bool = False


def search(wanted: Wanted, *, page: int = 1, size: int = PAGE) -> Page:
    """One page (the first is 1) of the listings that fit."""
    page = max(1, page)
    if not wanted.zip:
        return _by_name(wanted, page, size)
    return _around(wanted, known(), page, size)


def _fitting(wanted: Wanted) -> QuerySet[Listing]:
    """The listings of that kind, name and State, wherever they lie."""
    found = Listing.objects.all()
    if wanted.state:
        found = found.filter(state=wanted.state)
    for word in plain(wanted.name).split()[:MOST_WORDS]:
        found = found.filter(Q(sort_name__startswith=word) | Q(sort_name__contains=f" {word}"))
    if wanted.kinds:
        bits = sum(KINDS[kind].bit for kind in set(wanted.kinds) if kind in KINDS)
        found = found.annotate(fits=F("kinds").bitand(bits)).filter(fits__gt=0)
    return found


def _by_name(wanted: Wanted, page: int, size: int) -> Page:
    # The numbers first: they come from an index alone, which is read in order and left as soon as the page is full.
    ordered = _fitting(wanted).order_by("sort_name", "npi").values_list("npi", flat=True)
    start = (page - 1) * size
    numbers = list(ordered[start : start + size + 1])
    total = start + len(numbers) if len(numbers) <= size and (numbers or page == 1) else None
    listed = Listing.objects.in_bulk(numbers[:size])
    rows = [(listed[number], None) for number in numbers[:size] if number in listed]
    return Page(_told(rows), page, len(numbers) > size, total)


def _around(wanted: Wanted, places: Places, page: int, size: int) -> Page:
    around = places.near(wanted.zip, wanted.miles)
    counted = _counted(_fitting(wanted), wanted.zip, around, places)
    total, start = sum(counted.values()), (page - 1) * size
    distance = {one.code: one.miles for one in around}
    chosen, before, skipped = [], 0, 0
    for code in counted:
        if before + counted[code] <= start:
            skipped = before + counted[code]
        elif before < start + size:
            chosen.append(code)
        before += counted[code]
    order = {code: place for place, code in enumerate(chosen)}
    found = sorted(_fitting(wanted).filter(zip__in=chosen), key=lambda one: (order[one.zip], one.sort_name, one.npi))
    cut = found[start - skipped : start - skipped + size]
    rows = [(one, distance.get(one.zip)) for one in cut]
    return Page(_told(rows), page, start + size < total, total, by_area=not around)


def _counted(fitting: QuerySet[Listing], code: str, around: Sequence[Near], places: Places) -> dict[str, int]:
    """How many fit in each ZIP code, the nearest first; at the end codes of the same area that no map shows."""
    codes = [one.code for one in around]
    found = _count_in(fitting.filter(zip__in=codes))
    area = _count_in(fitting.filter(zip__range=(f"{code[:AREA]}00", f"{code[:AREA]}99")))
    unplaced = sorted(other for other in area if not around or other not in places.by_code)
    return {one: found[one] for one in codes if one in found} | {one: area[one] for one in unplaced}


def _count_in(fitting: QuerySet[Listing]) -> dict[str, int]:
    return dict(fitting.order_by().values_list("zip").annotate(number=Count("npi")))


def _told(rows: Iterable[tuple[Listing, float | None]]) -> tuple[Found, ...]:
    listed = list(rows)
    sources = sources_of(listing.intake for listing, _miles in listed)
    nowhere = Source(None, made_up=False)
    return tuple(
        Found(listing, miles, kinds_in(listing.kinds), sources.get(listing.intake, nowhere))
        for listing, miles in listed
    )


def sources_of(intakes: Iterable[int]) -> Mapping[int, Source]:
    """Where listings of these intakes come from, by the number of the intake. One query."""
    found = Intake.objects.in_bulk(set(intakes))
    return {number: Source(intake.file_day, intake.made_up) for number, intake in found.items()}


def listing_of(npi: int) -> Found | None:
    """The listing of that number, or None."""
    listing = Listing.objects.filter(pk=npi).first()
    return _told([(listing, None)])[0] if listing else None


def has_listings() -> bool:
    """True once a file was taken in, or the sample family looks around."""
    return Listing.objects.exists()


@dataclass(frozen=True, slots=True)
class Status:
    """What is here: how many listings, by kind, and the files that brought them, the last first."""

    listings: int
    by_kind: Mapping[str, int]
    by_state: Mapping[str, int]
    intakes: tuple[Intake, ...]


def status() -> Status:
    """Everything that is here, counted."""
    combined = dict(Listing.objects.order_by().values_list("kinds").annotate(number=Count("npi")))
    by_kind = {kind.id: sum(number for bits, number in combined.items() if bits & kind.bit) for kind in KINDS.values()}
    by_state = dict(Listing.objects.order_by("state").values_list("state").annotate(number=Count("npi")))
    return Status(sum(combined.values()), by_kind, by_state, tuple(Intake.objects.all()[:20]))
