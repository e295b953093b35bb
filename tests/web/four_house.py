"""The case of the four and their accounts in a folder, in a program of its own: `python -m tests.web.four_house`.

With `make` it makes them, with `tell CASE_ID` it says what the record of access says afterwards; both as JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import django

SCHOOL_ROLES, FAMILY_ROLES = ("iep-manager", "evaluator"), ("parent", "advocate")


def ask(folder: Path, *words: str) -> Any:
    """What the program says of the folder."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    told = subprocess.run(
        [sys.executable, "-m", "tests.web.four_house", *words], check=True, capture_output=True, text=True,
        env=environment | {"GAMEPLAN_DATA": str(folder)},
    )  # fmt: skip
    return json.loads(told.stdout)


def make() -> dict[str, Any]:
    """Ana's case, which her mother and the school hold together; the accounts of the four, and how they come in."""
    from gameplan.cases import verbs
    from gameplan.cases.models import Case, Member
    from gameplan.cases.people import Person
    from gameplan.core.facts import Child
    from gameplan.people.models import Organisation, User
    from gameplan.people.verbs import give_post

    users = {
        role: User.objects.create_user(f"{role}@example.org", name=role) for role in (*FAMILY_ROLES, *SCHOOL_ROLES)
    }
    district = Organisation.objects.create(kind="district", name="Sample District", state="TX")
    school = Organisation.objects.create(kind="school", name="Oak", parent=district)
    mother = Person(str(users["parent"].pk), "parent")
    case = verbs.start_case(mother, child=Child("Ana", date(2016, 5, 2), "TX", "3", "Oak"))
    Case.objects.filter(pk=case.pk).update(school=school)
    for role in SCHOOL_ROLES:
        give_post(users[role], school, role, since=date(2020, 1, 1))
        Member.objects.create(case=case, person=str(users[role].pk), role=role, decides=False)
    Member.objects.create(
        case=case, person=str(users["advocate"].pk), role="advocate", decides=False, invited_by=mother.id
    )
    return {"case": str(case.pk), "cookies": {role: cookie_of(user) for role, user in users.items()}}


def cookie_of(user: Any) -> dict[str, str]:
    """Signing in: the one place that knows how. Until there are pages for it, the cookie that Django would set."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return {"name": settings.SESSION_COOKIE_NAME, "value": store.session_key}


def tell(case_id: str) -> dict[str, Any]:
    """What each role did by the record of access, and what is wrong with the trail."""
    from gameplan.cases.models import Access, Case
    from tests.crash.chain import faults_of_trail

    did: dict[str, set[str]] = {}
    for role, action in Access.objects.filter(case_id=case_id).values_list("role", "action"):
        did.setdefault(role, set()).add(action)
    faults = faults_of_trail(Case.objects.get(pk=case_id))
    return {"did": {role: sorted(actions) for role, actions in did.items()}, "faults": faults}


def main(words: list[str]) -> None:
    from gameplan.config.serve import prepare

    prepare(Path(os.environ["GAMEPLAN_DATA"]))
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    sys.stdout.write(json.dumps(tell(words[1]) if words[0] == "tell" else make()) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
