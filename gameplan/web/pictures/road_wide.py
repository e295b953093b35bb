"""The road from left to right, for a wide page: names in turn above and below the line, signs underneath."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, degrees

from django.utils.safestring import SafeString

from gameplan.web.pictures.drawing import Point, element, moves, text_lines
from gameplan.web.pictures.lettering import lines_of
from gameplan.web.pictures.road_signs import Board, Signpost, board_of, draw_board, draw_here, draw_stop
from gameplan.web.pictures.route import AHEAD, BLOCKED, DONE

WIDTH, MARGIN, WAVE = 1040.0, 82.0, 44.0
NAME, NAME_STEP, DAY_STEP = 15.5, 19.0, 19.0
SIGN_ROOM, BETWEEN, CLEAR, APART = 310.0, 16.0, 34.0, 9.0


@dataclass(frozen=True, slots=True)
class _Placed:
    """A stop with its place, its lines, whether its words stand above, and how high they are."""

    post: Signpost
    at: Point
    lines: list[str]
    above: bool
    height: float

    @property
    def words_end(self) -> float:
        """Where a line downwards from this stop may begin."""
        return self.at[1] + (24 if self.above else CLEAR + self.height)


def draw(posts: Sequence[Signpost]) -> tuple[list[SafeString], float, float]:
    """The shapes, the width and the height of the drawing."""
    placed = _place(posts)
    shapes = [_leg(one, two) for one, two in pairwise(placed)]
    bottom = max(stop.words_end for stop in placed)
    signs, end = _signs(placed, bottom + 30)
    shapes += signs
    for stop in placed:
        shapes += _words(stop)
        if stop.post.state == BLOCKED:
            x, y = stop.at
            shapes.append(element("path", d=f"M{x + 32:.1f} {y - 15:.1f}v30", class_="bar"))
        shapes.append(draw_stop(stop.post, stop.at))
    return shapes, WIDTH, end + 8


def _place(posts: Sequence[Signpost]) -> list[_Placed]:
    step = (WIDTH - 2 * MARGIN) / (len(posts) - 1)
    room = min(2 * step - 26, 2 * MARGIN - 4)
    lines = [lines_of(post.name, NAME, room) for post in posts]
    heights = [_height(post, said) for post, said in zip(posts, lines, strict=True)]
    high = 8 + max(heights[0::2]) + CLEAR
    return [
        _Placed(post, (MARGIN + n * step, high + (WAVE if n % 2 else 0)), lines[n], n % 2 == 0, heights[n])
        for n, post in enumerate(posts)
    ]


def _height(post: Signpost, lines: list[str]) -> float:
    return len(lines) * NAME_STEP + (DAY_STEP if post.day else 0) + (30 if post.here else 0)


def _leg(one: _Placed, two: _Placed) -> SafeString:
    (x1, y1), (x2, y2) = one.at, two.at
    bend = (x2 - x1) * 0.5
    curve = moves(("M", x1, y1), ("C", x1 + bend, y1, x2 - bend, y2, x2, y2))
    if one.post.state == DONE and two.post.state != AHEAD:
        return element("path", d=curve, class_="leg leg--done")
    if one.post.state not in (AHEAD, BLOCKED, DONE):
        turn = degrees(atan2(1.5 * (y2 - y1), x2 - x1 - bend / 2))
        where = f"translate({(x1 + x2) / 2 + 4:.1f} {(y1 + y2) / 2:.1f}) rotate({turn:.0f})"
        tip = element("path", d="M-5-7l8 7-8 7", transform=where, class_="leg__tip")
        return element("g", element("path", d=curve, class_="leg leg--next"), tip)
    return element("path", d=curve, class_="leg leg--later")


def _words(stop: _Placed) -> list[SafeString]:
    post, (x, y) = stop.post, stop.at
    top = y - CLEAR - stop.height if stop.above else y + CLEAR
    shapes: list[SafeString] = []
    if post.here:
        shapes.append(draw_here(post.here, (x, top), anchor="middle"))
        top += 30
    named = text_lines(stop.lines, (x, top + 14), step=NAME_STEP, class_=f"name name--{post.state}", anchor="middle")
    shapes.append(named)
    if post.day:
        under = top + 14 + len(stop.lines) * NAME_STEP
        shapes.append(element("text", post.day, x=x, y=under, text_anchor="middle", class_="day"))
    return shapes


def _signs(placed: Sequence[_Placed], top: float) -> tuple[list[SafeString], float]:
    """The signs in a row under the road, each with a line from its stop, and where the row ends."""
    hung = [(stop, board_of(sign, SIGN_ROOM)) for stop in placed for sign in stop.post.signs]
    if not hung:
        return [], top - 30
    lefts = _lefts([stop.at[0] for stop, _board in hung], [board for _stop, board in hung])
    shapes: list[SafeString] = []
    for n, ((stop, board), left) in enumerate(zip(hung, lefts, strict=True)):
        before = sum(1 for other, _board in hung[:n] if other is stop)
        together = sum(1 for other, _board in hung if other is stop)
        x, middle = stop.at[0] + APART * (before - (together - 1) / 2), left + board.width / 2
        line = moves(("M", x, stop.words_end), ("L", x, top - 14), ("L", middle, top - 14), ("L", middle, top))
        shapes.append(element("path", d=line, class_=f"spur spur--{board.sign.kind}"))
        shapes.append(draw_board(board, (left, top)))
    return shapes, top + max(board.height for _stop, board in hung)


def _lefts(wanted: Sequence[float], boards: Sequence[Board]) -> list[float]:
    """Left edges so that each board hangs near its stop, none covers another, and all stay on the paper."""
    lefts: list[float] = []
    free = 2.0
    total = sum(board.width for board in boards) + BETWEEN * (len(boards) - 1)
    for n, (x, board) in enumerate(zip(wanted, boards, strict=True)):
        rest = sum(one.width + BETWEEN for one in boards[n:]) - BETWEEN
        shift = total / 2 if len(set(wanted)) == 1 else board.width / 2
        left = x - shift if not lefts or len(set(wanted)) > 1 else free
        left = max(free, min(left, WIDTH - 2 - rest))
        lefts.append(left)
        free = left + board.width + BETWEEN
    return lefts
