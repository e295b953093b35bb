"""Three ways to use a page: a mouse, a finger on a phone, and a keyboard alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Protocol

from playwright.sync_api import ElementHandle, Locator, Page

MOST_STOPS = 400
WHERE_IS_FOCUS = """target => {
  const here = document.activeElement;
  if (!here || here === document.body) return {there: false, ringed: true, seen: true, what: ''};
  const sameChoice = here.type === 'radio' && target.type === 'radio' && here.name === target.name;
  const wears = e => {
    const style = getComputedStyle(e);
    const clear = style.outlineColor === 'transparent' || /, 0\\)$/.test(style.outlineColor);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && !clear;
  };
  const around = [here, here.closest('.option'), here.closest('label'), ...(here.labels || [])];
  const box = here.getBoundingClientRect();
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return {
    there: here === target || sameChoice,
    ringed: around.some(e => e && wears(e)),
    seen: inside && box.width > 0 && box.height > 0,
    what: here.outerHTML.slice(0, 160),
  };
}"""


class Hand(Protocol):
    """What a person can do on a page."""

    def press(self, what: Locator) -> None: ...
    def write(self, field: Locator, words: str) -> None: ...
    def write_day(self, field: Locator, day: date) -> None: ...
    def pick(self, box: Locator) -> None: ...
    def choose(self, field: Locator, label: str) -> None: ...
    def give(self, field: Locator, file: Path) -> None: ...


class Mouse:
    """Clicking."""

    def press(self, what: Locator) -> None:
        what.click()

    def write(self, field: Locator, words: str) -> None:
        field.fill(words)

    def write_day(self, field: Locator, day: date) -> None:
        field.fill(day.isoformat())

    def pick(self, box: Locator) -> None:
        box.check()

    def choose(self, field: Locator, label: str) -> None:
        field.select_option(label=label)

    def give(self, field: Locator, file: Path) -> None:
        field.set_input_files(file)


class Finger(Mouse):
    """Tapping on a phone."""

    def press(self, what: Locator) -> None:
        what.tap()

    def pick(self, box: Locator) -> None:
        box.tap()


class Keys:
    """A keyboard and nothing else. Each stop on the way must show where the focus is."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.keyboard = page.keyboard
        # The browser is told once, before any key, that files are chosen here and not in a window of its own.
        page.on("filechooser", lambda _asked: None)

    def go_to(self, what: Locator) -> ElementHandle:
        """Tab until it has the focus."""
        what.wait_for()
        target = what.element_handle()
        for _stop in range(MOST_STOPS):
            focus = self.page.evaluate(WHERE_IS_FOCUS, target)
            assert focus["ringed"], f"The focus cannot be seen on {focus['what']}"
            if focus["there"]:
                assert focus["seen"], f"The focus is outside of the window on {focus['what']}"
                return target
            self.keyboard.press("Tab")
        raise AssertionError(f"The keyboard does not reach {what}")

    def press(self, what: Locator) -> None:
        self.go_to(what)
        self.keyboard.press("Enter")

    def write(self, field: Locator, words: str) -> None:
        self.go_to(field)
        self.keyboard.press("ControlOrMeta+A")
        self.keyboard.type(words)

    def write_day(self, field: Locator, day: date) -> None:
        """The browser's own date field, in the order of an American keyboard."""
        self.go_to(field)
        self.keyboard.type(f"{day:%m%d%Y}")

    def pick(self, box: Locator) -> None:
        target = self.go_to(box)
        for _stop in range(MOST_STOPS):
            if self.page.evaluate("target => document.activeElement === target", target):
                break
            self.keyboard.press("ArrowDown")
        if not target.is_checked():
            self.keyboard.press("Space")
        assert target.is_checked()

    def choose(self, field: Locator, label: str) -> None:
        self.go_to(field)
        self.keyboard.type(label)

    def give(self, field: Locator, file: Path) -> None:
        self.go_to(field)
        with self.page.expect_file_chooser() as asked:
            self.keyboard.press("Space")
        asked.value.set_files(file)
