"""The law pages: open to everybody, nothing written, and every answer with its reasons and its address."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar
from pytest_django import Settings

from gameplan.config.links import new_token
from gameplan.core.assess import assess
from gameplan.core.facts import Case, Child, Fact
from gameplan.law.library import federal, law_for, state_pack, states
from gameplan.web.lawbook import comparing, shelf, words
from gameplan.web.lawbook.starting import start_of, starts
from gameplan.web.lawbook.worked import worked
from gameplan.web.pictures.tile_map import PLACES
from gameplan.web.views.law import calculator_address

ON = date(2026, 11, 27)
CALENDAR = (
    "August 13 first day of school\nMay 21 last day of school\nSeptember 1 Labor Day\nNovember 24-28 Thanksgiving"
)
CONSENT = {"state": "TX", "start": "consent-given~initial-evaluation", "on": "2025-09-15"}


def asked(client: Client, address: str = "web:law-calculator", **typed: str) -> tuple[int, str]:
    answer = client.get(f"{reverse(address)}?{urlencode({**CONSENT, **typed})}")
    return answer.status_code, answer.content.decode()


# ---- the calculator


def test_the_form_is_a_plain_get_form_that_needs_no_script(client: Client) -> None:
    page = client.get("/law/calculator/").content.decode()
    form = re.search(r'<form class="sheet column stack" id="again"[^>]*>', page)
    assert form
    assert 'method="get"' in form[0]
    assert "hx-" not in page.partition('id="again"')[2].partition("</form>")[0]


def test_an_answer_names_the_day_and_draws_the_count(client: Client) -> None:
    status, page = asked(client, days_off=CALENDAR)
    assert status == 200
    assert "by November 17, 2025" in page
    assert "45 school days after September 15, 2025" in page
    assert 'class="day-calendar"' in page


def test_without_a_calendar_it_says_between_which_days(client: Client) -> None:
    status, page = asked(client)
    assert status == 200
    assert "between November 17, 2025 and" in page
    assert "by November" not in page


def test_a_line_that_may_mean_no_school_makes_a_range(client: Client) -> None:
    sure = asked(client, days_off=f"{CALENDAR}\nOctober 13 no school")[1]
    unsure = asked(client, days_off=f"{CALENDAR}\nOctober 13 teacher workday")[1]
    assert "by November 18, 2025" in sure
    assert "between November 17, 2025 and November 18, 2025" in unsure
    assert "October 13 teacher workday" in unsure


def test_the_first_and_last_day_may_stand_in_their_own_fields(client: Client) -> None:
    listed = "September 1 Labor Day\nNovember 24-28 Thanksgiving"
    page = asked(client, days_off=listed, first_day="2025-08-13", last_day="2026-05-21")[1]
    assert "by November 17, 2025" in page


def test_the_next_school_year_settles_a_count_over_the_summer(client: Client) -> None:
    year = {"first_day": "2025-08-13", "last_day": "2026-05-21"}
    following = {"next_first_day": "2026-08-12", "next_last_day": "2027-05-20"}
    assert "between" in asked(client, on="2026-04-20", **year)[1]
    assert re.search(r"by September \d+, 2026", asked(client, on="2026-04-20", **year, **following)[1])


def test_every_clock_that_the_fact_starts_is_there(client: Client) -> None:
    fact = Fact("f1", "due-process-filed", date(2025, 9, 15), {"received": date(2025, 9, 15), "by": "parent",
                                                               "expedited": False})  # fmt: skip
    standing = assess(Case(child=Child(state="CA"), facts=(fact,)), law_for("CA"), on=fact.on)
    page = asked(client, state="CA", start="due-process-filed", by="parent", expedited="no")[1]
    wanted = {f"date-{duty.pack}-{duty.clock}-" for duty in standing.duties if duty.started_by == "f1"}
    assert len(wanted) > 3
    assert [one for one in wanted if one not in page] == []


def test_federal_law_alone_can_be_asked(client: Client) -> None:
    status, page = asked(client, state="us")
    assert status == 200
    assert "by November 14, 2025" in page


def test_a_day_far_back_gets_no_firm_date(client: Client) -> None:
    status, page = asked(client, on="2001-09-15")
    assert status == 200
    assert "no firm date" in page


def test_the_dates_come_as_a_calendar_file(client: Client) -> None:
    answer = client.get(f"{reverse('web:law-dates')}?{urlencode({**CONSENT, 'days_off': CALENDAR})}")
    assert answer.headers["content-type"].startswith("text/calendar")
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert date(2025, 11, 17) in [event.decoded("dtstart") for event in events]
    assert answer.content == client.get(answer.wsgi_request.get_full_path()).content


def test_all_faults_are_said_at_once_and_what_was_typed_stays(client: Client) -> None:
    status, page = asked(client, state="ZZ", start="no-such-thing", on="soon", days_off="Feb 30 no school")
    assert status == 422
    for typed in ("ZZ", "no-such-thing", "soon", "Feb 30 no school"):
        assert typed in page
    assert page.count('role="alert"') == 1
    assert "This is what follows" not in page


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("on", "1492-10-12", "Check the year."),
        ("on", "", "Fill in the day"),
        ("on", "2025-02-30", "is not a day"),
        ("first_day", "2025-08-13", "last day of school"),
        ("days_off", "Feb 30 no school\n" + CALENDAR, "Feb 30 no school"),
        ("days_off", "x" * 3000, "too long"),
        ("last_day", "2099-01-01", "first day of school"),
    ],
)
def test_a_fault_says_what_to_do(client: Client, name: str, value: str, said: str) -> None:
    status, page = asked(client, **{name: value})
    assert status == 422
    assert said in page


def test_an_unknown_answer_to_a_detail_is_refused(client: Client) -> None:
    status, page = asked(client, start="evaluation-requested~initial", by="<b>nobody</b>")
    assert status == 422
    assert "<b>nobody" not in page


def test_the_dates_of_a_faulty_question_are_no_file(client: Client) -> None:
    answer = client.get(f"{reverse('web:law-dates')}?state=ZZ&on=")
    assert answer.status_code == 422
    assert answer.headers["content-type"].startswith("text/html")


def test_asking_leaves_nothing_behind(client: Client) -> None:
    answer = client.get(f"{reverse('web:law-calculator')}?{urlencode(CONSENT)}")
    assert set(answer.cookies) <= {name for name in answer.cookies if name.startswith("gameplan-form")}


@pytest.mark.parametrize("start", starts())
def test_every_start_gets_an_answer(client: Client, start: str) -> None:
    status, page = asked(client, start=start, state="NY")
    assert status == 200
    assert "This is what follows" in page


# ---- rules


@pytest.mark.parametrize("place", ["us", "TX", "tx", "NY"])
def test_a_place_lists_all_its_rules(client: Client, place: str) -> None:
    page = client.get(f"/law/{place}/").content.decode()
    found = shelf.find_place(place)
    assert found
    for clock in shelf.own_clocks(found):
        assert f'href="/law/{found}/{clock.id}/"' in page


@pytest.mark.parametrize("address", ["/law/ZZ/", "/law/ZZ/initial-evaluation/", "/law/TX/no-such-rule/", "/law/T%00/"])
def test_what_is_not_there_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_state_is_chosen_by_name_or_refused_with_what_was_typed(client: Client) -> None:
    assert client.get("/law/rules/?state=tx").headers["Location"] == "/law/TX/"
    refused = client.get("/law/rules/?state=Texass")
    assert refused.status_code == 422
    assert "Texass" in refused.content.decode()


def test_a_rule_says_all_that_a_reader_asks(client: Client) -> None:
    page = client.get("/law/TX/initial-evaluation/").content.decode()
    for said in ("45 school days", "Owed by the school", "You gave written permission", "September 1, 2013",
                 "The child moved to another district", "TEC 29.004(a)", "60 calendar days",
                 "takes the place of this one"):  # fmt: skip
        assert said in page


def test_a_weak_source_says_with_whom_to_check(client: Client) -> None:
    weak = next(c for code in states() for c in state_pack(code).clocks if c.confidence == "low" and not c.not_yet)
    page = client.get(f"/law/{weak.pack}/{weak.id}/").content.decode()
    assert "Check this with" in page
    assert "Not fully sure" in page


def test_a_federal_rule_points_to_the_states_own(client: Client) -> None:
    page = client.get("/law/TX/answer-evaluation-request/").content.decode()
    assert "Texas has its own rule" in page
    assert 'href="/law/TX/request-response/"' in page


def test_where_nothing_of_a_state_is_known_the_page_says_so(client: Client) -> None:
    assert "We know of no rule of Texas here" in client.get("/law/TX/iee-answer/").content.decode()
    assert "We looked for a time limit of California here" in client.get("/law/CA/meeting-notice/").content.decode()
    assert "We know of no rule" not in client.get("/law/us/iee-answer/").content.decode()


def test_the_link_to_the_calculator_answers_with_this_rule(client: Client) -> None:
    clock = next(one for one in state_pack("TX").clocks if one.id == "request-response")
    answer = client.get(f"{calculator_address('TX', clock)}&on=2025-09-03")
    assert answer.status_code == 200
    assert "date-TX-request-response-" in answer.content.decode()


@pytest.mark.parametrize("place", ["us", *states()])
def test_every_rule_page_opens_and_its_examples_hold(client: Client, place: str) -> None:
    for section in shelf.rules_of(place, on=ON):
        for rule in section.rules:
            if not rule.is_own:
                continue
            answer = client.get(f"/law/{place}/{rule.id}/")
            assert answer.status_code == 200, rule.id
            assert "This is not what must come out" not in answer.content.decode(), rule.id


@pytest.mark.parametrize(
    "clock", [c for c in federal().clocks if c.length is not None and c.trigger], ids=lambda c: c.id
)
def test_every_rule_with_a_number_says_it(clock: object) -> None:
    assert words.how_long(clock).values["length"] == clock.length  # type: ignore[arg-type, attr-defined]


def test_a_word_that_is_new_is_passed_over() -> None:
    clock = next(one for one in federal().clocks if one.id == "initial-evaluation")
    strange = type(clock)(**{
        **{name: getattr(clock, name) for name in clock.__slots__},
        "kind": "brand-new", "unit": "fortnight", "standard": "", "area": "brand-new", "repeats": "sometimes",
        "trigger": (type(clock.trigger[0])("never-heard-of", {"a_field": ("x", "y")}, "when"),),
    })  # fmt: skip
    assert words.points(strange)
    assert words.how_long(strange).text
    assert shelf.area_name("brand-new") == "Brand new"
    assert start_of(strange) is None
    assert comparing.count_of(strange) == "other"


def test_an_example_is_run_once() -> None:
    clock = state_pack("TX").clocks[0]
    assert worked(clock) is worked(clock)
    assert all(example.holds for example in worked(clock))


# ---- all States


def test_the_comparison_has_a_row_and_a_tile_for_every_state(client: Client) -> None:
    page = client.get("/law/compare/?rule=initial-evaluation").content.decode()
    drawing = page.partition('class="tile-map"')[2].partition("</svg>")[0]
    assert set(PLACES) == set(states())
    assert len(set(PLACES.values())) == len(states())
    assert drawing.count('class="tile tile--') == len(states())
    for name in states().values():
        assert f">{name}</a>" in page
    assert "<title" in drawing
    assert "<desc" in drawing


def test_a_rule_that_is_not_there_cannot_be_compared(client: Client) -> None:
    answer = client.get("/law/compare/?rule=no-such-rule")
    assert answer.status_code == 422
    assert "no-such-rule" in answer.content.decode()


@pytest.mark.parametrize("rule", sorted({clock.id for clock in federal().clocks}))
def test_every_federal_rule_can_be_compared(rule: str) -> None:
    found = comparing.compared(rule)
    assert found
    assert len(found.rows) == len(states())


def test_the_coverage_table_names_every_state_and_each_reason(client: Client) -> None:
    page = client.get("/law/coverage/").content.decode()
    for name in states().values():
        assert f">{name}</a></th>" in page
    for one in comparing.not_yet():
        assert f'href="/law/{one.place}/{one.clock.id}/"' in page


# ---- for everybody


@pytest.mark.parametrize("address", ["/law/", "/law/calculator/", "/law/rules/", "/law/TX/", "/law/coverage/"])
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_nothing_can_be_sent_there(client: Client, address: str, method: str) -> None:
    assert getattr(client, method)(address).status_code == 403


@pytest.mark.parametrize("address", ["/", "/help/"])
def test_the_front_page_and_the_help_lead_there(client: Client, settings: Settings, db: None, address: str) -> None:
    client.get(reverse("open", args=[new_token(settings.GAMEPLAN_DATA)]))
    assert 'href="/law/"' in client.get(address).content.decode().partition("<main")[2].partition("</main>")[0]


def test_a_link_that_was_sent_on_can_be_looked_at_first(client: Client) -> None:
    assert client.head("/law/TX/initial-evaluation/").status_code == 200
