"""Take the pictures of README.md and of the site anew, from the program itself with its made-up families and school.

    python -m scripts.pictures [NAME ...]     into docs/pictures
    python -m scripts.pictures --aside        all of them, thrown away: do the steps still lead there?

The day is always the same one, so that a picture changes only when the page does.
A new picture is one line in `AT_HOME` or `AT_SCHOOL`; a page under docs/ has to show it (tests/test_docs.py).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import io
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from scripts.browser import browser_flags, find_or_install
from tests.served import Served
from tests.served_shared import ServedShared

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
TODAY = "2025-10-15"
DIRECTOR = "dora@gameplan.example"
PHONE, DESK = 390, 1280
COLORS = 128
"""As many as a page with its letters' soft edges needs; a picture is then a third as large."""
SECONDS_A_CODE_HOLDS = 30

Step = Callable[[Page], None]


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: how large the window is, in pixels, and the steps from the first page to what it shows."""

    width: int
    height: int
    steps: tuple[Step, ...]

    @property
    def size(self) -> ViewportSize:
        """The window as the browser wants to be told."""
        return {"width": self.width, "height": self.height}


def child(name: str, path: str = "") -> Step:
    """The page of a made-up child, or one of those below it."""

    def go(page: Page) -> None:
        where = page.get_by_role("link", name=re.compile(f"^{name}")).first.get_attribute("href")
        page.goto(urljoin(page.url, f"{where}{path}"))

    return go


def click(name: str) -> Step:
    """A link or a button by its name."""

    def go(page: Page) -> None:
        with page.expect_navigation():
            page.get_by_role("link", name=name).or_(page.get_by_role("button", name=name)).first.click()

    return go


def unfold(name: str) -> Step:
    """What is folded away below these words, fetched by htmx, and moved to the top of the window."""

    def go(page: Page) -> None:
        fold = page.locator("summary", has_text=name).first
        fold.click()
        page.wait_for_load_state("networkidle")
        fold.evaluate("it => scrollTo(0, it.getBoundingClientRect().top + scrollY - 330)")

    return go


def to(path: str) -> Step:
    """A page by its address."""

    def go(page: Page) -> None:
        page.goto(urljoin(page.url, path))

    return go


def down_to(heading: str) -> Step:
    """The page moved so that this heading stands at the top."""

    def go(page: Page) -> None:
        found = page.get_by_role("heading", name=heading).first
        found.evaluate("it => scrollTo(0, it.getBoundingClientRect().top + scrollY - 24)")

    return go


AT_HOME: Mapping[str, Picture] = {
    "child.png": Picture(1120, 1400, (child("Ana"),)),
    "child-phone.png": Picture(PHONE, 1200, (child("Ana"),)),
    "first-phone.png": Picture(PHONE, 780, (down_to("Or begin anew"),)),
    "letter.png": Picture(DESK, 900, (child("Ana", "write/evaluation-request/"),)),
    "why.png": Picture(DESK, 1150, (child("Ana"), unfold("Why this day?"))),
    "keep-phone.png": Picture(PHONE, 900, (child("Ana", "keep/"),)),
    "ways.png": Picture(DESK, 900, (child("Ana", "ways/"),)),
    "class-phone.png": Picture(PHONE, 900, (child("Noah", "class/"),)),
    "minutes.png": Picture(DESK, 1000, (child("Diego", "minutes/"),)),
    "progress.png": Picture(DESK, 1000, (child("Diego", "progress/"), down_to("Speech: being understood"))),
    "plan.png": Picture(DESK, 900, (child("Diego", "plan/p1/"),)),
}
"""What a family sees at its own computer, with the made-up families."""
AT_SCHOOL: Mapping[str, Picture] = {
    "caseload.png": Picture(DESK, 1000, (to("/caseload/"),)),
    "place.png": Picture(DESK, 900, (to("/places/"), click("Sample Pecan Valley"))),
    "reports.png": Picture(DESK, 900, (to("/places/"), click("Sample Pecan Valley"), click("Reports to the State"))),
}
"""What the director of a made-up district with 40 children sees."""
PICTURES: Mapping[str, Picture] = {**AT_HOME, **AT_SCHOOL}


def take_at_home(browser: Browser, served: Served, folder: Path, names: Collection[str] = AT_HOME.keys()) -> list[Path]:
    """Open the server's one-time link, begin the made-up families, and take each picture; their paths."""

    def enter(page: Page) -> None:
        page.goto(f"{served.address}{served.path}")
        page.get_by_role("button", name="Look at a sample family").click()
        page.locator("svg.road:visible").wait_for()

    return _take(browser, f"{served.address}/", enter, _named(AT_HOME, names), folder)


def take_at_school(browser: Browser, data: Path, folder: Path, names: Collection[str] = AT_SCHOOL.keys()) -> list[Path]:
    """Make the sample school in an empty folder, sign in as its director, and take each picture; their paths."""
    env = os.environ | {"GAMEPLAN_TODAY": TODAY}
    made = ServedShared.command(data, env, "sample", "--school", "--on", TODAY)
    password = re.search(r"password is (\S+)", made.stdout)
    if password is None:
        raise RuntimeError(f"The sample school was not made: {made.stdout}{made.stderr}")
    with ServedShared(data, env=env) as served:

        def enter(page: Page) -> None:
            _sign_in(page, served.address, DIRECTOR, password[1])

        return _take(browser, f"{served.address}/", enter, _named(AT_SCHOOL, names), folder)


def _named(pictures: Mapping[str, Picture], names: Collection[str]) -> dict[str, Picture]:
    return {name: picture for name, picture in pictures.items() if name in names}


def _take(browser: Browser, first: str, enter: Step, pictures: Mapping[str, Picture], folder: Path) -> list[Path]:
    window = browser.new_context(locale="en-US", reduced_motion="reduce", color_scheme="light")
    page, taken = window.new_page(), []
    enter(page)
    for name, picture in pictures.items():
        page.set_viewport_size(picture.size)
        page.goto(first)
        for step in picture.steps:
            step(page)
        page.wait_for_load_state()
        page.evaluate("document.fonts.ready")
        taken.append(folder / name)
        _few_colors(page.screenshot()).save(taken[-1], optimize=True)
    window.close()
    return taken


def _few_colors(shot: bytes) -> Image.Image:
    return Image.open(io.BytesIO(shot)).convert("RGB").quantize(COLORS, dither=Image.Dither.NONE)


def _sign_in(page: Page, address: str, email: str, password: str) -> None:
    """The first time, as staff do it: password, then the second step with an app for codes."""
    page.goto(address)
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    click("Sign in")(page)
    click("Set up an app")(page)
    page.get_by_label("Password").fill(password)
    click("Go on")(page)
    page.get_by_label("The code").fill(_code(page.locator("code.long-code").inner_text()))
    click("Set it up")(page)
    click("I have kept them. Go on")(page)


def _code(secret: str) -> str:
    """The six digits that an app with this key shows now (RFC 6238)."""
    count = (int(time.time()) // SECONDS_A_CODE_HOLDS).to_bytes(8, "big")
    hashed = hmac.digest(base64.b32decode(secret), count, hashlib.sha1)
    number = int.from_bytes(hashed[hashed[-1] & 15 :][:4], "big") & 0x7FFFFFFF
    return f"{number % 10**6:06}"


def take(names: Collection[str], folder: Path) -> list[Path]:
    """Take the pictures of these names into a folder that is there; their paths."""
    os.environ["GAMEPLAN_TODAY"] = TODAY
    taken: list[Path] = []
    with tempfile.TemporaryDirectory() as data, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=find_or_install(), args=browser_flags())
        if AT_HOME.keys() & names:
            with Served(Path(data) / "home") as served:
                taken += take_at_home(browser, served, folder, names)
        if AT_SCHOOL.keys() & names:
            taken += take_at_school(browser, Path(data) / "school", folder, names)
    return taken


def main(words: Sequence[str]) -> int:
    """Take the pictures of these names, or all; exit code 2 if one is not known."""
    names = {word for word in words if word != "--aside"} or set(PICTURES)
    if unknown := sorted(names - PICTURES.keys()):
        print(f"No such picture: {', '.join(unknown)}. There are {', '.join(PICTURES)}.", file=sys.stderr)
        return 2
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as aside:
        for path in take(names, Path(aside) if "--aside" in words else FOLDER):
            print(f"{path.name}: {path.stat().st_size // 1024} KB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
