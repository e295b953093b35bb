"""A keyboard and nothing else: go by Tab to what has a name, as somebody does who hears the page or has no mouse.

Nothing is found by its place in the document: only by what Chromium tells a screen reader of what has the focus.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

from tests.web.hands import WHERE_IS_FOCUS

MOST_STOPS = 250
MILLISECONDS_TO_SCROLL = 500
"""A busy machine may take a while until the window has followed the focus."""
PARTS_OF_A_FIELD = 6
"""A field for a day has a stop for month, day, year and calendar."""
LINK, BUTTON, FIELD, FOLD, CHOICE, BOX, LIST = (
    "link", "button", "textbox", "DisclosureTriangle", "radio", "checkbox", "combobox",
)  # fmt: skip


@dataclass(frozen=True)
class Focus:
    """What has the focus: as what it is spoken, how it is called, and whether the page itself has it."""

    role: str
    name: str
    nowhere: bool


class Keyboard:
    """One person at a keyboard."""

    def __init__(self, page: Page) -> None:
        self.page, self.keys = page, page.keyboard
        self.line = page.context.new_cdp_session(page)

    def focus(self) -> Focus:
        """What has the focus now. It must be seen, and lie within the window; but the page as a whole wears no ring."""
        looked = self._where()
        if looked["what"] and not looked["seen"]:
            self.page.wait_for_timeout(MILLISECONDS_TO_SCROLL)
            looked = self._where()
        if not looked["what"] or looked["what"].startswith('<main id="main"'):
            return Focus("", "", nowhere=True)
        assert looked["ringed"], f"The focus cannot be seen on {looked['what']}"
        assert looked["seen"], f"The focus is outside of the window on {looked['what']}"
        here = self.line.send("Runtime.evaluate", {"expression": "document.activeElement"})["result"]["objectId"]
        asked = {"objectId": here, "fetchRelatives": False}
        (node, *_rest) = self.line.send("Accessibility.getPartialAXTree", asked)["nodes"]
        name = " ".join(node.get("name", {}).get("value", "").split())
        return Focus(node.get("role", {}).get("value", ""), name, nowhere=False)

    def _where(self) -> dict[str, Any]:
        found: dict[str, Any] = self.page.evaluate(WHERE_IS_FOCUS, self.page.evaluate_handle("document.body"))
        return found

    def tab_to(self, role: str, name: str, *, back: bool = False) -> None:
        """Tab on until this has the focus; `back` goes backwards. The focus must not stick, and must not be lost."""
        step, stuck, passed = "Shift+Tab" if back else "Tab", 0, list[str]()
        for _stop in range(MOST_STOPS):
            here = self.focus()
            if here.role == role and _is(here.name, name):
                return
            if role == CHOICE and here.role == CHOICE and self._turn_to(name):
                return
            self.keys.press(step)
            stuck = stuck + 1 if passed and passed[-1] == f"{here.role} {here.name}" else 0
            assert stuck <= PARTS_OF_A_FIELD, f"The keyboard is trapped on {here}"
            passed.append(f"{here.role} {here.name}")
        raise AssertionError(f"The keyboard does not reach the {role} {name!r}. It passed: {dict.fromkeys(passed)}")

    def _turn_to(self, name: str) -> bool:
        """Turn through the choices of a question that have the focus; False, with the first again, if none is it."""
        first = self.focus()
        while not _is(self.focus().name, name):
            self.keys.press("ArrowDown")
            if self.focus() == first:
                return False
        return True

    def press(self, role: str, name: str, *, key: str = "Enter", back: bool = False) -> None:
        """Go to a link, a button or a fold and press it; what it leads to is there afterwards."""
        self.tab_to(role, name, back=back)
        if role == FOLD:
            self.keys.press(key)
            return
        with self.page.expect_navigation(wait_until="load"):
            self.keys.press(key)

    def write(self, name: str, words: str) -> None:
        """Write words into a field, in place of what is there."""
        self.tab_to(FIELD, name)
        self.keys.press("ControlOrMeta+A")
        self.keys.type(words)

    def choose(self, name: str, label: str) -> None:
        """Choose from a list by the beginning of a choice."""
        self.tab_to(LIST, name)
        self.keys.type(label)

    def pick(self, name: str) -> None:
        """Pick one of several answers."""
        self.tab_to(CHOICE, name)
        self.keys.press("Space")

    def tick(self, name: str) -> None:
        """Tick a box."""
        self.tab_to(BOX, name)
        self.keys.press("Space")


def _is(told: str, wanted: str) -> bool:
    """The name as it is; of a question with a hint, or a fold with a number, its beginning."""
    return told == wanted or (told.startswith(f"{wanted} ") and told[len(wanted) + 1] in "(")
