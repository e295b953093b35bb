"""Single sign-on: reading the file that names the providers (GAMEPLAN_SSO). Every fault is told at once.

```toml
[[oidc]]
id = "district"                       # stands in the address
name = "Lakeside district"            # what the button says
server = "https://login.lakeside.example"
client_id = "gameplan"
secret = "..."                        # or secret_file = "path"
domains = ["lakeside.example"]        # whose e-mail addresses this provider may vouch for
vouches = false                       # true: it always checks addresses, though it does not say `email_verified`
second_factor = true                  # it asks for a second factor itself
second_factor_shown_by = ["mfa"]      # and that counts only if its token says one of these as `amr` or `acr`

[[saml]]
id = "state"
name = "State agency"
entity_id = "https://idp.state.example"
sso_url = "https://idp.state.example/sso"
certificate_file = "idp.pem"          # or metadata_url = "https://..." in place of sso_url and certificate_file
domains = ["state.example"]
email = "mail"                        # the attribute that holds the e-mail address
second_factor = false
```
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gameplan.config.environment import WrongSetting
from gameplan.core.faults import Fault

NAME = "GAMEPLAN_SSO"
ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
BOTH = {"id", "name", "domains", "second_factor"}
KNOWN = {
    "oidc": BOTH | {"server", "client_id", "secret", "secret_file", "vouches", "second_factor_shown_by"},
    "saml": BOTH | {"entity_id", "sso_url", "certificate", "certificate_file", "metadata_url", "email", "uid"},
}
NEEDED = {"oidc": ("id", "name", "server", "client_id"), "saml": ("id", "name", "entity_id")}
EMAIL_NAMES = (
    "urn:oid:0.9.2342.19200300.100.1.3", "mail", "email",
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
)  # fmt: skip
Table = Mapping[str, Any]


@dataclass(frozen=True)
class Provider:
    """One provider of single sign-on. `domains`: whose addresses it may vouch for, in small letters.

    `vouches`: each address that it tells counts as checked. `shown_by`: its second step counts only if the token says
    one of these words as `amr` or `acr`; if there are none, always. `about` is how allauth calls it (one of its APPS).
    """

    kind: str
    id: str
    name: str
    domains: tuple[str, ...]
    vouches: bool
    second_factor: bool
    shown_by: frozenset[str]
    about: Mapping[str, Any]


def providers(path: str) -> tuple[Provider, ...]:
    """The providers that the file names; none without a file. Raises WrongSetting with every fault."""
    if not path:
        return ()
    place = Path(path).expanduser()
    try:
        told = tomllib.loads(place.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as wrong:
        raise WrongSetting(
            NAME, f"cannot read {path!r} ({wrong}).", "Name a TOML file (see docs/accounts.md)."
        ) from wrong
    tables = [(kind, number, table) for kind in KNOWN for number, table in _tables(told, kind)]
    faults = [
        *_unknown(told, set(KNOWN), ""),
        *(fault for kind, number, table in tables for fault in _faults(kind, f"{kind}[{number}]", table, place.parent)),
        *_twice(tables),
    ]
    if not tables and not faults:
        faults = [Fault("", "it names no provider.", "Write [[oidc]] or [[saml]] (see docs/accounts.md).")]
    if faults:
        raise WrongSetting(NAME, f"{path} cannot be used:\n" + "\n".join(f"- {one}" for one in faults), "")
    return tuple(_provider(kind, table, place.parent) for kind, _number, table in tables)


def allauth_providers(found: tuple[Provider, ...]) -> dict[str, Any]:
    """SOCIALACCOUNT_PROVIDERS, as allauth reads it."""
    of = {"oidc": "openid_connect", "saml": "saml"}
    return {of[kind]: {"APPS": [dict(one.about) for one in found if one.kind == kind]} for kind in KNOWN}


def _tables(told: Table, kind: str) -> Iterator[tuple[int, Table]]:
    listed = told.get(kind, [])
    for number, table in enumerate(listed if isinstance(listed, list) else [listed]):
        yield number, table if isinstance(table, dict) else {}


def _faults(kind: str, where: str, table: Table, folder: Path) -> Iterator[Fault]:
    yield from _unknown(table, KNOWN[kind], f"{where}.")
    for name in NEEDED[kind]:
        if not _text(table, name):
            yield Fault(f"{where}.{name}", "it is not there.", "Write it, in quotes.")
    if _text(table, "id") and not ID.fullmatch(_text(table, "id")):
        yield Fault(f"{where}.id", "it stands in an address.", "Use small letters, digits and hyphens.")
    yield from _domain_faults(where, table)
    for name in ("vouches", "second_factor"):
        if not isinstance(table.get(name, False), bool):
            yield Fault(f"{where}.{name}", "it is neither true nor false.", "Write true or false, without quotes.")
    yield from _shown_faults(where, table)
    yield from _address_faults(where, table)
    yield from _secret_faults(kind, where, table, folder)


def _domain_faults(where: str, table: Table) -> Iterator[Fault]:
    domains = table.get("domains")
    if not isinstance(domains, list) or not domains:
        mend = 'Write whose addresses it may vouch for, like ["lakeside.example"].'
        yield Fault(f"{where}.domains", "no domain is named.", mend)
        return
    for domain in domains:
        if not isinstance(domain, str) or not DOMAIN.fullmatch(domain.lower()):
            yield Fault(f"{where}.domains", f"{domain!r} is not a domain.", "Write what stands behind the @.")


def _shown_faults(where: str, table: Table) -> Iterator[Fault]:
    words, place = table.get("second_factor_shown_by"), f"{where}.second_factor_shown_by"
    if words is None:
        return
    if not isinstance(words, list) or not words or not all(isinstance(one, str) and one.strip() for one in words):
        yield Fault(place, "it is no list of words.", 'Write what its tokens say as amr or acr, like ["mfa"].')
    if table.get("second_factor") is not True:
        yield Fault(place, "second_factor is not true.", "Write second_factor = true, too, or leave this out.")


def _address_faults(where: str, table: Table) -> Iterator[Fault]:
    for name in ("server", "sso_url", "metadata_url"):
        told = _text(table, name)
        if told and not told.startswith(("https://", "http://127.0.0.1", "http://localhost")):
            yield Fault(f"{where}.{name}", "it does not begin with https://.", "Write the whole address.")


def _secret_faults(kind: str, where: str, table: Table, folder: Path) -> Iterator[Fault]:
    name = "secret" if kind == "oidc" else "certificate"
    if kind == "saml" and _text(table, "metadata_url"):
        return
    if kind == "saml" and not _text(table, "sso_url"):
        yield Fault(f"{where}.sso_url", "it is not there.", "Write it, or metadata_url.")
    given = [one for one in (name, f"{name}_file") if _text(table, one)]
    if len(given) != 1:
        what = "it is not there." if not given else f"{name}_file is there, too."
        yield Fault(f"{where}.{name}", what, f"Write one of {name} and {name}_file.")
    elif given[0].endswith("_file") and not (folder / _text(table, given[0])).is_file():
        yield Fault(
            f"{where}.{given[0]}", "there is no such file.", f"It is looked for beside the TOML file: {folder}."
        )


def _twice(tables: list[tuple[str, int, Table]]) -> Iterator[Fault]:
    seen: set[str] = set()
    for kind, number, table in tables:
        name = _text(table, "id")
        if name and name in seen:
            yield Fault(f"{kind}[{number}].id", f"{name!r} is there twice.", "Give each provider an id of its own.")
        seen.add(name)


def _unknown(table: Table, known: set[str], where: str) -> Iterator[Fault]:
    for name in table:
        if name not in known:
            yield Fault(f"{where}{name}", "this is not known.", f"Known are: {', '.join(sorted(known))}.")


def _provider(kind: str, table: Table, folder: Path) -> Provider:
    about = _oidc(table, folder) if kind == "oidc" else _saml(table, folder)
    domains = tuple(domain.lower() for domain in table["domains"])
    vouches = kind == "saml" or table.get("vouches", False)
    shown_by = frozenset(table.get("second_factor_shown_by", ()))
    asks = table.get("second_factor", False)
    return Provider(kind, table["id"], table["name"], domains, vouches, asks, shown_by, about)


def _oidc(table: Table, folder: Path) -> dict[str, Any]:
    settings = {"server_url": table["server"], "oauth_pkce_enabled": True}
    return {
        "provider_id": table["id"], "name": table["name"], "client_id": table["client_id"],
        "secret": _secret(table, "secret", folder), "settings": settings,
    }  # fmt: skip


def _saml(table: Table, folder: Path) -> dict[str, Any]:
    idp = {"entity_id": table["entity_id"]}
    if _text(table, "metadata_url"):
        idp["metadata_url"] = table["metadata_url"]
    else:
        idp |= {"sso_url": table["sso_url"], "x509cert": _secret(table, "certificate", folder)}
    email = [_text(table, "email")] if _text(table, "email") else list(EMAIL_NAMES)
    mapping = {"email": email} | ({"uid": _text(table, "uid")} if _text(table, "uid") else {})
    # What is signed is the assertion itself; a sign-in that nobody here asked for is refused.
    advanced = {
        "want_assertion_signed": True, "reject_idp_initiated_sso": True, "strict": True,
        "allow_single_label_domains": True,
    }  # fmt: skip
    settings = {"idp": idp, "attribute_mapping": mapping, "advanced": advanced}
    return {
        "provider_id": table["id"], "name": table["name"], "client_id": table["id"], "settings": settings,
    }  # fmt: skip


def _secret(table: Table, name: str, folder: Path) -> str:
    if _text(table, name):
        return _text(table, name)
    return (folder / _text(table, f"{name}_file")).read_text(encoding="utf-8").strip()


def _text(table: Table, name: str) -> str:
    value = table.get(name)
    return value.strip() if isinstance(value, str) else ""
