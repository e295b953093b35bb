"""Small photos that are real: a browser and a decoder can show them."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

SIZE = (4, 3)
ORIENTATION, PLACE, LATITUDE, COMMENT = 0x0112, 0x8825, 0x0002, 0x9286


def photo(form: str, *, mode: str = "RGB", size: tuple[int, int] = SIZE, **more: object) -> bytes:
    """A picture in that format ("JPEG", "PNG", "GIF"): red to the left, blue to the right."""
    picture = Image.new("RGB", size, (200, 0, 0))
    picture.paste((0, 0, 200), (size[0] // 2, 0, *size))
    made = BytesIO()
    picture.convert(mode).save(made, form, **more)
    return made.getvalue()


def placed(*, turned: int = 1, comment: str = "") -> Image.Exif:
    """What a phone writes into a photo: where it was taken, how it was held, and something in words."""
    exif = Image.Exif()
    exif[ORIENTATION] = turned
    exif.get_ifd(PLACE)[LATITUDE] = (31.0, 46.0, 12.5)
    exif[0x010E] = comment or "Quetzalcoatl"
    return exif


def opened(content: bytes) -> Image.Image:
    """The picture, decoded."""
    return Image.open(BytesIO(content))


def points(content: bytes) -> list[tuple[int, ...]]:
    """The points of a picture, from the upper left, as red, green and blue."""
    seen = opened(content).convert("RGB").tobytes()
    return list(zip(seen[::3], seen[1::3], seen[2::3], strict=True))


def far(one: bytes, other: bytes) -> float:
    """How far two pictures of one size are from each other: 0 where they are the same, 255 for black and white."""
    pairs = zip(points(one), points(other), strict=True)
    apart = [abs(a - b) for these, those in pairs for a, b in zip(these, those, strict=True)]
    return sum(apart) / len(apart)


PNG = photo("PNG")
JPEG = photo("JPEG")
GIF = photo("GIF", mode="P")
