"""A whole case as one zip: the case file, its papers, its letters, a word of explanation, and the schema.

The same case gives the same bytes on every machine: files in order, without times, not compressed.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.utils.translation import gettext as _

from gameplan.core.casefile import read_case
from gameplan.core.casewrite import case_json, case_schema
from gameplan.core.entries import Vocabulary
from gameplan.core.facts import Case
from gameplan.core.faults import CaseFileError, Fault
from gameplan.exchange.faults import ExchangeError
from gameplan.exchange.zip_guard import is_safe, shown, unpacked
from gameplan.law import vocabulary
from gameplan.people.refusals import unkeepable

CASE_FILE, README, SCHEMA = "case.json", "README.txt", "schema/case.schema.json"
LARGEST_CASE_FILE = 20 * 1024 * 1024
PDF_START = b"%PDF-"
Value = TypeVar("Value")
_FIRST_DAY_OF_ZIPS = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o100644 << 16


@dataclass(frozen=True)
class ReadCase:
    """A case that came in a zip, with the bytes of each paper and letter by id, and by path the PDFs of the rest:
    versions of plans, forms of permission, what was signed, notices, and reports on progress.
    """

    case: Case
    attachments: Mapping[str, bytes] = field(default_factory=dict)
    letter_pdfs: Mapping[str, bytes] = field(default_factory=dict)
    other_pdfs: Mapping[str, bytes] = field(default_factory=dict)


def export_case(
    case: Case,
    attachments: Mapping[str, bytes],
    letter_pdfs: Mapping[str, bytes],
    other_pdfs: Mapping[str, bytes] | None = None,
) -> bytes:
    """The case as one zip. The same case gives the same bytes.

    `attachments` has the bytes of each paper by its id, `letter_pdfs` the PDF of each letter by its id; a
    letter without one travels as text only. `other_pdfs` has the PDFs of plans, permission,
    signatures, notices and reports by path.
    Raises ExchangeError if a paper is missing or is not what the case says.
    """
    placed = _placed(case, letter_pdfs)
    faults = [
        fault
        for one in placed.attachments
        for fault in _content_faults(one.path, one.sha256, one.size, attachments.get(one.id))
    ]
    if faults:
        raise ExchangeError(faults)
    files = {
        CASE_FILE: _as_text(case_json(placed)),
        README: readme(),
        SCHEMA: schema_text(),
        **{one.path: attachments[one.id] for one in placed.attachments},
        **{one.pdf: letter_pdfs[one.id] for one in placed.letters if one.pdf},
        **(other_pdfs or {}),
    }
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_STORED) as archive:
        for name in sorted(files, key=lambda each: (each != README, each != CASE_FILE, each)):
            entry = ZipInfo(name, _FIRST_DAY_OF_ZIPS)
            entry.create_system, entry.external_attr = 3, _PLAIN_FILE
            archive.writestr(entry, files[name])
    return packed.getvalue()


def read_zip(content: bytes, known: Vocabulary) -> ReadCase:
    """The case in a zip, checked whole before anything of it is used. Nothing is written anywhere.

    Raises ExchangeError with everything that is wrong: what, where, and how to mend it.
    """
    files, faults = unpacked(content)
    raw, wrong = _parsed(files.get(CASE_FILE))
    faults += wrong
    case: Case | None = None
    if raw is not None:
        case, wrong = _case(raw, known)
        faults += wrong
        faults += _file_faults(raw, files)
    if faults or case is None:
        raise ExchangeError(faults)
    return ReadCase(
        case,
        {one.id: files[one.path] for one in case.attachments},
        {one.id: files[one.pdf] for one in case.letters if one.pdf},
        {
            path: files[path]
            for path in [
                *_plan_paths(case.plans),
                *_pdf_paths((*case.consents, *case.signatures)),
                *_edition_paths(case.records.get("notices", ())),
                *_pdf_paths(case.records.get("progress_reports", ())),
            ]
        },
    )


@cache
def readme() -> bytes:
    """What stands in the zip for whoever opens it without gameplan, in English and Spanish."""
    return (Path(__file__).parent / "case_zip_readme.txt").read_bytes()


@cache
def schema_text() -> bytes:
    """The JSON Schema of the case file as it stands in the zip."""
    return _as_text(case_schema(vocabulary()))


def _as_text(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


def _placed(case: Case, letter_pdfs: Mapping[str, bytes]) -> Case:
    """The case with the place of each paper and PDF in the zip, and all names within a fact or letter in order.

    Some databases do not keep the order of names; the bytes must not depend on that.
    """
    papers = _places("attachments", [(one.id, f"-{_plain(one.name) or 'paper'}") for one in case.attachments])
    pdfs = _places("papers", [(one.id, ".pdf") for one in case.letters])
    return replace(
        case,
        facts=tuple(replace(one, data=_in_order(one.data), written_in=_in_order(one.written_in)) for one in case.facts),
        attachments=tuple(replace(one, path=path) for one, path in zip(case.attachments, papers, strict=True)),
        letters=tuple(
            replace(
                one,
                pdf=path if one.id in letter_pdfs else "",
                fields=_in_order(one.fields),
                sent=tuple(_in_order(sending) for sending in one.sent),
            )
            for one, path in zip(case.letters, pdfs, strict=True)
        ),
    )


def _in_order(table: Mapping[str, Value]) -> dict[str, Value]:
    return dict(sorted(table.items()))


def _places(folder: str, named: Sequence[tuple[str, str]]) -> list[str]:
    """A place for each, all different, made of its id and the rest of its name."""
    places: list[str] = []
    for one_id, rest in named:
        stem = _plain(one_id) or "x"
        place, number = f"{folder}/{stem}{rest}", 1
        while place in places:
            number += 1
            place = f"{folder}/{stem}-{number}{rest}"
        places.append(place)
    return places


def _plain(name: str) -> str:
    """The name in plain letters that every file system keeps."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9._-]+", "-", bare).strip("-.")[-100:]


def _parsed(content: bytes | None) -> tuple[dict[str, Any] | None, list[Fault]]:
    """The case file as JSON, and what is wrong with it as a text."""
    if content is None:
        what, mend = _("The case file is not in the zip."), _("Choose the zip file that gameplan made.")
        return None, [Fault(CASE_FILE, what, mend)]
    mend = _("Choose the file as gameplan made it, or mend it with a JSON editor.")
    if len(content) > LARGEST_CASE_FILE:
        return None, [Fault(CASE_FILE, _("This file is too large."), mend)]
    try:
        raw = json.loads(
            content.decode("utf-8-sig"), object_pairs_hook=_table, parse_constant=_finite, parse_float=_finite
        )
        faults = list(unkeepable(raw, CASE_FILE))
    except (ValueError, RecursionError) as error:
        reason = _("It is not in order as a JSON file: {reason}.").format(reason=_reason(error))
        return None, [Fault(CASE_FILE, reason, mend)]
    if not isinstance(raw, dict):
        return None, [Fault(CASE_FILE, _("This is not a case file."), mend)]
    return raw, faults


def _reason(error: ValueError | RecursionError) -> str:
    return "nested too deeply" if isinstance(error, RecursionError) else shown(str(error)).rstrip(".")


def _table(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) < len(pairs):
        raise ValueError("a name stands twice in one place")
    return table


def _finite(number: str) -> float:
    found = float(number)
    if not math.isfinite(found):
        raise ValueError(f"{number[:20]} is not a number")
    return found


def _case(raw: object, known: Vocabulary) -> tuple[Case | None, list[Fault]]:
    try:
        return read_case(raw, known), []
    except CaseFileError as error:
        return None, [replace(fault, where=f"{CASE_FILE}: {fault.where}") for fault in error.faults]


def _file_faults(raw: Mapping[str, Any], files: Mapping[str, bytes]) -> Iterator[Fault]:
    """What does not fit between the case file and the files beside it, even if the case file is wrong."""
    papers, letters = _rows(raw, "attachments"), _rows(raw, "letters")
    yield from _repeated_ids("attachments", papers)
    yield from _repeated_ids("letters", letters)
    for row in papers:
        yield from _paper_faults(row, files)
    for row in letters:
        yield from _letter_faults(row, files)
    papers_of_rest = [
        *_plan_paths(_tables(raw, "plans")), *_pdf_paths([*_tables(raw, "consents"), *_tables(raw, "signatures")]),
        *_edition_paths(_tables(raw, "notices")), *_pdf_paths(_tables(raw, "progress_reports")),
    ]  # fmt: skip
    for path in papers_of_rest:
        yield from _pdf_faults(path, files)
    expected = {
        *papers_of_rest,
        CASE_FILE,
        README,
        SCHEMA,
        *(row.get("path") for row in papers),
        *(row.get("pdf") for row in letters),
    }
    for name in sorted(set(files) - expected):
        what, mend = _("The case does not know this file."), _("Take it out of the zip.")
        yield Fault(shown(name), what, mend)


def _rows(raw: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """The rows of a list in the case file, as far as they are words; the rest is a fault of the case file."""
    return [
        {key: value for key, value in row.items() if isinstance(value, int if key == "size" else str)}
        for row in _tables(raw, name)
    ]


def _tables(raw: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    rows = raw.get(name)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _repeated_ids(name: str, rows: Sequence[Mapping[str, str]]) -> Iterator[Fault]:
    for one_id, times in Counter(row.get("id", "") for row in rows).items():
        if times > 1:
            what = _("The id {id} stands there more than once.").format(id=shown(one_id))
            yield Fault(f"{CASE_FILE}: {name}", what, _("Give each its own id."))


def _paper_faults(row: Mapping[str, Any], files: Mapping[str, bytes]) -> Iterator[Fault]:
    path = row.get("path", "")
    if not _is_in("attachments", path):
        yield _wrong_place(f"{CASE_FILE}: attachments ({shown(row.get('id', ''))}).path", "attachments/")
    else:
        yield from _content_faults(path, row.get("sha256", ""), row.get("size", 0), files.get(path))


def _content_faults(path: str, sha256: str, size: int, content: bytes | None) -> Iterator[Fault]:
    if content is None:
        yield Fault(shown(path), _("This paper is missing."), _("Make the zip again with all its papers."))
    elif len(content) != size or hashlib.sha256(content).hexdigest() != sha256:
        yield Fault(shown(path), _("This paper is not the one that the case means."), _("Make the zip again."))


def _letter_faults(row: Mapping[str, Any], files: Mapping[str, bytes]) -> Iterator[Fault]:
    where = f"{CASE_FILE}: letters ({shown(row.get('id', ''))})"
    path, text = row.get("pdf", ""), row.get("text", "")
    if hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() != row.get("sha256"):
        yield Fault(f"{where}.text", _("The letter was changed after it was finished."), _("Make the zip again."))
    if path and not _is_in("papers", path):
        yield _wrong_place(f"{where}.pdf", "papers/")
    elif path and not files.get(path, b"").startswith(PDF_START):
        yield Fault(shown(path), _("The PDF of the letter is missing."), _("Make the zip again with all its papers."))


def _plan_paths(plans: Iterable[Mapping[str, Any]]) -> list[str]:
    """Where the papers of plans' versions lie in the zip, as the plans say it."""
    return _pdf_paths(row for plan in plans for row in plan.get("versions") or () if isinstance(row, dict))


def _edition_paths(notices: Iterable[Mapping[str, Any]]) -> list[str]:
    """Where the papers of notices lie in the zip, in each language, as the notices say it."""
    rows = (one.get("editions") for one in notices)
    return _pdf_paths(each for some in rows if isinstance(some, list) for each in some if isinstance(each, dict))


def _pdf_paths(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """Where the papers of rows lie in the zip, as they say it in `pdf`."""
    return [row["pdf"] for row in rows if isinstance(row.get("pdf"), str) and row["pdf"]]


def _pdf_faults(path: str, files: Mapping[str, bytes]) -> Iterator[Fault]:
    if not _is_in("papers", path):
        yield _wrong_place(f"{CASE_FILE}: pdf ({shown(path)})", "papers/")
    elif not files.get(path, b"").startswith(PDF_START):
        yield Fault(shown(path), _("This PDF is missing."), _("Make the zip again with all its papers."))


def _wrong_place(where: str, folder: str) -> Fault:
    mend = _('Name a file in the folder "{folder}".').format(folder=folder)
    return Fault(where, _("This names no file that may be in the zip."), mend)


def _is_in(folder: str, path: str) -> bool:
    return path.startswith(f"{folder}/") and path.count("/") == 1 and is_safe(path)
