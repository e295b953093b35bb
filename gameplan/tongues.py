"""English and Spanish from one catalogue, `locale/<language>/LC_MESSAGES/django.po`.

Django reads the same catalogue for its pages. This door is for everything that is not a page: papers, the
command line, calendar files, and the sentences that the engine says.
"""

from __future__ import annotations

import gettext
from datetime import date
from functools import cache, lru_cache, partial
from pathlib import Path

from babel.dates import format_date

from gameplan.core.words import ENGLISH, Tongue

LANGUAGES = {"en": "English", "es": "Español"}
LOCALE = Path(__file__).resolve().parent / "locale"


class NoSuchTongue(LookupError):
    """A language was asked for that gameplan does not speak. The message lists the ones that it does."""

    def __init__(self, lang: str) -> None:
        spoken = ", ".join(f"{code} ({name})" for code, name in LANGUAGES.items())
        super().__init__(f"gameplan does not speak {lang!r} yet. Choose one of: {spoken}.")


class CatalogueNotMade(RuntimeError):
    """The translations of a language were not compiled. The message says how to do it."""

    def __init__(self, lang: str) -> None:
        super().__init__(f"The translations for {lang!r} are not compiled yet. Run: make setup")


def tongue(lang: str) -> Tongue:
    """The language by its code, `en` or `es`; a code with a region (`es-MX`) gives the language.

    Raises NoSuchTongue for any other code, and CatalogueNotMade if its catalogue was not compiled.
    """
    code = lang.replace("_", "-").partition("-")[0].lower()
    if code not in LANGUAGES:
        raise NoSuchTongue(lang)
    return ENGLISH if code == ENGLISH.lang else _translated(code)


@cache
def _translated(code: str) -> Tongue:
    try:
        catalogue = gettext.translation("django", localedir=LOCALE, languages=[code])
    except FileNotFoundError as missing:
        raise CatalogueNotMade(code) from missing
    return Tongue(code, catalogue.gettext, partial(_long_date, locale=code))


@lru_cache(maxsize=4096)
def _long_date(day: date, *, locale: str) -> str:
    return format_date(day, format="long", locale=locale)
