"""The mark by which a paper names the plan that it was printed from."""

from __future__ import annotations

import hashlib
import json

from gameplan.plans.plan import Content, Plan, plan_json


def json_hash(content: Content) -> str:
    """The SHA-256 of a plan's JSON as 64 hexadecimal digits, whatever the order of its names."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def plan_hash(plan: Plan) -> str:
    """The SHA-256 of a plan as 64 hexadecimal digits: of its JSON in UTF-8, names in order, without blanks.

    It is the same for every paper that is printed of the plan, in any language.
    """
    return json_hash(plan_json(plan))
