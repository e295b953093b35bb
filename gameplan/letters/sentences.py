"""Sentences in English and Spanish that stand in a file of their own, each by its name."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

Says = Callable[..., str]


def sentences(file: Path) -> Says:
    """`says(name, lang, **values)` for a TOML file with a table for each name, `en` and `es` in it.

    The file is read when the first sentence is asked for. `says` raises KeyError for an unknown name or language.
    """

    @cache
    def read() -> Mapping[str, Mapping[str, str]]:
        return tomllib.loads(file.read_text(encoding="utf-8"))

    def says(name: str, lang: str, /, **values: str) -> str:
        return read()[name][lang].format(**values)

    return says
