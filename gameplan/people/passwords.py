"""Passwords that are tried first: the usual ones, those made of words from here, and those stolen elsewhere."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from gameplan.people.breached import NotTheList, is_breached
from gameplan.people.models import Organisation, User

WORDS: Final = (
    "gameplan", "special", "education", "educacion", "iep", "504", "idea", "ard", "parent",
    "padres", "family", "familia", "school", "escuela", "teacher", "maestra", "maestro", "district", "distrito",
    "student", "welcome", "bienvenido", "password", "contrasena", "letmein", "changeme", "admin", "qwerty", "asdf",
    "spring", "summer", "autumn", "winter",
)  # fmt: skip
"""The documented list (docs/asvs.md, 6.1.2)."""
LEAST_LEFT: Final = 6
"""So many letters must be left of a password when these words, figures and signs are taken out."""
LEAST_OF_A_NAME: Final = 3
"""A shorter part of somebody's name, address or place stands in too many words."""
LEAST_OF_A_USUAL_ONE: Final = 4
_NO_LETTER: Final = re.compile(r"[\W\d_]+")
log = logging.getLogger("gameplan.account")


class WordsOfTheHouseValidator:
    """Refuses a password that is little else than words of schools, of this program, of this place, and figures.

    Words of the person, their address, the places where they work or are invited to, and the name of this host count.
    """

    def validate(self, password: str, user: User | None = None) -> None:
        """Raises ValidationError if too little is left without these words."""
        words = {*WORDS, *(words_around(user) if user else ()), *_words_in(_host())}
        known = re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))
        typed = password.casefold()
        if known.search(typed) and len(_NO_LETTER.sub("", known.sub("", typed))) < LEAST_LEFT:
            raise ValidationError(self.get_help_text(), code="words_of_the_house")

    def get_help_text(self) -> str:
        """What a password should be."""
        return _("Words like “school” and a number are guessed first. Use a few words that do not belong together.")


class UsualPasswordValidator(CommonPasswordValidator):
    """Refuses what is usual everywhere (Django's list), also made longer by figures, signs, or by saying it again."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raises ValidationError."""
        super().validate(password, user)
        typed = password.casefold().strip()
        cores = {_once(core) for core in (typed, _without_signs(typed), _without_signs(typed, figures=True))}
        if any(len(core) >= LEAST_OF_A_USUAL_ONE and core in self.passwords for core in cores):
            what = _("This is a password that many people use, made a little longer. It is guessed first.")
            raise ValidationError(what, code="password_too_common")


class BreachedPasswordValidator:
    """Refuses a password that was stolen elsewhere, where whoever runs this has the list (`breached`).

    While the list cannot be read no new password is taken: nobody is told that a password is good which nobody
    looked up.
    """

    def validate(self, password: str, user: User | None = None) -> None:
        """Raises ValidationError."""
        try:
            found = is_stolen(password)
        except (NotTheList, OSError) as wrong:
            log.error("GAMEPLAN_BREACHED_PASSWORDS cannot be used, so no new password is taken: %s", wrong)
            what = _("Passwords cannot be checked just now. Try again later, or tell whoever runs this program.")
            raise ValidationError(what, code="cannot_check") from wrong
        if found:
            raise ValidationError(self.get_help_text(), code="password_breached")

    def get_help_text(self) -> str:
        """What is wrong with it."""
        return _(
            "This password is on a list of stolen ones, which are tried first. Choose another one. "
            "If you use it elsewhere, change it there, too."
        )


def is_stolen(password: str) -> bool:
    """True if the password stands on the list of this installation; False where it has none.

    Raises NotTheList or OSError if the list cannot be used.
    """
    kept: str = settings.GAMEPLAN_BREACHED_PASSWORDS
    return bool(kept) and is_breached(password, Path(kept))


def words_around(user: User) -> set[str]:
    """The words of somebody's name and address, and of the places where they work or are invited to."""
    about = Q(posts__user=user.pk) | Q(invitations__email=user.email, invitations__used_at__isnull=True)
    places = Organisation.objects.filter(about).select_related("parent__parent").distinct()
    names = [one.name for place in places for one in (place, place.parent, place.parent and place.parent.parent) if one]
    return {word for text in (user.name, user.email, *names) for word in _words_in(text)}


def _words_in(text: str) -> Iterator[str]:
    """The parts of a name that are long enough to count, in small letters."""
    return (word for word in _NO_LETTER.split(text.casefold()) if len(word) >= LEAST_OF_A_NAME)


def _host() -> str:
    """The name of this host without the last part, which is no word: `plans.lakeside` of plans.lakeside.example."""
    return (urlsplit(settings.GAMEPLAN_ADDRESS).hostname or "").rpartition(".")[0]


def _without_signs(typed: str, *, figures: bool = False) -> str:
    """What is left when signs, or signs and figures, are taken off both ends."""
    kept = re.search(r"[^\W\d_](.*[^\W\d_])?" if figures else r"[^\W_](.*[^\W_])?", typed, re.DOTALL)
    return kept[0] if kept else ""


def _once(core: str) -> str:
    """A word that is said again and again, once."""
    return core[: (core + core).find(core, 1)] if core else ""
