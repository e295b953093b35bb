"""Templates that are filled in: three children of Oak School, so that a test changes a cell and nothing else."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from io import BytesIO, StringIO
from zipfile import ZipFile

Row = dict[str, str]

CHILDREN: list[Row] = [
    {"case_key": "A1", "given": "Ben", "family": "Brook", "born": "2015-03-09", "local_id": "501", "state_id": "9501",
     "school": "Oak School", "grade": "5"},
    {"case_key": "A2", "given": "Cara", "family": "Diaz", "born": "8/2/2017", "school": "Oak School",
     "home_language": "es", "manager_email": "maya@school.example"},
    {"case_key": "A3", "given": "Dev", "family": "Shah", "born": "2018-06-30", "school": "Elm School"},
]  # fmt: skip
HAPPENED: list[Row] = [
    {"case_key": "A1", "fact": "consent-given", "on": "2019-10-02", "signed": "10/1/2019", "for": "initial-services"},
    {"case_key": "A1", "fact": "evaluation-completed", "on": "2024-01-15", "type": "reevaluation", "areas": "reading"},
    {"case_key": "A1", "fact": "eligibility-determined", "on": "2024-01-15", "eligible": "yes", "categories": "SLD"},
    {"case_key": "A2", "fact": "evaluation-requested", "on": "2026-10-05", "type": "initial", "by": "parent",
     "written": "yes"},
    {"case_key": "A2", "fact": "consent-given", "on": "2026-10-19", "signed": "2026-10-16",
     "for": "initial-evaluation"},
    {"case_key": "A3", "fact": "evaluation-completed", "on": "2026-11-02", "type": "initial", "areas": "speech"},
]  # fmt: skip
PLANS: list[Row] = [
    {"case_key": "A1", "plan": "iep", "made_on": "2026-01-20", "starts": "2026-01-26", "review_due": "2027-01-20",
     "reevaluation_due": "2027-01-15", "environment": "RC80"},
    {"case_key": "A1", "plan": "IEP", "made_on": "2025-01-21"},
    {"case_key": "A1", "plan": "IEP", "made_on": "1/22/2024"},
]  # fmt: skip


@dataclass
class Files:
    """The three templates as rows, to be changed and packed."""

    cases: list[Row] = field(default_factory=lambda: deepcopy(CHILDREN))
    facts: list[Row] = field(default_factory=lambda: deepcopy(HAPPENED))
    plans: list[Row] = field(default_factory=lambda: deepcopy(PLANS))

    def texts(self) -> dict[str, str]:
        """Each file that has rows, as text."""
        named = {"cases.csv": self.cases, "facts.csv": self.facts, "plans.csv": self.plans}
        return {name: table(rows) for name, rows in named.items() if rows}

    def packed(self) -> bytes:
        """All of it in a zip."""
        return packed(self.texts())


def table(rows: Iterable[Row]) -> str:
    """Rows as CSV; the header has every column that some row has."""
    listed = list(rows)
    header = list(dict.fromkeys(name for row in listed for name in row))
    text = StringIO()
    writer = csv.DictWriter(text, header, restval="")
    writer.writeheader()
    writer.writerows(listed)
    return text.getvalue()


def packed(files: Mapping[str, str | bytes]) -> bytes:
    """Files in a zip."""
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return content.getvalue()
