"""The map of the States as tiles of one size, so that small States can be seen: number, shape, edge, then tone.

The drawing is for the eye; the table beside it says the same in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString

from gameplan.web.pictures.drawing import element, group

# Row and column of each State; neighbours stay neighbours as far as squares allow.
PLACES: Mapping[str, tuple[int, int]] = {
    "AK": (0, 0), "ME": (0, 10),
    "VT": (1, 9), "NH": (1, 10),
    "WA": (2, 0), "ID": (2, 1), "MT": (2, 2), "ND": (2, 3), "MN": (2, 4), "IL": (2, 5), "WI": (2, 6), "MI": (2, 7),
    "NY": (2, 8), "RI": (2, 9), "MA": (2, 10),
    "OR": (3, 0), "NV": (3, 1), "WY": (3, 2), "SD": (3, 3), "IA": (3, 4), "IN": (3, 5), "OH": (3, 6), "PA": (3, 7),
    "NJ": (3, 8), "CT": (3, 9),
    "CA": (4, 0), "UT": (4, 1), "CO": (4, 2), "NE": (4, 3), "MO": (4, 4), "KY": (4, 5), "WV": (4, 6), "VA": (4, 7),
    "MD": (4, 8), "DE": (4, 9),
    "AZ": (5, 1), "NM": (5, 2), "KS": (5, 3), "AR": (5, 4), "TN": (5, 5), "NC": (5, 6), "SC": (5, 7), "DC": (5, 8),
    "OK": (6, 3), "LA": (6, 4), "MS": (6, 5), "AL": (6, 6), "GA": (6, 7),
    "HI": (7, 0), "TX": (7, 3), "FL": (7, 8),
}  # fmt: skip
WIDE, HIGH, GAP = 30, 37, 2
COLUMNS, ROWS = 11, 8
# A shape for each way of counting, drawn in an 8 by 8 square: a disc, a square, a triangle, a diamond, a dash, nothing.
SHAPES: Mapping[str, str] = {
    "calendar": "M4 .6a3.4 3.4 0 1 0 0 6.8a3.4 3.4 0 1 0 0-6.8z",
    "school": "M.8.8h6.4v6.4H.8z",
    "business": "M4 .4L7.8 7.2H.2z",
    "other": "M4 0L8 4L4 8L0 4z",
    "words": "M.5 3h7v2h-7z",
}


@dataclass(frozen=True, slots=True)
class Tile:
    """One State on the map: what stands in its tile, how it is counted, if it rests on weak ground."""

    code: str
    number: str
    count: str
    doubtful: bool = False


def tile_map(tiles: Iterable[Tile], *, title: str, description: str) -> SafeString:
    """The map as one picture with a title and a description. A State without a place on it is left out."""
    drawn = [_tile(tile, *PLACES[tile.code]) for tile in tiles if tile.code in PLACES]
    return element(
        "svg",
        element("title", title, id="map-title"),
        element("desc", description, id="map-words"),
        *drawn,
        class_="tile-map",
        role="img",
        aria_labelledby="map-title",
        aria_describedby="map-words",
        viewBox=f"0 0 {COLUMNS * WIDE - GAP} {ROWS * HIGH - GAP}",
    )


def _tile(tile: Tile, row: int, column: int) -> SafeString:
    x, y = column * WIDE, row * HIGH
    parts = [
        element("rect", x=x + 1, y=y + 1, width=WIDE - GAP - 2, height=HIGH - GAP - 2, rx=4, class_="tile__paper"),
        element("text", tile.code, x=x + 3, y=y + 14, class_="tile__code"),
        *_shape(tile.count, x + WIDE - GAP - 7.6, y + 3, 0.7),
        element(
            "text",
            tile.number,
            x=x + (WIDE - GAP) / 2,
            y=y + 30,
            text_anchor="middle",
            class_=f"tile__number{' tile__number--long' if len(tile.number) > 2 else ''}",
        ),
    ]
    return group(parts, class_=f"tile tile--{tile.count}{' tile--doubt' if tile.doubtful else ''}")


def _shape(count: str, x: float, y: float, size: float = 1) -> list[SafeString]:
    if count not in SHAPES:
        return []
    return [element("path", d=SHAPES[count], transform=f"translate({x:g} {y:g}) scale({size:g})", class_="tile__shape")]


def swatch(count: str, *, doubtful: bool = False) -> SafeString:
    """A small empty tile for the legend."""
    parts = [element("rect", x=1, y=1, width=24, height=24, rx=4, class_="tile__paper"), *_shape(count, 9, 9)]
    kind = f"tile tile--{count}{' tile--doubt' if doubtful else ''}"
    return element("svg", group(parts, class_=kind), class_="swatch", viewBox="0 0 26 26", aria_hidden="true")
