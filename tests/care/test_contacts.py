"""State offices and parent centers: every State has each of the five things, supported or honestly pointed to."""

from __future__ import annotations

import pytest

from gameplan.care.contacts import CONFIDENCES, TITLES, ContactsFileError, check, offices_of, read
from gameplan.law import states

GOOD = """
state = "NM"
checked = 2026-11-27
[agency]
name = "An agency"
web = "https://example.org/"
source = "https://example.org/"
confidence = "low"
"""


def test_every_file_reads_and_none_lacks() -> None:
    assert check() == ()


@pytest.mark.parametrize("state", states())
def test_every_state_says_where_to_turn_or_where_to_look(state: str) -> None:
    offices = {office.kind: office for office in offices_of(state)}
    assert set(offices) == set(TITLES)
    assert offices["agency"].contacts, "the name of the State's agency"
    for office in offices.values():
        assert office.contacts or office.look
        for contact in (*office.contacts, *office.look):
            assert contact.source.startswith("http")
            assert contact.confidence in CONFIDENCES
            assert contact.web or contact.phone or contact.email or contact.address


def test_what_is_no_state_is_refused() -> None:
    with pytest.raises(KeyError):
        offices_of("us")


def test_a_file_is_read() -> None:
    (agency,) = read("NM", GOOD)["agency"]
    assert (agency.name, agency.confidence, agency.checked.isoformat()) == ("An agency", "low", "2026-11-27")


def test_every_fault_of_a_file_is_told_at_once() -> None:
    bad = GOOD.replace("low", "perhaps").replace('name = "An agency"', "").replace('web = "https:', 'web = "ftp:')
    with pytest.raises(ContactsFileError) as caught:
        read("TX", bad + '[minister]\nname = "x"\n[[hearing]]\nname = "A judge"\nfax = "1"\n')
    told = "\n".join(str(fault) for fault in caught.value.faults)
    for words in (
        "state: it is not that", "minister", "agency 1.name", "agency 1.confidence", "agency 1.web", "hearing 1.fax",
        "hearing 1.source", "hearing 1: it says no way",
    ):  # fmt: skip
        assert words in told
    with pytest.raises(ContactsFileError, match="this is not TOML"):
        read("TX", "state = ")
