"""The way through the questions: which are asked, which comes next, which is still open, what was said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from gameplan.cases import drafts
from gameplan.cases.models import Case
from gameplan.cases.people import Person
from gameplan.core import facts
from gameplan.core.facts import standing_facts
from gameplan.web.forms.story import FEDERAL
from gameplan.web.standings import Viewed
from gameplan.web.story import about_child, early, evaluation, plan
from gameplan.web.story.screens import ChildScreen, FactScreen, Found, Screen

SCREENS: tuple[Screen, ...] = (*about_child.SCREENS, *early.SCREENS, *evaluation.SCREENS, *plan.SCREENS)
BY_SLUG: Mapping[str, Screen] = {screen.slug: screen for screen in SCREENS}
CALENDAR, DONE = "calendar", "done"
KEPT_AS = "tell"


@dataclass(frozen=True)
class Story:
    """What was said so far: by the facts of the case, and by answers that make no fact ("no", "not yet").

    `answers` holds, screen by screen, `said` (the answer as typed) with `made` (whether facts came of it), or
    `skipped`.
    """

    told: facts.Case
    answers: Mapping[str, Mapping[str, Any]]

    @cached_property
    def facts(self) -> tuple[facts.Fact, ...]:
        """The facts that stand."""
        return standing_facts(self.told.facts)

    def found(self, screen: FactScreen) -> Found:
        """The facts in the slots of a screen."""
        return {slot.name: slot.fact_in(self.facts) for slot in screen.slots}

    def said(self, screen: Screen) -> dict[str, Any]:
        """The answer to a question: as the facts tell it, else as it was said; empty if it is open.

        An answer whose facts were taken back elsewhere is open again.
        """
        kept = self.answers.get(screen.slug, {})
        typed = dict(kept.get("said") or {})
        if isinstance(screen, ChildScreen):
            federal = {"state": FEDERAL} if typed.get("state") == FEDERAL else {}
            return screen.read(self.told.child) or federal
        if isinstance(screen, FactScreen) and (from_facts := screen.read(self.found(screen))):
            return from_facts
        return {} if kept.get("made") else typed

    def is_asked(self, screen: Screen) -> bool:
        """True if the question can matter: an earlier answer leads to it, or a fact answers it already."""
        if not screen.asked_if or (isinstance(screen, FactScreen) and any(self.found(screen).values())):
            return True
        return any(
            self.is_asked(BY_SLUG[slug]) and str(self.said(BY_SLUG[slug]).get("gate", "")).startswith(answer)
            for slug, answer in screen.asked_if
        )

    @cached_property
    def way(self) -> tuple[str, ...]:
        """The questions that are asked, in order; the calendar is the last."""
        return (*(screen.slug for screen in SCREENS if self.is_asked(screen)), CALENDAR)

    def after(self, slug: str) -> str:
        """The next question; "done" after the last."""
        return next((one for one in self.way if _place(one) > _place(slug)), DONE)

    def before(self, slug: str) -> str | None:
        """The question before; None before the first."""
        return next((one for one in reversed(self.way) if _place(one) < _place(slug)), None)

    def is_open(self, slug: str) -> bool:
        """True if a question has no answer yet, or was skipped."""
        if slug == CALENDAR:
            return not self.told.calendars and slug not in self.answers
        kept = self.answers.get(slug, {})
        return not self.said(BY_SLUG[slug]) and ("said" not in kept or bool(kept.get("made")))


def story_of(told: facts.Case, case: Case, person: Person) -> Story:
    """The story of a case as this person told it."""
    return Story(told, drafts.kept(person, KEPT_AS, case))


def open_screen(viewed: Viewed, person: Person) -> str | None:
    """The first open question, for a link "Go on with the questions"; None if all are answered."""
    if viewed.case.is_sample:
        return None
    story = story_of(viewed.told, viewed.case, person)
    return next((slug for slug in story.way if story.is_open(slug)), None)


def _place(slug: str) -> int:
    order = [*BY_SLUG, CALENDAR, DONE]
    return order.index(slug)
