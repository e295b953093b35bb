"""Build the site from docs/ into build/site, and look at it: plain files that ask nothing of a network.

    python -m scripts.site

Sphinx refuses a broken link, a page outside of the tree and a picture that is not there. Then no page may fetch
anything from elsewhere, every picture needs a text, and a browser opens the front page and pages of each part, on a
desk and on a phone, by day and by night: axe finds nothing, nothing is too wide, no file is lacking, the search finds.
Exits with 1 if something was found.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Error, Page, Request, TimeoutError, ViewportSize, sync_playwright

from scripts.browser import browser_flags, find_or_install
from tests.web.looking import TOO_WIDE, complaints

HOUSE = Path(__file__).parents[1]
DOCS, SITE, KEPT = HOUSE / "docs", HOUSE / "build" / "site", HOUSE / "build" / "site-kept"
LOOKED_AT = (
    "index", "families/index", "families/why", "teachers/minutes", "directors/reports", "installers/sizing",
    "developers/law-entry", "search",
)  # fmt: skip
SIZES: tuple[ViewportSize, ...] = ({"width": 1280, "height": 900}, {"width": 390, "height": 844})
SEARCHED, FOUND = "evaluation", "families/ask.html"
MOST_MILLISECONDS = 10_000
_FETCHED = re.compile(
    r"""<(?:script|img|iframe|source|video|audio)\b[^>]*\bsrc=["'](?:https?:)?//[^"']*"""
    r"""|<link\b[^>]*\brel=["'](?:stylesheet|icon|preload|preconnect)["'][^>]*\bhref=["'](?:https?:)?//[^"']*"""
    r"""|url\(\s*["']?(?:https?:)?//[^)]*|@import[^;]*//[^;]*""",
    re.IGNORECASE,
)
_PICTURE = re.compile(r"<img\b[^>]*>")


def build() -> bool:
    """The whole site anew, warnings as errors; what Sphinx says goes to the terminal. True if it stands."""
    shutil.rmtree(SITE, ignore_errors=True)
    ways = ["-W", "--keep-going", "-n", "-E", "-q", "-j", "auto", "-b", "html", "-d", str(KEPT)]
    return subprocess.run([sys.executable, "-m", "sphinx", *ways, str(DOCS), str(SITE)], check=False).returncode == 0


def faults_in(path: str, text: str) -> Iterator[str]:
    """What is wrong in the text of one page or style sheet of the site."""
    yield from (f"{path} fetches from elsewhere: {found[0][:120]}" for found in _FETCHED.finditer(text))
    yield from (f"{path}: a picture without a text: {tag}" for tag in _PICTURE.findall(text) if not _has_text(tag))


def _has_text(tag: str) -> bool:
    """True if the picture says what it shows; the mark beside the name of the program says it with an empty text."""
    return "sidebar-logo" in tag or re.search(r'\balt="[^"]{10,}"', tag) is not None


def written() -> Iterator[str]:
    """What is wrong in the files themselves."""
    for file in sorted(SITE.rglob("*")):
        if file.suffix in {".html", ".css"}:
            yield from faults_in(str(file.relative_to(SITE)), file.read_text(encoding="utf-8"))


def seen(browser: Browser) -> Iterator[str]:
    """What is wrong in a browser, straight from the files."""
    for size in SIZES:
        window = browser.new_context(viewport=size)
        page, wrong = window.new_page(), list[str]()
        _listen(page, wrong)
        for name in LOOKED_AT:
            where = f"{name} at {size['width']}"
            page.goto((SITE / f"{name}.html").as_uri())
            wrong += [f"{where}: {it}" for it in page.evaluate(TOO_WIDE)]
            wrong += complaints(page, where)
        wrong += _searched(page)
        window.close()
        yield from wrong


def _listen(page: Page, wrong: list[str]) -> None:
    """Write down what the page asks for elsewhere, files that it lacks, and scripts that fail."""

    def asked(it: Request) -> None:
        if not it.url.startswith(("file:", "data:")):
            wrong.append(f"asked for {it.url}")

    def lacked(it: Request) -> None:
        # Axe asks for the styles once more, by a way that no browser allows for files.
        if it.resource_type not in {"xhr", "fetch"}:
            wrong.append(f"not there: {it.url}")

    def failed(it: Error) -> None:
        wrong.append(f"a script failed: {it}")

    page.on("request", asked)
    page.on("requestfailed", lacked)
    page.on("pageerror", failed)


def _searched(page: Page) -> list[str]:
    """What is wrong with the search, straight from the files."""
    page.goto(f"{(SITE / 'search.html').as_uri()}?q={SEARCHED}")
    try:
        page.locator(f'#search-results a[href*="{FOUND}"]').first.wait_for(timeout=MOST_MILLISECONDS)
    except TimeoutError:
        return [f"the search for {SEARCHED!r} does not find {FOUND}"]
    return []


def main() -> int:
    """Build, look, say what was found, and give the exit code."""
    if not build():
        return 1
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=find_or_install(), args=browser_flags())
        wrong = [*written(), *seen(browser)]
        browser.close()
    for line in wrong:
        print(line)
    print(f"{len(list(SITE.rglob('*.html')))} pages in {SITE.relative_to(HOUSE)}: {len(wrong) or 'nothing'} found.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
