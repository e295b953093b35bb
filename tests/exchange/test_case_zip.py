"""The whole case as one zip: the same case comes back, and nothing broken or sly gets in."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gameplan.core.casewrite import case_json
from gameplan.core.facts import Case, Child
from gameplan.exchange.case_zip import ReadCase, export_case, read_zip
from gameplan.exchange.faults import ExchangeError
from gameplan.law import vocabulary
from tests.exchange.told import PAPERS, PDFS, TOLD

WHOLE = export_case(TOLD, PAPERS, PDFS)
Files = dict[str, bytes]


def files_of(content: bytes) -> Files:
    with ZipFile(BytesIO(content)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def zipped(files: Files, packing: int = ZIP_DEFLATED, *, link: ZipInfo | None = None) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", packing) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
        if link:
            archive.writestr(link, b"/etc/passwd")
    return packed.getvalue()


def read(content: bytes) -> ReadCase:
    return read_zip(content, vocabulary())


def refused(content: bytes) -> str:
    with pytest.raises(ExchangeError) as caught:
        read(content)
    assert caught.value.faults
    assert all(fault.where and fault.what and fault.mend for fault in caught.value.faults)
    return str(caught.value)


def changed(change: Callable[[dict[str, Any]], object]) -> bytes:
    files = files_of(WHOLE)
    raw = json.loads(files["case.json"])
    change(raw)
    return zipped({**files, "case.json": json.dumps(raw).encode()})


def test_what_goes_out_comes_in_the_same() -> None:
    found = read(WHOLE)
    assert found.attachments == PAPERS
    assert found.letter_pdfs == PDFS
    assert found.case.facts == TOLD.facts
    assert found.case.child == TOLD.child
    assert found.case.calendars == TOLD.calendars
    assert [replace(one, path="") for one in found.case.attachments] == list(TOLD.attachments)
    assert found.case.letters == TOLD.letters


def test_out_in_and_out_again_gives_the_same_bytes() -> None:
    found = read(WHOLE)
    assert export_case(found.case, found.attachments, found.letter_pdfs) == WHOLE


def test_the_bytes_do_not_depend_on_the_order_of_names_in_a_fact() -> None:
    turned = tuple(replace(one, data=dict(reversed(list(one.data.items())))) for one in TOLD.facts)
    assert export_case(replace(TOLD, facts=turned), PAPERS, PDFS) == WHOLE


def test_it_holds_what_the_readme_says() -> None:
    assert list(files_of(WHOLE)) == [
        "README.txt",
        "case.json",
        "attachments/a1-carta-nina.pdf",
        "attachments/a2-photo.jpg",
        "papers/l1.pdf",
        "papers/l2.pdf",
        "schema/case.schema.json",
    ]
    words = files_of(WHOLE)["README.txt"].decode()
    assert "Do not unpack it" in words
    assert "No lo descomprima" in words


def test_nothing_in_it_tells_when_or_where_it_was_made() -> None:
    with ZipFile(BytesIO(WHOLE)) as archive:
        assert {(e.date_time, e.create_system, e.external_attr) for e in archive.infolist()} == {
            ((1980, 1, 1, 0, 0, 0), 3, (stat.S_IFREG | 0o644) << 16)
        }


def test_a_bare_case_travels_too() -> None:
    bare = export_case(Case(child=Child(name="Ana")), {}, {})
    assert read(bare).case == Case(child=Child(name="Ana"))


def test_a_letter_without_its_pdf_travels_as_text() -> None:
    found = read(export_case(TOLD, PAPERS, {"l1": PDFS["l1"]}))
    assert [one.pdf for one in found.case.letters] == ["papers/l1.pdf", ""]
    assert found.letter_pdfs == {"l1": PDFS["l1"]}


def test_papers_whose_names_look_alike_keep_apart() -> None:
    first, second = TOLD.attachments
    case = replace(
        TOLD, facts=(), letters=(),
        attachments=(replace(first, id="a/1", name="ñ.pdf"), replace(second, id="a-1", name="n.pdf")),
    )  # fmt: skip
    papers = {"a/1": PAPERS["a1"], "a-1": PAPERS["a2"]}
    assert read(export_case(case, papers, {})).attachments == papers


@pytest.mark.parametrize("papers", [{}, {**PAPERS, "a1": b"another"}])
def test_a_case_whose_papers_are_not_whole_is_not_given_out(papers: dict[str, bytes]) -> None:
    with pytest.raises(ExchangeError, match="a1-carta-nina"):
        export_case(TOLD, papers, PDFS)


def test_packed_again_by_another_program_it_is_still_read() -> None:
    files = {"attachments/": b"", "papers/": b"", **files_of(WHOLE)}
    assert read(zipped(files)).case == read(WHOLE).case


@pytest.mark.parametrize(
    "content", [b"", b"PK", b"hello", b"%PDF-1.7", WHOLE[:-1], WHOLE[:400], WHOLE + b"x", WHOLE[200:]]
)
def test_what_is_no_whole_zip_is_refused(content: bytes) -> None:
    assert refused(content)


def test_a_zip_without_a_case_is_refused() -> None:
    assert "case file is not in the zip" in refused(zipped({"holiday.jpg": b"x"}))


@pytest.mark.parametrize(
    "name",
    [
        "../case.json",
        "/etc/passwd",
        "attachments/../../x",
        "C:/x",
        "a\\..\\b",
        "attachments//x",
        "./x",
        "a/\x07b",
    ],
)
def test_names_that_lead_elsewhere_are_refused(name: str) -> None:
    assert "leads out of the zip" in refused(zipped({**files_of(WHOLE), name: b"x"}))


def test_links_are_refused() -> None:
    link = ZipInfo("attachments/a1-carta-nina.pdf")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    files = files_of(WHOLE)
    files.pop(link.filename)
    assert "is a link" in refused(zipped(files, link=link))


def test_a_password_is_refused() -> None:
    content = bytearray(zipped(files_of(WHOLE)))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + flags] |= 1
    assert "locked with a password" in refused(bytes(content))


def test_unusual_packing_is_refused() -> None:
    assert "packed in a way" in refused(zipped(files_of(WHOLE), ZIP_BZIP2))


def test_a_bomb_is_refused_without_being_unpacked() -> None:
    assert "too large" in refused(zipped({**files_of(WHOLE), "attachments/zeros": bytes(8_000_000)}))


def test_a_file_larger_than_it_says_is_refused() -> None:
    content = bytearray(zipped({"case.json": b"[" * 5000}))
    entry = content.index(b"PK\x01\x02")
    content[entry + 24 : entry + 28] = (10).to_bytes(4, "little")
    assert refused(bytes(content))


def test_a_crowd_of_files_is_refused() -> None:
    assert "too large" in refused(zipped({f"attachments/{n}": b"" for n in range(2100)}))


def test_a_list_of_files_that_is_too_long_is_refused_before_it_is_read() -> None:
    content = bytearray(zipped({"case.json": b"{}"}))
    content[-10:-6] = (50_000_000).to_bytes(4, "little")
    assert "too large" in refused(bytes(content))


def test_a_file_that_is_there_twice_is_refused() -> None:
    packed = BytesIO(WHOLE)
    with pytest.warns(UserWarning, match="Duplicate name"), ZipFile(packed, "a") as archive:
        archive.writestr("case.json", b"{}")
    assert "more than once" in refused(packed.getvalue())


def test_a_damaged_file_is_refused_by_name() -> None:
    place = WHOLE.index(PAPERS["a1"])
    assert "a1-carta-nina.pdf: This file is damaged" in refused(WHOLE[:place] + b"X" + WHOLE[place + 1 :])


def without(files: Files, name: str) -> Files:
    return {other: content for other, content in files.items() if other != name}


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (without(files_of(WHOLE), "attachments/a2-photo.jpg"), "a2-photo.jpg: This paper is missing"),
        ({**files_of(WHOLE), "attachments/a2-photo.jpg": b"other"}, "not the one that the case means"),
        (without(files_of(WHOLE), "papers/l1.pdf"), "papers/l1.pdf: The PDF of the letter is missing"),
        ({**files_of(WHOLE), "papers/l1.pdf": b"hello"}, "papers/l1.pdf: The PDF of the letter is missing"),
        ({**files_of(WHOLE), "run.exe": b"x"}, "run.exe: The case does not know this file"),
        ({**files_of(WHOLE), "case.json": b"{"}, "not in order as a JSON file"),
        ({**files_of(WHOLE), "case.json": b"[]"}, "This is not a case file"),
        ({**files_of(WHOLE), "case.json": b"\xff\xfe"}, "not in order as a JSON file"),
        ({**files_of(WHOLE), "case.json": b"[" * 100_000}, "nested too deeply"),
        ({**files_of(WHOLE), "case.json": b'{"gameplan": 1, "gameplan": 1}'}, "stands twice"),
        ({**files_of(WHOLE), "case.json": b'{"gameplan": NaN}'}, "is not a number"),
        ({**files_of(WHOLE), "case.json": b'{"gameplan": 1e999}'}, "is not a number"),
    ],
)
def test_what_does_not_fit_together_is_refused(files: Files, said: str) -> None:
    assert said in refused(zipped(files))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda raw: raw["letters"][0].update(text="Dear school"), "changed after it was finished"),
        (lambda raw: raw["letters"][0].update(text="\ud800"), "broken letter"),
        (lambda raw: raw["letters"][0].update(pdf="../l1.pdf"), "names no file that may be in the zip"),
        (lambda raw: raw["letters"][1].update(id="l1"), "stands there more than once"),
        (lambda raw: raw["attachments"][0].update(path="case.json"), "names no file that may be in the zip"),
        (lambda raw: raw["attachments"][0].update(path=""), "names no file that may be in the zip"),
        (lambda raw: raw["attachments"][0].update(path=7), "names no file that may be in the zip"),
        (lambda raw: raw["attachments"][0].update(id="a2"), "stands there more than once"),
        (lambda raw: raw["attachments"][0].update(size=1), "not the one that the case means"),
        (lambda raw: raw["child"].update(name="A\x00na"), "broken letter"),
        (lambda raw: raw.update(facts="none"), "expected a list"),
        (lambda raw: raw["facts"][0].update(kind="magic"), "not a kind of fact"),
        (lambda raw: raw.update(attachments=[3], letters={}), "expected"),
    ],
)
def test_a_case_file_that_was_changed_is_refused(change: Callable[[dict[str, Any]], object], said: str) -> None:
    assert said in refused(changed(change))


def test_everything_that_is_wrong_is_said_at_once() -> None:
    files = files_of(WHOLE)
    raw = json.loads(files["case.json"])
    raw["child"]["state"] = "Texas"
    raw["facts"][0]["on"] = "tomorrow"
    del files["papers/l2.pdf"]
    broken = {**files, "case.json": json.dumps(raw).encode(), "run.exe": b"x", "../up": b"x"}
    said = refused(zipped(broken))
    for part in ("child.state", "facts[0] (f1).on", "papers/l2.pdf", "run.exe", "../up"):
        assert part in said


def read_or_none(content: bytes) -> ReadCase | None:
    """What is in the zip, or None if it was refused with a reason."""
    try:
        return read(content)
    except ExchangeError as error:
        if not error.faults:
            raise
        return None


def same_or_refused(content: bytes) -> None:
    found = read_or_none(content)
    assert found is None or case_json(found.case) == case_json(read(WHOLE).case)


@settings(deadline=None)
@given(st.data())
def test_a_mutated_zip_gives_faults_or_the_same_case(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(WHOLE)))
    end = data.draw(st.one_of(st.just(start), st.integers(start, min(len(WHOLE), start + 12))))
    content = WHOLE[:start] + data.draw(st.binary(max_size=6)) + WHOLE[end:]
    same_or_refused(content)


@settings(deadline=None)
@given(st.data())
def test_a_changed_byte_in_the_lists_of_the_zip_does_no_harm(data: st.DataObject) -> None:
    packed = zipped(files_of(WHOLE))
    places = range(len(packed) - 1200, len(packed))
    content = bytearray(packed)
    for place in data.draw(st.lists(st.sampled_from(places), min_size=1, max_size=3)):
        content[place] = data.draw(st.integers(0, 255))
    same_or_refused(bytes(content))


@settings(deadline=None)
@given(st.binary(max_size=200), st.sampled_from([b"PK\x03\x04", b"PK\x05\x06", b"PK\x01\x02", b""]))
def test_any_bytes_are_refused(content: bytes, start: bytes) -> None:
    refused(start + content)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates().map(str),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


@settings(deadline=None)
@given(st.data())
def test_any_value_anywhere_in_the_case_file_never_breaks_the_reader(data: st.DataObject) -> None:
    def change(raw: dict[str, Any]) -> None:
        place: Any = raw
        while isinstance(place, dict | list) and place:
            keys = list(place) if isinstance(place, dict) else range(len(place))
            key = data.draw(st.sampled_from(list(keys)))
            if not isinstance(place[key], dict | list) or data.draw(st.booleans()):
                place[key] = data.draw(JSON)
                return
            place = place[key]

    found = read_or_none(changed(change))
    if found is None:
        return
    again = export_case(found.case, found.attachments, found.letter_pdfs)
    once_more = read(again)
    assert export_case(once_more.case, once_more.attachments, once_more.letter_pdfs) == again
    assert case_json(once_more.case)["facts"] == case_json(found.case)["facts"]
