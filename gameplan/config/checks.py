"""System checks: a risky set-up says so at the start, with what to do."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections

OLDEST_POSTGRESQL = 150000


@register(Tags.security)
def check_folder_is_private(app_configs: object, **kwargs: Any) -> Sequence[CheckMessage]:
    """gameplan.W001: other users of the computer can look into the data folder."""
    data = settings.GAMEPLAN_DATA
    if os.name == "nt" or not data.is_dir() or not stat.S_IMODE(data.stat().st_mode) & 0o077:
        return []
    hint = f"Close it with: chmod 700 '{data}'"
    return [Warning("Other users of this computer can look into the data folder.", hint=hint, id="gameplan.W001")]


@register(Tags.security)
def check_hosts_are_named(app_configs: object, **kwargs: Any) -> Sequence[CheckMessage]:
    """gameplan.E002: any host name is answered, so a page elsewhere can point its own name here."""
    if not any(host.startswith(("*", ".")) for host in settings.ALLOWED_HOSTS):
        return []
    hint = "Name each host in GAMEPLAN_HOSTS in full."
    return [Error("GAMEPLAN_HOSTS lets in any host name.", hint=hint, id="gameplan.E002")]


@register(Tags.security)
def check_debug_is_off(app_configs: object, **kwargs: Any) -> Sequence[CheckMessage]:
    """gameplan.W003: error pages show what is in a case."""
    if not settings.DEBUG:
        return []
    hint = "Use GAMEPLAN_DEBUG only with made-up cases."
    return [Warning("GAMEPLAN_DEBUG is on: error pages show private facts.", hint=hint, id="gameplan.W003")]


@register(Tags.database)
def check_postgresql_is_new_enough(
    app_configs: object, databases: Sequence[str] | None = None, **kwargs: Any
) -> Sequence[CheckMessage]:
    """gameplan.E004: PostgreSQL 15 is the oldest that is tested."""
    old = [
        alias
        for alias in databases or ()
        if connections[alias].vendor == "postgresql"
        and getattr(connections[alias], "pg_version", OLDEST_POSTGRESQL) < OLDEST_POSTGRESQL
    ]
    hint = "Move the database to PostgreSQL 15 or newer."
    return [Error(f"The PostgreSQL server of {alias!r} is too old.", hint=hint, id="gameplan.E004") for alias in old]
