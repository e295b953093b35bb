"""The worked examples that stand beside the consent form: what is asked, and the form it makes, word for word.

After a change of words, look at the difference that `python -m tests.consents.golden_forms` makes, line by line.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from gameplan.letters.consent_form import Asked, Item, Said, answer_text, compose_form
from gameplan.letters.consent_form import kinds as here
from gameplan.letters.phrases import LANGUAGES
from gameplan.tongues import tongue

FOLDER = Path(here.__file__).parent / "examples"
SAID = Said({"i1": "yes", "i2": "no"}, "Please call me\nfirst.")


@dataclass(frozen=True)
class Example:
    """One example of a form in one language."""

    name: str
    lang: str
    asked: Asked
    golden: Path

    def text(self) -> str:
        form = compose_form(self.asked, tongue(self.lang))
        return answer_text(form.plain(), self.asked.items, SAID, self.lang)

    def __str__(self) -> str:
        return f"{self.name}-{self.lang}"


def read_example(path: Path, lang: str) -> Example:
    told: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))["asked"]
    words: dict[str, dict[str, Any]] = {one: told.pop(one, {}) for one in LANGUAGES}
    told |= words[lang]
    lists: dict[str, Any] = {name: tuple(told[name]) for name in ("records", "recipients") if name in told}
    items = tuple(Item(**one) for one in told.get("items", ()))
    more: dict[str, Any] = {"day": date.fromisoformat(told["day"]), "items": items, "lang": lang, **lists}
    return Example(path.stem, lang, Asked(**(told | more)), path.with_suffix(f".{lang}.txt"))


EXAMPLES = tuple(read_example(path, lang) for path in sorted(FOLDER.glob("*.toml")) for lang in LANGUAGES)


if __name__ == "__main__":
    for example in EXAMPLES:
        example.golden.write_text(example.text(), encoding="utf-8")
        print(example)
