"""The search: which page, letter, rule or word answers a question in everyday words. BM25 over a few hundred texts."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from gameplan.core.words import Tongue
from gameplan.guide.glossary import glossary
from gameplan.guide.meanings import MEANING, everyday_words, tokens
from gameplan.guide.pages import Page, pages
from gameplan.guide.stems import near, split
from gameplan.guide.text import words_of
from gameplan.law import law_for
from gameplan.letters import kind_of, kinds

PAGE, LETTER, RULE, TERM = "page", "letter", "rule", "term"
# How fast a word that comes again loses weight, and how much a long text loses.
_FADES, _LENGTH = 2.5, 0.6
# Of two texts that fit alike, the page with its next step goes first.
_PULL: Mapping[str, float] = {PAGE: 1.0, LETTER: 0.8, RULE: 0.45, TERM: 0.6}
_WEIGHT = {"title": 4.0, "phrases": 3.0, "next": 1.5, "body": 1.0}
# A meaning says more than the word that carried it.
_WORD_BESIDE_MEANING = 0.4
_LONGEST_QUESTION = 400


@dataclass(frozen=True, slots=True)
class Document:
    """One text that can be found: what it is, its id, and how often it says what, weighted."""

    kind: str
    id: str
    counts: Mapping[str, float]
    length: float


@dataclass(frozen=True, slots=True)
class Hit:
    """One text that was found, and how well it fits; a higher score fits better."""

    kind: str
    id: str
    score: float


class Index:
    """The texts of one language and State, ready to be searched."""

    def __init__(self, documents: Iterable[Document], lang: str, known: Mapping[str, int]) -> None:
        self.lang = lang
        self._documents = tuple(documents)
        self._known = dict.fromkeys(everyday_words(lang), 1) | dict(known)
        self._where: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, document in enumerate(self._documents):
            for token, count in document.counts.items():
                self._where[token].append((number, count))
        total = sum(document.length for document in self._documents)
        self._usual = total / max(len(self._documents), 1) or 1.0

    def search(self, question: str, most: int = 10) -> list[Hit]:
        """The texts that fit a question, the best first; none if no word of it stands anywhere."""
        scores: dict[int, float] = defaultdict(float)
        for token, weight in self._asked(question).items():
            places = self._where.get(token, ())
            rare = math.log(1 + (len(self._documents) - len(places) + 0.5) / (len(places) + 0.5))
            for number, count in places:
                scores[number] += weight * rare * self._fits(count, self._documents[number])
        found = [
            Hit(self._documents[number].kind, self._documents[number].id, score * _PULL[self._documents[number].kind])
            for number, score in scores.items()
        ]
        return sorted(found, key=lambda hit: (-hit.score, hit.kind, hit.id))[:most]

    def _fits(self, count: float, document: Document) -> float:
        damped = _FADES * (1 - _LENGTH + _LENGTH * document.length / self._usual)
        return count * (_FADES + 1) / (count + damped)

    def _asked(self, question: str) -> dict[str, float]:
        words = [self._mended(word) for word in split(question[:_LONGEST_QUESTION])]
        found = Counter(tokens(words, self.lang))
        has_meaning = any(token.startswith(MEANING) for token in found)
        return {
            token: (1.0 if token.startswith(MEANING) or not has_meaning else _WORD_BESIDE_MEANING) * min(count, 2)
            for token, count in found.items()
        }

    def _mended(self, word: str) -> str:
        return word if word in self._known else near(word, self._known) or word


def _document(kind: str, name: str, parts: Mapping[str, Iterable[str]], lang: str) -> tuple[Document, Counter[str]]:
    counts: dict[str, float] = defaultdict(float)
    known: Counter[str] = Counter()
    for part, texts in parts.items():
        for text in texts:
            words = split(text)
            known.update(words)
            for token in tokens(words, lang):
                counts[token] += _WEIGHT[part]
    return Document(kind, name, counts, math.sqrt(sum(counts.values()))), known


def _page_parts(one: Page) -> dict[str, Iterable[str]]:
    body = [words_of(line, number="") for block in one.blocks for line in block.every_line]
    return {"title": [one.title], "phrases": one.phrases, "next": [one.next], "body": [*body, *one.questions]}


def _shared_parts(lang: str) -> Iterator[tuple[str, str, dict[str, Iterable[str]]]]:
    for one in pages(lang):
        yield PAGE, one.id, _page_parts(one)
    for term in glossary(lang):
        yield TERM, term.id, {"title": [term.short, term.long], "body": [term.means]}
    for letter in kinds():
        kind = kind_of(letter, lang)
        if "parent" in kind.signed_by:
            use = [kind.use.when, kind.use.then] if kind.use else []
            yield LETTER, letter, {"title": [kind.name], "next": [kind.about], "body": use}


@cache
def _shared(lang: str) -> tuple[tuple[Document, Counter[str]], ...]:
    """What is the same in every State: pages, words of the field, letters."""
    return tuple(_document(kind, name, parts, lang) for kind, name, parts in _shared_parts(lang))


@lru_cache(maxsize=16)
def index_for(state: str | None, tongue: Tongue) -> Index:
    """The search over guide, glossary, letters and the rules of a State (federal rules alone for None).

    Raises KeyError for an unknown State.
    """
    clocks = {clock.id: clock for clock in reversed(law_for(state).clocks)}
    rules = (
        _document(RULE, one.id, {"title": [tongue.text(one.name)], "body": [tongue.text(one.plain)]}, tongue.lang)
        for one in clocks.values()
    )
    made = [*_shared(tongue.lang), *rules]
    known: Counter[str] = Counter()
    for _, found in made:
        known.update(found)
    return Index((one for one, _ in made), tongue.lang, known)
