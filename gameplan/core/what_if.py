"""What if: the same function on the case plus supposed facts, and what changes. Nothing is recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from gameplan.core.assess import assess
from gameplan.core.entries import Law
from gameplan.core.facts import Case, Fact
from gameplan.core.standing import Duty, OptionView, Standing
from gameplan.core.supposing import main_day, supposed_case, write_supposed
from gameplan.core.words import ENGLISH, Say, Tongue

STARTS, ENDS, MOVES, TURNS = "starts", "ends", "moves", "turns"
OPENS, CLOSES = "opens", "closes"
QUIET = ("excused", "not-started")


@dataclass(frozen=True)
class DutyChange:
    """One duty that starts, ends, moves to another day, or turns to another status, and why.

    `duty` is the duty as it would be; as it is, where it would be gone.
    """

    what: str
    duty: Duty
    before: Duty | None
    after: Duty | None
    says: Say
    why: tuple[Say, ...] = ()


@dataclass(frozen=True)
class OptionChange:
    """One option that opens, closes, or closes on another day. `option` is the option that the change is about."""

    what: str
    option: OptionView
    before: OptionView | None
    after: OptionView | None
    says: Say


@dataclass(frozen=True)
class Comparison:
    """The case as it stands, the case as supposed, and every difference between the two."""

    supposed: tuple[Fact, ...]
    before: Standing
    after: Standing
    duties: tuple[DutyChange, ...] = ()
    options: tuple[OptionChange, ...] = ()
    new_warnings: tuple[Say, ...] = ()
    gone_warnings: tuple[Say, ...] = ()

    @property
    def same_stage(self) -> bool:
        """True if the case would stand at the same step of the road."""
        return self.before.stage == self.after.stage

    @property
    def nothing(self) -> bool:
        """True if the supposition changes nothing that is shown."""
        return self.same_stage and not (self.duties or self.options or self.new_warnings or self.gone_warnings)


def compare(case: Case, law: Law, *, on: date, supposed: Iterable[Fact] = (), day: date | None = None) -> Comparison:
    """What would change if these facts were so, or if it were another `day`.

    With supposed facts both sides are looked at on the same day: on `on`, on the latest supposed day if that lies
    ahead, or on `day`. Without, today is set beside `day`. A fact that has the id of one of the case replaces it.
    """
    supposed = tuple(supposed)
    looked = day or max([on, *(main_day(fact, law.vocabulary) for fact in supposed)])
    before = assess(case, law, on=looked if supposed else on)
    after = assess(supposed_case(case, supposed), law, on=looked)
    return Comparison(
        supposed=supposed,
        before=before,
        after=after,
        duties=tuple(_duty_changes(before, after)),
        options=tuple(_option_changes(before, after)),
        new_warnings=tuple(one for one in after.warnings if one not in before.warnings),
        gone_warnings=tuple(one for one in before.warnings if one not in after.warnings),
    )


def _duty_changes(before: Standing, after: Standing) -> Iterator[DutyChange]:
    was, will = ({duty.key: duty for duty in side.duties} for side in (before, after))
    for key, duty in will.items():
        change = _duty_change(was.get(key), duty)
        if change:
            yield change
    for key, duty in was.items():
        if key not in will and duty.is_open:
            yield DutyChange(ENDS, duty, duty, None, Say("No longer owed: {title}", {"title": duty.title}))


def _duty_change(was: Duty | None, will: Duty) -> DutyChange | None:
    values: dict[str, object] = {"title": will.title, "when": when(will)}
    if was is None:
        if will.status in QUIET:
            return None
        return DutyChange(STARTS, will, None, will, Say("Starts: {title}. {when}", values), will.because)
    found = _difference(was, will, {**values, "was": when(was)})
    if found is None:
        return None
    why = tuple(reason for reason in will.because if reason not in was.because)
    return DutyChange(found[0], will, was, will, found[1], why)


def _difference(was: Duty, will: Duty, values: dict[str, object]) -> tuple[str, Say] | None:
    if will.is_open and not was.is_open:
        return STARTS, Say("Open again: {title}. {when}", values)
    if was.is_open and not will.is_open:
        return ENDS, Say("Ends: {title}. {when}", values)
    if _days(was) != _days(will):
        return MOVES, Say("Moves: {title}. Now: {was} Then: {when}", values)
    if was.status != will.status:
        return TURNS, Say("Changes: {title}. Now: {was} Then: {when}", values)
    return None


def _days(duty: Duty) -> tuple[date | None, ...]:
    if not duty.is_open:
        return (duty.done,)
    return duty.due, duty.due_earliest, duty.due_latest


def when(duty: Duty) -> Say:
    """How a duty stands, in one short sentence with its day."""
    values: dict[str, object] = {
        "due": duty.due, "done": duty.done, "first": duty.due_earliest, "last": duty.due_latest, "days": duty.days_late,
    }  # fmt: skip
    if duty.status in ("met", "met-late") and duty.done:
        text = Say("Done on {done}, late.", values) if duty.status == "met-late" else Say("Done on {done}.", values)
    elif duty.status == "excused":
        text = Say("It does not apply.")
    elif duty.status == "late" and duty.due:
        text = Say("It was due on {due} and is late.", values)
    elif duty.due and duty.status == "cannot-tell":
        text = Say("Its day is {due}. How it stands cannot be told yet.", values)
    elif duty.due or (duty.due_earliest and duty.due_earliest == duty.due_latest):
        text = Say("It is due on {due}.", {**values, "due": duty.due or duty.due_earliest})
    elif duty.due_earliest and duty.due_latest:
        text = Say("It is due between {first} and {last}.", values)
    else:
        text = Say("The law names no day.")
    return text


def _option_changes(before: Standing, after: Standing) -> Iterator[OptionChange]:
    was, will = ({one.id: one for one in side.options} for side in (before, after))
    for key in [*will, *(key for key in was if key not in will)]:
        change = _option_change(was.get(key), will.get(key))
        if change:
            yield change


def _option_change(was: OptionView | None, will: OptionView | None) -> OptionChange | None:
    if will and _open(will) and not _open(was):
        return OptionChange(OPENS, will, was, will, _opens(will))
    if was and _open(was) and not _open(will):
        # A ban that is no longer listed at this step is not lifted by that.
        return None if was.power == "must-not" else OptionChange(CLOSES, was, was, will, _closes(was))
    if was and will and _open(will) and was.closes != will.closes:
        return OptionChange(MOVES, will, was, will, _other_day(was, will))
    return None


def _opens(option: OptionView) -> Say:
    values: dict[str, object] = {"do": option.do, "day": option.closes}
    if option.power == "must":
        return Say("Becomes a must: {do}", values)
    if option.power == "must-not":
        return Say("Is not allowed then: {do}", values)
    return Say("Opens: {do}. Until {day}.", values) if option.closes else Say("Opens: {do}", values)


def _closes(option: OptionView) -> Say:
    values = {"do": option.do}
    return Say("No longer a must: {do}", values) if option.power == "must" else Say("No longer open: {do}", values)


def _other_day(was: OptionView, will: OptionView) -> Say:
    values: dict[str, object] = {"do": will.do, "day": will.closes, "was": was.closes}
    if not will.closes:
        return Say("Without a last day: {do}", values)
    if not was.closes:
        return Say("Gets a last day: {do}. Until {day}.", values)
    return Say("Other last day: {do}. Now {was}, then {day}.", values)


def _open(option: OptionView | None) -> bool:
    return option is not None and not option.closed


def comparison_json(found: Comparison, tongue: Tongue = ENGLISH) -> dict[str, object]:
    """The differences as the key `what_if` of `gameplan assess --json --suppose ...`."""
    return {
        "supposed": [write_supposed(fact) for fact in found.supposed],
        "on": found.after.on.isoformat(),
        "stage": {"before": found.before.stage, "after": found.after.stage},
        "duties": [
            {
                "change": one.what,
                "clock": one.duty.clock,
                "pack": one.duty.pack,
                "title": tongue.say(one.duty.title),
                "before": _duty_json(one.before),
                "after": _duty_json(one.after),
                "says": tongue.say(one.says),
                "because": [tongue.say(reason) for reason in one.why],
                "cite": "; ".join(one.duty.cite),
            }
            for one in found.duties
        ],
        "options": [
            {
                "change": one.what,
                "id": one.option.id,
                "do": tongue.say(one.option.do),
                "before": one.before.closes.isoformat() if one.before and one.before.closes else None,
                "after": one.after.closes.isoformat() if one.after and one.after.closes else None,
                "says": tongue.say(one.says),
            }
            for one in found.options
        ],
        "warnings": {
            "new": [tongue.say(one) for one in found.new_warnings],
            "gone": [tongue.say(one) for one in found.gone_warnings],
        },
    }


def _duty_json(duty: Duty | None) -> dict[str, object] | None:
    if duty is None:
        return None
    days = {"due": duty.due, "due_earliest": duty.due_earliest, "due_latest": duty.due_latest, "done": duty.done}
    return {"status": duty.status, **{name: day.isoformat() if day else None for name, day in days.items()}}
