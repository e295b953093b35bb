"""Meetings on the pages, as plain forms: begun, planned, invited, held; and times chosen by a link without a person."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from gameplan.cases import verbs
from gameplan.cases.doors import facts_of
from gameplan.cases.models import Case
from gameplan.cases.people import HOME
from gameplan.core.facts import Child
from gameplan.planning import choosing, meetings, writing
from gameplan.planning.doors import plan_of, standing_of
from gameplan.planning.models import Cell, Written
from tests.web.test_tell import home as home_client

home = home_client
WHOLE = {"day": "2025-10-28", "time": "2:30 pm", "place": "Room 4", "purposes": ["annual-review"]}


@pytest.fixture(autouse=True)
def october(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GAMEPLAN_TODAY", "2025-10-15")


@pytest.fixture
def case(db: None) -> Case:
    return verbs.start_case(HOME, child=Child("Ana", date(2016, 5, 2), "TX", "3"))


@pytest.fixture
def plan(case: Case) -> Written:
    """Ana's IEP, with a team."""
    found = writing.begin(case, by=HOME, form_id="iep")
    put(found, occasion="annual")
    for name, role in (("Rosa", "parents"), ("Kim", "special-teacher")):
        writing.add_row(found, by=HOME, field_id="team-members", values={"name": name, "role": role})
    return found


@pytest.fixture
def meeting(case: Case, plan: Written) -> Written:
    return meetings.begin_meeting(case, by=HOME, on=date(2025, 10, 15), about=plan)


@pytest.fixture
def ready(meeting: Written) -> Written:
    put(meeting, **WHOLE)
    return meeting


@pytest.fixture
def row(meeting: Written) -> str:
    """A time to choose from."""
    values = {"day": "2025-10-28", "time": "2:30 pm", "place": "Room 4", "works-for": "Rosa"}
    return writing.add_row(meeting, by=HOME, field_id="times", values=values)


def put(plan: Written, **values: Any) -> None:
    for name, value in values.items():
        defaults = {"value": value, "saved_by": HOME.id}
        Cell.objects.update_or_create(plan=plan, path=name.replace("_", "-"), defaults=defaults)


def came(plan: Written) -> None:
    for one in standing_of(plan).plan.rows("invited"):
        put(plan, **{f"invited/{one['id']}/came": "there"})


def at(name: str, plan: Written, *more: object) -> str:
    return reverse(f"web:{name}", args=(plan.case_id, plan.plan_id, *more))


def page(browser: Client, plan: Written) -> str:
    return browser.get(at("meeting", plan)).content.decode()


def sent(**changes: str) -> dict[str, str]:
    return {"on": "2025-10-15", "how": "mail", "form_key": str(uuid4()), **changes}


def link(plan: Written) -> str:
    return reverse("web:choose-time", args=(choosing.token_of(plan),))


def test_a_meeting_is_begun_about_a_plan_and_from_the_list(case: Case, plan: Written, home: Client) -> None:
    begin = reverse("web:begin-plan", args=(case.pk,))
    assert "Plan a meeting about this plan" in home.get(at("plan", plan)).content.decode()
    key = str(uuid4())
    for _ in range(2):
        made = home.post(begin, {"kind": "meeting", "about": plan.plan_id, "form_key": key})
        assert made["Location"] == at("meeting", plan_of(case, "p2"))
    shown = page(home, plan_of(case, "p2"))
    assert "Review the IEP, as each year" in shown
    assert "Kim" in shown
    home.post(begin, {"kind": "meeting"})
    assert "5 rows wait for a name." in page(home, plan_of(case, "p3"))
    assert home.post(begin, {"kind": "meeting", "about": "p9"}).status_code == 404
    listed = home.get(reverse("web:plans", args=(case.pk,))).content.decode()
    assert listed.index("Being written") < listed.index("Review the IEP, as each year")
    assert "Review the IEP, as each year" in home.get(at("plan", plan)).content.decode()


def test_the_pages_of_a_plan_lead_to_the_page_of_the_meeting(meeting: Written, home: Client) -> None:
    for name in ("plan", "plan-check"):
        assert home.get(at(name, meeting))["Location"] == at("meeting", meeting)
    editor = home.get(at("write-section", meeting, "people")).content.decode()
    assert "changed since the last plan" not in editor
    assert '<span class="tag">' not in editor


def test_a_meeting_is_not_proposed_and_its_papers_are_no_versions_of_a_plan(ready: Written, home: Client) -> None:
    meetings.invite(ready, by=HOME, on=date(2025, 10, 15), how="mail")
    for place in (
        at("propose-plan", ready),
        at("version", ready, 1),
        at("version-pdf", ready, 1),
        at("end-plan", ready),
    ):
        assert home.get(place).status_code == 404


def test_a_meeting_about_a_plan_that_is_gone_still_opens(ready: Written, home: Client) -> None:
    Written.objects.filter(pk=ready.pk).update(follows="p9")
    assert "It is about this plan:" not in page(home, ready)


def test_a_plan_is_no_meeting(plan: Written, home: Client) -> None:
    assert home.get(at("meeting", plan)).status_code == 404


def test_the_page_says_who_must_come_and_how_early_with_the_rule(ready: Written, home: Client) -> None:
    shown = page(home, ready)
    for words in (
        "34 CFR 300.321(a)(4)", "At least 5 school days before the meeting.", "19 TAC 89.1050(d)",
        "Nothing is missing here",
        f"{at('write-section', ready, 'needed')}#f-regular-classes", "not confirmed",
    ):  # fmt: skip
        assert words in shown


def test_a_member_who_stays_away_lacks_what_the_law_asks_for(ready: Written, home: Client) -> None:
    leave = {"name": "Lou", "role": "special-teacher", "discussed": True, "parent-agreed": False}
    writing.add_row(ready, by=HOME, field_id="excusals", values=leave)
    for one in standing_of(ready).plan.rows("invited"):
        put(ready, **{f"invited/{one['id']}/came": "absent"})
    shown = page(home, ready)
    assert "The parent must give written permission for the member to stay away." in shown
    assert "34 CFR 300.321(e)(2)" in shown


def test_a_504_meeting_is_not_held_against_the_rules_for_the_iep_team(ready: Written, home: Client) -> None:
    put(ready, purposes=["section-504"])
    shown = page(home, ready)
    assert "For this kind of meeting it names other people" in shown
    assert "the law has no list of what the invitation must say" in shown


def test_an_invitation_that_lacks_something_says_so_first(meeting: Written, home: Client) -> None:
    put(meeting, day="2025-10-28")
    answer = home.post(at("meeting-invited", meeting), sent())
    assert answer.status_code == 422
    assert "The invitation does not say: The place." in answer.content.decode()
    assert not meetings.invitations_of(meeting)
    again = home.post(at("meeting-invited", meeting), sent(anyway="on"), follow=True)
    assert "It went out although something was missing." in again.content.decode()
    assert len(meetings.invitations_of(meeting)) == 1


def test_an_invitation_of_tomorrow_is_refused(ready: Written, home: Client) -> None:
    answer = home.post(at("meeting-invited", ready), sent(on="2025-10-16"))
    assert "This day is still to come." in answer.content.decode()


def test_letters_that_no_font_has_stop_the_papers_and_are_named(ready: Written, home: Client) -> None:
    put(ready, place="\U0001f9ff \U000132f9")
    assert "cannot show" in home.post(at("meeting-invited", ready), sent()).content.decode()
    assert "cannot show" in home.get(at("meeting-paper", ready, "invitation", "pdf"), follow=True).content.decode()
    came(ready)
    put(ready, day="2025-10-15")
    assert "cannot show" in home.post(at("meeting-held", ready), follow=True).content.decode()
    assert not meetings.copies_of(ready)


def test_the_invitation_that_went_out_stays_and_a_change_is_noticed(case: Case, ready: Written, home: Client) -> None:
    assert home.post(at("meeting-invited", ready), sent())["Location"].endswith("#invitation")
    assert "meeting-notice-sent" in [one.kind for one in facts_of(case).facts]
    assert "Something has changed since then." not in page(home, ready)
    frozen = home.get(at("meeting-copy", ready, 1, "pdf")).content
    put(ready, place="Room 9")
    assert "Something has changed since then." in page(home, ready)
    assert home.get(at("meeting-copy", ready, 1, "pdf")).content == frozen
    assert home.get(at("meeting-copy", ready, 1, "docx")).content.startswith(b"PK")
    assert home.get(at("meeting-copy", ready, 1, "exe")).status_code == 404


def test_an_invitation_after_the_last_day_is_called_late(case: Case, ready: Written, home: Client) -> None:
    Case.objects.filter(pk=case.pk).update(child_state="KS")
    put(ready, day="2025-10-20")
    assert "The last day for the invitation is over." in page(home, ready)
    home.post(at("meeting-invited", ready), sent())
    assert "This was later than the rule says." in page(home, ready)


@pytest.mark.parametrize(("as_", "ending", "start"), [("invitation", "pdf", b"%PDF-"), ("minutes", "docx", b"PK")])
def test_papers_can_be_had_at_any_time(ready: Written, home: Client, as_: str, ending: str, start: bytes) -> None:
    assert home.get(at("meeting-paper", ready, as_, ending) + "?lang=en").content.startswith(start)


@pytest.mark.parametrize("what", [("iep", "pdf"), ("invitation", "exe"), ("invitation", "pdf?lang=xx")])
def test_papers_that_are_not_there_are_not_found(ready: Written, home: Client, what: tuple[str, str]) -> None:
    assert home.get(f"{at('meeting', ready)}paper/{what[0]}.{what[1]}").status_code == 404


def test_a_meeting_is_held_once_it_says_who_was_there(case: Case, ready: Written, home: Client) -> None:
    put(ready, day="2025-10-14")
    refused = home.post(at("meeting-held", ready), {"form_key": str(uuid4())}, follow=True).content.decode()
    assert "It does not say who was there." in refused
    came(ready)
    key = str(uuid4())
    for _ in range(2):
        home.post(at("meeting-held", ready), {"form_key": key})
    assert "The copy as PDF" in page(home, ready)
    assert [one.kind for one in facts_of(case).facts].count("meeting-held") == 1
    assert len(meetings.copies_of(ready)) == 1
    assert home.get(at("meeting-copy", ready, 1, "pdf")).content.startswith(b"%PDF-")


def test_what_was_said_stands_on_the_page(ready: Written, home: Client) -> None:
    put(ready, notes="Rosa <b>spoke</b> first.")
    writing.add_row(ready, by=HOME, field_id="decisions", values={"what": "More speech"})
    writing.add_row(ready, by=HOME, field_id="dissents", values={"who": "Rosa", "view": "Too little."})
    shown = page(home, ready)
    for words in ("Rosa &lt;b&gt;spoke&lt;/b&gt; first.", "More speech", "Rosa: Too little."):
        assert words in shown


def test_an_agenda_is_suggested(case: Case, home: Client) -> None:
    made = meetings.begin_meeting(case, by=HOME, on=date(2025, 10, 15))
    assert "Suggest an agenda" in page(home, made)
    home.post(at("meeting-agenda", made))
    assert "Who is here, and what each of us does" in page(home, made)


def test_a_time_is_chosen_on_the_page(meeting: Written, row: str, home: Client) -> None:
    shown = page(home, meeting)
    assert "Can come: Rosa" in shown
    home.post(at("meeting-time", meeting), {"row": row})
    assert "This is the time of the meeting." in page(home, meeting)
    empty = writing.add_row(meeting, by=HOME, field_id="times")
    told = home.post(at("meeting-time", meeting), {"row": empty}, follow=True).content.decode()
    assert "This time has no day." in told


@pytest.mark.parametrize(("host", "says"), [("localhost:8000", True), ("127.0.0.1", True), ("testserver", False)])
def test_at_home_the_page_says_that_the_link_reaches_nobody(
    meeting: Written, row: str, home: Client, host: str, says: bool
) -> None:
    shown = home.get(at("meeting", meeting), headers={"host": host}).content.decode()
    assert f"http://{host}/time/" in shown
    assert ("This link works on this computer only" in shown) is says


def test_whoever_has_the_link_sees_times_and_no_names(meeting: Written, row: str, client: Client) -> None:
    answer = client.get(link(meeting))
    shown = answer.content.decode()
    assert "October 28, 2025 · 2:30 pm · Room 4" in shown
    for name in ("Ana", "Rosa", "Kim"):
        assert name not in shown
    assert answer["X-Robots-Tag"] == "noindex"
    assert "no-store" in answer["Cache-Control"]


def test_a_visitor_answers_without_a_person(meeting: Written, row: str, client: Client) -> None:
    path = link(meeting)
    kept = client.post(path, {"name": "Kim", "times": [row]})
    assert kept["Location"] == f"{path}?kept=1"
    assert "Your answer is kept." in client.get(kept["Location"]).content.decode()
    assert standing_of(meeting).values[f"times/{row}/works-for"] == "Rosa, Kim"
    assert client.get(at("meeting", meeting)).status_code == 403


@pytest.mark.parametrize(
    ("name", "times", "says"),
    [
        ("", ["row"], "This field is required."),
        ("Kim", [], "No time is chosen."),
        ("Kim", ["nowhere"], "Select a valid choice"),
        (" , ", ["row"], "Your name is missing."),
        ("x" * 61, ["row"], "at most 60 characters"),
    ],
)
def test_an_answer_that_cannot_be_kept_says_why(
    meeting: Written, row: str, client: Client, name: str, times: list[str], says: str
) -> None:
    chosen = [row if one == "row" else one for one in times]
    answer = client.post(link(meeting), {"name": name, "times": chosen})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert standing_of(meeting).values[f"times/{row}/works-for"] == "Rosa"


def test_too_many_answers_are_turned_away(
    meeting: Written, row: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choosing, "MOST_AN_HOUR", 0)
    answer = client.post(link(meeting), {"name": "Kim", "times": [row]})
    assert (answer.status_code, "try again in an hour" in answer.content.decode()) == (429, True)


def test_a_link_works_only_as_long_as_there_is_something_to_choose(
    meeting: Written, row: str, client: Client, home: Client
) -> None:
    path = link(meeting)
    put(meeting, day="2025-10-14")
    assert client.get(path).status_code == 404
    assert client.post(path, {"name": "Kim", "times": [row]}).status_code == 404
    assert "The link" not in page(home, meeting)
    put(meeting, day="2025-10-15")
    assert client.get(path).status_code == 200
    assert client.get(f"{path[:-2]}/").status_code == 404


def test_a_link_without_times_says_whom_to_ask(meeting: Written, client: Client) -> None:
    assert "Ask the person who sent you this link." in client.get(link(meeting)).content.decode()
