"""The lists of what must be there, the consent matrix and the team: read strictly, answered in three ways, cited."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gameplan.cli import app
from gameplan.law import content_faults as faults_module
from gameplan.law.consent import FORM, MEANING, NOT_CHECKED, SUMMARY, WEAK, consent_rule, consent_rules
from gameplan.law.content_check import CANNOT_TELL, MISSING, THERE, ContentCheck, ContentFinding, check_content
from gameplan.law.content_faults import content_faults
from gameplan.law.contents import (
    DESCRIBED,
    FORMS,
    HOME,
    NEEDED,
    Circumstance,
    ContentItem,
    ContentList,
    NoSuchEntry,
    circumstance,
    content_list,
    content_lists,
    contents,
    read_contents,
)
from gameplan.law.files import LawFileError
from gameplan.law.library import state_pack, states
from gameplan.law.team import Excusal, team_check

WHOLE_TEAM = {
    "parents": True, "regular-teacher": True, "special-teacher": True, "agency-representative": True,
    "results-interpreter": True, "child": True,
}  # fmt: skip
PLAIN_MEETING = {
    "regular-education": True, "child-appropriate": True, "transition-discussed": False,
    "transition-agency-consent": False, "part-c-asked": False, "placed-by-agency": False,
}  # fmt: skip


def finding(check: ContentCheck, item: str) -> ContentFinding:
    return next(one for one in check.findings if one.item == item)


# --- the lists --------------------------------------------------------------------------------------------------------


def test_all_forty_four_lists_are_there() -> None:
    assert len(content_lists()) == 44
    assert [one.id for one in content_lists()] == sorted(one.id for one in content_lists())


def test_the_lists_hold_together() -> None:
    assert [str(fault) for fault in content_faults()] == []


@pytest.mark.parametrize("one", content_lists(), ids=lambda one: one.id)
def test_every_item_is_in_words_and_cited(one: ContentList) -> None:
    assert one.items
    assert one.source.startswith("https://")
    for item in one.items:
        assert item.text
        assert all(re.match(r"34 CFR |20 USC |EDFacts ", cite) for cite in item.cite)


def test_what_an_iep_and_a_written_notice_must_contain() -> None:
    assert len(content_list("iep").items) == 17
    first = [item.cite[0] for item in content_list("pwn").items[:7]]
    assert first == [f"34 CFR 300.503(b)({number})" for number in range(1, 8)]


def test_a_list_that_is_not_there_names_the_nearest() -> None:
    with pytest.raises(NoSuchEntry, match="Did you mean “safeguards-notice”"):
        content_list("safeguard-notice")
    with pytest.raises(NoSuchEntry, match="Did you mean “at-review”"):
        circumstance("a-review")
    with pytest.raises(NoSuchEntry, match="item of “pwn” “zzz”"):
        content_list("pwn").item("zzz")


def folder_with(tmp_path: Path, text: str) -> Path:
    for path in HOME.glob("*.toml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "zz.toml").write_text(text)
    return tmp_path


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[content]]\nid = "x"\nnmae = "X"', 'content x.nmae: this word is not in the schema. Did you mean "name"?'),
        ('[[content]]\nid = "x"\ncite = []', "zz.toml: content x.cite: the list is empty. Name at least one."),
        ('[[content]]\nid = "x"\nitems = [{ id = "a" }]', "content x.items[0].cite: this is missing."),
        ('[[content]]\nid = "x"\nkind = "notise"', 'Did you mean "notice"?'),
        ('[[consent]]\nid = "x"\nneeded = "maybe"', 'zz.toml: consent x.needed: "maybe" is not a word of the schema.'),
        ('[[state_consent]]\nstate = "TX"\nfor = "x"', "zz.toml: state_consent TX/x.source: this is missing."),
        ('[[circumstance]]\nid = "at-review"\ntext = "Twice"', "circumstance at-review: two entries have this id."),
        ('[[contnet]]\nid = "x"', "zz.toml: contnet: this table is not in the schema."),
        ("content = [1]", "zz.toml: content ?: expected a table"),
        ("[[content", "zz.toml: this is not TOML"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_with_file_entry_field_and_mend(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(LawFileError) as refused:
        read_contents(folder_with(tmp_path, text))
    assert said in str(refused.value)


BAD_ITEMS = (
    ContentItem("a", "A", "at-revue", ("34 CFR 1",)),
    ContentItem("a", "A", "always", ("34 CFR 1",)),
)


def test_names_that_lead_nowhere_are_faults(monkeypatch: pytest.MonkeyPatch) -> None:
    read = contents()
    bad = ContentList("x", "X", "notice", "idea-b", ("34 CFR 1",), "https://x", "high", BAD_ITEMS, for_event="no-event")
    empty = replace(bad, id="y", items=(), for_event="")
    row, second = read.state_consent[0], read.state_consent[1]
    wrong = replace(
        read,
        lists={"x": bad, "y": empty, **{name: one for name, one in read.lists.items() if name != "consent-matrix"}},
        circumstances={**read.circumstances, "idle": Circumstance("idle", "Idle")},
        consent={**read.consent, "x": replace(read.consent["screening"], id="x", fact="no-such")},
        state_consent=(
            row, row, replace(second, state="ZZ"), replace(second, for_="no-rule"), replace(row, needed="no"),
        ),
    )  # fmt: skip
    monkeypatch.setattr(faults_module, "contents", lambda: wrong)
    said = "\n".join(str(fault) for fault in content_faults())
    for words in (
        'no kind of fact "no-event"', 'no circumstance "at-revue"', "two items have this id", "the list is empty",
        "no item depends on it", "the head of the matrix is missing", 'for = "no-such"', "two rows are for the same",
        '"ZZ" is not a State', 'no consent rule "no-rule"', "consent_for_every_iep = true",
    ):  # fmt: skip
        assert words in said


def test_a_file_that_cannot_be_read_is_a_fault_of_the_check(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(faults_module, "contents", lambda: read_contents(folder_with(tmp_path, "[[content")))
    assert [fault.where for fault in content_faults()] == ["zz.toml"]


# --- is everything there? ---------------------------------------------------------------------------------------------


def test_what_is_there_is_missing_or_cannot_be_told() -> None:
    check = check_content("meeting-notice", {"purpose": True, "time": False})
    assert finding(check, "purpose").answer == THERE
    assert finding(check, "time").answer == MISSING
    assert finding(check, "location").answer == CANNOT_TELL
    assert finding(check, "location").would_settle
    assert check.answer == MISSING


def test_a_condition_is_said_in_words_and_cannot_be_told_until_answered() -> None:
    whole = dict.fromkeys(("purpose", "time", "location", "attendees", "may-bring-others"), True)
    given = whole | dict.fromkeys(("student-invited", "transition-purpose", "agencies-invited", "part-c-invite"), False)
    open_ = check_content("meeting-notice", given)
    assert finding(open_, "student-invited").answer == CANNOT_TELL
    assert finding(open_, "student-invited").why[0].text == "Needed if this is so: {condition}."
    assert "16" in str(finding(open_, "student-invited").would_settle[0].values["condition"])
    assert open_.answer == CANNOT_TELL
    older = check_content("meeting-notice", given, {"age-16": True, "was-in-part-c": False})
    assert finding(older, "student-invited").answer == MISSING
    younger = check_content("meeting-notice", given, {"age-16": False, "was-in-part-c": False})
    assert younger.answer == THERE
    assert "student-invited" in younger.not_needed


def test_what_is_there_needs_no_condition() -> None:
    assert finding(check_content("iep", {"benchmarks": True}), "benchmarks").answer == THERE


def test_an_unknown_item_in_an_open_condition_asks_for_both() -> None:
    assert len(finding(check_content("iep", {}), "benchmarks").would_settle) == 2


def test_each_finding_carries_citation_source_and_confidence() -> None:
    found = finding(check_content("evaluation", {"specific-needs": True}), "specific-needs")
    assert (found.cite, found.confidence) == (("34 CFR 300.304(c)(2)",), "low")
    assert found.source.startswith("https://www.ecfr.gov")
    assert finding(check_content("evaluation", {}), "variety").confidence == "high"


KNEW = {"not-if-refused": True, "not-if-evaluated": True}


@pytest.mark.parametrize(
    ("told", "answer"),
    [
        ({"parent-wrote": True}, THERE),
        ({"parent-wrote": False, "parent-requested": False, "staff-said": False}, MISSING),
        ({"parent-wrote": False, "parent-requested": False}, CANNOT_TELL),
        ({}, CANNOT_TELL),
    ],
)
def test_one_of_three_facts_is_enough_for_a_child_not_found_yet(told: dict[str, bool], answer: str) -> None:
    assert check_content("basis-of-knowledge", KNEW | told, {"asked-in-discipline": False}).answer == answer


def test_codes_are_described_and_not_checked() -> None:
    check = check_content("disability-categories", {})
    assert check.findings == ()
    assert len(check.not_needed) == 14


def test_an_area_counts_where_it_is_suspected() -> None:
    suspected = {name: False for name in contents().circumstances if name.startswith("suspect-")}
    check = check_content("evaluation-areas", {"hearing": False}, suspected | {"suspect-hearing": True})
    assert [(one.item, one.answer) for one in check.findings] == [("hearing", MISSING)]


def test_a_word_that_is_not_in_the_list_is_refused() -> None:
    with pytest.raises(NoSuchEntry, match="Did you mean “purpose”"):
        check_content("meeting-notice", {"purposes": True})
    with pytest.raises(NoSuchEntry, match="circumstance"):
        check_content("meeting-notice", {}, {"age-61": True})


@pytest.mark.parametrize("one", content_lists(), ids=lambda one: one.id)
def test_nothing_said_is_never_missing_and_everything_said_is_there(one: ContentList) -> None:
    assert all(found.answer == CANNOT_TELL for found in check_content(one.id, {}).findings)
    assert check_content(one.id, {item.id: True for item in one.items}).answer == THERE
    checked = [item for item in one.items if item.need not in DESCRIBED]
    every = dict.fromkeys(contents().circumstances, True)
    none = check_content(one.id, {item.id: False for item in one.items}, every)
    assert [found.answer for found in none.findings] == [MISSING] * len(checked)


# --- the team ---------------------------------------------------------------------------------------------------------


def test_a_whole_team_is_whole() -> None:
    assert team_check(WHOLE_TEAM, circumstances=PLAIN_MEETING).answer == THERE


def test_a_member_who_stays_away_without_leave_is_missing() -> None:
    check = team_check(WHOLE_TEAM | {"special-teacher": False}, circumstances=PLAIN_MEETING)
    assert finding(check, "special-teacher").answer == MISSING


@pytest.mark.parametrize(
    ("excusal", "answer"),
    [
        (Excusal("special-teacher", False, True, True), THERE),
        (Excusal("special-teacher", False, False, True), MISSING),
        (Excusal("special-teacher", False, True, None), CANNOT_TELL),
        (Excusal("special-teacher", True, True, True, True), THERE),
        (Excusal("special-teacher", True, True, True, False), MISSING),
        (Excusal("special-teacher", True, True, True), CANNOT_TELL),
        (Excusal("special-teacher", True, False, True, True), MISSING),
        (Excusal("special-teacher", None, True, True, True), THERE),
        (Excusal("special-teacher", None, True, True), CANNOT_TELL),
        (Excusal("special-teacher"), CANNOT_TELL),
    ],
)
def test_leave_needs_writing_and_input_where_the_subject_is_discussed(excusal: Excusal, answer: str) -> None:
    check = team_check(WHOLE_TEAM | {"special-teacher": False}, excused=[excusal], circumstances=PLAIN_MEETING)
    found = finding(check, "special-teacher")
    assert found.answer == answer
    assert any(cite.startswith("34 CFR 300.321(e)") for cite in found.cite)
    assert (answer == CANNOT_TELL) <= bool(found.would_settle)


def test_a_teacher_who_may_not_be_needed_is_not_missing() -> None:
    excusal = Excusal("regular-teacher", discussed=False, parent_in_writing=False, school_agreed=True)
    open_ = PLAIN_MEETING | {"regular-education": None}
    check = team_check(WHOLE_TEAM | {"regular-teacher": False}, excused=[excusal], circumstances=open_)
    assert finding(check, "regular-teacher").answer == CANNOT_TELL


@pytest.mark.parametrize(("tried", "answer"), [(True, THERE), (False, MISSING), (None, CANNOT_TELL)])
def test_without_a_parent_only_after_recorded_tries(tried: bool | None, answer: str) -> None:
    check = team_check(WHOLE_TEAM | {"parents": False}, circumstances=PLAIN_MEETING, parents_tried=tried)
    found = finding(check, "parents")
    assert found.answer == answer
    assert "34 CFR 300.322(d)" in found.cite


def test_it_is_open_whether_the_parents_came() -> None:
    check = team_check(WHOLE_TEAM | {"parents": None}, circumstances=PLAIN_MEETING, parents_tried=False)
    assert finding(check, "parents").answer == CANNOT_TELL


def test_the_child_cannot_be_excused_and_an_excused_member_who_came_is_there() -> None:
    leave = [Excusal("child", False, True, True), Excusal("special-teacher")]
    check = team_check(WHOLE_TEAM | {"child": False}, excused=leave, circumstances=PLAIN_MEETING)
    assert finding(check, "child").answer == MISSING
    assert finding(check, "special-teacher").answer == THERE


def test_leave_for_nobody_is_refused() -> None:
    with pytest.raises(NoSuchEntry, match="special-teacher"):
        team_check(WHOLE_TEAM, excused=[Excusal("special-teachers")])


# --- the consent matrix -----------------------------------------------------------------------------------------------


def test_no_hearing_can_force_first_services() -> None:
    rule = consent_rule("initial-services")
    assert (rule.needed, rule.form, rule.override) == ("yes", "written", False)
    assert rule.cite[0] == "34 CFR 300.300(b)(1)"


def test_silence_lets_a_reevaluation_go_ahead_but_not_a_first_evaluation() -> None:
    assert "may go ahead" in consent_rule("reevaluation").silence
    assert consent_rule("initial-evaluation").silence == "The same as a no."


def test_a_rule_is_found_by_the_word_in_a_fact() -> None:
    assert consent_rule("excuse-member").id == "excusal"
    assert consent_rule("services").id == "continued-services"


@pytest.mark.parametrize("state", ["CA", "MA", "NH"])
def test_these_states_ask_for_permission_for_each_iep(state: str) -> None:
    rule = consent_rule("iep-content", state)
    assert rule.needed == "yes"
    assert rule.pack == state
    assert rule.cite[-1] == "34 CFR 300.324"
    assert "needed" in rule.decided_by_state


def test_silence_means_different_things_in_different_states() -> None:
    assert "counts as a no" in consent_rule("iep-content", "MA").silence
    for state in ("MN", "MT", "NH", "NJ", "PA"):
        assert "may" in consent_rule("iep-content", state).silence


def test_what_the_state_leaves_unsaid_stays_federal() -> None:
    rule = consent_rule("continued-services", "IN")
    assert rule.decided_by_state == ("revocation",)
    assert rule.refusal == consent_rule("continued-services").refusal


def test_a_weak_state_rule_decides_nothing_and_a_summary_is_said_to_be_one() -> None:
    weak = consent_rule("iep-content", "MO")
    assert (weak.needed, weak.pack, weak.doubts) == ("no-federal-rule", "us", (WEAK,))
    assert SUMMARY in consent_rule("iep-content", "CA").doubts


def test_a_state_that_was_not_checked_is_said_to_be_so() -> None:
    assert consent_rule("iep-content", "AL").doubts == (NOT_CHECKED,)
    assert consent_rule("initial-evaluation", "AL").doubts == ()


@pytest.mark.parametrize("state", states())
def test_every_state_has_a_row_for_each_iep_or_a_doubt(state: str) -> None:
    rule = consent_rule("iep-content", state)
    told = state_pack(state).facts.get("consent_for_every_iep")
    assert rule.doubts or rule.decided_by_state
    assert isinstance(told, bool) or rule.pack == state or NOT_CHECKED in rule.doubts
    assert len(consent_rules(state)) == len(consent_rules())


def test_every_word_of_the_matrix_can_be_said() -> None:
    assert set(MEANING) == set(NEEDED)
    assert set(FORM) == set(FORMS)


def test_an_unknown_state_or_thing_is_refused() -> None:
    with pytest.raises(KeyError):
        consent_rule("reevaluation", "ZZ")
    with pytest.raises(NoSuchEntry, match="Did you mean “reevaluation”"):
        consent_rule("re-evaluation")


# --- the commands -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["contents"], "iep-team"),
        (["contents", "iep"], "34 CFR 300.320(a)(1)"),
        (["contents", "basis-of-knowledge"], "One of these is enough."),
        (["contents", "edfacts-exits"], "EDFacts GHS"),
        (["contents", "evaluation"], "This was not confirmed."),
        (["consent"], "us/initial-evaluation"),
        (["consent", "iep-content", "--state", "ma"], "No answer counts as a no."),
        (["consent", "initial-services"], "Nobody can set your no aside."),
    ],
)
def test_the_lists_and_the_matrix_can_be_read_at_the_command_line(words: list[str], said: str) -> None:
    result = CliRunner().invoke(app, ["law", *words])
    assert result.exit_code == 0, result.output
    assert said in result.output


@pytest.mark.parametrize("words", [["contents", "ieep"], ["consent", "iep"], ["consent", "--state", "ZZ"]])
def test_what_is_not_there_leaves_with_two(words: list[str]) -> None:
    assert CliRunner().invoke(app, ["law", *words]).exit_code == 2
