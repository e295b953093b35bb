"""Made-up listings around the sample families, so that the pages can be tried before a file is taken in.

The numbers pass the check and belong to nobody: none that begins with 29 was ever given out. The names are trees and
birds. As soon as a real file is taken in, all of this goes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db import transaction
from django.utils import timezone

from gameplan.care.kinds import KINDS
from gameplan.care.models import Intake
from gameplan.care.nppes import Provider, is_npi, plain
from gameplan.care.searching import has_listings
from gameplan.care.writing import write_listings

TOWNS = (
    ("Albuquerque", "NM", ("87102", "87106", "87110", "87120")), ("Rio Rancho", "NM", ("87124",)),
    ("Santa Fe", "NM", ("87501", "87505")), ("Las Cruces", "NM", ("88001",)),
    ("Austin", "TX", ("78701", "78704", "78745")), ("Round Rock", "TX", ("78664",)), ("San Antonio", "TX", ("78205",)),
    ("Dallas", "TX", ("75201",)), ("Houston", "TX", ("77002",)), ("Los Angeles", "CA", ("90012",)),
    ("Sacramento", "CA", ("95814",)), ("New York", "NY", ("10001", "10025")), ("Albany", "NY", ("12207",)),
    ("Chicago", "IL", ("60601",)), ("Miami", "FL", ("33130",)),
)  # fmt: skip
CREDENTIALS = {
    "speech": "M.S., CCC-SLP", "occupational": "OTR/L", "physical": "PT, DPT", "psychologist": "Ph.D.",
    "school-psychologist": "NCSP", "audiologist": "Au.D.", "behavior": "BCBA", "doctor": "M.D.", "counselor": "LMSW",
}  # fmt: skip
FIRST = ("Wren", "Robin", "Jay", "Lark", "Martin", "Phoebe", "Starling")
LAST = ("Alderwood", "Birchtree", "Cedarling", "Dogwoode", "Elmhurst-Sample", "Firneedle", "Hazelbough", "Lindenleaf")
LAST_UPDATE = date(2026, 3, 2)


@transaction.atomic
def make_listings() -> int:
    """Put made-up listings in, if there is none at all; gives how many were made."""
    if has_listings():
        return 0
    made = Intake.objects.create(
        file_name="made up", fingerprint="made-up", made_up=True, finished_at=timezone.now(), size=0
    )  # fmt: skip
    providers = list(_providers())
    write_listings(providers, made.pk)
    made.kept = made.rows = len(providers)
    made.save(update_fields=["kept", "rows"])
    return len(providers)


def _providers() -> Iterator[Provider]:
    number = 0
    for city, state, codes in TOWNS:
        for place, kind in enumerate(KINDS.values()):
            if kind.id in ("assistant", "nurse") and place % 2:
                continue
            number += 1
            is_organisation = kind.id == "school-place" or number % 9 == 0
            first, last = FIRST[number % len(FIRST)], LAST[number % len(LAST)]
            name = f"Made-Up {last} Center" if is_organisation else f"{first} {last}"
            sorted_by = name if is_organisation else f"{last} {first}"
            credential = "" if is_organisation else CREDENTIALS.get(kind.id, "")
            yield Provider(
                _npi(number), is_organisation, name, plain(sorted_by), credential, kind.bit, f"{number} Sample Street",
                city, state, codes[number % len(codes)], f"(505) 555-01{number % 100:02}", LAST_UPDATE,
            )  # fmt: skip


def _npi(number: int) -> int:
    return next(int(made) for last in range(10) if is_npi(made := f"29{number:07d}{last}"))
