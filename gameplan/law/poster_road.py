"""The road of the poster: its steps and side roads, each with the rules that hang on it. No number stands here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gameplan.core.words import Say


@dataclass(frozen=True, slots=True)
class Hung:
    """A federal rule at a step, by its id. `about` is what a State's rule on it must be about to count here."""

    rule: str
    about: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """A step or a side road: its name, one plain sentence, its rules, and `options` that say what nobody may do."""

    id: str
    name: Say
    plain: Say
    rules: tuple[Hung, ...] = ()
    options: tuple[str, ...] = ()


ROAD = (
    Place(
        "concern", Say("A concern"),
        Say("You see that your child struggles. Write down what you see and tell the school."),
        (Hung("child-find"),),
    ),
    Place(
        "request", Say("Ask for an evaluation"),
        Say("Ask the school in writing. Keep a copy and note the day."),
        (Hung("safeguards-on-referral"),),
    ),
    Place(
        "answer", Say("The school answers"),
        Say("It says yes and asks for your permission, or it says no and tells you why in writing."),
        (Hung("answer-evaluation-request"),),
    ),
    Place(
        "permission", Say("You give permission"),
        Say("You read what will be tested. You sign, or you say no."),
        (Hung("consent-before-initial-evaluation"),),
    ),
    Place(
        "evaluation", Say("Evaluation"),
        Say("The school tests your child in all areas of the concern. It costs you nothing."),
        (Hung("initial-evaluation"),),
    ),
    Place(
        "decision", Say("Report and decision"),
        Say("You get the report. A team that you belong to decides if your child qualifies."),
        (Hung("eligibility-decision"), Hung("evaluation-report-copy")),
    ),
    Place(
        "iep-meeting", Say("Meeting to write the IEP"),
        Say("You and the school write the plan for your child together."),
        (Hung("meeting-notice", {"kind": "initial-iep"}), Hung("iep-meeting")),
    ),
    Place(
        "services", Say("Services start"),
        Say("You say yes to the first services in writing. Then the help begins."),
        (Hung("consent-before-services"), Hung("services-begin"), Hung("iep-copy")),
    ),
    Place(
        "review", Say("Progress and yearly review"),
        Say("The school tells you how it goes. The team looks at the plan again."),
        (Hung("progress-reports"), Hung("iep-annual-review")),
    ),
    Place(
        "again", Say("A new evaluation"),
        Say("The school looks again at what your child needs. You may ask for it sooner."),
        (Hung("reevaluation-3-years"),),
    ),
)  # fmt: skip
SIDE_ROADS = (
    Place(
        "no", Say("If the answer is no, or you disagree"),
        Say("A no must come in writing, with reasons. You have ways to go on."),
        (Hung("iee-answer"), Hung("mediation-session"), Hung("state-complaint-window"), Hung("due-process-window")),
    ),
    Place(
        "504", Say("Ask about a 504 plan"),
        Say("A child with a disability may get help at school without an IEP: a 504 plan."),
        (Hung("section-504-evaluate"), Hung("ocr-complaint-window")),
    ),
    Place(
        "tiers", Say("Extra help in class"),
        Say("Help in steps is good. It is no reason to wait with an evaluation."),
        options=("no-delay-by-mtss",),
    ),
)  # fmt: skip

AFTER: Mapping[str, Say] = {
    "concern-raised": Say("after someone raised a concern"),
    "evaluation-requested": Say("after the request"),
    "consent-given": Say("after the school has your signed permission"),
    "eligibility-determined": Say("after the decision"),
    "evaluation-completed": Say("after the evaluation is finished"),
    "iep-adopted": Say("after the IEP is finished"),
    "iep-offered": Say("after the school offers the IEP"),
    "meeting-held": Say("after the meeting"),
    "violation-happened": Say("from the day the problem happened"),
    "pwn-sent": Say("after the school’s written notice"),
    "document-given": Say("after you get the paper"),
    "iee-requested": Say("after you ask for it"),
    "agreement-made": Say("after both sides agree to it"),
    "discrimination-happened": Say("from the day it happened"),
}
"""From which event a time counts, where nothing nearer is known of it."""
NEARER: tuple[tuple[str, Mapping[str, object], Say], ...] = (
    ("evaluation-requested", {"written": True}, Say("after the written request")),
    ("evaluation-requested", {"written": False}, Say("after a spoken request")),
    ("consent-given", {"for": "initial-services"}, Say("after your permission for services")),
    ("eligibility-determined", {"eligible": True}, Say("after the decision that your child qualifies")),
    ("document-given", {"what": "evaluation-report"}, Say("after you get the evaluation report")),
    ("document-given", {"what": "iep-copy"}, Say("after you get the written IEP")),
)
"""The same, where the entry says more of the event."""
BY_DAY: Mapping[tuple[str, str], Say] = {
    ("violation-happened", "known"): Say("from the day you knew or should have known of the problem"),
    ("consent-given", "signed"): Say("after you sign the permission"),
}
"""The same, where the entry counts from another day of the event than the usual one."""
BEFORE: Mapping[str, Say] = {"meeting-held": Say("before the meeting")}
UPON: Mapping[str, Say] = {
    "evaluation-requested": Say("at the time of the request"),
    "evaluation-completed": Say("when the evaluation is finished"),
    "eligibility-determined": Say("when the decision is made"),
    "iep-adopted": Say("when the IEP is finished"),
}
"""When something is owed that the law wants at that very time."""
FOLLOWS: Mapping[tuple[str, str], Say] = {
    ("initial-evaluation", "due"): Say("after the evaluation is due"),
    ("initial-evaluation", "done"): Say("after the evaluation is finished"),
}
"""From where a time counts that begins where another one ends."""
