"""The looking at signatures and notices: what is half there is seen, in rows, papers, mails and the trail."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection, models, transaction
from pytest_django import Settings

from gameplan.cases.models import Access
from gameplan.config.mail import FOLDER, mail_settings
from gameplan.consents.models import ConsentAnswer, Signature, SignedCopy
from gameplan.notices.models import Delivery, Edition, Mark
from gameplan.notices.proofs import State, What
from tests.crash.chain import faults_of_trail
from tests.crash.signed import KINDS, SHARED_MIX, Desk, finish, sit_down, start
from tests.shared import run_shared


@pytest.fixture
def desk(db: None, settings: Settings, tmp_path: Path) -> Desk:
    """A case with one write of each kind, and nothing that waits."""
    run_shared(settings, tmp_path)
    settings.GAMEPLAN_DATA = tmp_path
    for name, value in mail_settings("", tmp_path, "school@example.org").items():
        setattr(settings, name, value)
    desk = sit_down(start())
    for kind in KINDS:
        kind.write(desk)
    finish(desk)
    return sit_down(desk.case.pk)


@contextmanager
def undone() -> Iterator[None]:
    """What is changed in here is as before afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def half(desk: Desk) -> set[str]:
    found = SHARED_MIX.there(sit_down(desk.case.pk))
    return {kind for kind, there in found.items() for _name, whole in there if not whole}


def mails() -> list[Path]:
    """The mails that went out."""
    return sorted((django_settings.GAMEPLAN_DATA / FOLDER).glob("*.log"))


def no_rows(action: str) -> Callable[[], object]:
    """Take the rows of an action out of the trail, past the program."""
    return lambda: Access._base_manager.filter(action=action)._raw_delete(Access.objects.db)


def no_mark(what: What) -> Callable[[], object]:
    return lambda: Mark._base_manager.filter(what=what)._raw_delete(Mark.objects.db)


def no_answer() -> None:
    ConsentAnswer._base_manager.all()._raw_delete(ConsentAnswer.objects.db)


def no_signature() -> None:
    SignedCopy.objects.all().delete()
    Signature._base_manager.all()._raw_delete(Signature.objects.db)


def half_a_paper(model: type[models.Model]) -> Callable[[], object]:
    def cut() -> None:
        with connection.cursor() as cursor:
            cursor.execute(f'UPDATE "{model._meta.db_table}" SET pdf = %s', [b"%PDF-1.7 cut off"])

    return cut


HALVES: dict[str, tuple[Callable[[], object], set[str]]] = {
    "a signature without its answer": (no_answer, {"signature"}),
    "an answer without its signature": (no_signature, {"signature", "mail"}),
    "a signature whose copy nobody has to send": (SignedCopy.objects.all().delete, {"signature", "mail"}),
    "half a signed paper": (half_a_paper(Signature), {"signature"}),
    "half a notice": (half_a_paper(Edition), {"notice"}),
    "a signature that is not in the trail": (no_rows("sign"), {"signature"}),
    "an answer that is not in the trail": (no_rows("answer-consent"), {"signature"}),
    "a request that is not in the trail": (no_rows("ask-consent"), {"request"}),
    "a copy that is not in the trail": (no_rows("send-copy"), {"copy"}),
    "a notice that is not in the trail": (no_rows("finish-notice"), {"notice"}),
    "a delivery that is not in the trail": (no_rows("send-notice"), {"by-hand", "email", "mailing", "opening"}),
    "an e-mail that told its fact before it went out": (
        lambda: Delivery.objects.filter(way="email").update(state=State.QUEUED), {"email"}
    ),
    "a delivery whose fact is another": (
        lambda: Delivery.objects.update(fact_id="f0"), {"by-hand", "mailing", "opening"}
    ),
    "a paper that was given on no day": (no_mark(What.ARRIVED), {"by-hand"}),
    "an e-mail that nobody put into the outbox": (no_mark(What.QUEUED), {"email"}),
    "a day of arrival on which nobody opened it": (no_mark(What.OPENED), {"opening"}),
}  # fmt: skip


def test_what_is_half_there_is_seen(desk: Desk) -> None:
    assert half(desk) == set()
    for name, (spoil, kinds) in HALVES.items():
        with undone():
            spoil()
            assert half(desk) == kinds, name


def test_mails_are_held_against_what_sent_them(desk: Desk) -> None:
    there = {kind for kind, found in SHARED_MIX.there(desk).items() if list(found)}
    assert there == {kind.name for kind in KINDS} | {"mail"}
    assert list(SHARED_MIX.twice()) == []
    assert faults_of_trail(desk.case) == []
    first, again = mails()[0].read_bytes(), mails()[0].with_name("again.log")
    again.write_bytes(first)
    assert len(list(SHARED_MIX.twice())) == 1
    mails()[0].write_bytes(first + first)
    assert len(list(SHARED_MIX.twice())) == 1
    mails()[0].write_bytes(first)
    again.write_bytes(first.replace(b"Message-ID: <", b"Message-ID: <no"))
    assert half(desk) == {"mail"}
    again.unlink()
    mails()[0].write_bytes(first + mails()[1].read_bytes())
    mails()[1].unlink()
    assert half(desk) == set()
    again.write_bytes(first[: len(first) // 2])
    assert half(desk) == set()
    for path in mails():
        path.unlink()
    assert half(desk) == {"copy", "mailing"}
