"""Real providers of single sign-on, each in its own process, and somebody who signs in there.

OpenID Connect: the package oidc-provider-mock. SAML: the package nanoidp.
"""

from __future__ import annotations

import base64
import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html import unescape
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, ProxyHandler, Request, build_opener

from tests.served import StaysThere
from tests.served_shared import free_port

SECONDS_TO_START = 30
HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*>')
NAME, VALUE = re.compile(r'name="([^"]*)"'), re.compile(r'value="([^"]*)"')
CLIENT, SECRET = "gameplan", "between-us"


@contextmanager
def openid_provider(*people: Mapping[str, object]) -> Iterator[str]:
    """The address of a provider of OpenID Connect that knows these people by their claims."""
    port = free_port()
    told = [word for one in people for word in ("--user-claims", json.dumps(one))]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port), *told]
    with _running(command, f"http://127.0.0.1:{port}", "/.well-known/openid-configuration") as address:
        yield address


@contextmanager
def saml_provider(folder: Path, people: Mapping[str, str]) -> Iterator[str]:
    """The address of a SAML provider that knows these people: name and e-mail address. The password is the name."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    (folder / "keys").mkdir(parents=True)
    settings = {
        "config_version": 1, "server": {"host": "127.0.0.1", "port": port},
        "oauth": {"issuer": address, "audience": "gameplan", "clients": []},
        "saml": {"default_acs_url": "http://nowhere.example/"},
    }  # fmt: skip
    users = {name: {"password": name, "email": email, "roles": ["USER"]} for name, email in people.items()}
    # JSON is YAML, too.
    (folder / "settings.yaml").write_text(json.dumps(settings), encoding="utf-8")
    (folder / "users.yaml").write_text(json.dumps({"config_version": 1, "users": users}), encoding="utf-8")
    command = [sys.executable, "-W", "ignore", "-m", "nanoidp", "--config", str(folder)]
    with _running(command, address, "/saml/metadata", at=folder):  # it writes its keys where it starts
        yield address


class Visitor:
    """Somebody's browser at the provider: follows its pages and fills in its forms."""

    def __init__(self) -> None:
        self._opener = build_opener(ProxyHandler({}), HTTPCookieProcessor(CookieJar()), StaysThere())

    def ask(self, address: str, fields: Mapping[str, str] | None = None) -> tuple[str, str]:
        """Where the answer leads (or an empty string), and its page."""
        data = urlencode(fields).encode() if fields is not None else None
        try:
            with self._opener.open(Request(address, data=data)) as answer:
                return "", answer.read().decode()
        except HTTPError as told:
            with told:
                return told.headers.get("Location", ""), told.read().decode()

    def sign_in_with_openid(self, address: str, sub: str) -> str:
        """From the address that our page led to: where the provider sends the browser back to."""
        _leads, page = self.ask(address)
        leads, page = self.ask(address, hidden(page) | {"sub": sub, "action": "authorize"})
        assert leads, page
        return leads

    def sign_in_with_saml(self, address: str, name: str) -> tuple[str, dict[str, str]]:
        """From the address that our page led to: where the provider's form goes, and its fields."""
        _leads, page = self.ask(address)
        told = hidden(page) | {"username": name, "password": name}
        leads, page = self.ask(urljoin(address, action(page) or address), told)
        if leads:
            _leads, page = self.ask(urljoin(address, leads))
        fields = hidden(page)
        return action(page), fields | {"SAMLResponse": in_order(fields["SAMLResponse"])}


def in_order(response: str) -> str:
    """The answer with the signature of its assertion where the SAML schema wants it: behind the issuer.

    nanoidp 3.4 writes it at the end, which a strict reader refuses. What is signed is all but the signature, so it
    stays as good (or bad) as it was, wherever it stands.
    """
    told = base64.b64decode(response).decode()
    signature = told[told.index("<ds:Signature") : told.index("</ds:Signature>") + len("</ds:Signature>")]
    before, assertion, inside = told.replace(signature, "").partition("<saml2:Assertion")
    issuer, end, rest = inside.partition("</saml2:Issuer>")
    return base64.b64encode(f"{before}{assertion}{issuer}{end}{signature}{rest}".encode()).decode()


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of a page."""
    found = {}
    for field in HIDDEN.findall(page):
        name, value = NAME.search(field), VALUE.search(field)
        if name:
            found[name[1]] = unescape(value[1]) if value else ""
    return found


def action(page: str) -> str:
    """Where the page's form goes."""
    found = re.search(r'<form[^>]*action="([^"]*)"', page)
    return unescape(found[1]) if found else ""


@contextmanager
def _running(command: list[str], address: str, knock: str, at: Path | None = None) -> Iterator[str]:
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=at)
    try:
        opener, until = build_opener(ProxyHandler({})), time.monotonic() + SECONDS_TO_START
        while True:
            try:
                with opener.open(address + knock):
                    break
            except (URLError, ConnectionError):
                assert process.poll() is None, process.communicate()[0]
                assert time.monotonic() < until, "The provider did not answer."
                time.sleep(0.1)
        yield address
    finally:
        process.kill()
        process.communicate()
