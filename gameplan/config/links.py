"""One-time links into a data folder: only the hash of a secret is kept there, and a newer replaces an older one."""

from __future__ import annotations

import hashlib
import secrets
from pathlib import Path

from gameplan.config.keys import write_private

LINK_FILE = "link.sha256"
OPEN = "/open/"


def new_token(data: Path) -> str:
    """A fresh secret for a one-time link into this data folder. Any older unused link stops working."""
    token = secrets.token_urlsafe(32)
    spare = data / f"{LINK_FILE}.{secrets.token_hex(4)}"
    write_private(spare, _hash(token))
    spare.replace(data / LINK_FILE)
    return token


def spend(data: Path, token: str) -> bool:
    """True exactly once for the newest link's secret; after that, and for anything else, False."""
    path = data / LINK_FILE
    try:
        kept = path.read_text(encoding="utf-8")
        if not secrets.compare_digest(kept, _hash(token)):
            return False
        path.unlink()
    except FileNotFoundError:
        return False
    return True


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
