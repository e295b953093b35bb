"""Where cases are stored: one SQLite file by default, PostgreSQL by one variable."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from gameplan.config.environment import WrongSetting

SQLITE_FILE = "gameplan.sqlite3"
SECONDS_TO_WAIT_FOR_ANOTHER_WRITER = 20
SECONDS_A_CONNECTION_IS_KEPT = 300

# WAL with synchronous=FULL: what was confirmed survives a kill and a power cut, and readers never wait.
# secure_delete: what is deleted is overwritten with zeros.
# temp_store: nothing of a case spills into a temporary file.
SQLITE_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY;"


def database(url: str, data: Path) -> dict[str, Any]:
    """Django's description of the database.

    `url` is DATABASE_URL (postgres://user:password@host:port/name, or sqlite:///path); empty means the SQLite
    file in the folder `data`. Raises WrongSetting for anything else.
    """
    if not url:
        return _sqlite(data / SQLITE_FILE)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as wrong:
        raise WrongSetting("DATABASE_URL", f"cannot be read ({wrong}).", _HOW) from wrong
    if parts.scheme == "sqlite" and parts.path.strip("/"):
        return _sqlite(Path(unquote(parts.path[1:])).expanduser())
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise WrongSetting("DATABASE_URL", "is not an address of a database that gameplan knows.", _HOW)
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": options.pop("port", "") or str(port or ""),
        "OPTIONS": options,
        "CONN_MAX_AGE": SECONDS_A_CONNECTION_IS_KEPT,
        "CONN_HEALTH_CHECKS": True,
    }


_HOW = "Write postgres://user:password@host:5432/name, or leave it out for one SQLite file."


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": SECONDS_A_CONNECTION_IS_KEPT,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": SECONDS_TO_WAIT_FOR_ANOTHER_WRITER,
            "init_command": SQLITE_PRAGMAS,
        },
    }
