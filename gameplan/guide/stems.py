"""Words cut down to what they share: "tested" and "testing" to one stem, in English and Spanish, without a dictionary.

A light stemmer of our own: it only takes off endings, and never leaves fewer than three letters. It need not be right
as grammar; the same word must come out the same in a question and on a page.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache

_WORD = re.compile(r"[a-z0-9]+")
_LEAST = 3
# Longest first. An ending goes only if at least that many letters stay.
_ENGLISH = (
    "izations", "ization", "ations", "ation", "ators", "ator", "ating", "ables", "able", "ments", "ment", "ities",
    "ness", "ions", "ates", "ated", "ance", "ence", "ings", "ity", "ies", "ied", "ion", "ate", "ing", "ers", "er",
    "ors", "or", "ed", "es", "ly", "s", "e", "y",
)  # fmt: skip
_SPANISH = (
    "aciones", "iciones", "amiento", "imiento", "adoras", "adores", "aremos", "ieron", "iendo", "acion", "icion",
    "mente", "ciones", "siones", "adora", "ador", "aron", "ando", "aban", "amos", "emos", "imos", "idad", "cion",
    "sion", "ados", "adas", "idos", "idas", "aba", "ado", "ada", "ido", "ida", "aran", "iera", "ara", "ias", "ian",
    "ar", "er", "ir", "an", "en", "es", "os", "as", "ia", "io", "a", "o", "e", "s",
)  # fmt: skip
STOP: Mapping[str, frozenset[str]] = {
    "en": frozenset(
        [
            "a",
            "an",
            "the",
            "and",
            "or",
            "but",
            "if",
            "of",
            "to",
            "in",
            "on",
            "at",
            "by",
            "for",
            "from",
            "with",
            "about",
            "as",
            "is",
            "are",
            "was",
            "were",
            "be",
            "been",
            "am",
            "do",
            "does",
            "did",
            "has",
            "have",
            "had",
            "having",
            "i",
            "me",
            "my",
            "mine",
            "we",
            "us",
            "our",
            "you",
            "your",
            "he",
            "him",
            "his",
            "she",
            "her",
            "it",
            "its",
            "they",
            "them",
            "their",
            "this",
            "that",
            "these",
            "those",
            "there",
            "what",
            "which",
            "who",
            "how",
            "why",
            "when",
            "where",
            "can",
            "could",
            "should",
            "would",
            "will",
            "shall",
            "may",
            "might",
            "must",
            "not",
            "no",
            "so",
            "than",
            "then",
            "too",
            "very",
            "just",
            "also",
            "some",
            "any",
            "all",
            "each",
            "every",
            "more",
            "most",
            "other",
            "into",
            "out",
            "up",
            "down",
            "over",
            "again",
            "still",
            "yet",
            "because",
            "while",
            "during",
            "son",
            "daughter",
            "kid",
            "kids",
            "child",
            "children",
            "childs",
            "sons",
            "daughters",
            "mom",
            "dad",
            "school",
            "schools",
            "get",
            "got",
            "go",
            "goes",
            "going",
            "want",
            "wants",
            "need",
            "needs",
            "make",
            "makes",
            "like",
            "think",
            "says",
            "said",
            "say",
            "tell",
            "told",
            "ask",
            "asked",
            "please",
            "help",
            "im",
            "ive",
            "dont",
            "doesnt",
            "cant",
            "wont",
            "isnt",
            "didnt",
            "hes",
            "shes",
            "theyre",
            "id",
            "it",
            "s",
            "t",
            "re",
            "ve",
            "m",
            "d",
            "ll",
        ]
    ),
    "es": frozenset(
        [
            "el",
            "la",
            "los",
            "las",
            "un",
            "una",
            "unos",
            "unas",
            "y",
            "o",
            "pero",
            "si",
            "de",
            "del",
            "a",
            "al",
            "en",
            "por",
            "para",
            "con",
            "sobre",
            "como",
            "es",
            "son",
            "fue",
            "era",
            "ser",
            "estar",
            "esta",
            "estan",
            "este",
            "estos",
            "estas",
            "eso",
            "que",
            "cual",
            "quien",
            "cuando",
            "donde",
            "porque",
            "yo",
            "mi",
            "mis",
            "me",
            "nos",
            "nuestro",
            "nuestra",
            "tu",
            "tus",
            "usted",
            "su",
            "sus",
            "se",
            "le",
            "les",
            "lo",
            "ella",
            "ellos",
            "ellas",
            "no",
            "ni",
            "muy",
            "mas",
            "tambien",
            "ya",
            "hay",
            "han",
            "ha",
            "he",
            "hijo",
            "hija",
            "hijos",
            "hijas",
            "nino",
            "nina",
            "ninos",
            "ninas",
            "escuela",
            "puedo",
            "puede",
            "pueden",
            "debo",
            "debe",
            "quiero",
            "quieren",
            "quiere",
            "tengo",
            "tiene",
            "tienen",
            "hacer",
            "hace",
            "dice",
            "dicen",
            "dijo",
            "dijeron",
            "pido",
            "pedir",
            "necesito",
            "necesita",
            "ayuda",
            "favor",
            "todo",
            "todos",
            "toda",
            "todas",
            "entre",
            "esa",
            "ese",
            "cada",
            "sin",
        ]
    ),
}


@lru_cache(maxsize=65536)
def folded(text: str) -> str:
    """The text in small letters without accents and apostrophes: "Won’t" becomes "wont", "niño" becomes "nino"."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("’", "").replace("'", ""))
    return "".join(one for one in plain if not unicodedata.combining(one))


def split(text: str) -> list[str]:
    """The words of a text, folded."""
    return _WORD.findall(folded(text))


def stem(word: str, lang: str) -> str:
    """The stem of a folded word.

    >>> stem("evaluating", "en"), stem("evaluations", "en"), stem("evaluaciones", "es")
    ('evalu', 'evalu', 'evalu')
    """
    return _STEMMERS.get(lang, _english)(word)


@lru_cache(maxsize=65536)
def _english(word: str) -> str:
    if len(word) <= _LEAST or word.isdigit():
        return word
    found = _cut(word[:-1] if word.endswith("s") and not word.endswith("ss") else word, _ENGLISH)
    return found[:-1] if len(found) > _LEAST and found[-1] == found[-2] and found[-1] not in "lsz" else found


@lru_cache(maxsize=65536)
def _spanish(word: str) -> str:
    return word if len(word) <= _LEAST or word.isdigit() else _cut(word, _SPANISH)


def _cut(word: str, endings: tuple[str, ...]) -> str:
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST:
            return word[: -len(ending)]
    return word


_STEMMERS: Mapping[str, Callable[[str], str]] = {"en": _english, "es": _spanish}


def near(word: str, known: Mapping[str, int]) -> str:
    """The known word that a mistyped one is meant for, one slip away (two in a long word); "" if there is none.

    `known`: how often each word stands in the texts. A slip is a letter too many, too few, wrong, or two that changed
    places. Of several, the one with the fewest slips that begins alike and stands most often.
    """
    if len(word) < 4 or word.isdigit():
        return ""
    allowed = 2 if len(word) >= 8 else 1
    found = [
        (slips, one[0] != word[0], -often, one)
        for one, often in known.items()
        if abs(len(one) - len(word)) <= allowed
        and len(one) > _LEAST
        and (slips := _slips(word, one, allowed)) <= allowed
    ]
    return min(found)[3] if found else ""


def _slips(one: str, other: str, most: int) -> int:
    """How many slips lead from one word to the other; more than `most` is said as most + 1."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, match in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != match))
            if older and j > 1 and letter == other[j - 2] and one[i - 2] == match:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
