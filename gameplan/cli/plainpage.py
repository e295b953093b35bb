"""A standing, or a rule, as a page of plain words for a terminal or a printer."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from gameplan.core import sentences as s
from gameplan.core.assess import event_name
from gameplan.core.due import number_words
from gameplan.core.entries import Clock, Law
from gameplan.core.facts import Case
from gameplan.core.standing import Duty, OptionView, Standing
from gameplan.core.supposing import main_day
from gameplan.core.what_if import Comparison
from gameplan.core.words import Say, Tongue

WIDTH = 92
STATUS = {
    "running": "running", "due-soon": "due soon", "late": "LATE", "met": "done", "met-late": "done late",
    "excused": "does not bind", "paused": "paused", "not-started": "not started", "cannot-tell": "cannot tell yet",
}  # fmt: skip
LAPSED = "this time has passed"
POWER = {"may": "may", "must": "must", "must-not": "must not"}
TITLE, WHERE, OWED, CAN, BEHIND, WARN = (
    "{name} on {day}", "Where things stand: {stage}.", "What is owed", "What each side may do now",
    "What is behind", "Please note",
)  # fmt: skip
WHO_OWES, BY, NO_DAY, BETWEEN = (
    "{who} owes {whom}",
    "by {due}",
    "no day in the law",
    "between {first} and {last}",
)
LEFT, LATE_BY, SETTLES, CHANGES, LAW = (
    "{days} days left", "{days} days late", "What would settle it: {what}", "What would change it: {what}",
    "Law: {cite}",
)  # fmt: skip
CLOSES, CLOSED, NOTHING, CHILD = (
    "closes on {day}", "closed since {day}", "Nothing is owed by these facts.", "This child",
)  # fmt: skip
WHAT_IF, SUPPOSED, NO_CHANGE, OTHER_STAGE = (
    "What if. Seen from {day}. Nothing is recorded.", "{event}: {day}", "Nothing would change.",
    "Now: {before}. Then: {after}.",
)  # fmt: skip
MESSAGES = (
    TITLE, WHERE, OWED, CAN, BEHIND, WARN, WHO_OWES, BY, NO_DAY, BETWEEN, LEFT, LATE_BY, SETTLES, CHANGES, LAW, CLOSES,
    CLOSED, NOTHING, CHILD, WHAT_IF, SUPPOSED, NO_CHANGE, OTHER_STAGE, LAPSED, *STATUS.values(), *POWER.values(),
)  # fmt: skip


def page(case: Case, standing: Standing, tongue: Tongue) -> str:
    """The whole standing in plain words, the most pressing first."""
    name = case.child.name or tongue.text(CHILD)
    lines = [tongue.say(Say(TITLE, {"name": name, "day": standing.on}))]
    lines += [tongue.say(Say(WHERE, {"stage": standing.stage_name})), ""]
    lines += _section(tongue.text(WARN), (_wrapped(tongue.say(one), "! ") for one in standing.warnings))
    owed = [duty for duty in standing.duties if duty.is_open and not duty.lapsed]
    lines += _section(tongue.text(OWED), (_duty(duty, tongue) for duty in owed), tongue.text(NOTHING))
    lines += _section(tongue.text(CAN), (_option(option, tongue) for option in standing.options))
    past = [duty for duty in standing.duties if not duty.is_open or duty.lapsed]
    lines += _section(tongue.text(BEHIND), (_duty(duty, tongue) for duty in past))
    return "\n".join(lines).rstrip()


def _section(title: str, blocks: Iterable[str], empty: str = "") -> list[str]:
    found = list(blocks)
    if not found and not empty:
        return []
    return [title, "-" * len(title), *(found or [empty]), ""]


def _wrapped(text: str, bullet: str = "", indent: str = "  ") -> str:
    return textwrap.fill(text, WIDTH, initial_indent=bullet, subsequent_indent=indent, break_long_words=False)


def _sides(sides: Iterable[str]) -> tuple[Say, ...]:
    return tuple(Say(s.SIDES.get(side, side)) for side in sides)


def _when(duty: Duty, tongue: Tongue) -> str:
    if duty.due:
        parts = [tongue.say(Say(BY, {"due": duty.due}))]
    elif duty.due_earliest and duty.due_latest:
        parts = [tongue.say(Say(BETWEEN, {"first": duty.due_earliest, "last": duty.due_latest}))]
    else:
        parts = [tongue.text(NO_DAY)]
    if duty.days_late:
        parts.append(tongue.say(Say(LATE_BY, {"days": duty.days_late})))
    elif duty.days_left is not None:
        parts.append(tongue.say(Say(LEFT, {"days": duty.days_left})))
    return ", ".join(parts)


def _duty(duty: Duty, tongue: Tongue) -> str:
    status = tongue.text(LAPSED if duty.lapsed else STATUS[duty.status])
    who = tongue.say(Say(WHO_OWES, {"who": _sides(duty.owed_by), "whom": _sides(duty.owed_to)}))
    lines = [_wrapped(f"[{status}] {tongue.say(duty.title)} ({duty.pack})", "* ")]
    lines.append(_wrapped(f"{who}, {_when(duty, tongue)}.", "  "))
    lines += [_wrapped(tongue.say(reason), "  - ", "    ") for reason in duty.because]
    if duty.would_settle:
        lines.append(_wrapped(tongue.say(Say(SETTLES, {"what": duty.would_settle})), "  ? ", "    "))
    if duty.would_change and duty.is_open:
        lines.append(_wrapped(tongue.say(Say(CHANGES, {"what": duty.would_change})), "  ~ ", "    "))
    if duty.check_with:
        lines.append(_wrapped(tongue.say(duty.check_with), "  ! ", "    "))
    lines.append(_wrapped(tongue.say(Say(LAW, {"cite": "; ".join(duty.cite)})), "  ", "    "))
    return "\n".join(lines)


def _option(option: OptionView, tongue: Tongue) -> str:
    side = tongue.say(Say(s.SIDES.get(option.who, option.who)))
    text = f"{side} {tongue.text(POWER[option.power])}: {tongue.say(option.do)} ({'; '.join(option.cite)})"
    if option.closes:
        text += f", {tongue.say(Say(CLOSED if option.closed else CLOSES, {'day': option.closes}))}"
    return "\n".join([_wrapped(text, "* "), *(_wrapped(tongue.say(one), "  - ", "    ") for one in option.notes)])


def what_if_page(found: Comparison, law: Law, tongue: Tongue) -> str:
    """What would change, in plain words; nothing else."""
    lines = [tongue.say(Say(WHAT_IF, {"day": found.after.on})), ""]
    lines += [_wrapped(tongue.say(Say(SUPPOSED, {"event": event_name(law, one), "day": main_day(one, law.vocabulary)})),
                       "+ ") for one in found.supposed]  # fmt: skip
    lines.append("")
    if found.nothing:
        return "\n".join([*lines, tongue.text(NO_CHANGE)])
    if not found.same_stage:
        values = {"before": found.before.stage_name, "after": found.after.stage_name}
        lines += [_wrapped(tongue.say(Say(OTHER_STAGE, values))), ""]
    duties = (
        "\n".join([_wrapped(tongue.say(one.says), "* "), *(_wrapped(tongue.say(w), "  - ", "    ") for w in one.why)])
        for one in found.duties
    )
    lines += _section(tongue.text(OWED), duties)
    lines += _section(tongue.text(CAN), (_wrapped(tongue.say(one.says), "* ") for one in found.options))
    lines += _section(tongue.text(WARN), (_wrapped(tongue.say(one), "! ") for one in found.new_warnings))
    return "\n".join(lines).rstrip()


def rule_page(clock: Clock, tongue: Tongue) -> str:
    """One rule as it stands in the law files, for a lawyer's eye."""
    rows: list[tuple[str, str]] = [
        ("rule", f"{clock.pack}/{clock.id}"),
        ("name", tongue.text(clock.name)),
        ("plain", tongue.text(clock.plain)),
        ("owed by", ", ".join(clock.owes)),
        ("owed to", ", ".join(clock.owed_to)),
        (
            "starts with",
            "; ".join(_match(match) for match in clock.trigger) or (clock.after.clock if clock.after else ""),
        ),
        ("time", _time(clock, tongue)),
        ("done when", "; ".join(_match(match) for match in clock.done_when)),
        ("not counted", "; ".join(_left_out(rule) for rule in clock.leaves_out)),
        ("year's end", "; ".join(tongue.text(rule.text) for rule in clock.near_year_end)),
        ("exceptions", "; ".join(tongue.text(rule.text) for rule in clock.exceptions)),
        (
            "in force",
            f"from {clock.in_force.first or 'the start of these files'} to {clock.in_force.last or 'today'}",
        ),
        ("federal", f"{clock.relation} {clock.base}" if clock.base else ""),
        ("cite", "; ".join(clock.cite)),
        ("source", clock.source),
        ("confidence", clock.confidence),
        ("doubts", " ".join(tongue.text(doubt) for doubt in clock.doubts)),
        ("not yet", tongue.text(clock.not_yet)),
        ("examples", "; ".join(str(one.get("name")) for one in clock.examples)),
    ]
    return "\n".join(_wrapped(text, f"{label:<12}", " " * 12) for label, text in rows if text)


def _match(match: object) -> str:
    event, where = match.event, match.where  # type: ignore[attr-defined]
    said = ", ".join(f"{name} = {value}" for name, value in where.items())
    return f"{event} ({said})" if said else str(event)


def _left_out(rule: object) -> str:
    what, least, over = rule.what, rule.at_least, rule.over  # type: ignore[attr-defined]
    return f"{what}{f' of {least} or more' if least else ''}{f' over {over}' if over else ''}"


def _time(clock: Clock, tongue: Tongue) -> str:
    if clock.length is None:
        return tongue.text(s.STANDARDS.get(clock.standard, clock.standard))
    words = tongue.say(Say("{length} {unit}", number_words(clock.length, clock.unit)))
    return f"{words} {clock.direction}"
