"""The cast of the districts, and cases that are brought in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gameplan.carrying.doors import Carrier
from gameplan.carrying.models import Batch
from gameplan.carrying.receiving import read_now, receive
from gameplan.carrying.taking import take_in
from gameplan.cases.people import Person
from gameplan.people.models import Organisation
from tests.carrying.made import Files
from tests.districts.conftest import *  # noqa: F403 - the same cast
from tests.districts.conftest import TODAY

Given = Callable[..., Batch]
DIRECTOR = Person("dora", "district-director")


@pytest.fixture
def carrier(district: Organisation, oak: Organisation, elm: Organisation) -> Carrier:
    """Whoever brings cases into the district."""
    return Carrier(district, DIRECTOR, DIRECTOR.id, sees_children=True)


@pytest.fixture
def preview(carrier: Carrier) -> Given:
    """Gives files in; the batch as it is previewed, or faulty."""

    def preview(files: Files | bytes, **about: object) -> Batch:
        content = files.packed() if isinstance(files, Files) else files
        batch = receive(carrier, [content], name="cases.zip", source="Former IEP system", **about)  # type: ignore[arg-type]
        return read_now(batch, on=TODAY)

    return preview


@pytest.fixture
def bring(preview: Given) -> Given:
    """Gives files in and brings their cases in."""

    def bring(files: Files | bytes, **about: object) -> Batch:
        batch = preview(files, **about)
        assert batch.state == "previewed", batch.faults
        return take_in(batch, person=DIRECTOR, by=DIRECTOR.id)

    return bring
