"""A private calendar: a secret address from which a calendar program fetches somebody's dates, until it is ended.

The dates are the stored ones that concern this person, each time as they are then. No child's name is in it unless
the person has asked for it. Whoever has the address sees the dates: only its hash is kept, and a new one ends the old.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import date

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from gameplan.core.words import Say, Tongue
from gameplan.exchange.deadlines_ics import OUR_CHILD, Entry, duty_key, entries_ics, summary_of
from gameplan.people.models import User
from gameplan.people.roles import Side
from gameplan.tongues import tongue
from gameplan.watch.mails import A_CHILD, label_of, line_of
from gameplan.watch.models import Due, Feed
from gameplan.watch.reminding import Family, families_of

BYTES = 32
NAME = Say("School dates")


@transaction.atomic
def make_feed(user: User, *, label: str, lang: str) -> str:
    """The secret of a new calendar of this person; the one before ends. It cannot be shown again."""
    end_feeds(user)
    token = secrets.token_urlsafe(BYTES)
    Feed.objects.create(user=user, token_hash=_hash(token), label=label, lang=lang)
    return token


def end_feeds(user: User) -> int:
    """End the calendar of this person; the number that was open."""
    return Feed.objects.filter(user=user, ended_at__isnull=True).update(ended_at=timezone.now())


def feed_of(user: User) -> Feed | None:
    """The calendar that this person has now."""
    return Feed.objects.filter(user=user, ended_at__isnull=True).first()


def feed_by(token: str) -> Feed:
    """The calendar of a secret. Raises Http404 for a wrong one, one that was ended, and one of a closed account."""
    found = Feed.objects.select_related("user").filter(token_hash=_hash(token), ended_at__isnull=True).first()
    if found is None or not found.user.is_active:
        raise Http404("There is no such calendar.")
    return found


def feed_ics(feed: Feed, on: date) -> bytes:
    """The calendar as it is on that day, from the stored dates. Writes down that it was fetched, once a day."""
    if feed.fetched_on != on:
        feed.fetched_on = on
        feed.save(update_fields=["fetched_on"])
    words = tongue(feed.lang)
    entries = [
        (str(one.held.case), _entry(due, _child(one, feed.label, words), words))
        for one in families_of(feed.user, on)
        for due in one.dues
        if due.day
    ]
    return entries_ics(entries, name=words.say(NAME), on=on, sequence=on.toordinal())


def _child(one: Family, label: str, words: Tongue) -> str:
    nameless = OUR_CHILD if one.held.side is Side.FAMILY else A_CHILD
    return label_of(one.held.child, label) or words.say(nameless)


def _entry(due: Due, child: str, words: Tongue) -> Entry:
    summary = summary_of(due.says, child, words, earliest=due.due is None)
    return Entry(duty_key(due.clock, due.started), due.next_on, summary, line_of(due, words))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
