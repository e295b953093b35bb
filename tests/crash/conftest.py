"""A fresh database for programs of their own, of the kind that the tests run on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.places import fresh_database


@pytest.fixture
def place(db: None, tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a fresh database of the kind that these tests run on."""
    with fresh_database() as database:
        yield {"GAMEPLAN_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "gameplan.config.settings"} | database
