"""What anybody may ask: the law, the words of facts, the letters there are, and the guide. No case, no token."""

from __future__ import annotations

from typing import Annotated, Any, Final

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from gameplan.api.answers import Answer, said
from gameplan.api.routes.standing import InLang, On
from gameplan.api.routing import Gives, Needs, route
from gameplan.api.shapes import Json
from gameplan.cases.today import today
from gameplan.core.entries import Clock, EventKind, Law
from gameplan.guide import answer_json
from gameplan.guide import ask as ask_guide
from gameplan.law import law_for, states, vocabulary
from gameplan.law.export import jsonable
from gameplan.letters import kind_of, kinds
from gameplan.tongues import tongue

router = Router(tags=["Law and guide"])
ANYBODY = Needs(with_token=False)
FEDERAL: Final = "us"
Question = Annotated[str, Query(), Field(min_length=1, max_length=300, description="A question in everyday words.")]
State = Annotated[str, Query(), Field(max_length=2, description="Two letters; federal law alone if left out.")]
ENTRY = {
    "id": "initial-evaluation", "pack": "us", "name": "Finish the first evaluation", "area": "evaluation",
    "plain": "Once the school has your signed permission, it has 60 days.", "length": 60, "unit": "calendar-day",
    "cite": ["34 CFR 300.301(c)(1)"], "confidence": "high",
}  # fmt: skip
KIND = {"id": "consent-given", "name": "Permission given", "main_date": "received", "fields": [], "cite": []}
LETTER = {"id": "evaluation-request", "name": "Ask for an evaluation", "about": "…", "topic": "testing", "fields": []}
ANSWER = {"kind": "step", "id": "evaluation", "title": "Testing", "next": "Write a letter.", "page": "evaluation",
          "letters": ["evaluation-request"], "cite": [], "practice": False, "numbers": []}  # fmt: skip


class States(Schema):
    """The States by their two letters."""

    items: dict[str, str]


class EntryRow(Schema):
    """A rule: how long who has for what."""

    id: str
    pack: str = Field(description="us for federal law, else the State.")
    name: str
    area: str
    plain: str
    length: int | None
    unit: str | None
    cite: list[str]
    confidence: str


class Entries(Schema):
    """The rules of a place."""

    items: list[EntryRow]


class EntryShape(Schema):
    """A rule with every word of its entry; several where it changed over the years."""

    items: list[Json]


class KindShape(Schema):
    """A kind of fact, and the fields of its data."""

    id: str
    name: str
    main_date: str
    fields: list[Json]
    cite: list[str]


class Kinds(Schema):
    """Every kind of fact."""

    items: list[KindShape]


class LetterKindShape(Schema):
    """A kind of letter, and what it asks for."""

    id: str
    name: str
    about: str
    topic: str
    fields: list[Json]


class LetterKinds(Schema):
    """Every kind of letter and notice."""

    items: list[LetterKindShape]


class GuideAnswers(Schema):
    """Answers of the guide, the best first."""

    items: list[Json]


@route(router, "GET", "/law/states", ANYBODY, Gives(States, example={"items": {"TX": "Texas"}}), about="The States")
def every_state(request: HttpRequest) -> Answer:
    """The States whose law is here."""
    return said({"items": dict(states())})


@route(router, "GET", "/law/{place}/entries", ANYBODY, Gives(Entries, example={"items": [ENTRY]}),
       about="The rules of a place")  # fmt: skip
def entries(request: HttpRequest, place: str, lang: InLang = "en") -> Answer:
    """Every rule that counts in a State, or of federal law alone (us)."""
    return said({"items": [_entry(one, lang) for one in _law(place).clocks]})


@route(router, "GET", "/law/{place}/entries/{entry_id}", ANYBODY, Gives(EntryShape, example={"items": [ENTRY]}),
       about="One rule")  # fmt: skip
def entry(request: HttpRequest, place: str, entry_id: str) -> Answer:
    """One rule with every word of its entry, as the open data of the law has it."""
    found = [one for one in _law(place).clocks if one.id == entry_id]
    if not found:
        raise Http404("There is no such rule.")
    return said({"items": [jsonable(one) for one in found]})


@route(router, "GET", "/fact-kinds", ANYBODY, Gives(Kinds, example={"items": [KIND]}), about="The kinds of fact")
def fact_kinds(request: HttpRequest, lang: InLang = "en") -> Answer:
    """Every kind of fact, with the fields of its data."""
    return said({"items": [_kind(one, lang) for one in vocabulary().kinds.values()]})


@route(router, "GET", "/letter-kinds", ANYBODY, Gives(LetterKinds, example={"items": [LETTER]}),
       about="The kinds of letter")  # fmt: skip
def letter_kinds(request: HttpRequest, lang: InLang = "en") -> Answer:
    """Every letter and notice that the program can write, and what it asks for."""
    return said({"items": [_letter(one, lang) for one in kinds()]})


@route(router, "GET", "/guide/answers", ANYBODY, Gives(GuideAnswers, example={"items": [ANSWER]}),
       about="Ask the guide")  # fmt: skip
def answers(request: HttpRequest, question: Question, state: State = "", on: On = None, lang: InLang = "en") -> Answer:
    """The next step for a question in everyday words, with its letter, its rule and the State's own numbers."""
    found = ask_guide(question, _law(state or FEDERAL), tongue(lang), on=on or today())
    return said({"items": [answer_json(one) for one in found]})


def _law(place: str) -> Law:
    """The law of a State, or federal law alone. Raises Http404 for a place that is none."""
    code = place.upper()
    if code not in (FEDERAL.upper(), *states()):
        raise Http404("There is no such State.")
    return law_for(None if code == FEDERAL.upper() else code)


def _entry(one: Clock, lang: str) -> dict[str, Any]:
    words = tongue(lang)
    return {
        "id": one.id, "pack": one.pack, "name": words.text(one.name), "area": one.area, "plain": words.text(one.plain),
        "length": one.length, "unit": one.unit or None, "cite": list(one.cite), "confidence": one.confidence,
    }  # fmt: skip


def _kind(one: EventKind, lang: str) -> dict[str, Any]:
    fields = [
        {"name": each.name, "type": each.type, "required": each.required, "values": list(each.values)}
        for each in one.fields
    ]
    return {
        "id": one.id, "name": tongue(lang).text(one.name), "main_date": one.main_date, "fields": fields,
        "cite": list(one.cite),
    }  # fmt: skip


def _letter(kind: str, lang: str) -> dict[str, Any]:
    one = kind_of(kind, lang)
    fields = [
        {"id": each.id, "label": each.label, "help": each.help, "type": each.type, "required": each.required,
         "options": [option.id for option in each.options]}
        for each in one.fields if not each.given
    ]  # fmt: skip
    return {"id": one.id, "name": one.name, "about": one.about, "topic": one.topic, "fields": fields}
