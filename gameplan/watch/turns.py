"""One turn of the worker: what waits is done, a little of each, so that nothing waits behind something long.

Any number of workers take turns side by side; each job sees to it that nothing is done twice. The jobs of other rooms
are added to `JOBS` by the room above both.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from gameplan.watch.mails import Links
from gameplan.watch.post import Post
from gameplan.watch.refreshing import refresh
from gameplan.watch.reminding import know_everybody, make_reminders
from gameplan.watch.sending import LEASE, send_some
from gameplan.watch.stale import mark_what_nobody_marked, stale

SOME_CASES = 100
LOOK_AROUND = timedelta(hours=1)
"""How often a worker looks for what no mark tells, besides at its start and on a new day."""


@dataclass(slots=True)
class Worker:
    """What a worker has to hand: the way to the mail server, the addresses for mails, the clock, and what it has done.

    `now` gives the time, `today` the day: both are asked anew at each turn.
    """

    post: Post
    links: Links
    now: Callable[[], datetime]
    today: Callable[[], date]
    lease: timedelta = LEASE
    done: dict[str, int] = field(default_factory=dict)
    looked_on: date = date.min
    looked_at: datetime | None = None

    def count(self, what: str, number: int) -> bool:
        """Add to what this worker has done; True if it was anything."""
        self.done[what] = self.done.get(what, 0) + number
        return number > 0


Job = Callable[[Worker], bool]
"""Does a little of what waits, and says if there may be more."""


def turn(worker: Worker, jobs: tuple[Job, ...]) -> bool:
    """Let each job do a little; True if any of them may have more to do at once."""
    _look_around(worker)
    more = [job(worker) for job in jobs]
    return any(more)


def _look_around(worker: Worker) -> None:
    """At the start, on a new day and each hour (so too when the clock was set back by one): mark what nobody marked."""
    on, now = worker.today(), worker.now()
    if worker.looked_on == on and worker.looked_at and abs(now - worker.looked_at) < LOOK_AROUND:
        return
    mark_what_nobody_marked(on)
    know_everybody(on)
    worker.looked_on, worker.looked_at = on, now


def work_out_cases(worker: Worker) -> bool:
    """Work out again some of the cases that wait. Each worker takes others, mostly: what two take is kept once."""
    on = worker.today()
    waiting = stale(on, 10 * SOME_CASES)
    some = random.sample(waiting, min(SOME_CASES, len(waiting)))
    worker.count("cases worked out", refresh(some, on))
    return len(waiting) > len(some)


def remind_people(worker: Worker) -> bool:
    """Make the reminders of some people, once all cases are worked out for the day."""
    on = worker.today()
    if stale(on, 1):
        return False
    made = make_reminders(on, worker.now(), worker.links)
    worker.count("reminders made", made.messages)
    return made.people > 0


def send_reminders(worker: Worker) -> bool:
    """Send some of the messages that are due."""
    sent = send_some(worker.post.send, worker.now, lease=worker.lease)
    worker.count("reminders sent", sent.sent)
    return sent.taken > 0 and not sent.is_down


JOBS: tuple[Job, ...] = (work_out_cases, remind_people, send_reminders)
