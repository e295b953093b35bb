"""Every notice of a school is written, sent and proved, and leaves the fact that it is, or none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from gameplan.cases.doors import facts_of
from gameplan.cases.models import Case
from gameplan.cases.verbs import record_fact
from gameplan.core.assess import assess
from gameplan.core.facts import Fact
from gameplan.law import law_for
from gameplan.letters import is_recorded, kind_of
from gameplan.notices import writing
from gameplan.notices.doors import original_of
from gameplan.notices.models import Delivery, Notice
from tests.letters.golden import EXAMPLES
from tests.notices.conftest import TODAY

pytestmark = pytest.mark.django_db
Send = Callable[..., Delivery]
LEAVES = {
    "prior-written-notice": "pwn-sent", "safeguards-notice": "safeguards-given",
    "safeguards-notice-cover": "safeguards-given", "discipline-notice": "parent-told-of-removal",
    "evaluation-plan": "assessment-plan", "eligibility-notice": "evaluation-report",
    "progress-report-cover": "progress-report", "iee-criteria": "iee-information",
    "destruction-notice": "records-no-longer-needed", "majority-notice": "majority-transfer-notice",
}  # fmt: skip
NO_TRANSLATION = "There is no translator today."


def written(case: Case, kind: str, **changes: str) -> Notice:
    """The example of the notice that leaves its fact, finished."""
    record = kind_of(kind).records
    mine = [one.values for one in EXAMPLES if (one.kind, one.lang) == (kind, "en")]
    said = next((one for one in mine if record and is_recorded(record, one)), mine[0])
    asked = {one.id for one in kind_of(kind).fields if not one.given}
    values = {name: value for name, value in said.items() if name in asked} | {"date": TODAY.isoformat()} | changes
    return writing.finish(case, by=case.reader, kind=kind, lang="en", values=values, on=TODAY)


def left(case: Case) -> list[Fact]:
    """The facts beside the request with which the case began."""
    return [fact for fact in facts_of(case).facts if fact.kind != "evaluation-requested"]


@pytest.mark.parametrize("kind", writing.kinds())
def test_a_notice_that_was_handed_over_leaves_its_fact(at_school: Case, send: Send, kind: str) -> None:
    notice = written(at_school, kind)
    assert original_of(notice).rules[0].startswith("us:")
    delivery = send(notice.about, no_translation=NO_TRANSLATION)
    assert delivery.reason in ("", NO_TRANSLATION)
    said = [str(fact.data.get("what", fact.kind)) for fact in left(at_school)]
    assert said == [LEAVES[one] for one in LEAVES if one == kind]
    assert all(fact.on == TODAY for fact in left(at_school))


def test_a_report_made_here_is_not_told_twice(at_school: Case, send: Send) -> None:
    send(written(at_school, "progress-report-cover", outside="").about, no_translation=NO_TRANSLATION)
    assert left(at_school) == []


def test_both_papers_of_the_day_meet_the_duty_after_a_removal(at_school: Case, send: Send) -> None:
    by = at_school.reader
    conduct = record_fact(
        at_school, by=by, kind="conduct-happened", on=date(2025, 9, 19),
        data={"date": date(2025, 9, 19), "what": "A fight"},
    )  # fmt: skip
    removal = {"decided": TODAY, "from": date(2025, 9, 22), "school_days": 12, "kind": "suspension",
               "conduct": conduct.fact_id, "change_of_placement": True}  # fmt: skip
    record_fact(at_school, by=by, kind="removal-ordered", on=TODAY, data=removal)
    assert how(at_school) == "due-soon"
    send(written(at_school, "discipline-notice").about, no_translation=NO_TRANSLATION)
    assert how(at_school) == "due-soon"
    send(written(at_school, "safeguards-notice", reason="discipline").about, no_translation=NO_TRANSLATION)
    assert how(at_school) == "met"


def how(case: Case) -> str:
    """How the duty of 34 CFR 300.530(h) stands."""
    duties = assess(facts_of(case), law_for("TX", on=TODAY), on=TODAY).duties
    return next(one.status for one in duties if one.clock == "discipline-notice")
