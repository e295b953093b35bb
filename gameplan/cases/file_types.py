"""Which kind of paper the bytes are, told by the bytes themselves and not by a name."""

from __future__ import annotations

from pathlib import PurePath

from django.utils.translation import gettext as _

from gameplan.core.faults import Fault
from gameplan.people.refusals import Refused

LARGEST_PAPER = 15 * 1024 * 1024
LONGEST_NAME = 150
HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
ENDINGS = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/heic": ".heic",
    "image/gif": ".gif",
    "text/plain": ".txt",
}
OTHER_ENDINGS = {
    "image/jpeg": frozenset({"jpg", "jpeg", "jpe", "jfif"}),
    "image/heic": frozenset({"heic", "heif"}),
    "text/plain": frozenset({"txt", "text", "md", "csv", "tsv", "log", "eml", "ics"}),
}
MARKUP = (b"<!doctype", b"<html", b"<head", b"<body", b"<svg", b"<?xml", b"<script", b"<iframe", b"<math")
STARTS = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)


def media_type_of(content: bytes) -> str | None:
    """The media type of a paper that gameplan keeps (see ENDINGS), or None for anything else."""
    for start, media_type in STARTS:
        if content.startswith(start):
            return media_type
    if content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS:
        return "image/heic"
    if _is_plain_text(content):
        return "text/plain"
    return None


def _is_plain_text(content: bytes) -> bool:
    try:
        words = content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return bool(words.strip()) and all(letter >= " " or letter in "\t\n\r\f" for letter in words)


def checked_type(content: bytes, media_type: str = "") -> str:
    """The media type of a paper, told by its bytes.

    Raises Refused if it cannot be kept: empty, too large, or of another kind. `media_type`, what the browser
    believes, only makes the advice better.
    """
    if not content:
        raise _refused(_("The file is empty."), _("Choose the file again."))
    if len(content) > LARGEST_PAPER:
        mend = _("Keep it under 15 MB: take a smaller photo, or save the paper as a PDF in parts.")
        raise _refused(_("The file is too large."), mend)
    found = media_type_of(content)
    if found is None:
        is_office_paper = media_type.startswith(("application/vnd.", "application/msword"))
        mend = (
            _("Open it, save it as a PDF, and add the PDF.")
            if is_office_paper
            else _("Use a PDF, a photo (JPEG, PNG, HEIC, GIF) or a plain text file.")
        )
        raise _refused(_("This kind of file cannot be kept."), mend)
    if found == "text/plain" and _is_page(content):
        raise _refused(_("A web page or a drawing in code cannot be kept."), _("Save it as a PDF, and add the PDF."))
    return found


def _is_page(content: bytes) -> bool:
    """True for text that a browser would run, were it ever opened as a file."""
    return content.removeprefix(b"\xef\xbb\xbf").lstrip()[:20].lower().startswith(MARKUP)


def file_name(name: str, media_type: str) -> str:
    """The name without folders and letters that hide something, not too long, and with an ending of its kind."""
    base = PurePath(name.replace("\\", "/")).name
    kept = "".join(letter for letter in base if letter.isprintable()).strip().lstrip(".") or "paper"
    stem, dot, ending = kept.rpartition(".")
    usual = ENDINGS[media_type].lstrip(".")
    if not dot or ending.lower() not in OTHER_ENDINGS.get(media_type, {usual}):
        stem, ending = kept, usual
    return f"{stem[:LONGEST_NAME]}.{ending}"


def _refused(what: str, mend: str) -> Refused:
    return Refused([Fault("attachment", what, mend)])
