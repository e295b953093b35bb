"""What a notice of the school takes from the law and the case: the State's numbers, where sure, and what happened."""

from __future__ import annotations

from datetime import date

import pytest

from gameplan.core.assess import assess
from gameplan.core.facts import Case, Child, Fact
from gameplan.law import law_for, states
from gameplan.letters import compose, fields_of, given, needed_notices, suggest
from gameplan.letters.known import Known
from gameplan.letters.phrases import LANGUAGES
from gameplan.letters.sources_notices import CLOCKS, SOURCES

DAY = date(2025, 11, 14)
NUMBERS_OF_THE_STATE = {"iee", "hearing", "court"}


def told(state: str | None, source: str, *facts: Fact, lang: str = "en") -> str:
    case = Case(Child("Ana", date(2016, 5, 2), state), facts=facts)
    return SOURCES[source](Known(case, law_for(state, on=DAY), lang, DAY))


@pytest.mark.parametrize(
    ("state", "clock", "length", "cite", "own"),
    [
        ("WI", "due-process-window", "1 year", "Wis. Stat. 115.80(1)(a)1.", "yes"),
        ("AK", "due-process-window", "12 months", "AS 14.30.193(a), 4 AAC 52.550(a) and 34 CFR 300.511(e)", "yes"),
        ("TX", "due-process-window", "2 years", "19 TAC 89.1151(c) and 19 TAC 89.1151(d)", "yes"),
        ("PA", "due-process-window", "2 years", "34 CFR 300.507(a)(2) and 34 CFR 300.511(e)", ""),
        ("LA", "due-process-window", "", "", "yes"),
        ("CA", "records-access", "5 business days", "Cal. Educ. Code 56504", "yes"),
        ("TX", "records-access", "45 calendar days", "34 CFR 300.613(a)", ""),
        ("NY", "civil-action-window", "", "", "yes"),
        ("IL", "civil-action-window", "120 calendar days",
         "as we understand it: 105 ILCS 5/14-8.02a(i) and 34 CFR 300.516(b)", "yes"),
        ("MD", "iee-answer", "30 calendar days", "Md. Code, Education 8-405", "yes"),
        ("TX", "iee-answer", "", "", ""),
        (None, "private-placement-notice", "10 business days (holidays on a business day count too)",
         "34 CFR 300.148(d)(1)(ii)", ""),
    ],
)  # fmt: skip
def test_the_state_s_number_stands_where_it_is_sure(
    state: str | None, clock: str, length: str, cite: str, own: str
) -> None:
    found = tuple(told(state, f"law.{part}.{clock}") for part in ("length", "cite", "own"))
    assert found == (length, cite, own)


@pytest.mark.parametrize(("state", "tiers"), [("TX", "one"), ("NY", "two"), ("OH", "two"), ("ND", "")])
def test_how_many_steps_a_hearing_has(state: str, tiers: str) -> None:
    assert told(state, "law.tiers") == tiers


def test_every_clock_named_is_in_the_law() -> None:
    law = law_for(None)
    assert all(law.clock(clock) for clock in CLOCKS)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("state", list(states()))
def test_the_list_of_rights_is_whole_in_every_state(state: str, lang: str) -> None:
    law = law_for(state, on=DAY)
    typed = {one.id: one.example for one in fields_of("safeguards-notice", lang) if not one.given}
    values = typed | {"date": "2025-11-14", "born": ""} | given("safeguards-notice", law, lang=lang, on=DAY)
    lengths = {one.id for one in fields_of("safeguards-notice") if one.id.endswith("_length")}
    missing = {name.removesuffix("_length") for name in lengths if not values.get(name)}
    assert missing <= NUMBERS_OF_THE_STATE
    text = compose("safeguards-notice", lang, values).plain()
    assert "  " not in text
    assert "()" not in text


REMOVED = (
    Fact("f1", "conduct-happened", date(2025, 11, 10), {"date": date(2025, 11, 10), "what": "A fight"}),
    Fact("f2", "removal-ordered", date(2025, 11, 14),
         {"decided": date(2025, 11, 14), "from": date(2025, 11, 17), "school_days": 12, "kind": "suspension",
          "conduct": "f1", "change_of_placement": True}),
)  # fmt: skip


def test_a_removal_fills_in_its_notice_and_the_reason_of_the_list() -> None:
    case, law = Case(Child("Ana", date(2016, 5, 2), "TX"), facts=REMOVED), law_for("TX", on=DAY)
    known = suggest("discipline-notice", case, law, lang="en", on=DAY)
    expected = {"conduct": "A fight", "decided": "2025-11-14", "from_day": "2025-11-17", "days": "12"}
    assert expected.items() <= known.items()
    assert suggest("safeguards-notice", case, law, lang="en", on=DAY)["reason"] == "discipline"
    needed = dict(needed_notices(assess(case, law, on=DAY)))
    assert {"discipline-notice", "safeguards-notice"} <= set(needed)
    assert needed["discipline-notice"].due == DAY


def test_a_move_from_another_state_fills_in_its_notice() -> None:
    data = {"date": date(2025, 11, 3), "agency": "Oak", "setting": "public", "state": "TX", "previous_state": "OK",
            "previous_agency": "Hill School", "had_iep": True, "same_school_year": True}  # fmt: skip
    case = Case(Child("Ana", None, "TX"), facts=(Fact("f1", "enrolled", date(2025, 11, 3), data),))
    law = law_for("TX", on=DAY)
    known = suggest("transfer-notice", case, law, lang="en", on=DAY)
    expected = {"enrolled": "2025-11-03", "old_school": "Hill School", "from_where": "other"}
    assert expected.items() <= known.items()
    assert "transfer-notice" in dict(needed_notices(assess(case, law, on=DAY)))


def test_a_case_that_says_nothing_fills_in_nothing() -> None:
    sources = [name for name in SOURCES if name.startswith("notices.")]
    assert {told("TX", name) for name in sources} == {""}


def test_what_the_family_owes_asks_for_no_notice() -> None:
    case = Case(Child("Ana", date(2016, 5, 2), "TX"))
    found = needed_notices(assess(case, law_for("TX", on=DAY), on=DAY))
    assert all(set(duty.owed_by) - {"parent"} for _kind, duty in found)
