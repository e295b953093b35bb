"""Invitations and versions of plans as papers that can be delivered (`notices.shelf`): the same way as a notice."""

from __future__ import annotations

from django.http import Http404

from gameplan.cases.models import Case
from gameplan.notices.shelf import Leaf, Paper
from gameplan.planning.doors import pdf_of, plan_of, proposed, version_of
from gameplan.planning.life import PAPERS
from gameplan.planning.meetings import INVITATION, MINUTES
from gameplan.planning.models import Version
from gameplan.plans.sheets import sheet_of
from gameplan.plans.sheets.hashing import json_hash
from gameplan.plans.sheets.sheet import Sheet
from gameplan.tongues import tongue

SORT = "version"


def paper_of_version(case: Case, name: str) -> Paper:
    """A version of a plan or meeting by its name, such as "p2/1", if the reader sees it. Raises Http404."""
    plan_id, _, number = name.partition("/")
    if not number.isdecimal():
        raise Http404("There is no such version.")
    plan = plan_of(case, plan_id)
    version = version_of(plan, int(number))
    sheet = _sheet(version)
    is_whole = json_hash(version.content) == version.sha256
    leaf = Leaf(plan.lang, sheet.name, words_of(sheet), version.sha256, is_whole, lambda: pdf_of(version))
    return Paper(f"{SORT}:{name}", lambda lang: _sheet(version, lang).name, version.on, (leaf,))


def words_of(sheet: Sheet) -> str:
    """The words of a paper, one piece a line, for a page that shows it without its layout."""
    return "\n".join(text for text in sheet.texts() if text)


def _sheet(version: Version, lang: str = "") -> Sheet:
    as_ = version.how if version.how in (INVITATION, MINUTES) else PAPERS[version.plan.form.kind]
    return sheet_of(proposed(version), as_, tongue(lang or version.plan.lang), on=version.on)
