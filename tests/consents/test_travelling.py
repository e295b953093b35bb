"""Permission and signatures travel with the case: the same again, or nothing and every reason why not."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import pytest

from gameplan.cases.doors import case_for
from gameplan.cases.models import Case
from gameplan.cases.people import Person, person_of_user
from gameplan.consents.answering import Given, answer, answer_to_sign
from gameplan.consents.doors import request_of, signature_of, standing_of
from gameplan.consents.models import ConsentRequest, Signature
from gameplan.consents.records import digests_now
from gameplan.exchange.doorway import export_for, import_for
from gameplan.exchange.faults import ExchangeError
from gameplan.letters.consent_form import Said
from gameplan.people.models import User
from gameplan.people.roles import Action
from tests.consents.conftest import Ask, MakeHand, Open, replace_lang

OTHER = Person(id="another-family", role="parent")
Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def full(ask: Ask, opened: Open, hand: MakeHand) -> Case:
    """One form answered in part and signed, one in Spanish that waits, one that the father answered on paper."""
    request, found = ask(), opened("mother")
    said = Said({"i1": "yes", "i2": "no"}, "Llámeme.")
    given = Given(date(2025, 10, 15), "electronic", hand=hand(answer_to_sign(request, said).sha256))
    answer(request_of(found, "c1"), by=found.reader, said=said, given=given)
    ask(replace_lang("es"), received=None)
    ask()
    father = opened("father")
    paper = Given(date(2025, 9, 20), "paper")
    answer(request_of(father, "c3"), by=father.reader, said=Said({"i1": "no"}), given=paper)
    return found


@pytest.fixture
def packed(full: Case, users: dict[str, User]) -> bytes:
    return export_for(person_of_user(users["mother"]), full.pk)


def changed(content: bytes, change: Change) -> bytes:
    with ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    raw = json.loads(files["case.json"])
    change(raw)
    files["case.json"] = json.dumps(raw, ensure_ascii=False).encode()
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_the_same_comes_out_again(packed: bytes, full: Case) -> None:
    again = import_for(OTHER, packed)
    assert export_for(OTHER, again.pk) == packed
    there = case_for(OTHER, again.pk, to=Action.READ)
    assert standing_of(request_of(there, "c1")).status == "partly"
    assert signature_of(there, "s1").name == "Maria Lopez"
    assert {key: value for key, value in digests_now(full) if not key.startswith("agreement")} == dict(
        digests_now(there)
    )


def test_the_school_takes_along_what_it_sees(full: Case, users: dict[str, User]) -> None:
    ConsentRequest._base_manager.filter(request_id="c1").update(side="family", fact_ids=["f99"])
    content = export_for(person_of_user(users["manager"]), full.pk)
    with ZipFile(io.BytesIO(content)) as archive:
        raw, names = json.loads(archive.read("case.json")), archive.namelist()
    assert [one["id"] for one in raw["consents"]] == ["c2", "c3"]
    assert "signatures" not in raw
    assert "papers/c1.pdf" not in names


WRONG: list[tuple[Change, str]] = [
    (lambda raw: raw["consents"][0].update(text="Another text"), "changed after it was written down"),
    (lambda raw: raw["consents"][0]["form"].update(title="Other"), "changed after it was written down"),
    (lambda raw: raw["consents"][0]["answers"][0].update(text="I agree"), "changed after it was written down"),
    (lambda raw: raw["consents"][0]["answers"][0].update(does="guessed"), "not written as it should be"),
    (lambda raw: raw["consents"][0]["answers"][0].pop("on"), "not written as it should be"),
    (lambda raw: raw["consents"][1].update(more="x"), "not part of the format"),
    (lambda raw: raw["consents"][1].update(on="soon"), "not written as it should be"),
    (lambda raw: raw["consents"][1].update(items=[{"id": "i1"}]), "not written as it should be"),
    (lambda raw: raw["consents"][1].update(id="a/b"), "cannot stand in an address"),
    (lambda raw: raw["consents"][1].update(pdf="papers/none.pdf"), "This PDF is missing"),
    (lambda raw: raw["consents"].append(dict(raw["consents"][0])), "two consents are called"),
    (lambda raw: raw["signatures"][0].update(text="Another"), "changed after it was written down"),
    (lambda raw: raw["signatures"][0].update(pdf_sha256="0" * 64), "changed after it was written down"),
    (lambda raw: raw["signatures"][0].update(name=3), "not written as it should be"),
]


@pytest.mark.parametrize(("change", "words"), WRONG)
def test_what_is_not_in_order_is_refused_and_nothing_is_written(packed: bytes, change: Change, words: str) -> None:
    before = (Case.objects.count(), ConsentRequest.objects.count(), Signature.objects.count())
    with pytest.raises(ExchangeError, match=words):
        import_for(OTHER, changed(packed, change))
    assert (Case.objects.count(), ConsentRequest.objects.count(), Signature.objects.count()) == before
