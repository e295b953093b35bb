"""Stories: whole families through the whole process, with dated checkpoints. Tests, demo data and documentation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from gameplan.core.assess import assess
from gameplan.core.standing import Standing
from gameplan.law.library import law_for, states
from gameplan.law.story_checks import Finding, answer
from gameplan.law.story_text import Story, Told


def standing_at(story: Story, line: int | None, on: date) -> Standing:
    """Where the family stands on a day, by what the story has told above a line."""
    case = story.case(line)
    return assess(case, law_for(case.child.state), on=on)


def tell(story: Story) -> tuple[Finding, ...]:
    """Each checkpoint with the answer: whether it holds, and what gameplan says."""
    return tuple(answer(check, standing_at(story, check.line, check.on)) for check in story.checks)


def standings(story: Story) -> Iterator[Standing]:
    """The standing at each dated line, that line included, on its day."""
    for one in story.lines:
        if one.on:
            yield standing_at(story, one.line + 1, one.on)


def states_of(story: Story) -> tuple[str, ...]:
    """The States that a story is set in, in order."""
    found = [one.child.state for one in story.lines if isinstance(one, Told) and one.child and one.child.state]
    return tuple(dict.fromkeys(found))


def index(stories: Iterable[Story]) -> str:
    """The table of the stories for the documentation."""
    rows = ["| story | where | what it tells |", "| --- | --- | --- |"]
    for story in stories:
        where = ", ".join(states()[code] for code in states_of(story)) or "federal law alone"
        rows.append(f"| [{story.title}](../stories/{story.name}) | {where} | {story.opening} |")
    return "\n".join(rows) + "\n"
