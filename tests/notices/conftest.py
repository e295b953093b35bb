"""The cast: a school with an IEP manager, Ana's mother with an account, and Ana's case, which both hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

import pytest
from pytest_django import Settings

from gameplan.cases.doors import case_for
from gameplan.cases.models import Case
from gameplan.cases.people import person_of_user
from gameplan.cases.verbs import record_fact, start_case
from gameplan.core.facts import Child
from gameplan.letters import Letter
from gameplan.notices import recipients, sending, writing
from gameplan.notices.mails import Mail
from gameplan.notices.models import Delivery, Notice
from gameplan.notices.recipients import Recipient
from gameplan.notices.sending import Way
from gameplan.papers.pdf import letter_pdf
from gameplan.people.models import Organisation, User
from gameplan.people.verbs import give_post

TODAY = date(2025, 9, 20)
NOW = datetime(2025, 9, 20, 15, 0, tzinfo=UTC)
ASKED = {"received": date(2025, 9, 3), "type": "initial", "by": "parent", "written": True}
TYPED = {
    "why": "Ana reads far below her grade.",
    "options": "Wait until spring. That is too slow.",
    "factors": "Nothing else mattered.",
    "safeguards_copy": "Ask the school office.",
    "sender": "Ms. Karen Hill",
    "parents": "Rosa Lopez",
    "phone": "512-555-0100",
    "plain_words": "yes",
}


@cache
def printed_once(letter: Letter, *, draft: bool = False) -> bytes:
    """The PDF of a letter; the same letter is set only once for all tests."""
    return letter_pdf(letter, draft=draft)


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    monkeypatch.setenv("GAMEPLAN_TODAY", TODAY.isoformat())
    monkeypatch.setattr(writing, "letter_pdf", printed_once)
    settings.GAMEPLAN_SHARED = True


@pytest.fixture
def school(db: None) -> Organisation:
    """A school in a district in Texas."""
    state = Organisation.objects.create(kind="state", name="Texas", state="TX")
    district = Organisation.objects.create(kind="district", name="Sample District", parent=state)
    return Organisation.objects.create(kind="school", name="Oak School", parent=district)


@pytest.fixture
def mother(db: None) -> User:
    """Ana's mother, with an account."""
    return User.objects.create_user("rosa@example.org", name="Rosa Lopez", language="es")


@pytest.fixture
def manager(school: Organisation) -> User:
    """The IEP manager, who works at the school."""
    user = User.objects.create_user("khill@example.org", name="Ms. Karen Hill")
    give_post(user, school, "iep-manager", since=date(2025, 8, 1))
    return user


@pytest.fixture
def shared(mother: User, manager: User, school: Organisation) -> Case:
    """Ana's case, held by both, with the request for a first evaluation. No reader."""
    start = person_of_user(mother).acting_as("parent")
    case = start_case(start, child=Child("Ana Lopez", date(2016, 5, 2), "TX", "3", "Oak School", "Sample District"))
    Case.objects.filter(pk=case.pk).update(school=school)
    case = Case.objects.get(pk=case.pk)
    case.members.create(person=str(manager.pk), role="iep-manager")
    case.reader = start
    record_fact(case, by=start, kind="evaluation-requested", on=date(2025, 9, 3), data=ASKED)
    return Case.objects.get(pk=case.pk)


@pytest.fixture
def at_school(shared: Case, manager: User) -> Case:
    """The case as the IEP manager opens it."""
    return case_for(person_of_user(manager), shared.pk)


@pytest.fixture
def at_home(shared: Case, mother: User) -> Case:
    """The case as the mother opens it."""
    return case_for(person_of_user(mother), shared.pk)


@pytest.fixture
def rosa(at_school: Case, mother: User) -> Recipient:
    """The mother as a recipient."""
    return who(at_school, str(mother.pk))


def who(case: Case, person: str) -> Recipient:
    """The recipient with that id, as it is now."""
    found = recipients.recipient_of(case, person)
    assert found
    return found


def values_of(case: Case, **changes: str) -> dict[str, str]:
    """All that a notice about Ana's first evaluation says."""
    fact = "f1"
    known = writing.suggested(
        case, kind="prior-written-notice", lang="en", on=TODAY, by=case.reader, fact=fact, decision="propose"
    )
    return known | TYPED | changes


@pytest.fixture
def notice(at_school: Case) -> Notice:
    """A finished prior written notice, in English."""
    return writing.finish(
        at_school, by=at_school.reader, kind="prior-written-notice", lang="en", values=values_of(at_school), on=TODAY,
        about_event="f1",
    )  # fmt: skip


@pytest.fixture
def send(at_school: Case, rosa: Recipient) -> Callable[..., Delivery]:
    """Send a paper to the mother: by hand, if nothing else is said."""

    def _send(about: str, how: str = "by-hand", **said: Any) -> Delivery:
        told: dict[str, Any] = {"on": TODAY, "handed_by": "Ms. Hill"} | said
        to = who(at_school, rosa.person)
        return sending.send(at_school, about, by=at_school.reader, to=to, way=Way(how, **told), now=NOW)

    return _send


@pytest.fixture
def by_email(at_home: Case, mother: User) -> None:
    """The mother has chosen e-mail."""
    recipients.choose(
        at_home, by=at_home.reader, person=str(mother.pk), by_email=True, address=mother.email, on=TODAY, how="here"
    )


@dataclass
class Post:
    """A mail server that keeps what it is given."""

    mails: list[Mail] = field(default_factory=list)

    def __call__(self, mail: Mail) -> None:
        self.mails.append(mail)

    def token(self) -> str:
        """The token of the link in the last mail."""
        line = next(line for line in self.mails[-1].text.splitlines() if line.startswith("https://"))
        return line.rstrip("/").rpartition("/")[2]


def link(token: str) -> str:
    """The address of the private page."""
    return f"https://school.example/paper/{token}/"


def later(**time: int) -> datetime:
    """A moment after now."""
    return NOW + timedelta(**time)
