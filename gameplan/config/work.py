"""Running the worker: `gameplan work` takes turns (`watch.turns`) until it is stopped, alone or with others.

Several processes may run, here and on other machines with the same database: what one does, no other does again. A
process that is told to stop ends its turn; one that is killed leaves nothing half done, see `watch.sending`.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Mapping
from datetime import timedelta
from multiprocessing.connection import wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import close_old_connections
from django.urls import reverse
from django.utils import timezone

from gameplan.config.environment import WrongSetting
from gameplan.config.serve import open_cases

if TYPE_CHECKING:
    from gameplan.watch.mails import Links

SECONDS_BETWEEN_TURNS = 5
SECONDS_BEFORE_ANOTHER = 2


class NobodyToRemind(Exception):
    """Raised where people do not sign in: at home nothing is sent, so there is nothing for a worker."""


def work(data: Path | None, *, once: bool, workers: int, lease: timedelta) -> Mapping[str, int]:
    """Take turns until stopped; with `once` until nothing waits. What was done, by name (of one worker only).

    `lease`: after this time others take up what a worker that died had in hand. Raises NoCases, NobodyToRemind and
    WrongSetting.
    """
    open_cases(data)
    if not settings.GAMEPLAN_SHARED:
        raise NobodyToRemind("People do not sign in here (GAMEPLAN_SHARED), so there is nobody to send anything to.")
    _address()
    stopped = threading.Event()
    _stop_on_signal(stopped)
    if workers == 1:
        return _take_turns(stopped, once=once, lease=lease)
    _watch_over(stopped, data, once=once, workers=workers, lease=lease)
    return {}


def _address() -> str:
    address: str = settings.GAMEPLAN_ADDRESS
    if not address:
        mend = "Write where people reach the program, like https://plans.lakeside.example."
        raise WrongSetting("GAMEPLAN_ADDRESS", "it is not set, and mails need links.", mend)
    return address


def links_from(address: str) -> Links:
    """What mails link to, where people reach the program at that address. Django must be set up."""
    from gameplan.watch.mails import Links
    from gameplan.watch.stopping import stop_token

    def page_of(case_id: UUID) -> str:
        return address + reverse("web:child", args=[case_id])

    def stop_page_of(user: UUID) -> str:
        return address + reverse("web:stop-reminders", args=[stop_token(user)])

    return Links(page_of, address + reverse("web:reminders"), stop_page_of, urlsplit(address).hostname or "localhost")


def _take_turns(stopped: threading.Event, *, once: bool, lease: timedelta) -> Mapping[str, int]:
    from gameplan.carrying.jobs import take_cases
    from gameplan.cases.today import today
    from gameplan.config.api_work import tell_webhooks
    from gameplan.config.copy_mail import send_copies
    from gameplan.config.notice_mail import notice_job
    from gameplan.config.running.beats import Pulse
    from gameplan.reports.taking_counts import count_children
    from gameplan.rosters.jobs import take_rosters
    from gameplan.watch.post import Post
    from gameplan.watch.turns import JOBS, Worker, turn

    address = _address()

    def paper_page_of(token: str) -> str:
        return address + reverse("web:private-paper", args=[token])

    jobs = (*JOBS, notice_job(paper_page_of), send_copies, take_rosters, take_cases, count_children, tell_webhooks)
    pulse = Pulse(timezone.now)
    with Post() as post:
        worker = Worker(post, links_from(address), timezone.now, today, lease)
        while not stopped.is_set():
            close_old_connections()
            more = turn(worker, jobs)
            pulse.took_a_turn()
            if once and not more:
                break
            if not more:
                stopped.wait(SECONDS_BETWEEN_TURNS)
    return worker.done


def _watch_over(stopped: threading.Event, data: Path | None, *, once: bool, workers: int, lease: timedelta) -> None:
    """Start so many workers, and another where one has died, until stopped or (with `once`) all are done."""
    context = multiprocessing.get_context("spawn")

    def start() -> SpawnProcess:
        process = context.Process(target=one_of_several, args=(data, once, lease))
        process.start()
        return process

    running = [start() for _number in range(workers)]
    while running and not stopped.is_set():
        wait([process.sentinel for process in running], timeout=1)
        for process in [one for one in running if not one.is_alive()]:
            running.remove(process)
            if process.exitcode and not stopped.wait(SECONDS_BEFORE_ANOTHER):
                sys.stderr.write(f"A worker ended with {process.exitcode}. Another one takes its place.\n")
                running.append(start())
    for process in running:
        process.terminate()
    for process in running:
        process.join()


def one_of_several(data: Path | None, once: bool, lease: timedelta) -> None:
    """A worker in a process of its own. When the one that watches over it is killed, it ends, too."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    work(data, once=once, workers=1, lease=lease)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        wait([parent.sentinel])
        os._exit(1)


def _stop_on_signal(stopped: threading.Event) -> None:
    """Ctrl-C and a friendly kill end after the turn."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopped.set()

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
