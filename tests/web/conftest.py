"""One Chromium for all tests of the pages, and a real server of its own for each walk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.served import Served

Serve = Callable[[str], Served]


@pytest.fixture(scope="session")
def browser(chromium_options: dict[str, Any]) -> Iterator[Browser]:
    """The browser that the tests share; each test opens its own private window in it."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(**chromium_options)
        yield chromium
        chromium.close()


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
