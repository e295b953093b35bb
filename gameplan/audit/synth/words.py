"""What the made-up facts say in words: few different texts, so that a nation's data stay small."""

from __future__ import annotations

from typing import Final

Said = dict[str, object]


def _said(**fields: object) -> Said:
    return fields


CONCERNS: Final[list[Said]] = [
    {"by": by, "written": written, "about": about}
    for by in ("parent", "teacher", "other-staff")
    for written in (True, False)
    for about in ("reading", "speech", "attention", "behavior")
]
AREAS: Final = (
    ["reading"], ["reading", "writing"], ["speech"], ["speech", "motor"], ["math"], ["behavior", "attention"],
    ["cognition", "reading", "math"], ["health", "attention"],
)  # fmt: skip
REQUESTS: Final[list[Said]] = [
    {"type": "initial", "by": by, "written": written}
    for by in ("parent", "teacher", "agency", "other")
    for written in (True, False)
]
FIRST_EVALUATIONS: Final[list[Said]] = [
    *(_said(type="initial", areas=areas) for areas in AREAS),
    {"type": "initial", "areas": ["reading", "writing"], "suspected_sld": True},
    {"type": "initial", "areas": ["reading", "math"], "suspected_sld": False},
]
REEVALUATIONS: Final[list[Said]] = [{"type": "reevaluation", "areas": areas} for areas in AREAS]
CATEGORIES: Final = (
    "specific-learning-disability", "speech-or-language-impairment", "other-health-impairment", "autism",
    "emotional-disability", "developmental-delay", "intellectual-disability", "hearing-impairment",
)  # fmt: skip
ELIGIBLE: Final[list[Said]] = [
    *(_said(eligible=True, categories=[category]) for category in CATEGORIES),
    {"eligible": True, "categories": ["specific-learning-disability"], "considered_sld": True},
]
NOT_ELIGIBLE: Final[list[Said]] = [
    *(_said(eligible=False, excluded_because=why) for why in ("no-need", "no-category", "reading-instruction")),
    {"eligible": False},
]
INVITED: Final = (["parent", "teacher"], ["parent", "teacher", "student"], ["parent"])
TEAM: Final = (["parent", "teacher", "administrator"], ["parent", "teacher"], ["teacher", "administrator"])
IEPS: Final[list[Said]] = [
    {"progress_schedule": schedule, "has_transition": transition, "has_majority_statement": majority}
    for transition, majority in ((False, False), (True, False), (True, True))
    for schedule in ("quarterly", "with report cards", "every 9 weeks", "trimester")
]
FIRST_IEPS: Final[list[Said]] = [{**one, "first": True} for one in IEPS]
SERVICES: Final[list[Said]] = [
    {"services": one} for one in (["reading"], ["speech"], ["resource room"], ["speech", "counseling"])
]
ENVIRONMENTS: Final[list[Said]] = [
    {"environment": one} for one in ("regular class 80% or more", "regular class 40-79%", "separate class")
]


def notice(decision: str, subject: list[str], matter: str) -> Said:
    """What a prior written notice says."""
    return {"decision": decision, "subject": subject, "matter": matter}


def invitation(kind: str) -> list[Said]:
    """What the notice of such a meeting can say."""
    return [{"kind": kind, "invited": invited} for invited in INVITED]


def meeting(kind: str) -> list[Said]:
    """What the record of such a meeting can say."""
    return [
        {"kind": kind, "present": present, "parent_took_part": "parent" in present, "means": means}
        for present in TEAM
        for means in ("in-person", "video", "phone")
    ]
