"""Every setting there is: its name in the settings file and in the environment, what it may be, and what it does.

The reader of the file, `gameplan settings example` and the table in docs/operations.md all follow from `GROUPS`: a new
setting is one line here. A secret has no name of its own in the file, only that of a file which holds it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What may stand behind a name."""

    TEXT = "text"
    FLAG = "true or false"
    NUMBER = "whole number"
    WORDS = "list of names"
    FOLDER = "folder"
    FILE = "file that is there"
    SECRET = "file that holds the secret"  # noqa: S105  a kind, not a secret
    DAY = "day"
    ZONE = "time zone"
    ADDRESS = "address of a page"
    CHOICE = "one of a few words"


@dataclass(frozen=True, slots=True)
class Known:
    """One setting. `name` is that in its group of the file, `variable` that in the environment (without `_FILE`).

    `example` is a value as TOML, `usual` what holds if it is left out, `choices` the words that a CHOICE may be.
    """

    name: str
    variable: str
    kind: Kind
    says: str
    example: str
    usual: str
    choices: tuple[str, ...] = ()

    @property
    def stands_in(self) -> str:
        """The variable that the file's value is given to."""
        return f"{self.variable}_FILE" if self.kind is Kind.SECRET else self.variable


@dataclass(frozen=True, slots=True)
class Group:
    """Settings that stand under one heading of the file."""

    name: str
    says: str
    known: tuple[Known, ...]


GROUPS: tuple[Group, ...] = (
    Group("keeping", "Where everything is kept.", (
        Known("data", "GAMEPLAN_DATA", Kind.FOLDER, "The folder for everything that is kept.", '"/srv/gameplan"',
              "the user's own data folder"),
        Known("database_url_file", "DATABASE_URL", Kind.SECRET,
              "A file with postgres://user:password@host:5432/name.", '"/etc/gameplan/database-url"',
              "one SQLite file in the data folder"),
        Known("secret_key_file", "GAMEPLAN_SECRET_KEY", Kind.SECRET,
              "A file with the key that signs and locks, at least 32 letters.", '"/etc/gameplan/secret-key"',
              "made once in the data folder"),
        Known("seal_keys", "GAMEPLAN_SEAL_KEYS", Kind.TEXT,
              "The file of keys that lock papers in the database; best on another disk.", '"/etc/gameplan/seal.keys"',
              "made once in the folder `keys` of the data folder"),
        Known("fonts", "GAMEPLAN_FONTS", Kind.TEXT,
              "Folders with further fonts for PDFs, like Noto Sans CJK for Chinese; several apart by a colon.",
              '"/usr/share/fonts/opentype/noto"', "Latin, Arabic, Hebrew, Thai, Devanagari and more, not Chinese"),
    )),
    Group("reached", "How people reach it.", (
        Known("shared", "GAMEPLAN_SHARED", Kind.FLAG, "People sign in with accounts: a school or a district.", "true",
              "one household, no accounts"),
        Known("address", "GAMEPLAN_ADDRESS", Kind.ADDRESS, "What people type, also for links in mails.",
              '"https://plans.lakeside.example"', "links name this machine"),
        Known("hosts", "GAMEPLAN_HOSTS", Kind.WORDS, "Further host names that are answered.",
              '["plans-old.lakeside.example"]', "none"),
        Known("https", "GAMEPLAN_HTTPS", Kind.FLAG, "The browser speaks https: cookies go no other way.", "true",
              "false"),
        Known("proxies", "GAMEPLAN_PROXIES", Kind.NUMBER, "How many proxies add to X-Forwarded-For.", "1", "0"),
        Known("idle_minutes", "GAMEPLAN_IDLE_MINUTES", Kind.NUMBER,
              "Staff are signed out when nothing was done for so long.", "60", "60; 0 is never"),
    )),
    Group("serving", "How it answers; for `gameplan serve --production`.", (
        Known("host", "GAMEPLAN_HOST", Kind.TEXT, "Where on this machine to listen.", '"127.0.0.1"', '"127.0.0.1"'),
        Known("port", "GAMEPLAN_PORT", Kind.NUMBER, "The port to listen at.", "8321", "8321"),
        Known("certificate", "GAMEPLAN_CERTIFICATE", Kind.FILE, "The TLS certificate with its chain (PEM).",
              '"/etc/gameplan/tls/fullchain.pem"', "a proxy speaks https"),
        Known("certificate_key", "GAMEPLAN_CERTIFICATE_KEY", Kind.FILE, "The key of the certificate (PEM).",
              '"/etc/gameplan/tls/key.pem"', "a proxy speaks https"),
        Known("workers", "GAMEPLAN_WORKERS", Kind.NUMBER, "How many processes answer (several: PostgreSQL only).", "4",
              "1"),
        Known("background", "GAMEPLAN_BACKGROUND", Kind.NUMBER, "How many processes work out dates and send mails.",
              "1", "1"),
        Known("worker_hours", "GAMEPLAN_WORKER_HOURS", Kind.NUMBER,
              "After so many hours a process that answers makes room for a fresh one.", "12", "12; 0 is never"),
        Known("worker_memory", "GAMEPLAN_WORKER_MEMORY", Kind.NUMBER,
              "With more megabytes than this, too.", "700", "700; 0 is no limit"),
    )),
    Group("mail", "How e-mail leaves.", (
        Known("url_file", "GAMEPLAN_EMAIL_URL", Kind.SECRET, "A file with smtp://user:password@host:587.",
              '"/etc/gameplan/email-url"', "each mail becomes a file in the data folder"),
        Known("sender", "GAMEPLAN_EMAIL_FROM", Kind.TEXT, "The sender of every mail.", '"plans@lakeside.example"',
              "gameplan@ and the host name"),
    )),
    Group("sign_on", "Signing in with somebody else's accounts.", (
        Known("providers", "GAMEPLAN_SSO", Kind.FILE, "The file that names the providers (docs/accounts.md).",
              '"/etc/gameplan/sign-on.toml"', "none"),
    )),
    Group("guarding", "What is kept out.", (
        Known("breached_passwords", "GAMEPLAN_BREACHED_PASSWORDS", Kind.FILE,
              "The list of stolen passwords, sorted by SHA-1 (docs/accounts.md); none of them is taken.",
              '"/srv/lists/pwnedpasswords.txt"', "only usual passwords are refused"),
        Known("virus_scanner", "GAMEPLAN_VIRUS_SCANNER", Kind.TEXT,
              "Where clamd listens, a socket's path or host:port; each file that comes in goes through it.",
              '"/run/clamav/clamd.ctl"', "no file is looked through"),
    )),
    Group("watching", "What whoever runs it gets to see.", (
        Known("log", "GAMEPLAN_LOG", Kind.CHOICE, "A line for each request and each fault.", '"json"',
              "faults only; with --production each request", ("json", "plain", "faults")),
        Known("metrics_token_file", "GAMEPLAN_METRICS_TOKEN", Kind.SECRET,
              "A file with the token that opens /metrics from elsewhere.", '"/etc/gameplan/metrics-token"',
              "only this machine may ask"),
        Known("least_disk", "GAMEPLAN_LEAST_DISK", Kind.NUMBER,
              "With fewer free megabytes for the data folder it says that it is not ready.", "500", "500"),
    )),
    Group("days", "What day it is.", (
        Known("zone", "GAMEPLAN_TIME_ZONE", Kind.ZONE, 'For "today".', '"America/Chicago"', "this machine's own"),
        Known("today", "GAMEPLAN_TODAY", Kind.DAY, "Any other day, to look at made-up cases.", "2025-09-03",
              "the day it is"),
    )),
    Group("developing", "Never where there are real children.", (
        Known("debug", "GAMEPLAN_DEBUG", Kind.FLAG, "Error pages show what is in a case.", "false", "false"),
    )),
)  # fmt: skip
NAMES_THE_FILE = "GAMEPLAN_SETTINGS"


def every() -> Iterator[tuple[Group, Known]]:
    """Each setting with its group, in the order of the file."""
    return ((group, one) for group in GROUPS for one in group.known)


def by_name() -> Mapping[str, Known]:
    """Each setting by its name in the file, like `reached.https`."""
    return {f"{group.name}.{one.name}": one for group, one in every()}


def example() -> str:
    """A settings file with every setting in it, each one left out by a `#` and explained."""
    lines = [
        "# Settings of gameplan. Take away the # before what you set; what is left out is as usual.",
        "# The environment wins over this file. A secret never stands here, only the path of the file that holds it.",
        "# Check it with: gameplan settings check FILE",
    ]
    for group in GROUPS:
        lines += ["", f"# {group.says}", f"[{group.name}]"]
        for one in group.known:
            choices = f" ({' or '.join(one.choices)})" if one.choices else ""
            lines += [f"# {one.says}{choices} Left out: {one.usual}.", f"# {one.name} = {one.example}"]
    return "\n".join(lines) + "\n"


def table() -> str:
    """The table of all settings for the docs, as Markdown."""
    lines = ["| in the file | in the environment | what | if left out |", "| --- | --- | --- | --- |"]
    for group, one in every():
        lines.append(f"| `{group.name}.{one.name}` | `{one.stands_in}` | {one.says} | {one.usual} |")
    return "\n".join(lines) + "\n"
