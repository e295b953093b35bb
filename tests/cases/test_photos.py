"""Photos are written anew: the picture stays, what hides beside it goes, and what is no picture is refused."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, PngImagePlugin

from gameplan.cases import photos, verbs
from gameplan.cases.doors import paper_of
from gameplan.cases.file_types import checked_type
from gameplan.cases.models import Attachment, Case
from gameplan.cases.people import Person
from gameplan.cases.photos import MOST_POINTS, as_kept, written_anew
from gameplan.people.refusals import Refused
from tests import small_photos as small

SCRIPT = b"<script>alert(document.domain)</script>"
PDF = b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF\n"


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">L", len(body)) + kind + body + struct.pack(">L", zlib.crc32(kind + body))


def _png_that_says(width: int, height: int) -> bytes:
    """A PNG with a head that names a size, and next to nothing behind it."""
    head = _chunk(b"IHDR", struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + _chunk(b"IDAT", zlib.compress(bytes(64))) + _chunk(b"IEND", b"")


def _png_with_text() -> bytes:
    said = PngImagePlugin.PngInfo()
    said.add_text("Comment", SCRIPT.decode(), zip=False)
    said.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>31.77</x:xmpmeta>")
    return small.photo("PNG", pnginfo=said, exif=small.placed())


POLYGLOTS = {
    "a JPEG with a script in its comment": small.photo("JPEG", comment=SCRIPT),
    "a JPEG with a script in its Exif": small.photo("JPEG", exif=small.placed(comment=SCRIPT.decode())),
    "a JPEG with a zip behind it": small.JPEG + b"PK\x03\x04" + SCRIPT,
    "a PNG with a page in its words": _png_with_text(),
    "a PNG with a page behind it": small.PNG + b"<html>" + SCRIPT,
    "a GIF with a PDF behind it": small.GIF + PDF,
    "a GIF with a script in its comment": small.photo("GIF", mode="P", comment=SCRIPT),
}
NO_PICTURES = {
    "a PDF that starts as a GIF": b"GIF89a" + PDF,
    "a script that starts as a GIF": b"GIF89a=1;/*" + SCRIPT + b"*/",
    "a page that starts as a PNG": b"\x89PNG\r\n\x1a\n<html>" + SCRIPT,
    "half a JPEG": small.photo("JPEG", size=(64, 64))[:400],
    "half a PNG": small.PNG[:-20],
    "the head of a JPEG": b"\xff\xd8\xff\xe0\x00\x10JFIF",
    "a PNG that would fill the memory": _png_that_says(50_000, 50_000),
    "a PNG with a little too many points": _png_that_says(MOST_POINTS // 1000 + 1, 1000),
    "a PNG of no size": _png_that_says(0, 10),
}
PAGES = {
    "a drawing": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "a drawing with a head": b'\xef\xbb\xbf<?xml version="1.0"?>\n<svg/>',
    "a page": b"\n\n  <!DOCTYPE html><html>" + SCRIPT,
    "a script": SCRIPT,
}


@pytest.mark.parametrize("what", POLYGLOTS)
def test_only_the_picture_is_kept(what: str) -> None:
    given = POLYGLOTS[what]
    kept, media_type = as_kept(given)
    assert small.opened(kept).size == small.SIZE
    assert media_type == checked_type(given)
    for hidden in (b"script", b"%PDF", b"html", b"PK\x03\x04", b"Exif", b"xmp", b"Quetzalcoatl"):
        assert hidden not in kept


@pytest.mark.parametrize("what", NO_PICTURES)
def test_what_is_no_picture_is_refused_with_a_mend(case: Case, mother: Person, what: str) -> None:
    with pytest.raises(Refused) as refused:
        verbs.attach(case, by=mother, name="photo.png", content=NO_PICTURES[what], media_type="image/png")
    assert refused.value.faults[0].mend
    assert not Attachment.objects.exists()


@pytest.mark.parametrize("what", PAGES)
def test_what_a_browser_would_run_is_no_plain_text(what: str) -> None:
    with pytest.raises(Refused, match="PDF"):
        as_kept(PAGES[what], "text/plain")


def test_the_place_is_gone_and_the_picture_stands_upright(case: Case, mother: Person) -> None:
    turned = small.photo("JPEG", size=(40, 20), exif=small.placed(turned=6), icc_profile=b"not for us", quality=95)
    kept = verbs.attach(case, by=mother, name="IMG_1.jpg", content=turned, media_type="image/jpeg")
    found = small.opened(bytes(paper_of(case, kept.attachment_id).content))
    assert found.size == (20, 40)
    assert not found.getexif()
    assert not set(found.info) & {"exif", "icc_profile", "comment", "xmp", "dpi"}
    red, _green, blue = found.convert("RGB").getpixel((10, 5))  # type: ignore[misc]
    assert red > blue


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_png_keeps_every_point(mode: str) -> None:
    first = small.photo("PNG", mode=mode)
    kept = written_anew(first, "image/png")
    assert list(small.opened(kept).get_flattened_data()) == list(small.opened(first).get_flattened_data())


def test_what_can_be_seen_through_stays_so() -> None:
    first = small.photo("PNG", mode="P", transparency=bytes(256))
    kept = small.opened(written_anew(first, "image/png")).convert("RGBA")
    assert kept.getchannel("A").getextrema() == (0, 0)


def test_a_jpeg_stays_as_sharp_as_it_was() -> None:
    first = small.photo("JPEG", size=(64, 64), quality=60)
    kept = written_anew(first, "image/jpeg")
    assert small.far(first, kept) < 2
    assert len(kept) < 1.5 * len(first)


def test_colours_of_print_become_those_of_a_screen() -> None:
    assert small.opened(written_anew(small.photo("JPEG", mode="CMYK"), "image/jpeg")).mode == "RGB"


def test_of_a_picture_that_moves_the_first_one_is_kept() -> None:
    frames = [Image.new("P", small.SIZE, color) for color in (0, 1, 2)]
    made = BytesIO()
    frames[0].save(made, "GIF", save_all=True, append_images=frames[1:])
    assert getattr(small.opened(written_anew(made.getvalue(), "image/gif")), "n_frames", 1) == 1


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF"])
def test_the_same_photo_twice_is_kept_once(case: Case, mother: Person, form: str) -> None:
    content = small.photo(form, mode="P" if form == "GIF" else "RGB")
    first, second = (verbs.attach(case, by=mother, name="a", content=content) for _ in range(2))
    assert first == second


def test_a_photo_that_grew_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photos, "written_anew", lambda content, _kind: content + bytes(16 * 1024 * 1024))
    with pytest.raises(Refused, match="15 MB"):
        as_kept(small.PNG)
