"""Day or night: the reader's choice, kept in a cookie, without a script."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

LOOKS = ("light", "dark")
YEAR_IN_SECONDS = 365 * 24 * 60 * 60


def chosen_look(request: HttpRequest | None) -> str:
    """The look that this reader chose: light, dark, or empty to follow the device."""
    look = request.COOKIES.get(settings.LOOK_COOKIE_NAME, "") if request is not None else ""
    return look if look in LOOKS else ""


@require_POST
def set_look(request: HttpRequest) -> HttpResponse:
    """Keep the chosen look and go back to the page it was chosen on."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    look = request.POST.get("look", "")
    if look in LOOKS:
        response.set_cookie(
            settings.LOOK_COOKIE_NAME, look, max_age=YEAR_IN_SECONDS, httponly=True, samesite="Lax",
            secure=request.is_secure() or settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
    return response
