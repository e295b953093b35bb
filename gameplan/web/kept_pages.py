"""Pages that are worked out once and shown many times: kept in memory, by everything they depend on, never on disk."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

MOST_BYTES = 64 * 1024 * 1024
"""A page of a child has about 100 KB: those that the people of a school look at on one day."""

_pages: OrderedDict[Hashable, bytes] = OrderedDict()
_lock = Lock()
_held = 0


def kept_page(key: Hashable, make: Callable[[], str]) -> bytes:
    """The page under this key in UTF-8, made now if it is not kept. The key must hold all that the page depends on.

    Only the pages that were looked at last stay; a restart forgets them all.
    """
    global _held
    with _lock:
        found = _pages.get(key)
        if found is not None:
            _pages.move_to_end(key)
            return found
    made = make().encode()
    with _lock:
        _held += len(made) - len(_pages.pop(key, b""))
        _pages[key] = made
        while _held > MOST_BYTES and len(_pages) > 1:
            _held -= len(_pages.popitem(last=False)[1])
    return made


def forget_pages() -> None:
    """Forget every kept page."""
    global _held
    with _lock:
        _pages.clear()
        _held = 0
