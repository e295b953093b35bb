"""The check of a plan, and two plans compared, as pages of plain words for a terminal or a printer."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from gameplan.core.words import Say, Tongue
from gameplan.law.content_check import CANNOT_TELL, MISSING, THERE
from gameplan.plans.changes import TEXT, Change
from gameplan.plans.check import PlanCheck, PlanFinding
from gameplan.plans.compare import Comparison, TotalChange
from gameplan.plans.differences import ADDED, REMOVED, SAME, Segment
from gameplan.plans.minutes import HOW_COUNTED, number_text
from gameplan.plans.plan import Plan

WIDTH = 92
TITLES = {MISSING: Say("What is missing"), CANNOT_TELL: Say("What cannot be told yet"), THERE: Say("What is there")}
NOT_NEEDED = Say("What this plan need not have")
OPEN_LISTS = Say("Lists that say nothing")
MARKS = {SAME: "{text}", ADDED: "[+{text}+]", REMOVED: "[-{text}-]"}
# So much of what is the same stands on each side of a change.
AROUND = 30


def check_page(plan: Plan, check: PlanCheck, tongue: Tongue) -> str:
    """What is missing and where, what cannot be told yet, what is there and what is not needed; each with its law."""
    counts = check.counts()
    head = Say("Is everything in the plan of {name}? Seen from {day}.", {"name": _name(plan), "day": check.on})
    numbers = {"there": counts[THERE], "missing": counts[MISSING], "open": counts[CANNOT_TELL]}
    lines = [tongue.say(head), tongue.text(check.form.name)]
    lines += [tongue.say(Say("There: {there}. Missing: {missing}. Cannot be told yet: {open}.", numbers)), ""]
    for answer in (MISSING, CANNOT_TELL, THERE):
        found = (_finding(one, tongue) for one in check.findings if one.answer == answer)
        lines += _section(tongue.say(TITLES[answer]), found)
    lines += _section(tongue.say(OPEN_LISTS), (_wrapped(tongue.say(one.says), "* ") for one in check.open_lists))
    lines += _section(tongue.say(NOT_NEEDED), (_wrapped(text, "* ") for text in _not_needed(check, tongue)))
    return "\n".join(lines).rstrip()


def _name(plan: Plan) -> Say | str:
    return plan.child.name or Say("the child")


def _not_needed(check: PlanCheck, tongue: Tongue) -> Iterator[str]:
    for one in check.lists:
        yield from (tongue.text(one.wanted.item(name).text) for name in one.not_needed)


def _finding(one: PlanFinding, tongue: Tongue) -> str:
    found = one.finding
    lines = [_wrapped(f"{tongue.text(found.text)} ({'; '.join(found.cite)})", "* ")]
    if one.answer != THERE:
        lines += [_wrapped(tongue.say(say), "  - ", "    ") for say in found.why]
        lines += [_wrapped(tongue.say(place.says), "  > ", "    ") for place in one.places]
        lines += [_wrapped(tongue.say(say), "  ? ", "    ") for say in found.would_settle]
    if found.confidence == "low":
        lines.append(_wrapped(tongue.say(Say("This was not confirmed. Check the text of the rule.")), "  ! ", "    "))
    return "\n".join(lines)


def comparison_page(found: Comparison, tongue: Tongue) -> str:
    """What changed, section by section, and the minutes a week of each list before and now."""
    head = Say("What changed in the plan of {name}.", {"name": _name(found.after)})
    lines = [tongue.say(head), ""]
    if found.nothing:
        lines += [tongue.say(Say("Both plans say the same.")), ""]
    for one in found.sections:
        lines += _section(tongue.text(one.title), (_change(change, tongue) for change in one.changes))
    totals = [_wrapped(tongue.say(_total(one)), "* ") for one in found.totals]
    if totals:
        lines += _section(tongue.say(Say("Minutes a week")), [*totals, _wrapped(tongue.say(HOW_COUNTED), indent="")])
    return "\n".join(lines).rstrip()


def _change(change: Change, tongue: Tongue) -> str:
    lines = [_wrapped(tongue.say(change.says), "* ")]
    if change.kind == TEXT:
        lines.append(_wrapped("".join(_marked(change.segments)), "  ", "  "))
    return "\n".join(lines)


def _marked(segments: Iterable[Segment]) -> Iterator[str]:
    parts = tuple(segments)
    for at, one in enumerate(parts):
        text = one.text
        if one.kind == SAME and len(text) > 2 * AROUND:
            head = text[:AROUND] if at else ""
            tail = text[-AROUND:] if at < len(parts) - 1 else ""
            text = f"{head} … {tail}"
        yield MARKS[one.kind].format(text=text)


def _total(one: TotalChange) -> Say:
    values = {
        "list": Say(one.after.label),
        "before": number_text(one.before.minutes),
        "after": number_text(one.after.minutes),
        "count": len({*one.before.not_told, *one.after.not_told}),
    }
    if values["count"]:
        return Say("{list}: {before} before, {after} now. Not counted, as the plan gives no minutes: {count}.", values)
    return Say("{list}: {before} before, {after} now.", values)


def _section(title: str, blocks: Iterable[str]) -> list[str]:
    found = list(blocks)
    return [title, "-" * len(title), *found, ""] if found else []


def _wrapped(text: str, bullet: str = "", indent: str = "  ") -> str:
    return textwrap.fill(text, WIDTH, initial_indent=bullet, subsequent_indent=indent, break_long_words=False)
