"""Passwords made of the words that everybody here would try first."""

from __future__ import annotations

import re
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

WORDS: Final = (
    "gameplan", "special", "education", "educacion", "iep", "504", "idea", "ard", "parent",
    "padres", "family", "familia", "school", "escuela", "teacher", "maestra", "maestro", "district", "distrito",
    "student", "welcome", "bienvenido", "password", "contrasena", "letmein", "changeme", "admin", "qwerty", "asdf",
    "spring", "summer", "autumn", "winter",
)  # fmt: skip
"""The documented list (docs/security.md, 6.1.2)."""
LEAST_LEFT: Final = 6
"""So many letters must be left of a password when these words, figures and signs are taken out."""
_KNOWN: Final = re.compile("|".join(sorted(WORDS, key=len, reverse=True)))
_NO_LETTER: Final = re.compile(r"[\W\d_]+")


class WordsOfTheHouseValidator:
    """Refuses a password that is little else than words of schools, of this program, and figures."""

    def validate(self, password: str, user: object = None) -> None:
        """Raises ValidationError if too little is left without these words."""
        left = _NO_LETTER.sub("", _KNOWN.sub("", password.casefold()))
        if _KNOWN.search(password.casefold()) and len(left) < LEAST_LEFT:
            raise ValidationError(self.get_help_text(), code="words_of_the_house")

    def get_help_text(self) -> str:
        """What a password should be."""
        return _("Words like “school” and a number are guessed first. Use a few words that do not belong together.")
