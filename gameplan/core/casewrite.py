"""Writing the case file, and the JSON Schema that documents it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from gameplan.core.calendars import MONDAY_TO_FRIDAY, SchoolYear
from gameplan.core.casefile import FEDERAL_ONLY, NOT_KNOWN, SIDES, WEEKDAYS
from gameplan.core.entries import EventKind, Field, Vocabulary
from gameplan.core.facts import Attachment, Case, Fact, Rough, SentLetter
from gameplan.core.record_shapes import SHAPES, record_schemas

DAY = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
ROUGH = r"\d{4}(-\d{2})?|\d{4}-\d{2}-\d{2}(/\d{4}-\d{2}-\d{2})?"
DAY_OR_ROUGH = {
    "type": "string", "pattern": f"^({ROUGH})$",
    "description": "A day (2025-02-20), or one known roughly: 2025-02, 2025, or 2025-02-20/2025-02-28.",
}  # fmt: skip
TEXT = {"type": "string"}
PLAN = {
    "type": "object", "properties": {"id": {"type": "string", "minLength": 1}}, "required": ["id"],
    "description": "A plan with its versions and all that happened to it, as docs/plans.md says.",
}  # fmt: skip
CONSENT = {**PLAN, "description": "Permission that was asked for, and what was answered, as docs/consents.md says."}
SIGNATURE = {**PLAN, "description": "Something that was signed, by whom and when, as docs/consents.md says."}


def case_json(case: Case) -> dict[str, object]:
    """The case as the JSON object of a case file. `read_case(case_json(case))` gives the same case back."""
    child = case.child
    about = {
        "name": child.name, "born": child.born and child.born.isoformat(), "state": child.state,
        "grade": child.grade, "school": child.school, "district": child.district,
    }  # fmt: skip
    whole: dict[str, object] = {
        "gameplan": 1,
        "child": {key: value for key, value in about.items() if value},
        "calendars": [year_json(year) for year in case.calendars],
        "facts": [fact_json(fact) for fact in case.facts],
    }
    if case.attachments:
        whole["attachments"] = [_attachment_json(one) for one in case.attachments]
    if case.letters:
        whole["letters"] = [_letter_json(one) for one in case.letters]
    for name in ("plans", "consents", "signatures"):
        rows: tuple[Mapping[str, object], ...] = getattr(case, name)
        if rows:
            whole[name] = [dict(one) for one in rows]
    whole |= {name: [dict(one) for one in case.records[name]] for name in SHAPES if case.records.get(name)}
    return whole


def year_json(year: SchoolYear) -> dict[str, object]:
    """One school year as it stands in a case file; what is usual is left out."""
    found: dict[str, object] = {
        "school_year": year.school_year,
        "first_day": year.first_day.isoformat(),
        "last_day": year.last_day.isoformat(),
        "closed": [
            {"from": one.first.isoformat(), "to": one.last.isoformat(), "name": one.name}
            if one.name
            else one.first.isoformat()
            if one.first == one.last
            else [one.first.isoformat(), one.last.isoformat()]
            for one in year.closed
        ],
    }
    if year.open:
        found["open"] = [day.isoformat() for day in year.open]
    if year.weekdays != MONDAY_TO_FRIDAY:
        found["weekdays"] = [WEEKDAYS[number] for number in sorted(year.weekdays)]
    return found


def fact_json(fact: Fact) -> dict[str, object]:
    """One fact as it stands in a case file; what is empty is left out."""
    entered = {key: value for key, value in (("at", fact.entered_at), ("by", fact.entered_by)) if value}
    rest: dict[str, object] = {
        "planned": fact.planned, "corrects": fact.corrects, "account_of": fact.account_of,
        "withdrawn": fact.withdrawn, "note": fact.note, "written_in": dict(fact.written_in),
        "entered": entered, "attachments": list(fact.attachments),
    }  # fmt: skip
    return {
        "id": fact.id,
        "kind": fact.kind,
        "on": fact.on.isoformat(),
        "said_by": fact.said_by,
        "data": {name: plain(fact.data[name]) for name in sorted(fact.data)},
    } | {key: value for key, value in rest.items() if value}


def plain(value: object) -> object:
    """The value as JSON can hold it: days as YYYY-MM-DD, tuples as lists."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Rough):
        return str(value)
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    return value


def _attachment_json(one: Attachment) -> dict[str, object]:
    return {
        "id": one.id, "name": one.name, "media_type": one.media_type,
        "sha256": one.sha256, "size": one.size, "path": one.path,
    }  # fmt: skip


def _letter_json(one: SentLetter) -> dict[str, object]:
    return {
        "id": one.id, "kind": one.kind, "lang": one.lang, "fields": dict(sorted(one.fields.items())), "text": one.text,
        "sha256": one.sha256, "finished": one.finished, "rules": list(one.rules), "corrects": one.corrects,
        "sent": [dict(sending) for sending in one.sent], "pdf": one.pdf,
    }  # fmt: skip


def case_schema(vocabulary: Vocabulary) -> dict[str, object]:
    """The JSON Schema (2020-12) of the case file, each kind of fact with its own data."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:gameplan:case:1",
        "title": "gameplan case file",
        "description": "A child's special-education case: dated facts and school calendars.",
        **_object(
            {
                "gameplan": {"const": 1},
                "child": _child_schema(vocabulary),
                "calendars": {"type": "array", "items": _year_schema()},
                "facts": {
                    "type": "array",
                    "items": {"oneOf": [_fact_schema(k) for k in vocabulary.kinds.values()]},
                },
                "attachments": {"type": "array", "items": _attachment_schema()},
                "letters": {"type": "array", "items": _letter_schema()},
                "plans": {"type": "array", "items": PLAN},
                "consents": {"type": "array", "items": CONSENT},
                "signatures": {"type": "array", "items": SIGNATURE},
                **record_schemas(),
            },
            required=("gameplan", "child", "facts"),
        ),
    }


def _object(properties: Mapping[str, object], required: tuple[str, ...] = ()) -> dict[str, object]:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(required),
        "additionalProperties": False,
    }


def _child_schema(vocabulary: Vocabulary) -> dict[str, object]:
    words = dict.fromkeys(("name", "school", "district"), TEXT)
    states: dict[str, object] = {"enum": [*sorted(vocabulary.states), FEDERAL_ONLY, None]}
    return _object({**words, "grade": {"type": ["string", "integer"]}, "born": DAY, "state": states})


def _year_schema() -> dict[str, object]:
    named = _object({"from": DAY, "to": DAY, "name": TEXT}, required=("from",))
    pair = {"type": "array", "prefixItems": [DAY, DAY], "minItems": 2, "maxItems": 2}
    return _object(
        {
            "school_year": TEXT, "first_day": DAY, "last_day": DAY,
            "closed": {"type": "array", "items": {"anyOf": [DAY, pair, named]}},
            "open": {"type": "array", "items": DAY},
            "weekdays": {"type": "array", "items": {"enum": list(WEEKDAYS)}},
        },
        required=("first_day", "last_day"),
    )  # fmt: skip


def _fact_schema(kind: EventKind) -> dict[str, object]:
    data = _object({one.name: _field_schema(one) for one in kind.fields})
    return {
        "title": kind.name,
        **_object(
            {
                "id": {"type": "string", "minLength": 1}, "kind": {"const": kind.id}, "on": DAY_OR_ROUGH,
                "said_by": {"enum": list(SIDES)}, "data": data, "planned": {"type": "boolean"},
                "corrects": {"type": ["string", "null"]}, "account_of": {"type": ["string", "null"]},
                "withdrawn": {"type": "boolean"}, "note": TEXT,
                "written_in": _object({"document": TEXT, "page": TEXT}),
                "entered": _object({"at": TEXT, "by": TEXT}),
                "attachments": {"type": "array", "items": TEXT},
            },
            required=("id", "kind"),
        ),
    }  # fmt: skip


def _field_schema(one: Field) -> dict[str, object]:
    open_answer: dict[str, object] = {"enum": [NOT_KNOWN, None]}
    if one.type == "date":
        return {"anyOf": [DAY_OR_ROUGH, open_answer]}
    if one.type in ("boolean", "number"):
        return {"anyOf": [{"type": one.type}, open_answer]}
    word: dict[str, object] = (
        {"enum": [*one.values, NOT_KNOWN, None]} if one.values else {"type": ["string", "number", "null"]}
    )
    if one.type == "dates":
        return {"anyOf": [{"type": "array", "items": DAY}, open_answer]}
    return {"anyOf": [{"type": "array", "items": word}, word]} if one.type == "list" else word


def _attachment_schema() -> dict[str, object]:
    words = dict.fromkeys(("id", "name", "media_type", "sha256", "path"), TEXT)
    return _object({**words, "size": {"type": "integer", "minimum": 0}}, required=("id",))


def _letter_schema() -> dict[str, object]:
    words = dict.fromkeys(("id", "kind", "lang", "text", "sha256", "finished", "pdf"), TEXT)
    sending = _object(dict.fromkeys(("how", "on", "to", "receipt", "received", "fact", "at"), TEXT))
    more: dict[str, object] = {
        "fields": {"type": "object", "additionalProperties": TEXT},
        "rules": {"type": "array", "items": TEXT},
        "corrects": {"type": ["string", "null"]},
        "sent": {"type": "array", "items": sending},
    }
    return _object({**words, **more}, required=("id", "kind"))
