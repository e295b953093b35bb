"""A supposed fact: how it is written in one line, and how a case looks with it. Nothing here is recorded.

One line says it, for the command line and for the address of a page: `consent-given:2025-10-01:for=initial-evaluation`.
Several fields are parted by commas, several answers by `+`; a comma or a plus inside a word is written %2C, %2B.
`instead=f2` puts it in the place of the fact f2 and of every account of the same event.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from urllib.parse import quote, unquote

from gameplan.core.casefile import check_fact
from gameplan.core.entries import Field, Vocabulary
from gameplan.core.facts import Case, Fact, standing_facts
from gameplan.core.faults import CaseFileError, Fault

INSTEAD = "instead"
YES, NO = ("yes", "true"), ("no", "false")
SHAPE = "Write it as kind:date or kind:date:field=value,field=value, for example consent-given:2025-10-01."


def read_supposed(text: str, case: Case, vocabulary: Vocabulary, *, number: int = 1) -> Fact:
    """The fact that one line supposes. Raises CaseFileError with every fault: what, where and how to mend it."""
    kind_id, _, rest = text.strip().partition(":")
    day, _, said = rest.partition(":")
    kind = vocabulary.kinds.get(kind_id)
    pairs = [part.partition("=") for part in said.split(",") if part]
    faults = [Fault(f"suppose {text}", f'"{name}" says nothing.', SHAPE) for name, _, value in pairs if not value]
    words = {name.strip(): value for name, _, value in pairs}
    instead = words.pop(INSTEAD, None)
    if instead and instead not in {fact.id for fact in case.facts}:
        faults.append(Fault(f"suppose {text}", f'there is no fact "{instead}" in this case.', "Name the id of a fact."))
    data = {name: _value(value, kind.field(name) if kind else None) for name, value in words.items()}
    if day and kind and kind.field(kind.main_date):
        data.setdefault(kind.main_date, day)
    raw = {"id": instead or f"supposed-{number}", "kind": kind_id, "data": data, **({"on": day} if day else {})}
    fact, wrong = check_fact(raw, vocabulary)
    if fact is None or faults:
        raise CaseFileError([*faults, *wrong])
    return fact


def write_supposed(fact: Fact) -> str:
    """The line that supposes this fact; reading it gives the fact again."""
    words = {name: _written(value) for name, value in fact.data.items()}
    if not fact.id.startswith("supposed-"):
        words[INSTEAD] = fact.id
    said = ",".join(f"{name}={value}" for name, value in words.items() if value)
    return f"{fact.kind}:{fact.on.isoformat()}" + (f":{said}" if said else "")


def _value(text: str, field: Field | None) -> object:
    shape = field.type if field else "text"
    if shape == "boolean":
        return True if text in YES else False if text in NO else text
    if shape in ("list", "dates"):
        return [unquote(part) for part in text.split("+") if part]
    if shape == "number":
        try:
            return float(text) if "." in text else int(text)
        except ValueError:
            return text
    return unquote(text)


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple | list):
        return "+".join(quote(str(one), safe=" ") for one in value)
    return quote(str(value), safe=" ")


def main_day(fact: Fact, vocabulary: Vocabulary) -> date:
    """The day of the fact that clocks use unless they name another."""
    kind = vocabulary.kinds.get(fact.kind)
    said = fact.data.get(kind.main_date) if kind else None
    return said if isinstance(said, date) else fact.on


def supposed_case(case: Case, supposed: Iterable[Fact]) -> Case:
    """The case with these facts; one that has the id of a fact takes the place of all accounts of that event."""
    supposed = tuple(supposed)
    standing = standing_facts(case.facts)
    replaced = {fact.id for fact in supposed}
    roots = {fact.account_of or fact.id for fact in standing if fact.id in replaced or fact.account_of in replaced}
    kept = tuple(fact for fact in standing if (fact.account_of or fact.id) not in roots)
    return replace(case, facts=kept).with_facts(*supposed)
