"""What is written along the road: each stop with its name, its day, and the signs that hang on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext_noop as _

from gameplan.core.standing import Duty
from gameplan.core.words import Say, Tongue
from gameplan.web.pictures.days import short_day
from gameplan.web.pictures.drawing import Point, element, group, text_lines
from gameplan.web.pictures.lettering import lines_of, width_of
from gameplan.web.pictures.route import BLOCKED, DONE, HERE, Route, Stop

TITLE, LINE, STEP, PAD = 15.0, 14.0, 19.0, 11.0


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign at a stop: the next day that matters, a day that has passed, or a side path."""

    kind: str
    title: str
    lines: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signpost:
    """A stop with its words in the reader's language."""

    state: str
    number: int
    name: str
    day: str
    again: bool
    here: str
    signs: tuple[Sign, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """A sign made ready to draw: its lines broken to fit, its width and height."""

    sign: Sign
    title: list[str]
    rows: list[str]
    width: float
    height: float


def signposts(route: Route, tongue: Tongue) -> tuple[Signpost, ...]:
    """Every stop of the road with its words."""
    return tuple(_signpost(stop, route, tongue) for stop in route.stops)


def _signpost(stop: Stop, route: Route, tongue: Tongue) -> Signpost:
    ours = stop.state in (HERE, BLOCKED)
    return Signpost(
        state=stop.state,
        number=stop.number,
        name=tongue.say(stop.name),
        day=short_day(stop.on, tongue) if stop.on else "",
        again=stop.again,
        here=tongue.text(_("You are here")) if ours else "",
        signs=tuple(_signs(stop, route, tongue)),
    )


def _signs(stop: Stop, route: Route, tongue: Tongue) -> Iterator[Sign]:
    if stop == route.here:
        for duty in (route.late, route.next):
            if duty:
                yield Sign(_kind(duty), when(duty, tongue), (tongue.say(duty.title),))
    side = route.side
    if side and side.leaves == stop.id:
        ways = tuple(tongue.say(way) for way in side.ways)
        yield Sign("taken" if side.taken else "side", tongue.say(side.name), (), ways)


def _kind(duty: Duty) -> str:
    if duty.status == "late":
        return "late"
    return "next" if duty.due else "open"


def when(duty: Duty, tongue: Tongue) -> str:
    """The day of a duty in few words: when it was due, by when it is due, or between which days."""
    if duty.due:
        text = _("Was due {day}") if duty.status == "late" else _("By {day}")
        return tongue.say(Say(text, {"day": short_day(duty.due, tongue)}))
    if duty.due_earliest and duty.due_latest:
        days = {"first": short_day(duty.due_earliest, tongue), "last": short_day(duty.due_latest, tongue)}
        return tongue.say(Say(_("Between {first} and {last}"), days))
    return ""


def board_of(sign: Sign, room: float) -> Board:
    """The sign with its lines broken to fit the room."""
    inner = room - 2 * PAD
    title = lines_of(sign.title, TITLE if sign.kind != "side" else LINE, inner)
    rows = [row for line in sign.lines for row in lines_of(line, LINE, inner)]
    for way in sign.ways:
        first, *more = lines_of(way, LINE, inner - 16)
        rows += [f"– {first}", *(f"\u2003{row}" for row in more)]
    longest = max(width_of(row, TITLE) for row in [*title, *rows])
    height = (len(title) + len(rows)) * STEP + 2 * PAD - 4
    return Board(sign, title, rows, min(room, longest + 2 * PAD), height)


def draw_board(board: Board, at: Point, *, width: float | None = None) -> SafeString:
    """The sign at its top left corner."""
    x, y = at
    rows = [
        element("rect", class_="sign__board", x=x, y=y, width=width or board.width, height=board.height, rx=7),
        text_lines(board.title, (x + PAD, y + PAD + 12), step=STEP, class_="sign__title"),
    ]
    if board.rows:
        under = y + PAD + 12 + len(board.title) * STEP
        rows.append(text_lines(board.rows, (x + PAD, under), step=STEP, class_="sign__line"))
    return group(rows, class_=f"sign sign--{board.sign.kind}")


def draw_stop(post: Signpost, at: Point) -> SafeString:
    """The round mark of a stop: a tick behind us, the lamp where we are, a number or a loop ahead."""
    x, y = at
    if post.state == DONE:
        tick = element("path", d=f"M{x - 5.5:.1f} {y + 0.5:.1f}l4 4 7.5-8.5", class_="stop__tick")
        return group([element("circle", cx=x, cy=y, r=13), tick], class_="stop stop--done")
    if post.state == HERE:
        rings = [element("circle", cx=x, cy=y, r=r, class_=name) for r, name in _LAMP]
        return group(rings, class_="stop stop--here")
    if post.state == BLOCKED:
        cross = element("path", d=f"M{x - 5:.1f} {y - 5:.1f}l10 10m0-10l-10 10", class_="stop__cross")
        ring = element("circle", cx=x, cy=y, r=16, class_="stop__ring")
        return group(
            [element("circle", cx=x, cy=y, r=26, class_="stop__glow"), ring, cross],
            class_="stop stop--blocked",
        )
    ring = element("circle", cx=x, cy=y, r=13)
    if post.again:
        return group([ring, element("path", d=_loop(x, y), class_="stop__loop")], class_="stop stop--ahead")
    number = element("text", str(post.number), x=x, y=y + 5, text_anchor="middle", class_="stop__number")
    return group([ring, number], class_="stop stop--ahead")


_LAMP = ((29, "stop__glow"), (22, "stop__glow"), (16, "stop__ring"), (5, "stop__dot"))


def _loop(x: float, y: float) -> str:
    return f"M{x + 4.6:.1f} {y - 3.6:.1f}a6 6 0 1 0 1.4 4.6M{x + 5.4:.1f} {y - 8:.1f}v4.6h-4.6"


def draw_here(words: str, at: Point, *, anchor: str) -> SafeString:
    """The small flag that says "You are here", its baseline box starting (or centred) at the point."""
    x, y = at
    width = width_of(words, 13.5) + 18
    left = x if anchor == "start" else x - width / 2
    return group(
        [
            element("rect", x=left, y=y, width=width, height=23, rx=11.5),
            element("text", words, x=left + width / 2, y=y + 16.2, text_anchor="middle"),
        ],
        class_="here",
    )
