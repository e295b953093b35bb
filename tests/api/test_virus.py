"""A program's file with a virus is refused; while nobody can tell, it is asked to come again with the same key."""

from __future__ import annotations

from pytest_django import Settings

from tests.api.house import House, read
from tests.stand_in_clamd import VIRUS, Way, clamd


def test_a_file_goes_through_the_scanner(house: House, settings: Settings) -> None:
    program = house.program("iep-manager")
    address = house.about("/papers?name=report.pdf")
    sent = {"Content_Type": "application/pdf", "Idempotency_Key": "one"}
    with clamd(Way.SAYS_NOTHING) as scanner:
        settings.GAMEPLAN_VIRUS_SCANNER = scanner.address
        answer = program.ask("POST", address, b"%PDF-1.7 a report", **sent)
        assert read(answer, 503)["type"].endswith("#problem-not-now")
        assert answer.headers["Retry-After"] == "300"
    with clamd() as scanner:
        settings.GAMEPLAN_VIRUS_SCANNER = scanner.address
        read(program.ask("POST", address, b"%PDF-1.7 a report", **sent), 201)
        refused = program.ask("POST", address, b"%PDF-1.7" + VIRUS, Content_Type="application/pdf")
        assert "harmful" in read(refused, 422)["faults"][0]["what"]
    assert [one["name"] for one in program.get(house.about("/papers"))["items"]] == ["report.pdf"]
