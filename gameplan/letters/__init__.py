"""Letters: one folder a letter, its fields, its words in English and Spanish, its examples. Pure text."""

from gameplan.letters.answer import AnswerRule, answer_rule
from gameplan.letters.composing import Block, Letter, MissingFields, WrongFields, compose, hash_of, tidied
from gameplan.letters.folders import (
    BrokenLetter,
    Choice,
    Citation,
    Contains,
    LetterField,
    LetterKind,
    Record,
    UnknownLetter,
    fields_of,
    kind_of,
    kinds,
)
from gameplan.letters.suggestions import given, suggest

__all__ = [
    "AnswerRule",
    "Block",
    "BrokenLetter",
    "Choice",
    "Citation",
    "Contains",
    "Letter",
    "LetterField",
    "LetterKind",
    "MissingFields",
    "Record",
    "UnknownLetter",
    "WrongFields",
    "answer_rule",
    "compose",
    "fields_of",
    "given",
    "hash_of",
    "kind_of",
    "kinds",
    "suggest",
    "tidied",
]
