"""What is odd in a case and hinders nothing: days that do not fit each other, and what the child count will miss.

Doubts are shown in the preview. Nobody is stopped by them: a wrong day that stands in the old record is a fact, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from gameplan.core.days import add_months
from gameplan.core.facts import Case, Fact
from gameplan.reports.codes_told import disability_code

REVIEW, REEVALUATION, BEFORE_BIRTH, NO_CONSENT, NO_CATEGORY, NO_ENVIRONMENT, LATE_PLAN, WEEKEND = (
    "review", "reevaluation", "before-birth", "no-consent", "no-category", "no-environment", "late-plan", "weekend",
)  # fmt: skip
DOUBTS: Final = (REVIEW, REEVALUATION, BEFORE_BIRTH, NO_CONSENT, NO_CATEGORY, NO_ENVIRONMENT, LATE_PLAN, WEEKEND)
THREE_YEARS: Final = 36
LEEWAY: Final = timedelta(days=1)
PLAN_WITHIN: Final = timedelta(days=30)
WRITTEN_ON_WORKDAYS: Final = frozenset({"meeting-held", "iep-adopted", "eligibility-determined"})
EVALUATED: Final = frozenset({"evaluation-completed", "eligibility-determined"})


def doubts_of(case: Case, of_rows: Iterable[str] = ()) -> list[str]:
    """What is odd in a case, each once. `of_rows`: what its rows already gave rise to; a day may follow a colon."""
    found = {one for one in of_rows if ":" not in one}
    said = [date.fromisoformat(one.partition(":")[2]) for one in of_rows if one.startswith(f"{REEVALUATION}:")]
    if said and not _is_three_years_after(case.facts, max(said)):
        found.add(REEVALUATION)
    found.update(_of_case(case))
    return [one for one in DOUBTS if one in found]


def _of_case(case: Case) -> Iterator[str]:
    told = [one for one in case.facts if not one.planned]
    kinds = {one.kind for one in told}
    if case.child.born and any(one.on < case.child.born for one in told):
        yield BEFORE_BIRTH
    if any(one.kind in WRITTEN_ON_WORKDAYS and one.on.weekday() >= 5 for one in told):
        yield WEEKEND
    if "iep-adopted" not in kinds:
        return
    if not any(_lets_services_begin(one) for one in told):
        yield NO_CONSENT
    if "placement-decided" not in kinds:
        yield NO_ENVIRONMENT
    if not _category(told):
        yield NO_CATEGORY
    if _lacks_the_plan_between(told):
        yield LATE_PLAN


def _lets_services_begin(fact: Fact) -> bool:
    """Permission for the first services, here or where the child came from: without it nobody is counted."""
    first = fact.kind == "consent-given" and fact.data.get("for") == "initial-services"
    return first or (fact.kind == "enrolled" and fact.data.get("had_iep") is True)


def _lacks_the_plan_between(facts: Iterable[Fact]) -> bool:
    """True if the last decision that the child qualifies has a plan, and none within 30 days (34 CFR 300.323(c)(1)).

    Mostly an earlier plan is missing in the file: then a plan that was in time would look late.
    """
    told = list(facts)
    decided = [one.on for one in told if one.kind == "eligibility-determined" and one.data.get("eligible") is True]
    later = [one.on for one in told if one.kind == "iep-adopted" and decided and one.on >= max(decided)]
    return bool(later) and min(later) > max(decided) + PLAN_WITHIN


def _category(facts: Iterable[Fact]) -> str:
    decided = [one for one in facts if one.kind == "eligibility-determined" and one.data.get("eligible") is True]
    listed = decided[-1].data.get("categories") if decided else None
    return disability_code(map(str, listed)) if isinstance(listed, tuple | list) else ""


def _is_three_years_after(facts: Iterable[Fact], due: date) -> bool:
    """True if the reevaluation is due three years after an evaluation that is in the file, give or take a day."""
    days = [add_months(one.on, THREE_YEARS) for one in facts if one.kind in EVALUATED and not one.planned]
    return any(abs(day - due) <= LEEWAY for day in days)
