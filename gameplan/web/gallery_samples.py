"""A made-up family at several moments of its case, for the gallery. Nobody real."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from django.utils.translation import gettext_noop as _

from gameplan.core.days import HOLIDAY, NO_SCHOOL, WEEKEND, DayMark
from gameplan.core.facts import Case, Child, Fact
from gameplan.core.standing import AccountView, Duty, OptionView, Standing
from gameplan.core.words import Say

CHILD = Child(name="Ana", born=date(2016, 5, 2), state="TX", grade="3", school="Pecan Elementary")
FALL_BREAK = (date(2025, 10, 10), date(2025, 10, 13))
THANKSGIVING = (date(2025, 11, 24), date(2025, 11, 28))
WINTER_BREAK = (date(2025, 12, 22), date(2026, 1, 5))


@dataclass(frozen=True, slots=True)
class Moment:
    """A case on a day, and how it stands then."""

    name: str
    case: Case
    standing: Standing


def fact(name: str, kind: str, on: date, /, **data: object) -> Fact:
    """A fact of the sample family."""
    return Fact(id=name, kind=kind, on=on, data={key.rstrip("_"): value for key, value in data.items()})


STORY = (
    fact("f1", "intervention-reviewed", date(2025, 5, 12), area="reading"),
    fact("f2", "evaluation-requested", date(2025, 9, 3), type="initial", by="parent"),
    fact("f3", "consent-requested", date(2025, 9, 22), for_="initial-evaluation"),
    fact("f4", "consent-given", date(2025, 9, 26), for_="initial-evaluation"),
    fact("f5", "evaluation-completed", date(2026, 1, 14), type="initial"),
    fact("f6", "eligibility-determined", date(2026, 2, 3), eligible=True),
    fact("f7", "iep-adopted", date(2026, 2, 24)),
    fact("f8", "consent-given", date(2026, 2, 26), for_="initial-services"),
    fact("f9", "services-started", date(2026, 3, 2)),
)
REFUSAL = fact("f3", "pwn-sent", date(2025, 9, 22), decision="refuse", subject=["evaluation"])
NOT_ELIGIBLE = fact("f6", "eligibility-determined", date(2026, 2, 3), eligible=False)


def moments() -> tuple[Moment, ...]:
    """The same case from the first evening to an IEP in use, with the two answers that are no."""
    return (
        _moment(_("Nothing told yet"), (), "supports", date(2025, 9, 1)),
        _moment(_("The school must answer"), STORY[:2], "request", date(2025, 9, 12), answer_duty("due-soon")),
        _moment(_("The day cannot be told yet"), STORY[:2], "request", date(2025, 9, 12), open_duty()),
        _moment(_("The school said no"), (*STORY[:2], REFUSAL), "request-refused", date(2025, 9, 30)),
        _moment(
            _("Evaluation"),
            STORY[:4],
            "evaluation",
            date(2026, 1, 9),
            answer_duty("late"),
            school_days_duty(),
        ),
        _moment(
            _("Not eligible"),
            (*STORY[:5], NOT_ELIGIBLE),
            "found-ineligible",
            date(2026, 2, 10),
            appeal_duty(),
        ),
        _moment(_("IEP in use"), STORY, "in-force", date(2026, 4, 1), yearly_duty()),
    )


def _moment(name: str, facts: tuple[Fact, ...], stage: str, on: date, *duties: Duty) -> Moment:
    return Moment(name, Case(child=CHILD, facts=facts), Standing(on, stage, Say(name), duties=duties, options=OPTIONS))


def answer_duty(status: str) -> Duty:
    """The school's answer to the request: 15 school days."""
    started, due = date(2025, 9, 3), date(2025, 9, 24)
    return Duty(
        clock="answer-evaluation-request",
        pack="TX",
        kind="deadline",
        started_by="f2",
        status=status,
        title=Say("Answer your request for an evaluation"),
        plain=Say("The school must say yes or no in writing. Yes means a form for you to sign. No means reasons."),
        owed_by=("school",),
        owed_to=("parent",),
        started=started,
        due=due,
        cite=("19 TAC 89.1011(b)",),
        source="https://example.org/rule",
        because=(
            Say("It started on {day}: you asked for an evaluation.", {"day": started}),
            Say("The rule gives 15 school days. The last one is {due}.", {"due": due}),
        ),
        would_change=(Say("Proof that the school received it on another day"),),
        count=partial(tuple, _school_days(started, 15)),
        days_late=6 if status == "late" else None,
        days_left=None if status == "late" else 12,
    )


def open_duty() -> Duty:
    """The same answer without a school calendar: a range, and what would settle it."""
    return replace(
        answer_duty("cannot-tell"),
        due=None,
        due_earliest=date(2025, 9, 24),
        due_latest=date(2025, 10, 30),
        days_left=None,
        would_settle=(Say("The school calendar: first day, last day, and days off"),),
        count=tuple,
    )


def school_days_duty() -> Duty:
    """The evaluation: 60 school days with holidays and breaks between, and two accounts of its start."""
    started = date(2025, 9, 26)
    days = tuple(_school_days(started, 60))
    return Duty(
        clock="initial-evaluation",
        pack="TX",
        kind="deadline",
        started_by="f4",
        status="running",
        title=Say("Finish the first evaluation and give you the report"),
        plain=Say("Once the school has your signed permission, the testing has an end date."),
        owed_by=("school",),
        owed_to=("student", "parent"),
        started=started,
        due=days[-1].on,
        days_left=5,
        cite=("34 CFR 300.301(c)(1)(ii)", "19 TAC 89.1011(c)"),
        source="https://example.org/rule",
        confidence="medium",
        check_with=Say("This rests on a summary. Check this with your parent center before you rely on it."),
        because=(Say("It started on {day}: the school received your signed permission.", {"day": started}),),
        would_settle=(Say("A stamped copy, a receipt or an e-mail that shows the day"),),
        accounts=(
            AccountView("parent", started, days[-1].on, "running", days_left=5),
            AccountView("school", date(2025, 10, 3), date(2026, 1, 23), "running", days_left=14),
        ),
        count=partial(tuple, days),
    )


def yearly_duty() -> Duty:
    """The yearly review: a count of a year, too long to draw whole."""
    started, due = date(2026, 2, 24), date(2027, 2, 24)
    days = tuple(DayMark(started + timedelta(days=n), n) for n in range(1, 366))
    return Duty(
        clock="iep-annual-review",
        pack="federal",
        kind="recurring",
        started_by="f7",
        status="running",
        title=Say("Review the IEP at least once a year"),
        plain=Say("The team must meet and look at the plan again."),
        owed_by=("school",),
        owed_to=("parent",),
        started=started,
        due=due,
        days_left=329,
        cite=("34 CFR 300.324(b)(1)(i)",),
        source="https://example.org/rule",
        count=partial(tuple, days),
    )


def appeal_duty() -> Duty:
    """A right that closes on a day: the family's own to do."""
    return Duty(
        clock="state-complaint-window",
        pack="federal",
        kind="window",
        started_by="f6",
        status="running",
        title=Say("File a complaint with the State"),
        plain=Say("After this day the State need not look at it."),
        owed_by=("parent",),
        owed_to=("sea",),
        started=date(2026, 2, 3),
        due=date(2027, 2, 3),
        days_left=358,
        cite=("34 CFR 300.153(c)",),
        source="https://example.org/rule",
    )


def every_status() -> tuple[Duty, ...]:
    """One duty for each way a duty can stand that the other samples do not show."""
    day, late, earliest = date(2025, 10, 31), date(2025, 11, 3), date(2025, 10, 28)
    return (
        _small("met", _("Give you a copy of the report"), due=day, done=date(2025, 10, 20)),
        replace(_small("met-late", _("Tell you about the meeting"), due=day, done=late), days_late=3),
        _small("excused", _("Meet again after the transfer"), due=day),
        _small("paused", _("Decide the complaint")),
        _small("not-started", _("Write the first plan after the decision")),
        replace(_small("cannot-tell", _("Hold the meeting")), due_earliest=earliest, due_latest=date(2025, 11, 6)),
    )


def _small(status: str, title: str, *, due: date | None = None, done: date | None = None) -> Duty:
    return Duty(
        clock="sample",
        pack="federal",
        kind="deadline",
        title=Say(title),
        plain=Say("What this means in one short sentence."),
        owed_by=("school",),
        owed_to=("parent",),
        status=status,
        started_by=status,
        due=due,
        done=done,
        cite=("34 CFR 300.322(a)",),
    )


OPTIONS = (
    OptionView(
        "ask",
        "parent",
        "may",
        Say("Ask for a full evaluation at any time, also while extra help is running"),
        letter="evaluation-request",
    ),
    OptionView(
        "complain",
        "parent",
        "may",
        Say("Complain to the State that the school did not answer"),
        closes=date(2026, 9, 24),
        note=Say("It costs nothing, and you need no lawyer."),
    ),
    OptionView(
        "too-late",
        "parent",
        "may",
        Say("Complain to the State that the school did not answer"),
        closes=date(2025, 9, 24),
        closed=True,
    ),
    OptionView("consent", "school", "must", Say("Ask for your consent before any testing begins")),
    OptionView("park", "school", "must-not", Say("Put off the evaluation because extra help is still being tried")),
)


def _school_days(started: date, length: int) -> Iterator[DayMark]:
    day, number = started, 0
    while number < length:
        day += timedelta(days=1)
        why = _why_closed(day)
        number += not why
        yield DayMark(day, None if why else number, why)


def _why_closed(day: date) -> str:
    if day.weekday() > 4:
        return WEEKEND
    if day in (date(2025, 11, 11), date(2026, 1, 19)):
        return HOLIDAY
    return NO_SCHOOL if any(first <= day <= last for first, last in (FALL_BREAK, THANKSGIVING, WINTER_BREAK)) else ""


def timeline_case() -> Case:
    """A timeline with a correction, a fact taken back, two accounts of one day, and a plan."""
    facts = (
        fact("t1", "intervention-reviewed", date(2025, 5, 12), area="reading"),
        Fact("t2", "evaluation-requested", date(2025, 9, 1), note="Handed to Ms. Reyes at the front office."),
        Fact("t3", "evaluation-requested", date(2025, 9, 3), corrects="t2", note="The stamp says September 3."),
        Fact(
            "t4",
            "evaluation-requested",
            date(2025, 9, 11),
            said_by="school",
            account_of="t3",
            note="Date of their e-mail.",
        ),
        Fact("t5", "concern-raised", date(2025, 8, 20)),
        Fact("t6", "concern-raised", date(2025, 8, 20), corrects="t5", withdrawn=True),
        Fact("t7", "meeting-held", date(2025, 10, 14), planned=True, note="On the phone, 3 pm."),
    )
    return Case(child=CHILD, facts=facts)
