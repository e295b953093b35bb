"""`gameplan people` and `gameplan serve --shared`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings
from typer.testing import CliRunner, Result

from gameplan.cli import app
from gameplan.config.lock import hold
from gameplan.people.invitations import invitation_by
from gameplan.people.models import Organisation
from tests.served import Browser
from tests.served_shared import ServedShared
from tests.shared import PASSWORD, account, run_shared, staff

FIRST = ("first", "me@school.example", "--place", "Lakeside district")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None) -> Iterator[Path]:
    """A folder with which a server runs: commands take its database as it is."""
    monkeypatch.setenv("GAMEPLAN_SHARED", "1")
    monkeypatch.setenv("GAMEPLAN_DATA", str(tmp_path))
    before, lock = os.umask(0o077), hold(tmp_path)
    yield tmp_path
    os.close(lock)
    os.umask(before)


def run(folder: Path, *command: str) -> Result:
    return CliRunner().invoke(app, ["people", *command, "--data", str(folder)])


def test_the_first_link_is_for_an_installer(folder: Path) -> None:
    told = run(folder, *FIRST, "--state", "tx")
    assert told.exit_code == 0
    invitation = invitation_by(told.stdout.strip().rstrip("/").rpartition("/")[2])
    assert invitation
    assert (invitation.email, invitation.role) == ("me@school.example", "installer")
    assert (str(invitation.organisation), invitation.organisation and invitation.organisation.state) == (
        "Lakeside district", "TX",
    )  # fmt: skip
    assert "as installer of Lakeside district" in told.stderr


def test_every_fault_is_told_at_once(folder: Path) -> None:
    told = run(folder, *FIRST, "--kind", "castle")
    assert told.exit_code == 2
    assert "--kind: This kind" in told.stderr
    assert "--state: This is not a State." in told.stderr
    told = run(folder, "first", "me", "--place", "Lakeside district", "--state", "TX")
    assert (told.exit_code, "not an e-mail address" in told.stderr) == (2, True)


def test_there_is_one_first_person(folder: Path) -> None:
    staff("ina@school.example", Organisation.objects.create(kind="district", name="Lakeside district"), "installer")
    told = run(folder, *FIRST, "--state", "TX")
    assert (told.exit_code, "ina@school.example is installer already" in told.stderr) == (2, True)
    assert run(folder, *FIRST, "--state", "TX", "--again").exit_code == 0
    assert Organisation.objects.count() == 1


def test_an_invitation_to_a_post(folder: Path) -> None:
    Organisation.objects.create(kind="district", name="Lakeside district")
    invite = ("invite", "d@x.example", "--place")
    assert "/invited/" in run(folder, *invite, "Lakeside district", "--role", "district-director").stdout
    told = run(folder, *invite, "Nowhere", "--role", "district-director")
    assert (told.exit_code, "Known are: Lakeside district." in told.stderr) == (2, True)
    told = run(folder, *invite, "Lakeside district", "--role", "parent")
    assert (told.exit_code, "Nobody can work in this role" in told.stderr) == (2, True)


def test_whoever_runs_it_ends_sessions_of_one_or_all(folder: Path, settings: Settings) -> None:
    run_shared(settings, folder)
    for email in ("ana@example.org", "ben@example.org"):
        account(email)
    first, second, other = (browser_of(one) for one in ("ana@example.org", "ana@example.org", "ben@example.org"))
    listed = run(folder, "sessions", "ana@example.org").stdout.splitlines()
    assert len(listed) == 2
    assert run(folder, "sign-out", "ana@example.org", "--session", listed[1].split()[0]).exit_code == 0
    assert [_is_in(one) for one in (first, second, other)] == [False, True, True]
    assert "ended: 1." in run(folder, "sign-out", "Ana@example.org").stdout
    assert [_is_in(one) for one in (first, second, other)] == [False, False, True]
    assert run(folder, "sign-out", "--everybody").exit_code == 0
    assert not _is_in(other)


@pytest.mark.parametrize(("asked", "told"), [
    ((), "Name one person"), (("ana@example.org", "--everybody"), "Name one person"),
    (("nobody@example.org",), "Nobody has an account"), (("ana@example.org", "--session", "7"), "has no session 7"),
])  # fmt: skip
def test_whom_to_sign_out_has_to_be_clear(folder: Path, asked: tuple[str, ...], told: str) -> None:
    account("ana@example.org")
    answer = run(folder, "sign-out", *asked)
    assert (answer.exit_code, told in answer.stderr) == (2, True)


def browser_of(email: str) -> Client:
    client = Client()
    client.post("/sign-in/", {"login": email, "password": PASSWORD})
    return client


def _is_in(client: Client) -> bool:
    return client.get("/help/").status_code == 200


@pytest.mark.slow_process
def test_on_a_real_server_the_link_leads_to_an_account(tmp_path: Path) -> None:
    with ServedShared(tmp_path / "gameplan") as served:
        told = served.run("people", *FIRST, "--state", "TX")
        assert told.stdout.startswith(f"{served.address}/invited/"), told.stderr
        status, page = Browser(served.address).get(told.stdout.strip().removeprefix(served.address))
        assert status == 200
        assert "Begin your account" in page
    assert "Nobody has an account yet" in served.said


@pytest.mark.slow_process
def test_several_processes_need_postgresql(tmp_path: Path) -> None:
    told = ServedShared.command(tmp_path, os.environ, "serve", "--shared", "--workers", "2")
    assert (told.returncode, "PostgreSQL" in told.stderr) == (2, True)
