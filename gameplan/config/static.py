"""Addresses of styles, scripts and fonts that change when their content changes."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


class VersionedStatic(StaticFilesStorage):
    """Static files straight from the packages, each with `?v=` and a hash of its content.

    Django's own hashed names need a collecting step before the first start; a family's checkout has none.
    """

    def url(self, name: str | None) -> str:
        """The address of a static file. Raises ValueError for one that does not exist."""
        return f"{super().url(name)}?v={content_hash(name or '')}"


@cache
def content_hash(name: str) -> str:
    """The first letters of the hash of a static file's content."""
    found = finders.find(name)
    if not isinstance(found, str):
        raise ValueError(
            f"There is no static file {name!r}. Check the name, or add the file to the app's static folder."
        )
    return hashlib.sha256(Path(found).read_bytes()).hexdigest()[:12]
