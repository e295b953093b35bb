"""Which State rule a letter may rest on, and how it says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from gameplan.core.entries import Clock, Condition, InForce, Law, Match, Reading
from gameplan.core.facts import Case, Child, Fact, SentLetter
from gameplan.law import law_for, states, vocabulary
from gameplan.letters import answer_rule, compose, suggest
from gameplan.letters import given as given_by_law
from gameplan.letters.answer import letter_cite
from gameplan.letters.folders import Answer
from gameplan.letters.phrases import LANGUAGES

KIND = "evaluation-request"
DAY = date(2025, 9, 3)
ASKS = Answer("answer-evaluation-request", "evaluation-requested")
ASKED = Match("evaluation-requested", {"type": "initial", "by": "parent", "written": True})
RULE = Clock(
    id="request-response", pack="ZZ", name="Answer", plain="", area="referral", law="state", kind="deadline",
    owes=("school",), owed_to=("parent",), cite=("Z.C. 1(a)",), source="https://example.org",
    confidence="high", trigger=(ASKED,), length=15, unit="school-day", base="answer-evaluation-request",
    relation="sets", done_when=(Match("consent-requested"), Match("pwn-sent")),
)  # fmt: skip


def law_with(*clocks: Clock) -> Law:
    return Law("ZZ", "Zeeland", clocks, (), (), vocabulary())


def test_a_firm_rule_is_taken_with_its_number_and_citation() -> None:
    rule = answer_rule(law_with(RULE), ASKS, on=DAY)
    assert rule is not None
    assert (rule.rule, rule.sure, rule.step) == ("ZZ:request-response", True, "answer")
    assert (rule.length_words("en"), rule.length_words("es")) == ("15 school days", "15 días escolares")


@pytest.mark.parametrize(
    "unfit",
    [
        replace(RULE, confidence="low"),
        replace(RULE, relation="adds"),
        replace(RULE, base="initial-evaluation"),
        replace(RULE, length=None, unit=""),
        replace(RULE, unit="hour"),
        replace(RULE, trigger=(replace(ASKED, where={"written": False}),)),
        replace(RULE, in_force=InForce(date(2026, 1, 1), None)),
        replace(RULE, in_force=InForce(None, date(2025, 9, 2))),
    ],
)
def test_a_rule_that_does_not_bind_here_is_not_taken(unfit: Clock) -> None:
    assert answer_rule(law_with(unfit), ASKS, on=DAY) is None


@pytest.mark.parametrize(
    "doubtful",
    [replace(RULE, confidence="medium"), replace(RULE, readings=(Reading("10", 10, "school-day"),))],
)
def test_a_doubtful_rule_is_taken_as_doubtful(doubtful: Clock) -> None:
    rule = answer_rule(law_with(doubtful), ASKS, on=DAY)
    assert rule is not None
    assert not rule.sure


def test_where_more_than_a_written_answer_may_meet_it_the_letter_says_act() -> None:
    rule = answer_rule(law_with(replace(RULE, done_when=(Match("pwn-sent"), Match("meeting-held")))), ASKS, on=DAY)
    assert rule is not None
    assert rule.step_words("en") == "act on this request"


def test_the_version_in_force_is_recorded() -> None:
    new = replace(RULE, in_force=InForce(date(2024, 7, 1), None), length=10)
    old = replace(RULE, in_force=InForce(date(2015, 7, 1), date(2024, 6, 30)))
    now, then = (answer_rule(law_with(old, new), ASKS, on=day) for day in (DAY, date(2024, 6, 30)))
    assert now
    assert then
    assert (now.rule, now.length) == ("ZZ:request-response@2024-07-01", 10)
    assert (then.rule, then.length) == ("ZZ:request-response", 15)


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Mich. Admin. Code R 340.1721b(1)(a) (amended 27 June 2024)", "Mich. Admin. Code R 340.1721b(1)(a)"),
        ("HAR 8-60-10(d)(2) (effective 2009-11-23)", "HAR 8-60-10(d)(2)"),
        ("MUSER (05-071 C.M.R. ch. 101) IV.2.D-E", "MUSER (05-071 C.M.R. ch. 101) IV.2.D-E"),
        ("State Plan, Regulation III (text not read)", "State Plan, Regulation III"),
        ("23 Code 226.220 (subsection (c) in the present text; (b) in the 2021 sheet)", "23 Code 226.220"),
    ],
)
def test_remarks_in_a_citation_are_not_printed(written: str, printed: str) -> None:
    assert letter_cite(written) == printed


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("state", [None, *states()])
def test_in_every_state_the_letter_is_whole_and_names_the_rule_if_there_is_one(state: str | None, lang: str) -> None:
    law = law_for(state, on=DAY)
    case = Case(Child("Ana Lopez", date(2016, 5, 2), state, "3", "Oak School", "Oak District"))
    typed = {
        "parent": "Rosa Lopez",
        "relation": "mother",
        "phone": "555-0142",
        "concerns": "She guesses at words.",
    }
    letter = compose(KIND, lang, suggest(KIND, case, law, lang=lang, on=DAY) | typed)
    rule = answer_rule(law, ASKS, on=DAY)
    text = letter.plain()
    assert "not read" not in text
    assert "not located" not in text
    if rule is None:
        assert "OSEP Memo 11-07" in text
        assert letter.rules[0].startswith("us:")
    else:
        assert rule.cite_words(lang) in text
        assert rule.length_words(lang) in text
        assert letter.rules[0] == rule.rule
        assert letter.cites[-1] == rule.cite_words(lang)


def test_texas_has_fifteen_school_days_for_a_written_answer() -> None:
    assert given_by_law(KIND, law_for("TX", on=DAY), lang="en", on=DAY) == {
        "state": "Texas",
        "answer_cite": "TEC 29.004(c) and 19 TAC 89.1011(b)",
        "answer_length": "15 school days",
        "answer_step": "answer this request in writing",
        "answer_sure": "yes",
        "answer_rule": "TX:request-response@2013-09-01",
    }


def test_the_case_fills_in_what_it_knows() -> None:
    facts = (
        Fact("f1", "concern-raised", date(2025, 8, 20), {"by": "parent", "about": "She reads slowly."}),
        Fact("f2", "concern-raised", date(2025, 8, 1), {"by": "teacher", "about": "she guesses at words"}),
        Fact("f3", "concern-raised", date(2025, 8, 2), {"by": "parent", "about": "wrong"}),
        Fact("f4", "concern-raised", date(2025, 8, 2), {"by": "parent", "about": "right"}, corrects="f3"),
        Fact("f5", "supports-started", date(2025, 8, 25), {"about": "small reading group", "tier": "2"}),
        Fact("f6", "concern-raised", date(2025, 9, 4), {"by": "parent", "about": "still to come"}),
    )
    case = Case(Child("Ana", date(2016, 5, 2), "TX"), facts=facts)
    found = suggest(KIND, case, law_for("TX", on=DAY), lang="en", on=DAY)
    assert found["concerns"] == ("On August 1, 2025 a teacher said: she guesses at words\nright\nShe reads slowly.")
    assert found["supports"] == "small reading group (tier 2)"
    assert (found["child"], found["born"], found["date"]) == ("Ana", "2016-05-02", "2025-09-03")
    assert not {"school", "grade", "parent"} & set(found)


def test_the_last_letter_of_the_case_is_remembered_where_the_field_says_so() -> None:
    said = {"parent": "Rosa Lopez", "phone": "555-0142", "copy_to": "Mr. Cole", "school": "Elm School"}
    sent = SentLetter("l1", KIND, "en", "", "", "", fields=said)
    case = Case(Child(school="Oak School"), letters=(sent,))
    found = suggest(KIND, case, law_for(None), lang="es", on=DAY)
    assert found == {
        "parent": "Rosa Lopez", "phone": "555-0142", "school": "Oak School", "date": "2025-09-03",
    }  # fmt: skip


def test_a_further_limit_of_a_state_is_taken_where_the_federal_rule_has_a_number() -> None:
    asks = Answer("records-access", "records-requested")
    numbers = {state: answer_rule(law_for(state, on=DAY), asks, on=DAY) for state in ("CA", "TX", None)}
    assert {state: rule and rule.length_words("en") for state, rule in numbers.items()} == {
        "CA": "5 business days", "TX": "45 calendar days", None: "45 calendar days",
    }  # fmt: skip


def test_a_number_that_takes_the_place_of_the_federal_one_is_the_only_one() -> None:
    asks = Answer("initial-evaluation", "consent-given")
    found = {state: answer_rule(law_for(state, on=DAY), asks, on=DAY) for state in ("TX", "KS", "AK", "VA", None)}
    assert {state: rule and (rule.length_words("en"), rule.sure) for state, rule in found.items()} == {
        "TX": ("45 school days", True), "KS": ("60 school days", False), None: ("60 calendar days", True),
        "AK": None, "VA": None,
    }  # fmt: skip
    assert {rule.step_words("en") for rule in found.values() if rule} == {"finish the evaluation"}


def test_a_rule_for_some_children_only_is_no_ground_and_one_with_exceptions_is_not_sure() -> None:
    some = Condition("The child came into State custody", fact=Match("special-path"))
    assert answer_rule(law_with(replace(RULE, applies_if=(some,))), ASKS, on=DAY) is None
    own = Condition("It is a first evaluation", fact=Match("evaluation-requested"))
    sure = answer_rule(law_with(replace(RULE, applies_if=(own,))), ASKS, on=DAY)
    unsure = answer_rule(law_with(replace(RULE, unless=(some,))), ASKS, on=DAY)
    assert sure
    assert sure.sure
    assert unsure
    assert not unsure.sure
    assert answer_rule(law_for("UT", on=DAY), ASKS, on=DAY) is None
