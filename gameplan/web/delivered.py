"""What is proved about a delivery, as the pages say it: a plain list of steps, the same for both sides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from gameplan.notices.doors import marks_of
from gameplan.notices.models import Delivery, Mark
from gameplan.notices.proofs import State, What
from gameplan.tongues import LANGUAGES

STEPS: Final[Mapping[str, object]] = {
    What.QUEUED: _("The e-mail waits to be sent"),
    What.TRIED: _("The mail server did not take it; it is tried again"),
    What.SENT: _("Sent"),
    What.FAILED: _("It could not be sent"),
    What.OPENED: _("Opened"),
    What.DOWNLOADED: _("Saved as a file"),
    What.CONFIRMED: _("The reader confirmed that they have it"),
    What.ARRIVED: _("It arrived"),
    What.CLOSED: _("The private link was closed"),
}
SENT_BY: Final[Mapping[str, object]] = {
    "email": _("The mail server took the e-mail"), "by-hand": _("Handed over"), "mail": _("Posted"),
    "portal": _("Put here for the family"),
}  # fmt: skip
WAYS: Final[Mapping[str, object]] = {
    "email": _("By e-mail"), "by-hand": _("By hand"), "mail": _("By mail"), "portal": _("In the program"),
}  # fmt: skip
GOOD: Final = (What.OPENED, What.CONFIRMED, What.ARRIVED, What.DOWNLOADED)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that is proved: what, on which day and at what time, in which language, of which version, and how."""

    what: object
    on: date
    time: str
    language: str
    fingerprint: str
    by_link: bool
    reason: str
    tone: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A delivery as a page shows it."""

    delivery: Delivery
    way: object
    to: str
    steps: tuple[Step, ...]

    @property
    def is_failed(self) -> bool:
        """True if somebody has to send it in another way, or again."""
        return self.delivery.state == State.FAILED

    @property
    def may_arrive(self) -> bool:
        """True for mail of which nobody knows yet when it arrived."""
        return self.delivery.way == "mail" and self.delivery.arrived is None


def shown(delivery: Delivery) -> Shown:
    """A delivery with all that is proved about it, oldest first."""
    steps = tuple(_step(delivery, mark) for mark in marks_of(delivery))
    return Shown(delivery, WAYS.get(delivery.way, delivery.way), delivery.to_name, steps)


def language_name(lang: str) -> str:
    """A language by its own name, or as it was written."""
    return LANGUAGES.get(lang, lang)


def _step(delivery: Delivery, mark: Mark) -> Step:
    what = SENT_BY.get(delivery.way, STEPS[mark.what]) if mark.what == What.SENT else STEPS[mark.what]
    tone = "red" if mark.what == What.FAILED else "green" if mark.what in GOOD else ""
    return Step(
        what, mark.on, _time(mark), language_name(mark.lang) if mark.lang else "", mark.sha256[:12], mark.by_link,
        mark.reason, tone,
    )  # fmt: skip


def _time(mark: Mark) -> str:
    """The time of the day, if it was written down on that day: then it says when it happened."""
    at = localtime(mark.at)
    return f"{at:%H:%M}" if at.date() == mark.on else ""
