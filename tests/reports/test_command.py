"""`gameplan report`: a file, what is wrong, a worksheet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gameplan.cases.models import Access
from gameplan.cli import app, places
from gameplan.people.models import Organisation
from tests.districts.conftest import Join
from tests.reports.conftest import Enroll, Tell

Served = Callable[..., None]


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, db: None) -> CliRunner:
    """The command line on the database of the test."""
    monkeypatch.setattr(places, "open_shared", lambda data: data)
    return CliRunner()


def test_a_file_is_written_and_each_child_is_told(
    here: CliRunner, numbered: Organisation, join: Join, oak: Organisation, served: Served, enroll: Enroll,
    tmp_path: Path,
) -> None:  # fmt: skip
    ben = join("Ben", oak, born=date(2018, 5, 2))
    served(ben)
    enroll(ben)
    out = tmp_path / "file.csv"
    answer = here.invoke(app, ["report", "FS002", "--place", "Pecan Valley", "--on", "2026-10-01", "-o", str(out)])
    assert answer.exit_code == 0, answer.output
    assert "send it as TXLEAIDEADISABv1.csv" in answer.stdout
    assert "re-check" in answer.stderr
    records = out.read_text("utf-8").splitlines()
    assert records[0] == "LEA CHILDREN WITH DISABILITIES,13,TXLEAIDEADISABv1.csv,,2026-2027,"
    assert records[-1].endswith(",Y,,1")
    assert records[-1].startswith("13,48,01,4800001,,IDEADISAB")
    assert Access.objects.filter(case_id=ben.pk, action="export-for-audit", person="installer").exists()


def test_the_check_says_who_what_and_how_to_mend(
    here: CliRunner, numbered: Organisation, join: Join, oak: Organisation, served: Served
) -> None:
    ben = join("Ben", oak, born=date(2018, 5, 2))
    served(ben)
    answer = here.invoke(app, ["report", "check", "--place", "Pecan Valley"])
    assert answer.exit_code == 1
    assert f"- case {ben.pk} [no-race; FS002]" in answer.stdout
    assert "Write it into the roster." in answer.stdout
    assert answer.stdout.endswith("4 things to look at.\n")


def test_what_is_asked_wrongly_is_said(here: CliRunner, numbered: Organisation, join: Join, oak: Organisation) -> None:
    def said(*words: str) -> str:
        answer = here.invoke(app, ["report", *words, "--place", "Pecan Valley"])
        assert answer.exit_code == 2
        return answer.stderr.replace("\n", " ")

    assert "FS999" in said("FS999")
    assert "--level" in said("FS143", "--level", "SCH")
    assert "has not come" in said("FS143", "--on", "2027-10-01")
    assert "school year" in said("b11", "--year", "2025-27")
    oak.parent.nces_id = ""  # type: ignore[union-attr]
    oak.parent.save()  # type: ignore[union-attr]
    join("Ben", oak)
    answer = here.invoke(app, ["report", "FS143", "--place", "nowhere"])
    assert (answer.exit_code, "--place" in answer.stderr) == (2, True)


def test_the_worksheet_of_b11_has_its_children(
    here: CliRunner, numbered: Organisation, join: Join, oak: Organisation, tell: Tell
) -> None:
    ben = join("Ben", oak, born=date(2016, 5, 2))
    asked = date(2026, 3, 2)
    tell(ben, "consent-given", asked, signed=asked, received=asked, **{"for": "initial-evaluation"})
    answer = here.invoke(app, ["report", "b11", "--place", "Pecan Valley", "--year", "2025-26"])
    assert answer.exit_code == 0, answer.output
    assert "consents,1" in answer.stdout
    (line,) = (one for one in answer.stdout.splitlines() if one.startswith(str(ben.pk)))
    assert line.split(",")[1] in {"cannot_tell", "late_not_finished"}
    assert Access.objects.filter(case_id=ben.pk, action="export-for-audit").exists()
