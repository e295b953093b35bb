"""A child's special education in the words of the Ed-Fi data standard: 5.2 with its eligibility association, and the
events of the 6.1 domain where a fact of ours is one.

References and names follow the JSON of its interface. A value that the standard leaves to each State (disability,
reasons) stands in a namespace of our own: whoever loads the file maps it to the State's descriptors.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from gameplan.core.facts import Fact
from gameplan.reports.counting.counted import Counted
from gameplan.reports.counting.reporting_year import ReportingYear
from gameplan.reports.timeline_told import FIRST_SERVICES, SERVICES, Told

Resource = Mapping[str, Any]
PROGRAM, OURS, ED_FI = "Special Education", "uri://gameplan", "uri://ed-fi.org"
SETTINGS: Final = {
    "RC80": "Inside regular class 80% or more of the day",
    "RC79TO40": "Inside regular class between 40-79% of the day",
    "RC39": "Inside regular class less than 40% of the day",
    "SS": "Separate school", "RF": "Residential facility", "HH": "Homebound/Hospital", "CF": "Correctional facilities",
    "PPPS": "Parentally-placed in private schools", "SC": "Separate class", "H": "Home",
    "SPL": "Service provider location",
}  # fmt: skip
EXITS: Final = {
    "TRAN": "No longer eligible for Special Education", "GHS": "Graduated with Diploma",
    "GRADALTDPL": "Graduated with Diploma", "RC": "Graduated with Certificate", "RMA": "Reached the age limit",
    "DROPOUT": "Dropped out", "MKC": "Transferred out", "D": "Other",
}  # fmt: skip
EVENTS: Final = {
    "evaluation-completed": "Evaluation Complete",
    "eligibility-determined": "Specific Disability Eligibility Determination",
    "services-started": "Service Begins",
    "conduct-happened": "Incident",
    "manifestation-decided": "Manifestation Determination",
    "state-complaint-filed": "Parent Complaint",
    "surrogate-needed": "Surrogate Need Identification",
    "surrogate-assigned": "Surrogate Assignment",
    "hearing-officer-named": "Hearing Officer Assigned",
    "hearing-held": "Hearing Conducted",
    "transfer-records-sent": "Transfer Report Complete",
    "iep-adopted": "IEP Complete",
}  # fmt: skip
"""Kinds of fact that are an event of the standard as they stand. The written request and the prior written notice
have none, and are not exported as something else."""
CONSENTS: Final = {
    ("consent-given", "initial-evaluation"): "Parental Consent for Evaluation Given",
    ("consent-given", FIRST_SERVICES): "Parental Consent for Implementing IEP Given",
    ("consent-refused", FIRST_SERVICES): "Parental Consent for Implementing IEP Declined",
    ("consent-revoked", SERVICES): "IEP Parent Consent Withdrawn",
}  # fmt: skip


def resources_of(child: Counted, told: Told, on: date) -> Iterator[tuple[str, Resource]]:
    """The resources of one child as they stand on a day, each with the name under which the interface takes it.

    Nothing for a child without an IEP and without any step toward one.
    """
    reference = _reference(child)
    yield from _association(child, told, on, reference)
    yield from _eligibility(told, on, reference)
    yield from _events(told, on, reference)


def _reference(child: Counted) -> dict[str, Any]:
    """Which child, in which district. A child without a number of the State goes by the id of the case."""
    return {
        "educationOrganizationReference": {"educationOrganizationId": child.lea},
        "studentReference": {"studentUniqueId": child.student or child.id},
    }


def _program(child_reference: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "programReference": {
            **child_reference["educationOrganizationReference"], "programName": PROGRAM,
            "programTypeDescriptor": f"{ED_FI}/ProgramTypeDescriptor#{PROGRAM}",
        }
    }  # fmt: skip


def _association(child: Counted, told: Told, on: date, reference: dict[str, Any]) -> Iterator[tuple[str, Resource]]:
    """The program association: since the first IEP, with what is in force, and the exit if there is one."""
    made = told.of("iep-adopted", on=on)
    if not made:
        return
    last, left = made[-1], told.left(ReportingYear.around(on))
    evaluated = told.of("evaluation-completed", on=on)
    body = {
        **reference, **_program(reference),
        "beginDate": _day(made[0], "effective"),
        "ideaEligibility": child.plan,
        "specialEducationSettingDescriptor": _setting(child.environment),
        "lastEvaluationDate": evaluated[-1].on.isoformat() if evaluated else None,
        "iepBeginDate": _day(last, "effective"),
        "iepEndDate": _day(last, "ends", otherwise=False),
        "iepReviewDate": _day(last, "review_by", otherwise=False),
        "disabilities": _disabilities(child),
        "specialEducationExitDate": left.on.isoformat() if left else None,
        "specialEducationExitReasonDescriptor": _exit(left.reason) if left else None,
    }  # fmt: skip
    yield "studentSpecialEducationProgramAssociations", _filled(body)


def _eligibility(told: Told, on: date, reference: dict[str, Any]) -> Iterator[tuple[str, Resource]]:
    """One for each permission to evaluate: when it came, when the evaluation was over, and what was decided."""
    asked = [one for one in told.of("consent-given", on=on) if one.data.get("for") in _EVALUATIONS]
    for place, consent in enumerate(asked):
        until = asked[place + 1].on if place + 1 < len(asked) else on
        done = [one for one in told.of("evaluation-completed", on=until) if one.on >= consent.on]
        decided = [one for one in told.of("eligibility-determined", on=until) if one.on >= consent.on]
        body = {
            **reference, **_program(reference),
            "consentToEvaluationReceivedDate": _day(consent, "received"),
            "consentToEvaluationDate": _day(consent, "signed"),
            "ideaPartDescriptor": f"{ED_FI}/IDEAPartDescriptor#IDEA Part B",
            "eligibilityEvaluationTypeDescriptor": _EVALUATIONS[str(consent.data["for"])],
            "evaluationCompleteIndicator": bool(done),
            "eligibilityEvaluationDate": done[0].on.isoformat() if done else None,
            "eligibilityDeterminationDate": decided[0].on.isoformat() if decided else None,
            "ideaIndicator": decided[0].data.get("eligible") if decided else None,
        }  # fmt: skip
        yield "studentSpecialEducationProgramEligibilityAssociations", _filled(body)


_EVALUATIONS: Final = {
    "initial-evaluation": f"{ED_FI}/EligibilityEvaluationTypeDescriptor#Initial Evaluation",
    "reevaluation": f"{ED_FI}/EligibilityEvaluationTypeDescriptor#Reevaluation",
}


def _events(told: Told, on: date, reference: dict[str, Any]) -> Iterator[tuple[str, Resource]]:
    for fact in told.facts:
        name = _event_name(fact)
        if name and fact.on <= on:
            yield "ideaEvents", {
                **reference, "ideaEventIdentifier": fact.id,
                "ideaEventTypeDescriptor": f"{ED_FI}/IDEAEventTypeDescriptor#{name}", "beginDate": fact.on.isoformat(),
            }  # fmt: skip


def _event_name(fact: Fact) -> str:
    """The event of the standard that a fact is; "" for none."""
    if fact.kind == "removal-ordered":
        return "Removed from Least Restrictive Environment" if fact.data.get("kind") == "iaes" else ""
    if fact.kind == "meeting-held":
        return "IEP Review Complete" if fact.data.get("kind") == "annual-review" else ""
    return EVENTS.get(fact.kind) or CONSENTS.get((fact.kind, str(fact.data.get("for"))), "")


def _setting(code: str) -> str | None:
    return f"{ED_FI}/SpecialEducationSettingDescriptor#{SETTINGS[code]}" if code in SETTINGS else None


def _exit(reason: str) -> str:
    return f"{ED_FI}/SpecialEducationExitReasonDescriptor#{EXITS.get(reason, 'Other')}"


def _disabilities(child: Counted) -> list[dict[str, object]]:
    if not child.disability:
        return []
    return [{"disabilityDescriptor": f"{OURS}/DisabilityDescriptor#{child.disability}", "orderOfDisability": 1}]


def _day(fact: Fact, name: str, *, otherwise: bool = True) -> str | None:
    """A day of a fact; where the file does not say it, the day of the fact itself, or none."""
    said = fact.data.get(name)
    return said.isoformat() if isinstance(said, date) else fact.on.isoformat() if otherwise else None


def _filled(body: Mapping[str, Any]) -> Resource:
    """Without what is not known: the interface takes no empty values."""
    return {name: value for name, value in body.items() if value not in (None, [])}
