"""Facts as they come in a child's life: what follows what, how soon, and what each says of the others.

A line is a list of steps. Of each case some lines are taken, with steps left out and done twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

Days: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class One:
    """One of these words."""

    words: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Later:
    """A day so many days after that of the fact."""

    days: Days


@dataclass(frozen=True, slots=True)
class Next:
    """The day of the next fact of that kind in the same line."""

    kind: str


@dataclass(frozen=True, slots=True)
class Of:
    """An earlier fact of one of these kinds."""

    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InARow:
    """Up to so many days, one after the other, from the day of the fact on."""

    most: int


@dataclass(frozen=True, slots=True)
class State:
    """The child's own State, by its letters or its name; or another one."""

    own: bool


@dataclass(frozen=True, slots=True)
class Step:
    """A fact of that kind, so many days after the last one of its line; `says` is what it usually says."""

    kind: str
    after: Days = (0, 10)
    says: Mapping[str, object] = field(default_factory=dict)


def one(*words: object) -> One:
    """One of these words."""
    return One(words)


PURPOSE = one("initial-evaluation", "initial-evaluation", "reevaluation")
MORE_TIME = one("evaluation-time", "sld-extra-time", "transfer-evaluation-date", "evaluation-time")
SOONER = one("meeting-sooner", "shorter-notice", "earlier-start", "later-start", "meeting-date")
AGREED = {"written": one(True, True, False), "until": Later((5, 60)), "days": one(5, 10, 30), "asked": Later((-5, 0))}
FILED = ("due-process-filed",)

EVALUATION = (
    Step("concern-raised", (0, 5), {"by": one("parent", "teacher"), "written": one(True, False)}),
    Step("evaluation-requested", (0, 20), {"type": one("initial", "reevaluation"), "by": "parent", "written": True}),
    Step("pwn-sent", (0, 25), {
        "decision": one("propose", "propose", "refuse"), "subject": one(["evaluation"], ["evaluation", "fape"]),
        "about_event": Of(("evaluation-requested",)),
    }),
    Step("consent-requested", (0, 10), {"for": PURPOSE, "second": one(True, False)}),
    Step("consent-given", (0, 25), {"for": PURPOSE, "received": Later((0, 6)), "signed": Later((-3, 0))}),
    Step("special-path", (0, 5)),
    Step("child-not-produced", (0, 20), {"to": Later((1, 9)), "record": one("missed", "#")}),
    Step("child-absent", (0, 15), {"days": InARow(12)}),
    Step("agreement-made", (0, 20), {"about": MORE_TIME, **AGREED}),
    Step("time-extended", (0, 20), {"about": PURPOSE, "until": Later((5, 40)), "days": one(5, 15)}),
    Step("request-withdrawn", (0, 10), {"written": one(True, False)}),
    Step("evaluation-completed", (5, 50), {"type": one("initial", "reevaluation")}),
    Step("document-given", (0, 10), {"what": "evaluation-report", "for_date": Next("meeting-held")}),
    Step("meeting-notice-sent", (0, 10), {
        "kind": one("eligibility", "initial-iep"), "for_date": Next("meeting-held"),
    }),
    Step("agreement-made", (0, 3), {"about": SOONER, **AGREED}),
    Step("meeting-held", (0, 20), {"kind": one("eligibility", "initial-iep")}),
    Step("eligibility-determined", (0, 5), {"eligible": one(True, True, False), "considered_sld": one(True, False)}),
    Step("document-given", (0, 5), {"what": one("eligibility-record", "iep-copy", "draft-iep")}),
    Step("iep-offered", (0, 25), {
        "received": Later((0, 5)), "first": one(True, False), "start_agreed": Later((5, 30)),
    }),
    Step("iep-answered", (0, 20), {"answer": one("accepted", "rejected", "partly"), "received": Later((0, 3))}),
    Step("iep-adopted", (0, 10), {
        "first": True, "review_by": Later((200, 365)), "ends": Later((300, 370)), "services_start": Later((0, 20)),
    }),
    Step("consent-given", (0, 15), {"for": "initial-services", "received": Later((0, 4))}),
    Step("services-started", (0, 20), {"until": Later((100, 300))}),
)  # fmt: skip
YEARLY = (
    Step("iep-adopted", (0, 30), {"review_by": Later((200, 365)), "has_transition": one(True, False)}),
    Step("document-given", (0, 90), {"what": "progress-report", "for_period": one("q1", "q2")}),
    Step("document-given", (0, 90), {"what": one("iep-copy", "amended-iep-copy", "progress-report")}),
    Step("iep-copy-requested", (0, 60)),
    Step("change-requested", (0, 60), {"about": one("services", "placement", "iep-meeting"), "written": True}),
    Step("pwn-sent", (0, 20), {
        "decision": one("propose", "refuse"), "subject": ["placement"], "effective": Later((0, 15)),
    }),
    Step("placement-decided", (0, 20)),
    Step("iep-changed", (0, 60), {"how": one("team-meeting", "written-agreement")}),
    Step("meeting-notice-sent", (30, 200), {"kind": "annual-review", "for_date": Next("meeting-held")}),
    Step("meeting-held", (5, 20), {"kind": "annual-review", "parent_took_part": True}),
    Step("iep-adopted", (0, 30)),
    Step("agreement-made", (0, 300), {"about": one("reevaluation-unnecessary", "reevaluate-sooner"), **AGREED}),
    Step("safeguards-given", (0, 30), {"reason": one("annual", "referral", "request")}),
    Step("consent-revoked", (0, 100), {"for": "services", "written": True}),
)  # fmt: skip
HEARING = (
    Step("violation-happened", (0, 40), {"known": Later((0, 400))}),
    Step("due-process-filed", (0, 300), {
        "filed": Later((-3, 3)), "by": one("parent", "school"), "expedited": one(True, False, False),
        "pwn_already_sent": one(True, False),
    }),
    Step("due-process-filed", (0, 40), {"by": one("parent", "school"), "expedited": one(True, False)}),
    Step("due-process-answered", (0, 12), {"by": one("parent", "school")}),
    Step("sufficiency-challenged", (0, 15), {"received_by_officer": Later((0, 3))}),
    Step("sufficiency-ruled", (0, 6), {"sufficient": one(True, False)}),
    Step("due-process-amended", (0, 20)),
    Step("agreement-made", (0, 10), {
        "about": one("waive-resolution", "no-agreement-possible", "use-mediation", "continue-mediation"), **AGREED,
    }),
    Step("meeting-held", (0, 15), {"kind": "resolution"}),
    Step("mediation-asked", (0, 10)),
    Step("conciliation-asked", (0, 10)),
    Step("officer-intervened", (0, 10)),
    Step("settlement-offered", (0, 10), {"answer": one("accepted", "rejected"), "answered": Later((0, 12))}),
    Step("settlement-signed", (0, 15), {"from": one("resolution", "mediation")}),
    Step("settlement-voided", (0, 4)),
    Step("hearing-extended", (0, 20), {"until": Later((5, 60)), "asked": Later((-5, 0)), "days": one(10, 30)}),
    Step("hearing-held", (0, 30), {"last_day": Later((0, 5))}),
    Step("hearing-decided", (0, 40), {
        "of": Of(FILED), "mailed": Later((0, 5)), "received": Later((1, 8)), "for": one("parent", "school"),
        "placement_change_agreed_with_parent": one(True, False),
    }),
    Step("due-process-closed", (0, 30), {"of": Of(FILED), "how": one("withdrawn", "dismissed", "settled")}),
    Step("motion-filed", (0, 20), {"what": one("reconsider", "vacate", "stay")}),
    Step("decision-corrected", (0, 20), {"mailed": Later((0, 3))}),
    Step("state-review-asked", (0, 30)),
    Step("state-review-decided", (0, 40), {"mailed": Later((0, 4))}),
    Step("civil-action-filed", (0, 100)),
)  # fmt: skip
COMPLAINT = (
    Step("violation-happened", (0, 40), {"known": Later((0, 60))}),
    Step("state-complaint-filed", (0, 400), {
        "filed": Later((0, 5)), "received": Later((0, 8)), "issues": one(["a"], ["b"]),
    }),
    Step("state-complaint-paused", (0, 20), {"to": Later((1, 60)), "issues": one(["a"], ["b"])}),
    Step("state-complaint-extended", (0, 20), {
        "until": Later((5, 60)), "days": one(10, 30), "asked": Later((-8, 0)),
        "why": one("exceptional-circumstances", "agreed-mediation-or-adr"),
    }),
    Step("state-complaint-decided", (0, 60), {"corrective_action_due": Later((10, 60))}),
)  # fmt: skip
REMOVED = (
    Step("conduct-happened", (0, 10), {"special": one("weapon", "drugs", "not-known")}),
    Step("removal-ordered", (0, 5), {
        "from": Later((0, 2)), "school_days": one(1, 2, 3, 4, 5, 10, 11, 45), "served_days": InARow(6),
        "part_days": InARow(3), "part_day_counts": one("whole", "half", "none"), "conduct": Of(("conduct-happened",)),
        "kind": one("suspension", "in-school-suspension", "iaes", "sent-home"), "kept_learning": one(True, False),
    }),
)  # fmt: skip
DISCIPLINE = (
    *REMOVED, *REMOVED, *REMOVED,
    Step("parent-told-of-removal", (0, 3)),
    Step("conduct-compared", (0, 3), {"similar": one(True, False)}),
    Step("services-in-removal", (0, 3), {"given": one(True, False)}),
    Step("child-returned", (0, 12)),
    *REMOVED,
    Step("meeting-held", (0, 12), {"kind": "manifestation"}),
    Step("manifestation-decided", (0, 3), {"is_manifestation": one(True, False), "parent_agrees": one(True, False)}),
    Step("behavior-plan-done", (0, 20)),
    Step("interim-setting-ordered", (0, 20)),
    Step("child-returned", (0, 60)),
)  # fmt: skip
OUTSIDE = (
    Step("evaluation-completed", (0, 10), {"type": "initial"}),
    Step("document-given", (0, 20), {"what": "evaluation-report"}),
    Step("iee-requested", (0, 60), {"of_evaluation": Of(("evaluation-completed",)), "expense": "public"}),
    Step("due-process-filed", (0, 30), {"by": "school"}),
    Step("iee-agreed", (0, 30)),
    Step("evaluation-completed", (0, 200), {"type": "reevaluation"}),
    Step("iee-requested", (0, 100), {"of_evaluation": Of(("evaluation-completed",)), "expense": "public"}),
    Step("outside-evaluation-shared", (0, 60), {"expense": one("public", "private")}),
    Step("outside-evaluation-considered", (0, 60)),
)  # fmt: skip
MOVING = (
    Step("leaving-notice", (0, 20), {"written": True}),
    Step("enrolled", (0, 20), {
        "state": State(own=True), "previous_state": State(own=False), "had_iep": one(True, False),
        "same_school_year": one(True, False), "setting": one("public", "charter", "private-by-parent"),
    }),
    Step("transfer-records-asked", (0, 10)),
    Step("transfer-records-sent", (0, 20)),
    Step("iep-adopted", (0, 40)),
    Step("child-moved", (0, 200), {"to_state": State(own=False)}),
    Step("enrolled", (0, 20), {"state": State(own=False), "previous_state": State(own=True)}),
)  # fmt: skip
LEAVING = (
    Step("part-c-notified", (0, 60)),
    Step("graduation-planned", (0, 100), {"graduation": Later((20, 200)), "diploma": one("regular", "certificate")}),
    Step("document-given", (0, 60), {"what": one("majority-transfer-notice", "summary-of-performance")}),
    Step("pwn-sent", (0, 30), {"decision": "propose", "subject": ["placement"], "effective": Later((0, 60))}),
    Step("services-stopped", (0, 100), {"reason": one("regular-diploma", "aged-out", "revoked", "moved")}),
)  # fmt: skip
RECORDS = (
    Step("records-requested", (0, 20), {"written": one(True, False), "before": Of(("meeting-held", "hearing-held"))}),
    Step("records-shown", (0, 50)),
    Step("record-change-requested", (0, 20)),
    Step("record-change-decided", (0, 50), {"amended": one(True, False)}),
    Step("record-hearing-requested", (0, 20)),
    Step("record-hearing-held", (0, 30)),
    Step("record-hearing-decided", (0, 20)),
    Step("private-notice-given", (0, 20), {"how": one("at-iep-meeting", "in-writing")}),
    Step("private-removal", (0, 15)),
    Step("document-given", (0, 20), {"what": "placement-notice"}),
    Step("placement-notice-answered", (0, 12), {"answer": one("agree", "disagree", "silent")}),
)  # fmt: skip
LINES = (
    EVALUATION, EVALUATION, EVALUATION, YEARLY, HEARING, HEARING, COMPLAINT, DISCIPLINE, DISCIPLINE, OUTSIDE, MOVING,
    LEAVING, RECORDS,
)  # fmt: skip
