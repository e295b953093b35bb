"""The front door gives all sample families and leads to Ana; each has its page and its plans."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from gameplan.cases.doors import case_for, cases_of
from gameplan.cases.people import HOME
from gameplan.planning import keeping
from gameplan.planning.doors import plans_of
from tests.web.test_tell import home as home_client

home = home_client


@pytest.fixture(autouse=True)
def november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GAMEPLAN_TODAY", "2026-11-27")
    monkeypatch.setattr(keeping, "sheet_pdf", lambda *_sheet, **_mark: b"%PDF-1.7\n")


def test_the_button_gives_all_sample_families_and_leads_to_ana(db: None, home: Client) -> None:
    first, again = (home.post(reverse("web:sample")) for _time in range(2))
    ana, *others = cases_of(HOME)
    assert first["Location"] == again["Location"] == reverse("web:child", args=(ana.pk,))
    page = home.get(reverse("web:front")).content.decode()
    for name in ("Ana", "Diego Morales", "Jasmine Carter", "Noah Bennett"):
        assert f">{name}</a>" in page
    assert page.count("It is made up.") == 4
    for case in (case_for(HOME, other.pk) for other in others):
        assert home.get(reverse("web:child", args=(case.pk,))).status_code == 200
        assert home.get(reverse("web:plans", args=(case.pk,))).status_code == 200
        for plan in plans_of(case):
            assert home.get(reverse("web:plan", args=(case.pk, plan.plan_id))).status_code == 200
