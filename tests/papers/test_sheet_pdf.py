"""The PDF of a paper of a plan: accessible, whole, the same every time, in every script that a font here has."""

from __future__ import annotations

import io
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]
import pytest

from gameplan.papers import extra_fonts
from gameplan.papers.pdf import CannotPrint
from gameplan.papers.sheet_pdf import sheet_pdf
from gameplan.plans.plan_file import read_plan
from gameplan.plans.sheets import Sheet, sheet_of
from gameplan.tongues import tongue
from tests.papers.pdf_ua import Faults, Validator, fonts, tags, validators
from tests.plans.rich_plan import ana, written

DAY = date(2025, 9, 20)
SMALLEST = 8.5
KINDS = ("iep", "glance", "plain", "student")
CHECKED = ("iep-en", "glance-es", "plain-es", "student-en", "draft", "scripts")
MARK = "0123456789abcdef" * 4
ARABIC, HEBREW = "آنا فضولية ولطيفة.", "אנה סקרנית ואדיבה."
HAS_EXTRA_FONTS = find_spec(extra_fonts.PACKAGE) is not None
SCRIPTS = f"{ARABIC}\n\nฉันชอบสัตว์" if HAS_EXTRA_FONTS else HEBREW


def sheet(as_: str, lang: str = "en", **changes: Any) -> Sheet:
    return sheet_of(read_plan(ana(**changes)), as_, tongue(lang), on=DAY)


def large() -> dict[str, Any]:
    """25 goals, 40 services and a section of 2,000 words, each word to be told from the others."""
    goals = [
        {
            "id": f"g{n}",
            "area": f"Area{n}",
            "baseline": f"base{n}.",
            "goal": f"Ana will do goal{n}.",
            "target": f"aim{n}",
        }
        for n in range(25)
    ]
    services = [
        {"id": f"s{n}", "service": f"Service{n}", "minutes": 20 + n, "times": 2, "per": "week", "place": f"Room{n}",
         "who": f"Staff{n}", "start": "2025-09-22", "end": "2026-05-22"}
        for n in range(40)
    ]  # fmt: skip
    return {"goals": goals, "benchmarks": [], "special_education": services, "needs": large_text()}


def large_text() -> str:
    return " ".join(f"word{n}" for n in range(2000))


def squeezed(text: str) -> str:
    """The text without white space and without the mark that the reader of PDF makes of a stroke at a line's end."""
    return "".join(text.split()).replace("\ufffe", "")


def text_of(content: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every kind of paper in both languages, a draft, and a huge one."""
    folder = tmp_path_factory.mktemp("sheets")
    files = {f"{as_}-{lang}": sheet_pdf(sheet(as_, lang), sha256=MARK) for as_ in KINDS for lang in ("en", "es")}
    files["draft"] = sheet_pdf(sheet("iep"), draft=True)
    files["scripts"] = sheet_pdf(sheet("glance", strengths=f"- {HEBREW}\n- {'Ł' * 90}", student_words=SCRIPTS))
    files["large"] = sheet_pdf(sheet("iep", **large()))
    files["large-glance"] = sheet_pdf(sheet("glance", **large()))
    files["huge-glance"] = sheet_pdf(sheet("glance", **{**large(), "strengths": large_text()}))
    for name, content in files.items():
        (folder / f"{name}.pdf").write_bytes(content)
    return {name: folder / f"{name}.pdf" for name in files}


@pytest.fixture(scope="module", params=validators(), ids=lambda one: one.__name__)
def faults(request: pytest.FixtureRequest, printed: dict[str, Path]) -> Faults:
    """What a validator says of each file; it is asked once for all."""
    validator: Validator = request.param
    return validator({name: printed[name] for name in CHECKED})


def test_every_paper_is_accessible(faults: Faults) -> None:
    assert {name: found for name, found in faults.items() if found} == {}
    assert set(faults) == set(CHECKED)


@pytest.mark.parametrize("lang", ["en", "es"])
def test_every_word_that_somebody_wrote_is_printed_and_can_be_copied(printed: dict[str, Path], lang: str) -> None:
    found = squeezed(text_of(printed[f"iep-{lang}"].read_bytes()))
    assert [one for one in written(read_plan(ana())) if squeezed(one) not in found] == []


@pytest.mark.parametrize("as_", KINDS)
@pytest.mark.parametrize("lang", ["en", "es"])
def test_everything_on_the_sheet_is_printed(printed: dict[str, Path], as_: str, lang: str) -> None:
    found = squeezed(text_of(printed[f"{as_}-{lang}"].read_bytes()))
    lines = (line for text in sheet(as_, lang).texts() for line in text.split("\n"))
    assert [line for line in lines if squeezed(line) not in found] == []


def test_a_huge_plan_is_printed_whole(printed: dict[str, Path]) -> None:
    found = text_of(printed["large"].read_bytes()).split()
    missing = {f"word{n}" for n in range(2000)} - set(found)
    missing |= {f"goal{n}." for n in range(25)} | {f"Service{n}" for n in range(40)}
    assert missing - set(found) == set()


def test_the_page_for_teachers_is_one_page_and_flows_on_if_the_plan_is_huge(printed: dict[str, Path]) -> None:
    assert len(pypdfium2.PdfDocument(printed["glance-en"].read_bytes())) == 1
    assert len(pypdfium2.PdfDocument(printed["large-glance"].read_bytes())) <= 2
    huge = printed["huge-glance"].read_bytes()
    assert len(pypdfium2.PdfDocument(huge)) > 1
    wanted = {f"aim{n}" for n in range(25)} | {f"Service{n}" for n in range(40)} | set(large_text().split())
    found = text_of(huge)
    assert {word for word in wanted if word not in found} == set()


def test_the_more_the_page_for_teachers_holds_the_smaller_is_its_type_until_it_needs_a_second_page() -> None:
    def printed_with(words: int) -> tuple[int, float]:
        said = " ".join(f"word{n}" for n in range(words))
        made = pypdfium2.PdfDocument(sheet_pdf(sheet("glance", strengths=said)))
        text = made[0].get_textpage()
        sizes = [round(raw.FPDFText_GetFontSize(text.raw, at), 2) for at in range(text.count_chars())]
        return len(made), max(set(sizes), key=sizes.count)

    found = [printed_with(words) for words in (10, 350, 500, 900)]
    assert [size for _, size in found] == sorted((size for _, size in found), reverse=True)
    assert SMALLEST < found[1][1] < found[0][1], found
    assert found[0][0] == found[1][0] == found[2][0] == 1
    assert found[-1] == (2, SMALLEST)


def test_a_goal_does_not_break_over_pages(printed: dict[str, Path]) -> None:
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(printed["large"].read_bytes())]
    for n in range(25):
        start = next(at for at, page in enumerate(pages) if f"Area{n}\r" in page)
        assert f"aim{n}" in pages[start].split()


def test_a_table_says_its_header_again_on_each_page(printed: dict[str, Path]) -> None:
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(printed["large"].read_bytes())]
    with_services = [page for page in pages if "Service1" in page or "Service30" in page or "Service39" in page]
    assert len(with_services) >= 2
    assert all("From when to when" in page for page in with_services)


def test_headings_tables_and_lists_are_tagged_as_what_they_are(printed: dict[str, Path]) -> None:
    with pikepdf.open(printed["iep-en"]) as pdf:
        found = tags(pdf)
    for tag in ("H1", "H2", "H3", "H4", "Table", "THead", "TH", "TD", "L", "LI"):
        assert tag in found
    assert found.count("H1") == 1


def test_title_language_and_day_are_set(printed: dict[str, Path]) -> None:
    with pikepdf.open(printed["iep-en"]) as pdf, pdf.open_metadata() as about:
        assert str(pdf.Root.Lang) in ("en", "en-US")
        assert about["dc:title"] == "Individualized Education Program (IEP): Ana López"
        assert "20250920" in str(pdf.docinfo["/CreationDate"])
    with pikepdf.open(printed["plain-es"]) as pdf:
        assert str(pdf.Root.Lang) in ("es", "es-US")


def test_each_page_has_its_number_and_later_pages_the_child_and_the_day() -> None:
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(sheet_pdf(sheet("iep")))]
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page
    assert all("Ana López · Individualized Education Program (IEP) · September 18, 2025" in page for page in pages[1:])


def test_a_final_paper_carries_its_mark_and_a_draft_says_so_instead(printed: dict[str, Path]) -> None:
    assert f"SHA-256 {MARK[:16]}" in text_of(printed["iep-en"].read_bytes())
    draft = text_of(sheet_pdf(sheet("iep"), draft=True, sha256=MARK))
    assert "Draft. Nobody has agreed to this yet." in draft
    assert MARK[:16] not in draft
    assert "Draft" not in text_of(printed["iep-en"].read_bytes())


def test_the_same_plan_makes_the_same_bytes() -> None:
    assert sheet_pdf(sheet("glance"), sha256=MARK) == sheet_pdf(sheet("glance"), sha256=MARK)
    assert sheet_pdf(sheet("glance")) != sheet_pdf(sheet("glance", strengths="Kind."))


def test_a_word_without_an_end_breaks_and_is_not_cut() -> None:
    address = "https://example.org/" + "averylongpath/" * 20
    rows = [{"id": "c1", "what": address, "where": "Ä" * 200, "when": "now", "who": "me"}]
    content = sheet_pdf(sheet("iep", accommodations=rows))
    found = squeezed(text_of(content))
    assert address in found
    assert "Ä" * 200 in found
    with io.BytesIO(content) as file, pikepdf.open(file) as pdf:
        width = float(pdf.pages[0].mediabox[2])
    for page in pypdfium2.PdfDocument(content):
        words = page.get_textpage()
        assert all(words.get_charbox(at)[2] < width - 36 for at in range(words.count_chars()))


@pytest.mark.parametrize("name", ["Łukasz Šimůnek", "Thảo Nguyễn", "Иван", "Αννα", "O'Neill–García"])
def test_names_from_many_places_are_printed(name: str) -> None:
    assert name in text_of(sheet_pdf(sheet("glance", iep_manager=name)))


def test_what_somebody_types_is_never_a_command_of_the_layout() -> None:
    typed = '#panic("x") $sum$ @ref <label> // gone? /* no */ \\\\ = Heading {page}'
    found = squeezed(text_of(sheet_pdf(sheet("plain", needs=typed, iep_manager=typed))))
    assert found.count(squeezed(typed.replace("\\\\", "\\"))) >= 1


def test_letters_that_no_font_has_are_named_and_nothing_is_left_out() -> None:
    with pytest.raises(CannotPrint, match="王"):
        sheet_pdf(sheet("glance", iep_manager="王"))


@pytest.mark.parametrize("words", [ARABIC, HEBREW])
def test_arabic_and_hebrew_are_printed_in_a_font_that_has_them(words: str) -> None:
    content = sheet_pdf(sheet("iep", strengths=words, student_words=f"- {words}\n- {words}"))
    with pikepdf.open(io.BytesIO(content)) as pdf:
        names = {name.partition("+")[2] for name, _, _ in fonts(pdf)}
    allowed = ("LibertinusSerif", "FiraGO" if HAS_EXTRA_FONTS else "DejaVuSansMono")
    assert all(name.startswith(allowed) for name in names)


@pytest.mark.parametrize("words", ["ฉันชอบสัตว์", "मुझे जानवर पसंद हैं।", "მიყვარს ცხოველები"])
def test_further_scripts_are_printed_with_the_extra_fonts_and_named_without(words: str) -> None:
    one = sheet("glance", strengths=words)
    if HAS_EXTRA_FONTS or words.startswith("მ"):
        assert squeezed(words)[:3] in squeezed(text_of(sheet_pdf(one)))
    else:
        with pytest.raises(CannotPrint, match=words[0]):
            sheet_pdf(one)


def test_without_the_package_there_are_no_extra_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra_fonts, "PACKAGE", "no_such_package_of_fonts")
    assert extra_fonts.font_folders.__wrapped__() == ()


@pytest.mark.parametrize("words", [ARABIC, HEBREW])
def test_a_paragraph_from_right_to_left_begins_on_the_right(words: str) -> None:
    content = sheet_pdf(sheet("iep", strengths=f"{words}\n\nAna is kind."))
    page = pypdfium2.PdfDocument(content)[0]
    letters = page.get_textpage()
    boxes = [
        letters.get_charbox(at) for at in range(letters.count_chars()) if "\u0590" < text_at(letters, at) < "\u0700"
    ]
    assert max(box[2] for box in boxes) > 500


def text_at(letters: Any, at: int) -> str:
    found: str = letters.get_text_range(at, 1)
    return found
