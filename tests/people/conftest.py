"""Tests of people run where people have accounts."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.shared import run_shared


@pytest.fixture
def shared(settings: Settings, tmp_path: Path, db: None) -> Settings:
    """People have accounts in this test."""
    run_shared(settings, tmp_path)
    return settings
