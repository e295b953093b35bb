"""Reading and writing the case file. A broken one gets every fault at once: what, where, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from gameplan.core.calendars import MONDAY_TO_FRIDAY, Closure, SchoolYear
from gameplan.core.entries import EventKind, Field, Vocabulary
from gameplan.core.facts import Attachment, Case, Child, Fact, Rough, SentLetter
from gameplan.core.faults import CaseFileError, Fault, Reader, nearest, shown
from gameplan.core.record_shapes import SHAPES, read_records

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SIDES = (
    "parent", "student", "school", "new-school", "old-school", "team-member", "sea", "state", "hearing-officer",
    "mediator", "part-c", "party", "anyone", "federal", "authorities", "system", "other",
)  # fmt: skip
# What stands for no State: somebody asks about federal law alone.
FEDERAL_ONLY = "US"
# An answer that somebody looked for and does not know. It counts as open, and is asked for where it would matter.
NOT_KNOWN = "not-known"
CASE_KEYS = (
    "gameplan", "child", "calendars", "facts", "attachments", "letters", "plans", "consents", "signatures", *SHAPES,
)  # fmt: skip
CHILD_KEYS = ("name", "born", "state", "grade", "school", "district")
YEAR_KEYS = ("school_year", "first_day", "last_day", "closed", "open", "weekdays")
FACT_KEYS = (
    "id", "kind", "on", "said_by", "data", "planned", "corrects", "account_of", "withdrawn",
    "note", "written_in", "entered", "attachments",
)  # fmt: skip
ATTACHMENT_KEYS = ("id", "name", "media_type", "sha256", "size", "path")
LETTER_KEYS = (
    "id", "kind", "lang", "fields", "text", "sha256", "finished", "rules", "corrects", "sent", "pdf",
)  # fmt: skip


def read_case(raw: object, vocabulary: Vocabulary) -> Case:
    """The case that a parsed JSON file tells, checked whole.

    Raises CaseFileError with every fault at once; nothing is guessed and nothing is dropped.
    """
    reader = Reader(vocabulary)
    top = reader.table(raw, "case", CASE_KEYS)
    if isinstance(raw, dict):
        _check_version(top, reader)
    case = Case(
        child=_child(top.get("child"), reader),
        calendars=tuple(_years(top.get("calendars"), reader)),
        facts=tuple(_facts(top.get("facts"), reader)),
        attachments=tuple(_attachments(top.get("attachments"), reader)),
        letters=tuple(_letters(top.get("letters"), reader)),
        plans=tuple(_only_named("plans", top, reader)),
        consents=tuple(_only_named("consents", top, reader)),
        signatures=tuple(_only_named("signatures", top, reader)),
        records=read_records(top, reader),
    )
    _check_links(case, reader)
    if reader.faults:
        raise CaseFileError(reader.faults)
    return case


def _check_version(top: Mapping[str, object], reader: Reader) -> None:
    version = top.get("gameplan")
    if version != 1 or isinstance(version, bool):
        reader.fault(
            "case.gameplan",
            f"the format version is {shown(version)}.",
            'This program reads version 1: "gameplan": 1.',
        )


def _child(raw: object, reader: Reader) -> Child:
    if raw is None:
        reader.fault("case.child", "the child is missing.", 'Add "child": {"name": "...", "state": "TX"}.')
        return Child()
    table = reader.table(raw, "child", CHILD_KEYS)
    born = None if table.get("born") is None else reader.day(table["born"], "child.born")
    state = table.get("state")
    if state == FEDERAL_ONLY:
        state = None
    if state is not None and (not isinstance(state, str) or state not in reader.vocabulary.states):
        mend = 'Use the two letters, for example "TX", or leave it out.'
        reader.fault("child.state", f"{shown(state)} is not a State.", mend)
        state = None
    return Child(
        name=reader.text(table.get("name"), "child.name"),
        born=born,
        state=str(state) if state else None,
        grade=_grade(table.get("grade"), reader),
        school=reader.text(table.get("school"), "child.school"),
        district=reader.text(table.get("district"), "child.district"),
    )


def _grade(raw: object, reader: Reader) -> str:
    if isinstance(raw, int) and not isinstance(raw, bool):
        return str(raw)
    return reader.text(raw, "child.grade")


def _years(raw: object, reader: Reader) -> Iterable[SchoolYear]:
    for index, row in enumerate(reader.rows(raw, "calendars")):
        year = _year(row, f"calendars[{index}]", reader)
        if year:
            yield year


def _year(raw: object, where: str, reader: Reader) -> SchoolYear | None:
    table = reader.table(raw, where, YEAR_KEYS)
    first, last = (reader.day(table.get(key), f"{where}.{key}") for key in ("first_day", "last_day"))
    name = reader.text(table.get("school_year"), f"{where}.school_year")
    if not first or not last:
        return None
    if not first < last:
        reader.fault(
            f"{where}.last_day",
            f"the last day {last} is not after the first day {first}.",
            "Check both days.",
        )
        return None
    if (last - first).days > 400:
        reader.fault(
            f"{where}.last_day",
            "the school year is longer than 400 days.",
            "Write one entry for each school year.",
        )
    closed = [
        _closure(row, f"{where}.closed[{i}]", reader)
        for i, row in enumerate(reader.rows(table.get("closed"), f"{where}.closed"))
    ]
    extra = [
        reader.day(row, f"{where}.open[{i}]") for i, row in enumerate(reader.rows(table.get("open"), f"{where}.open"))
    ]
    return SchoolYear(
        name, first, last, tuple(c for c in closed if c), tuple(d for d in extra if d),
        _weekdays(table.get("weekdays"), f"{where}.weekdays", reader),
    )  # fmt: skip


def _closure(raw: object, where: str, reader: Reader) -> Closure | None:
    name = ""
    if isinstance(raw, dict):
        table = reader.table(raw, where, ("from", "to", "name"))
        name = reader.text(table.get("name"), f"{where}.name")
        first = reader.day(table.get("from"), f"{where}.from")
        last = reader.day(table.get("to", table.get("from")), f"{where}.to")
    elif isinstance(raw, list):
        if len(raw) != 2:
            reader.fault(where, "a break needs two days.", 'Write ["first day", "last day"].')
            return None
        first, last = reader.day(raw[0], f"{where}[0]"), reader.day(raw[1], f"{where}[1]")
    else:
        first = last = reader.day(raw, where)
    if not first or not last:
        return None
    if last < first:
        reader.fault(where, f"the break ends on {last}, before it begins on {first}.", "Put the first day first.")
        return None
    if (last - first).days > 200:
        reader.fault(where, "a break longer than 200 days cannot be right.", "Check both days.")
        return None
    return Closure(first, last, name)


def _weekdays(raw: object, where: str, reader: Reader) -> frozenset[int]:
    if raw is None:
        return MONDAY_TO_FRIDAY
    days = set()
    for index, row in enumerate(reader.rows(raw, where)):
        if row in WEEKDAYS:
            days.add(WEEKDAYS.index(str(row)))
        else:
            reader.fault(
                f"{where}[{index}]",
                f"{shown(row)} is not a day of the week.",
                "Use mon, tue, wed, thu, fri, sat, sun.",
            )
    return frozenset(days) or MONDAY_TO_FRIDAY


def _facts(raw: object, reader: Reader) -> Iterable[Fact]:
    if raw is None:
        reader.fault(
            "case.facts", "the list of facts is missing.", 'Add "facts": [], even if nothing has happened yet.'
        )
    for index, row in enumerate(reader.rows(raw, "facts")):
        fact = _fact(row, f"facts[{index}]", reader)
        if fact:
            yield fact


def check_fact(raw: object, vocabulary: Vocabulary) -> tuple[Fact | None, list[Fault]]:
    """One fact and what is wrong with it, for whoever takes facts one at a time. Links are not checked here."""
    reader = Reader(vocabulary)
    fact = _fact(raw, "fact", reader)
    return (None if reader.faults else fact), reader.faults


def _fact(raw: object, where: str, reader: Reader) -> Fact | None:
    table = reader.table(raw, where, FACT_KEYS)
    if not table:
        return None
    fact_id = reader.text(table.get("id"), f"{where}.id", required=True)
    label = f"{where} ({fact_id})" if fact_id else where
    kind = reader.vocabulary.kinds.get(str(table.get("kind")))
    if kind is None:
        known = tuple(reader.vocabulary.kinds)
        reader.fault(
            f"{label}.kind",
            f"{shown(table.get('kind'))} is not a kind of fact.",
            nearest(str(table.get("kind")), known),
        )
    on = _fact_day(table, kind, label, reader)
    said_by = table.get("said_by", "parent")
    if said_by not in SIDES:
        reader.fault(f"{label}.said_by", f"{shown(said_by)} is not a side.", f"Use one of {', '.join(SIDES)}.")
    data = _data(table.get("data"), kind, f"{label}.data", reader)
    first_day = on.first if isinstance(on, Rough) else on
    if kind and isinstance(on, Rough):
        data.setdefault(kind.main_date, on)
    entered = reader.table(table.get("entered") or {}, f"{label}.entered", ("at", "by"))
    written = reader.table(table.get("written_in") or {}, f"{label}.written_in", ("document", "page"))
    if kind is None or first_day is None:
        return None
    return Fact(
        id=fact_id, kind=kind.id, on=first_day, data=data, said_by=str(said_by),
        planned=reader.flag(table.get("planned"), f"{label}.planned"),
        corrects=reader.text(table.get("corrects"), f"{label}.corrects") or None,
        account_of=reader.text(table.get("account_of"), f"{label}.account_of") or None,
        withdrawn=reader.flag(table.get("withdrawn"), f"{label}.withdrawn"),
        note=reader.text(table.get("note"), f"{label}.note"),
        written_in={key: reader.text(value, f"{label}.written_in.{key}") for key, value in written.items()},
        entered_at=reader.text(entered.get("at"), f"{label}.entered.at"),
        entered_by=reader.text(entered.get("by"), f"{label}.entered.by"),
        attachments=_names(table.get("attachments"), f"{label}.attachments", reader),
    )  # fmt: skip


def _names(raw: object, where: str, reader: Reader) -> tuple[str, ...]:
    return tuple(reader.text(name, where) for name in reader.rows(raw, where))


def _fact_day(table: Mapping[str, object], kind: EventKind | None, label: str, reader: Reader) -> date | Rough | None:
    if "on" in table:
        return reader.day_or_rough(table["on"], f"{label}.on")
    data = table.get("data")
    if kind and isinstance(data, dict) and kind.main_date in data:
        return reader.day_or_rough(data[kind.main_date], f"{label}.data.{kind.main_date}")
    reader.fault(f"{label}.on", "the day it happened is missing.", 'Add "on": "YYYY-MM-DD".')
    return None


def _data(raw: object, kind: EventKind | None, where: str, reader: Reader) -> dict[str, object]:
    if raw is None:
        return {}
    if kind is None:
        return {}
    names = tuple(one.name for one in kind.fields)
    table = reader.table(raw, where, names)
    found: dict[str, object] = {}
    for name, value in table.items():
        shape = kind.field(name)
        if shape and value is not None:
            found[name] = _value(value, shape, f"{where}.{name}", reader)
    return found


def _value(raw: object, shape: Field, where: str, reader: Reader) -> object:
    if raw == NOT_KNOWN:
        return raw
    if shape.type == "date":
        return reader.day_or_rough(raw, where)
    if shape.type == "boolean":
        return reader.flag(raw, where)
    if shape.type == "number":
        if isinstance(raw, int | float) and not isinstance(raw, bool):
            return raw
        reader.fault(where, f"expected a number, found {shown(raw)}.", "Write the number without quotes.")
        return None
    if shape.type in ("list", "dates"):
        rows = [raw] if isinstance(raw, str) else reader.rows(raw, where)
        if shape.type == "dates":
            return tuple(day for i, row in enumerate(rows) if (day := reader.day(row, f"{where}[{i}]")))
        return tuple(_word(row, shape, f"{where}[{i}]", reader) for i, row in enumerate(rows))
    return _word(raw, shape, where, reader)


def _word(raw: object, shape: Field, where: str, reader: Reader) -> str:
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        raw = str(raw)
    word = reader.text(raw, where)
    if shape.values and word and word not in shape.values:
        reader.fault(where, f'"{word}" is not one of the answers.', nearest(word, shape.values))
    return word


def _attachments(raw: object, reader: Reader) -> Iterable[Attachment]:
    for index, row in enumerate(reader.rows(raw, "attachments")):
        where = f"attachments[{index}]"
        table = reader.table(row, where, ATTACHMENT_KEYS)
        size = table.get("size", 0)
        if not isinstance(size, int) or isinstance(size, bool) or size < 0:
            reader.fault(f"{where}.size", f"{shown(size)} is not a size.", "Write the number of bytes.")
            size = 0
        words = {
            key: reader.text(table.get(key), f"{where}.{key}", required=key == "id")
            for key in ATTACHMENT_KEYS
            if key != "size"
        }
        yield Attachment(size=size, **words)


def _letters(raw: object, reader: Reader) -> Iterable[SentLetter]:
    for index, row in enumerate(reader.rows(raw, "letters")):
        where = f"letters[{index}]"
        table = reader.table(row, where, LETTER_KEYS)
        words = {
            key: reader.text(table.get(key), f"{where}.{key}", required=key in ("id", "kind"))
            for key in ("id", "kind", "lang", "text", "sha256", "finished", "pdf")
        }
        raw_fields = table.get("fields")
        if raw_fields is not None and not isinstance(raw_fields, dict):
            reader.fault(
                f"{where}.fields", f"expected an object, found {shown(raw_fields)}.", 'Write {"name": "words"}.'
            )
        yield SentLetter(
            **words,
            fields={
                k: reader.text(v, f"{where}.fields.{k}")
                for k, v in (raw_fields if isinstance(raw_fields, dict) else {}).items()
            },
            rules=tuple(reader.text(r, f"{where}.rules") for r in reader.rows(table.get("rules"), f"{where}.rules")),
            corrects=reader.text(table.get("corrects"), f"{where}.corrects") or None,
            sent=tuple(
                _sending(s, f"{where}.sent[{i}]", reader)
                for i, s in enumerate(reader.rows(table.get("sent"), f"{where}.sent"))
            ),
        )


def _only_named(what: str, top: Mapping[str, object], reader: Reader) -> Iterable[Mapping[str, object]]:
    """Rows that are only looked at as far as each has an id: what stands in them, another room checks."""
    seen: set[str] = set()
    for index, row in enumerate(reader.rows(top.get(what), what)):
        where = f"{what}[{index}]"
        if not isinstance(row, dict):
            reader.fault(where, f"expected an object, found {shown(row)}.", 'Write it as {"id": "p1", ...}.')
            continue
        name = reader.text(row.get("id"), f"{where}.id", required=True)
        if name in seen:
            reader.fault(f"{where}.id", f"two {what} are called {shown(name)}.", "Give each an id of its own.")
        seen.add(name)
        yield row


def _sending(raw: object, where: str, reader: Reader) -> Mapping[str, str]:
    table = reader.table(raw, where, ("how", "on", "to", "receipt", "received", "fact", "at"))
    return {key: reader.text(value, f"{where}.{key}") for key, value in table.items()}


def _check_links(case: Case, reader: Reader) -> None:
    seen = _check_ids(case, reader)
    kept = {one.id for one in case.attachments}
    for index, fact in enumerate(case.facts):
        label = f"facts[{index}] ({fact.id})"
        for name in ("corrects", "account_of"):
            _check_target(getattr(fact, name), f"{label}.{name}", index, fact.id, seen, reader)
        if fact.withdrawn and not fact.corrects:
            reader.fault(f"{label}.withdrawn", "it does not say which fact is taken back.", 'Add "corrects".')
        for name in fact.attachments:
            if name not in kept:
                reader.fault(f"{label}.attachments", f'there is no attachment "{name}".', "List it under attachments.")


def _check_target(
    target: str | None, where: str, index: int, own: str, seen: Mapping[str, int], reader: Reader
) -> None:
    if target is None:
        return
    if target == own or target not in seen:
        reader.fault(where, f'there is no other fact "{target}".', "Name the id of a fact in this file.")
    elif seen[target] > index:
        reader.fault(where, f'"{target}" comes later in the file.', "Put a correction after what it corrects.")


def _check_ids(case: Case, reader: Reader) -> dict[str, int]:
    seen: dict[str, int] = {}
    for index, fact in enumerate(case.facts):
        if fact.id and fact.id in seen:
            reader.fault(
                f"facts[{index}].id",
                f'"{fact.id}" is already the id of facts[{seen[fact.id]}].',
                "Give each fact its own id.",
            )
        seen.setdefault(fact.id, index)
    return seen
