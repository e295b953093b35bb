"""How wide a line of text is, and where to break it, so that nothing in a drawing runs into its neighbour.

The widths are those of Atkinson Hyperlegible Next in bold, in thousandths of the type size: the
boldest weight that drawings use, so a line never comes out wider than measured. A little is added in case
the font did not load.
"""

from __future__ import annotations

from collections.abc import Mapping

_BY_WIDTH: Mapping[int, str] = {
    260: "'|j", 290: ",.:;’‘`·", 320: "!ií¡ l", 340: "()[]", 380: "f-rt{}", 400: '"_º', 440: "IÍ/1\\",
    500: "*“”z–", 530: "csyv¿", 550: "7x~?Laá", 580: "Jeké§9<>Fhnuúüñ2^oó", 600: "g+3EbdpqÉ", 620: "$5=ST48Z",
    650: "6PBVRY", 690: "0CKAXÁDUÚÜ", 720: "H&GNÑ", 760: "wOÓ#Q", 830: "@…—", 890: "MmW", 970: "%",
}  # fmt: skip
_WIDTHS: Mapping[str, int] = {letter: width for width, letters in _BY_WIDTH.items() for letter in letters}
_UNKNOWN = 700
_MARGIN = 1.03


def width_of(text: str, size: float) -> float:
    """The width of the text in drawing units at this type size, never too small."""
    return sum(_WIDTHS.get(letter, _UNKNOWN) for letter in text) * size * _MARGIN / 1000


def lines_of(text: str, size: float, room: float) -> list[str]:
    """The text broken into as few lines as fit the room, all about equally long.

    A single word that is too long for the room is broken with a hyphen.
    """
    lines = _filled(text, size, room)
    narrower = room
    while len(lines) > 1 and narrower > room / 2:
        narrower -= size
        tried = _filled(text, size, narrower)
        if len(tried) > len(lines) or " ".join(tried) != " ".join(lines):
            break
        lines = tried
    return lines


def _filled(text: str, size: float, room: float) -> list[str]:
    """The text broken into lines, each filled before the next begins."""
    lines: list[str] = []
    for word in text.split():
        for piece in _pieces(word, size, room):
            longer = f"{lines[-1]} {piece}" if lines else piece
            if lines and width_of(longer, size) <= room:
                lines[-1] = longer
            else:
                lines.append(piece)
    return lines


def _pieces(word: str, size: float, room: float) -> list[str]:
    """The word, or its parts with hyphens where it does not fit on a line of its own."""
    pieces: list[str] = []
    rest = word
    while width_of(rest, size) > room and len(rest) > 4:
        cut = next((n for n in range(len(rest) - 2, 2, -1) if width_of(rest[:n] + "-", size) <= room), 3)
        pieces.append(rest[:cut] + "-")
        rest = rest[cut:]
    return [*pieces, rest]
