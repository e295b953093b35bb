"""Reading settings from the environment: a wrong value stops the start and names the variable."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from zoneinfo import available_timezones

from django.core.exceptions import ImproperlyConfigured

from gameplan.cases.clamd import clamd_at
from gameplan.sealing.roots import KEY_FILE, KEYS_FOLDER

YES = frozenset({"1", "true", "yes", "on"})
NO = frozenset({"", "0", "false", "no", "off"})


class WrongSetting(ImproperlyConfigured):
    """A value in the environment that cannot be used. The message names it and says how to mend it."""

    def __init__(self, name: str, wrong: str, mend: str) -> None:
        super().__init__(f"{name}: {wrong} {mend}")


def text(name: str, default: str = "") -> str:
    """The variable's value without surrounding blanks, or the default."""
    return os.environ.get(name, "").strip() or default


def words(name: str) -> list[str]:
    """The variable's value as a list: words apart by commas or blanks."""
    return text(name).replace(",", " ").split()


def folders(name: str) -> list[Path]:
    """The variable's value as folders, apart as in PATH. Raises WrongSetting for one that is not there."""
    found = [Path(one).expanduser().absolute() for one in text(name).split(os.pathsep) if one]
    for folder in found:
        if not folder.is_dir():
            raise WrongSetting(name, f"there is no folder {str(folder)!r}.", "Name folders that this user may read.")
    return found


def flag(name: str, *, default: bool = False) -> bool:
    """The variable as yes or no."""
    value = text(name).lower()
    if value in YES:
        return True
    if value in NO:
        return default if not value else False
    raise WrongSetting(name, f"{value!r} is neither yes nor no.", "Use 1 or 0.")


def number(name: str, default: int = 0) -> int:
    """The variable as a whole number from 0 up, or the default if it is not set."""
    value = text(name)
    if not value:
        return default
    if not (value.isascii() and value.isdigit()):
        raise WrongSetting(name, f"{value!r} is not a whole number.", "Write it in digits, like 1.")
    return int(value)


def choice(name: str, choices: Sequence[str]) -> str:
    """The variable as one of these words; the first of them if it is not set."""
    value = text(name, choices[0])
    if value not in choices:
        raise WrongSetting(name, f"{value!r} is none of the words there are.", f"Write one of {', '.join(choices)}.")
    return value


def socket_of(name: str) -> str:
    """The variable as the path of a socket, or host and port; empty if it is not set."""
    value = text(name)
    try:
        if value:
            clamd_at(value)
    except ValueError as wrong:
        mend = "Write the path of a socket, like /run/clamav/clamd.ctl, or host:port, like 127.0.0.1:3310."
        raise WrongSetting(name, f"{value!r} is no address of a program.", mend) from wrong
    return value


def day(name: str) -> date | None:
    """The variable as a day, or None if it is not set."""
    value = text(name)
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError as wrong:
        raise WrongSetting(name, f"{value!r} is not a day.", "Write it like 2025-09-03.") from wrong


def secret(name: str) -> str:
    """The secret in NAME, or in the file that NAME_FILE points to, or an empty string."""
    value, file_name = text(name), text(f"{name}_FILE")
    if value and file_name:
        raise WrongSetting(name, f"it is set, and {name}_FILE is set too.", "Keep one of the two.")
    if not file_name:
        return value
    try:
        return Path(file_name).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as wrong:
        mend = "Name a text file that this user may read."
        raise WrongSetting(f"{name}_FILE", f"cannot read {file_name!r} ({wrong}).", mend) from wrong


def data_folder() -> Path:
    """Where everything is kept: GAMEPLAN_DATA, or the usual place on this computer. Makes nothing."""
    chosen = text("GAMEPLAN_DATA")
    if chosen:
        return Path(chosen).expanduser().absolute()
    if sys.platform == "win32":
        return Path(text("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "gameplan"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "gameplan"
    return Path(text("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "gameplan"


def seal_keys(data: Path) -> Path:
    """The file of keys that lock papers: GAMEPLAN_SEAL_KEYS, or one in the folder of keys. Makes nothing."""
    chosen = text("GAMEPLAN_SEAL_KEYS")
    return Path(chosen).expanduser().absolute() if chosen else data / KEYS_FOLDER / KEY_FILE


def time_zone() -> str:
    """The name of the time zone: GAMEPLAN_TIME_ZONE, or this computer's own.

    "Today" is the family's today: an evening in Texas must not already be tomorrow.
    """
    chosen = text("GAMEPLAN_TIME_ZONE")
    if chosen:
        if chosen not in available_timezones():
            raise WrongSetting("GAMEPLAN_TIME_ZONE", f"{chosen!r} is not known.", "Write one like America/Chicago.")
        return chosen
    return _machine_zone() or _zone_by_offset()


def _machine_zone() -> str:
    link = Path("/etc/localtime")
    candidates = [text("TZ").lstrip(":"), str(link.resolve()).partition("zoneinfo/")[2]]
    known = available_timezones()
    return next((name for name in candidates if name in known), "")


def _zone_by_offset() -> str:
    hours, rest = divmod(time.localtime().tm_gmtoff, 3600)
    if rest or not hours:
        return "UTC"
    return f"Etc/GMT{-hours:+d}"
