"""Pages that are worked out once and shown many times: kept in memory, by everything they depend on, never on disk."""

from __future__ import annotations

import zlib
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from secrets import token_hex
from threading import Lock
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language

from gameplan.web.look import chosen_look

MOST_BYTES = 16 * 1024 * 1024
"""A page of a child has about 100 KB, packed a tenth or a quarter of it: those that the people of some schools look at
on one day. Each process that answers holds so much besides."""
QUICKLY = 1
"""How hard a page is packed: 0.7 ms for 100 KB, and 0.1 ms to unpack it."""

TOKEN_PLACE = token_hex(32)
"""Stands in a kept page where the token of a form goes: it is filled for each reader."""

_pages: OrderedDict[Hashable, tuple[Hashable, bytes]] = OrderedDict()
_lock = Lock()
_held = 0


def kept_page(place: Hashable, key: Hashable, make: Callable[[], str]) -> bytes:
    """The page at this place in UTF-8, made now if it is not kept under this key.

    Place and key together must hold all that the page depends on. A page under another key takes the place of the one
    before, which nobody asks for again: where much is written, memory grows with the readers and not with the changes.
    Only the pages that were looked at last stay; a restart forgets them all.
    """
    global _held
    with _lock:
        found = _pages.get(place)
        if found is not None and found[0] == key:
            _pages.move_to_end(place)
            return zlib.decompress(found[1])
    made = make().encode()
    packed = zlib.compress(made, QUICKLY)
    with _lock:
        _held += len(packed) - len(_pages.pop(place, (key, b""))[1])
        _pages[place] = key, packed
        while _held > MOST_BYTES and len(_pages) > 1:
            _held -= len(_pages.popitem(last=False)[1][1])
    return made


def kept_answer(
    request: HttpRequest, template: str, context: Callable[[], Mapping[str, Any]], *, reader: str, key: Hashable
) -> HttpResponse:
    """The page of a template, kept where no message is to be shown with it. What it asks for is asked once a key.

    The key holds all that the page depends on but for the reader, its address, language and look. Call it with what
    the door has let in: a kept page asks nobody whether it may be seen.
    """
    if get_messages(request):
        return render(request, template, {**context()})
    place = (template, request.get_full_path(), get_language(), chosen_look(request), reader)

    def make() -> str:
        return render_to_string(template, {**context(), "csrf_token": TOKEN_PLACE}, request=request)

    return HttpResponse(kept_page(place, key, make).replace(TOKEN_PLACE.encode(), get_token(request).encode()))


def forget_pages() -> None:
    """Forget every kept page."""
    global _held
    with _lock:
        _pages.clear()
        _held = 0
