"""Was the IEP team whole? Who must be there, and who may stay away under which conditions (34 CFR 300.321)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from gameplan.core.words import Say
from gameplan.law.content_check import (
    CANNOT_TELL,
    MISSING,
    THERE,
    Answers,
    ContentCheck,
    ContentFinding,
    check_content,
    worst,
)
from gameplan.law.contents import NoSuchEntry, content_list

TEAM = "iep-team"
_PART = {True: "(2)", False: "(1)", None: ""}


@dataclass(frozen=True, slots=True)
class Excusal:
    """A member who stays away with leave. None means: not known.

    `discussed`: the member's subject is changed or talked about. `parent_in_writing`: the parent agreed (subject not
    discussed) or consented (discussed) in writing. `school_agreed`: the school agreed too. `input_before`: written
    input reached the parent and the team before the meeting; asked for only where the subject is discussed.
    """

    member: str
    discussed: bool | None = None
    parent_in_writing: bool | None = None
    school_agreed: bool | None = None
    input_before: bool | None = None


def team_check(
    present: Answers,
    *,
    excused: Sequence[Excusal] = (),
    circumstances: Answers | None = None,
    parents_tried: bool | None = None,
) -> ContentCheck:
    """The team of a meeting against 34 CFR 300.321.

    `present` says for each role of the list `iep-team` whether someone filled it (for the invited roles: whether they
    were invited). One person may fill two roles: the one who explains results may be another member (300.321(a)(5)),
    and the school may name another of its members as its representative (300.321(d)). Each absence with leave is an
    `Excusal`; only the members of (a)(2) to (a)(5) can have one. `parents_tried`: no parent could be brought to come,
    and the school kept a record of how it tried (300.322(d)). Raises NoSuchEntry for an unknown role.

    >>> team_check({"parents": True, "special-teacher": False}).answer
    'missing'
    """
    leave: Mapping[str, Excusal] = {one.member: one for one in excused}
    known = {item.id for item in content_list(TEAM).items}
    for member in leave:
        if member not in known:
            raise NoSuchEntry(f"item of “{TEAM}”", member, known)
    check = check_content(TEAM, present, circumstances)
    return replace(check, findings=tuple(_excused(one, leave.get(one.item), parents_tried) for one in check.findings))


def _excused(finding: ContentFinding, excusal: Excusal | None, parents_tried: bool | None) -> ContentFinding:
    if finding.answer == THERE:
        return finding
    if finding.item == "parents":
        return _without_parents(finding, parents_tried)
    if excusal is None:
        return finding
    if not content_list(TEAM).item(finding.item).excusable:
        why = Say("This member may not be excused.")
        return replace(finding, why=(*finding.why, why))
    return _judged(finding, excusal)


def _without_parents(finding: ContentFinding, tried: bool | None) -> ContentFinding:
    """Without a parent a meeting may be held only if the school could not convince them: 34 CFR 300.322(d)."""
    rule = Say(
        "The school may meet without a parent only if it could not get one to come, and it kept a record of its calls, "
        "letters and visits."
    )
    cite = (*finding.cite, "34 CFR 300.322(d)")
    if finding.answer == CANNOT_TELL or tried is None:
        return replace(finding, answer=CANNOT_TELL, would_settle=(*finding.would_settle, rule), cite=cite)
    return replace(finding, answer=_answer(tried), why=(*finding.why, rule), cite=cite)


def _judged(finding: ContentFinding, excusal: Excusal) -> ContentFinding:
    steps = _steps(excusal)
    answer = worst(answer for answer, _ in steps)
    cite = (*finding.cite, f"34 CFR 300.321(e){_PART[excusal.discussed]}")
    if answer == THERE:
        excused = Say("This member was excused.")
        return replace(finding, answer=THERE, why=(*finding.why, excused), would_settle=(), cite=cite)
    lacking = tuple(text for done, text in steps if done == MISSING)
    settle = finding.would_settle + tuple(text for done, text in steps if done == CANNOT_TELL)
    # Whether the member is needed, or came, may itself be open: then nothing is certainly missing.
    answer = CANNOT_TELL if finding.answer == CANNOT_TELL else answer
    return replace(finding, answer=answer, why=(*finding.why, *lacking), would_settle=settle, cite=cite)


def _steps(excusal: Excusal) -> list[tuple[str, Say]]:
    """Each condition of 34 CFR 300.321(e): whether it is met, and what it asks."""
    parent = Say("The parent must agree in writing that the member stays away.")
    if excusal.discussed:
        parent = Say("The parent must give written permission for the member to stay away.")
    steps = [
        (excusal.parent_in_writing, parent),
        (excusal.school_agreed, Say("The school must agree that the member stays away.")),
    ]
    written = Say("The member must give written input to the parent and the team before the meeting.")
    if excusal.discussed:
        steps.append((excusal.input_before, written))
    found = [(_answer(met), text) for met, text in steps]
    if excusal.discussed is None and not excusal.input_before:
        found.append((CANNOT_TELL, Say("Tell us if the member's subject is changed or talked about.")))
    return found


def _answer(met: bool | None) -> str:
    return CANNOT_TELL if met is None else THERE if met else MISSING
