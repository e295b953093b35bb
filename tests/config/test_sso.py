"""The file that names the providers of single sign-on: what it gives, and every fault at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from gameplan.config.environment import WrongSetting
from gameplan.config.sso import allauth_providers, providers

OIDC = """
[[oidc]]
id = "district"
name = "Lakeside district"
server = "https://login.lakeside.example"
client_id = "gameplan"
secret_file = "secret.txt"
domains = ["Lakeside.example"]
"""
SAML = """
[[saml]]
id = "state"
name = "State agency"
entity_id = "https://idp.state.example"
sso_url = "https://idp.state.example/sso"
certificate = "MII..."
domains = ["state.example"]
email = "mail"
second_factor = true
"""


def file(folder: Path, text: str) -> str:
    (folder / "secret.txt").write_text("between us\n")
    (folder / "sso.toml").write_text(text)
    return str(folder / "sso.toml")


def test_without_a_file_there_is_none() -> None:
    assert providers("") == ()


def test_what_a_file_gives(tmp_path: Path) -> None:
    district, state = providers(file(tmp_path, OIDC + SAML))
    assert (district.domains, district.vouches, district.second_factor) == (("lakeside.example",), False, False)
    assert (state.domains, state.vouches, state.second_factor) == (("state.example",), True, True)
    told = allauth_providers((district, state))
    assert told["openid_connect"]["APPS"][0]["secret"] == "between us"
    app = told["saml"]["APPS"][0]
    assert app["settings"]["attribute_mapping"] == {"email": ["mail"]}
    assert app["settings"]["advanced"]["want_assertion_signed"]
    assert app["settings"]["advanced"]["reject_idp_initiated_sso"]


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    text = """
other = 1
[[oidc]]
id = "Not Good"
server = "http://login.lakeside.example"
client_id = "gameplan"
secret = "a"
secret_file = "b"
domains = ["lakeside"]
second_factor = "yes"
second_factor_shown_by = "mfa"
colour = "red"
[[saml]]
id = "state"
name = "State"
entity_id = "x"
certificate_file = "none.pem"
[[saml]]
id = "state"
name = "Again"
entity_id = "x"
metadata_url = "https://idp.state.example/m"
domains = ["state.example"]
"""
    with pytest.raises(WrongSetting) as wrong:
        providers(file(tmp_path, text))
    told = str(wrong.value)
    for where in (
        "other:", "oidc[0].id:", "oidc[0].name:", "oidc[0].server:", "oidc[0].secret:", "oidc[0].domains:",
        "oidc[0].second_factor:", "oidc[0].colour:", "oidc[0].second_factor_shown_by: it is no list",
        "oidc[0].second_factor_shown_by: second_factor is not true", "saml[0].sso_url:", "saml[0].domains:",
        "saml[0].certificate_file:", "saml[1].id:",
    ):  # fmt: skip
        assert f"- {where}" in told
    assert told.count("\n- ") == 14


def test_the_words_that_show_a_second_factor(tmp_path: Path) -> None:
    more = 'second_factor = true\nsecond_factor_shown_by = ["mfa", "hwk"]\n'
    district, state = providers(file(tmp_path, OIDC + more + SAML))
    assert (district.shown_by, state.shown_by) == (frozenset({"mfa", "hwk"}), frozenset())


@pytest.mark.parametrize("text", ["", "no toml"])
def test_a_file_that_says_nothing(tmp_path: Path, text: str) -> None:
    with pytest.raises(WrongSetting, match="GAMEPLAN_SSO"):
        providers(file(tmp_path, text))


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(WrongSetting, match="cannot read"):
        providers(str(tmp_path / "none.toml"))
