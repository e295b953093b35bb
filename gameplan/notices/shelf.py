"""Papers that can be delivered, whatever room they lie in: frozen words, their hash, their PDF, in each language.

A room says once where its papers are: `stock("version", find)`. A paper is named "version:p2/1": the sort, and what the
room calls it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.http import Http404

from gameplan.cases.models import Case


@dataclass(frozen=True, slots=True)
class Leaf:
    """A paper in one language. `is_whole`: what is kept still has its hash. `note` says who translated it."""

    lang: str
    title: str
    text: str
    sha256: str
    is_whole: bool
    pdf: Callable[[], bytes]
    translated_by: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A frozen paper as it can be delivered: the original comes first.

    `name` says in a language how a page calls it. `needs_choice`: by e-mail only to who chose that (34 CFR 300.505).
    """

    about: str
    name: Callable[[str], str]
    on: date
    leaves: tuple[Leaf, ...]
    needs_choice: bool = False

    def leaf(self, lang: str) -> Leaf | None:
        """The paper in that language, or None."""
        return next((one for one in self.leaves if one.lang == lang), None)

    @property
    def hashes(self) -> Mapping[str, str]:
        """The hash of each language version."""
        return {leaf.lang: leaf.sha256 for leaf in self.leaves}


class Find(Protocol):
    """How a room finds a paper by its name, if the reader of the case sees it; else it raises Http404."""

    def __call__(self, case: Case, name: str, /) -> Paper:
        """The paper."""


_rooms: dict[str, Find] = {}


def stock(sort: str, find: Find) -> None:
    """Say where papers of a sort are: `find(case, name)` gives one that the case's reader sees, or raises Http404."""
    _rooms[sort] = find


def paper_of(case: Case, about: str) -> Paper:
    """The paper of that name, if the reader of the case sees it. Raises Http404."""
    sort, _, name = about.partition(":")
    find = _rooms.get(sort)
    if find is None or not name:
        raise Http404("There is no such paper.")
    return find(case, name)
