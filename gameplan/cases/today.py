"""The one place that asks which day it is. Everything below is told."""

from __future__ import annotations

import os
from datetime import date

from django.utils import timezone


def today() -> date:
    """The family's today; GAMEPLAN_TODAY=2025-09-03 shows any other day, for replays and tests."""
    chosen = os.environ.get("GAMEPLAN_TODAY", "").strip()
    return date.fromisoformat(chosen) if chosen else timezone.localdate()
