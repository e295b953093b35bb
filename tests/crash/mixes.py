"""The mixes of writes by their names: at home, and where people sign in (which needs GAMEPLAN_SHARED)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.crash.kinds import Mix

HOME, SHARED = "home", "shared"


def mix_of(name: str) -> Mix[Any]:
    """The mix with that name; call it after Django is set up."""
    if name == SHARED:
        from tests.crash.signed import SHARED_MIX

        return SHARED_MIX
    from tests.crash.mixed import HOME_MIX

    return HOME_MIX
