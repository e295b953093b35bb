"""The pages of finding care: the search, print, own entries, wrong entries, offices, the way from a child's page."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from gameplan.care.models import Listing, OwnEntry, WrongNote
from gameplan.care.samples import make_listings
from gameplan.cases.models import Case
from gameplan.config.links import new_token
from gameplan.people.models import Organisation
from tests.shared import account, run_shared, school, signed_in, staff

pytestmark = pytest.mark.django_db
CARE = "/care/"


@pytest.fixture
def home(client: Client, settings: Settings) -> Client:
    """The household's browser, with made-up listings."""
    client.get(reverse("open", args=[new_token(settings.GAMEPLAN_DATA)]))
    make_listings()
    return client


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_without_a_list_the_page_says_what_to_do(client: Client, settings: Settings) -> None:
    client.get(reverse("open", args=[new_token(settings.GAMEPLAN_DATA)]))
    assert "gameplan care import" in page(client, CARE)


def test_what_is_near_is_listed_with_its_source(home: Client) -> None:
    found = page(home, f"{CARE}?kind=speech&zip=87102&miles=50")
    assert "miles away" in found
    assert "Made up, for the sample family" in found
    assert "says nothing about how good somebody is" in found
    assert "http://" not in found.replace("http://www.w3.org", "")


def test_a_wrong_question_is_told(home: Client) -> None:
    assert "This is not a ZIP code" in page(home, f"{CARE}?zip=abc", 422)
    assert "Select a valid choice" in page(home, f"{CARE}?kind=wizard", 422)
    page(home, f"{CARE}?zip=87102&page=x")
    page(home, f"{CARE}?zip=87102&page=99999999999")
    page(home, f"{CARE}?name=%00", 422)


def test_the_printed_list_has_all_and_no_form(home: Client) -> None:
    paper = page(home, f"{CARE}?state=NM&print=1")
    assert paper.count("care-entry__who") == Listing.objects.filter(state="NM").count() > 25
    assert "<form" not in paper.split("<main", 1)[1]


def test_pages_lead_on_and_back(home: Client) -> None:
    first = page(home, f"{CARE}?state=NM")
    assert first.count("care-entry__who") == 25
    assert "state=NM&amp;page=2" in first
    assert f"{CARE}?state=NM&quot;" not in page(home, f"{CARE}?state=NM&page=2")


def test_an_entry_of_ones_own_comes_and_goes(home: Client) -> None:
    add = reverse("web:care-add")
    assert home.post(add, {"kind": "", "name": ""}).status_code == 422
    made = home.post(add, {"kind": "speech", "name": "Lark <b>", "zip": "87102", "note": "Ana likes her."}, follow=True)
    found = made.content.decode()
    assert "Lark &lt;b&gt;" in found
    assert "Only you see it" in found
    entry = OwnEntry.objects.get()
    assert "Lark &lt;" not in page(home, f"{CARE}?kind=speech&zip=10001&miles=5")
    change = reverse("web:care-entry", args=[entry.pk])
    assert "Ana likes her." in page(home, change)
    assert home.post(change, {"kind": "nurse", "name": "Wren", "zip": "1"}).status_code == 422
    assert home.post(change, {"kind": "nurse", "name": "Wren"}).status_code == 302
    assert OwnEntry.objects.get().name == "Wren"
    home.post(reverse("web:care-entry-remove", args=[entry.pk]))
    assert not OwnEntry.objects.exists()


def test_what_is_wrong_is_shown_with_the_entry(home: Client) -> None:
    npi = Listing.objects.filter(state="NM", kinds=1).values_list("npi", flat=True)[0]
    address = reverse("web:care-wrong", args=[npi])
    assert home.post(address, {"words": ""}).status_code == 422
    assert home.post(address, {"words": "They moved to Taos."}).status_code == 302
    assert "They moved to Taos." in page(home, f"{CARE}?kind=speech&state=NM")
    assert "They moved to Taos." in page(home, address)
    note = WrongNote.objects.get()
    home.post(reverse("web:care-wrong-back", args=[npi, note.pk]))
    assert not WrongNote.objects.exists()


def test_the_offices_of_a_state(home: Client) -> None:
    told = page(home, "/care/offices/NM/")
    assert "Parents Reaching Out" in told
    assert "Read there on November 27, 2026" in told
    assert "We have no source for this yet" in page(home, "/care/offices/AL/")
    assert home.get("/care/offices/?state=TX").headers["Location"] == "/care/offices/TX/"
    page(home, "/care/offices/")
    page(home, "/care/offices/XX/", 404)


def test_from_a_childs_page_only_state_and_kinds_go_along(home: Client) -> None:
    home.post(reverse("web:sample"))
    for case in Case.objects.filter(is_sample=True):
        sent = home.get(reverse("web:care-for", args=[case.pk]))
        assert sent.status_code == 302
        query = sent.headers["Location"].partition("?")[2]
        assert {part.partition("=")[0] for part in query.split("&")} <= {"kind", "state"}
        assert case.child_name not in query
        assert home.get(sent.headers["Location"]).status_code == 200
    asked = [home.get(reverse("web:care-for", args=[case.pk])).headers["Location"] for case in Case.objects.all()]
    assert any("kind=speech" in one for one in asked)


@pytest.fixture
def place(settings: Settings, tmp_path: Path) -> Organisation:
    """A school where people have accounts."""
    run_shared(settings, tmp_path)
    make_listings()
    return school()


def test_an_entry_of_a_school_is_seen_by_who_works_there(place: Organisation) -> None:
    tess, rosa = signed_in(staff("tess@school.example", place)), signed_in(staff("rosa@school.example", place))
    maria = signed_in(account("maria@home.example"))
    form = {"kind": "speech", "name": "Lark Cedarling", "place": str(place.pk)}
    assert tess.post(reverse("web:care-add"), form).status_code == 302
    mine = {"kind": "speech", "name": "Wren Elm"}
    assert tess.post(reverse("web:care-add"), mine).status_code == 302
    seen = page(rosa, CARE)
    assert "Lark Cedarling" in seen
    assert "Written down at Lakeside school" in seen
    assert "Wren Elm" not in seen
    assert "Lark" not in page(maria, CARE)
    entry = OwnEntry.objects.get(name="Lark Cedarling")
    assert maria.get(reverse("web:care-entry", args=[entry.pk])).status_code == 404
    assert maria.post(reverse("web:care-entry-remove", args=[entry.pk])).status_code == 404
    refused = maria.post(reverse("web:care-add"), form)
    assert refused.status_code == 302
    assert OwnEntry.objects.filter(organisation=place).count() == 1
