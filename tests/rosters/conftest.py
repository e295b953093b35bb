"""The cast of the districts, with a roster."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gameplan.people.models import Organisation
from gameplan.rosters.doors import MACHINE, Keeper
from gameplan.rosters.models import Take
from gameplan.rosters.receiving import read_now, receive
from gameplan.rosters.taking import take_in
from tests.districts.conftest import *  # noqa: F403 - the same cast
from tests.districts.conftest import TODAY
from tests.rosters.made import Made

Given = Callable[..., Take]


@pytest.fixture
def keeper(district: Organisation, oak: Organisation, elm: Organisation) -> Keeper:
    """Whoever keeps the roster of the district."""
    return Keeper(district, MACHINE, sees_children=True)


@pytest.fixture
def preview(keeper: Keeper) -> Given:
    """Gives in a file; the take as it is previewed, or faulty."""

    def preview(file: Made | bytes, **about: object) -> Take:
        content = file.packed() if isinstance(file, Made) else file
        take = receive(keeper, [content], name="roster.zip", **about)  # type: ignore[arg-type]
        return read_now(take, on=TODAY)

    return preview


@pytest.fixture
def bring(preview: Given) -> Given:
    """Gives in a file and takes it in."""

    def bring(file: Made | bytes, **about: object) -> Take:
        take = preview(file, **about)
        assert take.state == "previewed", take.faults
        return take_in(take, by=MACHINE)

    return bring
