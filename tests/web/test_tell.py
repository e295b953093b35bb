"""The questions: an answer makes facts, a changed one corrects them, and nothing typed is lost."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from gameplan.cases import verbs
from gameplan.cases.doors import case_for, facts_of
from gameplan.cases.models import Case
from gameplan.cases.people import HOME, SESSION_KEY
from gameplan.core.facts import Child, Fact, standing_facts
from gameplan.web.standings import Viewed
from gameplan.web.story.path import BY_SLUG, SCREENS, open_screen, story_of

ASKED = {"gate": "yes-parent", "how": "email", "sent": "2025-09-03", "received": "2025-09-04"}
FORM = {"gate": "yes-form", "on": "2025-09-18", "notice": "yes"}


@pytest.fixture(autouse=True)
def october(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GAMEPLAN_TODAY", "2025-10-15")


@pytest.fixture
def case(db: None) -> Case:
    return verbs.start_case(HOME, child=Child())


@pytest.fixture
def home() -> Client:
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = HOME.id
    store.save()
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = store.session_key
    return client


def tell(client: Client, case: Case, screen: str, go: str = "on", **said: str) -> Any:
    address = reverse("web:tell", args=(case.pk, screen))
    return client.post(address, {"form_key": str(uuid4()), "go": go, **said})


def look(client: Client, case: Case, screen: str) -> Any:
    return client.get(reverse("web:tell", args=(case.pk, screen)))


def place(answer: HttpResponse) -> str:
    return answer.headers["Location"].rstrip("/").rpartition("/")[2]


def standing(case: Case) -> dict[str, Fact]:
    return {fact.kind: fact for fact in standing_facts(facts_of(case).facts)}


def child(case: Case) -> Child:
    return facts_of(case_for(HOME, case.pk)).child


def test_the_questions_about_the_child_fill_the_case(case: Case, home: Client) -> None:
    told = {"name": "Ben", "born": "2017-05-02", "state": "TX", "grade": "3"}
    for screen, value in told.items():
        tell(home, case, screen, **{screen: value})
    answer = tell(home, case, "school", school="Oak", district="Elm")
    assert place(answer) == "supports"
    assert child(case) == Child("Ben", date(2017, 5, 2), "TX", "3", "Oak", "Elm")


def test_federal_law_alone_is_no_state_and_is_remembered(case: Case, home: Client) -> None:
    tell(home, case, "state", state="TX")
    tell(home, case, "state", state="federal")
    assert child(case).state is None
    assert look(home, case, "state").context["form"].initial["state"] == "federal"


@pytest.mark.parametrize(
    ("screen", "said", "kind", "on", "data"),
    [
        ("supports", {"gate": "yes", "on": "2025-08-20", "tier": "2", "about": "Reading group"},
         "supports-started", date(2025, 8, 20), {"tier": "2", "about": "Reading group"}),
        ("concern", {"gate": "yes", "on": "2025-08-25", "written": "no", "about": "He cannot read"},
         "concern-raised", date(2025, 8, 25), {"by": "parent", "written": False, "about": "He cannot read"}),
        ("requested", ASKED, "evaluation-requested", date(2025, 9, 4),
         {"type": "initial", "by": "parent", "written": True, "how": "email", "sent": date(2025, 9, 3)}),
        ("requested", {"gate": "yes-teacher", "how": "spoken", "sent": "2025-09-03"}, "evaluation-requested",
         date(2025, 9, 3), {"by": "teacher", "written": False, "received": date(2025, 9, 3)}),
        ("answered", FORM, "consent-requested", date(2025, 9, 18), {"for": "initial-evaluation"}),
        ("answered", {"gate": "yes-refused", "on": "2025-09-18"}, "pwn-sent", date(2025, 9, 18),
         {"decision": "refuse", "subject": ("evaluation",)}),
        ("answered", {"gate": "yes-letter", "on": "2025-09-18"}, "school-wrote", date(2025, 9, 18), {}),
        ("consent", {"gate": "yes-signed", "on": "2025-09-22", "received": "2025-09-23"}, "consent-given",
         date(2025, 9, 23), {"for": "initial-evaluation", "signed": date(2025, 9, 22)}),
        ("consent", {"gate": "yes-refused", "on": "2025-09-22"}, "consent-refused", date(2025, 9, 22),
         {"for": "initial-evaluation", "silent": False}),
        ("evaluated", {"gate": "yes", "on": "2025-10-10", "got": "2025-10-12"}, "evaluation-completed",
         date(2025, 10, 10), {"type": "initial"}),
        ("eligible", {"gate": "yes-not", "on": "2025-10-13"}, "eligibility-determined", date(2025, 10, 13),
         {"eligible": False}),
        ("iep", {"gate": "yes", "which": "initial-iep", "on": "2025-10-10", "finished": "2025-10-11"},
         "iep-adopted", date(2025, 10, 11), {}),
        ("services", {"gate": "yes-signed", "on": "2025-10-14", "started": "2025-10-15"}, "consent-given",
         date(2025, 10, 14), {"for": "initial-services", "signed": date(2025, 10, 14)}),
    ],
)  # fmt: skip
def test_an_answer_is_a_fact_and_the_fact_is_the_answer(
    case: Case, home: Client, screen: str, said: dict[str, str], kind: str, on: date, data: dict[str, object]
) -> None:
    assert tell(home, case, screen, **said).status_code == 302
    fact = standing(case)[kind]
    assert (fact.on, fact.planned, data.items() <= fact.data.items()) == (on, False, True)
    before = facts_of(case).facts
    shown = look(home, case, screen).context["form"].initial
    again = {name: str(value) for name, value in shown.items() if name != "form_key"}
    tell(home, case, screen, **again)
    assert facts_of(case).facts == before


def test_a_form_with_a_letter_is_two_facts_and_a_report_too(case: Case, home: Client) -> None:
    tell(home, case, "answered", **FORM)
    tell(home, case, "evaluated", gate="yes", on="2025-10-10", got="2025-10-12")
    told = standing(case)
    assert told["pwn-sent"].data["decision"] == "propose"
    assert told["document-given"].data["what"] == "evaluation-report"


def test_a_changed_answer_corrects_the_fact(case: Case, home: Client) -> None:
    tell(home, case, "requested", **ASKED)
    tell(home, case, "requested", **{**ASKED, "received": "2025-09-05"})
    first, second = facts_of(case).facts
    assert (second.corrects, second.on) == (first.id, date(2025, 9, 5))


def test_a_changed_kind_of_answer_corrects_the_fact_too(case: Case, home: Client) -> None:
    tell(home, case, "answered", gate="yes-letter", on="2025-09-10")
    tell(home, case, "answered", gate="yes-refused", on="2025-09-18", about="Not needed")
    assert [(fact.kind, fact.corrects) for fact in facts_of(case).facts] == [
        ("school-wrote", None), ("pwn-sent", "f1")]  # fmt: skip


def test_what_is_not_asked_here_stays_in_a_corrected_fact(case: Case, home: Client) -> None:
    data = {"received": date(2025, 9, 4), "type": "initial", "by": "parent", "areas": ("reading",)}
    verbs.record_fact(case, by=HOME, kind="evaluation-requested", on=date(2025, 9, 4), data=data, note="Stamped.")
    tell(home, case, "requested", **{**ASKED, "received": "2025-09-05"})
    fact = standing(case)["evaluation-requested"]
    assert (fact.data["areas"], fact.note, fact.on) == (("reading",), "Stamped.", date(2025, 9, 5))


def test_an_answer_taken_back_takes_the_fact_back(case: Case, home: Client) -> None:
    tell(home, case, "requested", **ASKED)
    tell(home, case, "requested", gate="no")
    assert standing(case) == {}
    assert len(facts_of(case).facts) == 2


def test_a_fact_taken_back_elsewhere_makes_the_question_open_again(case: Case, home: Client) -> None:
    tell(home, case, "requested", **ASKED)
    verbs.withdraw_fact(case, by=HOME, fact_id="f1")
    assert "gate" not in look(home, case, "requested").context["form"].initial


def test_an_unknown_day_leaves_the_fact_out_and_says_so(case: Case, home: Client) -> None:
    answer = tell(home, case, "requested", gate="yes-parent", unknown="on")
    assert (place(answer), standing(case)) == ("answered", {})
    assert "goes on the timeline when you add the day" in look(home, case, "answered").content.decode()
    assert look(home, case, "requested").context["form"].initial["unknown"] == "on"


def test_a_spoken_no_is_written_down_but_is_no_answer(case: Case, home: Client) -> None:
    tell(home, case, "requested", **ASKED)
    answer = tell(home, case, "answered", gate="yes-spoken", on="2025-09-10", about="Wait a year.")
    assert place(answer) == "calendar"
    assert standing(case)["school-wrote"].data["about"] == "The school said no, but only by word of mouth. Wait a year."
    shown = look(home, case, "answered").context["form"].initial
    assert (shown["gate"], shown["about"]) == ("yes-spoken", "Wait a year.")


def test_a_meeting_ahead_is_a_plan(case: Case, home: Client) -> None:
    tell(home, case, "iep", gate="yes", on="2025-11-03")
    assert standing(case)["meeting-held"].planned
    tell(home, case, "iep", gate="yes", on="2025-10-03", which="initial-iep")
    assert not standing(case)["meeting-held"].planned


@pytest.mark.parametrize(
    ("screen", "said", "words"),
    [
        ("born", {"born": "2031-01-01"}, "has not come yet"),
        ("born", {"born": "0217-01-01"}, "Check the year."),
        ("requested", {"gate": "yes-parent"}, "tick that you do not know it"),
        ("requested", {**ASKED, "sent": "2026-09-03"}, "has not come yet"),
        ("requested", {**ASKED, "received": "2025-09-01"}, "before the other one"),
        ("requested", {}, "Choose an answer"),
        ("consent", {"gate": "yes-signed", "on": "soon"}, "Enter a valid date."),
        ("name", {"name": "B\x00en"}, "Null characters"),
    ],
)
def test_faults_are_said_and_nothing_is_lost(
    case: Case, home: Client, screen: str, said: dict[str, str], words: str
) -> None:
    answer = tell(home, case, screen, **said)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert (facts_of(case).facts, child(case)) == ((), Child())


def test_all_faults_come_at_once(case: Case, home: Client) -> None:
    answer = tell(home, case, "evaluated", gate="yes", on="2031-01-01", got="0025-10-12")
    assert set(answer.context["form"].errors) == {"on", "got"}


def test_a_letter_that_is_no_letter_is_refused_kindly(case: Case, home: Client) -> None:
    answer = home.post(reverse("web:keep-draft", args=(case.pk, "concern")), {"about": "\x00"})
    assert "broken letter" in answer.content.decode()


def test_what_is_typed_is_kept_on_every_way(case: Case, home: Client) -> None:
    home.post(reverse("web:keep-draft", args=(case.pk, "name")), {"name": "Be"})
    assert look(home, case, "name").context["form"].initial["name"] == "Be"
    assert place(tell(home, case, "born", go="back", born="2017-05-02")) == "name"
    assert place(tell(home, case, "grade", go="skip", grade="3")) == "school"
    assert look(home, case, "born").context["form"].initial["born"] == "2017-05-02"
    assert look(home, case, "grade").context["form"].initial["grade"] == "3"
    assert child(case) == Child()


def test_typing_that_arrives_after_saving_is_not_kept(case: Case, home: Client) -> None:
    key = str(uuid4())
    tell(home, case, "name", form_key=key, name="Ben")
    home.post(reverse("web:keep-draft", args=(case.pk, "name")), {"form_key": key, "name": "Be"})
    assert look(home, case, "name").context["form"].initial["name"] == "Ben"


def test_a_form_sent_twice_is_one_fact(case: Case, home: Client) -> None:
    key = str(uuid4())
    for _again in range(2):
        tell(home, case, "answered", form_key=key, **FORM)
    assert len(facts_of(case).facts) == 2


def test_a_form_may_change_its_mind_and_change_it_back(case: Case, home: Client) -> None:
    key = str(uuid4())
    for gate in ("yes-refused", "yes-letter", "yes-refused"):
        tell(home, case, "answered", form_key=key, gate=gate, on="2025-09-18")
    assert [fact.kind for fact in facts_of(case).facts] == ["pwn-sent", "school-wrote", "pwn-sent"]


def test_questions_that_cannot_matter_are_passed_over(case: Case, home: Client) -> None:
    assert place(tell(home, case, "requested", gate="no")) == "calendar"
    assert place(tell(home, case, "requested", gate="has-iep")) == "iep"
    assert place(tell(home, case, "iep", gate="yes", unknown="on")) == "services"
    tell(home, case, "requested", **ASKED)
    assert place(tell(home, case, "answered", gate="yes-refused", on="2025-09-18")) == "calendar"
    assert place(tell(home, case, "answered", **FORM)) == "consent"
    assert place(tell(home, case, "consent", gate="no-not-yet")) == "calendar"
    assert place(tell(home, case, "consent", gate="yes-signed", on="2025-09-20")) == "evaluated"
    assert place(tell(home, case, "evaluated", gate="yes", on="2025-10-10")) == "eligible"
    assert place(tell(home, case, "eligible", gate="yes-eligible", on="2025-10-13")) == "iep"


def test_the_last_steps_are_the_calendar_and_the_child(case: Case, home: Client) -> None:
    calendar, done = look(home, case, "calendar"), look(home, case, "done")
    assert calendar.headers["Location"] == reverse("web:calendar", args=(case.pk,)) + "?from=questions"
    assert done.headers["Location"] == reverse("web:child", args=(case.pk,))


def test_there_is_no_other_question(case: Case, home: Client) -> None:
    assert look(home, case, "shoe-size").status_code == 404


def test_the_first_open_question_is_known_until_all_are_answered(case: Case, home: Client) -> None:
    def first_open() -> str | None:
        stored = case_for(HOME, case.pk)
        told = facts_of(stored)
        return open_screen(Viewed(stored, told, None, None), HOME)  # type: ignore[arg-type]

    assert first_open() == "name"
    tell(home, case, "name", name="Ben")
    tell(home, case, "born", go="skip")
    assert first_open() == "born"
    answers = {"born": {"born": "2017-05-02"}, "state": {"state": "federal"}, "grade": {"grade": "K"},
               "school": {"school": "Oak"}, "supports": {"gate": "no"}, "concern": {"gate": "no"},
               "requested": {"gate": "no-unsure"}}  # fmt: skip
    for screen, said in answers.items():
        tell(home, case, screen, **said)
    assert first_open() == "calendar"
    look(home, case, "calendar")
    assert first_open() is None


@pytest.mark.parametrize("screen", [screen.slug for screen in SCREENS])
def test_each_question_stands_alone_and_says_what_it_is_for(case: Case, home: Client, screen: str) -> None:
    page = look(home, case, screen)
    asked = BY_SLUG[screen]
    assert page.status_code == 200
    for words in (asked.question, asked.why, asked.next):
        assert str(words) in page.content.decode().replace("&#x27;", "'")
    assert story_of(facts_of(case), case, HOME).after(screen) != screen
