"""The export for an Ed-Fi interface."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest
from typer.testing import CliRunner

from gameplan.cases.models import Access
from gameplan.cli import app, places
from gameplan.people.models import Organisation
from tests.districts.conftest import TODAY, Join
from tests.reports.conftest import Enroll, Tell

Served = Callable[..., None]


def test_a_child_becomes_an_association_an_eligibility_and_events(
    numbered: Organisation, join: Join, oak: Organisation, served: Served, enroll: Enroll, tell: Tell,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(places, "open_shared", lambda data: data)
    ben = join("Ben", oak, born=date(2018, 5, 2))
    asked, done = date(2026, 1, 5), date(2026, 2, 10)
    tell(ben, "consent-given", asked, signed=asked, received=asked, **{"for": "initial-evaluation"})
    tell(ben, "evaluation-completed", done, date=done, type="initial")
    served(ben)
    tell(ben, "placement-decided", date(2026, 3, 3), date=date(2026, 3, 3), environment="RC80")
    pupil = enroll(ben)
    answer = CliRunner().invoke(app, ["report", "edfi", "--place", "Pecan Valley"])
    assert answer.exit_code == 0, answer.output
    lines = [json.loads(line) for line in answer.stdout.splitlines()]
    child = {
        "educationOrganizationReference": {"educationOrganizationId": "4800001"},
        "studentReference": {"studentUniqueId": pupil.state_id},
    }
    program = {
        "programReference": {
            "educationOrganizationId": "4800001", "programName": "Special Education",
            "programTypeDescriptor": "uri://ed-fi.org/ProgramTypeDescriptor#Special Education",
        }
    }  # fmt: skip
    assert lines[0] == {
        "resource": "ed-fi/studentSpecialEducationProgramAssociations",
        "body": {
            **child, **program, "beginDate": "2026-03-02", "ideaEligibility": True,
            "specialEducationSettingDescriptor":
                "uri://ed-fi.org/SpecialEducationSettingDescriptor#Inside regular class 80% or more of the day",
            "lastEvaluationDate": "2026-02-10", "iepBeginDate": "2026-03-02",
            "disabilities": [
                {"disabilityDescriptor": "uri://gameplan/DisabilityDescriptor#AUT", "orderOfDisability": 1}
            ],
        },
    }  # fmt: skip
    assert lines[1] == {
        "resource": "ed-fi/studentSpecialEducationProgramEligibilityAssociations",
        "body": {
            **child, **program, "consentToEvaluationReceivedDate": "2026-01-05",
            "consentToEvaluationDate": "2026-01-05",
            "ideaPartDescriptor": "uri://ed-fi.org/IDEAPartDescriptor#IDEA Part B",
            "eligibilityEvaluationTypeDescriptor":
                "uri://ed-fi.org/EligibilityEvaluationTypeDescriptor#Initial Evaluation",
            "evaluationCompleteIndicator": True, "eligibilityEvaluationDate": "2026-02-10",
            "eligibilityDeterminationDate": "2026-02-16", "ideaIndicator": True,
        },
    }  # fmt: skip
    events = [line["body"]["ideaEventTypeDescriptor"].partition("#")[2] for line in lines[2:]]
    assert events == [
        "Parental Consent for Evaluation Given", "Evaluation Complete", "Specific Disability Eligibility Determination",
        "Parental Consent for Implementing IEP Given", "IEP Complete",
    ]  # fmt: skip
    assert Access.objects.filter(case_id=ben.pk, action="share", person="installer").exists()
    assert TODAY.isoformat() not in answer.stdout
