"""The format of a story: what it can say, and how it is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gameplan.cli import app
from gameplan.law.stories import index, tell
from gameplan.law.story_text import Story, StoryFileError, read_story

GOOD = """# Ana reads slowly (Texas)
Ana is in third grade. Her mother asks.

child: Ana, born 2016-05-02, state TX, grade 3
school year 2025-26: 2025-08-13 to 2026-05-21, closed 2025-09-01, 2025-10-13,
            2025-11-24..2025-11-28, open 2025-10-13

2025-09-03  parent: evaluation-requested  id=letter type=initial by=parent written=yes areas=reading,speech
            She hands the letter in.
2025-09-20  check: request-response due-soon, due 2025-09-24, 4 days left, started 2025-09-03
            Fifteen school days.
2025-09-25  check: request-response late by 1
2025-09-25  check: stage request
2025-09-25  check: option no-silent-refusal open
2025-09-25  check: option refused-504 absent
2025-09-26  parent: evaluation-requested  corrects=letter on=2025-09-05 type=initial by=parent written=yes
2025-09-26  check: request-response due-soon, due 2025-09-26
2025-09-27  school: evaluation-requested  account_of=letter on=2025-09-10 type=initial by=parent written=yes
2025-09-27  check: request-response cannot-tell, between 2025-09-26 and 2025-10-01, per school running
2025-10-01  todo: what the school says next
"""


def good(old: str = "", new: str = "") -> Story:
    assert old in GOOD
    return read_story(GOOD.replace(old, new) if old else GOOD, "ana.txt")


def refused(old: str, new: str) -> list[str]:
    with pytest.raises(StoryFileError) as caught:
        good(old, new)
    return [str(fault) for fault in caught.value.faults]


def test_a_story_is_read_whole() -> None:
    story = good()
    assert story.title == "Ana reads slowly (Texas)"
    assert story.opening == "Ana is in third grade. Her mother asks."
    case = story.case()
    assert (case.child.name, case.child.state, case.child.born) == ("Ana", "TX", date(2016, 5, 2))
    assert [closure.first for closure in case.calendars[0].closed][:2] == [date(2025, 9, 1), date(2025, 10, 13)]
    assert case.calendars[0].open == (date(2025, 10, 13),)
    first, second, third = case.facts
    assert (first.on, first.data["received"], first.note) == (
        date(2025, 9, 3),
        date(2025, 9, 3),
        "She hands the letter in.",
    )
    assert (second.corrects, second.on) == ("letter", date(2025, 9, 5))
    assert (third.account_of, third.said_by) == ("letter", "school")
    assert [one.open for one in story.still_open] == ["what the school says next"]


def test_a_checkpoint_sees_only_what_stands_above_it() -> None:
    story = good()
    late = story.checks[1]
    assert [fact.id for fact in story.case(late.line).facts] == ["letter"]


def test_its_checkpoints_are_answered_one_by_one() -> None:
    found = tell(good("per school running", "per school due-soon"))
    assert [one.holds for one in found] == [True] * 7
    found = tell(good())
    assert not found[-1].holds
    assert "per school due-soon" in found[-1].found


@pytest.mark.parametrize(
    ("old", "new", "where", "what"),
    [
        ("# Ana reads", "Ana reads", "line 1", "begins with its title"),
        ("state TX", "state TQ", "line 4", "is not a State"),
        ("2026-05-21", "2026-05-51", "line 5", "is not a date"),
        ("parent: evaluation-requested  id", "parrot: evaluation-requested  id", "line 8", "somebody who can say"),
        ("evaluation-requested  id", "evaluation-request  id", "line 8", 'Did you mean "evaluation-requested"'),
        ("written=yes areas", "written=perhaps areas", "line 8", "true or false"),
        ("written=yes areas", "writen=yes areas", "line 8", "writen"),
        ("written=yes areas", "written areas", "line 8", "cannot be read"),
        ("id=letter type", "received=2025-09-03 id=letter type", "line 8", "already is received"),
        (
            "check: request-response due-soon, due 2025-09-24",
            "check: request-answer due-soon",
            "line 10",
            "is not a rule",
        ),
        ("request-response late by 1", "request-response tardy by 1", "line 12", "is not a status"),
        ("4 days left", "four days left", "line 10", "Known here: due DAY"),
        ("due 2025-09-24,", "due 2025-09-34,", "line 10", "cannot be read"),
        ("stage request", "stage reqest", "line 13", 'Did you mean "request"'),
        ("option no-silent-refusal open", "option no-silent-refusal shut", "line 14", "cannot be read"),
        ("option refused-504", "option refused-505", "line 15", "is not a option"),
        ("corrects=letter", "corrects=lettre", "line 16", "no fact above"),
        ("2025-09-26  parent", "2025-09-02  parent", "line 16", "in the order of time"),
        ("2025-10-01  todo", "2025-13-01  todo", "line 20", "is not a day"),
        ("2025-10-01  todo: what", "what", "line 20", "no day"),
    ],
)
def test_a_wrong_line_is_refused_with_its_place_and_its_mend(old: str, new: str, where: str, what: str) -> None:
    faults = refused(old, new)
    assert any(where in fault and what in fault for fault in faults), faults


def test_every_fault_is_said_at_once() -> None:
    assert len(refused("state TX", "state TQ, colour blue")) >= 2


@pytest.mark.parametrize("text", ["", "# A title alone", "# A\nchild: Bo, state TX\n", "\n\n  indented\n"])
def test_an_empty_story_is_refused(text: str) -> None:
    with pytest.raises(StoryFileError):
        read_story(text, "empty.txt")


def test_a_fact_can_be_taken_back_and_a_plan_can_be_told() -> None:
    story = good(
        "2025-10-01  todo: what the school says next",
        "2025-10-01  parent: evaluation-requested  withdraws=letter\n"
        "2025-10-02  hearing-officer: hearing-held  on=2025-11-03 last_day=2025-11-04 planned=yes\n",
    )
    back, plan = story.case().facts[-2:]
    assert back.withdrawn
    assert back.corrects == "letter"
    assert plan.planned
    assert plan.data["first_day"] == date(2025, 11, 3)


def test_the_child_may_move_to_another_state() -> None:
    story = good("2025-10-01  todo: what the school says next", "2025-10-01  child: state OH, grade 4")
    assert (story.case().child.state, story.case().child.grade, story.case().child.name) == ("OH", "4", "Ana")
    assert story.case(story.checks[-1].line).child.state == "TX"
    assert "Texas, Ohio" in index([story])


def run(path: Path, *more: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["story", str(path), *more])
    return result.exit_code, result.output


def test_the_command_tells_the_story_and_leaves_with_one_where_a_checkpoint_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "ana.txt"
    path.write_text(GOOD)
    code, page = run(path)
    assert code == 1
    assert "ok  stage request" in page
    assert "gameplan says: request-response cannot-tell" in page
    assert "She hands the letter in." in page
    assert "7 checkpoints, 1 of them wrong, 1 open." in page
    path.write_text(GOOD.replace("per school running", "per school due-soon"))
    assert run(path)[0] == 0
    assert '"holds": true' in run(path, "--json")[1]


@pytest.mark.parametrize("content", [b"\xff\xfe", b"", b"# only a title"])
def test_the_command_refuses_what_is_no_story(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "broken.txt"
    path.write_bytes(content)
    code, said = run(path)
    assert code == 2
    assert "to mend" in said


def test_the_command_says_that_there_is_no_such_file(tmp_path: Path) -> None:
    code, said = run(tmp_path / "nowhere.txt")
    assert code == 2
    assert "cannot be opened" in said
