"""The private link to one paper: first a page that says only that a paper waits; a button asks for the paper itself.

A program that looks at links in mails opens nothing: only a POST does. The page says nothing of the child or the school
before that. Where the recipient has an account, the link alone opens nothing.
"""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gameplan.cases.doors import case_for
from gameplan.cases.people import Person, is_known, person_of
from gameplan.cases.today import today
from gameplan.notices import opening
from gameplan.notices.opening import NotWhole, Waiting
from gameplan.notices.proofs import What
from gameplan.web.delivered import language_name
from gameplan.web.downloads import download

MOST_MISSES = 20
MISSES_LAST = 10 * 60
"""Wrong links from one address in ten minutes (seconds); a person with an old mail needs two or three."""


@never_cache
@require_http_methods(["GET", "POST"])
def private_paper(request: HttpRequest, token: str) -> HttpResponse:
    """A paper waits; a POST opens it, saves it, or confirms that the reader has it."""
    try:
        waits = opening.waiting(token, timezone.now())
    except Http404:
        return _no_link(request)
    person = person_of(request) if is_known(request) else None
    if not waits.is_for(person):
        return _sign_in(request, person)
    if request.method == "POST":
        return _opened(request, waits, person)
    return _page(request, "pages/notices/waiting.html", {"by_link": not waits.needs_account})


def _no_link(request: HttpRequest) -> HttpResponse:
    """No such link. Who tries many hears to wait; a right link still opens for others behind the same address."""
    if _misses(request) >= MOST_MISSES:
        return _page(request, "pages/notices/too_many.html", {}, 429)
    _count_miss(request)
    return _page(request, "pages/notices/no_link.html", {}, 404)


def _opened(request: HttpRequest, waits: Waiting, person: Person | None) -> HttpResponse:
    """The paper, or its PDF; each is written down. Signed in, it is the person who opened it, not only the link."""
    delivery, by_link = waits.delivery, not waits.needs_account
    if person and not by_link:
        delivery.case = case_for(person, delivery.case_id)
    by = delivery.case.reader
    try:
        paper = opening.paper_delivered(delivery, delivery.case)
    except NotWhole:
        return _page(request, "pages/notices/not_whole.html", {}, 409)
    leaf = opening.leaf_for(paper, delivery, request.POST.get("lang", ""))
    go = request.POST.get("go", "open")
    if go == "save":
        opening.write_down(delivery, What.DOWNLOADED, leaf, by=by, on=today(), by_link=by_link)
        return download(leaf.pdf(), "application/pdf", f"paper-{leaf.lang}.pdf")
    opening.write_down(delivery, What.OPENED, leaf, by=by, on=today(), by_link=by_link)
    if go == "confirm":
        opening.write_down(delivery, What.CONFIRMED, leaf, by=by, on=today(), by_link=by_link)
    context = {
        "leaf": leaf, "languages": [(one.lang, language_name(one.lang)) for one in paper.leaves],
        "confirmed": opening.is_confirmed(delivery), "by_link": by_link,
    }  # fmt: skip
    return _page(request, "pages/notices/private.html", context)


def _sign_in(request: HttpRequest, person: Person | None) -> HttpResponse:
    """The recipient has an account: sign in with it. Who is signed in as somebody else learns no more than that."""
    login = f"{reverse('account_login')}?{urlencode({'next': request.path})}"
    context = {"wrong_person": person is not None, "login": login}
    return _page(request, "pages/notices/sign_in_first.html", context, 403 if request.method == "POST" else 200)


def _page(request: HttpRequest, template: str, context: dict[str, object], status: int = 200) -> HttpResponse:
    response = render(request, template, context, status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _misses(request: HttpRequest) -> int:
    return int(cache.get(_key(request), 0))


def _count_miss(request: HttpRequest) -> None:
    if not cache.add(_key(request), 1, MISSES_LAST):
        try:
            cache.incr(_key(request))
        except ValueError:  # it ran out between the two
            cache.set(_key(request), 1, MISSES_LAST)


def _key(request: HttpRequest) -> str:
    return f"paper-misses-{get_adapter().get_client_ip(request)}"


urlpatterns = [path("paper/<str:token>/", private_paper, name="private-paper")]
