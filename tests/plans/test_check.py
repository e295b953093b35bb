"""A plan is whole, or exactly what is missing is said, with the place and the citation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gameplan.core.words import ENGLISH
from gameplan.law.content_check import CANNOT_TELL, MISSING, THERE
from gameplan.plans.check import PlanCheck, check_json, check_plan
from gameplan.plans.form_files import FormError, form, forms, read_forms
from gameplan.plans.plan_file import read_plan
from tests.plans.sample import GOAL, OLDER, ON, SERVICE, SPEECH, WHOLE, plan, whole
from tests.plans.test_forms import STATE


def named(check: PlanCheck, answer: str) -> set[str]:
    return {f"{one.list_id}.{one.finding.item}" for one in check.findings if one.answer == answer}


def places(check: PlanCheck) -> set[tuple[str, str, str]]:
    return {(at.field, at.row, at.column) for one in check.findings for at in one.places}


def test_a_whole_plan_is_whole() -> None:
    check = check_plan(plan(), ON)
    assert check.answer == THERE, (named(check, MISSING), named(check, CANNOT_TELL))
    assert not check.open_lists
    assert check.counts() == {THERE: len(check.findings), MISSING: 0, CANNOT_TELL: 0}


WHOLE_CHECK = check_plan(plan(), ON)
NEEDED = [(shows.item, name) for shows in form("iep").shows for name in shows.all if name in WHOLE["content"]]


@pytest.mark.parametrize(("item", "field"), NEEDED)
def test_without_a_field_exactly_its_item_is_not_there(item: str, field: str) -> None:
    check = check_plan(plan(**{field: None}), ON)
    gone = named(check, MISSING) | named(check, CANNOT_TELL)
    # Without the answer how the child is tested, nobody knows about an alternate test either.
    related = {"iep.alternate-assessment-why", "iep.benchmarks"} if field == "assessment-part" else set()
    assert gone == {item} | related
    assert named(check, MISSING) == {item}
    assert (field, "", "") in places(check)


QUESTIONS = """
id = "iep-qq"
name = "IEP with questions"
kind = "iep"
extends = "iep"

[[section]]
id = "qq"
title = "Questions"

[[section.field]]
id = "qq-fair"
label = "Were the tests fair?"
type = "yes-no"

[[section.field]]
id = "qq-near"
label = "Is it the school near home?"
type = "yes-no"

[[item]]
id = "fair"
text = "The tests are fair"
need = "always"
cite = "Code of QQ 1"

[[item]]
id = "near"
text = "Whether the school is near home"
need = "always"
cite = "Code of QQ 2"

[[shows]]
item = "form.fair"
all = "qq-fair"

[[shows]]
item = "form.near"
all = "qq-near"
either = "qq-near"
"""


def test_a_question_needs_its_yes_unless_a_no_is_as_good(tmp_path: Path) -> None:
    (tmp_path / "qq.toml").write_text(QUESTIONS)
    known = read_forms(tmp_path, forms())
    raw = {**whole(), "form": "iep-qq"}
    assert named(check_plan(read_plan(raw, known), ON), MISSING) == {"form.fair", "form.near"}
    raw["content"] |= {"qq-fair": False, "qq-near": False}
    check = check_plan(read_plan(raw, known), ON)
    assert named(check, MISSING) == {"form.fair"}
    (at,) = next(one.places for one in check.findings if one.answer == MISSING)
    assert ENGLISH.say(at.says) == "“Were the tests fair?”: the answer is no."
    raw["content"]["qq-fair"] = True
    assert check_plan(read_plan(raw, known), ON).answer == THERE


def test_either_names_a_question_that_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / "qq.toml").write_text(QUESTIONS.replace('either = "qq-near"', 'either = "qq-fair"'))
    with pytest.raises(FormError, match="“qq-fair” is no question of yes or no here"):
        read_forms(tmp_path, forms())


MAYBE = """
id = "small"
name = "A small plan"
kind = "iep"

[[section]]
id = "one"
title = "One"

[[section.field]]
id = "home"
label = "Where the family lives now"
type = "line"
when = "homeless"

[[section.field]]
id = "vision"
label = "What helps with seeing"
type = "line"
when = "blind"

[[section.field]]
id = "blind"
label = "Is the child blind?"
type = "yes-no"

[[section.field]]
id = "aids"
label = "Aids"
row = "aid"
type = "rows"
none = "No aids"

[[section.field.column]]
id = "what"
label = "What"
type = "line"

[[section.field]]
id = "more-aids"
label = "More aids"
row = "aid"
type = "rows"
none = "No more aids"
like = "aids"

[[item]]
id = "thing"
text = "The thing"
need = "always"
cite = "Code 1"

[[shows]]
item = "form.thing"
SHOWS

[[told]]
id = "blind"
field = "blind"
"""


def small(folder: Path, shows: str, **content: Any) -> PlanCheck:
    (folder / "small.toml").write_text(MAYBE.replace("SHOWS", shows))
    made = {name.replace("_", "-"): value for name, value in content.items()}
    return check_plan(read_plan({"gameplan_plan": 1, "form": "small", "content": made}, read_forms(folder, {})), ON)


AIDS = 'each = ["aids", "more-aids"]\ncolumns = "what"'


@pytest.mark.parametrize(
    ("shows", "content", "answer"),
    [
        ('all = "home"', {}, CANNOT_TELL),  # perhaps nobody asks for it
        ('all = "home"', {"home": "With an aunt"}, THERE),
        ('all = "vision"', {"blind": True}, MISSING),
        ('all = "vision"', {}, CANNOT_TELL),
        ('all = ["vision", "home"]', {"blind": True}, MISSING),
        ('all = ["vision", "home"]', {"blind": True, "vision": "Large print"}, CANNOT_TELL),
        ('any = ["vision", "home"]', {"blind": True}, MISSING),
        ('any = ["vision", "home"]', {"blind": False}, CANNOT_TELL),
        (AIDS, {}, MISSING),
        (AIDS, {"aids_none": True}, MISSING),
        (AIDS, {"aids_none": True, "more_aids_none": True}, THERE),
        (AIDS, {"aids_none": True, "more_aids_none": False}, MISSING),
        (AIDS, {"aids": [{"id": "a", "what": "Pencil grip"}]}, THERE),
        (AIDS, {"aids": [{"id": "a", "what": "Pencil grip"}, {"id": "b"}]}, MISSING),
        (AIDS, {"aids_none": True, "more_aids": [{"id": "a", "what": "Slant board"}]}, THERE),
    ],
)
def test_how_shows_is_read(shows: str, content: dict[str, Any], answer: str, tmp_path: Path) -> None:
    assert small(tmp_path, shows, **content).answer == answer


@pytest.mark.parametrize("shows", ['all = "vision"', 'any = "vision"'])
def test_an_item_whose_fields_are_not_asked_for_is_not_needed(shows: str, tmp_path: Path) -> None:
    check = small(tmp_path, shows, blind=False)
    assert (check.findings, check.lists[0].not_needed) == ((), ("thing",))


def test_what_it_hangs_on_is_asked_for(tmp_path: Path) -> None:
    (found,) = small(tmp_path, 'all = "vision"').findings
    assert [at.field for at in found.places] == ["blind"]
    assert "does not see well" in ENGLISH.say(found.finding.would_settle[0])


def test_an_item_that_several_shows_speak_of_needs_all_of_them(tmp_path: Path) -> None:
    both = 'all = "blind"\n[[shows]]\nitem = "form.thing"\nall = "vision"'
    assert small(tmp_path, both, blind=True).answer == MISSING
    assert small(tmp_path, both, blind=True, vision="Large print").answer == THERE


def test_an_item_that_no_field_shows_cannot_be_told(tmp_path: Path) -> None:
    (tmp_path / "small.toml").write_text(MAYBE.replace('[[shows]]\nitem = "form.thing"\nSHOWS', ""))
    raw = {"gameplan_plan": 1, "form": "small"}
    assert check_plan(read_plan(raw, read_forms(tmp_path, {})), ON).answer == CANNOT_TELL


@pytest.mark.parametrize("blank", ["", "  \n"])
def test_blanks_say_nothing(blank: str) -> None:
    assert named(check_plan(plan(needs=blank), ON), MISSING) == {"iep-team-considers.needs"}


@pytest.mark.parametrize("column", ["minutes", "times", "per", "place", "end"])
def test_a_service_that_does_not_say_how_often_names_row_and_column(column: str) -> None:
    check = check_plan(plan(related_services=[{**SPEECH, column: None}]), ON)
    assert named(check, MISSING) == {"iep.frequency-location-duration"}
    (at,) = next(one.places for one in check.findings if one.answer == MISSING)
    assert (at.field, at.row, at.column) == ("related-services", "r1", column)
    assert ENGLISH.say(at.says).startswith("Speech and language therapy: “")


def test_words_do_for_minutes_but_not_for_days() -> None:
    bare = {"id": "r1", "service": "transportation", "amount": "to and from school", "start": "2025-09-22"}
    check = check_plan(plan(related_services=[bare]), ON)
    assert places(check) == {("related-services", "r1", "end")}
    assert check_plan(plan(related_services=[{**bare, "end": "2026-05-22"}]), ON).answer == THERE


def test_no_services_at_all_are_missing() -> None:
    check = check_plan(plan(special_education=None, related_services=None, related_services_none=True), ON)
    assert named(check, MISSING) == {"iep.services", "iep.start-date", "iep.frequency-location-duration"}
    assert ("special-education", "", "") in places(check)


def test_a_list_that_says_nothing_is_open() -> None:
    check = check_plan(plan(related_services=None), ON)
    assert [at.field for at in check.open_lists] == ["related-services"]
    assert not check_plan(plan(related_services=None, related_services_none=True), ON).open_lists


def test_none_on_purpose_must_be_said_with_yes() -> None:
    assert named(check_plan(plan(staff_supports_none=False), ON), MISSING) == {"iep.staff-supports"}


def test_what_is_not_asked_for_is_not_missed() -> None:
    check = check_plan(plan(behavior=False), ON)
    considers = next(one for one in check.lists if one.wanted.id == "iep-team-considers")
    assert "behavior" in considers.not_needed


def test_an_open_question_is_the_place_that_settles_it() -> None:
    check = check_plan(plan(behavior=None), ON)
    assert named(check, CANNOT_TELL) == {"iep-team-considers.behavior"}
    assert places(check) == {("behavior", "", "")}


def test_an_age_that_is_not_known_asks_for_the_birthday() -> None:
    check = check_plan(plan({"born": ""}), ON)
    assert ("child.born", "", "") in places(check)


def test_a_plan_at_sixteen_needs_its_transition_part() -> None:
    check = check_plan(plan({"born": "2010-01-01", "state": "MO", "grade": "9"}), ON)
    assert named(check, MISSING) == {"iep.postsecondary-goals", "iep.transition-services"}
    assert check_plan(plan({"born": "2010-01-01", "state": "MO", "grade": "9"}, **OLDER), ON).answer == THERE


def test_a_state_that_starts_sooner_is_cited_and_no_surer_than_its_source() -> None:
    check = check_plan(plan({"born": "2012-03-10", "grade": "8"}), ON)
    found = next(one.finding for one in check.findings if one.finding.item == "transition-services")
    assert found.answer == MISSING
    assert "TEC 29.0111" in found.cite
    assert found.confidence == "medium"


def test_a_states_own_items_are_checked_too(tmp_path: Path) -> None:
    (tmp_path / "zz.toml").write_text(STATE)
    known = read_forms(tmp_path, forms())
    raw = {**whole(), "form": "iep-zz"}
    check = check_plan(read_plan(raw, known), ON)
    assert named(check, MISSING) == {"form.chair"}
    assert places(check) == {("zz-chair", "", "")}
    raw["content"]["zz-chair"] = "Ms. Ruiz"
    assert check_plan(read_plan(raw, known), ON).answer == THERE


def test_the_json_says_it_all_and_is_json() -> None:
    told = check_json(check_plan(plan(goals=[{**GOAL, "measure": ""}]), ON), ENGLISH)
    json.dumps(told)
    (found,) = [one for one in told["lists"][0]["findings"] if one["answer"] == MISSING]
    assert found["item"] == "progress-measured"
    assert found["places"][0]["says"] == "Reading: “How it is measured” is missing."
    assert found["cite"] == ["34 CFR 300.320(a)(3)(i)"]


@settings(deadline=None)
@given(st.sets(st.sampled_from(sorted(WHOLE["content"]))))
def test_filling_in_more_never_makes_something_missing(gone: set[str]) -> None:
    """What a plan with fewer fields has, the whole one has too."""
    content: dict[str, Any] = dict.fromkeys(gone)
    fewer = check_plan(plan(**content), ON)
    assert named(fewer, THERE) <= named(WHOLE_CHECK, THERE) | {
        f"{one.wanted.id}.{item}" for one in WHOLE_CHECK.lists for item in one.not_needed
    }


def test_two_rows_of_one_name_are_told_apart() -> None:
    twice = [{**SERVICE, "end": ""}, {**SERVICE, "id": "e2"}]
    check = check_plan(plan(special_education=twice), ON)
    (at,) = next(one.places for one in check.findings if one.answer == MISSING)
    assert ENGLISH.say(at.says) == "Reading lessons (1): “Until” is missing."
