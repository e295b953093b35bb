"""Keeping an answer: what is typed, what is said, and the facts that come of it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.http import QueryDict

from gameplan.cases import drafts
from gameplan.cases.models import Case
from gameplan.cases.people import Person
from gameplan.cases.verbs import change_child
from gameplan.people.refusals import Refused
from gameplan.web.forms.story import FEDERAL, StoryForm
from gameplan.web.story.path import KEPT_AS, Story, story_of
from gameplan.web.story.screens import ChildScreen, FactScreen, Screen
from gameplan.web.story.telling import keep_tellings

NOT_KEPT = frozenset({"csrfmiddlewaretoken", "go", "form_key"})


@dataclass(frozen=True, slots=True)
class Desk:
    """Where one person answers the questions of one case."""

    case: Case
    person: Person
    story: Story

    def typed(self, screen: Screen) -> dict[str, Any]:
        """What is typed on a screen and not yet saved; not what arrives late from a form that was saved."""
        kept = drafts.kept(self.person, draft_name(screen.slug), self.case)
        from_form = kept.pop("form_key", None)
        saved = self.story.answers.get(screen.slug, {}).get("key")
        return {} if from_form and from_form == saved else kept

    def keep_typed(self, screen: Screen, post: QueryDict) -> None:
        """Keep what is typed, and in which form. Raises Refused for broken letters."""
        typed = {**typed_in(post), "form_key": post.get("form_key", "")}
        drafts.keep(self.person, draft_name(screen.slug), typed, self.case)

    def keep_if_possible(self, screen: Screen, post: QueryDict) -> None:
        """The same, for someone who goes elsewhere: what no database can hold is let go."""
        with suppress(Refused):
            self.keep_typed(screen, post)

    @transaction.atomic
    def answer(self, screen: Screen, form: StoryForm, today: date) -> bool:
        """Make the case say what the form says; True if facts came of it.

        Raises Refused, and then nothing is written.
        """
        said, key = form.cleaned_data, form.cleaned_data.get("form_key") or uuid4()
        made = self._tell(screen, said, key, today)
        self._note(screen.slug, {"said": typed_in(form.data), "made": made, "key": str(key)})
        drafts.drop(self.person, draft_name(screen.slug), self.case)
        return made

    def skip(self, slug: str) -> None:
        """Remember that a question was left for later; an answer that was given stays."""
        if slug not in self.story.answers:
            self._note(slug, {"skipped": True})

    def _tell(self, screen: Screen, said: Mapping[str, Any], key: UUID, today: date) -> bool:
        if isinstance(screen, ChildScreen):
            told: dict[str, Any] = {name: said[name] for name in screen.columns}
            if told.get("state") in ("", FEDERAL):
                told["state"] = None
            child = replace(self.story.told.child, **told)
            if child != self.story.told.child:
                change_child(self.case, by=self.person, child=child)
            return False
        if not isinstance(screen, FactScreen):
            return False
        facts, before = screen.tell(said, today), self.story.found(screen)
        keep_tellings(self.case, by=self.person, before=before, told=facts, form_key=key)
        return any(facts.values())

    def _note(self, slug: str, answer: Mapping[str, Any]) -> None:
        """Write one answer beside the others, as they are now."""
        now = story_of(self.story.told, self.case, self.person).answers
        drafts.keep(self.person, KEPT_AS, {**now, slug: dict(answer)}, self.case)


def draft_name(slug: str) -> str:
    """Under which name the typing on a screen is kept."""
    return f"{KEPT_AS}-{slug}"


def typed_in(post: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, without the form's own marks."""
    return {name: post[name] for name in post if name not in NOT_KEPT}
