"""For whom a page of a case is written: what its reader may do there, and whose words are "ours"."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.utils.translation import gettext as _

from gameplan.cases.joining import last_asking, open_asking
from gameplan.cases.merging import open_merging
from gameplan.cases.models import Case
from gameplan.cases.models_joint import Asking, Merging
from gameplan.people.roles import Action, Side

FAMILY_DOES = ("parent", "student", "party", "anyone")
SCHOOL_DOES = ("school", "new-school", "team-member", "party", "anyone")
DOES = {Side.FAMILY: FAMILY_DOES, Side.SCHOOL: SCHOOL_DOES, Side.NEITHER: ()}


@dataclass(frozen=True)
class Reading:
    """Who reads a case: on which side, and what this side may do there."""

    case: Case

    @property
    def side(self) -> str:
        """family, school or neither."""
        return self.case.reader.side.value

    @property
    def is_family(self) -> bool:
        """True on the family's side."""
        return self.case.reader.side is Side.FAMILY

    @property
    def is_joined(self) -> bool:
        """True if a school holds the case together with the family."""
        return self.case.school_id is not None

    @property
    def voice(self) -> str:
        """Whose account is the reader's own, as facts say it; empty for who stands on neither side."""
        return {Side.FAMILY: "parent", Side.SCHOOL: "school"}.get(self.case.reader.side, "")

    @property
    def does(self) -> tuple[str, ...]:
        """Whose options are the reader's own, as the law names them."""
        return DOES[self.case.reader.side]

    @property
    def writes(self) -> bool:
        """True if the reader may add to the case."""
        return Action.WRITE in self.case.can

    @property
    def has_desk(self) -> bool:
        """True if the reader writes the family's letters."""
        return Action.LETTER in self.case.can

    @property
    def takes_along(self) -> bool:
        """True if the reader may take a copy out."""
        return Action.SHARE in self.case.can

    @property
    def leads(self) -> bool:
        """True if the reader speaks for their side: who else comes in, which school holds the case."""
        return Action.PEOPLE in self.case.can

    def speaker(self, said_by: str) -> str:
        """How a page calls who tells a fact, for its reader."""
        if said_by == "parent":
            return _("We, the family") if self.is_family else _("The family")
        if said_by in ("school", "new-school", "old-school"):
            return _("We, the school") if self.side == Side.SCHOOL else _("The school")
        return _("Someone else")


@dataclass(frozen=True)
class Holding:
    """Who holds a case, and what waits there: for the part of the child's page that tells it."""

    reading: Reading

    @property
    def is_offered(self) -> bool:
        """True where people sign in, and so a school can hold a case."""
        return bool(settings.GAMEPLAN_SHARED)

    @cached_property
    def asking(self) -> Asking | None:
        """The question to a school that is open."""
        return open_asking(self.reading.case)

    @cached_property
    def declined(self) -> Asking | None:
        """The last question, if the school said no to it."""
        last = last_asking(self.reading.case)
        return last if last and last.is_declined else None

    @cached_property
    def merging(self) -> Merging | None:
        """The putting together with another case that is open."""
        return open_merging(self.reading.case)

    @property
    def is_asked_to_merge(self) -> bool:
        """True if the reader's side has not said yes to it yet and can."""
        found = self.merging
        if found is None or not self.reading.leads:
            return False
        return not found.family_yes if self.reading.is_family else bool(found.family_yes)
