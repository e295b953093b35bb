"""A letter is offered where the case needs it, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from gameplan.core.assess import assess
from gameplan.core.facts import Case, Child, Fact
from gameplan.core.standing import Standing
from gameplan.law import law_for, vocabulary
from gameplan.letters import Offer, family_letters, letters_of_fact, letters_of_option, offers
from gameplan.letters.after import FIELDS_READ

DAY = date(2025, 11, 14)
TEXAS = Child("Ana", date(2016, 5, 2), "TX")


def standing(*facts: Fact, on: date = DAY) -> Standing:
    return assess(Case(TEXAS, facts=facts), law_for("TX", on=on), on=on)


def test_extra_help_in_class_offers_the_request_for_an_evaluation() -> None:
    found = offers(standing(Fact("f1", "supports-started", date(2025, 10, 1), {"date": date(2025, 10, 1)})))
    (offer,) = [one for one in found if one.kind == "evaluation-request"]
    assert offer.cite
    assert not offer.presses


def test_each_letter_is_offered_once_and_no_letter_for_what_the_school_does() -> None:
    now = standing(Fact("f1", "supports-started", date(2025, 10, 1), {"date": date(2025, 10, 1)}))
    kinds = [one.kind for one in offers(now)]
    assert len(kinds) == len(set(kinds))
    assert all(not letters_of_option(option) for option in now.options if option.who == "school")


def test_what_gives_something_up_is_not_pressed_on_anybody() -> None:
    now = standing(
        Fact("f1", "iep-adopted", date(2025, 9, 1), {"date": date(2025, 9, 1)}),
        Fact("f2", "services-started", date(2025, 9, 8), {"date": date(2025, 9, 8)}),
    )
    beside = {kind for option in now.options for kind in letters_of_option(option)}
    offered = {one.kind for one in offers(now)}
    assert "consent-revocation" in beside
    assert "meeting-request" in offered
    assert "consent-revocation" not in offered


# ---- after something that happened


def offered(*facts: Fact, on: date = DAY) -> dict[str, Offer]:
    """The letters that are offered after these facts, by kind."""
    return {one.kind: one for one in offers(standing(*facts, on=on), facts)}


def beside(fact: Fact, *others: Fact, on: date = DAY) -> tuple[str, ...]:
    return letters_of_fact(fact, (fact, *others), on)


def told(number: int, what: str, on: date, /, **data: object) -> Fact:
    return Fact(f"f{number}", what, on, data)


MEETING = told(1, "meeting-held", date(2025, 11, 10), kind="annual-review", parent_took_part=True, means="phone")
ASKED = told(2, "evaluation-requested", date(2025, 11, 3), type="initial", by="parent", written=True)
CONSENT = told(3, "consent-given", date(2025, 11, 5), **{"for": "initial-evaluation", "signed": date(2025, 11, 4)})


def test_a_meeting_may_be_confirmed_and_thanked_for_and_only_for_a_while() -> None:
    found = offered(MEETING)
    assert {"talk-confirmation", "thank-you"} <= set(found)
    assert found["thank-you"].because.values["day"] == MEETING.on
    assert not {"talk-confirmation", "thank-you"} & set(offered(MEETING, on=date(2025, 11, 25)))


def test_a_talk_of_the_other_side_alone_is_no_talk() -> None:
    without = told(1, "meeting-held", date(2025, 11, 10), kind="annual-review", parent_took_part=False)
    assert "talk-confirmation" not in offered(without)


def test_what_takes_a_request_back_stands_beside_the_request_while_it_runs() -> None:
    assert "request-withdrawal" in beside(ASKED)
    assert "request-withdrawal" not in offered(ASKED)
    assert "request-withdrawal" not in beside(ASKED, CONSENT)
    assert "request-withdrawal" not in beside(ASKED, told(4, "request-withdrawn", date(2025, 11, 7)))


def test_what_takes_a_permission_back_stands_beside_it_until_it_is_used_up() -> None:
    assert beside(CONSENT) == ("consent-withdrawal",)
    assert "consent-withdrawal" not in offered(CONSENT)
    assert beside(CONSENT, told(4, "evaluation-completed", DAY, type="initial")) == ()
    assert beside(CONSENT, told(4, "evaluation-completed", DAY, type="reevaluation")) == ("consent-withdrawal",)


def test_concerns_are_offered_from_the_notice_of_a_meeting_to_the_meeting() -> None:
    notice = told(5, "meeting-notice-sent", date(2025, 11, 1), kind="annual-review", for_date=date(2025, 11, 20))
    assert "parent-concerns" in offered(notice)
    assert "parent-concerns" not in offered(notice, MEETING)


def test_an_urgent_meeting_is_offered_after_a_removal_of_a_child_with_an_iep() -> None:
    out = told(6, "removal-ordered", date(2025, 11, 12), kind="suspension", change_of_placement=False)
    assert "emergency-review" not in offered(out)
    assert "emergency-review" in offered(told(7, "iep-adopted", date(2025, 9, 1)), out)


def test_a_review_is_asked_for_while_the_school_owes_it() -> None:
    day = date(2025, 11, 12)
    out = told(
        6, "removal-ordered", day, **{"decided": day, "from": day},
        kind="suspension", school_days=15, change_of_placement=True,
    )  # fmt: skip
    assert not offered(told(7, "iep-adopted", date(2025, 9, 1)), out)["manifestation-review"].presses


def test_a_fact_that_is_planned_or_taken_back_offers_nothing() -> None:
    planned = replace(MEETING, planned=True)
    assert beside(planned) == ()
    assert "thank-you" not in offered(replace(MEETING, withdrawn=True))


def test_the_fields_that_decide_are_those_that_the_letters_name() -> None:
    read: dict[str, set[str]] = {}
    kinds = vocabulary().kinds
    for known in family_letters():
        for after in known.fits.after:
            for match in (after.match, *after.needs, *after.until):
                assert all(kinds[match.event].field(name) for name in match.where)
                read.setdefault(match.event, set()).update(match.where)
    assert {kind: frozenset(names) for kind, names in read.items() if names} == FIELDS_READ
