"""What a delivery means on the timeline: the notice was given, told once, and received where that is known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from gameplan.cases.doors import facts_of
from gameplan.cases.verbs import correct_fact, record_fact
from gameplan.core.casefile import check_fact
from gameplan.core.casewrite import plain
from gameplan.core.entries import EventKind
from gameplan.core.facts import Fact, standing_facts
from gameplan.core.faults import Fault
from gameplan.law import vocabulary
from gameplan.letters import Record, data_of, kind_of, kinds, recorded
from gameplan.notices.keeping import sender_of
from gameplan.notices.models import Delivery, Notice
from gameplan.people.refusals import Refused

RECEIVED = "received"


def tell(delivery: Delivery) -> None:
    """Puts the fact of a delivered notice on the timeline, or adds to it when it was received; sets `fact_id`.

    Every delivery of one notice, and of those that it corrects, tells one fact. The delivery is not saved here. What
    cannot be told never undoes what was sent: `reason` then says why.
    """
    notice = notice_of(delivery)
    record = record_of(notice) if notice else None
    if notice is None or record is None:
        return
    try:
        with transaction.atomic():
            delivery.fact_id = _told(delivery, notice, record)
    except Refused as refused:
        delivery.reason = str(refused)


def notice_of(delivery: Delivery) -> Notice | None:
    """The notice that is delivered, or None if it is another paper."""
    sort, _, notice_id = delivery.about.partition(":")
    return Notice.objects.filter(case=delivery.case, notice_id=notice_id).first() if sort == "notice" else None


def record_of(notice: Notice) -> Record | None:
    """What delivering this notice records, if anything: some notices record it only where a field says so."""
    return recorded(kind_of(notice.kind).records, _values(notice)) if notice.kind in kinds() else None


def faults_of(kind: str, values: Mapping[str, str], on: date) -> list[Fault]:
    """What keeps the fact of such a notice from the timeline; asked before it is finished."""
    record = recorded(kind_of(kind).records, values)
    if record is None:
        return []
    data = _data(vocabulary().kinds[record.kind], record, values, on)
    _fact, faults = check_fact({"id": "new", "kind": record.kind, "on": on.isoformat(), "data": data}, vocabulary())
    return list(faults)


def _told(delivery: Delivery, notice: Notice, record: Record) -> str:
    case, by = delivery.case, sender_of(delivery)
    kind = vocabulary().kinds[record.kind]
    data = _data(kind, record, _values(notice), delivery.on)
    data |= {name: value for name, value in _of_delivery(delivery, notice).items() if kind.field(name)}
    standing = standing_facts(facts_of(case).facts)
    known = _known(delivery, notice, standing) or _told_elsewhere(delivery, standing, kind, data)
    if known is None:
        fact = _checked(record.kind, delivery.on, data)
        return record_fact(
            case, by=by, kind=record.kind, on=delivery.on, data=fact.data, said_by="school"
        ).fact_id  # fmt: skip
    if RECEIVED in data and RECEIVED not in known.data:
        now = {name: plain(value) for name, value in known.data.items()} | {RECEIVED: data[RECEIVED]}
        checked = _checked(known.kind, known.on, now)
        return correct_fact(case, by=by, fact_id=known.id, on=known.on, data=checked.data, note=known.note).fact_id
    return known.id


def _known(delivery: Delivery, notice: Notice, standing: tuple[Fact, ...]) -> Fact | None:
    """The fact that still stands from an earlier delivery of this notice, or of one that it corrects."""
    abouts = [notice.about]
    while notice.corrects:
        notice = Notice.objects.get(case=notice.case, notice_id=notice.corrects)
        abouts.append(notice.about)
    told = Delivery.objects.filter(case=delivery.case, about__in=abouts).exclude(fact_id="")
    ids = {delivery.fact_id, *told.values_list("fact_id", flat=True)}
    later = {fact.corrects: fact.id for fact in facts_of(delivery.case).facts if fact.corrects}
    for fact_id in list(ids):
        while fact_id in later:
            fact_id = later[fact_id]
            ids.add(fact_id)
    return next((fact for fact in standing if fact.id in ids), None)


def _told_elsewhere(
    delivery: Delivery, standing: tuple[Fact, ...], kind: EventKind, data: Mapping[str, object]
) -> Fact | None:  # fmt: skip
    """A fact that says the same and that no other notice told, for example when a plan was proposed."""
    ours = set(Delivery.objects.filter(case=delivery.case).exclude(fact_id="").values_list("fact_id", flat=True))
    return next((one for one in standing if one.id not in ours and _is_told(one, kind, data)), None)


def _is_told(there: Fact, kind: EventKind, data: Mapping[str, object]) -> bool:
    """True if a fact of that kind and day contradicts nothing of the notice; its words for the matter may differ."""
    if there.kind != kind.id or plain(there.on) != data[kind.main_date]:
        return False
    said = {name: _in_order(plain(value)) for name, value in there.data.items()}
    open_words = {RECEIVED, "matter"}
    return all(name in open_words or name not in said or said[name] == _in_order(value) for name, value in data.items())


def _in_order(value: object) -> object:
    """A list without regard to its order."""
    return sorted(value) if isinstance(value, list) else value


def _of_delivery(delivery: Delivery, notice: Notice) -> dict[str, object]:
    """What only the delivery knows."""
    said: dict[str, object] = {"language": ", ".join(delivery.leaves), "by_email": delivery.way == "email"}
    if notice.about_event:
        said["about_event"] = notice.about_event
    if delivery.arrived:
        said[RECEIVED] = delivery.arrived.isoformat()
    return said


def _data(kind: EventKind, record: Record, values: Mapping[str, str], on: date) -> dict[str, object]:
    """The data of the fact from the notice's values, as a case file writes them."""
    return {**data_of(record, kind, values), kind.main_date: on.isoformat()}


def _values(notice: Notice) -> Mapping[str, str]:
    return dict(notice.editions.get(is_original=True).values)


def _checked(kind: str, on: date, data: Mapping[str, object]) -> Fact:
    fact, faults = check_fact({"id": "new", "kind": kind, "on": on.isoformat(), "data": dict(data)}, vocabulary())
    if faults or fact is None:
        raise Refused(faults)
    return fact
