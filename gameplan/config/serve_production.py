"""Serving for good: the processes that answer and the worker behind them, watched over by one program.

A process that dies comes back. One that has answered for long, or has grown, makes room for a fresh one after it has
ended what it had in hand. SIGHUP does that with all of them, one by one, and so takes up a renewed certificate; SIGTERM
lets requests finish and ends.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from importlib import import_module
from logging import getLogger
from multiprocessing.connection import wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any

from django.conf import settings
from granian.constants import Interfaces, SSLProtocols
from granian.log import LogLevels
from granian.server import Server

from gameplan.config import environment
from gameplan.config.running.log_lines import granian_logging
from gameplan.config.safe_to_serve import Asked, refuse_what_is_not_safe
from gameplan.config.serve import prepare, print_line
from gameplan.config.serve_shared import load, shared_house
from gameplan.config.work import one_of_several

SECONDS_TO_FINISH_REQUESTS = 30
SECONDS_TO_FINISH_A_TURN = 20
SECONDS_BEFORE_ANOTHER = 2
SECONDS_BETWEEN_FRESH_ONES = 1.0
THREADS = 4
LEASE = timedelta(minutes=10)
log = getLogger("gameplan.serving")


def serve_production(data: Path | None = None, *, host: str, port: int, workers: int = 1) -> None:
    """Serve people with accounts until told to stop, with the worker beside it.

    Raises WrongSettings with everything that is not safe for real people, AlreadyRunning if another server holds the
    folder, OSError if the port is taken.
    """
    os.environ["GAMEPLAN_SHARED"] = "1"
    os.environ["GAMEPLAN_LOG"] = environment.text("GAMEPLAN_LOG", "plain")
    folder = prepare(data)
    refuse_what_is_not_safe(Asked(folder, host, workers))
    certificate = environment.text("GAMEPLAN_CERTIFICATE")
    if certificate:
        os.environ["GAMEPLAN_HTTPS"] = "1"
    with shared_house(folder, host, port, workers, certificate) as said:
        background = Background(environment.number("GAMEPLAN_BACKGROUND", 1))
        import_module(settings.ROOT_URLCONF)  # before the fork: a process that comes back answers at once
        _server(host, port, workers, background).serve(target_loader=partial(load, said=said))
    print_line("\ngameplan has stopped. Everything is kept.")


def _server(host: str, port: int, workers: int, background: Background) -> Any:
    hours = environment.number("GAMEPLAN_WORKER_HOURS", 12)
    certificate, key = environment.text("GAMEPLAN_CERTIFICATE"), environment.text("GAMEPLAN_CERTIFICATE_KEY")
    server = Server(
        "gameplan.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        workers_kill_timeout=SECONDS_TO_FINISH_REQUESTS,
        respawn_failed_workers=True,
        respawn_interval=SECONDS_BETWEEN_FRESH_ONES,
        workers_lifetime=hours * 60 * 60 or None,
        workers_max_rss=environment.number("GAMEPLAN_WORKER_MEMORY", 700) or None,
        ssl_cert=Path(certificate) if certificate else None,
        ssl_key=Path(key) if key else None,
        ssl_protocol_min=SSLProtocols.tls12,
        log_level=LogLevels.warning,
        log_dictconfig=granian_logging(settings.GAMEPLAN_LOG),
    )
    server.on_startup(background.begin)
    server.on_shutdown(background.end)
    return server


@dataclass
class Background:
    """The worker's processes (`gameplan work`): begun with the server, another where one has died, ended with it."""

    how_many: int
    stopped: threading.Event = field(default_factory=threading.Event)
    running: list[SpawnProcess] = field(default_factory=list)
    watcher: threading.Thread | None = None

    def begin(self) -> None:
        """Start them, and a thread that watches over them."""
        if not self.how_many:
            return
        self.running += [self._one() for _number in range(self.how_many)]
        self.watcher = threading.Thread(target=self._watch, daemon=True)
        self.watcher.start()

    def end(self) -> None:
        """Let each end its turn. One that does not end is killed: it leaves nothing half done."""
        self.stopped.set()
        if self.watcher:
            self.watcher.join()
        for process in self.running:
            process.terminate()
        for process in self.running:
            process.join(SECONDS_TO_FINISH_A_TURN)
            if process.is_alive():
                process.kill()
                process.join()

    def _watch(self) -> None:
        while not self.stopped.is_set():
            wait([process.sentinel for process in self.running], timeout=1)
            for process in [one for one in self.running if not one.is_alive()]:
                self.running.remove(process)
                log.error("A worker in the background ended with %s. Another one takes its place.", process.exitcode)
                if not self.stopped.wait(SECONDS_BEFORE_ANOTHER):
                    self.running.append(self._one())

    def _one(self) -> SpawnProcess:
        process = multiprocessing.get_context("spawn").Process(target=one_of_several, args=(None, False, LEASE))
        process.start()
        return process
