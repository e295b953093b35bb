"""Stamps: they grow with each change of a place, of what lies in it and of everybody's names, and never go back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.db.models import Sum

from gameplan.districts.places import add_place, close_place
from gameplan.people.accounts import change_account, make_account
from gameplan.people.models import Organisation, Stamp
from gameplan.people.stamps import FOLDED_EVERY, fold, stamp_of, touch
from gameplan.people.verbs import begin_organisation, end_post, give_post

TODAY = date(2026, 11, 27)


@pytest.fixture
def places(db: None) -> dict[str, UUID]:
    """Texas with a district of two schools, and one school of another district."""
    texas = Organisation.objects.create(kind="state", name="Texas", state="TX")
    pecan, mesa = (Organisation.objects.create(kind="district", name=name, parent=texas) for name in ("Pecan", "Mesa"))
    schools = {
        name: Organisation.objects.create(kind="school", name=name, parent=parent)
        for name, parent in (("oak", pecan), ("elm", pecan), ("ash", mesa))
    }
    return {"texas": texas.pk, "pecan": pecan.pk, "mesa": mesa.pk, **{name: one.pk for name, one in schools.items()}}


def moved(places: dict[str, UUID], before: dict[str, int]) -> set[str]:
    """The places whose stamp has grown."""
    now = stamps(places)
    assert all(now[name] >= before[name] for name in now)
    return {name for name in now if now[name] > before[name]}


def stamps(places: dict[str, UUID]) -> dict[str, int]:
    return {name: stamp_of([key]) for name, key in places.items()}


def test_a_touch_counts_for_the_place_and_for_those_above_it(places: dict[str, UUID]) -> None:
    before = stamps(places)
    touch([places["oak"]])
    assert moved(places, before) == {"oak", "pecan", "texas"}
    before = stamps(places)
    touch([places["ash"], places["elm"], None])
    assert moved(places, before) == {"ash", "mesa", "elm", "pecan", "texas"}


def test_nothing_is_touched_without_a_place(places: dict[str, UUID]) -> None:
    touch([])
    touch([None])
    touch([uuid4()])
    touch(Organisation.objects.none().values_list("pk", flat=True))
    assert not Stamp.objects.exists()
    assert stamp_of([]) == 0


def test_a_change_that_is_taken_back_leaves_the_stamp(places: dict[str, UUID]) -> None:
    before = stamps(places)
    with transaction.atomic():
        touch([places["oak"]])
        transaction.set_rollback(True)
    assert moved(places, before) == set()


def test_rows_are_put_together_and_the_sums_stay(places: dict[str, UUID]) -> None:
    for _turn in range(3):
        touch([places["oak"]])
        touch([places["ash"]])
    before = stamps(places)
    fold()
    assert stamps(places) == before
    assert Stamp.objects.count() == len({"oak", "ash", "pecan", "mesa", "texas"})
    touch([places["oak"]])
    assert moved(places, before) == {"oak", "pecan", "texas"}


def test_writers_put_rows_together_now_and_then(places: dict[str, UUID]) -> None:
    for _turn in range(FOLDED_EVERY):
        touch([places["oak"]])
    assert Stamp.objects.count() < FOLDED_EVERY + len(places)
    assert Stamp.objects.aggregate(all=Sum("number"))["all"] == 3 * FOLDED_EVERY


def test_posts_and_places_touch_where_they_are(places: dict[str, UUID]) -> None:
    user, oak = make_account("maya@school.example", name="Maya"), Organisation.objects.get(pk=places["oak"])
    before = stamps(places)
    post = give_post(user, oak, "iep-manager", since=TODAY)
    assert moved(places, before) == {"oak", "pecan", "texas"}
    before = stamps(places)
    end_post(post, until=TODAY)
    assert moved(places, before) == {"oak", "pecan", "texas"}
    before = stamps(places)
    add_place("school", "Fir", parent=Organisation.objects.get(pk=places["mesa"]))
    assert moved(places, before) == {"mesa", "texas"}
    before = stamps(places)
    close_place(oak, on=TODAY)
    assert moved(places, before) == {"oak", "pecan", "texas"}
    made = begin_organisation("Ohio", kind="state", state="OH")
    assert stamp_of([made.pk]) == 1
    begin_organisation("Ohio", kind="state", state="OH")
    assert stamp_of([made.pk]) == 1


def test_who_is_called_otherwise_is_so_everywhere(places: dict[str, UUID]) -> None:
    user = make_account("maya@school.example", name="Maya")
    before = stamps(places)
    change_account(user, name="Maya Lind", language="en")
    assert moved(places, before) == set(places)
    before = stamps(places)
    user.email = "maya@oak.example"
    user.save()
    assert moved(places, before) == set(places)
    before = stamps(places)
    user.set_password("nine geese")
    user.save(update_fields=["password"])
    assert moved(places, before) == set()


@pytest.mark.django_db(transaction=True)
def test_no_writer_waits_for_another(places: dict[str, UUID]) -> None:
    """One has touched a school and is not done; meanwhile another touches it too, puts rows together, and is done."""
    if connection.vendor == "sqlite":  # which lets one writer in at a time
        return
    touch([places["oak"]])
    touch([places["oak"]])
    before = stamp_of([places["oak"]])
    with ThreadPoolExecutor(max_workers=1) as other, transaction.atomic():
        touch([places["oak"]])
        other.submit(_touch_and_fold, places["oak"]).result(timeout=60)
        assert stamp_of([places["oak"]]) == before + 2
    assert stamp_of([places["oak"]]) == before + 2
    fold()
    assert stamp_of([places["oak"]]) == before + 2


def _touch_and_fold(place: UUID) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '5s'")
        touch([place])
        fold()
    finally:
        connection.close()
