"""Reminders: what is coming, when mails come, what was sent, and the private calendar. Where people sign in only."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gameplan.cases.people import person_of
from gameplan.cases.today import today
from gameplan.people.doors import accounts_of
from gameplan.people.models import User
from gameplan.watch.feeds import end_feeds, feed_by, feed_ics, feed_of, make_feed
from gameplan.watch.mails import A_CHILD, line_of
from gameplan.watch.reminding import LONGEST_AHEAD, families_of
from gameplan.watch.stopping import stop, wish_by
from gameplan.watch.wishes import SET, messages_to, set_wish, wish_of
from gameplan.web.downloads import download
from gameplan.web.forms.reminders import FeedForm, WishForm
from gameplan.web.templatetags.look import page_tongue

ONE_CLICK = ("List-Unsubscribe", "One-Click")


@never_cache
@require_http_methods(["GET", "POST"])
def reminders(request: HttpRequest) -> HttpResponse:
    """What is coming, and when mails come; a POST keeps the wishes."""
    user, on = _user(request), today()
    if request.method != "POST":
        wish = wish_of(user, on)
        return _page(request, user, WishForm(initial={name: getattr(wish, name) for name in SET}))
    form = WishForm(request.POST)
    if not form.is_valid():
        return _page(request, user, form, status=422)
    set_wish(user, on, form.cleaned_data)
    messages.success(request, _("Kept. From now on mails come as you said."))
    return redirect("web:reminders")


@never_cache
@require_POST
def calendar_address(request: HttpRequest) -> HttpResponse:
    """Make a new private address, which is shown this once, or end the one that is there."""
    user = _user(request)
    if "end" in request.POST:
        end_feeds(user)
        messages.success(request, _("Ended. The old address shows nothing any more."))
        return redirect("web:reminders")
    form = FeedForm(request.POST)
    wishes = WishForm(initial={name: getattr(wish_of(user, today()), name) for name in SET})
    if not form.is_valid():
        return _page(request, user, wishes, feed_form=form, status=422)
    token = make_feed(user, label=form.cleaned_data["label"], lang=page_tongue().lang)
    address = request.build_absolute_uri(reverse("web:feed", args=[token]))
    return _page(request, user, wishes, address=address)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def stop_reminders(request: HttpRequest, token: str) -> HttpResponseBase:
    """End the mails of the person of a link, without signing in. A GET only asks: mail programs look at links.

    A mail program's own button posts `List-Unsubscribe=One-Click` (RFC 8058), which has no token of a page.
    """
    if request.method == "POST" and request.POST.get(ONE_CLICK[0]) == ONE_CLICK[1]:
        _shared_only()
        stop(wish_by(token))
        return HttpResponse(_("Done."), content_type="text/plain; charset=utf-8")
    return _stop_page(request, token)


@csrf_protect
def _stop_page(request: HttpRequest, token: str) -> HttpResponse:
    _shared_only()
    wish = wish_by(token)
    if request.method == "POST":
        stop(wish)
    response = render(request, "pages/reminders/stop.html", {"stopped": wish.how == wish.How.OFF})
    response["X-Robots-Tag"] = "noindex"
    return response


@never_cache
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The private calendar of this secret address."""
    _shared_only()
    response = download(feed_ics(feed_by(token), today()), "text/calendar; charset=utf-8", "gameplan.ics", inline=True)
    response["X-Robots-Tag"] = "noindex"
    return response


def _shared_only() -> None:
    """Raises Http404 at home, where nobody has an account and nothing is sent."""
    if not settings.GAMEPLAN_SHARED:
        raise Http404("There are no reminders at home.")


def _user(request: HttpRequest) -> User:
    """Who is signed in. Raises Http404 at home, and PermissionDenied if nobody is."""
    _shared_only()
    key = UUID(person_of(request).id)
    return accounts_of([key])[key]


def _page(
    request: HttpRequest,
    user: User,
    form: WishForm,
    *,
    feed_form: FeedForm | None = None,
    address: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form, "coming": _coming(user), "sent": messages_to(user), "feed": feed_of(user), "address": address,
        "feed_form": feed_form or FeedForm(), "email": user.email,
    }  # fmt: skip
    return render(request, "pages/reminders/reminders.html", context, status=status)


def _coming(user: User) -> list[dict[str, Any]]:
    """The next days of each case, in words: from the stored dates, nothing is worked out here."""
    on, words = today(), page_tongue()
    until = on + timedelta(days=LONGEST_AHEAD)
    return [
        {
            "case": one.held.case,
            "child": one.held.child or words.say(A_CHILD),
            "dues": [(due.status, line_of(due, words)) for due in near],
        }
        for one in families_of(user, on)
        if (near := [due for due in one.dues if due.status == "late" or due.next_on <= until])
    ]


urlpatterns = [
    path("reminders/", reminders, name="reminders"),
    path("reminders/calendar/", calendar_address, name="calendar-address"),
    path("reminders/stop/<str:token>/", stop_reminders, name="stop-reminders"),
    path("feed/<str:token>.ics", feed, name="feed"),
]
