"""The words of a reminder, as text and as simple HTML: no child's name but the first, and none in the subject."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from gameplan.core.words import Say, Tongue
from gameplan.exchange.deadlines_ics import discreet
from gameplan.people.roles import Side
from gameplan.watch.concerning import owes
from gameplan.watch.models import Due

MOST_LINES = 40
A_CHILD = Say("A child")
SUBJECTS = {
    "digest": Say("School dates to know about"),
    "late": Say("A school date has passed"),
    "soon": Say("A school date is near"),
}


@dataclass(frozen=True, slots=True)
class Links:
    """Whole addresses for a mail: the page of a case, the page of one's reminders, and the one that ends them."""

    case: Callable[[UUID], str]
    reminders: str
    stop: Callable[[UUID], str]
    host: str


@dataclass(frozen=True, slots=True)
class Child:
    """The duties of one child that a mail tells, late ones first. `label` is the first name, initials or nothing."""

    case: UUID
    label: str
    dues: tuple[Due, ...]


@dataclass(frozen=True, slots=True)
class Mail:
    """The words of one mail."""

    subject: str
    text: str
    html: str


def mail_of(children: Sequence[Child], *, subject: Say, tongue: Tongue, links: Links, stop: str) -> Mail:
    """The mail that tells these duties. It reads the same as text and as HTML."""
    told = list(_told(children, tongue, links))
    left_out = sum(len(one.dues) for one in children) - sum(len(lines) for _label, _address, lines in told)
    about = [tongue.say(Say("Each day is worked out from what is written in the case. Check it there before you act."))]
    if left_out:
        about.insert(0, tongue.say(Say("There are {number} more. You find them in the program.", {"number": left_out})))
    foot = [
        (tongue.say(Say("Change when you get these mails")), links.reminders),
        (tongue.say(Say("Stop these mails")), stop),
    ]
    return Mail(tongue.say(subject), _text(told, about, foot), _html(told, about, foot, tongue))


def line_of(due: Due, tongue: Tongue) -> str:
    """One duty in a line: what, by when, and for whom it is."""
    return f"{tongue.say(_what(due))} {tongue.say(_whose(due))}"


def _what(due: Due) -> Say:
    values: dict[str, object] = {"title": discreet(due.says), "day": due.day}
    if due.status == "late":
        return Say("Late since {day}: {title}.", values) if due.day else Say("Late: {title}.", values)
    return Say("By {day}: {title}.", values) if due.due else Say("On {day} at the earliest: {title}.", values)


def _whose(due: Due) -> Say:
    side = Side(due.side)
    other = Side.SCHOOL if side is Side.FAMILY else Side.FAMILY
    if owes(due, side):
        return Say("This is yours to do.")
    if owes(due, other):
        return Say("This is for the school to do.") if other is Side.SCHOOL else Say("This is for the family to do.")
    return Say("Somebody else does this.")


Told = tuple[str, str, list[str]]


def _told(children: Iterable[Child], tongue: Tongue, links: Links) -> Iterator[Told]:
    """Name, address and lines of each child, as far as one mail goes."""
    left = MOST_LINES
    for child in children:
        lines = [line_of(due, tongue) for due in child.dues[:left]]
        left -= len(lines)
        if lines:
            yield child.label or tongue.say(A_CHILD), links.case(child.case), lines


def _text(told: Iterable[Told], about: Iterable[str], foot: Iterable[tuple[str, str]]) -> str:
    parts = ["\n".join((label, *(f"- {line}" for line in lines), address)) for label, address, lines in told]
    return "\n\n".join((*parts, *about, "\n".join(f"{words}: {address}" for words, address in foot))) + "\n"


def _html(told: Iterable[Told], about: Iterable[str], foot: Iterable[tuple[str, str]], tongue: Tongue) -> str:
    parts = [
        format_html(
            '<h2><a href="{}">{}</a></h2><ul>{}</ul>', address, label,
            format_html_join("", "<li>{}</li>", ((line,) for line in lines)),
        )
        for label, address, lines in told
    ]  # fmt: skip
    body: SafeString = format_html(
        "{}{}<p>{}</p>",
        format_html_join("", "{}", ((part,) for part in parts)),
        format_html_join("", "<p>{}</p>", ((words,) for words in about)),
        format_html_join(" · ", '<a href="{}">{}</a>', ((address, words) for words, address in foot)),
    )
    return format_html(
        '<!doctype html><html lang="{}"><head><meta charset="utf-8"></head><body>{}</body></html>', tongue.lang, body
    )


def label_of(name: str, how: str) -> str:
    """What a child is called where others may read it: the first name, the initials, or nothing."""
    words = name.split()
    if how == "first-name":
        return words[0] if words else ""
    return "".join(f"{word[0].upper()}." for word in words) if how == "initials" else ""
