"""Pages that are worked out once and shown many times: kept in memory, by everything they depend on, never on disk."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from django.utils.safestring import SafeString

MOST = 64

_pages: OrderedDict[Hashable, SafeString] = OrderedDict()
_lock = Lock()


def kept_page(key: Hashable, make: Callable[[], SafeString]) -> SafeString:
    """The page under this key, made now if it is not kept. The key must hold all that the page depends on.

    Only the newest pages stay; a restart forgets them all.
    """
    with _lock:
        found = _pages.get(key)
        if found is not None:
            _pages.move_to_end(key)
            return found
    made = make()
    with _lock:
        _pages[key] = made
        while len(_pages) > MOST:
            _pages.popitem(last=False)
    return made


def forget_pages() -> None:
    """Forget every kept page."""
    with _lock:
        _pages.clear()
