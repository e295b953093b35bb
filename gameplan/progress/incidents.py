"""What happened: a behavior noted each time that it was seen, put right and taken back. What was noted only grows.

Who sees the measure sees every note of it; each side puts right what it noted itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, time
from fractions import Fraction
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from gameplan.cases.doors import held, note_access
from gameplan.cases.models import Case
from gameplan.cases.named import row_digest
from gameplan.cases.people import Person
from gameplan.cases.today import today
from gameplan.core.faults import Fault
from gameplan.measures import behaviour
from gameplan.measures.seen_words import in_tongue
from gameplan.people.refusals import refuse, unkeepable
from gameplan.progress.doors import BEHAVIOR, next_number, row_of
from gameplan.progress.measuring import LONGEST, about, who
from gameplan.progress.models import Measure
from gameplan.progress.models_daily import Incident
from gameplan.progress.noted import standing
from gameplan.tongues import LANGUAGES, tongue

LONGEST_PART: Final = 500
MOST_MINUTES: Final = 24 * 60
MOST_INTENSE: Final = 5


@dataclass(frozen=True, slots=True)
class Seen:
    """A behavior as it was seen once: what came before, what the child did, what came after, and where.

    `minutes` is how long it lasted, `intensity` from 1 (mild) to 5; both, the time and the place may be unknown.
    """

    on: date
    antecedent: str
    behavior: str
    consequence: str
    at: time | None = None
    place: str = ""
    minutes: int | None = None
    intensity: int | None = None
    note: str = ""


@transaction.atomic
def note_incident(measure: Measure, *, by: Person, seen: Seen, form_key: UUID | None = None) -> Incident:
    """One time that the behavior was seen. The same `form_key` sent twice, also days later, makes one.

    Raises Refused with every fault, and Http404 for a measure of something else.
    """
    refuse(incident_faults(measure, seen))
    locked = held(measure.case, by=by)
    before = form_key and Incident.objects.filter(measure=measure, form_key=form_key).first()
    if before:
        return before
    return _keep(locked, measure, by, seen, form_key=form_key)


@transaction.atomic
def correct_incident(measure: Measure, number: int, *, by: Person, seen: Seen) -> Incident:
    """Puts a note right; the old one stays to be read. Raises Refused, Http404, and PermissionDenied for what the
    other side noted.
    """
    refuse(incident_faults(measure, seen))
    locked = held(measure.case, by=by)
    old = _own(measure, number, by)
    return _keep(locked, measure, by, seen, corrects=old.number)


@transaction.atomic
def withdraw_incident(measure: Measure, number: int, *, by: Person) -> Incident:
    """Takes a note back; it stays to be read. Raises Http404, and PermissionDenied as `correct_incident`."""
    locked = held(measure.case, by=by)
    old = _own(measure, number, by)
    return _keep(locked, measure, by, seen_in(old), corrects=old.number, withdrawn=True)


def must_be_behavior(measure: Measure) -> Measure:
    """The measure, if it is one of a behavior. Raises Http404."""
    if measure.about != BEHAVIOR:
        raise Http404("This is not a measure of a behavior.")
    return measure


def incidents_of(measure: Measure) -> list[Incident]:
    """The notes that stand, in the order of their days."""
    return standing(incident_rows(measure))


def incident_rows(measure: Measure) -> list[Incident]:
    """Every note as it was made, also what was put right since, in the order in which it was kept."""
    return list(Incident.objects.filter(measure=measure).order_by("id"))


def seen_in(row: Incident) -> Seen:
    """What a note says, as the verbs take it; without its own remark if it is taken back."""
    return Seen(
        on=row.on, antecedent=row.antecedent, behavior=row.behavior, consequence=row.consequence, at=row.at,
        place=row.place, minutes=row.minutes, intensity=row.intensity, note=row.note,
    )  # fmt: skip


def counted_of(rows: list[Incident], lang: str) -> list[behaviour.Incident]:
    """The notes as the pure room `measures` counts them.

    Words that the program offers are put into the language `lang`, whatever language they were tapped in, so that the
    same words count together; all others stay as they were written.
    """
    said, known = tongue(lang), [tongue(one) for one in LANGUAGES]

    def words(text: str) -> str:
        return in_tongue(text, said, known)

    return [
        behaviour.Incident(
            on=one.on, at=one.at, antecedent=words(one.antecedent), behaviour=one.behavior,
            consequence=words(one.consequence), setting=words(one.place),
            minutes=None if one.minutes is None else Fraction(one.minutes), intensity=one.intensity,
        )
        for one in rows
    ]  # fmt: skip


def incident_faults(measure: Measure, seen: Seen) -> list[Fault]:
    """Everything that is wrong with a note before it is kept. Raises Http404 for a measure of something else."""
    must_be_behavior(measure)
    return [*_day_faults(measure, seen.on), *_word_faults(seen), *_number_faults(seen)]


def _day_faults(measure: Measure, on: date) -> Iterator[Fault]:
    if on > today():
        yield Fault("on", _("This day has not come yet."), _("Write the day on which it was."))
    if measure.ended_on and on > measure.ended_on:
        yield Fault("on", _("This measure has ended before that day."), _("Check the day."))


def _word_faults(seen: Seen) -> Iterator[Fault]:
    asked = {
        "antecedent": _("Say what came just before."), "behavior": _("Say what the child did."),
        "consequence": _("Say what came right after."),
    }  # fmt: skip
    for name, what in asked.items():
        if not getattr(seen, name).strip():
            yield Fault(name, what, _("If nobody saw it, write: not seen."))
    for name in (*asked, "place", "note"):
        text = getattr(seen, name)
        yield from unkeepable(text, name)
        if len(text) > (LONGEST if name == "note" else LONGEST_PART):
            yield Fault(name, _("This is too long."), _("Shorten it."))


def _number_faults(seen: Seen) -> Iterator[Fault]:
    if seen.minutes is not None and not 0 <= seen.minutes <= MOST_MINUTES:
        yield Fault("minutes", _("This is not how long it can last."), _("Write the minutes, at most those of a day."))
    if seen.intensity is not None and not 1 <= seen.intensity <= MOST_INTENSE:
        yield Fault("intensity", _("This is not how strong a behavior can be."), _("Write a number from 1 to 5."))


def _own(measure: Measure, number: int, by: Person) -> Incident:
    old = row_of(incident_rows(must_be_behavior(measure)), number)
    if old.side != by.side:
        raise PermissionDenied("A note on behavior is put right by the side that made it.")
    return old


def _keep(locked: Case, measure: Measure, by: Person, seen: Seen, **more: Any) -> Incident:
    told = {name: value.strip() if isinstance(value, str) else value for name, value in asdict(seen).items()}
    number = next_number(Incident.objects.filter(measure=measure))
    made = Incident.objects.create(measure=measure, number=number, **told, **more, **who(by))
    action = "withdraw-incident" if made.withdrawn else "correct-incident" if made.corrects else "note-incident"
    note_access(locked.pk, by, action, about=about(measure, "incident", number), digest=row_digest(made))
    return made
