"""What a screen is. The questions stand in `about_child.py`, `early.py`, `evaluation.py` and `plan.py`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gameplan.core.facts import Child, Fact
from gameplan.web.forms.story import StoryForm
from gameplan.web.story.telling import Slot, Telling

if TYPE_CHECKING:
    from datetime import date

    from django_stubs_ext import StrOrPromise

Said = Mapping[str, Any]
Found = Mapping[str, Fact | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """One question. `lead` is the field that the question itself names; its label is not shown again.

    `asked_if` names earlier answers, as (screen, how the answer begins): the question is asked if one of them
    was given, or if a fact already answers it; without any it is always asked.
    """

    slug: str
    form: type[StoryForm]
    question: StrOrPromise
    why: StrOrPromise
    next: StrOrPromise
    lead: str = "gate"
    asked_if: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildScreen(Screen):
    """A question about the child: `columns` are what it changes."""

    columns: tuple[str, ...]

    def read(self, child: Child) -> dict[str, Any]:
        """What the case already says."""
        return {name: value for name in self.columns if (value := getattr(child, name))}


@dataclass(frozen=True, slots=True, kw_only=True)
class FactScreen(Screen):
    """A question about what happened. `tell` makes the facts of an answer, `read` the answer of the facts."""

    slots: tuple[Slot, ...]
    tell: Callable[[Said, date], Mapping[str, Telling | None]]
    read: Callable[[Found], dict[str, Any]]
