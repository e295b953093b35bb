"""The Word file of a paper of a plan: the same content as the PDF, with headings, tables and lists that are real."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn

from gameplan.core.words import ENGLISH
from gameplan.papers.sheet_docx import sheet_docx
from gameplan.plans.plan_file import read_plan
from gameplan.plans.sheets import Sheet, sheet_of
from gameplan.tongues import tongue
from tests.plans.rich_plan import ana, written

DAY = date(2025, 9, 20)
MARK = "0123456789abcdef" * 4
KINDS = ("iep", "glance", "plain", "student")


def sheet(as_: str, **changes: Any) -> Sheet:
    return sheet_of(read_plan(ana(**changes)), as_, ENGLISH, on=DAY)


def opened(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def text_of(content: bytes) -> str:
    """Every word of the body, tables included, in its order."""
    body = opened(content).element.body
    return "".join(node.text or "" for node in body.iter(qn("w:t")))


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_every_word_that_somebody_wrote_is_there() -> None:
    found = squeezed(text_of(sheet_docx(sheet("iep"))))
    assert [one for one in written(read_plan(ana())) if squeezed(one) not in found] == []


def test_everything_on_the_sheet_is_there_in_both_languages() -> None:
    for as_ in KINDS:
        for lang in ("en", "es"):
            one = sheet_of(read_plan(ana()), as_, tongue(lang), on=DAY)
            found = squeezed(text_of(sheet_docx(one)))
            lines = (line for text in one.texts() for line in text.split("\n"))
            assert [line for line in lines if squeezed(line) not in found] == []


def test_a_huge_plan_is_there_whole() -> None:
    goals = [{"id": f"g{n}", "area": f"Area{n}", "goal": f"Goal{n}.", "target": f"aim{n}"} for n in range(25)]
    found = text_of(
        sheet_docx(sheet("iep", goals=goals, benchmarks=[], needs=" ".join(f"word{n}" for n in range(2000))))
    )
    assert all(f"Goal{n}." in found for n in range(25))
    assert all(f"word{n}" in found for n in range(2000))


def test_headings_tables_and_lists_are_real() -> None:
    document = opened(sheet_docx(sheet("iep")))
    styles = [str(one.style.name) for one in document.paragraphs if one.style]
    assert styles.count("Heading 1") == 1
    assert {"Heading 2", "Heading 3", "Heading 4", "List Bullet", "List Number"} <= set(styles)
    assert len(document.tables) >= 8
    for table in document.tables:
        first, *others = table.rows
        assert first._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert all(one._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is None for one in others)
        assert all(one._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for one in table.rows)


def test_each_numbered_list_begins_with_its_own_number() -> None:
    document = opened(sheet_docx(sheet("iep", strengths="1. one\n   1. inner\n2. two", needs="5. five\n6. six")))
    numbered = [one for one in document.paragraphs if one.style and str(one.style.name).startswith("List Number")]
    lists = [one._p.find(f".//{qn('w:numId')}").get(qn("w:val")) for one in numbered]
    outer, inner, again = lists[:3]
    assert outer == again != inner
    assert lists[-1] == lists[-2] not in (outer, inner)


def test_title_language_and_day_are_set() -> None:
    document = opened(sheet_docx(sheet("iep")))
    about = document.core_properties
    assert about.title == "Individualized Education Program (IEP): Ana López"
    assert about.language == "en"
    assert about.created is not None
    assert about.created.date() == DAY
    languages = {one.get(qn("w:val")) for one in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-US"}


def test_words_in_another_language_say_so() -> None:
    spanish = sheet_of(read_plan(ana()), "plain", tongue("es"), on=DAY)
    document = opened(sheet_docx(spanish))
    said = {one.get(qn("w:val")) for one in document.element.body.iter(qn("w:lang"))}
    assert said == {"en"}


def test_a_paragraph_from_right_to_left_is_marked_as_one() -> None:
    document = opened(sheet_docx(sheet("iep", strengths="אנה **סקרנית**.\n\nAna is kind.")))
    hebrew = next(one for one in document.paragraphs if "אנה" in one.text)
    english = next(one for one in document.paragraphs if one.text == "Ana is kind.")
    assert hebrew._p.find(f"{qn('w:pPr')}/{qn('w:bidi')}") is not None
    assert all(run._r.find(f"{qn('w:rPr')}/{qn('w:rtl')}") is not None for run in hebrew.runs)
    assert english._p.find(f"{qn('w:pPr')}/{qn('w:bidi')}") is None


def test_head_foot_page_numbers_and_mark() -> None:
    page = opened(sheet_docx(sheet("iep"), sha256=MARK)).sections[0]
    assert page.header.paragraphs[0].text == "Ana López · Individualized Education Program (IEP) · September 18, 2025"
    foot = page.footer.paragraphs[0]
    assert f"SHA-256 {MARK[:16]}" in foot.text
    codes = [one.get(qn("w:instr")) for one in foot._p.iter(qn("w:fldSimple"))]
    assert codes == ["PAGE", "NUMPAGES"]


def test_a_draft_says_so_and_carries_no_mark() -> None:
    content = sheet_docx(sheet("iep"), draft=True, sha256=MARK)
    assert text_of(content).startswith("Draft. Nobody has agreed to this yet.")
    assert MARK[:16] not in opened(content).sections[0].footer.paragraphs[0].text


def test_the_same_plan_makes_the_same_bytes() -> None:
    assert sheet_docx(sheet("plain")) == sheet_docx(sheet("plain"))
    assert sheet_docx(sheet("plain")) != sheet_docx(sheet("plain", needs="More."))
