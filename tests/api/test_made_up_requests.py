"""A few hundred made-up requests with several roles: only described answers, and no word that must not leave.

`python -m scripts.try_api --requests 5000` does the same at length.
"""

from __future__ import annotations

from scripts.try_api import try_all, undisturbed
from tests.api.house import House

REQUESTS = 300


def test_made_up_requests_get_described_answers(full: House) -> None:
    with undisturbed():
        tally = try_all(full, REQUESTS)
    assert tally.wrong == []
    assert tally.requests >= REQUESTS / 2
    assert {200, 401, 403, 404, 422} <= {status for _name, status in tally.counts}
