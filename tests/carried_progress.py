"""One of everything that is kept of progress, so that it can be looked for where a file goes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal
from typing import Any

from gameplan.cases.doors import note_access
from gameplan.cases.models import Case
from gameplan.cases.named import row_digest
from gameplan.letters import hash_of
from gameplan.people.roles import Side
from gameplan.progress.doors import next_number
from gameplan.progress.measuring import (
    Aim,
    What,
    begin_measure,
    change_aim,
    correct_point,
    decide,
    note_change,
    note_point,
    who,
    withdraw_point,
)
from gameplan.progress.models import Decision, Measure, Point, ProgressReport, TeachingChange, Terms
from gameplan.progress.models_behavior import BehaviorPlan, BehaviorSummary
from gameplan.progress.models_daily import Given, Incident
from gameplan.progress.models_minutes import ServiceLog
from gameplan.progress.models_supports import Support, SupportNote

PROGRESS: tuple[Any, ...] = (
    Support, SupportNote, Measure, Terms, Point, TeachingChange, Decision, Incident, ServiceLog, Given, ProgressReport,
    BehaviorSummary, BehaviorPlan,
)  # fmt: skip
WAYS = {
    SupportNote: "support__case", Terms: "measure__case", Point: "measure__case", TeachingChange: "measure__case",
    Decision: "measure__case", Incident: "measure__case", BehaviorSummary: "measure__case",
    BehaviorPlan: "measure__case",
}  # fmt: skip
"""How a row leads to its case, where it does not by itself."""
REPORT_PDF = b"%PDF-1.7\n% a report\n%%EOF\n"
SPEECH = {"plan_kind": "iep", "field": "related-services", "row_id": "r1"}


def progress(case: Case, on: date, words: str, facts: Sequence[str] = ()) -> None:
    """Whoever opened the case writes down one of everything, with these words in every text."""
    support = _support(case, on, words, facts)
    measure = begin_measure(
        case, by=case.reader, what=What("support", "trials", support_id=support.support_id, prompt="verbal"),
        aim=Aim(f"{words} words", True, Decimal("42"), on, Decimal("80.125")),
    )  # fmt: skip
    change_aim(measure, by=case.reader, aim=Aim(f"{words} read aloud", True, Decimal(42), on), why=f"{words} why")
    _points(measure, on, words)
    note_change(measure, by=case.reader, on=on, what=f"{words} taught anew")
    decide(measure, by=case.reader, on=on, does="keep", why=f"{words} decided", status="on-track", because=["four"])
    _kept(case, "incident", Incident(
        measure=measure, number=1, on=on, at=time(9, 5), place=f"{words} place", antecedent=words, behavior=words,
        consequence=words, minutes=4, intensity=2, **who(case.reader),
    ), f"{measure.measure_id}/1")  # fmt: skip
    _behavior(measure, on, words)
    _logs(case, on, words)
    _numbered(case, "given", Given(
        case=case, on=on, plan_kind="iep", field="accommodations", row_id="a1", place=words, was="declined",
        shown=_shown(case), **who(case.reader),
    ))  # fmt: skip
    text = f"{words} report"
    _numbered(case, "report", ProgressReport(
        case=case, on=on, since=on, plan_kind="iep", lang="en", content={"b": [1, "x"], "a": words}, text=text,
        sha256=hash_of(text), pdf=REPORT_PDF, fact_ids=list(facts), shown=_shown(case), **who(case.reader),
    ))  # fmt: skip


def _support(case: Case, on: date, words: str, facts: Sequence[str]) -> Support:
    by = case.reader
    made = Support(
        case=case, support_id=f"s{case.supports.count() + 1}", tier=2, area="reading", title=f"{words} help",
        minutes=30, times=3, per="week", who=words, since=on, ended_on=on, ended_why="worked", shown=_shown(case),
        fact_ids=list(facts), **who(by),
    )  # fmt: skip
    _kept(case, "support", made, made.support_id)
    note = SupportNote(
        support=made, number=1, on=on, kind="review", adequate=False, share=80, note=words, data={"n": 1},
        fact_ids=list(facts), **who(by),
    )  # fmt: skip
    _kept(case, "support-note", note, f"{made.support_id}/1")
    return made


def _points(measure: Measure, on: date, words: str) -> None:
    by = measure.case.reader
    data = {"correct": 4, "total": 5, "prompts": {"verbal": 1, "independent": 3}}
    first = note_point(measure, by=by, on=on, data=data, note=words)
    correct_point(measure, first.number, by=by, on=on, data={"correct": 3, "total": 5}, note=words)
    other = note_point(measure, by=by, on=on, data={"correct": 1, "total": 5})
    withdraw_point(measure, other.number, by=by)


def _behavior(measure: Measure, on: date, words: str) -> None:
    case, by = measure.case, who(measure.case.reader)
    summary = BehaviorSummary(
        measure=measure, number=1, on=on, when=words, does=words, purpose="away", gets=words, looked_at=words,
        people=words, since=on, because=[words], note=words, **by,
    )  # fmt: skip
    _kept(case, "behavior-summary", summary, f"{measure.measure_id}/1")
    plan = BehaviorPlan(
        measure=measure, number=1, on=on, teach=words, prevent=words, respond=words, safety=words, by_whom=words,
        review_on=on, goals=["g1"], measure_ids=[measure.measure_id], note=words, **by,
    )  # fmt: skip
    _kept(case, "behavior-plan", plan, f"{measure.measure_id}/1")


def _logs(case: Case, on: date, words: str) -> None:
    def log(**more: Any) -> ServiceLog:
        row = ServiceLog(
            case=case, on=on, minutes=30, note=words, shown=_shown(case), **who(case.reader), **SPEECH, **more
        )
        _numbered(case, "session", row)
        return row

    missed = log(what="missed", reason="provider-absent")
    given = log(what="delivered", makes_up=missed.number)
    log(what="delivered", makes_up=missed.number, corrects=given.number, in_group=True)


def _shown(case: Case) -> bool:
    return case.reader.side is not Side.FAMILY or case.school_id is not None


def _numbered(case: Case, kind: str, row: Any) -> Any:
    row.number = next_number(type(row).objects.filter(case=case))
    return _kept(case, kind, row, row.number)


def _kept(case: Case, kind: str, row: Any, name: object) -> Any:
    """The row, named in the trail as a verb would."""
    row.save()
    note_access(case.pk, case.reader, "note-point", about=f"{kind}:{name}", digest=row_digest(row))
    return row
