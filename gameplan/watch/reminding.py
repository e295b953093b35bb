"""Making reminders: who is told what on a day, from the stored dates alone. Nothing is sent here, only put down.

Each person's reminders for a day are made once, in one transaction with the note that they are made: whoever stops in
the middle has made nothing, and several workers make none twice. Quiet by default: one mail a day at most; a digest
on one day of the week; in between only when a day comes near or has just passed, each told once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from gameplan.cases.machine import InCase, cases_of_people
from gameplan.cases.trail import digest_of
from gameplan.people.doors import accounts_of, every_account, posts_of
from gameplan.people.models import User
from gameplan.people.roles import Side
from gameplan.tongues import LANGUAGES, tongue
from gameplan.watch.concerning import concerns
from gameplan.watch.mails import SUBJECTS, Child, Links, label_of, mail_of
from gameplan.watch.models import NEVER, Due, Message, Told, Wish

AHEAD = {Wish.How.WEEKLY: timedelta(days=14), Wish.How.DAILY: timedelta(days=7)}
LONGEST_AHEAD = 30
"""The most days before a day that somebody can ask to be told."""
JUST_LATE = timedelta(days=14)
"""What was due longer ago is no news: it stands in the digest, and brings no mail of its own."""
DIGITS = 16


@dataclass(frozen=True, slots=True)
class Made:
    """How many people were gone through, and how many messages were made for them."""

    people: int
    messages: int


@dataclass(frozen=True, slots=True)
class Family:
    """A case of somebody with its duties that concern them, by day."""

    held: InCase
    dues: tuple[Due, ...]


@dataclass(slots=True)
class Batch:
    """What is to be written for some people together."""

    messages: list[Message] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)


def know_everybody(on: date) -> None:
    """Give everybody with an account a row of wishes. The first digest comes on the next day of digests."""
    for users in every_account():
        known = set(Wish.objects.filter(user__in=users).values_list("user_id", flat=True))
        new = [Wish(user_id=user, digest_on=on) for user in users if user not in known]
        Wish.objects.bulk_create(new, ignore_conflicts=True)


@transaction.atomic
def make_reminders(on: date, now: datetime, links: Links, *, most: int = 50) -> Made:
    """Make the reminders of that day for up to so many people for whom they are not made; none left gives 0 people."""
    waiting = Wish.objects.select_for_update(skip_locked=True).filter(made_for__lt=on).order_by("made_for", "user_id")
    wishes = list(waiting[:most])
    users = accounts_of(wish.user_id for wish in wishes)
    families = _families(users, on, on + timedelta(days=LONGEST_AHEAD))
    before = _told_before(users)
    batch = Batch()
    for wish in wishes:
        user = users.get(wish.user_id)
        if user is not None and wish.how != Wish.How.OFF:
            maker = _Maker(user, wish, on, now, links, before.get(wish.user_id, frozenset()))
            maker.make(families.get(wish.user_id, ()), batch)
    Message.objects.bulk_create(batch.messages, ignore_conflicts=True)
    Told.objects.bulk_create(batch.told, ignore_conflicts=True)
    _note_made(wishes, on)
    return Made(len(wishes), len(batch.messages))


def _note_made(wishes: Iterable[Wish], on: date) -> None:
    """Write down that the reminders of these people are made for that day, and for whom it was the digest.

    The same days for many people: two statements. One with a day for each person takes a quarter of all the time.
    """
    for name, keys in (
        ("made_for", [wish.pk for wish in wishes]),
        ("digest_on", [wish.pk for wish in wishes if wish.digest_on == on]),
    ):
        if keys:
            Wish.objects.filter(pk__in=keys).update(**{name: on})


def families_of(user: User, on: date) -> Sequence[Family]:
    """The cases of one person with all duties that concern them, however far, late ones first. Four queries."""
    return _families({user.pk: user}, on, NEVER).get(user.pk, ())


def _families(users: Mapping[UUID, User], on: date, until: date) -> dict[UUID, Sequence[Family]]:
    posts = posts_of(users, on)
    held = cases_of_people({str(key): posts.get(key, ()) for key in users})
    cases = {one.case for some in held.values() for one in some}
    rows: dict[tuple[UUID, str], list[Due]] = {}
    near = Q(next_on__lte=until) | Q(next_on=NEVER, status="late")
    for due in Due.objects.filter(near, case__in=cases).order_by("next_on", "id"):
        rows.setdefault((due.case_id, due.side), []).append(due)
    return {
        key: [Family(one, _concerning(rows.get((one.case, one.side), ()), one)) for one in held.get(str(key), ())]
        for key in users
    }


def _concerning(dues: Iterable[Due], held: InCase) -> tuple[Due, ...]:
    return tuple(sorted((due for due in dues if concerns(due, held.role)), key=lambda due: due.status != "late"))


def _told_before(users: Iterable[UUID]) -> dict[UUID, frozenset[tuple[object, ...]]]:
    found: dict[UUID, set[tuple[object, ...]]] = {}
    columns = ("user_id", "case_id", "about", "what", "day")
    for user, *told in Told.objects.filter(user__in=list(users)).values_list(*columns):
        found.setdefault(user, set()).add(tuple(told))
    return {user: frozenset(told) for user, told in found.items()}


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the reminders of one person for one day."""

    user: User
    wish: Wish
    on: date
    now: datetime
    links: Links
    before: frozenset[tuple[object, ...]]

    def make(self, families: Sequence[Family], batch: Batch) -> None:
        """One message at most: the digest on its day, otherwise what is newly near or late."""
        news = {due.pk: self._told(due) for one in families for due in one.dues if self._is_news(due)}
        children = self._children(families, {due.pk for one in families for due in one.dues if self._in_digest(due)})
        if self._is_digest_day() and children:
            self.wish.digest_on = self.on
            batch.messages.append(self._message(Message.Kind.DIGEST, children, "digest"))
        elif news:
            about = "late" if any(told.what == Told.What.LATE for told in news.values()) else "soon"
            batch.messages.append(self._message(Message.Kind.DATES, self._children(families, set(news)), about))
        batch.told += news.values()

    def _is_digest_day(self) -> bool:
        """True on the day of digests, and on the days after it where that day was missed."""
        if self.wish.how == Wish.How.DAILY:
            return self.wish.digest_on < self.on
        last = self.on - timedelta(days=(self.on.weekday() - self.wish.weekday) % 7)
        return self.wish.how == Wish.How.WEEKLY and self.wish.digest_on < last

    def _in_digest(self, due: Due) -> bool:
        ahead = AHEAD.get(Wish.How(self.wish.how))
        return ahead is not None and (due.status == "late" or due.next_on <= self.on + ahead)

    def _is_news(self, due: Due) -> bool:
        """True for a duty that is newly near its day, or newly late, where this person wants to know that.

        One whose day is a range is near from its first day on, and not late before the last one has passed.
        """
        before = timedelta(days=self.wish.days_before)
        wanted = self.wish.when_late if due.status == "late" else bool(before) and due.next_on <= self.on + before
        told = self._told(due)
        return (
            wanted
            and self.on - JUST_LATE <= due.next_on < NEVER
            and (told.case_id, told.about, told.what, told.day) not in self.before
        )

    def _told(self, due: Due) -> Told:
        about = digest_of([due.pack, due.clock, due.started_by, due.number])[:DIGITS]
        what = Told.What.LATE if due.status == "late" else Told.What.SOON
        return Told(user=self.user, case_id=due.case_id, about=about, what=what.value, day=due.next_on)

    def _children(self, families: Sequence[Family], wanted: set[int]) -> list[Child]:
        found = []
        for one in families:
            dues = tuple(due for due in one.dues if due.pk in wanted)
            if dues:
                how = "first-name" if one.held.side is Side.FAMILY else "initials"
                found.append(Child(one.held.case, label_of(one.held.child, how), dues))
        return found

    def _message(self, kind: Message.Kind, children: Sequence[Child], subject: str) -> Message:
        lang = self.user.language if self.user.language in LANGUAGES else "en"
        stop, key = self.links.stop(self.user.pk), uuid4()
        mail = mail_of(children, subject=SUBJECTS[subject], tongue=tongue(lang), links=self.links, stop=stop)
        return Message(
            id=key, user=self.user, day=self.on, kind=kind.value, to=self.user.email, lang=lang, subject=mail.subject,
            text=mail.text, html=mail.html, stop=stop, message_id=f"<{key}@{self.links.host}>",
            try_at=after_quiet(self.now, self.wish),
        )  # fmt: skip


def after_quiet(now: datetime, wish: Wish) -> datetime:
    """Now, or the end of the quiet hours if this is one of them."""
    first, last = wish.quiet_from, wish.quiet_until
    here = timezone.localtime(now)
    quiet = first <= here.hour < last if first <= last else (here.hour >= first or here.hour < last)
    if not quiet:
        return now
    day = here.date() + timedelta(days=1 if here.hour >= last else 0)
    return timezone.make_aware(datetime.combine(day, time(last % 24)))
