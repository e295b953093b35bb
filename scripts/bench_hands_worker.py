"""One process of `bench_hands_reminders`: a piece of a day's work on the reminders, and what it took.

    python -m scripts.bench_hands_worker JOB DAY PLACE PROCESSES

does that job (see `JOBS`) on the database of the environment (GAMEPLAN_DATA, DATABASE_URL) as if it were that day, as
GAMEPLAN_TODAY says, too. It writes "ready", waits for a line on standard input, works, and writes `Took` as a line of
JSON. PLACE and PROCESSES say which of how many processes it is that do the same at once (0 2 is the first of two).
"""

from __future__ import annotations

import json
import os
import resource
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from time import monotonic, perf_counter, process_time
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

import django
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from scripts.bench_hands_lives import ON, STATE

if TYPE_CHECKING:
    from gameplan.watch.turns import Job, Worker

READY: Final = "ready"
ADDRESS: Final = "https://plans.lakeside.example"
LONG_BEFORE: Final = timedelta(days=10_000)
"""So long before the day measured lie the outbox rows of the bare writing: a person has one mail of a kind a day."""
TOGETHER: Final = 50
"""Outbox rows in one transaction, as many as `make_reminders` goes through people."""
AT_ONCE: Final = 2_000
MADE_AT: Final = 9
SENT_AT: Final = 15
"""The hours at which mails are made and sent: none is quiet, and all that was made is due when it is sent."""


@dataclass(frozen=True)
class Told:
    """What this process is told: the day, and which of how many processes it is that do the same job at once."""

    on: date
    place: int = 0
    processes: int = 1


@dataclass(frozen=True)
class Took:
    """What one process took: seconds by the clock and of its own processor time, peak memory in MiB, what it did."""

    seconds: float
    cpu: float
    mib: float
    did: Mapping[str, Any]


class Counting(BaseEmailBackend):
    """A way to a mail server that writes each mail out as it would go, and sends nothing; it knows their ids."""

    ids: Final[list[str]] = []

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Takes every mail; their number."""
        for mail in email_messages:
            mail.message().as_bytes()
            self.ids.append(str(mail.extra_headers["Message-ID"]))
        return len(email_messages)


def get_ready(_told: Told) -> Mapping[str, Any]:
    """Everybody has wishes since the day of the filling, and the law has not changed since: that would be another day.

    A law that has changed means to work out every case, once; what one day asks of a worker is measured without it.
    """
    from gameplan.audit.fingerprint import fingerprint
    from gameplan.watch.models import Looked
    from gameplan.watch.reminding import know_everybody

    Looked.objects.exclude(law=fingerprint()).update(law=fingerprint())
    know_everybody(ON)
    return {}


def look_around(told: Told) -> Mapping[str, Any]:
    """What a worker does first on a new day: look through all cases and all people."""
    from gameplan.watch.models import Looked
    from gameplan.watch.reminding import know_everybody
    from gameplan.watch.stale import mark_what_nobody_marked

    marked = mark_what_nobody_marked(told.on)
    know_everybody(told.on)
    return {"looks": Looked.objects.count(), "marked": marked}


def work_out(told: Told) -> Mapping[str, Any]:
    """Work out the cases that the day changes, until none is left."""
    from gameplan.watch.stale import stale
    from gameplan.watch.turns import work_out_cases

    worker = _until_done(work_out_cases, told.on, MADE_AT)
    return {"cases": worker.done.get("cases worked out", 0), "left": len(stale(told.on, 1))}


def next_change(told: Told) -> Mapping[str, Any]:
    """The first day after this one on which any case changes by itself."""
    from gameplan.watch.models import NEVER, Looked

    found = Looked.objects.filter(changes_on__gt=told.on, changes_on__lt=NEVER).order_by("changes_on")
    day = found.values_list("changes_on", flat=True).first() or told.on + timedelta(days=1)
    return {"on": day.isoformat()}


def make(told: Told) -> Mapping[str, Any]:
    """Make the reminders of all people."""
    from gameplan.watch.models import Message, Wish
    from gameplan.watch.turns import remind_people

    _until_done(remind_people, told.on, MADE_AT)
    return {
        "people": Wish.objects.filter(made_for=told.on).count(),
        "mails": Message.objects.filter(day=told.on).count(),
    }


def send(told: Told) -> Mapping[str, Any]:
    """Send what waits, side by side with whoever else does; the ids of the mails that this process handed over."""
    from gameplan.watch.turns import send_reminders

    _until_done(send_reminders, told.on, SENT_AT)
    return {"ids": list(Counting.ids)}


def bare_read(told: Told) -> Mapping[str, Any]:
    """Read the stored dates that reminders of that day come from, in one query without any other."""
    from django.db.models import Q

    from gameplan.watch.models import NEVER, Due
    from gameplan.watch.reminding import LONGEST_AHEAD

    near = Q(next_on__lte=told.on + timedelta(days=LONGEST_AHEAD)) | Q(next_on=NEVER, status="late")
    columns = ("case_id", "side", "clock", "title", "status", "next_on")
    found = Due.objects.filter(near).order_by().values_list(*columns)
    return {"dates": sum(1 for _row in found.iterator(chunk_size=AT_ONCE))}


def bare_write(told: Told) -> Mapping[str, Any]:
    """Write as many outbox rows as the day has mails, as long as those are on average, so many in a transaction."""
    from django.db.models import Avg
    from django.db.models.functions import Length

    from gameplan.watch.models import Message

    mails = Message.objects.filter(day=told.on).order_by()
    sizes = mails.aggregate(text=Avg(Length("text"), default=0), html=Avg(Length("html"), default=0))
    text, html = ("x" * round(sizes[name]) for name in ("text", "html"))
    users = list(mails.values_list("user_id", flat=True))
    for start in range(0, len(users), TOGETHER):
        some = users[start : start + TOGETHER]
        Message.objects.bulk_create(_outbox_row(user, told.on - LONG_BEFORE, text, html) for user in some)
    return {"mails": len(users)}


def _outbox_row(user: UUID, day: date, text: str, html: str) -> Any:
    from gameplan.watch.models import Message

    return Message(
        user_id=user, day=day, kind="digest", to="somebody@example.org", lang="en", subject="bare", text=text,
        html=html, stop=ADDRESS, message_id=f"<{user}@bare.example>", try_at=_at(day, MADE_AT),
    )  # fmt: skip


def bare_sent(told: Told) -> Mapping[str, Any]:
    """Write down of each of these rows that it is sent, each by itself, and nothing more; this process its share."""
    from gameplan.watch.models import Message

    keys = list(Message.objects.filter(day=told.on - LONG_BEFORE).order_by("pk").values_list("pk", flat=True))
    mine = keys[told.place :: told.processes]
    for key in mine:
        Message.objects.filter(pk=key).update(state=Message.State.SENT)
    return {"mails": len(mine)}


def check(told: Told) -> Mapping[str, Any]:
    """The ids of all mails of that day, and how many of them do not stand there as sent."""
    from gameplan.watch.models import Message

    mails = Message.objects.filter(day=told.on).order_by()
    unsent = mails.exclude(state=Message.State.SENT).count()
    return {"ids": list(mails.values_list("message_id", flat=True)), "unsent": unsent}


JOBS: Final[Mapping[str, Callable[[Told], Mapping[str, Any]]]] = {
    "get-ready": get_ready, "look-around": look_around, "work-out": work_out, "make": make, "send": send,
    "next-change": next_change, "bare-read": bare_read, "bare-write": bare_write, "bare-sent": bare_sent,
    "check": check,
}  # fmt: skip


def _until_done(job: Job, on: date, hour: int) -> Worker:
    """The worker that has taken turns at this job, from that hour of the day on, until nothing is left."""
    from gameplan.config.work import links_from
    from gameplan.watch.post import Post
    from gameplan.watch.turns import Worker

    begin, first = monotonic(), _at(on, hour)

    def now() -> datetime:
        return first + timedelta(seconds=monotonic() - begin)

    with Post() as post:
        worker = Worker(post, links_from(ADDRESS), now, lambda: on)
        while job(worker):
            pass
    return worker


def _at(day: date, hour: int) -> datetime:
    from django.utils import timezone

    return datetime.combine(day, time(hour), tzinfo=timezone.get_current_timezone())


def took(work: Callable[[], Mapping[str, Any]]) -> Took:
    """Do it, and say what it took."""
    begin, spent = perf_counter(), process_time()
    did = work()
    seconds, cpu = perf_counter() - begin, process_time() - spent
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return Took(seconds, cpu, peak / 2**20, did)


def main(arguments: Sequence[str]) -> None:
    """Set up Django, say so, wait for the word, do the job."""
    from gameplan.config.serve import prepare

    name, day, place, processes = arguments
    told = Told(date.fromisoformat(day), int(place), int(processes))
    prepare(Path(os.environ["GAMEPLAN_DATA"]))
    django.setup()
    settings.EMAIL_BACKEND = f"{__name__}.{Counting.__name__}"
    _warm_up()
    sys.stdout.write(f"{READY}\n")
    sys.stdout.flush()
    sys.stdin.readline()
    done = took(lambda: JOBS[name](told))
    sys.stdout.write(json.dumps(asdict(done)) + "\n")


def _warm_up() -> None:
    """Load what a worker loads once in its life: the addresses, the law and which one it is, the words."""
    from gameplan.audit.fingerprint import fingerprint
    from gameplan.config.work import links_from
    from gameplan.law import law_for
    from gameplan.tongues import tongue

    links_from(ADDRESS)
    law_for(STATE)
    fingerprint()
    tongue("en")


if __name__ == "__main__":
    from scripts import bench_hands_worker  # by its name, so that Django finds the same class as this process

    os.environ["DJANGO_SETTINGS_MODULE"] = "gameplan.config.settings"
    bench_hands_worker.main(sys.argv[1:])
