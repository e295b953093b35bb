"""Requests, notices, deliveries and languages travel with the case: the same again, or nothing and every reason why."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import pytest
from jsonschema import Draft202012Validator
from pytest_django import DjangoDbBlocker

from gameplan.cases import verbs
from gameplan.cases.doors import case_for
from gameplan.cases.models import Case
from gameplan.cases.people import Person
from gameplan.cases.verifying import verdicts
from gameplan.core.casewrite import case_schema
from gameplan.core.record_shapes import SHAPES
from gameplan.exchange.doorway import export_for, import_for
from gameplan.exchange.faults import ExchangeError
from gameplan.law import vocabulary
from gameplan.notices import doors
from gameplan.notices.delivering import next_at
from gameplan.notices.models import Delivery, Link
from gameplan.notices.proofs import State
from gameplan.notices.recipients import recipients_of
from gameplan.people.roles import Action
from tests import mutated
from tests.carried import SECRET, TABLES, Files, in_case, kept_for_all, make_files
from tests.case_paths import rows_of
from tests.exchange.test_keeping import said
from tests.sides import join, make_sides

pytestmark = pytest.mark.django_db
OTHER = Person(id="another-family", role="parent")
Change = Callable[[dict[str, Any]], object]


@dataclass
class Packed:
    """Both files, and the zips that Rosa takes out of hers, and both sides out of the school's."""

    files: Files
    mine: bytes
    at_oak: bytes
    at_home: bytes


@pytest.fixture(scope="module")
def packed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Packed]:
    """Made once for all tests here; each of them takes back what it does itself."""
    with kept_for_all(django_db_blocker):
        files = make_files(make_sides(), waiting=False)
        taken = (export_for(files.rosa, files.mine.pk), export_for(files.kim, files.theirs.pk))
        yield Packed(files, *taken, export_for(files.rosa, files.theirs.pk))


def raw_of(content: bytes) -> dict[str, Any]:
    with ZipFile(io.BytesIO(content)) as archive:
        found: dict[str, Any] = json.loads(archive.read("case.json"))
    return found


def changed(content: bytes, *changes: Change) -> bytes:
    """The zip with other words in its case file."""
    with ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    raw = json.loads(files["case.json"])
    for change in changes:
        change(raw)
    files["case.json"] = json.dumps(raw, ensure_ascii=False).encode()
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def counts() -> list[int]:
    return [table._base_manager.count() for table in (Case, *TABLES)]


def test_out_wiped_and_in_again_is_the_same(packed: Packed) -> None:
    verbs.delete_case(packed.files.mine, by=packed.files.mine.reader)
    again = import_for(OTHER, packed.mine)
    assert export_for(OTHER, again.pk) == packed.mine
    assert set(SHAPES) <= set(raw_of(packed.mine))
    (verdict,) = verdicts(again.pk)
    assert (verdict.findings, verdict.unknown) == ((), ())


def test_every_row_comes_in_once_beside_the_first_case(packed: Packed) -> None:
    again = import_for(OTHER, packed.mine)
    assert [len(in_case(one, again)) for one in TABLES] == [len(in_case(one, packed.files.mine)) for one in TABLES]
    assert export_for(OTHER, again.pk) == packed.mine
    assert Link._base_manager.filter(delivery__case=again).count() == 0
    assert [one.counts for one in doors.wishes_of(case_for(OTHER, again.pk))] == [False, False]
    assert len([one for one in recipients_of(case_for(OTHER, again.pk)) if one.wish]) == 1


def test_the_case_file_fits_its_schema(packed: Packed) -> None:
    for content in (packed.mine, packed.at_oak, packed.at_home):
        assert not list(Draft202012Validator(case_schema(vocabulary())).iter_errors(raw_of(content)))


def test_the_school_takes_along_what_it_sees_and_the_family_what_it_sees(packed: Packed) -> None:
    oak, home = raw_of(packed.at_oak), raw_of(packed.at_home)
    assert [one["id"] for one in oak["notices"]] == ["n1", "n2"]
    assert [one["id"] for one in home["notices"]] == ["n1"]
    assert [one["about"] for one in oak["amendments"]] == ["fact:f1"]
    assert oak["retention"] == home["retention"]
    for content in (packed.at_oak, packed.at_home):
        assert export_for(OTHER, import_for(OTHER, content).pk) == content


def test_a_parent_does_not_take_the_other_ones_address_along(packed: Packed) -> None:
    dan = packed.files.sides.family("dan")
    packed.files.theirs.members.create(person=dan.id, role="parent", decides=True)
    told = raw_of(export_for(dan, packed.files.theirs.pk))
    assert "rosa@example.org" not in json.dumps(told)
    assert "deliveries" not in told
    assert [one["by_email"] for one in told["delivery_choices"]] == [False]


def test_an_email_that_waited_does_not_go_out_of_the_new_case(packed: Packed) -> None:
    change: Change = lambda raw: raw["deliveries"][0].update(state="queued")  # noqa: E731
    again = import_for(OTHER, changed(packed.mine, change))
    assert Delivery._base_manager.get(case=again, delivery_id="d1").state == State.FAILED
    assert next_at() is None


def test_a_school_that_joins_later_sees_nothing_of_it(packed: Packed) -> None:
    files = packed.files
    again = import_for(files.rosa, packed.mine)
    case = join(case_for(files.rosa, again.pk), files.sides.oak, files.kim, [], files.rosa)
    seen = raw_of(export_for(files.kim, case.pk))
    assert not set(SHAPES) & set(seen)
    assert SECRET not in json.dumps(seen)
    assert SECRET in json.dumps(raw_of(export_for(files.rosa, case.pk)))


def test_an_older_file_without_these_is_read(packed: Packed) -> None:
    def older(raw: dict[str, Any]) -> None:
        for what in SHAPES:
            raw.pop(what)

    content, beside = changed(packed.at_oak, older), ("papers/notice-", "papers/progress-report-")
    with ZipFile(io.BytesIO(content)) as archive:
        kept = {name: archive.read(name) for name in archive.namelist() if not name.startswith(beside)}
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as archive:
        for name, data in kept.items():
            archive.writestr(name, data)
    again = import_for(OTHER, out.getvalue())
    assert not any(in_case(one, again) for one in TABLES)


def test_all_faults_are_told_at_once(packed: Packed) -> None:
    wrong = changed(
        packed.mine,
        lambda raw: raw["amendments"][0].update(fact="f99"),
        lambda raw: raw["retention"][0].update(kind="guessed"),
        lambda raw: raw["notices"][0]["editions"][0].update(text="Other"),
        lambda raw: raw["deliveries"][0].update(about="letter:l9"),
        lambda raw: raw["delivery_choices"][0].update(how="guessed"),
        lambda raw: raw["language_help"][0].update(what="magic"),
    )
    with pytest.raises(ExchangeError) as refused:
        import_for(OTHER, wrong)
    places = {fault.where.partition(" ")[0] for fault in refused.value.faults}
    assert places == {
        "amendments", "retention", "notices", "deliveries", "delivery_choices", "language_help",
    }  # fmt: skip


WRONG: list[tuple[Change, str]] = [
    (lambda raw: raw["amendments"][0].update(id="one"), "not the number of a request"),
    (lambda raw: raw["amendments"][1].update(id="1"), "two amendments are called"),
    (lambda raw: raw["amendments"][0].pop("wrong"), "wrong: this is missing"),
    (lambda raw: raw["amendments"][0].update(more=1), "not part of the format"),
    (lambda raw: raw["amendments"][0].update(about="fact:f99"), "not in the file"),
    (lambda raw: raw["amendments"][0].update(steps={}), "expected a list"),
    (lambda raw: raw["amendments"][0]["steps"].pop(0), "does not follow here"),
    (lambda raw: raw["amendments"][0]["steps"][0].update(kind="guessed"), "none of the words"),
    (lambda raw: raw["amendments"][0]["steps"][0].update(told_of_hearing="yes"), "expected true or false"),
    (lambda raw: raw["amendments"][0]["steps"][1].update(paper="a99"), "not in the file"),
    (lambda raw: raw["retention"][0].update(on="soon"), "is not a date"),
    (lambda raw: raw["retention"][0].update(at="2025-09-03T20:15:00"), "not a moment with its time zone"),
    (lambda raw: raw["retention"][0].update(role="x" * 41), "longer than 40"),
    (lambda raw: raw["notices"][0].update(id="a/b"), "cannot stand in an address"),
    (lambda raw: raw["notices"][0].update(side="other"), "none of the words"),
    (lambda raw: raw["notices"][0].update(corrects="n9"), "that it corrects is not there"),
    (lambda raw: raw["notices"][0].update(about_event="f99"), "not in the file"),
    (lambda raw: raw["notices"][0]["editions"][1].update(original=True), "only one"),
    (lambda raw: raw["notices"][0]["editions"][1].update(lang="en"), "stands there twice"),
    (lambda raw: raw["notices"][0]["editions"][1].update(lang="../x"), "not the code of a language"),
    (lambda raw: raw["notices"][0]["editions"][0].update(pdf="papers/none.pdf"), "This PDF is missing"),
    (lambda raw: raw["notices"][0]["editions"][0].update(values=["x"]), "expected an object"),
    (lambda raw: raw["notices"][0]["editions"][0].update(rules="x"), "expected a list"),
    (lambda raw: raw["deliveries"][0]["leaves"].update(en="0" * 64), "not the paper that is in this file"),
    (lambda raw: raw["deliveries"][0].update(way="pigeon"), "none of the words"),
    (lambda raw: raw["deliveries"][0].update(proof="a99"), "not in the file"),
    (lambda raw: raw["deliveries"][0]["marks"][0].update(what="dreamt"), "none of the words"),
    (lambda raw: raw["deliveries"][0].update(to=None), "expected words"),
    (lambda raw: raw["delivery_choices"][0].update(address="nowhere"), "not an e-mail address"),
    (lambda raw: raw["delivery_choices"][0].update(by_email=None), "expected true or false"),
    (lambda raw: raw["language_wishes"][0].update(note="\x00"), "broken letter"),
    (lambda raw: raw["language_wishes"].append("es"), "expected an object"),
    (lambda raw: raw["language_help"][0].update(id="first"), "not the key of a request"),
    (lambda raw: raw["language_help"][0].update(about="notice:n9"), "not in the file"),
]


@pytest.mark.parametrize(("change", "words"), WRONG)
def test_what_is_not_in_order_is_refused_and_nothing_is_written(packed: Packed, change: Change, words: str) -> None:
    before = counts()
    with pytest.raises(ExchangeError, match=words):
        import_for(OTHER, changed(packed.mine, change))
    assert counts() == before


def test_the_shapes_fill_every_column(packed: Packed) -> None:
    """A column that is added later must travel, or be named here with the reason why it stays."""
    stays = {
        "id", "case", "amendment", "notice", "delivery", "brought", "counts", "form_key", "number", "key", "pdf",
        "message_id", "tries", "try_at", "claim", "claimed_until", "measure", "support", "group", "shown",
    }  # fmt: skip
    inside = [one.rows for parts in SHAPES.values() for one in parts if one.rows]
    for table in TABLES:
        columns = {one.name for one in table._meta.concrete_fields} - stays
        told = [{part.at for part in some if part.at not in ("-", "number")} for some in (*SHAPES.values(), *inside)]
        assert columns in told, table


def test_what_the_page_says_is_in_the_file_is_there_when_it_comes_in(packed: Packed) -> None:
    out, came_in = rows_of(packed.files.mine.pk), rows_of(import_for(OTHER, packed.mine).pk)
    travelling = {label for label, (words, _deleted) in said().items() if words.startswith("yes")}
    assert len(travelling & out.keys()) > 20
    assert (travelling & out.keys()) - came_in.keys() == set()
    assert came_in.keys() - travelling <= {"cases.Access", "cases.Member", "watch.Due", "watch.Looked"}


def test_nothing_of_a_deleted_case_is_left_in_any_table(packed: Packed) -> None:
    case = case_for(packed.files.rosa, packed.files.mine.pk, to=Action.DELETE)
    assert len(rows_of(case.pk)) > 25
    verbs.delete_case(case, by=case.reader)
    left = rows_of(packed.files.mine.pk)
    assert {label for label in left if said()[label][1].startswith("goes")} == set()
    assert left.keys() <= {"cases.KeptCopy"}


def test_one_thing_else_anywhere_is_refused_or_taken_whole(packed: Packed) -> None:
    tried = mutated.Tried((ExchangeError,))
    broken = mutated.mutations(9, packed.at_home, (mutated.case_text(mutated.one_thing_else),), 24)
    tried.each(broken, lambda content: import_for(OTHER, content))
    assert tried.refused
