"""Do the explaining engine and the compiled audit say the same of a case? Field by field, in words if not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from gameplan.audit.cases import tables_of
from gameplan.audit.evaluate import Evaluator
from gameplan.audit.rows import DUTY, NO_DAY, derived_id
from gameplan.core.facts import Case
from gameplan.core.standing import REASONS, STATUSES, Duty

EPOCH = date(1970, 1, 1)
OF_THE_AUDIT = (
    "started_by", "started", "due", "due_earliest", "due_latest", "done", "done_by", "days_left", "days_late",
)  # fmt: skip


class Answer(NamedTuple):
    """What one evaluator says of a duty. Facts are named by their place in the order of the case's ids, from 1."""

    pack: str
    clock: str
    started_by: int | None
    started: date | None
    due: date | None
    due_earliest: date | None
    due_latest: date | None
    done: date | None
    done_by: int | None
    days_left: int | None
    days_late: int | None
    status: str
    reason: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A case, the seed it was made from, and what the explaining engine says of it on the day of the group."""

    seed: int
    case: Case
    duties: Sequence[Duty]


def differences(evaluator: Evaluator, on: date, group: Sequence[Asked]) -> list[str]:
    """One line for each duty on which the two evaluators differ; an empty list where they agree in everything."""
    rows = answers_of_the_audit(evaluator, on, ((one.seed, one.case) for one in group))
    found: list[str] = []
    for one in group:
        said = Counter(answers_of_core(one.case, one.duties))
        audited = Counter(rows.get(one.seed, ()))
        if said != audited:
            found += _lines(one, on, list((said - audited).elements()), list((audited - said).elements()))
    return found


def answers_of_core(case: Case, duties: Iterable[Duty]) -> list[Answer]:
    """The explaining engine's duties as answers."""
    numbers = {name: place for place, name in enumerate(sorted(fact.id for fact in case.facts), start=1)}

    def number(name: str) -> int | None:
        return (derived_id(name) if ":" in name else numbers[name]) if name else None

    return [
        Answer(
            one.pack, one.clock, number(one.started_by), one.started, one.due, one.due_earliest, one.due_latest,
            one.done, number(one.done_by), one.days_left, one.days_late, one.status, one.reason,
        )
        for one in duties
    ]  # fmt: skip


def answers_of_the_audit(
    evaluator: Evaluator, on: date, cases: Iterable[tuple[int, Case]]
) -> Mapping[int, list[Answer]]:
    """What the audit says of each case as of that day, by the case's number."""
    evaluator.on = on
    found: dict[int, list[Answer]] = {}
    for rows in evaluator.duties(*tables_of((number, case, "", "") for number, case in cases)):
        for row in rows.tolist():
            said = dict(zip(DUTY.names or (), row, strict=True))
            found.setdefault(said["case"], []).append(_answer(evaluator, said))
    return found


def _answer(evaluator: Evaluator, said: Mapping[str, int]) -> Answer:
    clock = evaluator.clocks[said["clock"]]
    by, *days = (said[name] if said[name] != NO_DAY else None for name in OF_THE_AUDIT)
    started, due, earliest, latest, done, done_by, left, late = days
    return Answer(
        clock.pack, clock.id, by, _day(started), _day(due), _day(earliest), _day(latest), _day(done), done_by, left,
        late, STATUSES[said["status"]], REASONS[said["reason"]],
    )  # fmt: skip


def _day(number: int | None) -> date | None:
    return None if number is None else EPOCH + timedelta(days=number)


def _lines(one: Asked, on: date, said: list[Answer], audited: list[Answer]) -> Iterable[str]:
    """What the two say of each duty that one of them says alone."""
    of_core, of_audit = ({answer[:3]: answer for answer in answers} for answers in (said, audited))
    for key in {**of_core, **of_audit}:
        words = ["core says nothing", "the audit says nothing"]
        mine, theirs = of_core.get(key), of_audit.get(key)
        names = [name for name in Answer._fields if _of(mine, name) != _of(theirs, name)]
        for place, answer in enumerate((mine, theirs)):
            if answer:
                told = ", ".join(f"{name} {getattr(answer, name)}" for name in names)
                words[place] = f"{('core', 'the audit')[place]} says {told}"
        yield (
            f"seed {one.seed}, State {one.case.child.state}, on {on}, clock {key[1]} of {key[0]}, started by fact "
            f"{key[2]}: {'; '.join(words)}"
        )


def _of(answer: Answer | None, name: str) -> Any:
    return getattr(answer, name) if answer else None
