"""The sentences of the form in English and Spanish, read from `wording.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

ROOM = Path(__file__).parent


@cache
def _sentences() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((ROOM / "wording.toml").read_text(encoding="utf-8"))


def says(name: str, lang: str, /, **values: str) -> str:
    """The sentence of that name in a language (`en` or `es`), its places filled in. Raises KeyError for neither."""
    return _sentences()[name][lang].format(**values)
