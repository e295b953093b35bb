"""The case of the four and their accounts in a folder, in a program of its own: `python -m tests.web.four_house`.

With `make` it makes them, with `tell CASE_ID` it says what the record of access says afterwards; both as JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
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


def email_of(role: str) -> str:
    """The address with which somebody signs in."""
    return f"{role}@example.org"


def make() -> dict[str, Any]:
    """Ana's case, which her mother and the school hold together; the accounts; keys of the school's codes."""
    from gameplan.cases import verbs
    from gameplan.cases.models import Case, Member
    from gameplan.cases.people import Person
    from gameplan.core.facts import Child
    from tests.shared import account, school, secret_of, staff

    oak = school("Oak")
    users = {role: account(email_of(role)) for role in FAMILY_ROLES}
    users |= {role: staff(email_of(role), oak, role) for role in SCHOOL_ROLES}
    mother = Person(str(users["parent"].pk), "parent")
    case = verbs.start_case(mother, child=Child("Ana", date(2016, 5, 2), "TX", "3", "Oak"))
    Case.objects.filter(pk=case.pk).update(school=oak)
    for role in SCHOOL_ROLES:
        Member.objects.create(case=case, person=str(users[role].pk), role=role, decides=False)
    Member.objects.create(
        case=case, person=str(users["advocate"].pk), role="advocate", decides=False, invited_by=mother.id
    )
    return {"case": str(case.pk), "secrets": {role: secret_of(users[role]) for role in SCHOOL_ROLES}}


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
