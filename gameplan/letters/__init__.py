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
    topics,
)
from gameplan.letters.offering import Offer, family_letters, letters_of_duty, letters_of_option, letters_of_way, offers
from gameplan.letters.recording import data_of, is_recorded, refs_of
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
    "Offer",
    "Record",
    "UnknownLetter",
    "WrongFields",
    "answer_rule",
    "compose",
    "data_of",
    "family_letters",
    "fields_of",
    "given",
    "hash_of",
    "is_recorded",
    "kind_of",
    "kinds",
    "letters_of_duty",
    "letters_of_option",
    "letters_of_way",
    "offers",
    "refs_of",
    "suggest",
    "tidied",
    "topics",
]
