"""The pages of places, teams and caseloads: who gets in, what a form does, what it says when something is wrong."""

from __future__ import annotations

from datetime import date
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.mail import EmailMessage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gameplan.cases.models import Access, Case, Member
from gameplan.cases.reach import MANAGER
from gameplan.districts.years import held_years
from gameplan.people import sessions
from gameplan.people.invitations import open_invitations
from gameplan.people.models import Organisation, Post, User
from gameplan.people.school_years import calendar_of
from gameplan.people.verbs import give_post
from gameplan.web.kept_pages import forget_pages
from tests.districts.conftest import Join, Owe, Window, look

LIST = "First day of school August 12, 2026\nLabor Day September 7\nLast day May 20, 2027"


def address(name: str, *parts: object) -> str:
    return reverse(f"web:{name}", args=parts)


def shown(form: Any) -> dict[str, str]:
    """The form as a browser would send it unchanged."""
    said = {name: form[name].value() for name in form.fields}
    return {name: str(value) for name, value in said.items() if value is not None}


def test_a_director_reads_a_school_year_and_confirms_it(window: Window, director: User, district: Organisation) -> None:
    desk = window(director)
    read = {"school_year": "2026-27", "how": "whole", "days_off": LIST}
    page = desk.post(address("place-year-read", district.pk), read, follow=True)
    assert "Labor Day" in page.content.decode()
    desk.post(address("place-year-confirm", district.pk), shown(page.context["form"]))
    year = calendar_of(district, "2026-27")
    assert year is not None
    assert (year.first_day, [one.name for one in year.closed]) == (date(2026, 8, 12), ["Labor Day"])


def test_a_school_puts_a_snow_day_on_top_and_takes_it_back(
    window: Window, director: User, district: Organisation, oak: Organisation
) -> None:
    test_a_director_reads_a_school_year_and_confirms_it(window, director, district)
    desk = window(director)
    read = {"school_year": "2026-27", "how": "adds", "days_off": "January 20 snow day, no school"}
    page = desk.post(address("place-year-read", oak.pk), read, follow=True)
    desk.post(page.redirect_chain[-1][0], shown(page.context["form"]))
    (held,) = held_years(oak)
    assert held.own
    assert held.own.adds
    assert held.year
    assert len(held.year.closed) == 2
    assert "with days of this place on top" in desk.get(address("place", oak.pk)).content.decode()
    again = desk.get(address("place-year-confirm", oak.pk) + "?year=2026-27", follow=True)
    assert again.redirect_chain[-1][0].endswith("?adds=1")
    desk.post(address("place-year-remove", oak.pk), {"school_year": "2026-27"})
    assert held_years(oak)[0].own is None


def test_days_on_top_of_nothing_are_refused(window: Window, director: User, oak: Organisation) -> None:
    read = {"school_year": "2026-27", "how": "adds", "days_off": LIST}
    page = window(director).post(address("place-year-read", oak.pk), read)
    assert page.status_code == 422
    assert "no calendar of this year above" in page.content.decode()


def test_a_post_is_given_and_ended(window: Window, director: User, oak: Organisation, mother: User) -> None:
    desk = window(director)
    about = {"email": mother.email, "role": "provider", "since": "2026-11-27"}
    assert desk.post(address("give-post", oak.pk), about).status_code == 302
    post = Post.objects.get(user=mother)
    assert "Lucia" in desk.get(address("place", oak.pk)).content.decode()
    desk.post(address("end-post", oak.pk, post.pk))
    post.refresh_from_db()
    assert post.until == date(2026, 11, 26)
    page = desk.post(address("give-post", oak.pk), {**about, "email": "nobody", "role": "parent"})
    assert (page.status_code, set(page.context["post_form"].errors)) == (422, {"email", "role"})


def test_who_runs_a_place_signs_its_staff_out_and_nobody_else(
    window: Window, director: User, manager: User, oak: Organisation, mother: User
) -> None:
    desk, theirs = window(director), window(manager)
    post = give_post(mother, oak, "provider", since=date(2026, 11, 1))
    phone = window(mother)
    key = phone.session.session_key
    UserSession.objects.create(user=mother, session_key=key, ip="127.0.0.1")
    assert theirs.post(address("sign-out-post", oak.pk, post.pk)).status_code in (403, 404)
    assert Session.objects.filter(pk=key).exists()
    told: list[dict[str, object]] = []
    sessions.ended.connect(listener := lambda **more: told.append(more))
    page = desk.post(address("sign-out-post", oak.pk, post.pk), follow=True)
    sessions.ended.disconnect(listener)
    assert "is signed out everywhere" in page.content.decode()
    assert not Session.objects.filter(pk=key).exists()
    assert [(one["user"], one["by"], one["number"]) for one in told] == [(mother, str(director.pk), 1)]
    assert desk.post(address("sign-out-post", oak.pk, 999_999)).status_code == 404
    own = give_post(director, oak, "provider", since=date(2026, 11, 1))
    assert desk.post(address("sign-out-post", oak.pk, own.pk)).headers["Location"] == "/sign-in/"


def test_who_has_no_account_is_invited_and_the_invitation_can_be_taken_back(
    window: Window, director: User, oak: Organisation, mailoutbox: list[EmailMessage]
) -> None:
    desk = window(director)
    about = {"email": "nina@school.example", "role": "provider", "since": "2026-11-27", "language": "es"}
    assert desk.post(address("give-post", oak.pk), about).status_code == 302
    assert [mail.to for mail in mailoutbox] == [["nina@school.example"]]
    (made,) = open_invitations(organisation=oak)
    assert (made.role, made.invited_by, made.language) == ("provider", str(director.pk), "es")
    assert "nina@school.example" in desk.get(address("place", oak.pk)).content.decode()
    assert desk.post(address("withdraw-post", oak.pk, made.pk)).status_code == 302
    assert not open_invitations(organisation=oak).exists()
    assert desk.post(address("withdraw-post", oak.pk, made.pk)).status_code == 404


def test_a_school_is_added_to_a_district(window: Window, director: User, district: Organisation) -> None:
    desk = window(director)
    desk.post(address("add-part", district.pk), {"kind": "school", "name": "Ash School", "nces_id": ""})
    assert Organisation.objects.get(name="Ash School").parent == district
    again = desk.post(address("add-part", district.pk), {"kind": "school", "name": "Ash School"})
    assert (again.status_code, "that name already" in again.content.decode()) == (422, True)


def test_who_only_works_there_looks_and_changes_nothing(window: Window, manager: User, oak: Organisation) -> None:
    desk = window(manager)
    page = desk.get(address("place", oak.pk))
    assert page.status_code == 200
    assert "give-post" not in page.content.decode()
    assert page.context["post_form"] is None
    for name in ("place-year-read", "place-year-remove", "give-post", "add-part"):
        assert desk.post(address(name, oak.pk)).status_code == 403
    assert desk.get(address("place-year", oak.pk)).status_code == 403
    assert desk.get(address("place-year-confirm", oak.pk)).status_code == 403


def test_for_a_family_there_are_no_such_pages(window: Window, mother: User, oak: Organisation, ana: Case) -> None:
    home = window(mother)
    for name in ("places", "caseload", "caseload-month", "caseload-meetings", "caseload-file", "move-caseload"):
        assert home.get(address(name)).status_code == 404, name
    assert home.get(address("place", oak.pk)).status_code == 404
    assert home.get(address("team", ana.pk)).status_code == 403


def test_the_places_of_somebody(window: Window, manager: User, oak: Organisation, elm: Organisation) -> None:
    said = window(manager).get(address("places")).content.decode()
    assert "Oak School" in said
    assert "Elm School" not in said
    assert "IEP manager" in said


def test_the_caseload_says_what_is_late_and_leads_to_why(window: Window, director: User, ana: Case, owe: Owe) -> None:
    due = owe(ana, "initial-evaluation", date(2026, 10, 1), "late", title="Finish the first evaluation")
    said = window(director).get(address("caseload")).content.decode()
    assert "Ana Lopez" in said
    assert "Finish the first evaluation" in said
    assert "October 1, 2026" in said
    assert address("why", ana.pk, "us", due.clock, "f1") in said
    assert not Access.objects.filter(person=str(director.pk)).exists()


def test_a_page_of_fifty_leads_to_the_next(window: Window, director: User, oak: Organisation, join: Join) -> None:
    desk = window(director)
    look(join("Child 00", oak))
    desk.get(address("caseload"))  # the first page in ten minutes writes down that the browser was used
    forget_pages()
    with CaptureQueriesContext(connection) as for_one:
        desk.get(address("caseload"))
    for number in range(1, 51):
        look(join(f"Child {number:02}", oak))
    with CaptureQueriesContext(connection) as for_many:
        page = desk.get(address("caseload"))
    assert len(for_many) == len(for_one) <= 10
    assert len(page.context["children"]) == 50
    assert len(desk.get(address("caseload") + page.context["next"]).context["children"]) == 1
    assert len(desk.get(address("caseload") + "?print=1").context["children"]) == 51


def test_the_table_comes_as_a_file(window: Window, director: User, manager: User, monitor: User, ana: Case) -> None:
    look(ana)
    sent = window(director).get(address("caseload-file"))
    text = b"".join(sent.streaming_content).decode()  # type: ignore[attr-defined]
    assert sent["Content-Disposition"] == 'attachment; filename="caseload-2026-11-27.csv"'
    assert text.splitlines()[1].startswith("Ana Lopez,Oak School")
    assert window(monitor).get(address("caseload-file")).status_code == 403


def test_a_month_and_the_meetings_are_shown(window: Window, director: User, ana: Case, owe: Owe) -> None:
    owe(ana, "annual-review", date(2026, 12, 3), title="Review the plan")
    desk = window(director)
    december = desk.get(address("caseload-month") + "?month=2026-12").content.decode()
    assert "Ana Lopez" in december
    assert "day=2026-12-03" in december
    for month in ("2026-13", "9999-12", "0001-01", "x"):
        assert desk.get(address("caseload-month") + f"?month={month}").status_code == 200
    assert "Meetings planned" in desk.get(address("caseload-meetings")).content.decode()


def test_a_child_is_given_stood_in_for_and_taken_back(
    window: Window, director: User, manager: User, second: User, ana: Case
) -> None:
    desk = window(director)
    team = address("team", ana.pk)
    assert "Nobody yet" in desk.get(team).content.decode()
    desk.post(f"{team}assign/", {"person": str(manager.pk), "role": MANAGER})
    desk.post(f"{team}stand-in/", {"away": str(manager.pk), "person": str(second.pk), "until": "2026-12-04"})
    assert set(Member.objects.filter(role=MANAGER).values_list("person", flat=True)) == {
        str(manager.pk), str(second.pk),
    }  # fmt: skip
    desk.post(f"{team}end/", {"person": str(manager.pk)})
    said = desk.get(team).content.decode()
    assert "until December 4, 2026" in said
    assert desk.post(f"{team}assign/", {}).status_code == 422
    late = {"away": str(second.pk), "person": str(manager.pk), "until": "2026-11-01"}
    assert desk.post(f"{team}stand-in/", late).status_code == 422


def test_a_caseload_is_moved(window: Window, director: User, manager: User, second: User, ana: Case) -> None:
    desk = window(director)
    desk.post(address("team-assign", ana.pk), {"person": str(manager.pk), "role": MANAGER})
    sent = desk.post(address("move-caseload"), {"leaves": str(manager.pk), "takes": str(second.pk)}, follow=True)
    assert "1 child is handed over" in sent.content.decode()
    assert desk.post(address("move-caseload"), {"leaves": str(second.pk), "takes": str(second.pk)}).status_code == 422
    assert window(manager).get(address("move-caseload")).status_code == 403


def test_the_calendar_of_a_case_says_that_a_year_is_the_schools(
    window: Window, director: User, district: Organisation, ana: Case
) -> None:
    test_a_director_reads_a_school_year_and_confirms_it(window, director, district)
    page = window(director).get(address("calendar", ana.pk))
    assert [known.is_own for known in page.context["years"]] == [False]
    assert "From the calendar of your child’s school" in page.content.decode()
