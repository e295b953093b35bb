"""`gameplan story`: a story from its text file, told with what gameplan says at each checkpoint."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from gameplan.core.casewrite import case_json
from gameplan.core.facts import Fact
from gameplan.core.faults import Fault
from gameplan.law import vocabulary
from gameplan.law.stories import tell
from gameplan.law.story_checks import Check, Finding
from gameplan.law.story_text import Story, StoryFileError, Told, read_story

WIDTH = 100
HOLDS, DIFFERS, OPEN = "ok ", "NO ", "?  "


def open_story(path: Path) -> tuple[Story | None, Sequence[Fault]]:
    """The story in a file, or what is wrong with it."""
    try:
        return read_story(path.read_text("utf-8"), path.name), ()
    except OSError as error:
        return None, [Fault("file", f"it cannot be opened: {error.strerror}.", "Check the name and the folder.")]
    except UnicodeDecodeError:
        return None, [Fault("file", "it is not text in UTF-8.", "Save it as UTF-8.")]
    except StoryFileError as error:
        return None, error.faults


def write_case(story: Story, out: Path) -> None:
    """Write the whole story as a case file, or as a zip (.zip) that the program opens like any saved case."""
    if out.suffix.lower() == ".zip":
        from gameplan.exchange.case_zip import export_case

        out.write_bytes(export_case(story.case(), {}, {}))
        return
    out.write_text(json.dumps(case_json(story.case()), indent=1, ensure_ascii=False) + "\n", "utf-8")


def findings_json(story: Story, findings: Sequence[Finding]) -> dict[str, object]:
    """The story's checkpoints and what was found, for programs."""
    return {
        "story": story.name,
        "title": story.title,
        "holds": all(one.holds for one in findings),
        "checks": [
            {
                "line": one.check.line, "on": one.check.on.isoformat(), "says": one.check.words,
                "holds": one.holds, "found": one.found,
            }
            for one in findings
        ],
        "open": [{"line": one.line, "on": one.on and one.on.isoformat(), "text": one.open} for one in story.still_open],
    }  # fmt: skip


def page(story: Story) -> str:
    """The story as a page: what happened, day by day, and each checkpoint with its answer."""
    found = {one.check.line: one for one in tell(story)}
    blocks = [story.title, "=" * len(story.title), "", textwrap.fill(story.opening, WIDTH), ""]
    last: date | None = None
    for line in story.lines:
        for index, text in enumerate(_told(line, found)):
            day = line.on.isoformat() if line.on and not index and line.on != last else ""
            blocks.append(f"{day:<12}{text}")
        last = line.on or last
    wrong = sum(not one.holds for one in found.values())
    open_ones = len(story.still_open)
    blocks += ["", f"{len(found)} checkpoints, {wrong} of them wrong" + (f", {open_ones} open." if open_ones else ".")]
    return "\n".join(blocks)


def _told(line: Told | Check, found: dict[int, Finding]) -> Iterator[str]:
    if isinstance(line, Check):
        finding = found[line.line]
        yield f"{HOLDS if finding.holds else DIFFERS} {line.words}"
        if not finding.holds:
            yield f"    gameplan says: {finding.found}"
        yield from (f"    {part}" for part in textwrap.wrap(line.remark, WIDTH - 16))
    elif line.fact:
        yield from textwrap.wrap(_fact(line.fact, line.on), WIDTH - 12)
        yield from (f"  {part}" for part in textwrap.wrap(line.fact.note, WIDTH - 14))
    elif line.year:
        yield f"(school year {line.year.school_year}: {line.year.first_day} to {line.year.last_day})"
    elif line.open:
        yield from textwrap.wrap(f"{OPEN} {line.open}", WIDTH - 12, subsequent_indent="    ")
    elif line.child:
        child = line.child
        yield f"({child.name}, born {child.born}, {child.state or 'no State said'}, grade {child.grade})"


def _fact(fact: Fact, told: date | None) -> str:
    kind = vocabulary().kinds[fact.kind]
    said = [f"{name.replace('_', ' ')} {_shown(value)}" for name, value in fact.data.items() if name != kind.main_date]
    about = [
        f"on {fact.on}" if fact.on != told else "",
        "planned" if fact.planned else "",
        "taken back" if fact.withdrawn else "",
        f"in place of “{fact.corrects}”" if fact.corrects and not fact.withdrawn else "",
        f"the other account of “{fact.account_of}”" if fact.account_of else "",
    ]
    more = "; ".join(part for part in (*about, *said) if part)
    return f"{fact.said_by}: {kind.name}" + (f" ({more})" if more else "")


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
