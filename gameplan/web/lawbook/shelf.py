"""What stands on the shelf: each place (a State, or federal law alone), its rules by area, and one rule in a place.

A rule is an id in a place. It may have several entries: versions in force at different times, or numbers that stand
side by side. The law does not change while the program runs, so what is found here is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from gameplan.core.entries import Clock
from gameplan.law.library import federal, state_pack, states

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

FEDERAL = "us"
FEDERAL_NAME = _("Federal law")
# In the order in which a family meets them.
AREAS: Mapping[str, StrOrPromise] = {
    "child-find": _("Finding children who need help"),
    "referral": _("Asking for an evaluation"),
    "consent": _("Your permission"),
    "evaluation": _("The evaluation"),
    "eligibility": _("Does your child qualify?"),
    "iep": _("The IEP (the plan for your child)"),
    "placement": _("Where your child is taught"),
    "notice": _("Notices and meetings"),
    "transfer": _("Changing schools"),
    "part-c": _("From early help to preschool"),
    "transition": _("Growing up and leaving school"),
    "iee": _("An evaluation from outside the school"),
    "records": _("Your child’s records"),
    "mediation": _("Mediation"),
    "state-complaint": _("A complaint to the State"),
    "due-process": _("A hearing (due process)"),
    "discipline": _("Discipline"),
    "private-school": _("Private school"),
    "section-504": _("Section 504"),
    "public-benefits": _("Public insurance"),
    "monitoring": _("How the State checks on schools"),
}


@dataclass(frozen=True)
class Rule:
    """One rule in one place: its entries, those in force on the day first."""

    place: str
    id: str
    clocks: tuple[Clock, ...]

    @property
    def clock(self) -> Clock:
        """The entry that counts now, else the newest one."""
        return self.clocks[0]

    @property
    def is_own(self) -> bool:
        """True if the place has its own entry, False if federal law alone speaks."""
        return self.clock.pack == self.place


@dataclass(frozen=True)
class Section:
    """The rules of one area."""

    area: str
    name: StrOrPromise
    rules: tuple[Rule, ...]


@lru_cache(maxsize=1)
def states_by_name() -> dict[str, str]:
    """Every State (and DC) by its code, in the order of the names."""
    return dict(sorted(states().items(), key=lambda row: row[1]))


def place_name(place: str) -> StrOrPromise:
    """What the place is called: the State's name, or "Federal law"."""
    return FEDERAL_NAME if place == FEDERAL else states()[place]


def area_name(area: str) -> StrOrPromise:
    """What an area is called; a new one by its own word."""
    return AREAS.get(area) or area.replace("-", " ").capitalize()


def find_place(typed: str) -> str | None:
    """The place of that code, however it is written; None if there is no such State."""
    code = typed.strip().upper()
    if code == FEDERAL.upper():
        return FEDERAL
    return code if code in states() else None


@lru_cache(maxsize=64)
def own_clocks(place: str) -> tuple[Clock, ...]:
    """The entries that the place itself has."""
    return federal().clocks if place == FEDERAL else state_pack(place).clocks


def find_rule(place: str, rule_id: str, *, on: date) -> Rule | None:
    """The rule of that id in a place: the State's own, else the federal one; None if there is neither."""
    for pack in dict.fromkeys((place, FEDERAL)):
        clocks = [clock for clock in own_clocks(pack) if clock.id == rule_id]
        if clocks:
            return Rule(place, rule_id, _newest_first(clocks, on))
    return None


@lru_cache(maxsize=512)
def of_federal(place: str, federal_id: str) -> tuple[Clock, ...]:
    """The State's own entries for a federal rule: under its id, or standing on it."""
    return tuple(clock for clock in own_clocks(place) if clock.id == federal_id or clock.base == federal_id)


def beside(rule: Rule) -> Clock | None:
    """The federal entry that a State's rule stands on, to be shown beside it."""
    if not rule.is_own or rule.place == FEDERAL:
        return None
    wanted = (rule.clock.base, rule.clock.id)
    return next((clock for clock in federal().clocks if clock.id in wanted), None)


def instead(rule: Rule, *, on: date) -> tuple[Rule, ...]:
    """Where a federal rule is shown for a State: the State's own rules that stand on it."""
    if rule.is_own:
        return ()
    ids = dict.fromkeys(clock.id for clock in of_federal(rule.place, rule.id))
    found = (find_rule(rule.place, rule_id, on=on) for rule_id in ids)
    return tuple(one for one in found if one)


def is_silent(rule: Rule) -> bool:
    """True where a State is asked about and nothing of its own is known, so that the federal rule stands alone."""
    return rule.place != FEDERAL and not rule.is_own and not of_federal(rule.place, rule.id)


def was_looked_for(rule: Rule) -> bool:
    """True if a number of the State's own was looked for, and the State has none."""
    return rule.place != FEDERAL and any(row.get("id") == rule.id for row in state_pack(rule.place).none)


def rules_of(place: str, *, on: date) -> tuple[Section, ...]:
    """Every rule that counts in a place, by area: a State's own first, then the federal ones it leaves alone."""
    found: dict[str, Rule] = {}
    for clock in own_clocks(place):
        found.setdefault(clock.id, Rule(place, clock.id, _versions(place, clock.id, on)))
    if place != FEDERAL:
        taken = {clock.base for clock in own_clocks(place) if _stands_instead(clock)} | set(found)
        for clock in federal().clocks:
            if clock.id not in taken:
                found.setdefault(clock.id, Rule(place, clock.id, _versions(FEDERAL, clock.id, on)))
    return tuple(_sections(found.values()))


def _stands_instead(clock: Clock) -> bool:
    return clock.relation == "replaces" and not clock.not_yet and not clock.applies_if


def _sections(rules: Iterable[Rule]) -> Iterable[Section]:
    by_area: dict[str, list[Rule]] = {area: [] for area in AREAS}
    for rule in rules:
        by_area.setdefault(rule.clock.area, []).append(rule)
    for area, found in by_area.items():
        if found:
            yield Section(area, area_name(area), tuple(found))


def _versions(pack: str, rule_id: str, on: date) -> tuple[Clock, ...]:
    return _newest_first([clock for clock in own_clocks(pack) if clock.id == rule_id], on)


def _newest_first(clocks: Iterable[Clock], on: date) -> tuple[Clock, ...]:
    def order(clock: Clock) -> tuple[bool, int]:
        first = clock.in_force.first
        return not clock.in_force.covers(on), -(first.toordinal() if first else 0)

    return tuple(sorted(clocks, key=order))
