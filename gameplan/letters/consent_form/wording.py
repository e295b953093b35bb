"""The sentences of the form in English and Spanish, read from `wording.toml`."""

from __future__ import annotations

from pathlib import Path

from gameplan.letters.sentences import sentences

says = sentences(Path(__file__).parent / "wording.toml")
