"""What a report on progress is made of: the goals of the plan in force, what was measured of them, and minutes.

Only what both sides see goes in, and of the measures only those of the side that makes the numbers (`minutes.counts`):
what a family measures for itself, also where it shows it, never comes into a report of the school.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Final

from gameplan.cases.doors import as_both_see
from gameplan.cases.models import Case
from gameplan.cases.people import Person
from gameplan.cases.rows import child_of
from gameplan.core.words import Say
from gameplan.measures.report_sheet import sheet_of_report
from gameplan.measures.reports import Decided, Goal, Report, Tracked, report_data, weeks_of
from gameplan.notices.recipients import recipients_of
from gameplan.people.doors import named
from gameplan.people.roles import ROLES
from gameplan.planning.events import IEP, day_of, in_force_days
from gameplan.plans.life import InForce
from gameplan.plans.plan import Plan, Row
from gameplan.plans.rich import plain
from gameplan.plans.sheets.frozen import sheet_json
from gameplan.plans.sheets.hashing import json_hash
from gameplan.plans.sheets.sheet import Sheet
from gameplan.progress.doors import GOAL, measures_of, reports_of, series_by_key
from gameplan.progress.minutes import counts, ledger_of
from gameplan.progress.models import Decision, Measure
from gameplan.progress.noted import standing
from gameplan.tongues import LANGUAGES, tongue

FORM: Final = 1
"""The form of what is frozen; it changes if a later program freezes something else."""
A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a writer wants: the first and the last day, the language it is sent in, their own words, what it replaces.

    `words`: by the id of a goal and then by language. `replaces`: the number of an earlier report.
    """

    since: date
    on: date
    lang: str = "en"
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict, hash=False)
    replaces: int | None = None


@dataclass(frozen=True, slots=True)
class Wished:
    """In which language the family reads papers: one that a report can be sent in, and those that it cannot."""

    lang: str
    others: tuple[str, ...] = ()


def plan_on(case: Case, on: date) -> InForce | None:
    """The IEP in force on a day as both sides see it, or None."""
    return day_of(as_both_see(case), on, IEP).in_force


def usual_days(case: Case, on: date) -> tuple[date, date]:
    """The days of the next report: since the day after the last one, or since the plan began, up to `on`."""
    last = standing(list(reports_of(case).defer("pdf", "content", "text")))
    if last:
        return min(last[-1].on + A_DAY, on), on
    days = in_force_days(as_both_see(case), on, IEP)
    return (min(days[0].on, on) if days else on), on


def wished(case: Case) -> Wished:
    """The language of the first who may decide for the child and asked for one; English if nobody did."""
    found = [(one.lang, one.lang.partition("-")[0].lower()) for one in recipients_of(case)]
    spoken = [code for _lang, code in found if code in LANGUAGES]
    others = tuple(dict.fromkeys(lang for lang, code in found if code not in LANGUAGES))
    return Wished(next((one for one in spoken if one != "en"), "en"), others)


def report_of(case: Case, asked: Asked, *, by: Person, number: int = 1) -> Report | None:
    """The report as it would be sent now; None without a plan in force on its last day. Nothing is written."""
    both, now = as_both_see(case), plan_on(case, asked.on)
    if now is None:
        return None
    child, plan = child_of(case), now.plan
    grade = Say("grade {grade}", {"grade": child.grade}) if child.grade else ""
    return Report(
        child=child.name, about=(grade, child.school), since=asked.since, on=asked.on,
        writer=named({by.id}).get(by.id, ""), role=ROLES[by.role].title if by.role in ROLES else "",
        goals=tuple(_goals(both, plan, asked)), schedule=schedule_of(plan), way=_words(plan.content, "progress-way"),
        ends=now.review_by, lang=plan.language, weeks=weeks_of(ledger_of(case, asked.on), asked.since, asked.on),
        number=number, replaces=asked.replaces,
    )  # fmt: skip


def schedule_of(plan: Plan) -> Say | str:
    """When the plan promises reports: the words of its form, or the writer's own; empty if it does not say."""
    told = plan.value("progress-schedule")
    choice = plan.form.field("progress-schedule").choice(told) if told else None
    return Say(choice.label) if choice else " ".join(str(told or "").split())


def digest_seen(report: Report) -> str:
    """The hash of all that a writer read before sending, without their own words: it tells if something is new."""
    goals = tuple(replace(one, words={}) for one in report.goals)
    told = report_data(replace(report, goals=goals))
    return json_hash({**told, "since": report.since.isoformat(), "on": report.on.isoformat()})


def papers_of(report: Report) -> dict[str, Sheet]:
    """The paper in each language of the program."""
    return {lang: sheet_of_report(report, tongue(lang)) for lang in LANGUAGES}


def content_of(report: Report, papers: Mapping[str, Sheet]) -> dict[str, Any]:
    """All of a report, to be frozen: its numbers, and its papers word for word."""
    return {
        "form": FORM, "data": report_data(report), "papers": {lang: sheet_json(one) for lang, one in papers.items()},
    }  # fmt: skip


def _goals(both: Case, plan: Plan, asked: Asked) -> Iterator[Goal]:
    found = list(measures_of(both).filter(about=GOAL, plan_kind=IEP, side=counts(both)))
    series = series_by_key(found, asked.on)
    decided = _decided(found, asked)
    for row in plan.rows("goals"):
        name = str(row["id"])
        mine = [one for one in found if one.row_id == name and _is_of(one, asked)]
        yield Goal(
            name, _words(row, "area"), _words(row, "goal"), how=_how(row), baseline=_words(row, "baseline"),
            target=_words(row, "target"), by=_day(row.get("by")), words=dict(asked.words.get(name, {})),
            tracked=tuple(Tracked(series[one.pk], decided.get(one.pk, ())) for one in mine),
        )  # fmt: skip


def _is_of(measure: Measure, asked: Asked) -> bool:
    """True if it was measured at some time of the report."""
    return measure.ended_on is None or measure.ended_on >= asked.since


def _decided(measures: list[Measure], asked: Asked) -> dict[int, tuple[Decided, ...]]:
    rows: dict[int, list[Decision]] = {}
    for one in Decision.objects.filter(measure__in=measures).order_by("id"):
        rows.setdefault(one.measure_id, []).append(one)
    return {
        key: tuple(Decided(one.on, one.does, one.note) for one in standing(some) if asked.since <= one.on <= asked.on)
        for key, some in rows.items()
    }


def _how(row: Row) -> str:
    return ". ".join(one.rstrip(".") for one in (_words(row, "measure"), _words(row, "who")) if one)


def _words(row: Mapping[str, Any], name: str) -> str:
    return " ".join(plain(str(row.get(name) or "")).split())


def _day(raw: object) -> date | None:
    try:
        return date.fromisoformat(str(raw))
    except ValueError:
        return None
