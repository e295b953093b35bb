"""Files that go out: named without the child, and never kept by anyone on the way."""

from __future__ import annotations

from django.http import HttpResponse


def download(content: bytes, media_type: str, name: str, *, inline: bool = False) -> HttpResponse:
    """The content as a file of that name, to save, or to look at if `inline`."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'{"inline" if inline else "attachment"}; filename="{name}"'
    return response
