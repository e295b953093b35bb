"""Who is told what, on which day: quiet by default, each once, from the stored dates alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from gameplan.cases.models import Member
from gameplan.people.models import Post, User
from gameplan.people.roles import Side
from gameplan.watch.mails import Links
from gameplan.watch.models import Due, Message, Told, Wish
from gameplan.watch.reminding import after_quiet, know_everybody, make_reminders
from gameplan.watch.stopping import stop_token
from tests.watch.conftest import DAY, Cast

NOON = datetime(2025, 10, 1, 17, 0, tzinfo=UTC)  # noon in Chicago
MONDAY = date(2025, 10, 6)
LINKS = Links(
    lambda case: f"https://plans.example/case/{case}/", "https://plans.example/reminders/",
    lambda user: f"https://plans.example/reminders/stop/{stop_token(user)}/", "plans.example",
)  # fmt: skip

Owe = Callable[..., Due]


@pytest.fixture
def owe(cast: Cast) -> Owe:
    """A stored duty of the case, on the family's side and owed by the school if nothing else is said."""

    def _owe(day: date, status: str = "running", **more: object) -> Due:
        told = {
            "side": Side.FAMILY.value, "pack": "us", "kind": "deadline", "owed_by": ["school"], "owed_to": ["parent"],
            "title": {"text": "Finish the first evaluation"}, "confidence": "high",
        }  # fmt: skip
        count = Due.objects.count()
        return Due.objects.create(**{
            **told, "case": cast.case, "clock": f"c{count}", "status": status, "due": day, "next_on": day, **more
        })  # fmt: skip

    know_everybody(DAY)
    return _owe


def made(on: date = DAY) -> list[Message]:
    """The messages that are new when everybody's reminders of a day are made."""
    before = set(Message.objects.values_list("pk", flat=True))
    while make_reminders(on, NOON + (on - DAY), LINKS).people:
        pass
    return list(Message.objects.exclude(pk__in=before).order_by("to"))


def test_nothing_due_is_no_mail(cast: Cast, owe: Owe) -> None:
    assert [len(made(DAY + timedelta(days=n))) for n in range(10)] == [0] * 10


def test_a_digest_comes_once_a_week(cast: Cast, owe: Owe) -> None:
    owe(MONDAY + timedelta(days=12))
    days = [DAY + timedelta(days=n) for n in range(14)]
    sent = {day: messages for day in days if (messages := made(day))}
    assert list(sent) == [MONDAY, MONDAY + timedelta(days=7)]
    [mail] = sent[MONDAY]
    assert (mail.to, mail.kind, mail.lang) == ("rosa@example.org", "digest", "es")


def test_a_digest_that_was_missed_comes_the_day_after(cast: Cast, owe: Owe) -> None:
    owe(MONDAY + timedelta(days=5))
    assert len(made(MONDAY + timedelta(days=1))) == 1


def test_before_a_day_and_when_late_one_is_told_once(cast: Cast, owe: Owe) -> None:
    due = owe(date(2025, 10, 11))
    mails = []
    for n in range(20):
        on = DAY + timedelta(days=n)
        if on > due.next_on:
            Due.objects.update(status="late")
        mails += [(on, mail.kind) for mail in made(on)]
    # Monday's digest; three days before; the Monday after it is late brings both together.
    assert mails == [(date(2025, 10, 6), "digest"), (date(2025, 10, 8), "dates"), (date(2025, 10, 12), "dates"),
                     (date(2025, 10, 13), "digest"), (date(2025, 10, 20), "digest")]  # fmt: skip
    assert sorted(Told.objects.values_list("what", flat=True)) == ["late", "soon"]


def test_a_day_that_moves_is_told_again(cast: Cast, owe: Owe) -> None:
    due = owe(date(2025, 10, 3))
    assert len(made(DAY)) == 1
    Due.objects.filter(pk=due.pk).update(next_on=date(2025, 10, 4), due=date(2025, 10, 4))
    assert len(made(DAY + timedelta(days=1))) == 1


def test_what_was_late_long_ago_is_no_news(cast: Cast, owe: Owe) -> None:
    owe(date(2024, 1, 9), status="late")
    assert made(DAY) == []


def test_a_day_that_is_a_range_is_near_from_its_first_day_on(cast: Cast, owe: Owe) -> None:
    owe(DAY - timedelta(days=2), status="cannot-tell", due=None, due_latest=DAY + timedelta(days=60))
    [mail] = made(DAY)
    assert mail.kind == "dates"
    assert made(DAY + timedelta(days=1)) == []
    User.objects.update(language="en")
    [mail] = made(MONDAY)
    assert "On September 29, 2025 at the earliest:" in mail.text


def test_each_side_hears_of_its_own_rows_only(cast: Cast, owe: Owe) -> None:
    owe(DAY + timedelta(days=2), title={"text": "Seen by the family"})
    owe(DAY + timedelta(days=2), title={"text": "Seen by the school"}, side=Side.SCHOOL.value)
    lee, rosa = made(DAY)
    assert "Seen by the school" in lee.text
    assert "Seen by the family" not in lee.text + lee.html
    assert "Seen by the family" in rosa.text
    assert "Seen by the school" not in rosa.text


@pytest.mark.parametrize(
    ("role", "more", "told"),
    [
        ("iep-manager", {}, True),
        ("iep-manager", {"owed_by": ["parent"]}, False),
        ("iep-manager", {"kind": "floor"}, False),
        ("iep-manager", {"status": "paused"}, False),
        ("evaluator", {}, False),
        ("evaluator", {"area": "evaluation"}, True),
        ("district-representative", {}, False),
        ("district-representative", {"status": "late", "next_on": DAY - timedelta(days=1)}, True),
        ("general-teacher", {}, False),
    ],
)
def test_who_at_school_is_told(cast: Cast, owe: Owe, role: str, more: dict[str, object], told: bool) -> None:
    Member.objects.filter(person=str(cast.manager.pk)).update(role=role)
    owe(DAY + timedelta(days=2), **{"side": Side.SCHOOL.value, **more})
    assert bool(made(DAY)) == told


def test_without_a_post_a_role_at_school_is_told_nothing(cast: Cast, owe: Owe) -> None:
    Post.objects.all().delete()
    owe(DAY + timedelta(days=2), side=Side.SCHOOL.value)
    assert made(DAY) == []


def test_who_has_left_the_case_is_told_nothing(cast: Cast, owe: Owe) -> None:
    Member.objects.filter(person=str(cast.mother.pk)).update(until=DAY - timedelta(days=1))
    owe(DAY + timedelta(days=2))
    assert made(DAY) == []


def test_a_helper_of_the_family_gets_no_mail(cast: Cast, owe: Owe) -> None:
    Member.objects.filter(person=str(cast.mother.pk)).update(role="helper")
    owe(DAY + timedelta(days=2))
    assert made(DAY) == []


def test_no_name_but_the_first_and_none_in_the_subject(cast: Cast, owe: Owe) -> None:
    for side in Side.FAMILY, Side.SCHOOL:
        owe(DAY + timedelta(days=2), side=side.value)
    lee, rosa = made(DAY)
    for mail in (lee, rosa):
        assert "Lopez" not in mail.subject + mail.text + mail.html
        assert "Ana" not in mail.subject
    assert "Ana\n" in rosa.text
    assert "A.L." in lee.text
    assert "Ana" not in lee.text
    assert f"https://plans.example/case/{cast.case.pk}/" in lee.text
    assert LINKS.stop(cast.manager.pk) in lee.text
    assert LINKS.stop(cast.manager.pk) in lee.html
    assert rosa.message_id == f"<{rosa.pk}@plans.example>"


def test_a_title_that_names_a_disability_is_told_without_it(cast: Cast, owe: Owe) -> None:
    owe(DAY + timedelta(days=2), title={"text": "Meet about autism"})
    [mail] = made(DAY)
    assert "autism" not in mail.text


@pytest.mark.parametrize(
    ("wish", "kinds"),
    [
        ({"how": "off"}, []),
        ({"how": "dates"}, ["dates"]),
        ({"how": "dates", "days_before": 0}, []),
        ({"how": "daily", "digest_on": DAY - timedelta(days=1)}, ["digest"]),
        ({"days_before": 1}, []),
        ({"weekday": 2, "digest_on": DAY - timedelta(days=7)}, ["digest"]),
    ],
)
def test_everyone_chooses(cast: Cast, owe: Owe, wish: dict[str, object], kinds: list[str]) -> None:
    Wish.objects.filter(user=cast.mother).update(**wish)
    owe(DAY + timedelta(days=2))
    assert [mail.kind for mail in made(DAY)] == kinds


def test_a_day_is_made_once_whoever_makes_it(cast: Cast, owe: Owe) -> None:
    owe(DAY + timedelta(days=2))
    assert len(made(DAY)) == 1
    Wish.objects.update(made_for=date.min)
    Told.objects.all().delete()
    made(DAY)
    assert Message.objects.count() == 1


def test_many_duties_make_one_mail_that_says_how_many_more(cast: Cast, owe: Owe) -> None:
    for _number in range(45):
        owe(DAY + timedelta(days=2))
    Wish.objects.update(digest_on=date.min)
    User.objects.update(language="en")
    [mail] = made(DAY)
    assert mail.text.count("\n- ") == 40
    assert "There are 5 more." in mail.text


@pytest.mark.parametrize(
    ("hours", "at", "sent_at"),
    [
        ((20, 7), "2025-10-01T12:00", "2025-10-01T12:00"),
        ((20, 7), "2025-10-01T21:30", "2025-10-02T07:00"),
        ((20, 7), "2025-10-01T03:00", "2025-10-01T07:00"),
        ((20, 7), "2025-10-01T07:00", "2025-10-01T07:00"),
        ((1, 6), "2025-10-01T05:59", "2025-10-01T06:00"),
        ((1, 6), "2025-10-01T23:00", "2025-10-01T23:00"),
        ((8, 8), "2025-10-01T08:30", "2025-10-01T08:30"),
        ((20, 0), "2025-10-01T22:00", "2025-10-02T00:00"),
    ],
)
def test_quiet_hours(hours: tuple[int, int], at: str, sent_at: str) -> None:
    from django.utils import timezone

    def here(told: str) -> datetime:
        return timezone.make_aware(datetime.fromisoformat(told))

    wish = Wish(user_id=UUID(int=1), quiet_from=hours[0], quiet_until=hours[1])
    assert after_quiet(here(at), wish) == here(sent_at)


def test_many_people_cost_few_queries(cast: Cast, owe: Owe, django_assert_max_num_queries: Any) -> None:
    owe(DAY + timedelta(days=2))
    for number in range(20):
        user = User.objects.create_user(f"p{number}@example.org")
        cast.case.members.create(person=str(user.pk), role="parent")
    know_everybody(DAY)
    with django_assert_max_num_queries(12):
        assert make_reminders(DAY, NOON, LINKS).messages == 21
