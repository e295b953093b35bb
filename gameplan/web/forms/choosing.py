"""A list to choose from that may be long: it is written at once, and not by a template for each of its lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

OPTION = '\n  <option value="{}"{}>{}</option>'
CHOSEN = SafeString(" selected")


class LongSelect(forms.Select):
    """Django's own list, with the same HTML. One choice at most is chosen, and an option has no attributes."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The select element."""
        chosen = "" if value is None else str(value)
        about = {"name": name, **self.build_attrs(self.attrs, attrs)}
        return format_html("<select{}>{}\n</select>", flatatt(about), _joined(_lines(self.choices, chosen)))


def _lines(choices: Iterable[Any], chosen: str) -> Iterator[SafeString]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield format_html('\n  <optgroup label="{}">{}\n  </optgroup>', value, _joined(_lines(label, chosen)))
        else:
            said = "" if value is None else str(value)
            yield format_html(OPTION, said, CHOSEN if said == chosen else "", label)


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308 - each part was escaped where it was made
