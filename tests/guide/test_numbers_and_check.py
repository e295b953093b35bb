"""A rule's number in words, and the guided check: next steps, and never a verdict."""

from __future__ import annotations

import itertools
import re
from datetime import date

import pytest

from gameplan import guide
from gameplan.guide.checking import ANSWERS
from gameplan.guide.numbers import NoSuchRule, own_rules
from gameplan.law import law_for
from gameplan.letters import kinds
from gameplan.tongues import LANGUAGES, tongue

ON = date(2026, 11, 27)
VERDICT = re.compile(r"\b(qualifies for|will qualify|does not need|needs an IEP|no IEP is needed|sí califica)\b")


@pytest.mark.parametrize(
    ("clock", "state", "text"),
    [
        ("initial-evaluation", None, "60 calendar days (federal rule; your State may have its own number)"),
        ("initial-evaluation", "TX", "45 school days (Texas)"),
        (
            "initial-evaluation",
            "UT",
            "60 calendar days (federal rule); 45 school days (Utah; check this with your State)",
        ),
        ("initial-evaluation", "WY", "60 calendar days (Wyoming; check this with your State)"),
        ("services-begin", None, "as soon as possible (federal law gives no number; your State may)"),
        ("services-begin", "TX", "as soon as possible (federal law gives no number, and we know of none in Texas)"),
        ("transition-at-16", None, "plan for adult life in the IEP by age 16 (federal rule)"),
        ("discipline-notice", "TX", "on the same day (federal rule, the same in every State)"),
        ("state-complaint-window", "TX", "1 year (federal rule; we know of no other number in Texas)"),
    ],
)
def test_a_number_says_whose_it_is_and_how_sure(clock: str, state: str | None, text: str) -> None:
    assert guide.number_of(clock, law_for(state), tongue("en"), on=ON).text == text


def test_a_state_rule_that_begins_otherwise_is_said_by_its_name() -> None:
    found = guide.number_of("answer-evaluation-request", law_for("UT"), tongue("en"), on=ON)
    assert found.text.startswith("within a reasonable time (federal rule); 10 calendar days (Utah: say no in writing")


def test_a_number_is_that_of_the_day() -> None:
    assert (
        "60 calendar days"
        in guide.number_of("initial-evaluation", law_for("TX"), tongue("en"), on=date(2010, 1, 4)).text
    )


def test_a_number_is_said_in_spanish() -> None:
    assert guide.number_of("initial-evaluation", law_for(None), tongue("es"), on=ON).text.startswith(
        "60 días calendario (regla federal"
    )


def test_a_rule_that_is_not_there_is_refused() -> None:
    with pytest.raises(NoSuchRule, match="nothing"):
        guide.number_of("nothing", law_for(None), tongue("en"), on=ON)


def test_the_rules_of_a_state_are_its_own_and_in_force() -> None:
    rules = own_rules(law_for("TX"), on=ON)
    assert {clock.pack for clock in rules} == {"TX"}
    assert [clock.length for clock in rules if clock.id == "initial-evaluation"] == [45]


# ---- the guided check


def steps(**answers: str) -> list[str]:
    named = {name.replace("_", "-"): said for name, said in answers.items()}
    return [step.id for step in guide.check_result(named).steps]


def test_a_worry_that_gets_in_the_way_of_school_leads_to_the_letter() -> None:
    found = guide.check_result({"worry": "yes", "school-day": "unsure", "asked": "no"}).steps
    assert (found[0].page, found[0].letter) == ("ask-in-writing", "evaluation-request")


@pytest.mark.parametrize(
    ("answers", "first"),
    [
        ({"under_three": "yes", "worry": "yes", "school_day": "yes"}, ["early"]),
        ({"has_iep": "yes", "worry": "yes", "school_day": "yes"}, ["has-a-plan"]),
        ({"asked": "yes", "worry": "yes", "school_day": "yes"}, ["asked-already"]),
        ({"worry": "yes", "school_day": "yes", "extra_help": "yes"}, ["ask-now", "tiers"]),
        ({"worry": "yes", "school_day": "yes", "only_changes": "yes"}, ["ask-now", "look-at-504"]),
        ({"worry": "yes", "school_day": "no"}, ["watch"]),
        ({"worry": "no"}, ["keep-an-eye"]),
        ({}, ["keep-an-eye"]),
    ],
)
def test_what_was_answered_leads_to_a_step(answers: dict[str, str], first: list[str]) -> None:
    assert steps(**answers) == first


def test_extra_help_is_no_reason_to_wait() -> None:
    assert steps(worry="yes", school_day="yes", extra_help="yes")[0] == "ask-now"


def test_a_missing_diagnosis_and_a_504_change_nothing_about_asking() -> None:
    for diagnosis, only in itertools.product(ANSWERS, ANSWERS):
        assert steps(worry="yes", school_day="yes", diagnosis=diagnosis, only_changes=only)[0] == "ask-now"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_way_through_ends_in_a_step_and_in_no_verdict(lang: str) -> None:
    ids = [one.id for one in guide.check_questions(lang)]
    for said in itertools.product(("yes", "no", ""), repeat=len(ids)):
        if said.count("") not in (0, len(ids) - 1, len(ids)):
            continue
        found = guide.check_result({name: one for name, one in zip(ids, said, strict=True) if one}, lang)
        assert found.steps
        assert found.who_decides
        assert not any(VERDICT.search(step.text + step.why) for step in found.steps)
        assert all(step.page in guide.page_ids() and step.cite for step in found.steps)
        assert all(step.letter in ("", *kinds()) for step in found.steps)


def test_wrong_answers_are_refused_all_at_once() -> None:
    with pytest.raises(guide.WrongAnswers, match="no question") as caught:
        guide.check_result({"shoe-size": "yes", "worry": "maybe"})
    assert "'maybe'" in str(caught.value)
