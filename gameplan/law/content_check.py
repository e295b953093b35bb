"""Is everything there? A list of `contents` against what a person found in a paper, a meeting or a decision.

Three answers for each item: there, missing, or cannot tell yet and what would settle it. An item that is needed only
in some circumstances says so, and cannot be told until that is answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gameplan.core.words import Say
from gameplan.law.contents import DESCRIBED, ContentItem, ContentList, NoSuchEntry, circumstance, content_list

THERE, MISSING, CANNOT_TELL = "there", "missing", "cannot-tell"
Answers = Mapping[str, bool | None]


@dataclass(frozen=True, slots=True)
class ContentFinding:
    """One item: the answer, why in words, what would settle it, and the citation with its confidence."""

    item: str
    text: str
    answer: str
    why: tuple[Say, ...]
    would_settle: tuple[Say, ...]
    cite: tuple[str, ...]
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class ContentCheck:
    """A list that was checked: one finding for each item that is needed or may be, and the items that are not."""

    list_id: str
    findings: tuple[ContentFinding, ...]
    not_needed: tuple[str, ...]

    @property
    def answer(self) -> str:
        """Missing if one item is, else cannot tell if one item cannot be told, else there."""
        return worst(finding.answer for finding in self.findings)


def worst(answers: Iterable[str]) -> str:
    """One answer for many: missing before cannot tell before there."""
    found = set(answers)
    return MISSING if MISSING in found else CANNOT_TELL if CANNOT_TELL in found else THERE


def check_content(wanted: str | ContentList, given: Answers, circumstances: Answers | None = None) -> ContentCheck:
    """Compare a list with what is there.

    `wanted` is the id of a list of `contents`, or a list from elsewhere, such as what a State's form adds. `given` says
    for each item whether it is there (True), is not (False), or is not known (None, or left out). `circumstances` says
    the same for the circumstances that items depend on. Items that only describe (codes, examples, things that may be
    there) are not checked. Raises NoSuchEntry for an unknown list, item or circumstance.

    >>> check_content("meeting-notice", {"purpose": True, "time": False}).answer
    'missing'
    """
    wanted = content_list(wanted) if isinstance(wanted, str) else wanted
    known = circumstances or {}
    _names(given, (item.id for item in wanted.items), f"item of “{wanted.id}”")
    for name in known:
        circumstance(name)
    checked = [item for item in wanted.items if item.need not in DESCRIBED]
    skipped = {item.id for item in wanted.items} - {item.id for item in checked}
    skipped |= {item.id for item in checked if known.get(item.need) is False}
    one_of = [item for item in checked if item.need == "one-of"]
    if any(given.get(item.id) for item in one_of):
        skipped |= {item.id for item in one_of if not given.get(item.id)}
    findings = tuple(
        _finding(wanted, item, _judged(item, given, known, one_of)) for item in checked if item.id not in skipped
    )
    return ContentCheck(wanted.id, findings, tuple(item.id for item in wanted.items if item.id in skipped))


def _names(given: Answers, known: Iterable[str], what: str) -> None:
    ids = set(known)
    for name in given:
        if name not in ids:
            raise NoSuchEntry(what, name, ids)


@dataclass(frozen=True, slots=True)
class _Judged:
    answer: str
    why: tuple[Say, ...] = ()
    would_settle: tuple[Say, ...] = ()


def _judged(item: ContentItem, given: Answers, known: Answers, one_of: Sequence[ContentItem]) -> _Judged:
    there = given.get(item.id)
    if item.need == "one-of":
        return _one_of(there, given, one_of)
    if item.need == "always":
        return _plain(there, item)
    condition = Say(circumstance(item.need).text)
    why = (Say("Needed if this is so: {condition}.", {"condition": condition}),)
    if there:
        return _Judged(THERE, why)
    if known.get(item.need):
        judged = _plain(there, item)
        return _Judged(judged.answer, why + judged.why, judged.would_settle)
    settle = (Say("Tell us if this is so: {condition}.", {"condition": condition}),)
    return _Judged(CANNOT_TELL, why, settle if there is False else (*settle, *_look(item)))


def _plain(there: bool | None, item: ContentItem) -> _Judged:
    if there is None:
        return _Judged(CANNOT_TELL, (), _look(item))
    return _Judged(THERE if there else MISSING)


def _look(item: ContentItem) -> tuple[Say, ...]:
    return (Say("Look whether this is there: {item}.", {"item": Say(item.text)}),)


def _one_of(there: bool | None, given: Answers, one_of: Sequence[ContentItem]) -> _Judged:
    why = (Say("One of these is enough: {items}.", {"items": tuple(Say(item.text) for item in one_of)}),)
    if there:
        return _Judged(THERE, why)
    open_ = [item for item in one_of if given.get(item.id) is None]
    if not open_:
        return _Judged(MISSING, why)
    return _Judged(CANNOT_TELL, why, tuple(say for item in open_ for say in _look(item)))


def _finding(wanted: ContentList, item: ContentItem, judged: _Judged) -> ContentFinding:
    confidence = item.confidence or wanted.confidence
    return ContentFinding(
        item.id, item.text, judged.answer, judged.why, judged.would_settle, item.cite, wanted.source, confidence
    )
