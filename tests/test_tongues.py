"""One door to the two languages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from gameplan import tongues
from gameplan.core.words import Say
from gameplan.tongues import CatalogueNotMade, NoSuchTongue, tongue

DAY = date(2025, 9, 3)


@pytest.fixture
def locale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder in place of the program's own translations."""
    monkeypatch.setattr(tongues, "LOCALE", tmp_path)
    tongues._translated.cache_clear()
    yield tmp_path
    tongues._translated.cache_clear()


@pytest.fixture
def small_catalogue(locale: Path) -> None:
    """A catalogue of one message."""
    words = Catalog(locale="es")
    words.add("Due on {day}.", "Vence el {day}.")
    made = locale / "es" / "LC_MESSAGES" / "django.mo"
    made.parent.mkdir(parents=True)
    with made.open("wb") as file:
        write_mo(file, words)


def test_english_is_the_message_itself() -> None:
    assert tongue("en").text("Any words at all") == "Any words at all"
    assert tongue("en").date(DAY) == "September 3, 2025"


def test_spanish_writes_its_own_dates() -> None:
    assert tongue("es").date(DAY) == "3 de septiembre de 2025"
    assert tongue("es").date(date(2025, 1, 1)) == "1 de enero de 2025"


@pytest.mark.usefixtures("small_catalogue")
def test_spanish_comes_from_the_catalogue_with_its_values() -> None:
    assert tongue("es").say(Say("Due on {day}.", {"day": DAY})) == "Vence el 3 de septiembre de 2025."


def test_words_that_are_not_in_the_catalogue_stay_english() -> None:
    assert tongue("es").text("Not a message of gameplan") == "Not a message of gameplan"


def test_no_message_is_no_words() -> None:
    assert tongue("es").text("") == ""


@pytest.mark.parametrize("code", ["es-MX", "es_US", "ES", "es"])
def test_a_region_gives_the_language(code: str) -> None:
    assert tongue(code) is tongue("es")


@pytest.mark.parametrize("code", ["", "fr", "../es", "english"])
def test_another_language_is_refused_by_name(code: str) -> None:
    with pytest.raises(NoSuchTongue, match="Español"):
        tongue(code)


@pytest.mark.usefixtures("locale")
def test_a_catalogue_that_was_not_compiled_says_what_to_do() -> None:
    with pytest.raises(CatalogueNotMade, match="make setup"):
        tongue("es")
