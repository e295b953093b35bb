"""What is wrong is told all at once: file, row, column, and how to mend it; and no message repeats a cell."""

from __future__ import annotations

import pytest

from gameplan.carrying.columns import fact_columns, kinds, template_columns
from gameplan.carrying.doubts import DOUBTS
from gameplan.carrying.models import Line
from gameplan.carrying.templates import template_files
from gameplan.cases.models import Case
from gameplan.cli.cases import DOUBTS as DOUBTS_TOLD
from gameplan.law import vocabulary
from gameplan.people.models import Organisation
from tests.carrying.conftest import Given
from tests.carrying.made import Files, packed, table

WRONG = [
    ("cases", 0, "born", "2015-13-01", "cases.csv, row 2, column born: This is not a day."),
    ("cases", 0, "born", "3/9/15", "cases.csv, row 2, column born: This is not a day."),
    ("cases", 0, "state", "XX", "cases.csv, row 2, column state: There is no such State."),
    ("cases", 0, "family", "=cmd", "cases.csv, row 2, column family: A name begins with a sign"),
    ("cases", 1, "school", "Elms", "cases.csv, row 3: This school is not known here"),
    (
        "cases",
        1,
        "case_key",
        "A1",
        "cases.csv, row 2: The same case_key stands twice; the other one is cases.csv, row 3.",
    ),
    ("cases", 1, "local_id", "501", "cases.csv, row 2: The same local_id stands twice"),
    ("facts", 0, "case_key", "Z9", "facts.csv, row 2: No row of cases.csv has this case_key."),
    ("facts", 0, "fact", "consent", "facts.csv, row 2, column fact: There is no such kind of fact."),
    ("facts", 0, "on", "", "facts.csv, row 2, column on: This cell is empty."),
    ("facts", 0, "on", "2026-12-24", "facts.csv, row 2, column on: This day has not come yet."),
    ("facts", 0, "on", "2026-12", "facts.csv, row 2, column on: This day has not come yet."),
    (
        "facts",
        0,
        "for",
        "services",
        "facts.csv, row 2, column for: This value cannot stand here. Use one of these: init",
    ),
    (
        "facts",
        0,
        "signed",
        "",
        "facts.csv, row 2, column signed: This kind of fact needs this. Fill it in, or write not-",
    ),
    ("facts", 0, "areas", "reading", "facts.csv, row 2, column areas: This kind of fact does not ask this."),
    (
        "facts",
        0,
        "received",
        "2019-10-01",
        "facts.csv, row 2, column received: This says another day than the column on.",
    ),
    ("facts", 3, "written", "maybe", "facts.csv, row 5, column written: This value cannot stand here."),
    ("facts", 3, "letter", "L7", "facts.csv, row 5: No row of this case has this fact_key: letter."),
    ("facts", 3, "said_by", "me", "facts.csv, row 5, column said_by: This value cannot stand here."),
    ("plans", 0, "plan", "ifsp", "plans.csv, row 2, column plan: This value cannot stand here."),
    (
        "plans",
        0,
        "environment",
        "RC8",
        "plans.csv, row 2, column environment: The child count has no such environment.",
    ),
    ("plans", 0, "ends", "2025-01-01", "plans.csv, row 2, column ends: The plan ends before it starts."),
    ("plans", 0, "colour", "red", "plans.csv, row 1, column colour: The template has no such column."),
]


@pytest.mark.parametrize(("file", "row", "column", "value", "says"), WRONG)
def test_a_wrong_cell_is_told_where_it_stands(
    preview: Given, file: str, row: int, column: str, value: str, says: str
) -> None:
    files = Files()
    getattr(files, file)[row][column] = value
    batch = preview(files)
    told = [f"{one['where']}: {one['what']} {one['mend']}" for one in batch.faults]
    assert batch.state == "faulty"
    assert any(one.startswith(says) for one in told), told
    assert not any("Brook" in one or "Elms" in one or "=cmd" in one for one in told)
    assert not Line.objects.exists()


def test_all_faults_come_at_once(preview: Given) -> None:
    files = Files()
    files.cases[0]["born"] = files.facts[0]["for"] = files.plans[0]["made_on"] = "?"
    files.facts[1]["type"] = ""
    where = {one["where"] for one in preview(files).faults}
    assert {"cases.csv, row 2, column born", "facts.csv, row 2, column for", "facts.csv, row 3, column type",
            "plans.csv, row 2, column made_on"} <= where  # fmt: skip


def test_an_unknown_school_is_told_beside_all_else(preview: Given) -> None:
    files = Files()
    files.cases[0]["school"], files.cases[0]["born"], files.cases[1]["born"] = "Elms", "2015-13-01", "x"
    found = [(one["where"], one["what"]) for one in preview(files).faults]
    assert ("cases.csv, row 2", "This school is not known here, or it is closed.") in found
    assert {where for where, _what in found} == {
        "cases.csv, row 2, column born", "cases.csv, row 2", "cases.csv, row 3, column born",
    }  # fmt: skip


def test_a_wrong_header_of_the_cases_blames_no_fact(preview: Given) -> None:
    texts = Files().texts()
    texts["cases.csv"] = texts["cases.csv"].replace("born", "birthday", 1)
    assert {one["where"].split(",")[0] for one in preview(packed(texts)).faults} == {"cases.csv"}


def test_other_files_are_named(preview: Given) -> None:
    texts = Files().texts()
    assert preview(packed({"notes.txt": "x"})).faults[0]["what"] == "There is no cases.csv and no zip of a case."
    assert preview(packed({**texts, "fact.csv": "a"})).faults[0]["where"] == "fact.csv"
    assert "lies in a folder" in preview(packed({"x/cases.csv": "a"})).faults[0]["what"]
    assert "not a whole zip" in preview(b"PK nothing").faults[0]["what"]
    assert not Case.objects.exists()


def test_a_school_may_be_chosen_for_all(preview: Given, oak: Organisation) -> None:
    files = Files()
    for row in files.cases:
        del row["school"]
    assert {one["what"] for one in preview(files).faults} == {"It is not said which school holds this case."}
    assert preview(files, school=oak).state == "previewed"
    assert {one.school for one in Line.objects.all()} == {oak}


def test_what_is_odd_is_said_and_taken(preview: Given) -> None:
    files = Files()
    files.plans[0] |= {"review_due": "2028-01-20", "reevaluation_due": "2028-05-05", "environment": ""}
    files.plans = files.plans[:1]
    files.facts[0] |= {"for": "reevaluation", "on": "2014-10-04"}
    files.facts[2]["categories"] = "lazy"
    files.facts.append({"case_key": "A1", "fact": "meeting-held", "on": "2026-01-24", "kind": "iep-other",
                        "present": "not-known", "parent_took_part": "not-known"})  # fmt: skip
    batch = preview(files)
    assert batch.state == "previewed", batch.faults
    assert Line.objects.get(case_key="A1").doubts == list(DOUBTS)
    assert set(DOUBTS_TOLD) == set(DOUBTS)


def test_a_row_may_point_at_another_one(bring: Given) -> None:
    files = Files()
    files.facts += [
        {"case_key": "A1", "fact": "removal-ordered", "on": "2026-09-15", "from": "2026-09-15", "school_days": "2",
         "kind": "suspension", "conduct": "c1", "change_of_placement": "no", "served_days": "2026-09-15; 9/16/2026"},
        {"case_key": "A1", "fact": "conduct-happened", "on": "2026-09-14", "what": "not-known", "fact_key": "c1"},
        {"case_key": "A1", "fact": "hearing-decided", "on": "2026-02", "mailed": "not-known", "for": "parent"},
    ]  # fmt: skip
    assert {"hearing-decided"} <= set(kinds())
    files.facts.pop()
    bring(files)
    told = {one.kind: one for one in Case.objects.get(child_name="Ben Brook").entries.all()}
    assert told["removal-ordered"].data["conduct"] == told["conduct-happened"].fact_id
    assert told["removal-ordered"].data["served_days"] == ["2026-09-15", "2026-09-16"]


def test_the_templates_follow_the_vocabulary(preview: Given) -> None:
    files = template_files()
    assert set(kinds()) <= set(vocabulary().kinds)
    assert set(template_columns()) <= fact_columns()
    for kind in kinds().values():
        assert all(f"\n{kind.id}," in files["kinds.csv"] and one.name in files["kinds.csv"] for one in kind.fields)
    assert preview(packed({name: text for name, text in files.items() if name != "README.txt"})).faults == [
        {"where": "cases.csv", "what": "There is no row but examples.", "mend": "Fill in one row for each child."}
    ]
    real = {name: text.replace("EXAMPLE-1", "X-1") for name, text in files.items()}
    batch = preview(packed(real))
    assert (batch.state, batch.counts["new"], batch.counts["facts"]) == ("previewed", 1, 5), batch.faults


def test_columns_may_stand_in_any_order_with_a_mark_before(preview: Given) -> None:
    texts = Files().texts()
    texts["facts.csv"] = "\ufeff" + table([dict(reversed(one.items())) for one in Files().facts])
    assert preview(packed(texts)).state == "previewed"
