"""The house in which programs ask."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.api.house import House, full_house, made_house
from tests.shared import run_shared


@pytest.fixture
def shared(settings: Settings, tmp_path: Path) -> None:
    """The way of running in which people have accounts."""
    run_shared(settings, tmp_path)


@pytest.fixture
def house(shared: None, db: None) -> House:
    """Ana's case: f1 is shared, f2 is the family's own, with a note and a paper that the school does not see."""
    return made_house()


@pytest.fixture
def full(shared: None, db: None) -> House:
    """A case with one of everything (`full_house`)."""
    return full_house()
