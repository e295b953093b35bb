"""Notices: filled in from the case, checked against the law, frozen with a hash, translated beside the original."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest

from gameplan.cases.doors import case_for, facts_of
from gameplan.cases.models import Access, Case, OnlyGrows
from gameplan.cases.named import row_digest
from gameplan.cases.people import person_of_user
from gameplan.cases.verbs import record_fact
from gameplan.law.contents import content_list
from gameplan.letters import MissingFields, WrongFields, hash_of
from gameplan.notices import checking, writing
from gameplan.notices.doors import correction_of, notice_of, notices_of, original_of
from gameplan.notices.models import Notice
from gameplan.people.models import User
from gameplan.people.refusals import Refused
from tests.notices.conftest import TODAY, TYPED, values_of
from tests.papers.pdf_ua import structure

pytestmark = pytest.mark.django_db
PWN = "prior-written-notice"
HOLDS = {
    "action": ["action"], "why": ["why"], "basis": ["basis"],
    "safeguards-statement": ["safeguards_copy", "first_request"],
    "help-sources": ["help"], "other-options": ["options"], "other-factors": ["factors"],
    "plain-language": ["plain_words"],
}  # fmt: skip


def suggested(case: Case, **said: str) -> dict[str, str]:
    told = {"kind": PWN, "lang": "en", "fact": "f1", "decision": "propose"} | said
    return writing.suggested(case, on=TODAY, by=case.reader, **told)


def finish(case: Case, **changes: str) -> Notice:
    values = {name: value for name, value in values_of(case, **changes).items() if value}
    return writing.finish(case, by=case.reader, kind=PWN, lang="en", values=values, on=TODAY, about_event="f1")


def test_what_the_case_knows_is_filled_in(at_school: Case) -> None:
    assert suggested(at_school) == {
        "child": "Ana Lopez", "born": "2016-05-02", "decision": "propose", "subjects": "evaluation\nidentification",
        "matter": "First evaluation",
        "action": "Test Ana Lopez in all areas of the suspected disability, as was asked for on September 3, 2025.",
        "basis": "The request for an evaluation, September 3, 2025", "first_request": "yes",
        "help": "The parent center of Texas: find it at www.parentcenterhub.org/find-your-center",
        "school": "Oak School", "district": "Sample District", "sender": "Ms. Karen Hill", "parents": "Rosa Lopez",
        "date": "2025-09-20",
    }  # fmt: skip


def test_a_no_is_a_notice_too(at_school: Case) -> None:
    found = suggested(at_school, decision="refuse", lang="es")
    assert (found["decision"], found["matter"]) == ("refuse", "Primera evaluación")


@pytest.mark.parametrize(
    ("kind", "on", "data", "name"),
    [
        ("change-requested", date(2025, 9, 10),
         {"received": date(2025, 9, 10), "about": "placement", "written": True, "what": "A smaller class"},
         "A smaller class"),
        ("eligibility-determined", date(2025, 9, 12), {"date": date(2025, 9, 12), "eligible": False},
         "Ana Lopez does not qualify for special education"),
        ("iep-offered", date(2025, 9, 12), {"given": date(2025, 9, 12)}, "The plan (IEP) that was offered"),
        ("consent-revoked", date(2025, 9, 12), {"date": date(2025, 9, 12), "for": "services", "written": True},
         "All special education ends"),
    ],
)  # fmt: skip
def test_each_decision_begins_a_notice(
    at_school: Case, kind: str, on: date, data: dict[str, object], name: str
) -> None:
    record_fact(at_school, by=at_school.reader, kind=kind, on=on, data=data)
    matter = writing.matters(at_school, TODAY)[0]
    found = suggested(at_school, fact=matter.fact.id, decision=matter.decision)
    assert found["matter"] == name
    assert found["action"]


def test_what_the_family_keeps_to_itself_is_not_a_basis(at_home: Case, at_school: Case) -> None:
    told = {"date": date(2025, 9, 5), "expense": "private"}
    by = at_home.reader
    record_fact(at_home, by=by, kind="outside-evaluation-shared", on=date(2025, 9, 5), data=told, private=True)
    assert "outside" not in suggested(at_school)["basis"]
    assert [one.fact.kind for one in writing.matters(at_school, TODAY)] == ["evaluation-requested"] * 2


@pytest.mark.parametrize("item", HOLDS)
def test_each_of_the_contents_that_is_missing_stops_it_with_its_citation(at_school: Case, item: str) -> None:
    with pytest.raises(Refused) as refused:
        finish(at_school, **dict.fromkeys(HOLDS[item], ""))
    fault = refused.value.faults[0]
    cite = content_list("pwn").item(item).cite[0]
    assert (len(refused.value.faults), fault.where, fault.mend) == (1, HOLDS[item][0], f"({cite})")
    assert not Notice.objects.exists()


def test_all_that_is_missing_is_said_at_once(at_school: Case) -> None:
    with pytest.raises(Refused) as refused:
        finish(at_school, why="", options="", factors="")
    assert [fault.where for fault in refused.value.faults] == ["why", "options", "factors"]


def test_a_language_that_is_not_written_needs_a_spoken_one(at_school: Case) -> None:
    with pytest.raises(Refused) as refused:
        finish(at_school, not_written="yes")
    assert [fault.mend for fault in refused.value.faults] == ["(34 CFR 300.503(c)(2))"]
    assert finish(at_school, not_written="yes", oral="Ms. Xiong told it in Hmong.").notice_id == "n1"


def test_the_check_says_what_is_asked_later() -> None:
    checked = checking.check(PWN, TYPED)
    assert checked
    by_item = {one.item: one.answer for one in checked.findings}
    assert (by_item["why"], by_item["action"], by_item["native-language"]) == ("there", "missing", "cannot-tell")
    assert checking.check("safeguards-notice-cover", {}) is None


def test_a_finished_notice_is_frozen(notice: Notice, at_school: Case) -> None:
    edition = original_of(notice_of(at_school, "n1"))
    assert edition.sha256 == hash_of(edition.text)
    assert edition.pdf[:5] == b"%PDF-"
    assert edition.rules == ["us:pwn-proposal", "us:pwn-refusal"]
    with pytest.raises(OnlyGrows):
        edition.save()
    with pytest.raises(OnlyGrows):
        Notice.objects.update(kind="x")
    row = Access.objects.get(case_id=at_school.pk, action="finish-notice")
    assert (row.about, row.digest, row.role) == ("notice:n1", row_digest(notice), "iep-manager")
    row = Access.objects.get(case_id=at_school.pk, action="write-notice")
    assert (row.about, row.digest) == ("edition:n1/en", row_digest(edition))


def test_the_same_form_makes_one_notice(at_school: Case) -> None:
    key, values = uuid4(), values_of(at_school)
    made = [
        writing.finish(at_school, by=at_school.reader, kind=PWN, lang="en", values=values, on=TODAY, form_key=key)
        for _ in range(2)
    ]
    assert made[0].pk == made[1].pk


def test_a_notice_without_a_sender_or_with_a_broken_day_is_refused(at_school: Case) -> None:
    with pytest.raises(MissingFields):
        finish(at_school, sender="")
    with pytest.raises(WrongFields):
        finish(at_school, effective="soon")


def test_a_corrected_notice_names_the_old_one(notice: Notice, at_school: Case) -> None:
    values = suggested(at_school, corrects="n1")
    assert values["why"] == TYPED["why"]
    later = writing.finish(
        at_school, by=at_school.reader, kind=PWN, lang="en", values=values, on=date(2025, 9, 22), corrects="n1"
    )
    found = correction_of(notice_of(at_school, "n1"))
    assert found
    assert found.pk == later.pk
    assert "takes the place of our notice of September 20, 2025" in original_of(later).text


def test_the_next_notice_takes_over_who_writes_from_where(notice: Notice, at_school: Case) -> None:
    found = suggested(at_school, kind="safeguards-notice-cover")
    assert (found["phone"], found["reason"]) == ("512-555-0100", "referral")


def test_a_translation_stands_beside_the_original(notice: Notice, at_school: Case) -> None:
    words = {one.id: f"{one.id} en español" for one in writing.to_translate(notice)}
    made = writing.translate(notice, by=at_school.reader, lang="es", values=words, translated_by="Ms. Ortega")
    found = notice_of(at_school, "n1")
    assert [(one.lang, one.is_original, one.translated_by) for one in found.editions.all()] == [
        ("en", True, ""), ("es", False, "Ms. Ortega"),
    ]  # fmt: skip
    assert "3 de septiembre" not in made.text
    assert "Lo que la escuela piensa hacer".upper() in made.text
    assert made.sha256 != original_of(found).sha256
    assert Access.objects.get(case_id=at_school.pk, action="translate-notice").about == "edition:n1/es"
    with pytest.raises(Refused, match="there already"):
        writing.translate(found, by=at_school.reader, lang="es", values=words, translated_by="Ms. Ortega")


def test_half_a_translation_is_none(notice: Notice, at_school: Case) -> None:
    with pytest.raises(Refused) as refused:
        writing.translate(notice, by=at_school.reader, lang="es", values={"why": "Porque"}, translated_by="")
    where = [fault.where for fault in refused.value.faults]
    assert {"translated_by", "action", "basis"} <= set(where)
    assert "why" not in where


def test_the_family_sees_a_notice_once_it_is_on_its_way(notice: Notice, at_home: Case, manager: User) -> None:
    assert list(notices_of(at_home)) == []
    assert list(notices_of(case_for(person_of_user(manager), at_home.pk))) == [notice]


def test_where_rights_stay_with_the_parents_there_is_no_majority_notice(at_school: Case) -> None:
    Case.objects.filter(pk=at_school.pk).update(child_state="NY", child_born=date(2008, 1, 2))
    at_school.refresh_from_db()
    known = suggested(at_school, kind="majority-notice")
    assert "majority_on" not in known
    values = known | TYPED | {"majority_on": "2026-01-02", "age": "18"}
    values = {name: value for name, value in values.items() if name in {"child", "help", "school", "sender", "parents",
              "phone", "majority_on", "age", "state"}}  # fmt: skip
    with pytest.raises(Refused, match="stay with the parents"):
        writing.finish(at_school, by=at_school.reader, kind="majority-notice", lang="en", values=values, on=TODAY)


def test_the_day_of_majority_comes_from_the_law(at_school: Case) -> None:
    at_school.child_born = date(2008, 9, 30)
    at_school.save()
    known = suggested(at_school, kind="majority-notice")
    assert (known["majority_on"], known["age"], "passed" in known) == ("2026-09-30", "18", False)


def test_the_papers_are_accessible(notice: Notice, at_school: Case, tmp_path: Path) -> None:
    files = {"final": bytes(original_of(notice).pdf)}
    files["draft"] = writing.preview_pdf(
        at_school, kind=PWN, lang="es", values={"child": "Ana", "decision": "refuse", "subjects": "fape",
        "matter": "Más terapia", "school": "Oak", "sender": "Hill", "parents": "Rosa", "email": "a@example.org"},
        on=TODAY,
    )  # fmt: skip
    for name, content in files.items():
        (tmp_path / f"{name}.pdf").write_bytes(content)
    found = structure({name: tmp_path / f"{name}.pdf" for name in files})
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_the_notice_does_not_touch_the_facts(notice: Notice, at_school: Case) -> None:
    assert [fact.kind for fact in facts_of(at_school).facts] == ["evaluation-requested"]


def test_what_the_law_of_the_state_says_is_filled_in_by_itself_in_each_language(at_school: Case) -> None:
    kind = "safeguards-notice"
    known = writing.suggested(at_school, kind=kind, lang="en", on=TODAY, by=at_school.reader)
    assert known["reason"] == "referral"
    typed = {name: value for name, value in TYPED.items() if name in ("phone", "plain_words")}
    values = known | typed | {"state_agency": "State Department of Education", "hearing_length": "99 years"}
    made = writing.finish(at_school, by=at_school.reader, kind=kind, lang="en", values=values, on=TODAY)
    original = original_of(made)
    assert "In Texas, you have 2 years (19 TAC 89.1151(c) and 19 TAC 89.1151(d))" in original.text
    assert "99 years" not in original.text
    asked = {one.id for one in writing.to_translate(made)}
    assert "state_agency" in asked
    assert not asked & {"hearing_length", "hearing_cite", "state"}
    words = {name: original.values[name] for name in asked}
    spanish = writing.translate(made, by=at_school.reader, lang="es", values=words, translated_by="Ms. Ortega")
    assert "En Texas, tiene 2 años (19 TAC 89.1151(c) y 19 TAC 89.1151(d))" in spanish.text
    assert "years" not in spanish.text


@pytest.mark.parametrize("kind", [one for one in writing.kinds() if one != PWN])
def test_every_notice_begins_with_what_the_case_knows(at_school: Case, kind: str) -> None:
    known = writing.suggested(at_school, kind=kind, lang="es", on=TODAY, by=at_school.reader)
    assert (known["child"], known["school"], known["parents"]) == ("Ana Lopez", "Oak School", "Rosa Lopez")
