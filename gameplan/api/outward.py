"""Sending to an address that somebody else chose, without being led into our own network.

Only https; every address of the host must be a public one; and the line goes to the very address that was checked, so
that a name which points elsewhere a moment later gains nothing. A redirect is an answer like any other, and not
followed. No proxy of the environment is used.
"""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from gameplan.core.faults import Fault
from gameplan.people.refusals import Refused

SECONDS: Final = 10
MOST_READ: Final = 64 * 1024
LONGEST_URL: Final = 2000
HTTPS: Final = 443
TRANSLATED: Final = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"))
"""Addresses in which an IPv4 address hides behind a translator."""
Resolve = Callable[[str, int], Sequence[str]]


class NotTaken(Exception):
    """Raised where nothing was delivered: `why` is one short word for the log."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


@dataclass(frozen=True, slots=True)
class Target:
    """Where something goes: the host by name, its port, path and query, and the address that was checked."""

    host: str
    port: int
    path: str
    address: str


def resolved(host: str, port: int) -> Sequence[str]:
    """Every address of a host. Raises OSError if it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def target_of(url: str, resolve: Resolve | None = None) -> Target:
    """Where an address leads. Raises Refused with what is wrong with it."""
    what, mend = _("This is no https address that we can send to."), _("Write it like https://example.org/changes.")
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").encode("idna").decode("ascii"), parts.port or HTTPS
    except (ValueError, UnicodeError):
        raise Refused([Fault("url", what, mend)]) from None
    plain = url.isascii() and url.isprintable() and " " not in url and len(url) <= LONGEST_URL
    if not plain or parts.scheme != "https" or not host or "@" in parts.netloc or parts.fragment:
        raise Refused([Fault("url", what, mend)])
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(host, port, path, _public_address(host, port, resolve or resolved))


def _public_address(host: str, port: int, resolve: Resolve) -> str:
    try:
        found = resolve(host, port)
    except (OSError, UnicodeError):
        found = ()
    if not found:
        raise Refused([Fault("url", _("There is no such host."), _("Check the address."))])
    if not all(map(is_public, found)):
        raise Refused([Fault("url", _("This address is not public."), _("Use one that anybody can reach."))])
    return found[0]


def is_public(text: str) -> bool:
    """True for an address in the public network; not for this machine, the house's own network, or what hides one."""
    try:
        address: IPv4Address | IPv6Address = ip_address(text.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, IPv6Address):
        inside = address.ipv4_mapped or address.sixtofour or (address.teredo and address.teredo[1])
        if inside or any(address in net for net in TRANSLATED):
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved)


class PinnedLine(http.client.HTTPSConnection):
    """A line to the address that was checked, which must prove to be the host of that name."""

    def __init__(self, target: Target, trusted: ssl.SSLContext) -> None:
        super().__init__(target.host, target.port, timeout=SECONDS, context=trusted)
        self.target, self.trusted = target, trusted

    def connect(self) -> None:
        """Open the line."""
        line = socket.create_connection((self.target.address, self.target.port), SECONDS)
        self.sock = self.trusted.wrap_socket(line, server_hostname=self.target.host)


def send(url: str, body: bytes, headers: Mapping[str, str], trusted: ssl.SSLContext | None = None) -> int:
    """The status with which the other side took what was sent. Raises NotTaken if nothing got there."""
    try:
        target = target_of(url)
    except Refused as refused:
        raise NotTaken("address") from refused
    line = PinnedLine(target, trusted or ssl.create_default_context())
    try:
        line.request("POST", target.path, body, dict(headers))
        answer = line.getresponse()
        answer.read(MOST_READ)
        return answer.status
    except ssl.SSLError as error:
        raise NotTaken("certificate") from error
    except TimeoutError as error:
        raise NotTaken("too-slow") from error
    except (OSError, http.client.HTTPException) as error:
        raise NotTaken("no-answer") from error
    finally:
        line.close()
