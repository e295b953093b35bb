"""A letter is offered where the case needs it, and nowhere else."""

from __future__ import annotations

from datetime import date

from gameplan.core.assess import assess
from gameplan.core.facts import Case, Child, Fact
from gameplan.core.standing import Standing
from gameplan.law import law_for
from gameplan.letters import letters_of_option, offers

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
