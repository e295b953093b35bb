"""What if, and the ways to disagree: they only look; nothing of what is supposed is recorded anywhere."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gameplan.cases import verbs
from gameplan.cases.models import Access, Case, Draft, Entry
from gameplan.cases.people import HOME
from gameplan.core.calendars import SchoolYear
from gameplan.core.facts import Child
from tests.web.test_tell import home as home_client

home = home_client
CONSENT = {"received": date(2025, 9, 15), "for": "initial-evaluation"}
DONE = "evaluation-completed:2025-12-10:type=initial"
LATER = "consent-given:2025-10-01:for=initial-evaluation,instead=f2"


@pytest.fixture(autouse=True)
def november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GAMEPLAN_TODAY", "2025-11-01")


@pytest.fixture
def case(db: None) -> Case:
    made = verbs.start_case(HOME, child=Child("Ana", date(2016, 5, 2), "TX", "3"))
    verbs.save_calendar(made, by=HOME, year=SchoolYear("2025-26", date(2025, 8, 13), date(2026, 5, 21)))
    asked = {"received": date(2025, 9, 3), "type": "initial", "by": "parent", "written": True}
    verbs.record_fact(made, by=HOME, kind="evaluation-requested", on=date(2025, 9, 3), data=asked)
    verbs.record_fact(made, by=HOME, kind="consent-given", on=date(2025, 9, 15), data=CONSENT)
    return made


def ask(client: Client, case: Case, name: str, *where: str, **query: object) -> Any:
    return client.get(reverse(f"web:{name}", args=(case.pk, *where)) + "?" + urlencode(query, doseq=True))


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_what_is_supposed_is_set_beside_what_is(case: Case, home: Client) -> None:
    page = words(ask(home, case, "what-if", s=LATER))
    assert "Moves to another day" in page
    assert "by November 17, 2025" in page
    assert "by December 3, 2025" in page
    assert "Both sides are seen from today" in page


def test_a_day_ahead_is_looked_at_from_that_day(case: Case, home: Client) -> None:
    page = words(ask(home, case, "what-if", s=DONE))
    assert "Both sides are seen from December 10, 2025" in page
    assert "Opens: Ask the school to pay for an evaluation" in page


def test_another_day_alone_shows_what_time_brings(case: Case, home: Client) -> None:
    page = words(ask(home, case, "what-if", day="2025-12-24"))
    assert "This is how it would stand on December 24, 2025" in page
    assert "Late" in page


def test_several_suppositions_stand_together_and_each_can_be_left_out(case: Case, home: Client) -> None:
    answer = ask(home, case, "what-if", s=[DONE, LATER])
    assert len(answer.context["supposed"]) == 2
    only = home.get(answer.context["supposed"][0][2])
    assert [fact.id for fact in only.context["asked"].facts] == ["f2"]


def test_the_form_leads_on_to_what_would_change(case: Case, home: Client) -> None:
    answer = ask(home, case, "suppose", "evaluation-completed", on="2025-12-10", data_type="initial", s=LATER)
    assert answer.status_code == 302
    assert len(home.get(answer["Location"]).context["supposed"]) == 2


def test_a_form_without_a_day_says_what_is_missing(case: Case, home: Client) -> None:
    answer = ask(home, case, "suppose", "evaluation-completed", on="")
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


def test_the_form_asks_only_for_the_day_and_what_rules_read(case: Case, home: Client) -> None:
    fields = set(ask(home, case, "suppose", "consent-given").context["form"].fields)
    assert {"on", "data_for"} <= fields
    assert not fields & {"said_by", "note", "paper", "form_key", "data_scope"}


def test_a_fact_of_the_case_fills_the_form_in(case: Case, home: Client) -> None:
    answer = ask(home, case, "suppose", "consent-given", instead="f2")
    assert "September 15, 2025" in words(answer)
    assert 'value="initial-evaluation" selected' in answer.content.decode()
    assert ask(home, case, "suppose", "consent-given", instead="f9").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        {"s": "nope:1"},
        {"s": [DONE] * 13},
        {"s": "consent-given:2025-10-01:for=x"},
        {"day": "soon"},
        {"s": "<script>:2025-10-01"},
    ],
)
def test_what_cannot_be_read_is_said_and_the_page_still_stands(case: Case, home: Client, query: dict[str, Any]) -> None:
    answer = ask(home, case, "what-if", **query)
    assert answer.status_code == 422
    assert "<script>:" not in answer.content.decode()


def test_nothing_is_recorded(case: Case, home: Client) -> None:
    home.get(reverse("web:child", args=(case.pk,)))
    case.refresh_from_db()
    before = (case.revision, Entry.objects.count(), Draft.objects.count(), Access.objects.count())
    with CaptureQueriesContext(connection) as asked:
        for query in ({"s": LATER}, {"s": [DONE, LATER], "day": "2026-01-05"}, {"day": "2025-12-24"}, {}):
            assert ask(home, case, "what-if", **query).status_code == 200
        for query in ({}, {"instead": "f2"}, {"on": ""}, {"on": "2025-12-10", "data_for": "initial-evaluation"}):
            ask(home, case, "suppose", "consent-given", **query)
        assert ask(home, case, "ways").status_code == 200
    case.refresh_from_db()
    assert (case.revision, Entry.objects.count(), Draft.objects.count(), Access.objects.count()) == before
    assert not [q for q in asked.captured_queries if not q["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE"))]


def test_a_first_look_is_noted_as_a_look_and_as_nothing_else(case: Case, home: Client) -> None:
    before = Access.objects.count()
    ask(home, case, "what-if", s=LATER)
    ask(home, case, "suppose", "consent-given", on="2025-10-01")
    assert list(Access.objects.order_by("pk").values_list("action", flat=True))[before:] in ([], ["read"])


def test_the_childs_page_leads_to_both(case: Case, home: Client) -> None:
    page = words(home.get(reverse("web:child", args=(case.pk,))))
    assert reverse("web:ways", args=(case.pk,)) in page
    assert reverse("web:what-if", args=(case.pk,)) in page
    assert "What the school must not do" in page


def test_a_step_of_disagreement_shows_the_ways_first(case: Case, home: Client) -> None:
    there = "Look at them side by side"
    assert there not in words(home.get(reverse("web:child", args=(case.pk,))))
    refused = {"given": date(2025, 10, 20), "decision": "refuse", "subject": ("evaluation",)}
    verbs.record_fact(case, by=HOME, kind="pwn-sent", on=date(2025, 10, 20), said_by="school", data=refused)
    assert there in words(home.get(reverse("web:child", args=(case.pk,))))


def test_the_reasons_of_a_duty_ask_what_if(case: Case, home: Client) -> None:
    answer = home.get(reverse("web:why", args=(case.pk, "TX", "initial-evaluation", "f2")))
    page = answer.content.decode()
    assert f"{reverse('web:suppose', args=(case.pk, 'consent-given'))}?instead=f2" in page
    assert f"{reverse('web:suppose', args=(case.pk, 'evaluation-completed'))}?data_type=initial" in page
    assert all(home.get(one.url).status_code == 200 for one in answer.context["what_ifs"])


def test_the_ways_stand_side_by_side_with_their_last_day(case: Case, home: Client) -> None:
    wrong = {"date": date(2025, 10, 1), "what": "no answer"}
    verbs.record_fact(case, by=HOME, kind="violation-happened", on=date(2025, 10, 1), data=wrong)
    page = words(ask(home, case, "ways"))
    assert page.count("Open until September 30, 2026") == 2  # once in the cards, once in the table
    assert "Your child stays put" in page
    assert "what happened on November 1, 2024 or later" in page


def test_every_way_can_be_begun_or_supposed_at_an_address_that_is_there(case: Case, home: Client) -> None:
    answer = ask(home, case, "ways")
    for _group, _name, found in answer.context["groups"]:
        for way in found:
            assert all(home.get(url).status_code == 200 for url in (way.url, way.what_if) if url)


def test_what_the_school_must_not_do_names_the_rule(case: Case, home: Client) -> None:
    answer = ask(home, case, "ways")
    shown = [*answer.context["never"], *answer.context["elsewhere"]]
    assert {"no-silent-refusal", "no-bare-denial", "no-delay-by-mtss"} <= {option.id for option in shown}
    assert all(option.cite for option in shown)
