"""Take the pictures of README.md: the page of the sample family, on a desk and on a phone.

    python -m scripts.pictures

They lie in docs/pictures. The day is always the same one, so that a picture changes only when the page does.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, ViewportSize, sync_playwright

from scripts.browser import browser_flags, find_or_install
from tests.served import Served

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
TODAY = "2025-10-15"
SIZES: dict[str, ViewportSize] = {
    "child.png": {"width": 1120, "height": 1400},
    "child-phone.png": {"width": 390, "height": 1200},
}


def take(browser: Browser, served: Served, folder: Path) -> list[Path]:
    """Open the sample family with the server's one-time link, and take each picture; their paths."""
    window = browser.new_context(locale="en-US", reduced_motion="reduce", color_scheme="light")
    page, taken = window.new_page(), []
    page.goto(f"{served.address}{served.path}")
    page.get_by_role("button", name="Look at a sample family").click()
    page.locator("svg.road:visible").wait_for()
    for name, size in SIZES.items():
        page.set_viewport_size(size)
        page.evaluate("document.fonts.ready")
        taken.append(folder / name)
        page.screenshot(path=taken[-1])
    window.close()
    return taken


def main() -> None:
    """Take the pictures anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    os.environ["GAMEPLAN_TODAY"] = TODAY
    with tempfile.TemporaryDirectory() as data, Served(Path(data) / "gameplan") as served, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=find_or_install(), args=browser_flags())
        for path in take(browser, served, FOLDER):
            print(f"{path.relative_to(FOLDER.parents[1])}: {path.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
