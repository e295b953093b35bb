"""A checkpoint of a story: what must be so on its day, and whether it is.

`initial-evaluation late by 1, due 2025-11-18` · `stage request` · `option ask-iee open` · `warning "..."`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from gameplan.core.faults import Fault, nearest
from gameplan.core.standing import STATUSES, AccountView, Duty, Standing
from gameplan.core.words import ENGLISH, Say
from gameplan.law.library import law_for

COMMA = re.compile(r',\s*(?=(?:[^"]*"[^"]*")*[^"]*$)')
DAY = r"(\d{4}-\d{2}-\d{2})"
ABSENT = "absent"
GRAMMAR = (
    "due DAY, no due day, started DAY, done DAY, late by N, N days left, between DAY and DAY, per SIDE due DAY, "
    'per SIDE STATUS, because "words", asks "words"'
)


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that a checkpoint says of a duty: its words, and the test of it."""

    words: str
    holds: Callable[[Duty], bool]


@dataclass(frozen=True, slots=True)
class Check:
    """One checkpoint: the line and day it stands on, and what it says of what (a clock, the stage, an option)."""

    line: int
    on: date
    words: str
    about: str
    name: str = ""
    pack: str = ""
    status: str = ""
    started: date | None = None
    closes: date | None = None
    terms: tuple[Term, ...] = ()
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A checkpoint with the answer: whether it holds, and what gameplan says."""

    check: Check
    holds: bool
    found: str


def read_check(words: str, line: int, on: date, state: str | None, where: str) -> tuple[Check, list[Fault]]:
    """One checkpoint from its words, and what is wrong with them."""
    first, _, rest = words.partition(" ")
    rest = rest.strip()
    law = law_for(state)
    if first == "stage":
        known = tuple(stage.id for stage in law.stages)
        return Check(line, on, words, "stage", name=rest), _unknown(rest, known, where, "step of the road")
    if first == "option":
        return _read_option(rest, Check(line, on, words, "option"), tuple(one.id for one in law.options), where)
    if first == "warning" or words.startswith("no warning"):
        about = "warning" if first == "warning" else "no warning"
        said = quoted(words)
        faults = [] if said else [Fault(where, "the words of the warning are missing.", 'Write them in "...".')]
        return Check(line, on, words, about, name=said or ""), faults
    return _read_duty(words, line, on, tuple(law.by_id), where)


def _read_option(rest: str, check: Check, known: tuple[str, ...], where: str) -> tuple[Check, list[Fault]]:
    match = re.fullmatch(rf"(\S+) (open|absent)(?:, closes {DAY})?", rest)
    if not match:
        return check, [Fault(where, f'"{rest}" cannot be read.', "Write: option NAME open, or absent, closes DAY.")]
    name, status, closes = match.groups()
    read = Check(check.line, check.on, check.words, "option", name, status=status, closes=_day(closes))
    return read, _unknown(name, known, where, "option")


def _read_duty(words: str, line: int, on: date, known: tuple[str, ...], where: str) -> tuple[Check, list[Fault]]:
    head, *parts = COMMA.split(words)
    match = re.fullmatch(r"(?:([A-Za-z]{2})/)?(\S+) (\S+)(?: (by \d+))?", head)
    if not match:
        return Check(line, on, words, "duty"), [Fault(where, f'"{head}" cannot be read.', "Write: RULE STATUS, ...")]
    pack, name, status, by = match.groups()
    faults = _unknown(name, known, where, "rule") + _unknown(status, (*STATUSES, ABSENT), where, "status")
    terms = []
    for part in [f"late {by}"] * bool(by) + parts:
        term = _term(part.strip())
        if term is None:
            faults.append(Fault(where, f'"{part}" cannot be read.', f"Known here: {GRAMMAR}."))
        else:
            terms.append(term)
    started = next((_day(part.strip()[8:]) for part in parts if part.strip().startswith("started ")), None)
    return Check(line, on, words, "duty", name, pack or "", status, started, terms=tuple(terms)), faults


def _unknown(word: str, known: tuple[str, ...], where: str, what: str) -> list[Fault]:
    return [] if word in known else [Fault(where, f'"{word}" is not a {what}.', nearest(word, known))]


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if text else None
    except ValueError:
        return None


def quoted(words: str) -> str | None:
    """What stands in quotes, or None."""
    match = re.search(r'"([^"]+)"$', words.strip())
    return match.group(1) if match else None


def _term(part: str) -> Term | None:
    """What one part of a checkpoint asks of a duty, or None if it is not a word of the format."""
    for pattern, make in _TERMS:
        match = re.fullmatch(pattern, part)
        if match:
            days = [_day(word) for word in match.groups() if re.fullmatch(DAY, word)]
            return None if None in days else Term(part, make(*match.groups()))
    return None


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _told_by(side: str, test: Callable[[AccountView], bool]) -> Callable[[Duty], bool]:
    return lambda duty: any(test(one) for one in duty.accounts if one.said_by == side)


def _says(sentences: tuple[Say, ...], words: str) -> bool:
    return any(words in ENGLISH.say(one) for one in sentences)


_TERMS: tuple[tuple[str, Callable[..., Callable[[Duty], bool]]], ...] = (
    (rf"due {DAY}", lambda day: lambda duty: _iso(duty.due) == day),
    (r"no due day", lambda: lambda duty: duty.due is None),
    (rf"started {DAY}", lambda day: lambda duty: _iso(duty.started) == day),
    (rf"done {DAY}", lambda day: lambda duty: _iso(duty.done) == day),
    (r"late by (\d+)", lambda days: lambda duty: duty.days_late == int(days)),
    (r"(\d+) days left", lambda days: lambda duty: duty.days_left == int(days)),
    (
        rf"between {DAY} and {DAY}",
        lambda a, b: lambda duty: duty.due is None and (_iso(duty.due_earliest), _iso(duty.due_latest)) == (a, b),
    ),
    (rf"per (\S+) due {DAY}", lambda side, day: _told_by(side, lambda one: _iso(one.due) == day)),
    (rf"per (\S+) ({'|'.join(STATUSES)})", lambda side, status: _told_by(side, lambda one: one.status == status)),
    (r'because "([^"]+)"', lambda words: lambda duty: _says(duty.because, words)),
    (r'asks "([^"]+)"', lambda words: lambda duty: _says(duty.would_settle, words)),
)


def answer(check: Check, standing: Standing) -> Finding:
    """Whether a checkpoint holds in this standing, and what gameplan says instead if not."""
    if check.about == "stage":
        return Finding(check, standing.stage == check.name, f"stage {standing.stage}")
    if check.about == "option":
        return _option(check, standing)
    if check.about in ("warning", "no warning"):
        said = [ENGLISH.say(one) for one in standing.warnings]
        there = any(check.name in one for one in said)
        return Finding(check, there == (check.about == "warning"), "warnings: " + (" | ".join(said) or "none"))
    return _duty(check, standing)


def _option(check: Check, standing: Standing) -> Finding:
    found = next((one for one in standing.options if one.id == check.name), None)
    if found is None:
        return Finding(check, check.status == ABSENT, f"option {check.name} absent")
    right = check.status == "open" and (check.closes is None or found.closes == check.closes)
    closes = f", closes {found.closes}" if found.closes else ""
    return Finding(check, right, f"option {check.name} open{closes}")


def _duty(check: Check, standing: Standing) -> Finding:
    found = [one for one in standing.duties if one.clock == check.name and check.pack in ("", one.pack)]
    if check.started:
        found = [one for one in found if one.started == check.started]
    if check.status == "not-started":
        found = [one for one in found if one.started is None] or found
    if not found:
        return Finding(check, check.status == ABSENT, f"{check.name} absent")
    if check.status == ABSENT:
        return Finding(check, False, said(found[0]))
    packs = sorted({one.pack for one in found})
    if len(packs) > 1:
        ways = " or ".join(f"{pack}/{check.name}" for pack in packs)
        return Finding(check, False, f"there are {len(packs)}: say which, {ways}")
    duty = max(found, key=lambda one: one.started or date.min)
    right = duty.status == check.status and all(term.holds(duty) for term in check.terms)
    return Finding(check, right, said(duty))


def said(duty: Duty) -> str:
    """A duty in the words of a checkpoint."""
    return f"{duty.clock} {duty.status}" + "".join(f", {part}" for part in _parts(duty))


def _parts(duty: Duty) -> Iterator[str]:
    if duty.due:
        yield f"due {duty.due}"
    elif duty.due_earliest and duty.due_latest:
        yield f"between {duty.due_earliest} and {duty.due_latest}"
    if duty.started:
        yield f"started {duty.started}"
    if duty.done:
        yield f"done {duty.done}"
    if duty.days_late:
        yield f"late by {duty.days_late}"
    elif duty.days_left is not None:
        yield f"{duty.days_left} days left"
    for one in duty.accounts:
        yield f"per {one.said_by} {one.status}"
        if one.due:
            yield f"per {one.said_by} due {one.due}"
