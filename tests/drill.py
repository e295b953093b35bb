"""How much is tried: some of it before each change goes in, all of it in a drill (`make drills`)."""

from __future__ import annotations

import os

IS_DRILL = bool(os.environ.get("DRILL"))


def times(each_change: int, drill: int) -> int:
    """How often something is tried that takes long: a check has 25 minutes for everything, a drill has the night."""
    return drill if IS_DRILL else each_change
