"""The letters that belong to what a page shows: to a duty that is late, to something that the family may do."""

from __future__ import annotations

from django import template

from gameplan.core.standing import Duty, OptionView
from gameplan.letters import letters_of_duty, letters_of_option
from gameplan.web.letter_help import named

register = template.Library()


@register.filter
def asking_letters(duty: Duty) -> list[tuple[str, str]]:
    """The id and the name of each letter that asks after a duty of the school that is late."""
    return list(named(letters_of_duty(duty)))


@register.filter
def its_letters(option: OptionView) -> list[tuple[str, str]]:
    """The id and the name of each letter with which a family does this."""
    return list(named(letters_of_option(option)))
