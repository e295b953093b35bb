"""Three ways through the program with the keyboard alone: from the child's page to what is written down at the end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.conf import settings as django_settings
from django.urls import reverse
from django.utils.translation import gettext, override
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from gameplan.cases.models import Case
from gameplan.cases.verbs import record_fact
from gameplan.consents.doors import request_of, standing_of
from gameplan.consents.models import Signature
from gameplan.letters import fields_of, kind_of, topics
from gameplan.papers.doors import letters_of
from tests.consents.conftest import Ask, Open
from tests.live import own_server
from tests.web import test_consent_pages as pages
from tests.web.keyboard import BUTTON, FOLD, LINK, Keyboard
from tests.web.test_consent_pages import SignIn
from tests.web.walking import DESK, Watch, new_window

pytestmark = [pytest.mark.browser]
case, opened, users, school, ask = pages.case, pages.opened, pages.users, pages.school, pages.ask
shared, sign_in, october = pages.shared, pages.sign_in, pages.october
PHONE = 390
ASKED_FOR_RECORDS = date(2025, 8, 1)


@pytest.fixture
def server(transactional_db: None, sign_in: SignIn) -> Iterator[LiveServer]:
    """A server of this test's own, begun once people sign in here."""
    with own_server() as begun:
        yield begun


@pytest.fixture
def page(browser: Browser, server: LiveServer, sign_in: SignIn) -> Iterator[Page]:
    """The mother's page, signed in, looked on: no error, no request that leaves this machine."""
    watch, window = Watch(server.url), new_window(browser, width=DESK)
    watch.over(window)
    cookie = sign_in("mother").cookies[django_settings.SESSION_COOKIE_NAME].value
    window.add_cookies([{"name": django_settings.SESSION_COOKIE_NAME, "value": cookie, "url": server.url}])
    yield window.new_page()
    window.close()
    assert watch.complaints == []


class Letter:
    """The labels of a letter, and the words of the page, in one language."""

    def __init__(self, kind: str, lang: str) -> None:
        self.lang, self.kind = lang, kind_of(kind, lang)
        self.fields = {field.id: field for field in fields_of(kind, lang)}

    def says(self, message: str) -> str:
        """A message of the pages."""
        with override(self.lang):
            return gettext(message)

    def write(self, keys: Keyboard, values: dict[str, str]) -> None:
        """Fill in the fields, finish, and say that it was handed over."""
        for name, words in values.items():
            keys.write(self.fields[name].label, words)
        relation = self.fields["relation"]
        keys.choose(relation.label, relation.options[0].label)
        keys.press(BUTTON, self.says("Finish the letter"))
        keys.pick(self.says("I gave it to them by hand"))
        keys.write(self.says("Who got it?"), "Ms. Hill")
        keys.press(BUTTON, self.says("Save"), key="Space")
        expect(keys.page.get_by_role("heading", name=self.says("How it went out"))).to_be_visible()


def test_three_ways_with_the_keyboard_alone(page: Page, server: LiveServer, case: Case, opened: Open, ask: Ask) -> None:
    """One after the other in one window: a request, in Spanish on a phone, too; permission; a complaint."""
    mother = opened("mother").reader
    record_fact(case, by=mother, kind="records-requested", on=ASKED_FOR_RECORDS, data={"written": True})
    keys, home = Keyboard(page), f"{server.url}{reverse('web:child', args=(case.pk,))}"
    page.goto(home)
    skip_to_the_page(keys)
    ask_for_an_evaluation(keys, "en")
    page.goto(home)
    complain_to_the_state(keys)
    page.goto(home)
    ask()
    answer_the_school(keys)
    page.goto(home)
    page.set_viewport_size({"width": PHONE, "height": 844})
    page.goto(home)
    keys.press(BUTTON, "Español")
    ask_for_an_evaluation(keys, "es")
    kinds = [(letter.kind, letter.lang, len(letter.went_out)) for letter in letters_of(opened("mother"))]
    assert kinds == [("evaluation-request", "en", 1), ("state-complaint", "en", 1), ("evaluation-request", "es", 1)]
    assert standing_of(request_of(opened("mother"), "c1")).status == "partly"
    assert Signature.objects.get().name == "Maria Lopez"


def skip_to_the_page(keys: Keyboard) -> None:
    """The first stop leads past the head of the page, and back again."""
    keys.keys.press("Tab")
    assert keys.focus().name == "Skip to the page"
    keys.keys.press("Enter")
    keys.tab_to(LINK, "Add what happened")
    keys.tab_to(LINK, "Save", back=True)


def ask_for_an_evaluation(keys: Keyboard, lang: str) -> None:
    """From the child's page over the shelf of letters to the request, finished and handed over."""
    letter = Letter("evaluation-request", lang)
    keys.press(LINK, letter.says("Letters"))
    keys.press(FOLD, topics(lang)["evaluation"])
    keys.press(LINK, letter.kind.name)
    letter.write(keys, {"concerns": "She guesses.", "district": "Elm District", "parent": "Rosa Lopez", "phone": "555"})
    expect(keys.page.get_by_role("heading", name=letter.says("What this letter has started"))).to_be_visible()


def complain_to_the_state(keys: Keyboard) -> None:
    """From what is late on the child's page to the complaint, which names it."""
    letter = Letter("state-complaint", "en")
    keys.press(FOLD, "If you disagree, and your child’s records")
    keys.press(LINK, f"Write the letter: {letter.kind.name}")
    expect(keys.page.get_by_label(letter.fields["allegations"].label)).not_to_be_empty()
    keys.write(letter.fields["child_address"].label, "12 Oak Street")
    keys.write(letter.fields["resolution"].label, "Show me the records.")
    keys.tick(letter.fields["within_year"].label)
    letter.write(keys, {"district": "Elm District", "parent": "Rosa Lopez"})


def answer_the_school(keys: Keyboard) -> None:
    """Yes to one thing, no to the other, and a name typed under it."""
    keys.press(LINK, "Plans")
    keys.press(LINK, "What was asked, and what was answered")
    keys.press(LINK, "Your permission: The first evaluation")
    keys.press(LINK, "Answer, step by step")
    keys.press(BUTTON, "I have read this. Go on")
    keys.pick("Yes to some, one by one")
    keys.press(BUTTON, "Go on")
    keys.pick("Yes, I give my permission")
    keys.keys.press("Tab")
    keys.pick("No, I do not give my permission")
    keys.press(BUTTON, "Go on")
    keys.write("Do you want to add something in your own words?", "Please call me first.")
    keys.press(BUTTON, "Go on")
    keys.tick("I could open the sample")
    keys.tick("Yes, I want to sign on a screen and get my copies by e-mail")
    keys.press(BUTTON, "Agree and go on")
    keys.write("Your name, as you write it when you sign", "Maria Lopez")
    keys.tick("I sign this")
    keys.press(BUTTON, "Sign and send to the school", key="Space")
    expect(keys.page.get_by_text("Answered in part")).to_be_visible()
