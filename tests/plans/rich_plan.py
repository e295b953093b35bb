"""A plan that is filled in throughout: Ana's third grade, as a good team would write it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ANA = Path(__file__).with_name("ana.json")


def ana(**changes: Any) -> dict[str, Any]:
    """Ana's plan as a JSON value, with other content in these fields (strokes written as underscores)."""
    told: dict[str, Any] = json.loads(ANA.read_text(encoding="utf-8"))
    told["content"] |= {name.replace("_", "-"): value for name, value in changes.items()}
    return told
