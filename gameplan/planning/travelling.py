"""Plans on their way: as a case file tells them, and taken in from one. All of them, or nothing.

The draft travels as a plan (docs/plans.md), so that a plan file can be made of it with nothing else; what was taken
out, earlier texts, comments, versions and steps travel beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gameplan.cases.doors import note_access
from gameplan.cases.models import LONGEST_ID, Case
from gameplan.cases.named import many_digest, row_digest
from gameplan.cases.people import Person
from gameplan.core.faults import Fault
from gameplan.people.refusals import Refused, unkeepable
from gameplan.people.roles import Side
from gameplan.planning.doors import beside_of, earlier_of, plans_of, remarks_of, standing_of
from gameplan.planning.models import Beside, Cell, Earlier, Remark, Step, Version, Written
from gameplan.planning.named import STEPS, VERSIONS, steps_named
from gameplan.plans.plan import cells, plan_json
from gameplan.plans.plan_file import PlanFileError, read_plan
from gameplan.plans.sheets.hashing import json_hash

Told = Mapping[str, Any]
KEYS = (
    "id", "follows", "begun", "plan", "taken_out", "beside", "earlier", "remarks", "versions", "steps",
)  # fmt: skip


def pdf_path(plan_id: str, number: int) -> str:
    """Where the paper of a version lies beside the case file."""
    return f"papers/{plan_id}-version-{number}.pdf"


def told_plans(case: Case) -> tuple[Told, ...]:
    """The plans of a case as its case file tells them, in the order in which they were begun."""
    plans = list(plans_of(case).order_by("id"))
    for plan in plans:
        plan.case = case
    return tuple(_in_order(_told(plan)) for plan in plans)


def plan_files(case: Case) -> dict[str, bytes]:
    """The paper of each version by its path beside the case file."""
    versions = Version.objects.filter(plan__in=plans_of(case)).select_related("plan")
    return {pdf_path(one.plan.plan_id, one.number): bytes(one.pdf) for one in versions}


def _told(plan: Written) -> dict[str, Any]:
    standing = standing_of(plan)
    inside = {path for path, _value in cells(standing.plan)}
    told = {
        "taken_out": _taken_out(plan, standing.values, inside),
        "beside": [
            {"path": one.path, "value": one.value, "by": one.said_by, "desk": one.desk, "at": _moment(one.at)}
            for one in beside_of(plan)
        ],
        "earlier": [
            {"path": one.path, "value": one.value, "revision": one.revision, "by": one.saved_by,
             "at": _moment(one.saved_at)}
            for one in earlier_of(plan).order_by("id")
        ],
        "remarks": [
            {"path": one.path, "text": one.text, "by": one.said_by, "role": one.role, "at": _moment(one.at),
             "settled": _moment(one.settled_at)}
            for one in remarks_of(plan)
        ],
        "versions": [
            {"number": one.number, "how": one.how, "on": one.on.isoformat(), "data": one.data, "plan": one.content,
             "sha256": one.sha256,
             "note": one.note, "by": one.made_by, "at": one.made_at, "pdf": pdf_path(plan.plan_id, one.number)}
            for one in Version.objects.filter(plan=plan).defer("pdf").order_by("number")
        ],
        "steps": [
            {"kind": one.kind, "on": one.on.isoformat(), "version": one.version, "data": one.data,
             "facts": one.fact_ids, "by": one.made_by, "at": one.made_at}
            for one in Step.objects.filter(plan=plan).order_by("id")
        ],
    }  # fmt: skip
    return {
        "id": plan.plan_id, "follows": plan.follows, "begun": {"at": _moment(plan.begun_at), "by": plan.begun_by},
        "plan": plan_json(standing.plan), **{name: value for name, value in told.items() if value},
    }  # fmt: skip


def _taken_out(plan: Written, values: Mapping[str, Any], inside: Collection[str]) -> dict[str, Any]:
    """What was taken out of a plan and can come back, for the side that writes it."""
    if plan.side != plan.case.reader.side:
        return {}
    return {path: value for path, value in values.items() if path not in inside and value not in (None, "", [])}


@transaction.atomic
def keep_plans(
    case: Case, told: Iterable[Told], files: Mapping[str, bytes], *, by: Person, side: Side = Side.FAMILY
) -> None:
    """Keep the plans that a case file tells, for the side that writes on. `files` has each version's paper by its path.

    Call it in the transaction that takes in the case. Raises Refused with every fault, and writes nothing.
    """
    plans = list(told)
    faults = [fault for one in plans for fault in _faults(one, files)]
    if faults:
        raise Refused(faults)
    before = [kind.count(case) for kind in _NAMED]
    for one in plans:
        _keep(case, one, files, by, side)
    for kind, number in zip(_NAMED, before, strict=True):
        _name(case, by, kind, number)


@dataclass(frozen=True, slots=True)
class _Named:
    """A kind of row that the trail names, so many at once: the word for so many, and the rows of a case."""

    many: str
    rows: Callable[[], QuerySet[Any]]

    def of(self, case: Case) -> QuerySet[Any]:
        return self.rows().filter(plan__case=case).order_by("id")

    def count(self, case: Case) -> int:
        return self.of(case).count()


_NAMED = (_Named(VERSIONS.many, Version.objects.all), _Named(STEPS.many, steps_named))


def _name(case: Case, by: Person, kind: _Named, before: int) -> None:
    """Name what came in the trail, if anything came."""
    digests = [row_digest(row) for row in kind.of(case)[before:]]
    if digests:
        about = f"{kind.many}:{before + 1}-{before + len(digests)}"
        note_access(case.pk, by, f"import-{kind.many}", about=about, digest=many_digest(digests))


def _keep(case: Case, told: Told, files: Mapping[str, bytes], by: Person, side: Side) -> None:
    draft, begun = read_plan(told["plan"]), told.get("begun", {})
    plan = Written.objects.create(
        case=case, side=side, plan_id=told["id"], form_id=draft.form.id, lang=draft.language,
        follows=told.get("follows", ""), begun_at=datetime.fromisoformat(begun["at"]), begun_by=begun.get("by", ""),
    )  # fmt: skip
    values = {**dict(cells(draft)), **told.get("taken_out", {})}
    Cell.objects.bulk_create(Cell(plan=plan, path=path, value=value, saved_by=by.id) for path, value in values.items())
    Beside.objects.bulk_create(
        Beside(
            plan=plan, path=one["path"], value=one["value"], said_by=one["by"], desk=one["desk"], at=_when(one["at"])
        )
        for one in told.get("beside", ())
    )
    Earlier.objects.bulk_create(
        Earlier(plan=plan, path=one["path"], value=one["value"], revision=one["revision"], saved_by=one["by"],
                saved_at=_when(one["at"]))
        for one in told.get("earlier", ())
    )  # fmt: skip
    Remark.objects.bulk_create(
        Remark(plan=plan, path=one["path"], text=one["text"], said_by=one["by"], role=one["role"], at=_when(one["at"]),
               settled_at=_when(one["settled"]) if one.get("settled") else None)
        for one in told.get("remarks", ())
    )  # fmt: skip
    Version.objects.bulk_create(
        Version(plan=plan, number=one["number"], how=one["how"], on=date.fromisoformat(one["on"]),
                data=one.get("data", {}), content=one["plan"],
                sha256=one["sha256"], note=one.get("note", ""), made_by=one.get("by", ""), made_at=one.get("at", ""),
                pdf=files[one["pdf"]])
        for one in told.get("versions", ())
    )  # fmt: skip
    Step.objects.bulk_create(
        Step(plan=plan, kind=one["kind"], on=date.fromisoformat(one["on"]), version=one.get("version"),
             data=one.get("data", {}), fact_ids=one.get("facts", []), made_by=one.get("by", ""),
             made_at=one.get("at", ""))
        for one in told.get("steps", ())
    )  # fmt: skip


def _faults(told: Told, files: Mapping[str, bytes]) -> Iterable[Fault]:
    where = f"plans ({str(told.get('id'))[:40]})"
    yield from unkeepable(told, where)
    again = _("Make the file again from the first case.")
    for name in told:
        if name not in KEYS:
            yield Fault(f"{where}.{name}", "this name is not part of the format.", "Take it out.")
    if len(str(told.get("id"))) > LONGEST_ID or "/" in str(told.get("id")):
        yield Fault(f"{where}.id", "this id cannot stand in an address.", "Use letters and numbers.")
    yield from _plan_faults(told.get("plan"), f"{where}.plan")
    for index, one in enumerate(told.get("versions", ())):
        place = f"{where}.versions[{index}]"
        yield from _plan_faults(one.get("plan"), f"{place}.plan")
        if isinstance(one.get("plan"), dict) and json_hash(one["plan"]) != one.get("sha256"):
            yield Fault(f"{place}.plan", _("The plan was changed after it was proposed."), again)
        if one.get("pdf") not in files:
            yield Fault(f"{place}.pdf", _("The PDF of the plan is missing."), again)
    try:
        _shapes(told)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        yield Fault(where, _("Something is not written as it should be: {what}.").format(what=error), again)


def _plan_faults(raw: object, where: str) -> Iterable[Fault]:
    try:
        read_plan(raw)
    except PlanFileError as error:
        yield from (Fault(f"{where}.{one.where}", one.what, one.mend) for one in error.faults)


def _shapes(told: Told) -> None:
    """Raises an error if a day, a moment or a number is not what it should be."""
    datetime.fromisoformat(told["begun"]["at"])
    for one in (*told.get("versions", ()), *told.get("steps", ())):
        date.fromisoformat(one["on"])
        int(one["number"] if "number" in one else one.get("version") or 0)
    for one in (*told.get("beside", ()), *told.get("earlier", ()), *told.get("remarks", ())):
        _when(one["at"])
        str(one["path"] + one["by"])


def _when(moment: str) -> datetime:
    return datetime.fromisoformat(moment)


def _moment(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _in_order(value: Any) -> Any:
    """The same with the names of every table in order: a database may give them in another one."""
    if isinstance(value, dict):
        return {name: _in_order(value[name]) for name in sorted(value)}
    return [_in_order(one) for one in value] if isinstance(value, list) else value
