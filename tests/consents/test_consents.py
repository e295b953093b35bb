"""Asking, answering thing by thing, refusing, taking back, silence: what is kept, who may, and what follows from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from gameplan.cases.doors import case_for, facts_of
from gameplan.cases.models import Access, Case, OnlyGrows
from gameplan.cases.people import HOME
from gameplan.cases.verbs import attach, start_case
from gameplan.consents import asking
from gameplan.consents.answering import Given, answer, answer_to_sign, revoke
from gameplan.consents.doors import paper_of, request_of, requests_of, standing_of
from gameplan.consents.models import ConsentAnswer, ConsentRequest
from gameplan.consents.records import digests_now
from gameplan.core.facts import Child, standing_facts
from gameplan.letters.consent_form import Item, Said
from gameplan.people.models import User
from gameplan.people.refusals import Refused
from gameplan.people.roles import Action
from tests.consents.conftest import ASKED, BOTH, DAY, PDF, Ask, Open, person

GOT = date(2025, 9, 12)
PAPER = Given(GOT, "paper", signed=date(2025, 9, 11))


def told(case: Case) -> list[tuple[str, dict[str, Any]]]:
    return [(one.kind, dict(one.data)) for one in standing_facts(facts_of(case).facts)]


def say(request: ConsentRequest, found: Case, items: dict[str, str], given: Given = PAPER, words: str = "") -> Any:
    return answer(request_of(found, request.request_id), by=found.reader, said=Said(items, words), given=given)


def test_asking_freezes_the_form_and_tells_the_timeline_once(ask: Ask, opened: Open) -> None:
    made = ask()
    assert made.request_id == "c1"
    assert "Your permission: The first evaluation" in made.text
    assert paper_of(made).startswith(b"%PDF-")
    (kind, data), *more = told(opened("mother"))
    assert (kind, data["for"], data["date"], more) == ("consent-requested", "initial-evaluation", DAY, [])
    assert facts_of(opened("mother")).facts[0].said_by == "school"
    again = ask()
    assert again.request_id == "c2"
    assert len(told(opened("mother"))) == 1


def test_the_same_form_sent_twice_asks_once(ask: Ask) -> None:
    key = "0b9b1d3e-6f6f-4f2e-9d39-0d7f3a3f3d11"
    assert ask(form_key=key).pk == ask(form_key=key).pk


def test_what_the_form_lacks_stops_it(ask: Ask, opened: Open) -> None:
    with pytest.raises(Refused) as refused:
        ask(replace(ASKED, why="", how="", has_records=None), received=date(2025, 9, 1))
    assert [one.where for one in refused.value.faults] == ["informed", "describes", "lists-records", "received"]
    assert "34 CFR 300.9(b)" in refused.value.faults[1].what
    assert requests_of(opened("mother")) == []
    assert told(opened("mother")) == []


def test_where_the_timeline_has_two_words_one_is_chosen(ask: Ask) -> None:
    private = replace(ASKED, kind="private-or-home-evaluation")
    with pytest.raises(Refused, match="first evaluation or a further one"):
        ask(private)
    assert ask(private, fact_for="reevaluation").fact_for == "reevaluation"


@pytest.mark.parametrize("name", ["mother", "advocate", "teacher"])
def test_only_those_who_act_for_the_school_ask(opened: Open, name: str) -> None:
    found = opened(name)
    with pytest.raises(PermissionDenied):
        asking.ask(found, by=found.reader, asked=ASKED)


def test_yes_to_all_is_permission_from_the_day_the_school_has_it(ask: Ask, opened: Open) -> None:
    found = opened("mother")
    made = say(ask(), found, BOTH)
    assert standing_of(request_of(found, "c1")).status == "yes"
    assert told(found)[1] == (
        "consent-given",
        {"signed": date(2025, 9, 11), "received": GOT, "for": "initial-evaluation"},
    )
    assert made.means == "paper"
    assert made.text == ""


def test_a_part_is_a_part(ask: Ask, opened: Open) -> None:
    request, found = ask(), opened("mother")
    say(request, found, {"i1": "yes", "i2": "no"}, words="Speech later.")
    assert standing_of(request_of(found, "c1")).status == "partly"
    assert told(found)[1][1]["scope"] == "Reading test"
    say(request, found, {"i2": "yes"}, Given(date(2025, 9, 20), "paper"))
    assert standing_of(request_of(found, "c1")).status == "yes"
    assert told(found)[2][1]["scope"] == "Speech test"


def test_a_no_to_the_rest_later_refuses_nothing_that_was_given(ask: Ask, opened: Open) -> None:
    request, found = ask(), opened("mother")
    say(request, found, {"i1": "yes"})
    assert standing_of(request_of(found, "c1")).open == ("i2",)
    say(request, found, {"i2": "no"})
    assert [kind for kind, _data in told(found)] == ["consent-requested", "consent-given"]


def test_a_no_is_a_no_and_not_silence(ask: Ask, opened: Open) -> None:
    found = opened("mother")
    say(ask(), found, {"i1": "no", "i2": "no"})
    assert standing_of(request_of(found, "c1")).status == "no"
    assert told(found)[1] == ("consent-refused", {"date": GOT, "for": "initial-evaluation", "silent": False})


def test_silence_stays_silence(ask: Ask, opened: Open) -> None:
    ask()
    assert ConsentAnswer.objects.count() == 0
    assert standing_of(request_of(opened("manager"), "c1")).status == "waiting"


@pytest.mark.parametrize(
    ("items", "given", "words"),
    [
        ({}, PAPER, "Nothing is answered yet"),
        ({"i9": "yes"}, PAPER, "This was not asked"),
        ({"i1": "perhaps"}, PAPER, "This was not asked"),
        (BOTH, Given(date(2025, 9, 1), "paper"), "These days do not fit"),
        (BOTH, Given(GOT, "paper", signed=date(2025, 9, 13)), "These days do not fit"),
        (BOTH, Given(GOT, "paper", today=date(2025, 9, 11)), "This day has not come yet"),
        (BOTH, Given(GOT, "household"), "Say how it was given"),
        (BOTH, Given(GOT, "electronic"), "It is not signed yet"),
    ],
)
def test_an_answer_that_does_not_fit_is_refused(
    ask: Ask, opened: Open, items: dict[str, str], given: Given, words: str
) -> None:
    request, found = ask(), opened("mother")
    with pytest.raises(Refused, match=words):
        say(request, found, items, given)
    assert not ConsentAnswer.objects.exists()
    assert len(told(found)) == 1


@pytest.mark.parametrize("name", ["advocate", "teacher"])
def test_only_those_who_decide_answer(ask: Ask, opened: Open, name: str) -> None:
    request, found = ask(), opened(name)
    with pytest.raises(PermissionDenied):
        say(request, found, BOTH)


def test_a_parent_without_the_rights_does_not_answer(
    ask: Ask, opened: Open, case: Case, users: dict[str, User]
) -> None:
    request = ask()
    case.members.filter(person=str(users["father"].pk)).update(decides=False)
    found = opened("father")
    with pytest.raises(PermissionDenied):
        say(request, found, BOTH)


def test_the_school_files_a_signed_paper_with_its_scan(ask: Ask, opened: Open) -> None:
    request, found = ask(), opened("manager", Action.OFFER)
    with pytest.raises(Refused, match="signed on paper"):
        say(request, found, BOTH)
    scan = attach(found, by=found.reader, name="signed.pdf", content=PDF)
    with pytest.raises(Refused, match="who signed"):
        say(request, found, BOTH, replace(PAPER, paper=scan.attachment_id))
    made = say(request, found, BOTH, replace(PAPER, paper=scan.attachment_id, signed_by="Maria Lopez"))
    assert standing_of(request_of(found, "c1")).differ == frozenset()
    fact = facts_of(opened("mother")).facts[-1]
    assert (fact.said_by, fact.attachments, made.paper) == ("school", ("a1",), "a1")


def test_a_paper_that_is_not_there_is_not_found(ask: Ask, opened: Open) -> None:
    request, found = ask(), opened("mother")
    with pytest.raises(Http404):
        say(request, found, BOTH, replace(PAPER, paper="a9"))


def test_two_parents_who_differ_are_both_seen_and_the_last_word_counts(ask: Ask, opened: Open) -> None:
    request = ask()
    say(request, opened("mother"), {"i1": "no", "i2": "no"})
    say(request, opened("father"), BOTH)
    now = standing_of(request_of(opened("manager"), "c1"))
    assert (now.status, sorted(now.differ)) == ("yes", ["i1", "i2"])


def test_taking_back_stays_visible_and_is_told_once_nothing_stands(ask: Ask, opened: Open) -> None:
    request, found = ask(), opened("mother")
    say(request, found, BOTH)
    back = Given(date(2025, 9, 20), "paper")
    first = revoke(request_of(found, "c1"), by=found.reader, items=["i1"], words="Too long.", given=back)
    assert standing_of(request_of(found, "c1")).status == "partly"
    assert first.fact_ids == []
    revoke(request_of(found, "c1"), by=found.reader, items=["i2"], words="", given=back)
    now = request_of(found, "c1")
    assert standing_of(now).status == "revoked"
    assert told(found)[-1] == ("consent-revoked", {"date": back.on, "for": "initial-evaluation", "written": True})
    assert [one.does for one in now.given_answers.all()] == ["answered", "revoked", "revoked"]
    say(request, found, {"i1": "yes"}, Given(date(2025, 9, 25), "paper"))
    assert standing_of(request_of(found, "c1")).status == "partly"


def test_a_yes_becomes_a_no_only_by_taking_it_back(ask: Ask, opened: Open) -> None:
    request, found = ask(), opened("mother")
    say(request, found, BOTH)
    with pytest.raises(Refused, match="take the yes back"):
        say(request, found, {"i1": "no"})
    for items in ([], ["i9"]):
        with pytest.raises(Refused):
            revoke(request_of(found, "c1"), by=found.reader, items=items, words="", given=PAPER)


def test_services_end_all_at_once(ask: Ask, opened: Open) -> None:
    request, found = ask(replace(ASKED, kind="initial-services")), opened("mother")
    say(request, found, BOTH)
    with pytest.raises(Refused, match="all at once"):
        revoke(request_of(found, "c1"), by=found.reader, items=["i1"], words="", given=PAPER)
    revoke(request_of(found, "c1"), by=found.reader, items=["i1", "i2"], words="", given=PAPER)
    assert told(found)[-1][1]["for"] == "services"


def test_an_agreement_is_told_as_one_and_what_has_no_word_is_kept_here(ask: Ask, opened: Open) -> None:
    found = opened("mother")
    say(ask(replace(ASKED, kind="reevaluation-waiver", items=())), found, {"i1": "yes"})
    assert told(found) == [("agreement-made", {"date": GOT, "about": "reevaluation-unnecessary", "written": True})]
    mail = ask(replace(ASKED, kind="electronic-delivery", items=(Item("i1", "Meeting notices"),)))
    say(mail, found, {"i1": "yes"})
    assert len(told(found)) == 1
    assert standing_of(request_of(found, "c2")).status == "yes"


def test_excusal_names_the_member(ask: Ask, opened: Open) -> None:
    found = opened("mother")
    say(ask(replace(ASKED, kind="excusal", items=(Item("i1", "General teacher", "math"),))), found, {"i1": "yes"})
    assert told(found)[1][1]["scope"] == "General teacher"


def test_asked_again_without_an_answer_is_the_second_time(ask: Ask, opened: Open) -> None:
    ask()
    ask(replace(ASKED, day=date(2025, 10, 1)), received=date(2025, 10, 1))
    assert told(opened("mother"))[1][1]["second"] is True


def test_the_school_takes_back_what_nobody_answered(ask: Ask, opened: Open) -> None:
    request, found = ask(), opened("manager", Action.OFFER)
    asking.withdraw(request_of(found, "c1"), by=found.reader, on=GOT)
    assert standing_of(request_of(found, "c1")).status == "withdrawn"
    assert told(found) == []
    with pytest.raises(Refused, match="took this back"):
        say(request, opened("mother"), BOTH)
    say(ask(), opened("mother"), BOTH)
    with pytest.raises(Refused, match="answered already"):
        asking.withdraw(request_of(found, "c2"), by=found.reader, on=GOT)


def test_a_stranger_finds_nothing(ask: Ask, users: dict[str, User], case: Case) -> None:
    ask()
    with pytest.raises(Http404):
        case_for(person(users, "stranger"), case.pk)


def test_at_the_kitchen_table_the_family_writes_both_down(db: None) -> None:
    case = start_case(HOME, child=Child("Ana", date(2016, 5, 2), "TX"))
    request = asking.ask(case, by=HOME, asked=ASKED, received=DAY)
    answer(request_of(case, "c1"), by=HOME, said=Said(BOTH), given=Given(GOT, "household"))
    assert [one.said_by for one in facts_of(case).facts] == ["parent", "parent"]
    assert request.side == "family"


def test_the_school_sees_of_what_the_family_wrote_alone_what_it_is_shown(ask: Ask, opened: Open, case: Case) -> None:
    made = ask()
    ConsentRequest.objects.create(
        **{name: getattr(made, name) for name in ("kind", "lang", "on", "asked", "items", "form", "text", "sha256",
                                                   "pdf", "person", "role", "made_at")},
        case=case, request_id="c7", side="family", fact_ids=["f9"],
    )  # fmt: skip
    assert [one.request_id for one in requests_of(opened("mother"))] == ["c7", "c1"]
    assert [one.request_id for one in requests_of(opened("manager"))] == ["c1"]
    with pytest.raises(Http404):
        request_of(opened("manager"), "c7")


def test_everything_only_grows_and_the_trail_has_the_hash_of_it(ask: Ask, opened: Open, case: Case) -> None:
    request, found = ask(), opened("mother")
    made = say(request, found, BOTH)
    for row in (request, made):
        with pytest.raises(OnlyGrows):
            row.save()
    noted = {row.about: row.digest for row in Access.objects.filter(case_id=case.pk) if row.digest}
    now = dict(digests_now(case))
    assert set(now) == {"consent:c1", "consent:c1/1"}
    assert now.items() <= noted.items()
    ConsentAnswer._base_manager.filter(pk=made.pk).update(items={"i1": "yes", "i2": "no"})
    assert dict(digests_now(case))["consent:c1/1"] != noted["consent:c1/1"]


def test_what_is_signed_is_the_whole_form_and_the_answer(ask: Ask) -> None:
    request = ask()
    what = answer_to_sign(request, Said({"i1": "yes"}, "Call me."))
    assert what.text.startswith(request.text.rstrip("\n"))
    assert "Yes, I give my permission: Reading test" in what.text
    assert "Not answered: Speech test" in what.text
    assert what.subject == "consent:c1/1"
