"""Puts a plan together from its versions, change by change, by the verdict on each."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from gameplan.plans.deciding import Era, Verdict, verdict
from gameplan.plans.items import REST, Ground, Held, Part, parts_of, same
from gameplan.plans.life_events import Corrected, Proposed, corrected


@dataclass
class Made:
    """A plan as it comes together. `why`: by key the version that last changed it, and the verdict on that.

    `carried`: the versions of which something came into force.
    """

    ground: Ground = field(default_factory=Ground)
    why: dict[str, tuple[int, Verdict]] = field(default_factory=dict)
    carried: set[int] = field(default_factory=set)

    @property
    def used(self) -> set[int]:
        """The versions that something of the plan comes from."""
        return {held.version for held in self.ground.parts.values()}


def versions(era: Era) -> list[Proposed]:
    """The versions of the era with the words that they have on its day."""
    fixes = [one for one in era.events if isinstance(one, Corrected)]
    return [replace(one, plan=corrected(one, fixes)) for one in era.events if isinstance(one, Proposed)]


def made_of(era: Era, good: tuple[str, ...]) -> Made:
    """The plan put together from every change of which the verdict is good enough."""
    made = Made()
    for version in versions(era):
        _add(era, made, version, good)
    return made


def _add(era: Era, made: Made, version: Proposed, good: tuple[str, ...]) -> None:
    parts = parts_of(version.plan)
    rest = verdict(era, version, REST)
    came = False
    for key in asked(made.ground, version, parts):
        found = verdict(era, version, key)
        if found.answer in good:
            made.ground.take(key, parts.get(key), version.version)
            made.why[key] = (version.version, found)
            came = True
    if came or (rest.answer in good and (made.ground.plan is not None or not _keys(parts))):
        _carry(made, version, parts, rest)


def asked(ground: Ground, version: Proposed, parts: dict[str, Part]) -> list[str]:
    """The keys of what a version changes in the plan as it stands."""
    keys = [*parts, *(key for key in ground.parts if key not in parts)]
    return [
        key
        for key in keys
        if key != REST
        and (not version.changes or key in version.changes)
        and not same(ground.parts[key].part if key in ground.parts else None, parts.get(key))
    ]


def _keys(parts: dict[str, Part]) -> list[str]:
    return [key for key in parts if key != REST]


def _carry(made: Made, version: Proposed, parts: dict[str, Part], rest: Verdict) -> None:
    """Something of the version is in force: its order, and the words that nobody decides on, come with it."""
    ground = made.ground
    words = mixed(ground, version, parts)
    if not version.changes:
        for key in _keys(parts):
            held = ground.parts.get(key)
            if held and same(held.part, parts[key]):
                ground.take(key, parts[key], held.version)
    ground.plan = replace(version.plan, content={})
    ground.parts[REST] = Held(words, version.version)
    ground.follow(version.plan)
    made.carried.add(version.version)
    made.why[REST] = (version.version, rest)


def mixed(ground: Ground, version: Proposed, parts: dict[str, Part]) -> dict[str, Any]:
    """The words that nobody decides on after a version: of an amendment only those that it changes."""
    old = ground.parts[REST].part if REST in ground.parts else {}
    if not version.changes:
        return dict(parts[REST])
    kept = {name: value for name, value in old.items() if name not in version.changes}
    return kept | {name: value for name, value in parts[REST].items() if name in version.changes}
