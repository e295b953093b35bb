"""One person on the pages: a window of the browser, a hand, a language; and what must hold on every page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext, override
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Request

from gameplan.tongues import tongue
from tests.web.hands import Hand

PHONE, DESK = 360, 1280
HEIGHTS = {PHONE: 740, 768: 1024, DESK: 900}
A_REFUSAL = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d")


def new_window(browser: Browser, *, width: int = DESK, **more: Any) -> BrowserContext:
    """A private window of this width. A phone has a touch screen."""
    is_phone = width < DESK
    return browser.new_context(
        viewport={"width": width, "height": HEIGHTS.get(width, 740)}, is_mobile=is_phone, has_touch=is_phone,
        locale="en-US", reduced_motion="reduce", accept_downloads=True, **more,
    )  # fmt: skip


@dataclass
class Watch:
    """Looks on in a window: errors in the console, and any request that leaves this machine.

    A page may be refused (a form with faults, a closed door); what a page is made of may not.
    """

    address: str
    complaints: list[str] = field(default_factory=list)

    def over(self, window: BrowserContext) -> None:
        """Begin to look on."""
        window.on("console", self._on_console)
        window.on("weberror", lambda error: self.complaints.append(str(error.error)))
        window.on("request", self._on_request)

    def _on_console(self, said: ConsoleMessage) -> None:
        is_page = "/static/" not in said.location["url"]
        if said.type in ("error", "warning") and not (is_page and A_REFUSAL.match(said.text)):
            self.complaints.append(f"{said.location['url']}: {said.text}")

    def _on_request(self, request: Request) -> None:
        asked = urlsplit(request.url)
        if asked.scheme not in ("data", "blob", "about") and f"{asked.scheme}://{asked.netloc}" != self.address:
            self.complaints.append(f"A request left this machine: {request.url}")


@dataclass
class Walk:
    """A person on the path. `scripts` is False where the browser runs none."""

    page: Page
    hand: Hand
    address: str
    lang: str = "en"
    scripts: bool = True

    def says(self, message: str, **values: object) -> str:
        """A message of the pages in the language of the page."""
        with override(self.lang):
            return gettext(message) % values

    def law_says(self, message: str) -> str:
        """A message of the law in the language of the page."""
        return tongue(self.lang).text(message)

    def day(self, day: date) -> str:
        """A day as the page writes it."""
        return tongue(self.lang).date(day)

    def heading(self, message: str, **values: object) -> Locator:
        """A heading with exactly these words."""
        return self.page.get_by_role("heading", name=self.says(message, **values), exact=True)

    def button(self, message: str) -> Locator:
        """A button with exactly these words."""
        return self.page.get_by_role("button", name=self.says(message), exact=True)

    def link(self, message: str, *, within: Locator | None = None) -> Locator:
        """The first link with exactly these words, on the page or within a part of it."""
        return (within or self.page).get_by_role("link", name=self.says(message), exact=True).first

    def field(self, message: str) -> Locator:
        """The field with exactly this label."""
        return self.page.get_by_label(self.says(message), exact=True)

    def answer(self, message: str, *, to: str = "") -> Locator:
        """One of several answers; `to` names the question where a page has several."""
        place = self.page.get_by_role("group", name=self.says(to)) if to else self.page
        return place.get_by_role("radio", name=self.says(message), exact=True)

    def press(self, what: Locator) -> None:
        """Press a button, a link or a fold, once the page and its scripts are there."""
        self.page.wait_for_load_state()
        self.hand.press(what)

    def save(self) -> None:
        """Save the answer to a question and go on to the next."""
        self.press(self.button("Save and go on"))

    def opens(self, summary: str, *, within: Locator | None = None) -> Locator:
        """Unfold what is folded under these words, and give it."""
        fold = (within or self.page.locator("main")).locator("summary", has_text=self.says(summary)).first
        self.press(fold)
        return fold.locator("xpath=..")
