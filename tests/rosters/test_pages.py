"""The pages of a roster: a walk from the file to a child's case, and what each person sees of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gameplan.arriving.pieces import whole
from gameplan.people.models import Invitation, Organisation, Post, User
from gameplan.rosters import receiving
from gameplan.rosters.doors import Keeper
from gameplan.rosters.jobs import take_rosters
from gameplan.rosters.models import Line, Pupil, StaffMember, Take
from gameplan.sealing.rotating import columns
from gameplan.watch.turns import Worker
from tests.districts.conftest import TODAY, Window
from tests.rosters.conftest import Given
from tests.rosters.made import ANA, BEN, CHILDREN, HEADER, TWINS, Child, changed, oneroster, plain
from tests.rosters.test_taking import pupil

Page = Callable[..., str]


@pytest.fixture
def at(district: Organisation, oak: Organisation, elm: Organisation) -> Page:
    """The address of a page of the district's roster."""

    def at(name: str, **where: Any) -> str:
        return reverse(f"web:{name}", kwargs={"place_id": district.pk, **where})

    return at


def give(client: Client, address: str, content: bytes, name: str = "roster.zip", kind: str = "bulk") -> Any:
    file = BytesIO(content)
    file.name = name
    return client.post(address, {"file": file, "kind": kind}, follow=True)


def test_a_walk_from_the_file_to_a_case(window: Window, director: User, manager: User, at: Page) -> None:
    dora = window(director)
    shown = give(dora, at("roster"), oneroster().packed())
    take = Take.objects.get()
    assert "Ana Lopez" in shown.content.decode()
    assert not Pupil.objects.exists()
    done = dora.post(at("roster-take-in", number=take.pk), follow=True)
    assert "Taken in" in done.content.decode()
    assert Pupil.objects.count() == len(CHILDREN)
    maya = window(manager)
    page = maya.get(at("pupils"), {"name": "lópez"}).content.decode()
    assert ("Ana Lopez" in page, "Max Reed" in page) == (True, False)
    ana = pupil("u1")
    assert "Begin a case" in maya.get(at("pupil", pupil_id=ana.pk)).content.decode()
    begun = maya.post(at("pupil-begin", pupil_id=ana.pk))
    ana.refresh_from_db()
    assert begun["Location"] == reverse("web:people", args=[ana.case_id])
    assert "Has a case" in maya.get(at("pupils")).content.decode()
    assert "Open the case" in maya.get(at("pupil", pupil_id=ana.pk)).content.decode()
    refused = dora.post(at("roster-undo", number=take.pk), follow=True).content.decode()
    assert "Take the child’s case off first." in refused
    maya.post(at("pupil-unlink", pupil_id=ana.pk))
    undone = dora.post(at("roster-undo", number=take.pk), follow=True).content.decode()
    assert ("Undone" in undone, Pupil.objects.count()) == (True, 0)


def test_an_installer_takes_in_and_sees_no_child(window: Window, installer: User, at: Page) -> None:
    ivo = window(installer)
    shown = give(ivo, at("roster"), oneroster().packed()).content.decode()
    number = Take.objects.get().pk
    done = ivo.post(at("roster-take-in", number=number), follow=True).content.decode()
    again = give(ivo, at("roster"), oneroster([changed(ANA, id="n1", state_id=""), BEN, *TWINS]).packed())
    pages = [shown, done, again.content.decode(), ivo.get(at("roster")).content.decode()]
    pages.append(give(ivo, at("roster"), oneroster([changed(ANA, born="x")]).packed()).content.decode())
    assert all(name not in page for page in pages for name in ("Ana", "Lopez", "Reed, "))
    assert "demographics.csv, row 2, column birthDate" in pages[-1]
    line = Line.objects.get(kind="unclear")
    told = ivo.post(at("roster-decide", number=line.take_id, line=line.pk), follow=True).content.decode()
    line.refresh_from_db()
    assert ("A director says" in told, line.decided) == (True, "")
    assert ivo.get(at("pupils")).status_code == 403


def test_a_director_says_who_is_unclear(window: Window, director: User, at: Page, bring: Given) -> None:
    bring(oneroster())
    key, dora = pupil("u1").pk, window(director)
    shown = give(dora, at("roster"), oneroster([changed(ANA, id="n1", state_id=""), BEN, *TWINS]).packed())
    assert "This is the same student" in shown.content.decode()
    line = Line.objects.get(kind="unclear")
    said = {"number": line.take_id, "line": line.pk}
    page = dora.post(at("roster-decide", **said), {"same_as": str(key)}, follow=True).content.decode()
    assert "You said: this is the same student." in page
    dora.post(at("roster-take-in", number=line.take_id))
    assert pupil("n1").pk == key


def test_the_columns_of_plain_csv_are_confirmed_and_remembered(window: Window, director: User, at: Page) -> None:
    dora = window(director)
    strange = ["Kid No", *HEADER[1:]]
    shown = give(dora, at("roster"), plain(header=strange), "pupils.csv")
    take = Take.objects.get()
    address = at("roster-mapping", number=take.pk)
    assert shown.redirect_chain[-1][0] == address
    chosen = {"sourced_id": "Kid No", "given": "First Name", "family": "Last Name", "school": "School"}
    wrong = dora.post(address, {**chosen, "given": ""})
    assert (wrong.status_code, "No column tells the name." in wrong.content.decode()) == (422, True)
    dora.post(address, chosen)
    take.refresh_from_db()
    assert (take.state, take.counts["pupil added"]) == (Take.State.PREVIEWED, len(CHILDREN))
    give(dora, at("roster"), plain(header=strange), "pupils.csv")
    again = dora.get(at("roster-mapping", number=Take.objects.latest("pk").pk)).content.decode()
    assert '<option value="Kid No" selected>' in again


def test_a_large_file_is_left_to_the_worker(
    window: Window, director: User, at: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "SMALL", 10)
    dora = window(director)
    shown = give(dora, at("roster"), oneroster().packed()).content.decode()
    assert "read in the background" in shown
    take = Take.objects.get()
    worker = Worker(None, None, timezone.now, lambda: TODAY)  # type: ignore[arg-type]
    Take.objects.update(state=Take.State.READING, worked_at=timezone.now() - timedelta(hours=1))
    assert take_rosters(worker), "another worker died with it"
    asked = dora.get(at("roster-take", number=take.pk), headers={"HX-Request": "true"})
    assert asked["HX-Refresh"] == "true"
    assert "being taken in" in dora.post(at("roster-take-in", number=take.pk), follow=True).content.decode()
    assert take_rosters(worker)
    assert not take_rosters(worker)
    take.refresh_from_db()
    assert (take.state, take.taken_by, Pupil.objects.count()) == (Take.State.TAKEN, str(director.pk), len(CHILDREN))


def test_a_confirmed_file_that_holds_no_more_says_why(keeper: Keeper, preview: Given, bring: Given) -> None:
    take = preview(oneroster())
    bring(oneroster([ANA]))
    Take.objects.filter(pk=take.pk).update(state=Take.State.CONFIRMED)
    assert take_rosters(Worker(None, None, timezone.now, lambda: TODAY))  # type: ignore[arg-type]
    take.refresh_from_db()
    assert (take.state, take.fault_count) == (Take.State.FAULTY, 1)


def test_a_file_that_nobody_wanted_for_two_weeks_is_forgotten(preview: Given) -> None:
    take = preview(oneroster())
    worker = Worker(None, None, lambda: take.at + timedelta(days=14), lambda: TODAY)  # type: ignore[arg-type]
    take_rosters(worker)
    assert Line.objects.filter(take=take).exists()
    worker.now = lambda: take.at + timedelta(days=14, seconds=1)
    take_rosters(worker)
    take.refresh_from_db()
    assert (take.state, Line.objects.filter(take=take).count()) == (Take.State.DROPPED, 0)


def test_a_file_that_waits_is_locked(keeper: Keeper) -> None:
    told = f"{HEADER}\nAna Lopez\n".encode() * 9
    take = receiving.receive(keeper, [told[:50], told[50:]], name="roster.csv")
    (column,) = (one for one in columns() if str(one) == "rosters.Piece.content")
    ((_row, lies, _key),) = column.as_they_lie()
    assert b"Ana" not in bytes(lies)
    with whole(take) as file:
        assert file.read() == told


def test_who_may_not_is_refused(window: Window, manager: User, mother: User, at: Page, oak: Organisation) -> None:
    assert window(manager).get(at("roster")).status_code == 403
    assert window(manager).get(at("roster-staff")).status_code == 403
    assert window(mother).get(at("pupils")).status_code == 404
    assert window(manager).get(reverse("web:pupils", args=[oak.pk])).status_code == 404


def test_very_many_who_would_leave_are_pointed_out(window: Window, director: User, at: Page, bring: Given) -> None:
    bring(oneroster([Child(f"u{number}", "Ana", f"No{number}") for number in range(20)]))
    shown = give(window(director), at("roster"), oneroster([Child("u1", "Ana", "No1")]).packed()).content.decode()
    assert "Very many students would leave" in shown
    dropped = window(director).post(at("roster-drop", number=Take.objects.latest("pk").pk), follow=True)
    assert "Nothing has changed" in dropped.content.decode()


def test_staff_is_invited_one_by_one(window: Window, director: User, at: Page, bring: Given, manager: User) -> None:
    bring(oneroster())
    dora, told = window(director), StaffMember.objects.get()
    assert "maya@school.example" in dora.get(at("roster-staff")).content.decode()
    assert "Has a post:" in dora.get(at("roster-staff")).content.decode(), "Maya is known by her address"
    Post.objects.filter(user=manager).delete()
    User.objects.filter(pk=manager.pk).delete()
    mail.outbox.clear()
    dora.post(at("roster-invite", staff_id=told.pk), {"role": "iep-manager", "language": "es"})
    invited = Invitation.objects.get()
    assert (invited.email, invited.role, invited.organisation and invited.organisation.name) == (
        "maya@school.example", "iep-manager", "Oak School",
    )  # fmt: skip
    assert len(mail.outbox) == 1
    assert "Invited, not here yet" in dora.get(at("roster-staff")).content.decode()
    dora.post(at("roster-invite", staff_id=told.pk), {"role": "district-director"})
    assert Invitation.objects.count() == 1
