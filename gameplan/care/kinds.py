"""The kinds of people and places that a family looks for, and the taxonomy codes of the NPPES file behind each.

The codes are those of the National Uniform Claim Committee as the Centers for Medicare & Medicaid Services carry them.
A listing may be of several kinds; they are kept as one number, a bit for each, so that one index answers for all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gameplan.core.words import Say


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind: its id, its own bit (never given to another kind), its name, what they do, and its codes.

    `called`: beginnings of words by which a service of a plan names it, in English and Spanish, small letters.
    """

    id: str
    bit: int
    name: Say
    does: Say
    codes: tuple[str, ...]
    called: tuple[str, ...] = ()


KINDS: Mapping[str, Kind] = {
    kind.id: kind
    for kind in (
        Kind(
            "speech", 1 << 0, Say("Speech-language pathologists"), Say("Talking, understanding, swallowing."),
            ("235Z00000X",), ("speech", "language ther", "habla", "lenguaje"),
        ),
        Kind(
            "occupational", 1 << 1, Say("Occupational therapists"),
            Say("Hands, senses, writing, dressing, eating: what a day asks for."),
            ("225X00000X", "225XP0200X", "225XM0800X"), ("occupational", "ocupacional"),
        ),
        Kind(
            "physical", 1 << 2, Say("Physical therapists"), Say("Walking, balance, strength, moving safely."),
            ("225100000X", "2251P0200X"), ("physical ther", "fisioterapia", "terapia física"),
        ),
        Kind(
            "psychologist", 1 << 3, Say("Psychologists"), Say("Tests of learning and attention; talking it through."),
            ("103T00000X", "103TC2200X", "103TM1800X", "103G00000X", "103GC0700X"), ("psycholog", "psicol"),
        ),
        Kind(
            "school-psychologist", 1 << 4, Say("School psychologists"), Say("Psychologists trained for schools."),
            ("103TS0200X",), ("school psycholog",),
        ),
        Kind(
            "audiologist", 1 << 5, Say("Audiologists"), Say("Hearing: tests, hearing aids, hearing in class."),
            ("231H00000X", "231HA2400X", "237600000X"), ("audiolog", "hearing", "audici"),
        ),
        Kind(
            "behavior", 1 << 6, Say("Behavior analysts"), Say("Why a behavior happens, and what helps instead."),
            ("103K00000X",), ("behavior", "conduct"),
        ),
        Kind(
            "assistant", 1 << 7, Say("Assistants and technicians"), Say("They work under somebody with a license."),
            ("2355S0801X", "106E00000X", "106S00000X"),
        ),
        Kind(
            "doctor", 1 << 8, Say("Doctors for development and for a child’s mind"),
            Say("Developmental pediatricians, and psychiatrists for children and teens."),
            ("2080P0006X", "2084P0804X"),
        ),
        Kind(
            "counselor", 1 << 9, Say("School social workers and counselors"),
            Say("Worries at school and at home; whom else to ask."),
            ("1041S0200X", "101YS0200X"), ("counsel", "social work", "consejer", "trabajo social"),
        ),
        Kind(
            "nurse", 1 << 10, Say("School nurses"), Say("Health during the school day."),
            ("163WS0200X",), ("nurs", "health serv", "enfermer"),
        ),
        Kind(
            "school-place", 1 << 11, Say("School districts and school clinics"),
            Say("Districts and clinics of schools that bill for care."),
            ("251300000X", "261QS1000X"),
        ),
    )
}  # fmt: skip

BITS: Mapping[str, int] = {code: kind.bit for kind in KINDS.values() for code in kind.codes}
"""The bit of each taxonomy code that is ours."""

LONGEST_ID = max(map(len, KINDS))


def bits_of(codes: Iterable[str]) -> int:
    """The kinds of these taxonomy codes as one number; 0 if none of them is ours."""
    found = 0
    for code in codes:
        found |= BITS.get(code, 0)
    return found


def kinds_in(bits: int) -> tuple[Kind, ...]:
    """The kinds that a number stands for, in the order of the list."""
    return tuple(kind for kind in KINDS.values() if kind.bit & bits)


def kinds_called(services: Iterable[str]) -> tuple[str, ...]:
    """The ids of the kinds that services of a plan are named after, each once, in the order of the list.

    A guess from words, to fill in a form that a person looks at; a service that says nothing known gives nothing.
    """
    said = [service.casefold() for service in services]
    return tuple(kind.id for kind in KINDS.values() if any(word in one for word in kind.called for one in said))
