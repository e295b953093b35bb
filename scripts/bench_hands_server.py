"""The server where people sign in, on a database of `bench_hands_data`, with a bare view beside its own pages.

    python -m scripts.bench_hands_server SEED PEOPLE

It runs until it is stopped. On standard output it writes who comes in and with which pages (one line of JSON, see
`Visitor`), then what the server says. GAMEPLAN_DATA and DATABASE_URL choose the database, as always.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any, Final
from uuid import UUID

import django
from django.http import HttpRequest, HttpResponse

PAGES: Final = 25
"""So many children are looked at by one person, one after the other."""
SHARES: Final = (("iep-manager", 0.5), ("parent", 0.3), ("district-director", 0.2))


def bare(_request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The least that a page of a child can do: one query by the key, and a word."""
    from gameplan.cases.models import Case

    return HttpResponse(Case.objects.values_list("child_name", flat=True).get(pk=case_id))


def put_bare_view() -> None:
    """Lets the server answer for the bare view, through the same middleware as for its own pages."""
    from django.urls import path

    from gameplan.config import urls

    urls.urlpatterns.insert(0, path("bench-bare/<uuid:case_id>/", bare))


def visitors(seed: int, number: int) -> Iterator[dict[str, Any]]:
    """So many people of all roles, chosen by the seed: the cookie of each, their role, and their children."""
    rng = Random(seed)  # noqa: S311 - chosen, not secret
    for role, share in SHARES:
        for key in chosen(role, round(number * share), rng):
            yield {"role": role, "cookies": signed_in(key), "cases": children_of(key, rng)}


def chosen(role: str, number: int, rng: Random) -> list[UUID]:
    """So many people of that role by lot; some of them twice if there are not enough."""
    from gameplan.cases.models import Member
    from gameplan.people.models import Post

    if role == "parent":
        places = [rng.randrange(Member.objects.filter(role="parent").count()) for _one in range(number)]
        found = Member.objects.filter(role="parent").order_by("pk").values_list("person", flat=True)
        return [UUID(found[place]) for place in places]
    keys = list(Post.objects.filter(role=role).order_by("pk").values_list("user_id", flat=True))
    return [rng.choice(keys) for _one in range(number)] if len(keys) < number else rng.sample(keys, number)


def children_of(key: UUID, rng: Random) -> list[str]:
    """Ids of some children of that person, by lot."""
    from gameplan.cases.doors import cases_of
    from gameplan.cases.people import person_of_user
    from gameplan.people.models import User

    found = list(cases_of(person_of_user(User.objects.get(pk=key))).order_by("pk").values_list("pk", flat=True))
    return [str(one) for one in rng.sample(found, min(PAGES, len(found)))]


def signed_in(key: UUID) -> str:
    """The cookie of somebody who has signed in, from Django's own session store; staff have their second factor."""
    from allauth.mfa.models import Authenticator
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from gameplan.cases.people import person_of_user, works_here
    from gameplan.people.models import User

    user = User.objects.get(pk=key)
    if works_here(person_of_user(user)):
        Authenticator.objects.get_or_create(user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "-"}})
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return f"{settings.SESSION_COOKIE_NAME}={store.session_key}"


def main(seed: int, people: int) -> None:
    """Says who comes in, and serves."""
    from gameplan.config.serve import free_port, prepare
    from gameplan.config.serve_shared import serve_shared

    folder = prepare(Path(os.environ["GAMEPLAN_DATA"]))
    django.setup()
    put_bare_view()
    sys.stdout.write(json.dumps([*visitors(seed, people)]) + "\n")
    serve_shared(folder, host="127.0.0.1", port=free_port(0))


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "gameplan.config.settings"
    main(int(sys.argv[1]), int(sys.argv[2]))
