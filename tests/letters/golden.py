"""The worked examples that stand beside each letter: values, and the letter they make, word for word.

After a change of words, look at the difference that `python -m tests.letters.golden` makes, line by line.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gameplan.letters import Letter, compose, kinds
from gameplan.letters.folders import folder_of
from gameplan.letters.phrases import LANGUAGES


@dataclass(frozen=True)
class Example:
    """One example of one letter in one language."""

    kind: str
    name: str
    lang: str
    values: dict[str, str]
    golden: Path

    def letter(self) -> Letter:
        return compose(self.kind, self.lang, self.values)

    def __str__(self) -> str:
        return f"{self.kind}-{self.name}-{self.lang}"


def examples() -> Iterator[Example]:
    """Every example of every letter in every language."""
    for kind in kinds():
        for path in sorted((folder_of(kind) / "examples").glob("*.toml")):
            told = tomllib.loads(path.read_text(encoding="utf-8"))
            for lang in LANGUAGES:
                values = told["values"] | told.get(lang, {})
                yield Example(kind, path.stem, lang, values, path.with_suffix(f".{lang}.txt"))


EXAMPLES = tuple(examples())


if __name__ == "__main__":
    for example in EXAMPLES:
        example.golden.write_text(example.letter().plain(), encoding="utf-8")
        print(example)
