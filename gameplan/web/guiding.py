"""What the pages of the guide share: the State they are read for, and a page ready to be drawn."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from gameplan.core.entries import Law
from gameplan.guide import Number, Page, Shown, Term, facts_of, own_rules, page, pages_at, shown, term
from gameplan.law import law_for
from gameplan.web.lawbook import shelf, words
from gameplan.web.templatetags.look import page_tongue

MY_STATE = "my-state"


def state_of(request: HttpRequest) -> str | None:
    """The State that `?state=` names, None for federal law alone or what is no State."""
    found = shelf.find_place(request.GET.get("state", ""))
    return None if found in (None, shelf.FEDERAL) else found


def place_context(state: str | None) -> dict[str, object]:
    """The State for a page: its code and name, what carries it to the next address, and all States to choose."""
    return {
        "state": state or "",
        "state_name": shelf.place_name(state) if state else "",
        "carry": f"?{urlencode({'state': state})}" if state else "",
        "states": shelf.states_by_name(),
    }


def known_state(state: str | None) -> str | None:
    """The State of a case, None where it is not told or is no State."""
    return state if state in shelf.states_by_name() else None


def page_context(one: Page, state: str | None, *, on: date) -> dict[str, object]:
    """Everything that a page of the guide is drawn from, with the State's own rules where it is about the State."""
    law = law_for(state)
    found = shown(one, law, page_tongue(), on=on)
    return {
        **place_context(state),
        "page": one,
        "shown": found,
        "numbers": [(number, rule_address(number, state)) for number in found.numbers],
        "terms": terms_of(found),
        "facts": facts_of(law, one.lang) if one.id == MY_STATE else (),
        "own": _own(law, on) if one.id == MY_STATE and state else [],
    }


def in_place(stage: str, state: str | None, *, on: date) -> dict[str, object]:
    """The guide for a stage of a case: its page to open in place, and the other pages of that stage."""
    first, *others = pages_at(stage, page_tongue().lang) or (page("noticing", page_tongue().lang),)
    return {**page_context(first, known_state(state), on=on), "others": others[:4]}


def terms_of(found: Shown) -> list[Term]:
    """The words of the field that are marked on a page, in the order in which they stand."""
    names = (run.term for block in found.blocks for line in block.every_line for run in line if run.term)
    return [term(name, found.page.lang) for name in names]


def rule_address(number: Number, state: str | None) -> str:
    """The page of the law with the rule that a number comes from."""
    return reverse("web:law-rule", args=(state or shelf.FEDERAL, number.clock))


def _own(law: Law, on: date) -> Iterable[dict[str, object]]:
    """The rules that a State sets itself, by the areas of the law pages."""
    rules = own_rules(law, on=on)
    for area in shelf.AREAS:
        rows = [
            {"clock": rule, "how_long": words.how_long(rule), "sure": rule.confidence == "high",
             "url": reverse("web:law-rule", args=(law.state, rule.id))}
            for rule in rules if rule.area == area
        ]  # fmt: skip
        if rows:
            yield {"name": shelf.area_name(area), "rows": rows}
