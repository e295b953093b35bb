"""What keeps the progress of a case file from being taken in: all of it at once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gameplan.cases.models import Case
from gameplan.cases.records_travelling import kept_of, rows_in, word_faults
from gameplan.core.faults import Fault
from gameplan.core.record_parts import MOST
from gameplan.core.record_shapes import Records, Told
from gameplan.letters import hash_of
from gameplan.measures.log import LogEntry, log_faults
from gameplan.measures.ways import PROMPTS, Way, faulty
from gameplan.people.refusals import unkeepable
from gameplan.people.roles import Side
from gameplan.progress import tiers
from gameplan.progress.behavior_plans import PURPOSES
from gameplan.progress.doors import ABOUT
from gameplan.progress.measuring import DECIDED
from gameplan.progress.minutes import KINDS
from gameplan.progress.models import Measure, ProgressReport
from gameplan.progress.models_daily import Given
from gameplan.progress.models_minutes import ServiceLog
from gameplan.progress.models_supports import Support
from gameplan.progress.reporting import holds_data
from gameplan.tongues import tongue

PDF_START: Final = b"%PDF-"
SIDES: Final = (Side.SCHOOL.value, Side.FAMILY.value)
WAS: Final = ("given", "declined", "not-given")
PER: Final = ("", *tiers.PER)
ENDED: Final = ("", *tiers.WHYS)
NOTES: Final = tuple(tiers.KINDS)
MOST_INTENSE: Final = 5
_NUMBER: Final = re.compile(r"[1-9][0-9]{0,6}")
Numbered = Sequence[tuple[int, Told, str]]
"""Rows with a number: the number (0 for none), the row, and where it stands in the file."""


def faults_of(case: Case, records: Records, files: Mapping[str, bytes]) -> Iterator[Fault]:
    """Everything that is wrong with what a file tells of progress. `files` has the papers by path."""
    yield from _taken_faults(case, records)
    facts = kept_of(case).facts if records.get("supports") or records.get("progress_reports") else ()
    for one in records.get("supports", ()):
        yield from _support_faults(one, facts)
    supports = {one["id"] for one in records.get("supports", ())}
    measures = {one["id"] for one in records.get("measures", ())}
    for one in records.get("measures", ()):
        yield from _measure_faults(one, supports)
        yield from _written_faults(one, measures)
    yield from _log_faults(_by_id("service_logs", records))
    given = _by_id("accommodations_given", records)
    for _number, one, where in given:
        yield from word_faults(one, "was", WAS, where)
    yield from _noted_faults(given)
    reports = _by_id("progress_reports", records)
    for _number, one, where in reports:
        yield from _report_faults(one, where, facts, files)
    yield from _noted_faults(reports)


def _taken_faults(case: Case, records: Records) -> Iterator[Fault]:
    """Something broken in a text, and ids that the case has already."""
    taken: dict[str, Any] = {
        "supports": (Support.objects, "support_id"), "measures": (Measure.objects, "measure_id"),
        "service_logs": (ServiceLog.objects, "number"), "accommodations_given": (Given.objects, "number"),
        "progress_reports": (ProgressReport.objects, "number"),
    }  # fmt: skip
    for what, (rows, column) in taken.items():
        told = records.get(what, ())
        there = {str(one) for one in rows.filter(case=case).values_list(column, flat=True)} if told else set()
        for one in told:
            where = f"{what} ({str(one['id'])[:40]})"
            yield from unkeepable(one, where)
            if one["id"] in there:
                yield Fault(f"{where}.id", _("This id stands there already."), _("Give each its own id."))


def _by_id(what: str, records: Records) -> Numbered:
    """The rows of a list whose id is their number in the case."""
    found = []
    for one in records.get(what, ()):
        name = str(one["id"])
        number = int(name) if _NUMBER.fullmatch(name) and int(name) <= MOST else 0
        found.append((number, one, f"{what} ({name[:40]})"))
    return found


def _inside(told: Told, name: str, where: str) -> Numbered:
    """The rows that lie in a row, by their numbers within it."""
    return [(int(str(one["number"])), one, f"{where}.{name}[{index}]") for index, one in enumerate(rows_in(told, name))]


def _noted_faults(rows: Numbered) -> Iterator[Fault]:
    """Numbers that are none or stand twice, and corrections of what is not there before them."""
    yield from _number_faults(rows)
    before: dict[int, object] = {}
    for number, one, where in rows:
        corrects = one["corrects"]
        if corrects is not None and before.get(int(str(corrects))) != one["side"]:
            what, mend = _("It puts right what is not there before it."), _("Name an earlier entry of the same side.")
            yield Fault(f"{where}.corrects", what, mend)
        before[number] = one["side"]


def _number_faults(rows: Numbered) -> Iterator[Fault]:
    before: set[int] = set()
    for number, one, where in rows:
        if not number:
            yield Fault(f"{where}.number", _("This is not the number of an entry."), _("Use 1, 2, 3 and so on."))
        elif number in before:
            what = _("This number stands there already.")
            yield Fault(f"{where}.number", what, _("Give each entry its own number."))
        if one["withdrawn"] and one["corrects"] is None:
            what, mend = _("It does not say which entry is taken back."), _("Name that entry in “corrects”.")
            yield Fault(f"{where}.corrects", what, mend)
        yield from word_faults(one, "side", SIDES, where)
        before.add(number)


def _fact_faults(told: Told, facts: Collection[str], where: str) -> Iterator[Fault]:
    for name in _texts(told["facts"]):
        if name not in facts:
            mend = _("Name one that is in this file, or leave it empty.")
            yield Fault(f"{where}.facts", _("What this names is not in the file."), mend)


def _texts(value: object) -> Iterable[str]:
    return map(str, value) if isinstance(value, list) else ()


def _support_faults(one: Told, facts: Collection[str]) -> Iterator[Fault]:
    where = f"supports ({one['id']})"
    yield from word_faults(one, "side", SIDES, where)
    if one["tier"] not in tiers.TIERS:
        yield Fault(f"{where}.tier", _("There are the tiers 1, 2 and 3."), _("Choose one."))
    yield from word_faults(one, "per", PER, where)
    yield from word_faults(one, "ended_why", ENDED, where)
    yield from _fact_faults(one, facts, where)
    notes = _inside(one, "notes", where)
    yield from _noted_faults(notes)
    for _number, each, place in notes:
        yield from word_faults(each, "kind", NOTES, place)
        yield from _fact_faults(each, facts, place)


def _measure_faults(one: Told, supports: Collection[object]) -> Iterator[Fault]:
    where = f"measures ({one['id']})"
    yield from word_faults(one, "about", ABOUT, where)
    yield from word_faults(one, "way", list(Way), where)
    yield from word_faults(one, "side", SIDES, where)
    yield from word_faults(one, "prompt", ("", *PROMPTS), where)
    if one["way"] == Way.RUBRIC and not one["top"]:
        what, mend = _("A rubric needs its highest level."), _("Write a number from 1 to 20.")
        yield Fault(f"{where}.top", what, mend)
    if one["support"] and one["support"] not in supports:
        mend = _("Name one that is in this file, or leave it empty.")
        yield Fault(f"{where}.support", _("What this names is not in the file."), mend)
    terms = rows_in(one, "terms")
    if not terms or not all(str(each["title"]).strip() for each in terms):
        yield Fault(f"{where}.terms", _("It needs a name."), _("Make the file again from the first case."))
    yield from _points_faults(one, where)
    yield from _noted_faults(_inside(one, "changes", where))
    yield from _decision_faults(_inside(one, "decisions", where))
    yield from _incident_faults(_inside(one, "incidents", where))


def _points_faults(measure: Told, where: str) -> Iterator[Fault]:
    points = _inside(measure, "points", where)
    yield from _noted_faults(points)
    if measure["way"] not in list(Way) or measure["prompt"] not in ("", *PROMPTS):
        return
    way, said = Way(str(measure["way"])), tongue(get_language() or "en")
    top: Any = PROMPTS.index(str(measure["prompt"] or PROMPTS[0])) if way is Way.TRIALS else measure["top"]
    for _number, one, place in points:
        data: Any = one["data"]
        for wrong in faulty(way, data, top=top):
            yield Fault(f"{place}.data.{wrong.field}", said.say(wrong.says), _("Check what you wrote."))


def _decision_faults(rows: Numbered) -> Iterator[Fault]:
    yield from _noted_faults(rows)
    for _number, one, where in rows:
        yield from word_faults(one, "does", DECIDED, where)


def _incident_faults(rows: Numbered) -> Iterator[Fault]:
    yield from _noted_faults(rows)
    for _number, one, where in rows:
        intensity = one["intensity"]
        if intensity is not None and not 1 <= int(str(intensity)) <= MOST_INTENSE:
            what, mend = _("This is not how strong a behavior can be."), _("Write a number from 1 to 5.")
            yield Fault(f"{where}.intensity", what, mend)


def _written_faults(measure: Told, measures: Collection[object]) -> Iterator[Fault]:
    """What is wrong with what was made of a behavior, and with the plans for it."""
    where = f"measures ({measure['id']})"
    summaries, plans = (_inside(measure, name, where) for name in ("summaries", "behavior_plans"))
    yield from _noted_faults(summaries)
    for _number, one, place in summaries:
        yield from word_faults(one, "purpose", list(PURPOSES), place)
    yield from _noted_faults(plans)
    for _number, one, place in plans:
        for name in _texts(one["measures"]):
            if name not in measures:
                mend = _("Name one that is in this file, or leave it empty.")
                yield Fault(f"{place}.measures", _("What this names is not in the file."), mend)


def _log_faults(rows: Numbered) -> Iterator[Fault]:
    """Sessions fit together as the ledger needs it: what is put right and what is made up for is there."""
    yield from _number_faults(rows)
    for _number, one, where in rows:
        yield from word_faults(one, "plan_kind", KINDS, where)
    for kind in KINDS:
        for wrong in log_faults([_entry(one) for _number, one, _where in rows if one["plan_kind"] == kind]):
            yield Fault(f"service_logs: {wrong.where}", wrong.what, wrong.mend)


def _entry(told: Told) -> LogEntry:
    one: Mapping[str, Any] = told
    corrects, makes_up = (None if one[name] is None else str(one[name]) for name in ("corrects", "makes_up"))
    return LogEntry(
        id=str(one["id"]), service=f"{one['field']}/{one['row']}", on=one["on"], minutes=one["minutes"],
        what=one["what"], reason=one["reason"], makes_up=makes_up, corrects=corrects, withdrawn=one["withdrawn"],
        side=one["side"],
    )  # fmt: skip


def _report_faults(one: Told, where: str, facts: Collection[str], files: Mapping[str, bytes]) -> Iterator[Fault]:
    again = _("Make the file again from the first case.")
    yield from _fact_faults(one, facts, where)
    content: Any = one["content"]
    if hash_of(str(one["text"])) != one["sha256"]:
        yield Fault(f"{where}.text", _("This was changed after it was written down."), again)
    elif not holds_data(str(one["text"]), content):
        yield Fault(f"{where}.content", _("This was changed after it was written down."), again)
    if not files.get(str(one["pdf"]), b"").startswith(PDF_START):
        yield Fault(f"{where}.pdf", _("This PDF is missing."), again)
