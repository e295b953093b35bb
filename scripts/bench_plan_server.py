"""The server of `gameplan serve` with plans in it, and two bare views beside its own to measure against.

    python -m scripts.bench_plan_server FOLDER PLANS

It runs until it is stopped. On standard output it writes where the plans are (one line of JSON), then what the server
says: its one-time link. DATABASE_URL chooses the database, as always.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import django
from django.core.management import call_command
from django.http import HttpRequest, HttpResponse, JsonResponse

from gameplan.config.serve import prepare, serve
from scripts.bench_plan_sample import sample_plan

SPARE = "home-school"
GOALS, SERVICES, LONGEST = 6, 8, 300
"""What the plans hold that are written in: those of a usual IEP."""


def bare_update(request: HttpRequest, number: int) -> HttpResponse:
    """The least that a saving view can do: read what was sent, one UPDATE of one row by its key, answer."""
    from gameplan.planning.models import Cell

    value = request.POST["v:text"]
    return JsonResponse({"changed": Cell.objects.filter(pk=number).update(value=value)})


def bare_query(_request: HttpRequest) -> HttpResponse:
    """The least that a page can do: one query, and a word."""
    from gameplan.cases.models import Case

    return HttpResponse(f"{Case.objects.count()} cases")


def put_bare_views() -> None:
    """Lets the server answer for both bare views, through the same middleware as for its own pages."""
    from django.urls import path

    from gameplan.config import urls

    urls.urlpatterns[:0] = [path("bench-update/<int:number>/", bare_update), path("bench-bare/", bare_query)]


def put_plan(content: dict[str, object], follows: str = "", case_id: str = "") -> tuple[str, str]:
    """A plan in the database, in a case of its own if none is named: the ids of its case and of itself."""
    from gameplan.cases import verbs
    from gameplan.cases.doors import case_for
    from gameplan.cases.people import HOME
    from gameplan.core.facts import Child
    from gameplan.people.roles import Action
    from gameplan.planning import writing
    from gameplan.plans.plan_file import read_plan

    plan = read_plan(content)
    child = Child(name=plan.child.name, born=plan.child.born, state=plan.child.state, grade=plan.child.grade)
    case = case_for(HOME, case_id, to=Action.WRITE) if case_id else verbs.start_case(HOME, child=child)
    kept = writing.begin(case, by=HOME, form_id=plan.form.id, start=plan, follows=follows)
    return str(case.pk), kept.plan_id


def main(folder: Path, plans: int) -> None:
    """Makes the database and the plans, says which they are, and serves."""
    prepare(folder)
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    put_bare_views()
    made = [put_plan(sample_plan(GOALS, SERVICES, LONGEST, f"p{number}")) for number in range(plans)]
    sys.stdout.write(json.dumps([(case_id, plan_id, _spare(case_id)) for case_id, plan_id in made]) + "\n")
    serve(folder, 0)


def _spare(case_id: str) -> int:
    """The key of a row for the bare UPDATE: one that nobody writes in."""
    from gameplan.planning.models import Cell

    return int(Cell.objects.get(plan__case_id=case_id, path=SPARE).pk)


if __name__ == "__main__":
    import os

    os.environ["DJANGO_SETTINGS_MODULE"] = "gameplan.config.settings"
    main(Path(sys.argv[1]), int(sys.argv[2]))
