"""What every test may use: a browser, the compiled catalogue, and the mark `database` on what touches it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import TransactionTestCase
from django.utils.translation import deactivate
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from scripts.browser import browser_flags, find_browser
from scripts.catalogue import TRANSLATED, catalogue_file, compile_catalogue

# No test is timed: another process on the same machine must not make one fail.
settings.register_profile("house", deadline=None)
settings.load_profile("house")

DATABASE_FIXTURES = frozenset({"db", "transactional_db", "django_db_reset_sequences", "live_server"})


def pytest_sessionstart() -> None:
    """Compile the catalogue where it is older than its source, so that no test reads old words."""
    for lang in TRANSLATED:
        source = catalogue_file(lang)
        made = source.with_suffix(".mo")
        if not made.is_file() or made.stat().st_mtime < source.stat().st_mtime:
            compile_catalogue(lang)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what touches the database, so that the second run (on PostgreSQL) can pick it."""
    for test in items:
        if touches_database(test):
            test.add_marker("database")


def touches_database(test: pytest.Item) -> bool:
    """True if the test asks for the database: by mark, by fixture, or by its class."""
    if test.get_closest_marker("django_db") or DATABASE_FIXTURES & set(getattr(test, "fixturenames", ())):
        return True
    kind = getattr(test, "cls", None)
    return isinstance(kind, type) and issubclass(kind, TransactionTestCase)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The path of the Chromium for browser tests."""
    found = find_browser()
    assert found, "There is no Chromium. Run: make browser"
    return found


@pytest.fixture(scope="session")
def chromium_options(chromium_path: str) -> dict[str, Any]:
    """How to start it: `playwright.chromium.launch(**chromium_options)`."""
    return {"executable_path": chromium_path, "args": browser_flags()}


@pytest.fixture(scope="session")
def browser(chromium_options: dict[str, Any]) -> Iterator[Browser]:
    """The browser that all tests of a process share; each test opens its own private window in it.

    There is one for the whole session: a second one beside it would not start.
    """
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(**chromium_options)
        yield chromium
        chromium.close()


@pytest.fixture(autouse=True)
def own_tongue() -> Iterator[None]:
    """A page that spoke another language leaves nothing of it to the tests after it."""
    yield
    deactivate()
