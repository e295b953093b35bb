"""A case file out of what the templates tell of one child: facts get their ids, and what points at a row its fact."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from gameplan.arriving.faults import Faults
from gameplan.carrying.told import ToldChild, ToldFact
from gameplan.core.casefile import read_case
from gameplan.core.facts import Case
from gameplan.core.faults import CaseFileError, Fault
from gameplan.law import vocabulary
from gameplan.people.refusals import unkeepable

OF_A_FACT: Final = re.compile(r"facts\[(\d+)\]")


def case_file(child: ToldChild, facts: Sequence[ToldFact], faults: Faults) -> dict[str, Any]:
    """The case of one child as a case file, the facts in the order of their days. What points at no row is noted."""
    ids = {one.fact_key: f"f{number}" for number, one in enumerate(facts, start=1) if one.fact_key}
    rows = []
    for number, one in enumerate(facts, start=1):
        data = dict(one.raw["data"])
        for name, key in one.refs.items():
            if key in ids:
                data[name] = ids[key]
            else:
                what = _("No row of this case has this fact_key: %(column)s.") % {"column": name}
                faults.note(Fault(one.place, what, _("Give the row that is meant this fact_key.")))
        rows.append({**one.raw, "id": f"f{number}", "data": data})
    return {"gameplan": 1, "child": dict(child.child), "facts": rows}


def checked(raw: Mapping[str, Any], places: Sequence[str], place: str, faults: Faults) -> Case | None:
    """The case in a case file, checked whole; None, with faults noted at the rows they came from, if it is wrong.

    `places`: where each fact stands in its file; `place`: where the child does.
    """
    for _broken in unkeepable(raw, "case"):
        mend = _("Type the row again, and save the file as CSV UTF-8.")
        faults.note(Fault(place, _("There is a broken letter in this case."), mend))
        return None
    try:
        return read_case(raw, vocabulary())
    except CaseFileError as error:
        for fault in error.faults:
            found = OF_A_FACT.match(fault.where)
            where = places[int(found[1])] if found else place
            column = fault.where.rpartition(".")[2]
            what = _("The law has no such fact: %(column)s.") % {"column": column}
            faults.note(Fault(where, what, _("Look the kind up in kinds.csv.")))
        return None
