"""The trail names all that is written here, so that whatever is changed past the program shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from gameplan.cases.models import Case
from gameplan.cases.record_words import SENTENCES
from gameplan.cases.verifying import verdicts
from gameplan.notices import keeping, language, opening, recipients, sending, writing
from gameplan.notices.delivering import NotSent, deliver_next
from gameplan.notices.mails import Mail
from gameplan.notices.models import Choice, Delivery, Edition, LanguageHelp, Mark, Notice, Wish
from gameplan.notices.proofs import What
from gameplan.people.models import User
from tests.notices.conftest import NOW, TODAY, Post, later, link
from tests.trail.conftest import set_column

pytestmark = pytest.mark.django_db
Send = Callable[..., Delivery]


@pytest.fixture
def busy(notice: Notice, send: Send, by_email: None, at_school: Case, at_home: Case, mother: User) -> Case:
    """A case in which everything happened once."""
    words = {one.id: "palabras" for one in writing.to_translate(notice)}
    writing.translate(notice, by=at_school.reader, lang="es", values=words, translated_by="Ms. Ortega")
    me = str(mother.pk)
    language.wish(at_home, by=at_home.reader, person=me, papers="es", meetings="es", on=TODAY)
    for what in ("interpreter", "oral"):
        asked = language.ask_help(at_home, by=at_home.reader, what=what, person=me, lang="es", on=TODAY)
        language.help_done(asked, by=at_home.reader, on=TODAY, by_whom="Mr. Diaz", understood=True)
    recipients.choose(
        at_home, by=at_home.reader, person=me, by_email=True, address="r@example.org", on=TODAY, how="here"
    )
    sending.mark_arrived(send(notice.about, "mail"), by=at_school.reader, arrived=TODAY)
    delivery = send(notice.about, "email")

    def down(_mail: Mail) -> None:
        raise NotSent("no answer", again=True)

    deliver_next(NOW, down, link=link)
    deliver_next(later(hours=1), Post(), link=link)
    sending.close_links(delivery, by=at_school.reader, now=later(hours=1), on=TODAY)
    mine = opening.mine(at_home, notice.about)
    assert mine
    leaf = opening.leaf_for(opening.paper_delivered(mine, at_home), mine)
    for what_now in (What.OPENED, What.DOWNLOADED, What.CONFIRMED):
        opening.write_down(mine, what_now, leaf, by=at_home.reader, on=TODAY)
    return at_school


def test_everything_that_happened_fits_the_trail(busy: Case) -> None:
    (verdict,) = verdicts(busy.pk)
    assert (verdict.findings, verdict.unknown) == ((), ())


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Notice, {"about_event": "f9"}), (Edition, {"text": "Something else."}), (Edition, {"pdf": b"other"}),
        (Delivery, {"to_name": "Somebody else"}), (Mark, {"on": "2020-01-01"}), (Choice, {"by_email": False}),
        (Wish, {"papers": "en"}), (LanguageHelp, {"by_whom": "Nobody"}),
    ],
)  # fmt: skip
def test_what_is_changed_past_the_program_shows(busy: Case, model: Any, change: dict[str, object]) -> None:
    row = model._base_manager.order_by("pk").first()
    for name, value in change.items():
        set_column(row, model._meta.get_field(name), value)
    (verdict,) = verdicts(busy.pk)
    assert len(verdict.findings) == 1


@pytest.mark.parametrize("model", [Mark, Choice, Wish, LanguageHelp])
def test_what_is_removed_past_the_program_shows(busy: Case, model: Any) -> None:
    rows = model._base_manager.all()
    rows._raw_delete(rows.db)
    (verdict,) = verdicts(busy.pk)
    assert verdict.findings


def test_the_record_has_a_sentence_for_each_proof() -> None:
    assert set(keeping.ACTIONS.values()) <= set(SENTENCES)
    assert set(keeping.ACTIONS) == set(What)
