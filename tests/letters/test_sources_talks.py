"""A letter that confirms a talk knows its day; one that takes a permission back knows which."""

from __future__ import annotations

from datetime import date

from gameplan.core.facts import Case, Child, Fact
from gameplan.law import law_for
from gameplan.letters import suggest

ON = date(2025, 11, 14)


def said(kind: str, *facts: Fact) -> dict[str, str]:
    return suggest(kind, Case(Child("Ana"), facts=facts), law_for("TX"), lang="en", on=ON)


def test_the_last_talk_is_named_with_its_way() -> None:
    found = said(
        "talk-confirmation",
        Fact("f1", "concern-raised", date(2025, 11, 3), {"written": False}),
        Fact("f2", "meeting-held", date(2025, 11, 10), {"parent_took_part": True, "means": "video"}),
        Fact("f3", "concern-raised", date(2025, 11, 12), {"written": True}),
    )
    assert (found["talk"], found["way"]) == ("2025-11-10", "video")


def test_a_child_sent_home_was_a_talk_whose_way_nobody_told() -> None:
    found = said("talk-confirmation", Fact("f1", "removal-ordered", date(2025, 11, 12), {"kind": "sent-home"}))
    assert found["talk"] == "2025-11-12"
    assert "way" not in found


def test_the_permission_that_stands_is_named() -> None:
    given = Fact("f1", "consent-given", date(2025, 9, 12), {"for": "reevaluation", "signed": date(2025, 9, 10)})
    found = said("consent-withdrawal", given)
    assert (found["what"], found["given"]) == ("reevaluation", "2025-09-10")
    back = Fact("f2", "consent-revoked", date(2025, 10, 1), {"for": "reevaluation"})
    assert "what" not in said("consent-withdrawal", given, back)
