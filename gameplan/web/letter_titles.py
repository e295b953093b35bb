"""What a page calls each finished letter of a case, so that no two are called the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gameplan.papers.models import Letter
from gameplan.web.templatetags.look import page_tongue


def titled(letters: Iterable[Letter]) -> list[tuple[Letter, str]]:
    """Each letter with its title in the language of the page: its kind and the day on which it was finished.

    Letters of one kind and day are numbered as they were finished: "…, letter 2 of 3".
    """
    written = [(letter, _title(letter)) for letter in letters]
    several, so_far, found = Counter(title for _letter, title in written), Counter[str](), []
    for letter, title in written:
        so_far[title] += 1
        number = {"title": title, "number": so_far[title], "all": several[title]}
        found.append((letter, _("%(title)s, letter %(number)d of %(all)d") % number if several[title] > 1 else title))
    return found


def _title(letter: Letter) -> str:
    name = letter.name_in((get_language() or "en")[:2])
    return f"{name}, {page_tongue().date(letter.finished_on)}" if letter.finished_on else name
