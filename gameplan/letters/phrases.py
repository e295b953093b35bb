"""The few phrases that a letter needs beyond its own words: days, lengths of time, and names of States."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from gameplan.core.words import english_date

LANGUAGES = ("en", "es")

SPANISH_MONTHS = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio",
    "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip

UNITS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "calendar-day": {"en": ("calendar day", "calendar days"), "es": ("día calendario", "días calendario")},
    "school-day": {"en": ("school day", "school days"), "es": ("día escolar", "días escolares")},
    "business-day": {"en": ("business day", "business days"), "es": ("día hábil", "días hábiles")},
    "instructional-day": {
        "en": ("instructional day", "instructional days"),
        "es": ("día de instrucción", "días de instrucción"),
    },
}

STEPS: Mapping[str, Mapping[str, str]] = {
    "answer": {"en": "answer this request in writing", "es": "responder por escrito a esta solicitud"},
    "act": {"en": "act on this request", "es": "dar curso a esta solicitud"},
    "evaluate": {"en": "finish the evaluation", "es": "terminar la evaluación"},
}

AND: Mapping[str, str] = {"en": "and", "es": "y"}

SPANISH_STATES: Mapping[str, str] = {
    "DC": "el Distrito de Columbia", "HI": "Hawái", "LA": "Luisiana", "MI": "Míchigan", "MO": "Misuri",
    "MS": "Misisipi", "NC": "Carolina del Norte", "ND": "Dakota del Norte", "NH": "Nuevo Hampshire",
    "NJ": "Nueva Jersey", "NM": "Nuevo México", "NY": "Nueva York", "OR": "Oregón", "PA": "Pensilvania",
    "SC": "Carolina del Sur", "SD": "Dakota del Sur", "WV": "Virginia Occidental",
}  # fmt: skip


def day_in_words(day: date, lang: str) -> str:
    """The day as a letter writes it: "September 3, 2025" or "3 de septiembre de 2025"."""
    if lang == "es":
        return f"{day.day} de {SPANISH_MONTHS[day.month - 1]} de {day.year}"
    return english_date(day)


def length_in_words(length: int, unit: str, lang: str) -> str | None:
    """A length of time such as "15 school days", or None for a unit that letters do not use."""
    names = UNITS.get(unit)
    if names is None:
        return None
    one, many = names[lang]
    return f"{length} {one if length == 1 else many}"


def state_in_words(code: str, name: str, lang: str) -> str:
    """The name of the State inside a sentence, in the letter's language."""
    if lang == "es":
        return SPANISH_STATES.get(code, name)
    return "the District of Columbia" if code == "DC" else name


def joined(parts: tuple[str, ...], lang: str) -> str:
    """The parts as a list in a sentence: "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {AND[lang]} {parts[-1]}"
