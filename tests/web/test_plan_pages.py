"""Plans on the pages, as plain forms: begin, write, rows, what is lacking, comments, papers, and last year's plan."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from gameplan.cases import verbs
from gameplan.cases.models import Case
from gameplan.cases.people import HOME
from gameplan.core.facts import Child
from gameplan.planning import writing
from gameplan.planning.doors import beside_of, plan_of, plans_of, remarks_of, standing_of
from gameplan.planning.models import Written
from gameplan.web.plans.inputs import mark_of, words_of
from tests.web.test_tell import home as home_client

home = home_client


@pytest.fixture(autouse=True)
def october(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GAMEPLAN_TODAY", "2025-10-15")


@pytest.fixture
def case(db: None) -> Case:
    return verbs.start_case(HOME, child=Child("Ana", date(2016, 5, 2), "TX", "3"))


@pytest.fixture
def plan(case: Case) -> Written:
    return writing.begin(case, by=HOME, form_id="iep")


def at(name: str, plan: Written, *more: object) -> str:
    return reverse(f"web:{name}", args=(plan.case_id, plan.plan_id, *more))


def typed(plan: Written, **fields: str | list[str]) -> dict[str, Any]:
    """What a page without the script sends for some fields of which it had shown the present words."""
    standing = standing_of(plan)
    sent: dict[str, Any] = {}
    for name, words in fields.items():
        path = name.replace("__", "/").replace("_", "-")
        shown = words_of(standing.values.get(path))
        sent |= {f"v:{path}": words, f"r:{path}": f"{standing.revisions.get(path, 0)}:{mark_of(shown)}"}
    return sent


def test_the_list_begins_a_plan_on_the_states_form(case: Case, home: Client) -> None:
    page = home.get(reverse("web:plans", args=(case.pk,))).content.decode()
    assert "No plan yet" in page
    key = str(uuid4())
    for _ in range(2):
        sent = home.post(reverse("web:begin-plan", args=(case.pk,)), {"kind": "iep", "form_key": key})
        assert sent.status_code == 302
    assert [one.form_id for one in plans_of(case)] == ["iep"]


def test_a_kind_that_is_not_there_is_refused(case: Case, home: Client) -> None:
    sent = home.post(reverse("web:begin-plan", args=(case.pk,)), {"kind": "poem"}, follow=True)
    assert "Choose what to write" in sent.content.decode()
    assert not plans_of(case).exists()


def test_last_years_plan_is_carried_forward_and_compared(case: Case, plan: Written, home: Client) -> None:
    row = writing.add_row(plan, by=HOME, field_id="goals", values={"area": "Reading", "target": "60 words"})
    home.post(reverse("web:begin-plan", args=(case.pk,)), {"kind": "iep", "follows": plan.plan_id})
    new = plan_of(case, "p2")
    assert [one["id"] for one in standing_of(new).plan.rows("goals")] == [row]
    home.post(at("write-section", new, "goals"), typed(new, **{f"goals__{row}__target": "80 words"}))
    assert "60" in home.get(at("compare-plan", new)).content.decode()
    assert "changed since the last plan" in home.get(at("write-section", new, "goals")).content.decode()


def test_what_was_typed_is_saved_and_shown_again(plan: Written, home: Client) -> None:
    sent = home.post(at("write-section", plan, "voices"), typed(plan, strengths="Curious <b>and</b> kind"), follow=True)
    assert "Saved." in sent.content.decode()
    assert "Curious &lt;b&gt;and&lt;/b&gt; kind" in sent.content.decode()


def test_saving_can_go_on_to_the_next_part_and_at_last_to_the_plan(plan: Written, home: Client) -> None:
    sent = home.post(at("write-section", plan, "voices"), {"go": "next"})
    assert sent["Location"] == at("write-section", plan, "review")
    last = plan.form.sections[-1].id
    assert home.post(at("write-section", plan, last), {"go": "next"})["Location"] == at("plan", plan)


def test_a_field_that_cannot_be_kept_is_named_and_the_rest_is_saved(plan: Written, home: Client) -> None:
    sent = home.post(
        at("write-section", plan, "placement"),
        typed(plan, week_minutes="many", non_participation="Never"),
    )  # fmt: skip
    assert sent.status_code == 422
    assert "Write a number, such as 30." in sent.content.decode()
    assert standing_of(plan).plan.content == {"non-participation": "Never"}


def test_a_page_that_nobody_touched_saves_nothing_over_others(plan: Written, home: Client) -> None:
    old = typed(plan, strengths="")
    writing.save(plan, by=HOME, desk="other", changes=[writing.Change("strengths", ["Curious"])])
    home.post(at("write-section", plan, "voices"), old)
    assert standing_of(plan).plan.content == {"strengths": "Curious"}
    assert not beside_of(plan).exists()


def test_two_pages_in_one_field_keep_both_texts_until_somebody_settles_it(plan: Written, home: Client) -> None:
    mine = typed(plan, strengths="mine")
    writing.save(plan, by=HOME, desk="other", changes=[writing.Change("strengths", ["theirs"])])
    page = home.post(at("write-section", plan, "voices"), {**mine, "desk": "d"}, follow=True).content.decode()
    assert "Two people wrote here at once" in page
    kept = beside_of(plan).get()
    home.post(at("settle-beside", plan, kept.pk), {"take": "both"})
    assert standing_of(plan).plan.content == {"strengths": "theirs\n\nmine"}


def test_rows_come_go_move_and_come_back_and_each_button_saves_the_page(plan: Written, home: Client) -> None:
    for _ in range(2):
        home.post(at("change-row", plan, "goals"), {"row": "add:goals"})
    one, two = standing_of(plan).values["goals"]
    typing = typed(plan, **{f"goals__{one}__area": "Reading"})
    home.post(at("change-row", plan, "goals"), {"row": f"up:goals/{two}", **typing})
    assert standing_of(plan).values["goals"] == [two, one]
    assert standing_of(plan).values[f"goals/{one}/area"] == "Reading"
    home.post(at("change-row", plan, "goals"), {"row": f"remove:goals/{one}"})
    page = home.get(at("write-section", plan, "goals")).content.decode()
    assert "Bring back" in page
    home.post(at("change-row", plan, "goals"), {"row": f"restore:goals/{one}"})
    assert standing_of(plan).values["goals"] == [two, one]
    assert home.post(at("change-row", plan, "goals"), {"row": "burn:goals"}).status_code == 404
    assert home.post(at("change-row", plan, "goals"), {"row": "add:nowhere"}).status_code == 404


def test_a_full_list_says_so(plan: Written, home: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "MOST_ROWS", 0)
    sent = home.post(at("change-row", plan, "goals"), {"row": "add:goals"}, follow=True)
    assert "This list is as long as it can be." in sent.content.decode()


def test_the_script_gets_what_became_of_each_field(plan: Written, home: Client) -> None:
    since = "2020-01-01T00:00:00+00:00"
    told = home.post(at("save-fields", plan), {**typed(plan, strengths="Kind", start="soon"), "since": since}).json()
    assert told["fields"]["strengths"]["state"] == "saved"
    assert told["fields"]["start"]["state"] == "wrong"
    assert (told["others"], told["beside"]) == ({}, {})
    again = home.post(at("save-fields", plan), {"since": told["now"], "r:nowhere": "0:x", "r:needs": "x:y"}).json()
    assert again["fields"] == {}
    assert set(again["others"]) == {"strengths"}  # a little of what was told before is told again


def test_a_page_is_told_what_others_have_written_but_not_its_own_words_again(plan: Written, home: Client) -> None:
    since = home.post(at("save-fields", plan), {}).json()["now"]
    for words in ("Kind", "Kind and curious"):
        home.post(at("save-fields", plan), {**typed(plan, strengths=words), "desk": "another"})
    told = home.post(at("save-fields", plan), {**typed(plan, needs="Reading"), "since": since}).json()
    assert told["fields"]["needs"]["words"] == ["Reading"]
    assert {path: (one["words"], one["revision"]) for path, one in told["others"].items()} == {
        "strengths": (["Kind and curious"], 2)
    }


def test_what_is_lacking_leads_to_the_field(plan: Written, home: Client) -> None:
    page = home.get(at("plan", plan)).content.decode()
    assert f"{at('write-section', plan, 'voices')}#f-strengths" in page
    check = home.get(at("plan-check", plan)).content.decode()
    assert "34 CFR 300.320(a)(1)" in check


def test_comments_are_made_and_taken_care_of(plan: Written, home: Client) -> None:
    key = str(uuid4())
    for _ in range(2):
        home.post(at("add-remark", plan, "goals"), {"text": "Too few?", "about": "goals", "form_key": key})
    home.post(at("add-remark", plan, "goals"), {"text": " "})
    page = home.get(at("plan", plan)).content.decode()
    assert page.count("Too few?") >= 1
    one = remarks_of(plan).get()
    sent = home.post(at("settle-remark", plan, one.pk), {"back": "https://example.org/"})
    assert sent["Location"] == at("plan", plan)
    assert "Too few?" not in home.get(at("plan", plan)).content.decode()


@pytest.mark.parametrize("as_", ["iep", "glance", "plain", "student"])
def test_every_paper_can_be_had_as_pdf_and_word(plan: Written, home: Client, as_: str) -> None:
    writing.save(plan, by=HOME, desk="d", changes=[writing.Change("strengths", ["Curious: ñandú"])])
    assert home.get(at("print-plan", plan, as_, "pdf")).content.startswith(b"%PDF-")
    assert home.get(at("print-plan", plan, as_, "docx") + "?lang=es").content.startswith(b"PK")


@pytest.mark.parametrize(("as_", "ending"), [("504", "pdf"), ("iep", "exe"), ("poem", "pdf")])
def test_a_paper_that_is_not_there_is_not_found(plan: Written, home: Client, as_: str, ending: str) -> None:
    assert home.get(at("print-plan", plan, as_, ending)).status_code == 404


def test_letters_that_no_font_has_are_named(plan: Written, home: Client) -> None:
    writing.save(plan, by=HOME, desk="d", changes=[writing.Change("strengths", ["\U0001f9ff \U000132f9"])])
    sent = home.get(at("print-plan", plan, "iep", "pdf"), follow=True)
    assert "cannot show" in sent.content.decode()


@pytest.mark.parametrize("place", ["write-section", "add-remark"])
def test_a_part_that_the_form_does_not_have_is_not_found(plan: Written, home: Client, place: str) -> None:
    assert home.post(at(place, plan, "nowhere"), {"text": "x"}).status_code == 404


@pytest.mark.parametrize("form_id", ["iep", "section-504", "evaluation"])
def test_every_part_of_every_form_can_be_opened(case: Case, home: Client, form_id: str) -> None:
    plan = writing.begin(case, by=HOME, form_id=form_id)
    for section in plan.form.sections:
        for field in section.fields:
            if field.columns:
                writing.add_row(plan, by=HOME, field_id=field.id)
        page = home.get(at("write-section", plan, section.id))
        assert page.status_code == 200
        for field in section.fields:
            assert f'id="f-{field.id}"' in page.content.decode()
