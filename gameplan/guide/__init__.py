"""The guide: a page for each step, role and topic in plain words, a glossary, a guided check, and the search over it.

Pure: no Django, no clock, no disk outside its own data files. The words live in `pages/`, one folder a page; see
`README.md`. Whatever a page says of a number of days comes from the law room.
"""

from gameplan.guide.answers import Answer, answer_json, ask, guess_language
from gameplan.guide.checking import CheckResult, NextStep, Question, WrongAnswers, check_questions, check_result
from gameplan.guide.glossary import Term, glossary, term, terms_in
from gameplan.guide.numbers import Number, number_of, own_rules
from gameplan.guide.pages import (
    BrokenPage,
    Page,
    UnknownPage,
    page,
    page_ids,
    page_of_option,
    pages,
    pages_at,
    pages_of_role,
    parts,
)
from gameplan.guide.shown import Shown, shown
from gameplan.guide.side_by_side import Half, Has, Matter, happened, has_plan, matters, names_of_ways
from gameplan.guide.states import StateFact, facts_of

__all__ = [
    "Answer",
    "BrokenPage",
    "CheckResult",
    "Half",
    "Has",
    "Matter",
    "NextStep",
    "Number",
    "Page",
    "Question",
    "Shown",
    "StateFact",
    "Term",
    "UnknownPage",
    "WrongAnswers",
    "answer_json",
    "ask",
    "check_questions",
    "check_result",
    "facts_of",
    "glossary",
    "guess_language",
    "happened",
    "has_plan",
    "matters",
    "names_of_ways",
    "number_of",
    "own_rules",
    "page",
    "page_ids",
    "page_of_option",
    "pages",
    "pages_at",
    "pages_of_role",
    "parts",
    "shown",
    "term",
    "terms_in",
]
