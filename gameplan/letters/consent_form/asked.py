"""What a school asks on one consent form: the values that the form is composed from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

SAME, TRANSLATED, INTERPRETER = "same", "translated", "interpreter"
UNDERSTOOD = (SAME, TRANSLATED, INTERPRETER)
"""How the family understands the form: it is in their language, it comes with a translation, or it is explained."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is answered by itself: a test, a service, a change. `about`: what it is, by whom, how often."""

    id: str
    text: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked on a form.

    `kind` is a row of the consent matrix, `lang` the language of the form (en or es), `state` a State's code or empty.
    `has_records`: records would be given to others (None: nobody said). `family_language`: their language in words,
    `understood`: one of `UNDERSTOOD`, `understood_by`: who translates or interprets.
    """

    kind: str
    lang: str
    day: date
    child: str
    school: str = ""
    state: str = ""
    items: tuple[Item, ...] = ()
    why: str = ""
    how: str = ""
    has_records: bool | None = None
    records: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    purpose: str = ""
    contact: str = ""
    family_language: str = ""
    understood: str = ""
    understood_by: str = ""


def asked_json(asked: Asked) -> dict[str, Any]:
    """What is asked, as JSON can say it. `read_asked` gives the same back."""
    return {**asdict(asked), "day": asked.day.isoformat(), "items": [asdict(one) for one in asked.items],
            "records": list(asked.records), "recipients": list(asked.recipients)}  # fmt: skip


def read_asked(told: Mapping[str, Any]) -> Asked:
    """What is asked, from `asked_json`. Raises KeyError, TypeError or ValueError for anything else."""
    return Asked(**{
        **told, "day": date.fromisoformat(told["day"]), "items": tuple(Item(**one) for one in told["items"]),
        "records": tuple(told["records"]), "recipients": tuple(told["recipients"]),
    })  # fmt: skip
