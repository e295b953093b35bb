"""What somebody sees and sets of their own reminders."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from gameplan.people.models import User
from gameplan.watch.models import Message, Wish

MOST_SHOWN = 30
SET = ("how", "weekday", "days_before", "when_late", "quiet_from", "quiet_until")


def wish_of(user: User, on: date) -> Wish:
    """The wishes of a person; who has said nothing has the quiet ones."""
    return Wish.objects.get_or_create(user=user, defaults={"digest_on": on})[0]


def set_wish(user: User, on: date, told: Mapping[str, Any]) -> Wish:
    """Keep what this person wants: values of SET, as a form has checked them."""
    wish = wish_of(user, on)
    for name in SET:
        setattr(wish, name, told[name])
    wish.save(update_fields=SET)
    return wish


def messages_to(user: User) -> list[Message]:
    """The mails that went to this person or wait to go, the newest first."""
    return list(Message.objects.filter(user=user).exclude(state=Message.State.DROPPED)[:MOST_SHOWN])
