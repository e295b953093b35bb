"""A child moves: the case goes to the new school, the old school keeps a frozen copy, the facts of the move are told.

The old school's duty to send the records (34 CFR 300.323(g)) needs no permission (34 CFR 99.31(a)(2)); the family must
be told (34 CFR 99.34(a)), and reads it here at once. Within one district the public agency stays the same: nothing is
transferred in the sense of the law, and no such facts are told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gameplan.cases import moving
from gameplan.cases.doors import facts_of
from gameplan.cases.models import Case
from gameplan.cases.models_joint import Asking
from gameplan.cases.people import Person
from gameplan.cases.today import today
from gameplan.cases.verbs import record_fact
from gameplan.core.facts import standing_facts
from gameplan.core.faults import Fault
from gameplan.exchange.doorway import packed
from gameplan.people.models import Organisation
from gameplan.people.refusals import Refused

SETTINGS = ("public", "charter", "private-by-agency", "other")


@dataclass(frozen=True, slots=True)
class Move:
    """What is known of a move: the first day at the new school, and what the law asks about it."""

    starts: date
    had_iep: bool
    same_school_year: bool
    setting: str = "public"

    def told(self) -> dict[str, object]:
        """The move as it is kept with the question to the new school."""
        return {
            "starts": self.starts.isoformat(), "had_iep": self.had_iep, "same_school_year": self.same_school_year,
            "setting": self.setting,
        }  # fmt: skip


def move_of(told: dict[str, Any]) -> Move | None:
    """The move that was kept with a question, or None."""
    return Move(**{**told, "starts": date.fromisoformat(told["starts"])}) if told else None


def has_iep(case: Case) -> bool:
    """True if by the facts that the reader sees there is an IEP and services did not end."""
    told = sorted(standing_facts(facts_of(case).facts), key=lambda one: one.on)
    kinds = [one.kind for one in told if one.kind in ("iep-adopted", "services-stopped") and not one.planned]
    return kinds[-1:] == ["iep-adopted"]


def agency_of(organisation: Organisation) -> Organisation:
    """The public agency that a school belongs to: its district, or itself where there is none."""
    above = organisation.parent
    return above if above is not None and above.kind == "district" else organisation


def is_transfer(asking: Asking) -> bool:
    """True if the child comes to another public agency, and not only to another school of the same one."""
    return asking.leaves is not None and agency_of(asking.leaves).pk != agency_of(asking.school).pk


def leave(asking: Asking, *, by: Person) -> None:
    """The school that lets the case go keeps it as it sees it now, frozen."""
    case = moving.as_school(asking.case_id, by)
    moving.keep_copy(case, packed(case), by=by, organisation=asking.leaves)


def tell_move(case: Case, asking: Asking, *, by: Person) -> None:
    """The facts of a move to another public agency: the child started there, records were asked for, and came."""
    move = move_of(asking.move)
    if move is None or asking.leaves is None or not is_transfer(asking):
        return
    old, new = agency_of(asking.leaves), agency_of(asking.school)
    data: dict[str, object] = {
        "date": move.starts, "agency": new.name, "setting": move.setting, "state": _state_of(new, case),
        "had_iep": move.had_iep, "same_school_year": move.same_school_year, "previous_agency": old.name,
        "previous_state": _state_of(old, case),
    }  # fmt: skip
    on = today()
    record_fact(case, by=by, kind="enrolled", on=move.starts, data=data, planned=move.starts > on)
    record_fact(case, by=by, kind="transfer-records-asked", on=on, said_by="new-school", data={"date": on})
    record_fact(case, by=by, kind="transfer-records-sent", on=on, said_by="old-school", data={"date": on})


def _state_of(organisation: Organisation, case: Case) -> str:
    return organisation.state or (organisation.parent.state if organisation.parent else "") or case.child_state


@transaction.atomic
def move_away(case: Case, *, by: Person, on: date, to_state: str = "") -> Case:
    """The child leaves for a school that is not here: the old one keeps a frozen copy, the family is alone again.

    Raises Refused where nobody of the family is there to take it along.
    """
    faults = []
    if case.school is None:
        faults.append(Fault("case", _("No school holds this case."), _("Save the whole case and take it along.")))
    elif not moving.has_family(case):
        what = _("Nobody of the family holds this case yet.")
        mend = _("Invite the family first. Or save the whole case for the new school and leave it here.")
        faults.append(Fault("case", what, mend))
    if faults:
        raise Refused(faults)
    seen = moving.as_school(case.pk, by)
    moving.keep_copy(seen, packed(seen), by=by, organisation=case.school)
    data: dict[str, object] = {"date": on, **({"to_state": to_state} if to_state else {})}
    record_fact(case, by=by, kind="child-moved", on=on, data=data, planned=on > today())
    return moving.let_go(case, by=by)
