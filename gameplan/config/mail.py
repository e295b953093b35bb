"""How e-mail leaves: by a mail server, or into a folder where no server is named."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from gameplan.config.environment import WrongSetting

FOLDER = "mail"
PORTS = {"smtp": 587, "smtps": 465}
SECONDS_TO_WAIT = 15
_HOW = "Write smtp://user:password@host:587 (or smtps://... for port 465), or leave it out."


def mail_settings(url: str, data: Path, sender: str) -> dict[str, Any]:
    """Django's settings for e-mail.

    `url` is GAMEPLAN_EMAIL_URL: smtp:// begins in the clear and then goes on encrypted, smtps:// is encrypted from the
    first byte. Empty: each mail becomes a file in the folder `mail` of the data folder. Raises WrongSetting.
    """
    told: dict[str, Any] = {"DEFAULT_FROM_EMAIL": sender, "EMAIL_TIMEOUT": SECONDS_TO_WAIT}
    if not url:
        backend = "django.core.mail.backends.filebased.EmailBackend"
        return told | {"EMAIL_BACKEND": backend, "EMAIL_FILE_PATH": str(data / FOLDER)}
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as wrong:
        raise WrongSetting("GAMEPLAN_EMAIL_URL", f"cannot be read ({wrong}).", _HOW) from wrong
    if parts.scheme not in PORTS or not parts.hostname:
        raise WrongSetting("GAMEPLAN_EMAIL_URL", "is not an address of a mail server.", _HOW)
    return told | {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        # Without a user name it is a server in the same house, which often speaks no TLS.
        "EMAIL_USE_TLS": parts.scheme == "smtp" and bool(parts.username),
    }
