"""What stands on the papers of a plan: everything that somebody wrote, what the law misses, and plain sentences."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gameplan.core.words import ENGLISH, Tongue
from gameplan.plans.plan import Plan, plan_json
from gameplan.plans.plan_file import read_plan
from gameplan.plans.rich import blocks
from gameplan.plans.sheets import NoSuchSheet, Sheet, plan_hash, sheet_of, sheets_for
from gameplan.plans.sheets.nesting import ListTree, Paragraph, is_right_to_left, tree_of
from gameplan.plans.sheets.sheet import Card, Facts, Heading, SignHere, TablePart
from tests.plans.rich_plan import ana, written

DAY = date(2025, 9, 20)


def sheet(as_: str, **changes: Any) -> Sheet:
    return sheet_of(read_plan(ana(**changes)), as_, ENGLISH, on=DAY)


def text(as_: str, **changes: Any) -> str:
    return "\n".join(sheet(as_, **changes).texts())


def test_the_whole_paper_holds_every_word_that_somebody_wrote() -> None:
    plan = read_plan(ana())
    paper = text("iep")
    assert len(written(plan)) > 90
    assert [one for one in written(plan) if one not in paper] == []


def test_the_whole_paper_stands_in_the_order_of_the_form() -> None:
    found = [part.text for part in sheet("iep").parts if isinstance(part, Heading) and part.level == 2]
    plan = read_plan(ana())
    titles = [one.title for one in plan.form.sections]
    assert found == [*[one for one in titles if one in found], "Who took part"]
    assert "Life after high school (transition)" not in found


def test_each_goal_is_a_block_with_its_steps() -> None:
    goals = [part for part in sheet("iep").parts if isinstance(part, Card)]
    assert [one.title for one in goals] == ["Goal 1: Reading", "Goal 2: Speech", "Goal 3: Writing"]
    steps = [part for part in goals[0].parts if isinstance(part, TablePart)]
    assert [cell.text for row in steps[0].rows for cell in row][:2] == ["55 words a minute.", "December 19, 2025"]
    assert not any(isinstance(part, TablePart) for part in goals[1].parts)


def test_a_step_without_a_goal_is_not_lost() -> None:
    assert "Lonely step" in text("iep", benchmarks=[{"id": "b9", "step": "Lonely step"}])


def test_services_are_a_table_where_minutes_times_and_period_are_one_column() -> None:
    tables = [part for part in sheet("iep").parts if isinstance(part, TablePart)]
    speech = next(one for one in tables if one.caption.startswith("Related services"))
    assert speech.header == (
        "What", "How much, how often", "Where", "Who gives it (kind of staff)", "From when to when",
    )  # fmt: skip
    assert [cell.text for cell in speech.rows[0]] == [
        "Speech and language therapy", "2 × 30 minutes, each week", "Therapy room\nAlone", "Speech therapist",
        "September 22, 2025 to May 22, 2026",
    ]  # fmt: skip


def test_what_the_law_wants_and_nobody_wrote_is_named() -> None:
    bare = read_plan(ana())
    bare = Plan(bare.form, bare.child, {"goals": [{"id": "g1", "goal": "Ana reads."}], "behavior": True})
    paper = "\n".join(sheet_of(bare, "iep", ENGLISH, on=DAY).texts())
    for label in ("What the child is good at", "How well (target)", "What helps with behavior: supports"):
        at = paper.index(label)
        assert "Not filled in" in paper[at : at + 150]
    assert "Help and training for the staff" in paper
    assert "braille" not in paper
    assert "Other categories" not in paper
    assert "How the disability gets in the way of learning what the grade learns" in paper
    assert "How the disability gets in the way of what children of that age do" not in paper


def test_a_list_that_is_empty_on_purpose_says_so() -> None:
    assert "The staff need no supports." in text("iep", staff_supports=[], staff_supports_none=True)
    assert "Not filled in" not in text("iep")


def test_words_that_do_not_fit_the_circumstances_are_still_printed() -> None:
    assert "cover half the page" in text("iep", behavior=False)
    assert "to cook" in text("iep", student_wishes="Wants to cook.")


def test_everybody_who_took_part_has_a_place_to_sign() -> None:
    places = next(part for part in sheet("iep").parts if isinstance(part, SignHere))
    assert [one.name for one in places.signers] == ["María López", "Robin Meyer", "Jo Blake", "Dana Wu"]
    nobody = next(part for part in sheet("iep", team_members=[]).parts if isinstance(part, SignHere))
    assert [(one.name, one.role) for one in nobody.signers] == [("", "Parent"), ("", "For the school district")]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            {"service": "speech-language", "minutes": 30, "times": 2, "per": "week", "place": "therapy-room",
             "start": "2025-09-22", "end": "2026-05-22"},
            "Every week Ana gets 60 minutes of speech and language therapy (2 times 30 minutes), in the therapy room, "
            "from September 22, 2025 to May 22, 2026.",
        ),
        ({"service": "counseling", "minutes": 30, "times": 1, "per": "month"},
         "Every month Ana gets 30 minutes of counseling."),
        ({"service": "transportation", "times": 2, "per": "day", "end": "2026-05-22"},
         "Every school day Ana gets transportation, this often: 2, until May 22, 2026."),
        ({"service": "Music", "minutes": 22.5, "place": "Room 7", "group": "alone"},
         "Ana gets 22.5 minutes of Music each time, Room 7, alone."),
        ({"service": "counseling", "minutes": 20, "times": 3}, "Ana gets 20 minutes of counseling each time, 3 times."),
        ({"service": "social-work", "amount": "when she asks.", "start": "2025-09-22"},
         "Ana gets social work, from September 22, 2025, when she asks."),
    ],
)  # fmt: skip
def test_a_service_is_one_plain_sentence(row: dict[str, Any], expected: str) -> None:
    assert expected in text("plain", related_services=[{"id": "r1", **row}])


def test_a_service_without_a_name_makes_no_sentence() -> None:
    assert "Ana gets ," not in text("plain", related_services=[{"id": "r1", "minutes": 30}])


def test_the_family_reads_what_is_promised_and_what_it_decides() -> None:
    found = text("plain")
    for words in (
        "The plan itself is what counts.", "Your person at school: Robin Meyer", "What Ana can do",
        "Texts read aloud: science", "You get a report on progress: With each report card.",
        "You want an interpreter at meetings.", "34 CFR 300.503", "is apart from children without disabilities for 240",
        "Ana gets no help from this plan in the summer",
    ):  # fmt: skip
        assert words in found


def test_the_student_reads_you() -> None:
    found = text("student")
    assert "Every week you get 60 minutes of speech and language therapy (2 times 30 minutes)" in found
    assert "Your goal" in found
    assert "tell Robin Meyer" in found
    assert "Ana gets" not in found


def test_at_a_glance_stands_what_a_teacher_needs() -> None:
    found = text("glance")
    assert sheet("glance").one_page
    for words in (
        "Confidential", "Robin Meyer, r.meyer@oak.example", "Texts read aloud", "cover half the page",
        "4 × 45 minutes, each week", "All of them: September 22, 2025 to May 22, 2026.",
        "Reading: 80 words a minute, 95% right, in 3 checks in a row, by May 22, 2026.", "Small group; time and a half",
    ):  # fmt: skip
        assert words in found


@pytest.mark.parametrize("as_", ["iep", "glance", "plain", "student"])
def test_an_empty_plan_gives_a_paper_and_never_an_empty_heading(as_: str) -> None:
    empty = Plan(read_plan(ana()).form)
    parts = sheet_of(empty, as_, ENGLISH, on=DAY).parts
    for one, following in zip(parts, (*parts[1:], None), strict=True):
        if isinstance(one, Heading):
            assert following is not None
            assert not (isinstance(following, Heading) and following.level <= one.level)


def test_a_paper_that_the_form_does_not_have_is_refused_with_those_that_it_has() -> None:
    with pytest.raises(NoSuchSheet, match="iep, glance, plain, student"):
        sheet("504")
    assert sheets_for(read_plan(ana()).form) == ("iep", "glance", "plain", "student")


def test_labels_are_said_in_the_language_of_the_reader_and_words_stay_in_their_own() -> None:
    other = Tongue("es", lambda words: f"«{words}»", lambda day: f"<{day}>")
    found = sheet_of(read_plan(ana()), "iep", other, on=DAY)
    assert found.lang == "es"
    facts = [fact for part in found.parts if isinstance(part, Facts) for fact in part.facts]
    strengths = next(fact for fact in facts if fact.label == "«What the child is good at»")
    assert strengths.value.lang == "en"
    assert next(fact for fact in facts if fact.label == "«The plan starts on»").value.text == "<2025-09-22>"


def test_marks_that_nobody_sees_are_taken_out() -> None:
    found = text("iep", iep_manager="Ro\x00bin\u202e\tMe\u0301yer", needs="One.\r\n\r\nTwo\u2028three.\x0b")
    assert "Robin Méyer" in found
    assert "One.\nTwo\nthree." in found


def test_the_mark_of_a_plan_changes_with_the_plan_only() -> None:
    plan = read_plan(ana())
    assert plan_hash(plan) == plan_hash(read_plan(plan_json(plan)))
    assert plan_hash(plan) != plan_hash(read_plan(ana(needs="More.")))
    assert len(plan_hash(plan)) == 64


def test_lists_stand_inside_lists_as_they_were_written() -> None:
    found = tree_of(blocks("Before\n\n1. one\n   - in it\n\n     more\n2. two\n\nAfter\n\n7. seven"))
    assert [type(one) for one in found] == [Paragraph, ListTree, Paragraph, ListTree]
    outer, last = found[1], found[3]
    assert isinstance(outer, ListTree)
    assert isinstance(last, ListTree)
    assert (outer.numbered, outer.start, len(outer.items)) == (True, 1, 2)
    inner = outer.items[0][1]
    assert isinstance(inner, ListTree)
    assert len(inner.items[0]) == 2
    assert last.start == 7


def test_the_first_letter_with_a_direction_decides() -> None:
    assert is_right_to_left("12 – آنا Ana")
    assert is_right_to_left("אנה")
    assert not is_right_to_left("Ana אנה")
    assert not is_right_to_left("12")
