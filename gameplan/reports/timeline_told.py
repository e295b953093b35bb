"""What the timeline of one child says for the counts: the IEP, the permission, the exit, the removals of a year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

from gameplan.core.facts import Case, Fact, standing_facts
from gameplan.core.removal_years import REMOVAL, years_out
from gameplan.core.removal_years import Removal as RemovalOut
from gameplan.law import law_for
from gameplan.planning.many import PlanLife
from gameplan.plans.life import PlanDay
from gameplan.plans.plan import Plan
from gameplan.reports.codes_told import ENDED, SPECIAL, disability_code, environment_code
from gameplan.reports.counting.counted import Exit, Removal, RemovalKind
from gameplan.reports.counting.reporting_year import ReportingYear

LIMIT = 10
FIRST_SERVICES, SERVICES = "initial-services", "services"
MOST_BY_HEARING = 45
KINDS: dict[str, RemovalKind] = {
    "suspension": "out-of-school", "sent-home": "out-of-school", "in-school-suspension": "in-school",
    "iaes": "interim-by-school", "expulsion": "expulsion", "other-setting": "other",
}  # fmt: skip
PRIVATE = "private-by-parent"


@dataclass(frozen=True)
class Told:
    """One child's case as the school sees it, with the life of its IEPs where they are kept here.

    `until`: what happened after this day is not read.
    """

    case: Case
    life: PlanLife | None
    until: date
    _days: dict[date, PlanDay] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """What happened, the earliest first: nothing planned, nothing withdrawn, nothing after the last day."""
        standing = standing_facts(self.case.facts)
        return tuple(sorted((one for one in standing if not one.planned and one.on <= self.until), key=_by_day))

    def of(self, *kinds: str, on: date | None = None) -> list[Fact]:
        """The facts of these kinds up to a day, the earliest first."""
        return [one for one in self.facts if one.kind in kinds and one.on <= (on or self.until)]

    def plan_day(self, on: date) -> PlanDay | None:
        """How the IEP stood on a day; None where none is kept here."""
        if self.life is None:
            return None
        if on not in self._days:
            self._days[on] = self.life.on(on)
        return self._days[on]

    def plan(self, on: date) -> Plan | None:
        """The IEP in force on a day, where it is kept here."""
        day = self.plan_day(on)
        return day.in_force.plan if day and day.in_force else None

    def had_plan(self, on: date) -> bool:
        """True if an IEP was in force on that day, or would have been but for the permission for first services.

        Where no IEP is kept here, the timeline says it: one was finished and took effect, and services have not ended.
        """
        day = self.plan_day(on)
        if day is not None:
            return day.in_force is not None or any(one.waits_for == "services" for one in day.open)
        made = [one for one in self.of("iep-adopted", on=on) if _effective(one) <= on]
        return bool(made) and not self._ended_since(made[-1].on, on)

    def _ended_since(self, start: date, on: date) -> bool:
        """True if services ended after the IEP was made, and have not begun again."""
        ends = [
            one for one in self.of("services-stopped", "eligibility-determined", on=on)
            if one.kind == "services-stopped" or one.data.get("eligible") is False
        ]  # fmt: skip
        if not ends or ends[-1].on < start:
            return False
        return not any(one.on > ends[-1].on for one in self.of("services-started", on=on))

    def agreed(self, on: date) -> bool:
        """True if services may be given: the parents agreed to the first ones, here or where the child came from, and
        have not taken it back since."""
        given = [one.on for one in self.of("consent-given", on=on) if one.data.get("for") == FIRST_SERVICES]
        came = [one.on for one in self.of("enrolled", on=on) if one.data.get("had_iep") is True]
        back = [one.on for one in self.of("consent-revoked", on=on) if one.data.get("for") == SERVICES]
        last = max((*given, *came), default=None)
        if last is None:
            return self.plan(on) is not None
        return not back or max(back) < last

    def disability(self, on: date) -> str:
        """The code of the disability: of the plan in force, else of the last eligibility decision."""
        plan = self.plan(on)
        said = plan.value("disability") if plan else None
        if said:
            return disability_code([str(said)])
        decided = [one for one in self.of("eligibility-determined", on=on) if one.data.get("eligible") is True]
        listed = decided[-1].data.get("categories") if decided else None
        return disability_code([str(one) for one in listed]) if isinstance(listed, tuple | list) else ""

    def environment(self, on: date, *, young: bool) -> str:
        """The code of the place of teaching in the words of the timeline; "" where none of them is a code's."""
        counted = [one for one in self.of("child-counted") if one.on == on]
        decided = self.of("placement-decided", on=on)
        last = (*counted, *reversed(decided))[:1]
        return environment_code(str(last[0].data.get("environment", "")), young=young) if last else ""

    def is_private(self, on: date) -> bool:
        """True if the parents placed the child in a private school, as far as the timeline says."""
        enrolled = self.of("enrolled", on=on)
        return bool(enrolled) and enrolled[-1].data.get("setting") == PRIVATE

    def left(self, year: ReportingYear) -> Exit | None:
        """How the child left special education in the year; None for who stayed, or came back before its end."""
        ends = [one for one in self.of("services-stopped") if year.holds(one.on)]
        if not ends:
            return None
        last = ends[-1]
        if any(one.on > last.on for one in self.of("services-started", on=year.last)):
            return None
        after = min(last.on + timedelta(days=1), self.until)
        still = self.life is not None and after > last.on and self.plan(after) is not None
        return Exit(last.on, ENDED.get(str(last.data.get("reason")), ""), plan_after=still)

    def removals(self, year: ReportingYear) -> tuple[Removal, ...]:
        """The removals that have a day in the year, the earliest first."""
        found = [*self._ordered(year), *self._by_hearing(year)]
        return tuple(sorted(found, key=lambda one: one.on))

    def _ordered(self, year: ReportingYear) -> Iterator[Removal]:
        if not self.of(REMOVAL):
            return
        law = law_for(self.case.child.state, on=self.until)
        accounts = years_out(_whole_days_inside(self.case), law, on=self.until, limit=LIMIT)
        chosen = accounts.get("school") or accounts.get("") or next(iter(accounts.values()), ())
        for out in (one for some in chosen for one in some.removals):
            days = [day.when.earliest for day in out.days if year.holds(day.when.earliest)]
            if days:
                yield self._removal(out, min(days), max(days), year)

    def _removal(self, out: RemovalOut, first: date, last: date, year: ReportingYear) -> Removal:
        inside = [day for day in out.days if year.holds(day.when.earliest)]
        kind = KINDS.get(str(out.fact.data.get("kind")), "other")
        return Removal(
            first, kind, sum(day.least for day in inside), sum(day.most for day in inside), self._reason(out.fact),
            self.had_plan(first), self._taught(first, last),
        )  # fmt: skip

    def _reason(self, removal: Fact) -> str:
        conduct = [one for one in self.facts if one.id == removal.data.get("conduct")]
        return SPECIAL.get(str(conduct[0].data.get("special")), "") if conduct else ""

    def _taught(self, first: date, last: date) -> bool | None:
        """Were there services on the days of a removal? None where nobody said, or not the same of all."""
        told = {one.data.get("given") for one in self.of("services-in-removal") if first <= one.on <= last}
        (answer,) = told if len(told) == 1 else (None,)
        return answer if isinstance(answer, bool) else None

    def _by_hearing(self, year: ReportingYear) -> Iterator[Removal]:
        """A setting that a hearing officer ordered: how long it was the order does not say (34 CFR 300.532(b))."""
        for one in self.of("interim-setting-ordered"):
            if year.holds(one.on):
                yield Removal(one.on, "interim-by-hearing", 1, MOST_BY_HEARING, "", self.had_plan(one.on))


def _by_day(fact: Fact) -> tuple[date, str]:
    return fact.on, fact.id


def _effective(fact: Fact) -> date:
    told = fact.data.get("effective")
    return told if isinstance(told, date) else fact.on


def _whole_days_inside(case: Case) -> Case:
    """The case as if no class work had been kept in a suspension inside the school.

    Where it was, the day does not count toward a change of placement; the files count it all the same, because the
    child was out of the regular class for conduct.
    """
    return replace(case, facts=tuple(map(_out_of_class, case.facts)))


def _out_of_class(fact: Fact) -> Fact:
    if fact.kind != REMOVAL or fact.data.get("kind") != "in-school-suspension":
        return fact
    return replace(fact, data={**fact.data, "kept_learning": False})
