"""Is the plan complete? Its form's content lists against what the plan says, item by item, with citation and place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from gameplan.core.words import Say, Tongue
from gameplan.law.content_check import CANNOT_TELL, MISSING, THERE, ContentCheck, ContentFinding, check_content, worst
from gameplan.law.contents import ContentList, circumstance, content_list
from gameplan.plans.ages import Ground
from gameplan.plans.circumstances import grounds_of
from gameplan.plans.forms import Form
from gameplan.plans.names import (
    CHILD,
    Place,
    empty_on_purpose,
    place_of_child,
    place_of_field,
    place_of_question,
)
from gameplan.plans.plan import Plan
from gameplan.plans.shown import Look, Seen, asked

OWN: Final = "form"
"""The id of the list of what a State's or district's form demands itself."""
ANSWERS: Final = (THERE, MISSING, CANNOT_TELL)
SURENESS: Final = ("low", "medium", "high")


@dataclass(frozen=True, slots=True)
class PlanFinding:
    """One item: what the list's check found, and the places where something is lacking or would settle it."""

    list_id: str
    finding: ContentFinding
    places: tuple[Place, ...] = ()

    @property
    def answer(self) -> str:
        """There, missing or cannot-tell."""
        return self.finding.answer


@dataclass(frozen=True, slots=True)
class ListCheck:
    """One content list that the plan was held against; `not_needed` are the items that this plan need not have."""

    wanted: ContentList
    findings: tuple[PlanFinding, ...]
    not_needed: tuple[str, ...]

    @property
    def answer(self) -> str:
        """Missing if one item is, else cannot-tell if one item cannot be told, else there."""
        return worst(one.answer for one in self.findings)


@dataclass(frozen=True, slots=True)
class PlanCheck:
    """A plan that was checked: its lists in the order of the form, and the circumstances that were taken to hold.

    `open_lists` are lists that are empty and do not say that they are empty on purpose.
    """

    form: Form
    on: date
    lists: tuple[ListCheck, ...]
    circumstances: Mapping[str, bool | None]
    open_lists: tuple[Place, ...] = ()

    @property
    def answer(self) -> str:
        """Missing if one item is, else cannot-tell if one item cannot be told, else there."""
        return worst(one.answer for one in self.lists)

    @property
    def findings(self) -> tuple[PlanFinding, ...]:
        """The findings of all lists."""
        return tuple(finding for one in self.lists for finding in one.findings)

    def counts(self) -> dict[str, int]:
        """How many items are there, are missing, and cannot be told."""
        found = [one.answer for one in self.findings]
        return {answer: found.count(answer) for answer in ANSWERS}


def check_plan(plan: Plan, on: date) -> PlanCheck:
    """Hold a plan against every content list that its form shows, and against what the form itself demands.

    `on` is today; it counts only where the plan says none of its own days.
    """
    grounds = grounds_of(plan, on)
    known = {name: ground.holds for name, ground in grounds.items()}
    look = Look.into(plan)
    lists = tuple(_list_check(look, one, grounds, known) for one in _lists(plan.form))
    return PlanCheck(plan.form, on, lists, known, tuple(_open_lists(look, known)))


def _lists(form: Form) -> Iterator[ContentList]:
    """The content lists that the form shows, in its order, and at the end its own items as a list."""
    names = dict.fromkeys(one.item.partition(".")[0] for one in form.shows)
    yield from (content_list(name) for name in names if name != OWN)
    if form.items:
        cite = tuple(dict.fromkeys(cite for item in form.items for cite in item.cite))
        yield ContentList(OWN, form.name, "document", "", cite, form.source, form.confidence, form.items)


def _list_check(
    look: Look, wanted: ContentList, grounds: Mapping[str, Ground], known: Mapping[str, bool | None]
) -> ListCheck:
    # What the item itself hangs on is taken to hold: then only the fields are the question.
    looks = {item.id: look.seen(f"{wanted.id}.{item.id}", {**known, item.need: True}) for item in wanted.items}
    check = check_content(wanted, {name: one.there for name, one in looks.items()}, known)
    not_asked = {finding.item for finding in check.findings if not looks[finding.item].asked}
    not_needed = not_asked | set(check.not_needed)
    findings = tuple(one for one in _findings(look, wanted, check, looks, grounds) if one.finding.item not in not_asked)
    return ListCheck(wanted, findings, tuple(item.id for item in wanted.items if item.id in not_needed))


def _findings(
    look: Look, wanted: ContentList, check: ContentCheck, looks: Mapping[str, Seen], grounds: Mapping[str, Ground]
) -> Iterator[PlanFinding]:
    for finding in check.findings:
        seen = looks[finding.item]
        ground = grounds.get(wanted.item(finding.item).need, Ground(True))
        if seen.hangs_on and ground.holds:
            ground = replace(
                ground, holds=None, ask=tuple(name for when in seen.hangs_on for name in grounds[when].ask)
            )
            finding = replace(finding, would_settle=tuple(map(_settles, seen.hangs_on)))
        places = () if finding.answer == THERE else _places(look, seen, ground)
        yield PlanFinding(wanted.id, _with_ground(finding, ground), places)


def _settles(name: str) -> Say:
    return Say("Tell us if this is so: {condition}.", {"condition": Say(circumstance(name).text)})


def _with_ground(finding: ContentFinding, ground: Ground) -> ContentFinding:
    """The finding with why its circumstance holds, and the State's rule, which may be less sure than the item."""
    if finding.answer == THERE and not ground.holds:
        return finding
    sure = min((finding.confidence, ground.confidence or finding.confidence), key=SURENESS.index)
    return replace(finding, why=finding.why + ground.why, cite=finding.cite + ground.cite, confidence=sure)


def _places(look: Look, found: Seen, ground: Ground) -> tuple[Place, ...]:
    """Where something is lacking; while it is open whether the item is needed, the question that would settle that."""
    if ground.holds is None and ground.ask:
        return tuple(_question(look, name) for name in ground.ask)
    return found.places


def _question(look: Look, name: str) -> Place:
    return place_of_child(name) if name in CHILD else place_of_question(look.fields[name][1])


def _open_lists(look: Look, known: Mapping[str, bool | None]) -> Iterator[Place]:
    for section, field in look.fields.values():
        is_open = (
            field.none and field.columns and not look.plan.rows(field.id) and not empty_on_purpose(look.plan, field)
        )
        if is_open and asked(section, field, known) is not False:
            yield place_of_field(field)


def check_json(check: PlanCheck, tongue: Tongue) -> dict[str, Any]:
    """The check as a JSON value, its sentences in the language of `tongue`."""
    return {
        "form": check.form.id, "on": check.on.isoformat(), "answer": check.answer, "counts": check.counts(),
        "lists": [_list_json(one, tongue) for one in check.lists],
        "open_lists": [place_json(one, tongue) for one in check.open_lists],
        "circumstances": {name: holds for name, holds in check.circumstances.items() if holds is not None},
    }  # fmt: skip


def _list_json(one: ListCheck, tongue: Tongue) -> dict[str, Any]:
    return {
        "id": one.wanted.id, "name": tongue.text(one.wanted.name), "answer": one.answer,
        "findings": [_finding_json(each, tongue) for each in one.findings], "not_needed": list(one.not_needed),
    }  # fmt: skip


def _finding_json(one: PlanFinding, tongue: Tongue) -> dict[str, Any]:
    found = one.finding
    return {
        "item": found.item, "text": tongue.text(found.text), "answer": found.answer,
        "why": [tongue.say(say) for say in found.why], "would_settle": [tongue.say(say) for say in found.would_settle],
        "places": [place_json(place, tongue) for place in one.places],
        "cite": list(found.cite), "source": found.source, "confidence": found.confidence,
    }  # fmt: skip


def place_json(place: Place, tongue: Tongue) -> dict[str, str]:
    """A place as a JSON value: what is lacking in words, and the ids by which a page finds the field."""
    found = {"field": place.field, "label": tongue.text(place.label), "says": tongue.say(place.says)}
    if place.row:
        name = place.row_name
        found |= {"row": place.row, "row_name": tongue.say(name) if isinstance(name, Say) else name,
                  "column": place.column, "column_label": tongue.text(place.column_label)}  # fmt: skip
    return found
