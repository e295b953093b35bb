"""Single sign-on with real providers: whom it lets in, and whom never."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from pytest_django import Settings

from gameplan.people.invitations import invite_to_post
from gameplan.people.models import Post, User
from gameplan.web.accounts.openid import NONCES, Adapter
from tests.people.identity_providers import CLIENT, SECRET, Visitor, openid_provider, saml_provider
from tests.shared import account, run_shared, school, staff

HOST = "plans.lakeside.example"
PEOPLE = {
    "tess": {"email": "tess@lakeside.example", "email_verified": True, "name": "Tess Reed"},
    "unsure": {"email": "tess@lakeside.example", "email_verified": False},
    "with two": {"email": "tess@lakeside.example", "email_verified": True, "amr": ["pwd", "mfa"], "acr": "silver"},
    "other": {"email": "boss@elsewhere.example", "email_verified": True},
    "nameless": {},
}


@pytest.fixture(scope="module")
def openid() -> Iterator[str]:
    with openid_provider(*({"sub": name, **claims} for name, claims in PEOPLE.items())) as address:
        yield address


@pytest.fixture(scope="module")
def saml(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("idp") / "config"
    people = {"tess": "tess@lakeside.example", "other": "boss@elsewhere.example"}
    with saml_provider(folder, people) as address:
        yield address


@pytest.fixture(autouse=True)
def shared(
    openid: str, saml: str, settings: Settings, tmp_path: Path, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A school with both providers, each for its own domain."""
    file = tmp_path / "sso.toml"
    file.write_text(f"""
[[oidc]]
id = "district"
name = "Lakeside district"
server = "{openid}"
client_id = "{CLIENT}"
secret = "{SECRET}"
domains = ["lakeside.example"]
second_factor = true

[[saml]]
id = "state"
name = "State agency"
entity_id = "{saml}/saml"
metadata_url = "{saml}/saml/metadata"
domains = ["lakeside.example"]
""")
    monkeypatch.setenv("GAMEPLAN_SSO", str(file))
    monkeypatch.setenv("GAMEPLAN_HOSTS", HOST)
    run_shared(settings, tmp_path)


def browser() -> Client:
    return Client(headers={"host": HOST})


def by_openid(client: Client, sub: str, start: str = "/sign-in/with/district/") -> tuple[int, str]:
    """Status and page (or where it leads) after signing in at the provider."""
    away = client.get(start).headers["Location"]
    back = urlsplit(Visitor().sign_in_with_openid(away, sub))
    answer = client.get(f"{back.path}?{back.query}")
    return answer.status_code, answer.headers.get("Location") or answer.content.decode()


def by_saml(client: Client, name: str) -> tuple[int, str]:
    away = client.get("/sign-in/saml/state/").headers["Location"]
    back, fields = Visitor().sign_in_with_saml(away, name)
    finish = client.post(urlsplit(back).path, fields).headers["Location"]
    answer = client.get(finish)
    return answer.status_code, answer.headers.get("Location") or answer.content.decode()


def test_the_page_offers_each_provider() -> None:
    page = browser().get("/sign-in/?next=/help/").content.decode()
    assert "/sign-in/with/district/?next=%2Fhelp%2F" in page
    assert "State agency" in page


def test_openid_opens_the_account_that_is_there() -> None:
    user, client = staff("tess@lakeside.example", school(), second_factor=False), browser()
    assert by_openid(client, "tess", "/sign-in/with/district/?next=/help/") == (302, "/help/")
    assert client.get("/help/").status_code == 200, "the provider asks for a second factor itself"
    assert SocialAccount.objects.get().user == user


@pytest.mark.parametrize("sub", ["unsure", "other", "nameless"])
def test_openid_opens_nothing_that_it_may_not_vouch_for(sub: str) -> None:
    for email in ("tess@lakeside.example", "boss@elsewhere.example"):
        account(email)
    client = browser()
    assert by_openid(client, sub)[0] == 403
    assert client.get("/help/").status_code == 302
    assert not SocialAccount.objects.exists()


def test_openid_makes_no_account() -> None:
    status, page = by_openid(browser(), "tess")
    assert status == 403
    assert "There is no account for you yet" in page
    assert not User.objects.exists()


def test_openid_begins_the_account_of_who_is_invited() -> None:
    _made, token = invite_to_post("tess@lakeside.example", organisation=school(), role="iep-manager")
    client = browser()
    page = client.get(f"/invited/{token}/").content.decode()
    assert "/sign-in/with/district/?next=%2Finvited%2F" in page
    assert by_openid(client, "tess", f"/sign-in/with/district/?next=/invited/{token}/") == (302, f"/invited/{token}/")
    assert client.post(f"/invited/{token}/").status_code == 302
    user = User.objects.get()
    assert (user.name, user.has_usable_password()) == ("Tess Reed", False)
    assert Post.objects.get().user == user


def test_an_invitation_to_somebody_else_begins_nothing() -> None:
    _made, token = invite_to_post("bob@lakeside.example", organisation=school(), role="iep-manager")
    client = browser()
    client.get(f"/invited/{token}/")
    assert by_openid(client, "tess")[0] == 403
    assert not User.objects.exists()


def test_what_is_tied_stays_with_the_person_not_the_address() -> None:
    user, client = account("tess@lakeside.example"), browser()
    by_openid(client, "tess")
    user.email = "tess.new@lakeside.example"
    user.save()
    EmailAddress.objects.filter(user=user).update(email=user.email)
    again = browser()
    assert by_openid(again, "tess")[0] == 302
    assert again.get("/account/").status_code == 200


def test_a_link_that_asks_to_connect_only_signs_in() -> None:
    mallory, client = account("mallory@example.org"), browser()
    client.force_login(mallory)
    status, _page = by_openid(client, "tess", "/sign-in/with/district/?process=connect")
    assert status == 403
    assert not SocialAccount.objects.exists()


def test_an_answer_that_nobody_asked_for_is_refused() -> None:
    account("tess@lakeside.example")
    away = browser().get("/sign-in/with/district/").headers["Location"]
    back = urlsplit(Visitor().sign_in_with_openid(away, "tess"))
    other = browser()
    other.get(f"{back.path}?{back.query}")
    assert other.get("/help/").status_code == 302


@pytest.mark.parametrize(("sub", "words", "place"), [
    ("with two", {"mfa", "hwk"}, ""), ("with two", {"silver"}, ""), ("with two", {"gold"}, "/account/second-step/"),
    ("tess", {"mfa"}, "/account/second-step/"),
])  # fmt: skip
def test_a_second_factor_at_the_provider_counts_if_its_token_says_so(
    settings: Settings, sub: str, words: set[str], place: str
) -> None:
    settings.GAMEPLAN_SSO = tuple(replace(one, shown_by=frozenset(words)) for one in settings.GAMEPLAN_SSO)
    staff("tess@lakeside.example", school(), second_factor=False)
    client = browser()
    assert by_openid(client, sub)[0] == 302
    assert client.get("/help/").headers.get("Location", "") == place


def test_openid_has_a_nonce_that_counts_once() -> None:
    account("tess@lakeside.example")
    client = browser()
    away = client.get("/sign-in/with/district/?auth_params=nonce%3Dmine&next=/help/").headers["Location"]
    nonce = parse_qs(urlsplit(away).query)["nonce"]
    assert client.session[NONCES] == nonce
    assert len(nonce[0]) > 40
    assert by_openid(client, "tess", "/sign-in/with/district/?next=/help/") == (302, "/help/")
    assert client.session[NONCES] == nonce, "only that of the other window still waits"


@pytest.mark.parametrize("waiting", [[], ["of-another-window"]])
def test_openid_without_its_nonce_opens_nothing(waiting: list[str]) -> None:
    account("tess@lakeside.example")
    client = browser()
    back = urlsplit(Visitor().sign_in_with_openid(client.get("/sign-in/with/district/").headers["Location"], "tess"))
    session = client.session
    session[NONCES] = waiting
    session.save()
    assert "Signing in did not work" in client.get(f"{back.path}?{back.query}").content.decode()
    assert client.get("/help/").status_code == 302


def test_what_the_provider_says_of_two_people_opens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    account("tess@lakeside.example")
    told = {"sub": "other", **PEOPLE["tess"]}
    monkeypatch.setattr(Adapter, "_fetch_user_info", lambda _self, _token: told)
    status, page = by_openid(browser(), "tess")
    assert "Signing in did not work" in page
    assert status != 302
    assert not SocialAccount.objects.exists()


def test_saml_opens_the_account_that_is_there() -> None:
    user, client = account("tess@lakeside.example"), browser()
    assert by_saml(client, "tess") == (302, "/")
    assert client.get("/help/").status_code == 200
    assert SocialAccount.objects.get().user == user


def test_saml_does_not_stand_in_for_a_second_factor_unless_told() -> None:
    staff("tess@lakeside.example", school(), second_factor=False)
    client = browser()
    assert by_saml(client, "tess") == (302, "/")
    assert client.get("/").headers["Location"] == "/account/second-step/"
    assert client.get("/account/second-step/app/").status_code in (200, 302)


def test_saml_vouches_for_its_own_domain_only() -> None:
    account("boss@elsewhere.example")
    client = browser()
    assert by_saml(client, "other")[0] == 403
    assert client.get("/help/").status_code == 302


def test_saml_that_was_changed_on_the_way_opens_nothing(caplog: pytest.LogCaptureFixture) -> None:
    account("tess@lakeside.example")
    account("boss@lakeside.example")
    client = browser()
    away = client.get("/sign-in/saml/state/").headers["Location"]
    back, fields = Visitor().sign_in_with_saml(away, "tess")
    told = base64.b64decode(fields["SAMLResponse"]).replace(b"tess@", b"boss@")
    finish = client.post(urlsplit(back).path, fields | {"SAMLResponse": base64.b64encode(told).decode()})
    page = client.get(finish.headers["Location"]).content.decode()
    assert "Signing in did not work" in page
    assert "ignature validation failed" in caplog.text
    assert client.get("/help/").status_code == 302


def test_saml_tells_who_we_are() -> None:
    told = browser().get("/sign-in/saml/state/metadata/").content.decode()
    assert f"http://{HOST}/sign-in/saml/state/back/" in told
