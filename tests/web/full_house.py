"""A household in a folder with something on every page, in a program of its own: `python -m tests.web.full_house`.

The sample families with their plans, measures, minutes and reports; in Diego's case also a finished letter and one
that was sent, permission that is asked, a notice, a photo, and a day on which the school says otherwise. Prints the ids
of what it made as JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import django

TODAY = date(2026, 11, 24)
LETTER = {
    "concerns": "He cannot read a page by himself.", "parent": "Rosa Lopez", "relation": "mother",
    "phone": "512-555-0142", "school": "Oak School", "district": "Sample District",
}  # fmt: skip


NOTICE = {"decision": "propose", "subjects": "evaluation", "matter": "Reading", "action": "Test his reading again."}


def make_house(folder: Path) -> dict[str, str]:
    """The ids of what there is now: `case`, `sample` (Ana's case), `letter`, `sent`, `consent`, `notice`, and so on."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    told = subprocess.run(
        [sys.executable, "-m", "tests.web.full_house"], check=True, capture_output=True, text=True,
        env=environment | {"GAMEPLAN_DATA": str(folder), "GAMEPLAN_TODAY": TODAY.isoformat()},
    )  # fmt: skip
    made: dict[str, str] = json.loads(told.stdout)
    return made


def _make() -> dict[str, str]:
    from dataclasses import replace

    from gameplan.care.samples import make_listings
    from gameplan.cases.people import HOME
    from gameplan.cases.verbs import add_account, attach
    from gameplan.consents.asking import ask
    from gameplan.notices import writing
    from gameplan.papers.verbs import finish, mark_sent
    from gameplan.planning.doors import plans_of
    from gameplan.planning.samples import load_samples
    from gameplan.progress.doors import measures_of
    from gameplan.progress.reporting import standing_reports
    from gameplan.progress.samples import tell_progress
    from tests.consents.conftest import ASKED
    from tests.notices.conftest import TYPED
    from tests.web.path_steps import PNG

    cases = load_samples(HOME, TODAY)
    tell_progress(cases, TODAY)
    make_listings()
    ana, case = (next(one for one in cases if one.child_name.startswith(name)) for name in ("Ana", "Diego"))
    values = LETTER | {"child": case.child_name, "date": TODAY.isoformat()}
    letter = finish(case, by=HOME, kind="evaluation-request", lang="en", values=values, on=TODAY)
    asking = {name: value for name, value in values.items() if name != "concerns"}
    other = finish(case, by=HOME, kind="records-request", lang="en", values=asking, on=TODAY)
    asked_on, they_say = TODAY - timedelta(days=20), TODAY - timedelta(days=18)
    told = mark_sent(other, by=HOME, how="by-hand", on=asked_on, to="The principal").fact_id
    attach(case, by=HOME, name="letter.png", content=PNG, fact_id=told)
    add_account(case, by=HOME, fact_id=told, on=they_say, said_by="school")
    asked = ask(case, by=HOME, asked=replace(ASKED, kind="reevaluation", day=TODAY), received=TODAY)
    known = writing.suggested(case, kind="prior-written-notice", lang="en", on=TODAY, by=HOME, decision="propose")
    notice = writing.finish(
        case, by=HOME, kind="prior-written-notice", lang="en", values=known | TYPED | NOTICE, on=TODAY
    )
    plan = list(plans_of(case))[-1]
    return {
        "case": str(case.pk), "sample": str(ana.pk), "letter": letter.letter_id, "sent": other.letter_id,
        "consent": asked.request_id, "notice": notice.notice_id, "plan": plan.plan_id,
        "report": str(standing_reports(case)[0].number),
        "behavior": measures_of(case).filter(about="behavior")[0].measure_id,
    }  # fmt: skip


def main() -> None:
    from gameplan.config.serve import prepare

    prepare(Path(os.environ["GAMEPLAN_DATA"]))
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    sys.stdout.write(json.dumps(_make()) + "\n")


if __name__ == "__main__":
    main()
