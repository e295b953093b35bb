"""The templates as files: header, an example, and a README that says what each column is and what the law calls it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO, StringIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile

from gameplan.carrying.columns import (
    CASE_COLUMNS,
    CASES,
    EXAMPLE,
    FACT_BASE,
    FACTS,
    KINDS,
    PLAN_COLUMNS,
    PLANS,
    README,
    Column,
    answers,
    fields_beside,
    kinds,
    names,
    template_columns,
)  # fmt: skip
from gameplan.core.casefile import NOT_KNOWN
from gameplan.law.contents import content_list

ONE: Final = f"{EXAMPLE}-1"
CASE_EXAMPLES: Final = (
    {"case_key": ONE, "given": "Ana", "family": "Lopez", "born": "2016-05-02", "local_id": "100234",
     "state_id": "7700100234", "school": "Oak School", "state": "TX", "grade": "4", "home_language": "es",
     "manager_email": "maya@school.example"},
)  # fmt: skip
PLAN_EXAMPLES: Final = (
    {"case_key": ONE, "plan": "iep", "made_on": "2026-01-20", "starts": "2026-01-26", "review_due": "2027-01-20",
     "reevaluation_due": "2028-01-15", "environment": "RC80", "first": "no",
     "progress_schedule": "with each report card"},
)  # fmt: skip
FACT_EXAMPLES: Final = (
    {"case_key": ONE, "fact": "consent-given", "on": "2021-11-08", "signed": "2021-11-05", "for": "initial-services"},
    {"case_key": ONE, "fact": "evaluation-completed", "on": "2025-01-13", "type": "reevaluation",
     "areas": "reading; speech"},
    {"case_key": ONE, "fact": "eligibility-determined", "on": "2025-01-15", "eligible": "yes", "categories": "SLD"},
)  # fmt: skip
ENVIRONMENTS, CATEGORIES = "edfacts-environments", "disability-categories"


def template_files() -> Mapping[str, str]:
    """Each template as the text of a file, by its name."""
    return {
        README: readme(),
        CASES: _table(names(CASE_COLUMNS), CASE_EXAMPLES),
        FACTS: _table(template_columns(), FACT_EXAMPLES),
        PLANS: _table(names(PLAN_COLUMNS), PLAN_EXAMPLES),
        KINDS: _table(("fact", "name", "law", "column", "needed", "how_to_write_it"), _kind_rows()),
    }


def template_zip() -> bytes:
    """The templates in one zip."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, text in template_files().items():
            archive.writestr(name, text)
    return packed.getvalue()


def _table(header: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    text = StringIO()
    writer = csv.DictWriter(text, header, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _kind_rows() -> Iterator[dict[str, str]]:
    """One row a field of each kind of fact, the main day first."""
    for kind in kinds().values():
        about = {"fact": kind.id, "name": kind.name, "law": "; ".join(kind.cite)}
        main = f"the main day ({kind.main_date}): a day, or a month (2025-02)"
        yield {**about, "column": "on", "needed": "yes", "how_to_write_it": main}
        for one in fields_beside(kind):
            needed = "yes" if one.required else "no"
            yield {**about, "column": one.name, "needed": needed, "how_to_write_it": answers(one)}


def readme() -> str:
    """What each column is, in plain words, with the term of the law."""
    parts = [_OPENING]
    for file, title, columns in (
        (CASES, "one row a child", CASE_COLUMNS), (FACTS, "one row a thing that happened", FACT_BASE),
        (PLANS, "one row a plan: the one in force, and earlier ones if you have them", PLAN_COLUMNS),
    ):  # fmt: skip
        parts.append(f"{file}: {title}\n")
        parts += [_described(one) for one in columns]
        parts.append(_MORE_COLUMNS if file == FACTS else "")
    parts.append("Codes of the educational environment (plans.csv, environment)\n")
    parts += [f"  {one.edfacts}  {one.text}" for one in content_list(ENVIRONMENTS).items]
    parts.append("\nDisability categories (facts.csv, eligibility-determined, categories)\n")
    parts += [f"  {one.edfacts} or {one.id}  {one.text}" for one in content_list(CATEGORIES).items]
    return "\n".join(parts) + "\n"


def _described(one: Column) -> str:
    needed = " Needed." if one.needed else ""
    law = f" Law: {one.law}." if one.law else ""
    return f"  {one.name}\n      {one.says}{needed}{law}"


_OPENING: Final = f"""Templates to bring existing cases into gameplan

Fill in {CASES}, {FACTS} and {PLANS} and leave the header rows as they are. {FACTS} and {PLANS} may be missing.
Save each as "CSV UTF-8". Days are 2026-08-17 or 8/17/2026. Yes and no are yes and no. Columns may stand in any order,
and those that you do not need may be taken out. Rows whose case_key begins with {EXAMPLE} are examples: they are
left out.

Bring in what happened, not what is due. No due date is taken over: the law works out each from the facts.
Where the law needs an answer that nobody knows any more, write {NOT_KNOWN}. It stays open, and is asked for
where it matters. Then put the files into one folder or zip, and look before anything is written:

  gameplan cases import FOLDER --place "Your District" --dry-run

docs/migrating.md is the guide for the whole move.
"""
_MORE_COLUMNS: Final = f"""
  Further columns: what a kind of fact asks besides its day. {KINDS} lists every kind with its columns, which of them
  are needed, and what may stand in them. It is made from the law that this program works with. Add a column of that
  name where the template does not have it.
"""
