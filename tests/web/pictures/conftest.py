"""The gallery in a real browser, answered by Django in this process: no port, no network, no database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Route

from gameplan.cases.people import HOME, SESSION_KEY

HOUSE = "http://localhost"
ADDRESSES = "tests.web.pictures.addresses"
Visit = Callable[..., Page]


@pytest.fixture
def addresses(settings: Any) -> None:
    """The addresses of the program and of its pages for what went wrong."""
    settings.ROOT_URLCONF = ADDRESSES


@pytest.fixture
def household(addresses: None) -> Client:
    """A browser of the family, signed in."""
    client = Client(raise_request_exception=False)
    session = client.session
    session[SESSION_KEY] = HOME.id
    session.save()
    client.cookies[session_cookie()] = session.session_key or ""
    return client


def session_cookie() -> str:
    from django.conf import settings

    return str(settings.SESSION_COOKIE_NAME)


@pytest.fixture
def visit(browser: Browser, household: Client) -> Iterator[Visit]:
    """Open a page: `visit("/gallery/", width=360, look="dark", lang="es")`. A refusal of it fails."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def answer(route: Route) -> None:
        request = route.request
        path = request.url.removeprefix(HOUSE)
        headers = {
            "Accept-Language": request.headers.get("accept-language", "en"),
            "Cookie": cookies(household),
        }
        response = household.get(path, headers=headers)
        body = b"".join(response) if response.streaming else response.content
        route.fulfill(status=response.status_code, headers=dict(response.headers), body=body)

    def opened(path: str, *, width: int = 360, look: Any = "light", lang: str = "en", **more: Any) -> Page:
        size = {"width": width, "height": 740}
        context = browser.new_context(viewport=size, color_scheme=look, locale=lang, **more)  # type: ignore[arg-type]
        contexts.append(context)
        context.route("**/*", answer)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if is_refusal(said.text) else None)
        page.goto(HOUSE + path)
        page.evaluate("document.fonts.ready")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def cookies(client: Client) -> str:
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


def is_refusal(said: str) -> bool:
    return "Content Security Policy" in said or "Refused" in said


@pytest.fixture(scope="session")
def css() -> Callable[[str], str]:
    """The text of one of the style sheets."""
    import gameplan.web

    folder = Path(gameplan.web.__file__).parent / "static/web/css"
    return lambda name: (folder / name).read_text(encoding="utf-8")
