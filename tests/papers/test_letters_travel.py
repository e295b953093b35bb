"""Letters in the case file: they come back as they went; one that was changed on the way is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from gameplan.cases.models import Case
from gameplan.cases.people import Person
from gameplan.cases.verbs import start_case
from gameplan.core.facts import Child, SentLetter
from gameplan.papers import doors, verbs
from gameplan.papers.importing import keep_letters
from gameplan.papers.models import Letter
from gameplan.people.refusals import Refused
from tests.papers.request import DAY

Finish = Callable[..., Letter]


@pytest.fixture
def told(case: Case, finish: Finish, mother: Person) -> tuple[SentLetter, ...]:
    """Two letters, the second a correction; the first was sent twice."""
    first = finish()
    verbs.mark_sent(first, by=mother, how="mail", on=DAY, to="the principal")
    verbs.mark_sent(first, by=mother, how="email", on=DAY)
    finish(lang="es", corrects="l1")
    return doors.told_letters(case)


def test_letters_come_back_as_they_went(case: Case, told: tuple[SentLetter, ...], mother: Person) -> None:
    files = doors.letter_files(case)
    other = start_case(mother, child=Child("Ana"))
    keep_letters(other, told, files)
    assert doors.told_letters(other) == told
    assert doors.letter_files(other) == files
    assert [dict(sent)["how"] for sent in told[0].sent] == ["mail", "email"]
    assert told[1].corrects == "l1"
    assert set(files) == {"papers/l1.pdf", "papers/l2.pdf"}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"text": "Dear school"}, "changed on the way"),
        ({"pdf": "papers/other.pdf"}, "PDF of the letter is missing"),
        ({"id": "l2"}, "stands twice"),
        ({"corrects": "l9"}, "letter that it corrects"),
        ({"sent": ({"how": "mail", "on": "soon"},)}, r"sent\[0\].on: This is not a day"),
        ({"sent": ({"how": "mail"},)}, r"sent\[0\].on: This is not a day"),
        ({"sent": ({"on": "2025-09-03", "received": "later"},)}, r"sent\[0\].received"),
        ({"fields": {"child": "A\x00na"}}, "broken letter"),
    ],
)
def test_a_letter_that_is_not_whole_is_refused_and_nothing_is_written(
    case: Case, told: tuple[SentLetter, ...], mother: Person, changes: dict[str, Any], said: str
) -> None:
    other = start_case(mother, child=Child("Ana"))
    with pytest.raises(Refused, match=said):
        keep_letters(other, (replace(told[0], **changes), told[1]), doors.letter_files(case))
    assert not Letter.objects.filter(case=other).exists()


def test_a_letter_of_a_kind_not_known_here_is_kept_and_can_be_sent(
    case: Case, told: tuple[SentLetter, ...], mother: Person
) -> None:
    other = start_case(mother, child=Child("Ana"))
    keep_letters(other, (replace(told[0], kind="a-kind-of-tomorrow", finished="last fall"),), doors.letter_files(case))
    letter = doors.letter_of(other, "l1")
    assert (letter.name_in("en"), letter.finished_on) == ("a-kind-of-tomorrow", None)
    assert verbs.mark_sent(letter, by=mother, how="email", on=DAY).fact_id == ""
