"""Find a Chromium for the browser tests, or install one. Prints its path.

    python -m scripts.browser

In this order: CHROMIUM in the environment, a Chromium or Chrome on the PATH, Playwright's own,
and if there is none: the system's package (as root, where there is apt-get), or Playwright's download.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
# A browser that keeps to itself: it looks for no updates, syncs nothing and asks nothing at the first start.
QUIET_FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-gpu",
    "--disable-quic",
)


class NoBrowser(RuntimeError):
    """No Chromium is installed, and none could be installed. The message says what to do."""


def find_browser() -> str | None:
    """The path of a Chromium that is on this computer, or None."""
    chosen = os.environ.get("CHROMIUM", "")
    found = next(filter(None, map(shutil.which, (chosen, *NAMES) if chosen else NAMES)), None)
    return found or _playwrights_own()


def browser_flags() -> list[str]:
    """What a Chromium for tests is started with. Root has no sandbox to start it in."""
    return [*QUIET_FLAGS, "--no-sandbox"] if _is_root() else list(QUIET_FLAGS)


def find_or_install() -> str:
    """The path of a Chromium, installed now if there was none. Raises NoBrowser if that fails too."""
    return find_browser() or _install()


def _install() -> str:
    for commands in _ways_to_install():
        if all(_runs(command) for command in commands) and (found := find_browser()):
            return found
    raise NoBrowser(
        "There is no Chromium here and none could be installed. "
        "Install chromium or google-chrome, or set CHROMIUM to the path of one."
    )


def _ways_to_install() -> list[list[Sequence[str]]]:
    ways: list[list[Sequence[str]]] = [[(sys.executable, "-m", "playwright", "install", "chromium")]]
    if _is_root() and shutil.which("apt-get"):
        quietly = ("apt-get", "-q", "-y", "-o", "Dpkg::Use-Pty=0")
        install = (*quietly, "install", "--no-install-recommends", "chromium")
        ways.insert(0, [(*quietly, "update"), install])
    return ways


def _runs(command: Sequence[str]) -> bool:
    print("Installing a browser:", *command, file=sys.stderr, flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False)
    return done.returncode == 0


def _playwrights_own() -> str | None:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def main() -> int:
    """Print the path of a Chromium; the exit code."""
    try:
        print(find_or_install())
    except NoBrowser as nothing:
        print(nothing, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
