"""A page as somebody reads it: its numbers filled in for a State, its links named, its words of the field marked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from gameplan.core.entries import Law
from gameplan.core.words import Tongue
from gameplan.guide.glossary import marked
from gameplan.guide.numbers import Number, number_of
from gameplan.guide.pages import Page, address_of, page
from gameplan.guide.text import HEADING, Block, Line, Run, with_lines
from gameplan.letters import kind_of, kinds
from gameplan.letters.offering import letters_of_way


@dataclass(frozen=True, slots=True)
class Shown:
    """A page ready to be drawn: blocks without empty places, the numbers of its rules, its letters and sources.

    `letters` and `see` are pairs of id and title; `sources` are pairs of citation and address ("" if none is known).
    """

    page: Page
    blocks: tuple[Block, ...]
    numbers: tuple[Number, ...]
    letters: tuple[tuple[str, str], ...]
    see: tuple[tuple[str, str], ...]
    sources: tuple[tuple[str, str], ...]


def shown(one: Page, law: Law, tongue: Tongue, *, on: date) -> Shown:
    """The page in the State of `law` on a day, in the language of the page, which must be that of `tongue`."""
    seen: set[str] = set()
    blocks = tuple(_block(block, one, law, tongue, on, seen) for block in one.blocks)
    return Shown(
        one,
        blocks,
        tuple(found for clock in one.clocks if (found := number_of(clock, law, tongue, on=on)).counts),
        tuple((letter, kind_of(letter, one.lang).name) for letter in letters_for(one)),
        tuple((other, page(other, one.lang).title) for other in one.see),
        tuple((cite, address_of(cite)) for cite in one.cite),
    )


def letters_for(one: Page) -> tuple[str, ...]:
    """The ids of the letters that belong to a page: those that fit its options, rules or ways, and its own."""
    by_option = [letter for letter in kinds() if set(kind_of(letter).fits.options) & set(one.options)]
    by_rule = [letter for letter in kinds() if set(kind_of(letter).fits.late) & set(one.clocks)]
    by_way = [letter for way in one.ways for letter in letters_of_way(way)]
    return tuple(dict.fromkeys([*by_option, *by_rule, *by_way, *one.letters]))


def _block(block: Block, one: Page, law: Law, tongue: Tongue, on: date, seen: set[str]) -> Block:
    lines = [tuple(_run(run, one.lang, law, tongue, on) for run in line) for line in block.every_line]
    if block.kind != HEADING:
        lines = [marked(line, one.lang, seen) for line in lines]
    return with_lines(block, [_tidy(line) for line in lines])


def _run(run: Run, lang: str, law: Law, tongue: Tongue, on: date) -> Run:
    if run.clock:
        return replace(run, text=number_of(run.clock, law, tongue, on=on).text)
    if run.page and not run.text:
        return replace(run, text=page(run.page, lang).title)
    return run


def _tidy(line: Line) -> Line:
    return tuple(run for run in line if run.text)
