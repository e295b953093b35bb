"""People: at home there is one person, and only a signed-in browser is that person."""

from __future__ import annotations

import pytest
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from gameplan.cases.people import HOME, is_known, person_of, sign_in


@pytest.fixture
def request_() -> HttpRequest:
    request = HttpRequest()
    request.session = SessionStore()
    return request


def test_a_signed_in_browser_is_the_household(request_: HttpRequest) -> None:
    sign_in(request_, HOME)
    assert is_known(request_)
    assert person_of(request_) == HOME


@pytest.mark.parametrize("told", [None, "", "another-family"])
def test_any_other_browser_is_nobody(request_: HttpRequest, told: str | None) -> None:
    if told is not None:
        request_.session["person"] = told
    assert not is_known(request_)
    with pytest.raises(PermissionDenied):
        person_of(request_)
