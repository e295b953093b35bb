"""A real server of its own for each walk through the pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.served import Served

Serve = Callable[[str], Served]


@pytest.fixture(scope="module")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """Start a real server with a new, empty data folder, on which it is always the given day."""
    with ExitStack() as servers:

        def start(today: str) -> Served:
            data: Path = tmp_path_factory.mktemp("home") / "gameplan"
            with pytest.MonkeyPatch.context() as environment:
                environment.setenv("GAMEPLAN_TODAY", today)
                return servers.enter_context(Served(data))

        yield start
