"""An answer to a question in everyday words: what it is about, the one thing to do next, and what that rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gameplan.core.entries import Law
from gameplan.core.words import Tongue
from gameplan.guide.glossary import term
from gameplan.guide.numbers import Number, length_of, number_of
from gameplan.guide.pages import Page, page, pages, pages_of_clock
from gameplan.guide.searching import LETTER, PAGE, RULE, TERM, Hit, index_for
from gameplan.guide.shown import letters_for
from gameplan.guide.stems import STOP, split
from gameplan.letters import kind_of

# A text that fits much worse than the best one only distracts.
_LEAST_SHARE = 0.35
_ASKED_FOR = 30


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. `kind` is step, topic or role for a page, else letter, rule or term; `id` is that of the thing.

    `next` is what to do next in one sentence. `page` is the page to read ("" if there is none), `letters` the letters
    that may be written, `cite` the citations, `numbers` the State's numbers. `practice`: advice stands on the page too.
    """

    kind: str
    id: str
    title: str
    next: str
    page: str = ""
    letters: tuple[str, ...] = ()
    cite: tuple[str, ...] = ()
    numbers: tuple[Number, ...] = ()
    practice: bool = False


def ask(question: str, law: Law, tongue: Tongue, *, on: date, most: int = 5) -> tuple[Answer, ...]:
    """The best answers to a question, at most so many, the best first; none if nothing fits.

    `law` is that of the State (`law_for(None)` if none was said), `tongue` the language of question and answer.
    """
    hits = index_for(law.state, tongue).search(question, _ASKED_FOR)
    found: dict[str, Answer] = {}
    for hit in hits:
        if hit.score < hits[0].score * _LEAST_SHARE or len(found) == most:
            break
        for answer in _answers(hit, law, tongue, on):
            covered = answer.page and any(answer.page == other.page for other in found.values())
            if not covered or hit.kind == PAGE:
                found.setdefault(f"{answer.kind} {answer.id}", answer)
    return tuple(found.values())


def guess_language(question: str, languages: tuple[str, ...] = ("en", "es")) -> str:
    """The language a question is most likely asked in, by its small words; the first of `languages` in doubt."""
    words = split(question)
    spanish_letters = any(letter in question.casefold() for letter in "ñ¿¡áéíóú")
    counts = {lang: sum(word in STOP[lang] for word in words) + (lang == "es") * spanish_letters for lang in languages}
    return max(languages, key=lambda lang: counts[lang])


def answer_json(answer: Answer) -> dict[str, object]:
    """The answer as plain data."""
    return {
        "kind": answer.kind, "id": answer.id, "title": answer.title, "next": answer.next, "page": answer.page,
        "letters": list(answer.letters), "cite": list(answer.cite), "practice": answer.practice,
        "numbers": [
            {"clock": one.clock, "name": one.name, "text": one.text, "cite": list(one.cite), "place": one.place,
             "confidence": one.confidence}
            for one in answer.numbers
        ],
    }  # fmt: skip


def _answers(hit: Hit, law: Law, tongue: Tongue, on: date) -> Iterator[Answer]:
    if hit.kind == PAGE:
        yield _of_page(page(hit.id, tongue.lang), law, tongue, on)
    elif hit.kind == LETTER:
        yield _of_letter(hit.id, tongue.lang)
    elif hit.kind == RULE:
        yield from _of_rule(hit.id, law, tongue, on)
    elif hit.kind == TERM:
        word = term(hit.id, tongue.lang)
        title = f"{word.short}: {word.long}" if word.long else word.short
        yield Answer(TERM, word.id, title, word.means, word.page)


def _of_page(one: Page, law: Law, tongue: Tongue, on: date) -> Answer:
    numbers = tuple(found for clock in one.clocks if (found := number_of(clock, law, tongue, on=on)).counts)
    return Answer(one.kind, one.id, one.title, one.next, one.id, letters_for(one), one.cite, numbers, one.practice)


def _of_letter(letter: str, lang: str) -> Answer:
    kind = kind_of(letter, lang)
    about = next((one for one in _pages_with(letter, lang)), "")
    return Answer(LETTER, letter, kind.name, kind.about, about, (letter,), tuple(cite.text for cite in kind.cites))


def _pages_with(letter: str, lang: str) -> Iterator[str]:
    return (one.id for one in pages(lang) if letter in letters_for(one))


def _of_rule(clock_id: str, law: Law, tongue: Tongue, on: date) -> Iterator[Answer]:
    clocks = [one for one in law.by_id.get(clock_id, ()) if one.in_force.covers(on) and not one.not_yet]
    for clock in clocks[:1]:
        about = next((one.id for one in pages_of_clock(clock.base or clock.id, tongue.lang)), "")
        text = length_of(clock, tongue)
        number = Number(
            clock.id, tongue.text(clock.name), text, clock.cite, clock.pack, clock.confidence, clock.length is not None
        )
        yield Answer(RULE, clock.id, number.name, tongue.text(clock.plain), about, (), clock.cite, (number,))
