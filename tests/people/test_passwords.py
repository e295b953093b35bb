"""Passwords: any letters, long ones too; not those that everybody would try first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from tests.shared import account, run_shared


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
