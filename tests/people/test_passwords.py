"""Passwords: any letters, long ones too; not those that everybody would try first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from gameplan.people.invitations import invite_to_post
from tests.shared import PASSWORD, account, run_shared, school, staff
from tests.stolen_list import stolen_list


@pytest.fixture(autouse=True)
def shared(settings: Any, tmp_path: Path) -> None:
    run_shared(settings, tmp_path)


@pytest.mark.parametrize(
    "password", ["Gameplan2026!", "specialeducation", "Welcome-School-1", "contrasena-escuela", "iep504iep504iep504"]
)
def test_words_of_the_house_are_refused(password: str) -> None:
    with pytest.raises(ValidationError, match="guessed first"):
        validate_password(password)


@pytest.mark.parametrize(
    "password", ["football2026!", "!!dragon99999!!", "princessprincess", "1234567890!!", "iloveyou...."]
)
def test_a_usual_one_with_figures_and_signs_around_it_is_refused(password: str) -> None:
    with pytest.raises(ValidationError, match="made a little longer"):
        validate_password(password)


@pytest.mark.django_db
@pytest.mark.parametrize("password", ["Lakeside2026!!", "quintana-school-1", "tess.lakeside.99", "riverbend-2026-1"])
def test_words_of_the_person_and_the_place_are_refused(settings: Any, password: str) -> None:
    settings.GAMEPLAN_ADDRESS = "https://plans.riverbend.example"
    tess = staff("tess@school.example", school())
    tess.name = "Tess Quintana"
    with pytest.raises(ValidationError, match="guessed first"):
        validate_password(password, tess)
    validate_password(f"{password} violets beneath", tess)


@pytest.mark.django_db
def test_the_place_of_an_invitation_counts_before_there_is_an_account(client: Client) -> None:
    _made, token = invite_to_post("max@school.example", organisation=school(), role="iep-manager")
    said = {"name": "Max", "language": "en", "password": "Lakeside2026!!"}
    answer = client.post(f"/invited/{token}/", said)
    assert answer.status_code == 422
    assert "guessed first" in answer.content.decode()


@pytest.mark.parametrize(
    "password", ["four ducks on a pond", "schoolbus beneath violets", "ñandú bajo la lluvia", "x7" * 64]
)
def test_a_few_words_are_enough_and_long_ones_may_be_used(password: str) -> None:
    validate_password(password)


@pytest.mark.parametrize("password", ["ducks pond", "1q2w3e4r5t6y", "123456789012"])
def test_a_short_or_usual_one_is_refused(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password)


@pytest.mark.django_db
@pytest.mark.parametrize("other", ["Four Ducks On A Pond", "four ducks on a pond ", "four ducks on a pon"])
def test_a_password_counts_letter_by_letter(other: str) -> None:
    user = account("ana@example.org")
    assert user.check_password("four ducks on a pond")
    assert not user.check_password(other)


@pytest.mark.django_db
def test_the_field_hides_the_password_and_managers_fill_it(client: Client) -> None:
    page = client.get("/sign-in/").content.decode()
    field = page[page.index('type="password"') - 100 : page.index('type="password"') + 200]
    assert 'autocomplete="current-password"' in field
    assert "onpaste" not in page


@pytest.fixture
def stolen(settings: Any, tmp_path: Path) -> Path:
    """The list of this installation; PASSWORD stands on it."""
    path = stolen_list(tmp_path / "stolen.txt", [PASSWORD])
    settings.GAMEPLAN_BREACHED_PASSWORDS = str(path)
    return path


def test_a_stolen_one_is_refused_where_there_is_a_list(stolen: Path) -> None:
    validate_password("five ducks on a pond")
    with pytest.raises(ValidationError, match="list of stolen ones"):
        validate_password(PASSWORD)


def test_with_a_list_that_cannot_be_read_no_new_one_is_taken(stolen: Path, caplog: pytest.LogCaptureFixture) -> None:
    stolen.unlink()
    with pytest.raises(ValidationError, match="cannot be checked just now"):
        validate_password("five ducks on a pond")
    assert "GAMEPLAN_BREACHED_PASSWORDS" in caplog.text


@pytest.mark.django_db
def test_who_signs_in_with_a_stolen_one_chooses_another_before_anything_else(client: Client, stolen: Path) -> None:
    account("ana@example.org")
    client.post("/sign-in/", {"login": "ana@example.org", "password": PASSWORD})
    assert client.get("/help/").headers["Location"] == "/account/password/"
    assert client.post("/account/", {"name": "Ana", "language": "en"}).status_code == 403
    assert "list of stolen ones" in client.get("/account/password/").content.decode()
    new = "five geese in a meadow"
    said = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    client.post("/account/password/", said)
    assert client.get("/help/").status_code == 200
    assert "list of stolen ones" not in client.get("/account/password/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("spoilt", [True, False])
def test_who_signs_in_with_another_one_goes_on(client: Client, stolen: Path, *, spoilt: bool) -> None:
    stolen_list(stolen)
    if spoilt:
        stolen.write_text("no list")
    account("ana@example.org")
    client.post("/sign-in/", {"login": "ana@example.org", "password": PASSWORD})
    assert client.get("/help/").status_code == 200
