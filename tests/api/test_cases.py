"""Cases, facts and standing for other programs."""

from __future__ import annotations

import json

from gameplan.cases.models import Access
from tests.api.house import CANARY, House, Program


def test_a_parent_reads_the_case_and_its_facts(house: House) -> None:
    program = house.program("parent")
    [row] = program.get("/cases")["items"]
    assert row["child"] == "Ana"
    seen = program.get(house.about())
    assert (seen["role"], seen["side"]) == ("parent", "family")
    assert [one["id"] for one in program.get(house.about("/facts"))["items"]] == ["f1", "f2"]


def test_a_school_sees_what_the_family_shows(house: House) -> None:
    program = house.program("iep-manager")
    answer = program.ask("GET", house.about("/facts"))
    assert [one["id"] for one in json.loads(answer.content)["items"]] == ["f1"]
    assert CANARY not in answer.content.decode()
    program.get(house.about("/facts/f2"), 404)


def test_facts_come_page_by_page(house: House) -> None:
    program = house.program("parent")
    first = program.get(house.about("/facts?limit=1"))
    second = program.get(house.about(f"/facts?limit=1&after={first['next']}"))
    assert [one["id"] for page in (first, second) for one in page["items"]] == ["f1", "f2"]
    assert second["next"] is None
    assert program.get(house.about("/facts?after=nonsense"), 422)["faults"][0]["where"] == "after"
    cursor = program.get(house.about("/facts?limit=1"))["next"]
    program.get(f"/cases?after={cursor}", 422)


def test_a_fact_is_recorded_put_right_and_taken_back(house: House) -> None:
    program = house.program("iep-manager")
    told = {"kind": "consent-given", "on": "2025-09-12", "data": {"for": "initial-evaluation"}}
    made = program.post(house.about("/facts"), told)
    assert (made["id"], made["said_by"]) == ("f3", "school")
    better = program.post(house.about("/facts/f3/correction"), {"on": "2025-09-13"})
    assert (better["on"], better["corrects"], better["data"]["for"]) == ("2025-09-13", "f3", "initial-evaluation")
    gone = program.post(house.about(f"/facts/{better['id']}/withdrawal"), {"note": "Another child"})
    assert gone["withdrawn"]
    actions = list(
        Access.objects.filter(case_id=house.case.pk).order_by("-number").values_list("action", flat=True)[:3]
    )
    assert actions == ["withdraw-fact", "correct-fact", "record-fact"]


def test_what_is_wrong_is_told_all_at_once(house: House) -> None:
    told = {"kind": "no-such-kind", "on": "soon", "attachments": ["a1"]}
    found = house.program("iep-manager").post(house.about("/facts"), told, 422)
    assert found["type"].endswith("#problem-refused")
    assert {one["where"] for one in found["faults"]} == {"kind", "on", "attachments"}
    assert all(one["mend"] for one in found["faults"])


def test_an_unknown_name_is_no_slip_that_goes_by(house: House) -> None:
    found = house.program("parent").post(house.about("/facts"), {"kind": "concern-raised", "onn": "2025-09-01"}, 422)
    assert [one["where"] for one in found["faults"]] == ["body.onn"] or "onn" in found["faults"][0]["where"]


def test_the_standing_is_what_the_command_line_says(house: House) -> None:
    program = house.program("parent")
    found = program.get(house.about("/standing?on=2025-10-01&lang=es"))
    assert found["on"] == "2025-10-01"
    assert found["duties"]
    assert program.get(house.about("/duties?on=2025-10-01"))["items"][0]["clock"] == found["duties"][0]["clock"]
    line = "consent-given:2025-10-01:for=initial-evaluation"
    supposed = program.get(house.about(f"/standing?on=2025-10-01&suppose={line}"))["what_if"]
    assert supposed["duties"]
    assert len(program.get(house.about("/facts"))["items"]) == 2
    assert program.get(house.about("/standing?suppose=nonsense"), 422)["faults"]


def test_a_change_may_name_the_state_that_it_was_made_from(house: House) -> None:
    program = house.program("parent")
    tag = program.ask("GET", house.about()).headers["ETag"]
    told = {"kind": "concern-raised", "on": "2025-09-20"}
    program.post(house.about("/facts"), told, If_Match=tag)
    program.post(house.about("/facts"), told, 412, If_Match=tag)


def test_the_tag_does_not_tell_a_school_what_the_family_does_by_itself(house: House) -> None:
    school, family = house.program("iep-manager"), house.program("parent")
    before = school.ask("GET", house.about()).headers["ETag"]
    family.post(house.about("/facts"), {"kind": "concern-raised", "on": "2025-09-20", "private": True})
    assert school.ask("GET", house.about()).headers["ETag"] == before


def test_a_school_year_is_saved_and_read(house: House) -> None:
    program = house.program("parent")
    year = {"first_day": "2025-08-13", "last_day": "2026-05-28", "closed": ["2025-09-01"]}
    saved = program.ask("PUT", house.about("/calendars/2025-26"), year)
    assert saved.status_code == 200, saved.content
    [kept] = program.get(house.about("/calendars"))["items"]
    assert (kept["school_year"], kept["closed"], kept["own"]) == ("2025-26", ["2025-09-01"], True)
    wrong = program.ask("PUT", house.about("/calendars/2025-26"), {**year, "closed": [["2025-09-02", "2025-09-01"]]})
    assert wrong.status_code == 422
    assert "closed[0]" in wrong.content.decode()


def test_the_whole_case_is_for_who_may_take_a_copy_out(house: House) -> None:
    told = house.program("iep-manager").get(house.about("/file"))
    assert told["gameplan"] == 1
    assert CANARY not in json.dumps(told)
    house.program("general-teacher").get(house.about("/file"), 403)
    assert CANARY in json.dumps(house.program("parent").get(house.about("/file")))


def test_another_familys_case_is_not_there(house: House) -> None:
    house.program("parent").get(house.about("", house.theirs), 404)


def test_without_a_token_there_is_nothing(house: House) -> None:
    answer = Program().ask("GET", house.about())
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert answer.headers["Content-Type"] == "application/problem+json"
