"""Portable zips of cases: many at once, each with the checks of a single one, and out again the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from hashlib import sha256

from gameplan.carrying.models import Batch, Line
from gameplan.carrying.undoing import undo
from gameplan.cases.doors import case_for, facts_of
from gameplan.cases.models import Attachment, Case
from gameplan.cases.people import person_of_user
from gameplan.core import facts
from gameplan.core.facts import Child
from gameplan.exchange.case_zip import export_case, read_zip
from gameplan.exchange.doorway import export_for
from gameplan.law import vocabulary
from gameplan.people.models import Organisation, User
from tests.carrying.conftest import Given
from tests.carrying.made import Files, packed
from tests.exchange.told import TOLD

PDF = b"%PDF-1.7\n1 0 obj << >> endobj\n%%EOF\n"
PAPER = facts.Attachment("a1", "letter.pdf", "application/pdf", sha256(PDF).hexdigest(), len(PDF))


def told(name: str, born: date) -> facts.Case:
    """A family's file of a child: a calendar, a paper, a fact that was corrected, and one of each side."""
    rest = tuple(replace(one, attachments=("a1",) if one.attachments else ()) for one in TOLD.facts)
    return replace(TOLD, child=Child(name, born, "TX", "3"), facts=rest, attachments=(PAPER,), letters=())


def zipped(name: str, born: date = date(2016, 5, 2)) -> bytes:
    return export_case(told(name, born), {"a1": PDF}, {})


def test_many_come_in_and_a_family_s_words_stay_its_own(bring: Given, oak: Organisation, director: User) -> None:
    batch = bring(packed({"ana.zip": zipped("Ana Lopez"), "max.zip": zipped("Max Reed")}), school=oak)
    assert (batch.form, batch.counts["cases"]) == ("zips", 2)
    case = case_for(person_of_user(director), Case.objects.get(child_name="Ana Lopez").pk)
    sides = dict(case.entries.values_list("fact_id", "side"))
    assert (sides["f1"], sides["f2"]) == ("family", "school")
    seen = facts_of(case)
    assert [one.id for one in seen.facts] == [one.id for one in TOLD.facts]
    assert (seen.child.school, seen.child.district) == ("Oak School", "Pecan Valley")
    assert [one.name for one in seen.attachments] == ["letter.pdf"]
    assert not Line.objects.exclude(packed=None).exists()
    assert undo(batch, by="dora").state == Batch.State.UNDONE
    assert not Attachment.objects.exists()


def test_one_zip_alone_is_a_batch_of_one(bring: Given, oak: Organisation) -> None:
    assert bring(zipped("Ana Lopez"), school=oak).counts["cases"] == 1


def test_a_damaged_one_is_named_and_nothing_comes_in(preview: Given, oak: Organisation) -> None:
    broken = bytearray(zipped("Max Reed"))
    broken[broken.index(PDF) + 9] ^= 1
    batch = preview(packed({"ana.zip": zipped("Ana Lopez"), "max.zip": bytes(broken), "x.zip": b"x"}), school=oak)
    assert batch.state == "faulty"
    assert {one["where"].partition(":")[0] for one in batch.faults} == {"max.zip", "x.zip"}
    assert not Line.objects.exists()
    assert not Case.objects.exists()


def test_what_only_a_trial_finds_is_told_in_the_preview(preview: Given, oak: Organisation) -> None:
    case = replace(told("Ana Lopez", date(2016, 5, 2)), plans=({"id": "p1", "begun": {"at": "never"}, "plan": {}},))
    batch = preview(packed({"ana.zip": export_case(case, {"a1": PDF}, {})}), school=oak)
    assert batch.state == "faulty"
    assert all(one["where"].startswith("ana.zip: plans (p1)") for one in batch.faults)
    assert not Case.objects.exists()


def test_a_school_has_to_be_named(preview: Given) -> None:
    assert preview(packed({"ana.zip": zipped("Ana Lopez")})).faults[0]["where"] == "school"


def test_out_of_one_district_and_into_another(bring: Given, oak: Organisation, director: User) -> None:
    """Every case goes out as a zip; the cases go, the zips come in, and tell the same."""
    first = bring(Files())
    dora = person_of_user(director)
    keys = {one.child_name: one.pk for one in Case.objects.all()}
    zips = {f"{name}.zip": export_for(dora, key) for name, key in keys.items()}
    before = {name: read_zip(zips[f"{name}.zip"], vocabulary()).case.facts for name in keys}
    undo(first, by="dora")
    bring(packed(zips), school=oak)
    for case in Case.objects.all():
        again = facts_of(case_for(dora, case.pk))
        assert case.pk not in keys.values()
        assert again.facts == before[case.child_name]
