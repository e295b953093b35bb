"""Four people at one case, each in a browser of their own: who they are, how they come in, what they do and see.

A story is a list of `Step`: who does what, and afterwards what each of the four sees where. A new page joins the story
as one more step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from playwright.sync_api import Browser, Page

from tests.web.walking import Watch, new_window

PARENT, MANAGER, PSYCHOLOGIST, ADVOCATE = "parent", "iep-manager", "evaluator", "advocate"
FOUR = (PARENT, MANAGER, PSYCHOLOGIST, ADVOCATE)
FAMILY, SCHOOL = (PARENT, ADVOCATE), (MANAGER, PSYCHOLOGIST)
WORDS = "parts => parts.map(one => one.outerHTML)"
STATUS = "status "
"""`status 403` in place of words: the page answers that."""


@dataclass
class Someone:
    """One of the four, and the window in which they are signed in."""

    role: str
    page: Page
    watch: Watch


@dataclass
class Four:
    """The id of the case, where it is, and the four people, by role."""

    case: str
    address: str
    people: Mapping[str, Someone]

    def at(self, place: str) -> str:
        """The address of a page of the case, such as `plans/`."""
        return f"{self.address}/case/{self.case}/{place}"


@dataclass(frozen=True)
class Sees:
    """On a page of the case, or in a part of it, these words are seen by some of the four, and by the others not."""

    place: str
    words: str
    by: Iterable[str]
    part: str = "html"


@dataclass(frozen=True)
class Step:
    """Somebody does something; then each of the four looks."""

    name: str
    who: str
    does: Callable[[Four, Page], None]
    then: tuple[Sees, ...]


def come_in(browser: Browser, address: str, role: str, cookie: Mapping[str, str]) -> Someone:
    """The window of one of them, signed in."""
    window, watch = new_window(browser), Watch(address)
    watch.over(window)
    window.add_cookies([{"name": cookie["name"], "value": cookie["value"], "url": address}])
    return Someone(role, window.new_page(), watch)


def send(page: Page, address: str, **values: str) -> None:
    """Open a page, fill in the form that has these fields, and send it: it must lead on to another page."""
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    form = page.locator("form", has=page.locator(f'[name="{next(iter(values))}"]')).first
    for name, value in values.items():
        field = form.locator(f'[name="{name}"]')
        if field.first.get_attribute("type") in ("radio", "checkbox"):
            form.locator(f'[name="{name}"][value="{value}"]').check()
        elif field.first.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    with page.expect_navigation(wait_until="load") as leads:
        form.locator("button:not([formaction])").last.click()
    assert leads.value.status == 200, (address, leads.value.status, page.locator("main").inner_text()[:500])


def happened(four: Four, page: Page, kind: str, on: str, **more: str) -> None:
    """Write down on the timeline what happened."""
    send(page, four.at(f"add/{kind}/"), on=on, **more)


def look(four: Four, step: str, sees: Sees) -> list[str]:
    """What is not as it should be when each of the four looks at a page."""
    found = []
    for role, someone in four.people.items():
        answer = someone.page.goto(four.at(sees.place))
        assert answer
        told = " ".join([f"{STATUS}{answer.status}", *someone.page.locator(sees.part).evaluate_all(WORDS)])
        if (sees.words in told) != (role in sees.by):
            found.append(f"{step}: {role} at {sees.place or 'the overview'}: {sees.words!r}, {told[:10]}")
    return found
