"""The papers of a plan on a page: what they are called, and as files to save."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gameplan.papers.sheet_docx import sheet_docx
from gameplan.papers.sheet_pdf import sheet_pdf
from gameplan.plans.sheets import Sheet
from gameplan.web.downloads import download

WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ENDINGS: Final = ("pdf", "docx")
SHEETS: Final[Mapping[str, str | Promise]] = {
    "iep": _("The whole plan"),
    "504": _("The whole plan"),
    "evaluation": _("The evaluation report"),
    "eligibility": _("The eligibility statement"),
    "glance": _("One page for teachers"),
    "plain": _("In plain words for the family"),
    "student": _("For the student"),
    "invitation": _("The invitation"),
    "minutes": _("What came of the meeting"),
}


def paper(sheet: Sheet, ending: str, *, draft: bool, sha256: str = "") -> HttpResponse:
    """The paper as a file to save. Raises CannotPrint for letters that no font of the program has."""
    if ending == "docx":
        return download(sheet_docx(sheet, draft=draft, sha256=sha256), WORD, f"{sheet.kind}.docx")
    return download(sheet_pdf(sheet, draft=draft, sha256=sha256), "application/pdf", f"{sheet.kind}.pdf")
