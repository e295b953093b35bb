"""Reports on progress as papers that can be delivered (`notices.shelf`): the same way as a notice."""

from __future__ import annotations

from functools import partial
from typing import Final

from django.http import Http404

from gameplan.cases.models import Case
from gameplan.letters import hash_of
from gameplan.notices.shelf import Leaf, Paper
from gameplan.planning.delivering import words_of
from gameplan.progress.reporting import Sent, pdf_of, report_numbered

SORT: Final = "report"


def paper_of_report(case: Case, name: str) -> Paper:
    """A report by its number, such as "3", if the reader sees it; first as it was sent, then in the other language.

    Raises Http404.
    """
    if not name.isdecimal():
        raise Http404("There is no such report.")
    sent = report_numbered(case, int(name))
    row = sent.row
    sheet = sent.sheets.get(row.lang)
    first = Leaf(
        row.lang, sheet.name if sheet else "", row.text, row.sha256, sent.is_whole, partial(pdf_of, sent, row.lang)
    )
    others = (_leaf(sent, lang) for lang in sent.sheets if lang != row.lang)
    return Paper(f"{SORT}:{name}", partial(_name, sent), row.made_at.date(), (first, *others))


def _leaf(sent: Sent, lang: str) -> Leaf:
    """The frozen paper in another language; the hash of the report covers it."""
    sheet = sent.sheets[lang]
    text = words_of(sheet)
    return Leaf(lang, sheet.name, text, hash_of(text), sent.is_whole, partial(pdf_of, sent, lang))


def _name(sent: Sent, lang: str) -> str:
    sheet = sent.sheet(lang)
    return sheet.name if sheet else str(sent.row)
