"""The papers of a meeting as files: accessible, whole, and also for Word."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest

from gameplan.papers.sheet_docx import sheet_docx
from gameplan.papers.sheet_pdf import sheet_pdf
from gameplan.plans.form_files import form
from gameplan.plans.plan import Plan, PlanChild
from gameplan.plans.sheets import Sheet, sheet_of
from gameplan.tongues import tongue
from tests.papers.pdf_ua import Validator, validators

DAY = date(2025, 10, 22)
MEETING = Plan(
    form("meeting"),
    PlanChild("Ana López", date(2016, 5, 2), "TX", "3"),
    {
        "purposes": ["annual-review", "placement"], "purpose-words": "Reading.\n\n- one\n- two", "day": "2025-10-22",
        "time": "2:30 pm", "place": "Room 4", "means": "in-person", "interpreter": True,
        "contact": "Ms. Hill, 555-0100",
        "invited": [
            {"id": "a", "name": "Rosa López", "role": "parents", "came": "there"},
            {"id": "b", "name": "Lee", "role": "Grandmother", "came": "remote"},
        ],
        "agenda": [{"id": "t", "topic": "Who is here", "minutes": 5}],
        "excusals": [{"id": "x", "name": "Lou", "role": "regular-teacher", "discussed": True, "input": "Reads well."}],
        "notes": "Rosa spoke first.", "tries": "Called twice.",
        "decisions": [{"id": "d", "what": "More speech", "agreed": "not-all", "who": "Kim", "by": "2025-11-03"}],
        "dissents": [{"id": "w", "who": "Rosa", "view": "Two times is too little."}],
    },
)  # fmt: skip
KINDS = ("invitation", "minutes")


def sheet(as_: str, lang: str) -> Sheet:
    return sheet_of(MEETING, as_, tongue(lang), on=DAY)


@pytest.mark.parametrize("validator", validators(), ids=lambda one: one.__name__)
def test_the_papers_of_a_meeting_are_accessible(validator: Validator, tmp_path: Path) -> None:
    files = {f"{as_}-{lang}": tmp_path / f"{as_}-{lang}.pdf" for as_ in KINDS for lang in ("en", "es")}
    for name, path in files.items():
        as_, lang = name.split("-")
        path.write_bytes(sheet_pdf(sheet(as_, lang)))
    assert validator(files) == dict.fromkeys(files, ())


@pytest.mark.parametrize("as_", KINDS)
def test_everything_on_the_sheet_is_printed_and_a_word_file_can_be_made(as_: str) -> None:
    found = sheet(as_, "en")
    document = pypdfium2.PdfDocument(sheet_pdf(found))
    printed = "".join("".join(page.get_textpage().get_text_range() for page in document).replace("\ufffe", "").split())
    assert [text for text in found.texts() for line in text.split("\n") if "".join(line.split()) not in printed] == []
    assert sheet_docx(found).startswith(b"PK")
