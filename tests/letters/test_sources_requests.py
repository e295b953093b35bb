"""What letters say of requests and answers comes from the latest fact of its sort, and never from a plan."""

from __future__ import annotations

from datetime import date

import pytest

from gameplan.core.facts import Case, Fact, Rough
from gameplan.law import law_for
from gameplan.letters.known import Known
from gameplan.letters.sources_requests import FIELDS_READ, SOURCES
from gameplan.letters.suggestions import SOURCES as ALL

DAY = date(2025, 11, 14)
OCT = date(2025, 10, 1)
NOV = date(2025, 11, 3)
LATER = date(2025, 12, 10)


def said(source: str, *facts: Fact) -> str:
    return SOURCES[source](Known(Case(facts=facts), law_for(None), "en", DAY))


def told(kind: str, on: date, *, planned: bool = False, **data: object) -> Fact:
    named = {name.removesuffix("_"): value for name, value in data.items()}
    return Fact(f"{kind}-{on}", kind, on, named, planned=planned)


ASKED = told("evaluation-requested", OCT, by="parent", sent=date(2025, 9, 29))


@pytest.mark.parametrize(
    ("source", "fact", "words"),
    [
        ("asked.evaluation", ASKED, "2025-09-29"),
        ("asked.evaluation.received", ASKED, "2025-10-01"),
        ("asked.evaluation", told("evaluation-requested", OCT, by="parent"), "2025-10-01"),
        ("asked.evaluation.received", told("evaluation-requested", OCT, by="parent"), ""),
        ("asked.evaluation", told("evaluation-requested", OCT, by="teacher"), ""),
        ("asked.iee", told("iee-requested", OCT, expense="public"), "2025-10-01"),
        ("asked.iee", told("iee-requested", OCT, expense="private"), ""),
        ("asked.consent.evaluation", told("consent-requested", OCT, for_="reevaluation"), "2025-10-01"),
        ("asked.consent.evaluation.for", told("consent-requested", OCT, for_="reevaluation"), "reevaluation"),
        ("asked.consent.evaluation", told("consent-requested", OCT, for_="public-benefits"), ""),
        ("asked.consent.services", told("consent-requested", OCT, for_="initial-services"), "yes"),
        ("given.consent.evaluation", told("consent-given", OCT, for_="initial-evaluation"), "2025-10-01"),
        ("given.consent.services", told("consent-given", OCT, for_="initial-services"), "2025-10-01"),
        ("given.consent.benefits", told("consent-given", OCT, for_="public-benefits"), "2025-10-01"),
        ("done.evaluation", told("evaluation-completed", OCT, type="initial"), "2025-10-01"),
        ("done.evaluation", told("evaluation-completed", OCT, type="section-504"), ""),
        ("offered.iep", told("iep-offered", OCT), "2025-10-01"),
        ("refused.day", told("pwn-sent", OCT, decision="refuse", subject=["fape"]), "2025-10-01"),
        ("refused.evaluation", told("pwn-sent", OCT, decision="refuse", subject=["evaluation"]), "2025-10-01"),
        ("refused.evaluation", told("pwn-sent", OCT, decision="refuse", subject=["fape"]), ""),
        ("refused.evaluation", told("pwn-sent", OCT, decision="propose", subject=["evaluation"]), ""),
        ("refused.matter", told("pwn-sent", OCT, decision="refuse", matter="Speech"), "Speech"),
        ("refused.matter", told("change-requested", OCT, what="An aide"), "An aide"),
    ],
)
def test_a_fact_fills_the_letter(source: str, fact: Fact, words: str) -> None:
    assert said(source, fact) == words


def test_a_request_that_went_out_counts_though_nobody_wrote_down_that_it_came() -> None:
    underway = told("evaluation-requested", NOV, planned=True, by="parent", sent=NOV)
    assert said("asked.evaluation", ASKED, underway) == "2025-11-03"
    assert said("asked.evaluation.received", ASKED, underway) == ""
    assert said("asked.evaluation", told("evaluation-requested", LATER, planned=True, by="parent")) == ""


def test_the_latest_counts_and_nothing_that_is_still_to_come() -> None:
    old, new = (told("iee-requested", day, expense="public") for day in (OCT, NOV))
    assert said("asked.iee", new, old, told("iee-requested", LATER, expense="public")) == "2025-11-03"


def test_a_day_that_is_known_only_roughly_is_not_named() -> None:
    rough = told("iee-requested", OCT, expense="public", date=Rough(OCT, NOV))
    assert said("asked.iee", rough) == ""
    assert said("asked.evaluation", told("evaluation-requested", OCT, by="parent", received=Rough(OCT, NOV))) == ""


@pytest.mark.parametrize("source", SOURCES)
def test_an_empty_case_fills_in_nothing(source: str) -> None:
    assert said(source) == ""
    assert source in ALL


def test_what_is_read_is_in_the_vocabulary() -> None:
    kinds = law_for(None).vocabulary.kinds
    assert all(kinds[kind].field(name) for kind, names in FIELDS_READ.items() for name in names)
