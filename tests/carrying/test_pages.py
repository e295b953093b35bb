"""The pages of bringing cases in: a walk from the templates to a child's page, and what each person sees of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gameplan.carrying import receiving
from gameplan.carrying.jobs import take_cases
from gameplan.carrying.models import Batch, Line
from gameplan.cases.models import Case
from gameplan.people.models import Organisation, User
from gameplan.rosters.models import Pupil
from gameplan.watch.turns import Worker
from tests.carrying.made import Files
from tests.districts.conftest import TODAY, Window

Page = Callable[..., str]


@pytest.fixture
def at(district: Organisation, oak: Organisation, elm: Organisation) -> Page:
    """The address of a page of the district."""

    def at(name: str, **where: Any) -> str:
        return reverse(f"web:{name}", kwargs={"place_id": district.pk, **where})

    return at


def give(client: Client, address: str, files: Files) -> str:
    file = BytesIO(files.packed())
    file.name = "cases.zip"
    shown = client.post(address, {"file": file, "source": "Acme IEP"}, follow=True)
    return str(shown.content.decode())


def test_a_walk_from_the_templates_to_a_child(
    window: Window, director: User, at: Page, district: Organisation, oak: Organisation
) -> None:
    Pupil.objects.create(
        place=district, school=oak, source="s", sourced_id="501", given="Bea", family="Brook", born="2015-03-09"
    )
    dora = window(director)
    assert reverse("web:carried", args=[district.pk]) in dora.get(at("place")).content.decode()
    templates = dora.get(at("carried-templates"))
    with ZipFile(BytesIO(templates.content)) as packed:
        assert "facts.csv" in packed.namelist()
    shown = give(dora, at("carried"), Files())
    assert ("Ben Brook" in shown, "Bea Brook" in shown, Case.objects.count()) == (True, True, 0)
    batch = Batch.objects.get()
    assert "Cara Diaz" in dora.get(at("carried-batch", number=batch.pk), {"kind": "new"}).content.decode()
    line = Line.objects.get(kind="unclear")
    told = dora.post(at("carried-decide", number=batch.pk, line=line.pk), follow=True).content.decode()
    assert "You said: this is another child." in told
    done = dora.post(at("carried-take-in", number=batch.pk), follow=True).content.decode()
    assert "Unclear who it is" not in done
    assert ("The cases are here." in done, Case.objects.count()) == (True, 3)
    case = Case.objects.get(child_name="Ben Brook")
    assert case.pk == line.case_id
    assert reverse("web:child", args=[case.pk]) in done
    fact = dora.get(reverse("web:fact", args=[case.pk, "f1"])).content.decode()
    assert "(Acme IEP), on November" in fact
    assert "Acme IEP, facts.csv, row 2" in fact
    record = dora.get(reverse("web:record", args=[case.pk])).content.decode()
    assert "Brought this file in from the system that the district used before." in record
    undone = dora.post(at("carried-undo", number=batch.pk), follow=True).content.decode()
    assert ("These cases are gone." in undone, Case.objects.count()) == (True, 0)


def test_what_is_wrong_is_shown_and_can_be_forgotten(window: Window, director: User, at: Page) -> None:
    dora, files = window(director), Files()
    files.facts[0]["for"] = "nothing"
    assert "facts.csv, row 2, column for" in give(dora, at("carried"), files)
    dora.post(at("carried-drop", number=Batch.objects.get().pk))
    assert Batch.objects.get().state == "dropped"
    assert dora.post(at("carried")).status_code == 422


def test_an_installer_brings_in_and_sees_no_child(window: Window, installer: User, at: Page) -> None:
    ivo, files = window(installer), Files()
    files.cases.append({**files.cases[1], "case_key": "A4"})
    pages = [give(ivo, at("carried"), files)]
    batch = Batch.objects.get()
    line = Line.objects.get(kind="unclear")
    pages.append(ivo.post(at("carried-decide", number=batch.pk, line=line.pk), follow=True).content.decode())
    pages.append(ivo.post(at("carried-take-in", number=batch.pk), follow=True).content.decode())
    assert not any(name in page for page in pages for name in ("Ben", "Brook", "Diaz"))
    assert ("A director says" in pages[1], Case.objects.count()) == (True, 3)


def test_others_do_not_come_in(window: Window, manager: User, mother: User, at: Page) -> None:
    for name in ("carried", "carried-templates"):
        assert window(manager).get(at(name)).status_code == 403
        assert window(mother).get(at(name)).status_code == 404


def test_a_large_file_waits_for_the_worker(
    window: Window, director: User, at: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "SMALL", 10)
    monkeypatch.setattr(receiving, "FEW", 2)
    dora = window(director)
    worker = Worker(None, None, timezone.now, lambda: TODAY, timedelta(minutes=5))  # type: ignore[arg-type]
    assert "read in the background" in give(dora, at("carried"), Files())
    number = Batch.objects.get().pk
    assert take_cases(worker)
    assert "Bring these cases in" in dora.get(at("carried-batch", number=number)).content.decode()
    assert "are coming in" in dora.post(at("carried-take-in", number=number), follow=True).content.decode()
    assert take_cases(worker)
    assert not take_cases(worker)
    assert Case.objects.count() == 3
    assert {one.state for one in Batch.objects.all()} == {"taken"}
