"""The notices that the law asks for now stand on the page in the reader's language, with the duty that asks."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from gameplan.cases.people import HOME
from gameplan.planning.samples import load_samples
from tests.web import test_facts

home, october = test_facts.home, test_facts.october
ON = date(2025, 10, 15)


@pytest.mark.parametrize(("lang", "said"), [("en", "What the law asks for now:"), ("es", "Lo que la ley pide ahora:")])
def test_the_page_names_the_duty_in_words(db: None, home: Client, october: None, lang: str, said: str) -> None:
    home.cookies["django_language"] = lang
    pages = [home.get(reverse("web:notices", args=(case.pk,))) for case in load_samples(HOME, ON, lang)]
    told = [page.content.decode() for page in pages]
    assert [page.status_code for page in pages] == [200] * len(pages)
    assert not any("Say(" in one for one in told)
    assert any(said in one for one in told)
