"""Papers, letters, plans, permission, progress, places, and the law, for other programs."""

from __future__ import annotations

from datetime import date

import pytest

from tests.api.house import House, Program, read
from tests.config.test_permissions import measure_reading

CONCERNS = "Reading is very hard for her."
PDF = b"%PDF-1.7 a letter of the school"


def test_a_paper_goes_up_and_comes_back(house: House) -> None:
    program = house.program("iep-manager")
    sent = program.ask("POST", house.about("/papers?name=report.pdf&fact_id=f1"), PDF, Content_Type="application/pdf")
    made = read(sent, 201)
    assert (made["name"], made["size"]) == ("report.pdf", len(PDF))
    back = program.ask("GET", house.about(f"/papers/{made['id']}/content"))
    assert (back.content, back.headers["Content-Type"]) == (PDF, "application/pdf")
    assert [one["id"] for one in program.get(house.about("/papers"))["items"]] == [made["id"]]


def test_a_paper_of_the_family_stays_with_it(house: House) -> None:
    program = house.program("iep-manager")
    program.get(house.about("/papers/a1"), 404)
    program.get(house.about("/papers/a1/content"), 404)
    read(program.ask("POST", house.about("/papers?name=x.pdf&fact_id=f2"), PDF, Content_Type="application/pdf"), 404)
    read(program.ask("POST", house.about("/papers?name=x.pdf"), PDF, Content_Type="text/html"), 415)


def test_a_letter_as_text_and_as_a_pdf(house: House) -> None:
    program = house.program("parent")
    fields: dict[str, object] = {"lang": "en", "on": "2025-09-03", "fields": {"concerns": CONCERNS}}
    made = program.post(house.about("/letters/evaluation-request/preview"), fields, 422)
    [kind] = [one for one in program.get("/letter-kinds")["items"] if one["id"] == "evaluation-request"]
    options = {one["id"]: one["options"] for one in kind["fields"]}
    named = {one["where"].removeprefix("fields.") for one in made["faults"]}
    fields["fields"] = {"concerns": CONCERNS} | {one: (options[one] or ["Maria"])[0] for one in named}
    made = program.post(house.about("/letters/evaluation-request/preview"), fields, 200)
    assert CONCERNS in made["text"]
    paper = program.ask("POST", house.about("/letters/evaluation-request/pdf"), fields)
    assert (paper.status_code, paper.content[:5]) == (200, b"%PDF-")
    program.post(house.about("/letters/no-such-letter/preview"), {}, 404)
    assert isinstance(program.get(house.about("/letters/fitting?on=2026-03-01"))["items"], list)
    house.program("iep-manager").get(house.about("/letters/fitting"), 403)


def test_plans_and_meetings(planned: House) -> None:
    program = planned.program("iep-manager")
    [row] = program.get(planned.about("/plans"))["items"]
    assert row["form"] == "iep"
    shown = program.get(planned.about(f"/plans/{row['id']}"))
    assert shown["plan"]["content"]["strengths"] == "Curious"
    assert program.get(planned.about(f"/plans/{row['id']}/versions"))["items"] == []
    program.get(planned.about(f"/plans/{row['id']}/versions/1"), 404)
    [meeting] = program.get(planned.about("/meetings"))["items"]
    assert program.get(planned.about(f"/meetings/{meeting['id']}"))["plan"]["form"] == "meeting"
    program.get(planned.about(f"/meetings/{row['id']}"), 404)
    day = program.get(planned.about("/plan-in-force?on=2025-10-01"))
    assert day["in_force"] is None
    assert day["because"]
    assert planned.program("parent").get(planned.about("/plans"))["items"] == []


@pytest.fixture
def planned(house: House) -> House:
    """The school writes a plan and a meeting, and shows neither."""
    from gameplan.planning.meetings import begin_meeting
    from gameplan.planning.writing import Change, begin, save

    _user, lead = house.person("iep-manager")
    lead = lead.acting_as("iep-manager")
    plan = begin(house.case, by=lead, form_id="iep")
    save(plan, by=lead, desk="d", changes=[Change("strengths", ["Curious"])])
    begin_meeting(house.case, by=lead, on=date(2025, 9, 1), about=plan)
    return house


def test_points_of_a_measure(house: House) -> None:
    _user, teacher = house.person("special-teacher")
    measure_reading(house.case, teacher)
    program = house.program("special-teacher")
    assert [one["title"] for one in program.get(house.about("/measures"))["items"]] == ["Raises a hand"]
    program.post(house.about("/measures/m1/points"), {"on": "2025-10-09", "data": {"count": 4}})
    wrong = program.post(house.about("/measures/m1/points"), {"on": "2025-10-09", "data": {"count": "many"}}, 422)
    assert wrong["faults"][0]["where"] == "count"
    assert [one["data"] for one in program.get(house.about("/measures/m1/points"))["items"]] == [{"count": 4}]


def test_minutes_of_a_case_without_a_plan(house: House) -> None:
    program = house.program("provider")
    found = program.get(house.about("/minutes?on=2025-10-09"))
    assert (found["services"], found["counts"]) == ([], "school")
    told = {"service": "related-services/r1", "on": "2025-10-09", "minutes": 30}
    assert program.post(house.about("/sessions"), told, 422)["faults"][0]["where"] == "service"
    assert program.get(house.about("/sessions"))["items"] == []


def test_permission_that_was_asked_for(house: House) -> None:
    assert house.program("iep-manager").get(house.about("/consents"))["items"] == []
    house.program("iep-manager").get(house.about("/consents/c1"), 404)


def test_places_and_the_caseload(house: House) -> None:
    program = house.program("district-director")
    [here] = program.get("/places")["items"]
    assert here["name"] == "Pecan Elementary"
    assert program.get(f"/places/{here['id']}")["parts"] == []
    assert program.get(f"/places/{here['id']}/school-years")["items"] == []
    assert isinstance(program.get("/caseload?limit=1")["items"], list)
    assert program.get("/caseload?status=nonsense", 422)["faults"]
    house.program("parent").get("/places", 404)


def test_the_law_is_for_everybody(db: None) -> None:
    anybody = Program()
    assert anybody.get("/law/states")["items"]["TX"] == "Texas"
    rules = anybody.get("/law/TX/entries?lang=es")["items"]
    assert rules
    assert anybody.get("/law/us/entries/initial-evaluation")["items"][0]["id"] == "initial-evaluation"
    anybody.get("/law/us/entries/no-such-rule", 404)
    anybody.get("/law/ZZ/entries", 404)
    assert anybody.get("/fact-kinds")["items"]
    assert {"evaluation-request"} <= {one["id"] for one in anybody.get("/letter-kinds")["items"]}
    assert anybody.get("/guide/answers?question=school+said+no+to+testing&state=TX")["items"]
