"""The pages of notices, as the school and the family see them, and the private link as a stranger would."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from gameplan.cases.models import Case
from gameplan.notices import recipients, sending
from gameplan.notices.delivering import deliver_next
from gameplan.notices.models import Choice, Delivery, Edition, LanguageHelp, Notice, Wish
from gameplan.people.models import User
from gameplan.planning import meetings
from gameplan.planning.doors import standing_of
from gameplan.planning.named import about_version
from gameplan.planning.writing import Change, add_row, save
from tests.notices.conftest import TODAY, TYPED, Post, link, who
from tests.shared import run_shared, signed_in

pytestmark = pytest.mark.django_db
Send = Callable[..., Delivery]
PWN = "prior-written-notice"


@pytest.fixture(autouse=True)
def _house(settings: Settings, tmp_path: Path) -> None:
    run_shared(settings, tmp_path)
    cache.clear()


@pytest.fixture
def desk(manager: User) -> Client:
    """The browser of the IEP manager, who has a second factor."""
    TOTP.activate(manager, generate_totp_secret())
    return signed_in(manager)


@pytest.fixture
def phone(mother: User) -> Client:
    """The browser of the mother."""
    return signed_in(mother)


def page(browser: Client, name: str, case: Case, status: int = 200, query: str = "", **where: str) -> str:
    found = browser.get(reverse(f"web:{name}", args=(case.pk, *where.values())) + query)
    assert found.status_code == status
    return found.content.decode()


def post(browser: Client, at: str, case: Case, /, *where: str, query: str = "", **said: Any) -> Any:
    return browser.post(reverse(f"web:{at}", args=(case.pk, *where)) + query, said, follow=True)


def test_a_notice_from_the_request_to_the_button(desk: Client, phone: Client, shared: Case, mother: User) -> None:
    assert "We plan this:" in page(desk, "notices", shared)
    query = "?fact=f1&decision=propose&lang=en"
    first = page(desk, "write-notice", shared, query=query, kind=PWN)
    assert "as was asked for on September 3, 2025" in first
    assert "34 CFR 300.503(b)(2)" in first
    known = {"child": "Ana Lopez", "decision": "propose", "subjects": ["evaluation"], "matter": "First evaluation",
             "basis": "The request", "help": "The parent center", "school": "Oak", "date": "2025-09-20"}  # fmt: skip
    refused = post(desk, "write-notice", shared, PWN, query=query, go="finish", **known, **TYPED)
    assert refused.status_code == 422
    assert "34 CFR 300.503(b)(1)" in refused.content.decode()
    whole = known | TYPED | {"action": "Test Ana in reading."}
    shown = post(desk, "write-notice", shared, PWN, query=query, go="show", **whole).content.decode()
    assert "WHAT THE SCHOOL PLANS TO DO" in shown
    draft = post(desk, "write-notice", shared, PWN, query=query, go="pdf", **whole)
    assert draft["Content-Type"] == "application/pdf"
    made = post(desk, "write-notice", shared, PWN, query=query, go="finish", **whole)
    assert made.redirect_chain[-1][0].endswith("/send/notice:n1/")
    assert "A paper is waiting" not in page(phone, "notices", shared)
    sent = post(desk, "send-paper", shared, "notice:n1", to=str(mother.pk), how="portal", on="2025-09-20")
    assert sent.redirect_chain[-1][0].endswith("/read/notice:n1/")
    assert "A paper is waiting for you" in page(phone, "notices", shared)
    read = page(phone, "read-paper", shared, about="notice:n1")
    assert "I have it" in read
    assert "Send it" not in read
    assert phone.get(reverse("web:save-paper", args=(shared.pk, "en", "notice:n1")))["Content-Type"].endswith("pdf")
    assert "It is written down that you have it" in post(phone, "paper-got", shared, "notice:n1").content.decode()
    proved = page(desk, "read-paper", shared, about="notice:n1")
    for step in ("Put here for the family", "Opened", "Saved as a file", "The reader confirmed that they have it"):
        assert step in proved


def test_a_duty_that_is_open_asks_for_its_notice(desk: Client, phone: Client, shared: Case, mother: User) -> None:
    first = page(desk, "notices", shared)
    assert "What the law asks for now:" in first
    assert "write/safeguards-notice/?fact=f1" in first
    assert "34 CFR 300.504(a)(1)" in first
    assert "What the law asks for now:" not in page(phone, "notices", shared)
    form = page(desk, "write-notice", shared, query="?fact=f1&lang=en", kind="safeguards-notice")
    assert "34 CFR 300.504(c)(13)" in form
    assert "hearing_length" not in form
    said = {"child": "Ana Lopez", "reason": "referral", "state_agency": "State Department of Education",
            "school": "Oak", "date": "2025-09-20", "sender": "Ms. Hill", "parents": "Rosa Lopez",
            "phone": "512-555-0100"}  # fmt: skip
    query = "?fact=f1&lang=en"
    refused = post(desk, "write-notice", shared, "safeguards-notice", query=query, go="finish", **said)
    assert refused.status_code == 422
    assert "34 CFR 300.504(d)" in refused.content.decode()
    made = post(desk, "write-notice", shared, "safeguards-notice", query=query, go="finish", plain_words="on", **said)
    assert made.redirect_chain[-1][0].endswith("/send/notice:n1/")
    post(desk, "send-paper", shared, "notice:n1", to=str(mother.pk), how="by-hand", on="2025-09-20",
         handed_by="Ms. Hill", no_translation="There is no translator today.")  # fmt: skip
    assert "12. GOING TO COURT" in page(phone, "read-paper", shared, about="notice:n1").upper()
    assert "write/safeguards-notice/?fact" not in page(desk, "notices", shared)


def test_who_did_not_get_it_cannot_say_that_they_have_it(desk: Client, shared: Case, notice: Notice) -> None:
    assert "Only who gets a paper" in post(desk, "paper-got", shared, notice.about).content.decode()


def test_a_translation_stands_side_by_side(desk: Client, shared: Case, notice: Notice) -> None:
    form = page(desk, "translate-notice", shared, notice_id="n1", lang="es")
    assert TYPED["why"] in form
    assert post(desk, "translate-notice", shared, "n1", "es", why="Porque").status_code == 422
    original = dict(Edition.objects.get(notice=notice).values)
    said = {name: f"{value} (es)" for name, value in original.items() if name not in ("date", "born", "subjects")}
    post(desk, "translate-notice", shared, "n1", "es", **said, translated_by="Ms. Ortega")
    both = page(desk, "read-paper", shared, query="?lang=all", about="notice:n1")
    assert "leaves--two" in both
    assert "Translated by Ms. Ortega" in both
    page(desk, "translate-notice", shared, status=404, notice_id="n1", lang="es")


def test_the_desk_writes_down_what_came_of_it(desk: Client, shared: Case, notice: Notice, send: Send) -> None:
    send(notice.about, "mail")
    assert "Nobody knows yet when it arrived" in page(desk, "read-paper", shared, about=notice.about)
    assert "Write the day" in post(desk, "paper-arrived", shared, "d1", arrived="2031-01-01").content.decode()
    assert "It arrived" in post(desk, "paper-arrived", shared, "d1", arrived="2025-09-20").content.decode()
    assert "did not fail" in post(desk, "paper-again", shared, "d1").content.decode()
    assert post(desk, "paper-close", shared, "d1").status_code == 200


def test_what_cannot_be_sent_is_said_at_the_field(desk: Client, shared: Case, notice: Notice, mother: User) -> None:
    said = {"to": str(mother.pk), "how": "email", "on": "2025-09-20"}
    refused = post(desk, "send-paper", shared, notice.about, **said)
    assert refused.status_code == 422
    assert "34 CFR 300.505" in refused.content.decode()
    late = post(desk, "send-paper", shared, notice.about, **said | {"on": "2031-01-01", "arrived": "2031-01-02"})
    assert "This day is still to come." in late.content.decode()


def test_the_family_says_its_languages_and_asks_for_help(
    phone: Client, desk: Client, shared: Case, mother: User
) -> None:
    me = str(mother.pk)
    post(
        phone, "language-wish", shared, who=me, papers="other", papers_other="Mixteco", meetings="es", interpreter="on"
    )
    post(phone, "delivery-choice", shared, who=me, by_email="yes", address="rosa@example.org")
    post(phone, "language-help", shared, who=me, what="interpreter", lang="Mixteco", needed_by="2025-10-02")
    seen = page(desk, "languages", shared)
    for words in ("Papers in Mixteco, meetings in Español.", "Notices by e-mail, chosen on September 20, 2025."):
        assert words in seen
    assert (Wish.objects.get().interpreter, Choice.objects.get().how) == (True, "here")
    asked = LanguageHelp.objects.get()
    again = post(desk, "language-help-done", shared, str(asked.key), done_on="", by_whom="")
    assert "On which day?" in again.content.decode()
    done = post(desk, "language-help-done", shared, str(asked.key), done_on="2025-10-02", by_whom="Mr. Diaz")
    assert "Mr. Diaz" in done.content.decode()
    other = {"who": "other", "papers": "en", "meetings": "en"}
    assert post(phone, "language-wish", shared, **other, name="Tou").status_code == 422
    assert "Tou Vang" in post(desk, "language-wish", shared, **other, name="Tou Vang").content.decode()
    assert post(desk, "language-wish", shared, **other).status_code == 422


def test_the_private_link_of_who_has_an_account(
    client: Client, phone: Client, desk: Client, notice: Notice, send: Send, by_email: None
) -> None:
    address = _mailed(send, notice)
    first = client.get(address)
    assert first.status_code == 200
    assert (first["X-Robots-Tag"], first["Referrer-Policy"]) == ("noindex, nofollow", "no-referrer")
    for words in ("Ana", "Oak School", "evaluation"):
        assert words not in first.content.decode()
    assert "/sign-in/" in first.content.decode()
    assert client.post(address, {"go": "open"}).status_code == 403
    assert "not for the account that is signed in" in desk.get(address).content.decode()
    assert _marks() == ["queued", "sent"]
    assert "Open the paper" in phone.get(address).content.decode()
    assert _marks() == ["queued", "sent"]
    opened = phone.post(address, {"go": "open"}).content.decode()
    assert TYPED["why"] in opened
    assert "Opened with the private link" not in opened
    assert phone.post(address, {"go": "save"})["Content-Type"] == "application/pdf"
    assert "written down that you have it" in phone.post(address, {"go": "confirm"}).content.decode()
    assert _marks() == ["queued", "sent", "opened", "downloaded", "confirmed"]
    proved = Delivery.objects.get().proved.get(what="opened")
    assert (proved.role, proved.by_link) == ("parent", False)


def test_the_private_link_of_who_has_no_account(client: Client, at_school: Case, notice: Notice) -> None:
    key = recipients.key_of("Tou Vang")
    by = at_school.reader
    recipients.choose(
        at_school, by=by, person=key, name="Tou Vang", by_email=True, address="tou@example.org", on=TODAY, how="told"
    )
    way = sending.Way("email", TODAY)
    sending.send(at_school, notice.about, by=by, to=who(at_school, key), way=way, now=timezone.now())
    post_office = Post()
    deliver_next(timezone.now(), post_office, link=link)
    address = reverse("web:private-paper", args=(post_office.token(),))
    assert TYPED["why"] not in client.get(address).content.decode()
    assert _marks() == ["queued", "sent"]
    assert "Opened with the private link" in client.post(address, {"go": "open"}).content.decode()
    proved = Delivery.objects.get().proved.get(what="opened")
    assert (proved.role, proved.by_link) == ("visitor", True)
    Edition._base_manager.filter(notice=notice).update(text="Something else.")
    assert client.post(address, {"go": "open"}).status_code == 409


def test_who_guesses_links_has_to_wait(client: Client, db: None) -> None:
    address = reverse("web:private-paper", args=("wrong",))
    assert [client.get(address).status_code for _ in range(21)] == [404] * 20 + [429]
    assert client.get(address, REMOTE_ADDR="203.0.113.9").status_code == 404


def test_an_invitation_to_a_meeting_goes_out_the_same_way(
    desk: Client, phone: Client, at_school: Case, mother: User
) -> None:
    plan = meetings.begin_meeting(at_school, by=at_school.reader, on=TODAY)
    said = {"day": "2025-10-20", "time": "3 pm", "place": "Room 4", "purposes": "initial-iep"}
    there = standing_of(plan).revisions
    changes = [Change(name, [value], there.get(name, 0)) for name, value in said.items()]
    save(plan, by=at_school.reader, desk="d", changes=changes)
    add_row(plan, by=at_school.reader, field_id="invited", values={"name": "Rosa Lopez", "roles": ["parents"]})
    made = meetings.invite(plan, by=at_school.reader, on=TODAY, how="portal", anyway=True)
    about = about_version(made)
    post(desk, "send-paper", at_school, about, to=str(mother.pk), how="portal", on="2025-09-20")
    assert "Room 4" in page(phone, "read-paper", at_school, about=about)
    assert [delivery.leaves for delivery in Delivery.objects.all()] == [{"en": made.sha256}]
    assert _marks() == ["sent", "opened"]
    assert phone.get(reverse("web:save-paper", args=(at_school.pk, "en", about))).content == bytes(made.pdf)


def _mailed(send: Send, notice: Notice) -> str:
    """The address of the private page in the mail that went out now."""
    send(notice.about, "email")
    Delivery.objects.update(try_at=timezone.now())
    post_office = Post()
    deliver_next(timezone.now(), post_office, link=link)
    return reverse("web:private-paper", args=(post_office.token(),))


def _marks() -> list[str]:
    return list(Delivery.objects.get().proved.values_list("what", flat=True))
