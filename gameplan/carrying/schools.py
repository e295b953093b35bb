"""Which of our schools a row means: by id, by national number, or by name."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gameplan.arriving.faults import Faults
from gameplan.cases.names import folded
from gameplan.core.faults import Fault
from gameplan.districts.doors import schools_below
from gameplan.people.models import Organisation


class Schools:
    """The open schools of a place. What a file calls a school is looked up once."""

    def __init__(self, place: Organisation, chosen: Organisation | None = None) -> None:
        self._open = [one for one in schools_below([place.pk]).select_related("parent") if one.closed_on is None]
        self._found: dict[str, Organisation | None] = {}
        self.chosen = chosen

    def find(self, words: str, place: str, faults: Faults) -> Organisation | None:
        """The school, or the chosen one for no words; None, noted where it stands first, if it is none or several."""
        if not words and self.chosen is None:
            what = _("It is not said which school holds this case.")
            faults.note(Fault(place, what, _("Fill in the column school, or choose the school.")))
        if not words:
            return self.chosen
        if words not in self._found:
            self._found[words] = self._look_up(words, place, faults)
        return self._found[words]

    def _look_up(self, words: str, place: str, faults: Faults) -> Organisation | None:
        by_number = [one for one in self._open if words in (one.nces_id, str(one.pk))]
        found = by_number or [one for one in self._open if folded(one.name) == folded(words)]
        if len(found) == 1:
            return found[0]
        if found:
            mend = _("Write its national number (NCES), or its id here.")
            faults.note(Fault(place, _("Several schools here have this name."), mend))
        else:
            mend = _("Write it as it is called here, or add it to the places first.")
            faults.note(Fault(place, _("This school is not known here, or it is closed."), mend))
        return None
