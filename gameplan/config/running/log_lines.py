"""The lines of the log: what happened, when and where, and nothing about a person.

What is written is only what this program itself puts together: the name of a page and never its address, a case as a
short keyed hash, a network and never a whole address. Of what others report (Django, libraries) and of what was raised
only the kind and the place are kept: a message may quote what somebody typed.
"""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

OURS = ("gameplan", "_granian")
PACKAGES = "site-packages"
ROOT = Path(__file__).resolve().parents[3]
request_id: ContextVar[str] = ContextVar("request_id", default="")
"""The id of the request that is being answered."""


class LogLine(logging.Formatter):
    """One line of the log, as JSON or as words; a fault has its trace: kinds and places, without any value."""

    def __init__(self, *, as_json: bool = False) -> None:
        super().__init__()
        self.as_json = as_json

    def format(self, record: logging.LogRecord) -> str:
        """The line. Extra fields come from `extra={"fields": {...}}`."""
        told = dict(_told(record))
        if self.as_json:
            return json.dumps(told, ensure_ascii=False, default=str)
        trace = told.pop("trace", [])
        head = f"{told.pop('time')} {told.pop('level'):7} {told.pop('event')}"
        words = " ".join([head, *(f"{name}={value}" for name, value in told.items())])
        return "\n".join([words, *(f"    {line}" for line in trace)])


def _told(record: logging.LogRecord) -> Iterator[tuple[str, Any]]:
    yield "time", datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    yield "level", record.levelname.lower()
    if record.name.partition(".")[0] in OURS:
        yield "event", record.getMessage()
    else:
        yield "event", record.name
        yield "at", f"{_short(record.pathname)}:{record.lineno}"
    if request_id.get():
        yield "request", request_id.get()
    yield from getattr(record, "fields", {}).items()
    if record.exc_info and record.exc_info[1]:
        yield "trace", trace_of(record.exc_info[1])


def trace_of(error: BaseException) -> list[str]:
    """What was raised and where, innermost last, without messages and values; causes come first."""
    lines: list[str] = []
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        lines += [*trace_of(before), "then:"]
    frames = traceback.extract_tb(error.__traceback__)
    lines += [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    state = getattr(error, "sqlstate", None)
    lines.append(f"{type(error).__module__}.{type(error).__qualname__}" + (f" {state}" if state else ""))
    return lines


def _short(path: str) -> str:
    """The path of a source file without where it is installed."""
    _before, packages, after = path.rpartition(PACKAGES + "/")
    if packages:
        return after
    return path.removeprefix(f"{ROOT}/") if path.startswith(str(ROOT)) else Path(path).name


def logging_settings(how: str) -> dict[str, Any]:
    """Django's LOGGING where people sign in; `how` is GAMEPLAN_LOG: json, plain, or faults alone."""
    requests = "INFO" if how in ("json", "plain") else "WARNING"
    return {
        **_to_the_terminal(how),
        "root": {"handlers": ["terminal"], "level": "WARNING"},
        "loggers": {
            "gameplan.request": {"level": requests},
            "gameplan.account": {"level": requests},
            "django.request": {"level": "ERROR"},
            "django.security": {"level": "CRITICAL"},
        },
    }


def granian_logging(how: str) -> dict[str, Any]:
    """The same for the server itself, which sets up its own logger in each process."""
    return {
        **_to_the_terminal(how),
        "loggers": {"_granian": {"handlers": ["terminal"], "level": "WARNING", "propagate": False}},
    }


def _to_the_terminal(how: str) -> dict[str, Any]:
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": "gameplan.config.running.log_lines.LogLine", "as_json": how == "json"}},
        "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": "line"}},
    }
