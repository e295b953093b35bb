"""How many pages stay in memory: one for each place and reader, packed."""

from __future__ import annotations

from unittest.mock import patch

from gameplan.web import kept_pages


def test_a_page_that_was_made_anew_takes_the_place_of_the_old_one() -> None:
    def page(place: str, key: int, letters: int) -> bytes:
        return kept_pages.kept_page(place, key, lambda: f"{key}" * letters)

    kept_pages.forget_pages()
    for key in (1, 2, 3):
        assert page("list", key, 10) == f"{key}".encode() * 10
    assert page("list", 3, 99) == b"3" * 10, "it is kept"
    page("month", 1, 5)
    assert len(kept_pages._pages) == 2
    with patch.object(kept_pages, "MOST_BYTES", kept_pages._held - 1):
        page("list", 4, 10)
    assert [*kept_pages._pages] == ["list"], "what was looked at last stays"
    kept_pages.forget_pages()
    assert kept_pages._held == 0
    page("year", 1, 100_000)
    assert kept_pages._held < 1_000, "a page lies there packed"
    assert page("year", 1, 0) == b"1" * 100_000
    kept_pages.forget_pages()
