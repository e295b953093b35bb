"""The root keys of this installation, read again whenever their file has changed."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from gameplan.sealing.roots import NoKey, Roots, read_roots


def roots() -> Roots:
    """The keys of GAMEPLAN_SEAL_KEYS as they are now. Raises NoKey and DamagedKeys."""
    path: Path = settings.GAMEPLAN_SEAL_KEYS
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        changed = 0
    return _read(path, changed) if changed else read_roots(path)


@lru_cache(4)
def _read(path: Path, _changed: int) -> Roots:
    return read_roots(path)


__all__ = ["NoKey", "Roots", "roots"]
