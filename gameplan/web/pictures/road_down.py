"""The road downwards, for a phone: stops under each other, their words to the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.safestring import SafeString

from gameplan.web.pictures.drawing import Point, element, moves, text_lines
from gameplan.web.pictures.lettering import lines_of
from gameplan.web.pictures.road_signs import Board, Signpost, board_of, draw_board, draw_here, draw_stop
from gameplan.web.pictures.route import AHEAD, BLOCKED, DONE

WIDTH, LEFT, SWAY, WORDS = 328.0, 32.0, 9.0, 76.0
NAME, NAME_STEP, DAY_STEP = 16.5, 21.0, 20.0
GAP, GAP_HERE = 24.0, 38.0


@dataclass(frozen=True, slots=True)
class _Placed:
    """A stop with its place: the middle of its mark, its lines, its boards, and where it ends."""

    post: Signpost
    at: Point
    top: float
    lines: list[str]
    boards: list[Board]
    end: float


def draw(posts: Sequence[Signpost]) -> tuple[list[SafeString], float, float]:
    """The shapes, the width and the height of the drawing."""
    placed: list[_Placed] = []
    top = 12.0
    for number, post in enumerate(posts):
        stop = _place(post, number, top)
        placed.append(stop)
        top = stop.end + (GAP_HERE if post.here else GAP)
    shapes = [_leg(one, two) for one, two in pairwise(placed)]
    for stop in placed:
        shapes += _shapes(stop)
    return shapes, WIDTH, placed[-1].end + 12


def _place(post: Signpost, number: int, top: float) -> _Placed:
    room = WIDTH - WORDS - 4
    lines = lines_of(post.name, NAME, room)
    flag = 30.0 if post.here else 0.0
    middle = top + flag + 11 + (NAME_STEP * (len(lines) - 1) + (DAY_STEP if post.day else 0)) / 2
    if post.here:
        middle = top + flag + 5
    end = top + flag + NAME_STEP * len(lines) + (DAY_STEP if post.day else 0)
    boards = [board_of(sign, room) for sign in post.signs]
    end += sum(board.height + 10 for board in boards)
    sway = SWAY if number % 2 else -SWAY / 2
    return _Placed(post, (LEFT + sway, middle), top, lines, boards, max(end, top + 30))


def _leg(one: _Placed, two: _Placed) -> SafeString:
    (x1, y1), (x2, y2) = one.at, two.at
    bend = (y2 - y1) * 0.5
    curve = moves(("M", x1, y1), ("C", x1, y1 + bend, x2, y2 - bend, x2, y2))
    if one.post.state == DONE and two.post.state != AHEAD:
        return element("path", d=curve, class_="leg leg--done")
    if one.post.state not in (AHEAD, BLOCKED, DONE):
        middle, low = (x1 + x2) / 2, y2 - 24
        tip = element("path", d=f"M{x2 - 6:.1f} {low - 5:.1f}l6 7 6-7", class_="leg__tip")
        line = moves(("M", x1, y1), ("C", x1, y1 + bend, middle, low - 20, x2, low))
        return element("g", element("path", d=line, class_="leg leg--next"), tip)
    return element("path", d=curve, class_="leg leg--later")


def _shapes(stop: _Placed) -> list[SafeString]:
    post, (x, y) = stop.post, stop.at
    shapes: list[SafeString] = []
    baseline = stop.top + 17
    if post.here:
        shapes.append(draw_here(post.here, (WORDS, stop.top), anchor="start"))
        baseline += 30
    shapes.append(text_lines(stop.lines, (WORDS, baseline), step=NAME_STEP, class_=f"name name--{post.state}"))
    under = baseline + NAME_STEP * (len(stop.lines) - 1)
    if post.day:
        under += DAY_STEP
        shapes.append(element("text", post.day, x=WORDS, y=under, class_="day"))
    top = under + 14
    for board in stop.boards:
        if board.sign.kind in ("side", "taken"):
            spur = moves(("M", x, y), ("C", x, top + 8, x + 4, top + 18, WORDS - 2, top + 18))
            shapes.append(element("path", d=spur, class_=f"spur spur--{board.sign.kind}"))
        shapes.append(draw_board(board, (WORDS, top), width=WIDTH - WORDS - 4))
        top += board.height + 10
    if post.state == BLOCKED:
        shapes.append(element("path", d=f"M{x - 15:.1f} {y + 30:.1f}h30", class_="bar"))
    return [*shapes, draw_stop(post, stop.at)]
