"""Measuring: begin a measure, note points, put them right, say what was changed in teaching, and what was decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gameplan.cases.doors import held, note_access
from gameplan.cases.models import Case
from gameplan.cases.named import row_digest
from gameplan.cases.people import Person
from gameplan.cases.today import today
from gameplan.core.faults import Fault
from gameplan.measures.ways import PROMPTS, Way, faulty
from gameplan.people.refusals import refuse, unkeepable
from gameplan.people.roles import Side
from gameplan.progress.doors import ABOUT, next_number, row_of, top_of
from gameplan.progress.models import DIGITS, PLACES, Decision, Measure, Point, TeachingChange, Terms
from gameplan.progress.named import measure_digest
from gameplan.tongues import tongue

LONGEST: Final = 2_000
LONGEST_TITLE: Final = 300
DECIDED: Final = ("keep", "change-teaching", "raise-goal", "review", "meeting")


@dataclass(frozen=True, slots=True)
class Aim:
    """What a measure is called, and from where to where: numbers in the unit of its way, None where not known."""

    title: str
    rises: bool = True
    baseline: Decimal | None = None
    baseline_on: date | None = None
    target: Decimal | None = None
    target_on: date | None = None


@dataclass(frozen=True, slots=True)
class What:
    """What is measured: `about` and what it belongs to, the way, the top of a rubric, the help that still counts."""

    about: str
    way: str
    plan_kind: str = ""
    row_id: str = ""
    support_id: str = ""
    top: int | None = None
    prompt: str = ""


@transaction.atomic
def begin_measure(
    case: Case, *, by: Person, what: What, aim: Aim, shown: bool = True, form_key: UUID | None = None
) -> Measure:
    """A new measure. `shown`: the other side sees it; what the school measures is always seen by the family, and what
    the family measures while it is alone with the case stays with it until it says otherwise.

    The same `form_key` sent twice makes one. Raises Refused with every fault.
    """
    refuse([*_what_faults(what), *_aim_faults(aim)])
    locked = held(case, by=by)
    before = form_key and Measure.objects.filter(case=locked, form_key=form_key).first()
    if before:
        return before
    measure = Measure.objects.create(
        case=locked, measure_id=_free_id(locked), about=what.about, plan_kind=what.plan_kind, row_id=what.row_id,
        support_id=what.support_id, way=what.way, top=what.top, prompt=what.prompt, side=by.side,
        shown=by.side is not Side.FAMILY or (shown and locked.school_id is not None),
        person=by.id, role=by.role, form_key=form_key,
    )  # fmt: skip
    _keep_terms(measure, by, aim, "")
    _note_measure(locked, by, measure, "begin-measure")
    return measure


@transaction.atomic
def change_aim(measure: Measure, *, by: Person, aim: Aim, why: str) -> Measure:
    """From now on the measure has another name, baseline or target; what held before stays to be read.

    Raises Refused, and PermissionDenied for the other side.
    """
    faults = list(_aim_faults(aim))
    if not why.strip():
        faults.append(Fault("why", _("Say why this changes."), _("One sentence is enough.")))
    refuse([*faults, *text_faults(why, "why", LONGEST)])
    case, measure = held_own(measure, by)
    _keep_terms(measure, by, aim, why.strip())
    _note_measure(case, by, measure, "change-measure")
    return measure


@transaction.atomic
def end_measure(measure: Measure, *, by: Person, on: date) -> Measure:
    """Nothing more is measured after that day; all stays to be read. Raises PermissionDenied for the other side."""
    case, measure = held_own(measure, by)
    measure.ended_on = on
    measure.save(update_fields=["ended_on"])
    _note_measure(case, by, measure, "end-measure")
    return measure


@transaction.atomic
def show_measure(measure: Measure, *, by: Person, shown: bool) -> Measure:
    """The family shows a measure of its own to the school, or stops. Raises PermissionDenied for anybody else."""
    case, measure = held_own(measure, by)
    if measure.side != Side.FAMILY:
        raise PermissionDenied("What the school measures is seen by the family.")
    _put_shown(case, measure, by, "show" if shown else "stop-showing", shown=shown)
    return measure


@transaction.atomic
def put_shown(measure: Measure, *, by: Person, shown: bool) -> None:
    """What the family chose for a school that takes the case on comes true, whoever says yes there (`show_chosen`)."""
    _put_shown(held(measure.case, by=by), measure, by, "show-chosen", shown=shown)


def _put_shown(case: Case, measure: Measure, by: Person, action: str, *, shown: bool) -> None:
    measure.shown = shown
    measure.save(update_fields=["shown"])
    _note_measure(case, by, measure, action)


@transaction.atomic
def note_point(
    measure: Measure, *, by: Person, on: date, data: Mapping[str, Any], note: str = "", form_key: UUID | None = None
) -> Point:
    """One measurement. The same `form_key` sent twice, also days later, makes one. Raises Refused with every fault."""
    refuse(point_faults(measure, on, data, note))
    locked = held(measure.case, by=by)
    before = form_key and Point.objects.filter(measure=measure, form_key=form_key).first()
    if before:
        return before
    return _keep_point(locked, measure, by, on=on, data=dict(data), note=note.strip(), form_key=form_key)


@transaction.atomic
def correct_point(
    measure: Measure, number: int, *, by: Person, on: date, data: Mapping[str, Any], note: str = ""
) -> Point:
    """Puts a measurement right; the old one stays to be read. Raises Refused, Http404, and PermissionDenied for what
    the other side noted.
    """
    refuse(point_faults(measure, on, data, note))
    locked = held(measure.case, by=by)
    old = _own_point(measure, number, by)
    return _keep_point(locked, measure, by, on=on, data=dict(data), note=note.strip(), corrects=old.number)


@transaction.atomic
def withdraw_point(measure: Measure, number: int, *, by: Person) -> Point:
    """Takes a measurement back; it stays to be read. Raises Http404, and PermissionDenied as `correct_point`."""
    locked = held(measure.case, by=by)
    old = _own_point(measure, number, by)
    return _keep_point(locked, measure, by, on=old.on, data=old.data, note="", corrects=old.number, withdrawn=True)


@transaction.atomic
def note_change(measure: Measure, *, by: Person, on: date, what: str, form_key: UUID | None = None) -> TeachingChange:
    """From that day on something is taught in another way: a line in the chart, after which the rules start afresh.

    Raises Refused, and PermissionDenied for the other side.
    """
    faults = [*day_faults(on), *text_faults(what, "what", LONGEST_TITLE)]
    if not what.strip():
        faults.append(Fault("what", _("Say what changed."), _("Such as: a new reading program.")))
    refuse(faults)
    locked, measure = held_own(measure, by)
    before = form_key and TeachingChange.objects.filter(measure=measure, form_key=form_key).first()
    if before:
        return before
    made = TeachingChange.objects.create(
        measure=measure, number=next_number(TeachingChange.objects.filter(measure=measure)), on=on, note=what.strip(),
        form_key=form_key, **who(by),
    )  # fmt: skip
    note_access(
        locked.pk, by, "note-teaching-change", about=about(measure, "change", made.number), digest=row_digest(made)
    )
    return made


@transaction.atomic
def decide(
    measure: Measure, *, by: Person, on: date, does: str, why: str, status: str, rule: str = "",
    because: Sequence[str] = (), form_key: UUID | None = None,
) -> Decision:  # fmt: skip
    """What was decided about how a measure stands. `status`, `rule` and `because` are what the program said then.

    Raises Refused, and PermissionDenied for the other side: each side decides about what it measures.
    """
    faults = [*day_faults(on), *text_faults(why, "why", LONGEST)]
    if does not in DECIDED:
        faults.append(Fault("does", _("Say what was decided."), _("Choose one.")))
    if not why.strip():
        faults.append(Fault("why", _("Say why."), _("One sentence is enough.")))
    refuse(faults)
    locked, measure = held_own(measure, by)
    before = form_key and Decision.objects.filter(measure=measure, form_key=form_key).first()
    if before:
        return before
    made = Decision.objects.create(
        measure=measure, number=next_number(Decision.objects.filter(measure=measure)), on=on, note=why.strip(),
        does=does, status=status, rule=rule, because=list(because), form_key=form_key, **who(by),
    )  # fmt: skip
    note_access(
        locked.pk, by, "decide-on-progress", about=about(measure, "decision", made.number), digest=row_digest(made)
    )
    return made


def point_faults(measure: Measure, on: date, data: Mapping[str, Any], note: str = "") -> list[Fault]:
    """Everything that is wrong with a measurement before it is kept: its fields, its day, its note."""
    said = tongue(get_language() or "en")
    wrong = faulty(Way(measure.way), data, top=top_of(measure))
    faults = [Fault(one.field, said.say(one.says), _("Check what you wrote.")) for one in wrong]
    if measure.ended_on and on > measure.ended_on:
        faults.append(Fault("on", _("This measure has ended before that day."), _("Check the day.")))
    return [*faults, *day_faults(on), *text_faults(note, "note", LONGEST), *unkeepable(dict(data), "data")]


def about(measure: Measure, kind: str, number: int) -> str:
    """How the trail names a row of a measure: point:m1/7."""
    return f"{kind}:{measure.measure_id}/{number}"


def who(by: Person) -> dict[str, Any]:
    """Who notes something, as the columns of a row have it."""
    return {"person": by.id, "role": by.role, "side": by.side}


def _keep_point(locked: Case, measure: Measure, by: Person, **told: Any) -> Point:
    number = next_number(Point.objects.filter(measure=measure))
    made = Point.objects.create(measure=measure, number=number, **told, **who(by))
    action = "withdraw-point" if made.withdrawn else "correct-point" if made.corrects else "note-point"
    note_access(locked.pk, by, action, about=about(measure, "point", number), digest=row_digest(made))
    return made


def _keep_terms(measure: Measure, by: Person, aim: Aim, why: str) -> Terms:
    return Terms.objects.create(
        measure=measure, title=aim.title.strip(), rises=aim.rises, baseline=aim.baseline, baseline_on=aim.baseline_on,
        target=aim.target, target_on=aim.target_on, why=why, person=by.id, role=by.role,
    )  # fmt: skip


def _note_measure(case: Case, by: Person, measure: Measure, action: str) -> None:
    terms = Terms.objects.filter(measure=measure).order_by("id")
    note_access(case.pk, by, action, about=f"measure:{measure.measure_id}", digest=measure_digest(measure, terms))


def held_own(measure: Measure, by: Person) -> tuple[Case, Measure]:
    """The case of a measure, held, and the measure as it is now. Raises PermissionDenied for the other side."""
    locked = held(measure.case, by=by)
    found = Measure.objects.get(pk=measure.pk)
    found.case = locked
    if found.side != by.side:
        raise PermissionDenied("A measure is changed by the side that began it.")
    return locked, found


def _own_point(measure: Measure, number: int, by: Person) -> Point:
    old = row_of(list(Point.objects.filter(measure=measure)), number)
    if old.side != by.side:
        raise PermissionDenied("A measurement is put right by the side that noted it.")
    return old


def _free_id(case: Case) -> str:
    ids = set(Measure.objects.filter(case=case).values_list("measure_id", flat=True))
    return next(f"m{number}" for number in range(1, len(ids) + 2) if f"m{number}" not in ids)


def _what_faults(what: What) -> Iterator[Fault]:
    if what.about not in ABOUT:
        yield Fault("about", _("Say what this belongs to."), _("Choose one."))
    if what.way not in list(Way):
        yield Fault("way", _("Say how it is measured."), _("Choose one."))
    if what.way == Way.RUBRIC and not (what.top and what.top <= 20):
        yield Fault("top", _("A rubric needs its highest level."), _("Write a number from 1 to 20."))
    if what.prompt and what.prompt not in PROMPTS:
        yield Fault("prompt", _("This kind of help is not known."), _("Choose one from the list."))


def _aim_faults(aim: Aim) -> Iterator[Fault]:
    if not aim.title.strip():
        yield Fault("title", _("It needs a name."), _("Such as: words read aloud in a minute."))
    yield from text_faults(aim.title, "title", LONGEST_TITLE)
    for name, value in (("baseline", aim.baseline), ("target", aim.target)):
        if value is not None and not _fits(value):
            yield Fault(name, _("This number is too large or too fine."), _("At most three digits behind the point."))
    if aim.baseline_on and aim.target_on and aim.target_on <= aim.baseline_on:
        yield Fault("target_on", _("The target lies before the start."), _("Check both days."))


def _fits(value: Decimal) -> bool:
    try:
        return value == value.quantize(Decimal(1).scaleb(-PLACES)) and 0 <= value < 10 ** (DIGITS - PLACES)
    except InvalidOperation:
        return False


def day_faults(on: date) -> Iterator[Fault]:
    """A fault for a day that has not come yet."""
    if on > today():
        yield Fault("on", _("This day has not come yet."), _("Write the day on which it was."))


def text_faults(text: str, where: str, longest: int) -> Iterator[Fault]:
    """A fault for words that cannot be kept, or are too long."""
    yield from unkeepable(text, where)
    if len(text) > longest:
        yield Fault(where, _("This is too long."), _("Shorten it."))
