"""Invitations: what is kept of a link, how long it works, for whom."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from gameplan.people import invitations
from gameplan.people.invitations import accept, invitation_by, invite_to_post, open_invitations, withdraw
from gameplan.people.models import Invitation, Organisation, Post
from gameplan.people.refusals import Refused
from tests.shared import account, school

pytestmark = pytest.mark.django_db
TODAY = date(2025, 9, 3)


@pytest.fixture
def place() -> Organisation:
    return school()


def test_the_database_never_holds_the_token_itself(place: Organisation) -> None:
    made, token = invite_to_post("Tess@School.example ", organisation=place, role="iep-manager")
    assert made.email == "tess@school.example"
    row = Invitation.objects.values().get()
    assert token not in str(row)
    assert invitation_by(token) == made
    assert invitation_by(made.token_hash) is None


def test_accepting_gives_the_post_once(place: Organisation) -> None:
    _made, token = invite_to_post("tess@school.example", organisation=place, role="iep-manager")
    user = account("tess@school.example")
    accept(token, user, on=TODAY)
    post = Post.objects.get()
    assert (post.user, post.organisation, post.role, post.since) == (user, place, "iep-manager", TODAY)
    with pytest.raises(Refused, match="any more"):
        accept(token, user, on=TODAY)


def test_somebody_else_cannot_use_it(place: Organisation) -> None:
    _made, token = invite_to_post("tess@school.example", organisation=place, role="iep-manager")
    with pytest.raises(Refused, match="another address"):
        accept(token, account("mallory@example.org"), on=TODAY)
    assert not Post.objects.exists()
    assert invitation_by(token)


def test_it_works_for_fourteen_days(place: Organisation) -> None:
    _made, token = invite_to_post("tess@school.example", organisation=place, role="iep-manager")
    now = timezone.now()
    with time_machine.travel(now + timedelta(days=13, hours=23), tick=False):
        assert invitation_by(token)
    with time_machine.travel(now + timedelta(days=14, seconds=1), tick=False):
        assert invitation_by(token) is None
        assert not open_invitations()


def test_taken_back_or_asked_again_the_old_link_is_dead(place: Organisation) -> None:
    first, old = invite_to_post("tess@school.example", organisation=place, role="iep-manager")
    _second, new = invite_to_post("tess@school.example", organisation=place, role="iep-manager")
    assert invitation_by(old) is None
    found = invitation_by(new)
    assert found
    withdraw(found)
    assert invitation_by(new) is None
    first.refresh_from_db()
    assert first.withdrawn_at


def test_every_fault_is_told_at_once(place: Organisation) -> None:
    with pytest.raises(Refused) as refused:
        invite_to_post("no address", organisation=place, role="parent")
    assert [fault.where for fault in refused.value.faults] == ["email", "role"]


def test_nobody_floods_others_with_invitations(place: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(invitations, "MOST_OPEN", 2)
    for number in range(2):
        invite_to_post(f"t{number}@school.example", organisation=place, role="provider", by="somebody")
    with pytest.raises(Refused, match="too many"):
        invite_to_post("t9@school.example", organisation=place, role="provider", by="somebody")
