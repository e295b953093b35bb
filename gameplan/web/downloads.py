"""Files that go out: named without the child, never kept by anyone on the way, and nothing in them can run."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from gameplan.cases.file_types import ENDINGS
from gameplan.cases.models import Attachment

ALONE: Final = "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""For what others made: were a browser to show it after all, it may load nothing, send nothing and run nothing."""
IN_THE_BROWSER: Final = {
    "image/jpeg": "image/jpeg", "image/png": "image/png", "image/gif": "image/gif",
    "text/plain": "text/plain; charset=utf-8",
}  # fmt: skip
"""Kinds that browsers show without a program of their own. A PDF is not among them: it may hold scripts and links."""
UNKNOWN: Final = "application/octet-stream"


def download(content: bytes, media_type: str, name: str, *, inline: bool = False) -> HttpResponse:
    """The content as a file of that name, to save. `inline`: to look at; only for what was made here just now."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(not inline, name) or "attachment"
    if not inline:
        response["Content-Security-Policy"] = ALONE
    return response


def paper_response(paper: Attachment) -> HttpResponse:
    """A paper of a case as it is kept: photos and plain text to look at, everything else to save.

    Every paper is taken for hostile, whoever added it: it may have come with a case file from somewhere else.
    """
    shown = IN_THE_BROWSER.get(paper.media_type)
    kind = shown or (paper.media_type if paper.media_type in ENDINGS else UNKNOWN)
    name = f"{paper.attachment_id}{ENDINGS.get(paper.media_type, '.bin')}"
    response = download(bytes(paper.content), kind, name, inline=shown is not None)
    response["Content-Security-Policy"] = ALONE
    return response
