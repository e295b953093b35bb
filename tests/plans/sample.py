"""One whole IEP of a third grader, and the same with changes, for the tests of plans."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from gameplan.plans.plan import Plan
from gameplan.plans.plan_file import read_plan

ON = date(2025, 10, 1)
SERVICE = {
    "id": "e1", "service": "Reading lessons", "minutes": 45, "times": 1, "per": "day", "place": "special-class",
    "group": "small-group", "who": "special education teacher", "start": "2025-09-22", "end": "2026-05-22",
}  # fmt: skip
SPEECH = {
    "id": "r1", "service": "speech-language", "minutes": 30, "times": 2, "per": "week", "place": "therapy-room",
    "start": "2025-09-22", "end": "2026-05-22",
}  # fmt: skip
GOAL = {
    "id": "g1", "area": "Reading", "baseline": "reads 42 words a minute",
    "goal": "Ana will read a third-grade text aloud.",
    "target": "80 words a minute in 3 checks in a row", "by": "2026-05-22", "measure": "one-minute reading",
    "who": "the reading teacher, every week",
}  # fmt: skip
WHOLE: dict[str, Any] = {
    "gameplan_plan": 1,
    "form": "iep",
    "language": "en",
    "child": {"name": "Ana López", "born": "2016-05-02", "state": "TX", "grade": "3"},
    "content": {
        "occasion": "first", "meeting-date": "2025-09-15", "start": "2025-09-22", "review-by": "2026-09-14",
        "strengths": "Ana is *curious* and kind.", "parent-concerns": "Reading takes her very long.",
        "evaluation-results": "Reading is far below her grade.", "present-academic": "She reads 42 words a minute.",
        "present-functional": "She has two good friends.", "effect-curriculum": "She cannot read the science book.",
        "needs": "Reading and clear speech.", "behavior": False, "learning-english": False, "low-vision": False,
        "communication": "She speaks in short sentences.", "assistive-technology": "Audio books.",
        "goals": [GOAL], "progress-schedule": "quarterly", "special-education": [SERVICE],
        "related-services": [SPEECH], "supplementary-aids-none": True, "staff-supports-none": True,
        "accommodations": [{"id": "a1", "what": "Extra time", "where": "all classes"}], "modifications-none": True,
        "assessment-part": "accommodated", "test-accommodations": "Extra time.",
        "placements-considered": [{"id": "p1", "option": "regular-with-supplementary", "chosen": True, "why": "OK."}],
        "week-minutes": 1800, "apart-minutes": 285, "non-participation": "During reading lessons and speech.",
        "esy": "no", "esy-why": "She kept what she had learned.",
    },
}  # fmt: skip
OLDER: dict[str, Any] = {
    "transition-assessments": "An interest survey.", "after-education": "Ana will go to college.",
    "after-work": "Ana will work with animals.", "after-living": "No goal is needed.", "courses": "Biology.",
    "transition-services": [{"id": "t1", "area": "instruction", "what": "Writing a résumé"}],
}  # fmt: skip


def whole(child: dict[str, Any] | None = None, **content: Any) -> dict[str, Any]:
    """The JSON of the whole plan with other fields (`_` for a stroke; None takes the field out)."""
    made: dict[str, Any] = json.loads(json.dumps(WHOLE))
    made["child"] |= child or {}
    for name, value in content.items():
        made["content"][name.replace("_", "-")] = value
    made["content"] = {name: value for name, value in made["content"].items() if value is not None}
    return made


def plan(child: dict[str, Any] | None = None, **content: Any) -> Plan:
    """The same as a plan that was read."""
    return read_plan(whole(child, **content))
