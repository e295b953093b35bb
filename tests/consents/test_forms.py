"""The consent form: its words, what it lacks by the lists of the law, and what each answer does in each State."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from gameplan.law.consent import MEANING, consent_rules
from gameplan.law.contents import NoSuchEntry
from gameplan.law.library import states
from gameplan.letters.consent_form import (
    ASKABLE,
    Asked,
    Item,
    asked_json,
    compose_form,
    consent_kind,
    consent_kinds,
    form_json,
    lacking,
    read_asked,
    read_form,
    revocation_text,
    things,
)  # fmt: skip
from gameplan.tongues import tongue
from tests.consents.golden_forms import EXAMPLES, Example
from tests.reading import ease, grade

ENGLISH = tongue("en")
WHOLE = next(one.asked for one in EXAMPLES if str(one) == "evaluation-texas-en")
BENEFITS = next(one.asked for one in EXAMPLES if str(one) == "public-benefits-en")
NOT_ASKED = {"existing-data", "screening", "mtss-supports", "continued-services", "one-service-not-another",
             "state-extra-consent"}  # fmt: skip


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_a_form_says_what_its_example_says(example: Example) -> None:
    assert example.text() == example.golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_an_example_lacks_nothing_and_travels(example: Example) -> None:
    assert lacking(example.asked) == ()
    assert read_asked(asked_json(example.asked)) == example.asked
    form = compose_form(example.asked, tongue(example.lang))
    assert read_form(form_json(form)) == form
    assert read_form(form_json(form)).sha256 == form.sha256


def test_every_row_of_the_matrix_can_be_asked_or_there_is_nothing_to_ask() -> None:
    rules = {rule.id: rule for rule in consent_rules()}
    assert set(consent_kinds()) == set(rules) - NOT_ASKED
    assert {name for name, rule in rules.items() if rule.needed in ASKABLE} == set(consent_kinds())
    assert set(ASKABLE) < set(MEANING)


@pytest.mark.parametrize("kind", consent_kinds())
@pytest.mark.parametrize("lang", ["en", "es"])
def test_every_kind_composes_in_every_state(kind: str, lang: str) -> None:
    for state in ("", *states()):
        asked = replace(WHOLE, kind=kind, lang=lang, state=state)
        form = compose_form(asked, tongue(lang))
        assert "{" not in form.plain()
        assert things(replace(asked, items=()), tongue(lang))[0].text in form.title


def test_the_words_are_easy_to_read() -> None:
    texts = [line for one in EXAMPLES if one.lang == "en" for line in one.text().splitlines()]
    assert grade(texts) <= 8
    assert ease(line for one in EXAMPLES if one.lang == "es" for line in one.text().splitlines()) >= 60


LACKS: list[tuple[str, dict[str, Any]]] = [
    ("informed", {"why": ""}),
    ("informed", {"understood": ""}),
    ("informed", {"understood": "interpreter", "understood_by": ""}),
    ("informed", {"family_language": ""}),
    ("written", {"child": ""}),
    ("describes", {"how": ""}),
    ("describes", {"items": ()}),
    ("describes", {"items": (Item("i1", "Test"), Item("i2", "Test"))}),
    ("describes", {"why": "x" * 7000}),
    ("lists-records", {"has_records": None}),
    ("lists-records", {"has_records": True}),
    ("lists-records", {"has_records": True, "records": ("The report",), "recipients": ("A clinic",)}),
    ("needed", {"kind": "iep-content", "state": "TX"}),
]


@pytest.mark.parametrize(("item", "change"), LACKS)
def test_what_is_missing_is_named_with_a_mend(item: str, change: dict[str, Any]) -> None:
    found = lacking(replace(WHOLE, **change))
    assert [one.item for one in found] == [item]
    assert all((found[0].text.text, found[0].mend.text))


def test_public_insurance_needs_its_own_notice() -> None:
    found = lacking(replace(BENEFITS, recipients=()))
    assert {one.item for one in found} == {"lists-records", "consent-rule"}


def test_a_weak_rule_says_check_this() -> None:
    for kind, state in (("iep-content", "CA"), ("iep-content", "AL"), ("disclosure", "")):
        text = compose_form(replace(WHOLE, kind=kind, state=state), ENGLISH).plain()
        before_rights = text.split("YOUR RIGHTS")[0].split("This rests on")[1]
        assert "heck" in before_rights or "Ask the State" in before_rights


def test_taking_back_names_what_and_from_when() -> None:
    text = revocation_text("The form.\n", WHOLE.items, date(2025, 9, 12), "Too much.", "en")
    assert "I take back my permission of September 12, 2025." in text
    assert "- I take back: Reading test" in text
    assert text.startswith("The form.\n\n")


def test_what_is_not_there_is_refused() -> None:
    with pytest.raises(NoSuchEntry, match="initial-evaluation"):
        consent_kind("initial-evaluations")
    with pytest.raises(KeyError):
        compose_form(replace(WHOLE, state="ZZ"), ENGLISH)
    with pytest.raises(ValueError, match="tongue speaks"):
        compose_form(Asked("initial-evaluation", "es", date(2025, 9, 10), "Ana"), ENGLISH)
