"""One child's page, two readers: what one of them was shown is never kept for the other."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries, Settings

from gameplan.cases import verbs
from gameplan.cases.doors import case_for
from gameplan.cases.models import Case, Member
from gameplan.cases.people import HOME, person_of_user
from gameplan.core.facts import Child
from gameplan.people.models import Organisation, User
from gameplan.people.roles import Action
from gameplan.people.verbs import give_post
from gameplan.web.kept_pages import forget_pages
from gameplan.web.views.child import child


@pytest.fixture
def school(db: None) -> Organisation:
    district = Organisation.objects.create(kind="district", name="Sample District", state="TX")
    return Organisation.objects.create(kind="school", name="Oak", parent=district)


@pytest.fixture
def case(school: Organisation) -> Case:
    """A case that the family and the school hold together."""
    made = verbs.start_case(HOME, child=Child(name="Ana", state="TX"))
    Case.objects.filter(pk=made.pk).update(school=school)
    return made


@pytest.fixture
def parent(case: Case) -> User:
    found = User.objects.create_user("parent@example.org")
    Member.objects.create(case=case, person=str(found.pk), role="parent")
    return found


@pytest.fixture
def teacher(case: Case, school: Organisation) -> User:
    found = User.objects.create_user("teacher@example.org")
    give_post(found, school, "special-teacher", since=date(2020, 1, 1))
    Member.objects.create(case=case, person=str(found.pk), role="special-teacher")
    return found


def seen_by(user: User, case: Case) -> str:
    request = RequestFactory().get("/")
    request.user = user
    return child(request, case.pk).content.decode()


def test_what_the_family_keeps_to_itself_is_not_kept_for_the_school(
    case: Case, parent: User, teacher: User, settings: Settings
) -> None:
    settings.GAMEPLAN_SHARED = True
    at_home = case_for(person_of_user(parent), case.pk, to=Action.WRITE)
    for private in (True, False):
        verbs.record_fact(
            at_home, by=at_home.reader, kind="concern-raised", on=date(2025, 9, 3), private=private,
            data={"by": "parent", "about": "reading", "written": False},
        )  # fmt: skip
    pages = [seen_by(user, case) for user in (parent, teacher, parent, teacher)]
    assert ["/fact/f1/" in page for page in pages] == [True, False, True, False]
    assert all("/fact/f2/" in page for page in pages)


def test_the_page_asks_little_of_the_database(
    case: Case, teacher: User, settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    settings.GAMEPLAN_SHARED = True
    seen_by(teacher, case)
    with django_assert_num_queries(2):  # the posts of who asks, and the case with their role in it
        seen_by(teacher, case)
    forget_pages()
    with django_assert_num_queries(6):  # and papers, facts, school years, letters
        seen_by(teacher, case)
