"""A real server for a school in its own process, and the command line beside it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

GAMEPLAN = "from gameplan.cli import main; main()"
SECONDS_TO_START = 60


class ServedShared:
    """A server on a folder, for people with accounts: `address` where it answers, `said` what it printed at the end."""

    def __init__(self, data: Path, *more: str, env: Mapping[str, str] | None = None) -> None:
        self.data, port = data, free_port()
        self.address = f"http://localhost:{port}"
        self.env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | dict(env or {})
        self.process = subprocess.Popen(
            [sys.executable, "-c", GAMEPLAN, "serve", "--shared", "--data", str(data), "--port", str(port), *more],
            env=self.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        self.said = ""
        self._wait()

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """What a command on the same folder prints."""
        return self.command(self.data, self.env, *command)

    @staticmethod
    def command(data: Path, env: Mapping[str, str], *command: str) -> subprocess.CompletedProcess[str]:
        """What a command on a folder prints."""
        told = [sys.executable, "-c", GAMEPLAN, *command, "--data", str(data)]
        return subprocess.run(told, env=env, capture_output=True, text=True, check=False)

    def mails(self) -> list[str]:
        """The mails that were written into the folder, oldest first."""
        files = sorted((self.data / "mail").glob("*.log"), key=lambda file: file.stat().st_mtime_ns)
        return [file.read_text(encoding="utf-8") for file in files]

    def _wait(self) -> None:
        opener = build_opener(ProxyHandler({}))
        until = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < until and self.process.poll() is None:
            try:
                with opener.open(f"{self.address}/sign-in/"):
                    return
            except (URLError, ConnectionError):
                time.sleep(0.1)
        self.process.kill()
        raise AssertionError(f"The server did not answer:\n{self.process.communicate()[0]}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.send_signal(signal.SIGINT)
        self.said = self.process.communicate(timeout=30)[0]


def free_port() -> int:
    """A port of this machine that nobody has."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        found: int = door.getsockname()[1]
        return found
