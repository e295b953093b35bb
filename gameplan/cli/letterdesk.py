"""Letters on the command line: which there are; and one filled from the case and from what is said.

What nobody has said is not left out silently: it becomes a ruled space with its name, to fill in by hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from gameplan import letters
from gameplan.core.facts import Case
from gameplan.core.faults import Fault
from gameplan.law import law_for
from gameplan.letters.phrases import LANGUAGES
from gameplan.tongues import tongue

RULE = "____________"
BROADEST = "parent"


@dataclass(frozen=True, slots=True)
class Written:
    """What came of it: the faults that stopped the letter, or the names of the spaces to fill in by hand."""

    faults: Sequence[Fault] = ()
    by_hand: Sequence[str] = ()


def listed() -> list[dict[str, object]]:
    """Every letter and notice: its id, names, who signs it, languages, and the fields that somebody fills in."""
    return [_told(kind) for kind in letters.kinds()]


def _told(kind: str) -> dict[str, object]:
    said = {lang: letters.kind_of(kind, lang) for lang in LANGUAGES}
    known = said["en"]
    return {
        "id": kind,
        "name": {lang: one.name for lang, one in said.items()},
        "about": {lang: one.about for lang, one in said.items()},
        "signed_by": list(known.signed_by),
        "topic": known.topic,
        "languages": list(LANGUAGES),
        "records": known.records.kind if known.records else None,
        "fields": [
            {"id": one.id, "label": one.label, "type": one.type, "required": one.required,
             "options": [option.id for option in one.options]}
            for one in known.fields if not one.given
        ],
    }  # fmt: skip


def write_letter(kind: str, case: Case, lang: str, out: Path, on: date, said: Mapping[str, str]) -> Written:
    """Write the letter to `out` (.txt as text, .docx for Word, else PDF). Nothing is written if there are faults.

    `said` holds values the case does not know, by the id of the letter's field.
    """
    law = law_for(case.child.state)
    asked = {field.id: field for field in letters.fields_of(kind, lang) if not field.given}
    strange = [name for name in said if name not in asked]
    if strange:
        mend = f"Fields: {', '.join(sorted(asked))}."
        return Written([Fault(f"--set {name}", "the letter has no such field.", mend) for name in strange])
    values = (
        letters.suggest(kind, case, law, lang=lang, on=on, tongue=tongue(lang)) | {"date": on.isoformat()} | dict(said)
    )
    given = letters.given(kind, law, lang=lang, on=on)
    unsaid = [one for one in asked.values() if one.required and not values.get(one.id) and _answers(one)]
    if (
        unsaid
    ):  # a space to fill in by hand cannot stand for a yes, a day or a choice, and nobody chooses for the writer
        mend = "Say what is so; the letter cannot be without it."
        return Written(
            [Fault(f"--set {one.id}={_answers(one)}", f"{one.label.rstrip('?.:')}?", mend) for one in unsaid]
        )
    try:
        spaces = _spaces(kind, lang, values | given, asked)
        letter = letters.compose(kind, lang, values | given | spaces)
    except letters.WrongFields as error:
        return Written([Fault(name, tongue(lang).say(fault), "Mend it.") for name, fault in error.faults.items()])
    faults = _write(letter, out)
    return Written(faults, [asked[name].label for name, value in spaces.items() if value.startswith(RULE)])


def _spaces(
    kind: str, lang: str, values: Mapping[str, str], asked: Mapping[str, letters.LetterField]
) -> dict[str, str]:
    """A ruled space for each value that the letter needs and nobody has said; of several ways to be reached one."""
    try:
        letters.compose(kind, lang, values)
    except letters.MissingFields as error:
        needed = [one for one in error.ids if asked[one].required] or list(error.ids[:1])
        found = {name: _space(asked[name]) for name in needed}
        return found | _spaces(kind, lang, {**values, **found}, asked)
    return {}


def _answers(field: letters.LetterField) -> str:
    """What may be said for a field in which no words can stand; empty for others, and where one answer fits all."""
    ids = [option.id for option in field.options]
    if field.type == "choice":
        return "" if BROADEST in ids else "|".join(ids)
    return {"yes": "yes", "date": "YYYY-MM-DD"}.get(field.type, "")


def _space(field: letters.LetterField) -> str:
    """The broadest answer of a choice; else a line with the field's name under which to write."""
    return BROADEST if field.type == "choice" else f"{RULE} ({field.label})"


def _write(letter: letters.Letter, out: Path) -> Sequence[Fault]:
    if out.suffix.lower() == ".txt":
        content = letter.plain().encode()
    elif out.suffix.lower() == ".docx":
        from gameplan.papers.letter_docx import letter_docx

        content = letter_docx(letter)
    else:
        from gameplan.papers.pdf import CannotPrint, letter_pdf

        try:
            content = letter_pdf(letter)
        except CannotPrint as error:
            mend = "Use other letters, or an --out that ends in .docx."
            return [Fault("letter", tongue(letter.lang).say(error.say), mend)]
    try:
        out.write_bytes(content)
    except OSError as error:
        return [Fault(str(out), f"it cannot be written: {error.strerror}.", "Choose another place.")]
    return []
