"""What a token may be used for. A scope never gives more than its person may do at that moment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from gameplan.core.words import Say

CASES_READ: Final = "cases:read"
FACTS_WRITE: Final = "facts:write"
PAPERS_WRITE: Final = "papers:write"
PROGRESS_WRITE: Final = "progress:write"
PLACES_READ: Final = "places:read"
WEBHOOKS: Final = "webhooks"

SCOPES: Final[Mapping[str, Say]] = {
    CASES_READ: Say("Read cases, and look at letters before they are kept"),
    FACTS_WRITE: Say("Write down what happened, and school calendars"),
    PAPERS_WRITE: Say("Add papers and photos"),
    PROGRESS_WRITE: Say("Note checks of goals, and sessions that were given or missed"),
    PLACES_READ: Say("Read the caseload, schools and districts"),
    WEBHOOKS: Say("Be told when something changes"),
}
"""Each scope in words."""

ONLY_SHARED: Final = frozenset({PLACES_READ, WEBHOOKS})
"""What there is only where people sign in: at home there is no school, and nothing is sent."""
WITHOUT_A_CASE: Final = frozenset({PLACES_READ})
"""What a token cannot do that is bound to one case."""


def scopes_here(*, shared: bool) -> dict[str, Say]:
    """The scopes that somebody can give to a token in this way of running, each in words."""
    return {name: say for name, say in SCOPES.items() if shared or name not in ONLY_SHARED}
