"""`make bench ARGS=reports`: each report over many children of a district, beside a bare SQL count over the same.

    --children N   children of the district (5,000); one in five has an IEP that is kept here, the others a timeline

Everything is made up, in a database of its own, and nothing is kept.
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

COUNT_DAY, TODAY = date(2026, 10, 1), date(2026, 11, 27)
WIDTH = 140
Took = tuple[str, float, float]
SCHOOLS, AT_ONCE, WITH_PLAN = 10, 1_000, 5
CATEGORIES = ("autism", "specific-learning-disability", "speech-or-language-impairment", "other-health-impairment")
PLACES = ("regular class 80% or more", "regular class 40-79%", "separate school")
BARE = """
SELECT p.sex, p.hispanic, p.white, d.data, count(*) FROM cases_case c
JOIN people_organisation s ON s.id = c.school_id JOIN rosters_pupil p ON p.case_id = c.id
JOIN cases_entry d ON d.case_id = c.id AND d.kind = 'eligibility-determined'
JOIN cases_entry i ON i.case_id = c.id AND i.kind = 'iep-adopted'
JOIN cases_entry g ON g.case_id = c.id AND g.kind = 'consent-given'
WHERE s.parent_id = %s GROUP BY p.sex, p.hispanic, p.white, d.data
"""


def main(arguments: list[str]) -> None:
    """Make the district, measure, print the table."""
    asked = argparse.ArgumentParser(prog="bench reports", description=__doc__)
    asked.add_argument("--children", type=int, default=5_000, metavar="N")
    children = asked.parse_args(arguments).children
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"GAMEPLAN_SHARED": "1", "GAMEPLAN_TODAY": TODAY.isoformat()}
        from gameplan.config.serve import make_cases

        make_cases(Path(folder))
        district = make_district(children)
        rows = list(measured(district))
    table = Table(title=f"{children:,} children, count of {COUNT_DAY}")
    for name in ("what", "seconds", "of processor", "times the bare count", "children a second of processor"):
        table.add_column(name, justify="left" if name == "what" else "right")
    bare = rows[0][2]
    for what, seconds, used in rows:
        table.add_row(what, f"{seconds:.2f}", f"{used:.2f}", f"{used / bare:,.1f}", f"{children / used:,.0f}")
    console = Console()
    console.width = max(console.width, WIDTH)
    console.print(table)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    console.print(f"The largest memory of this process was {peak:,.0f} MB.")


def make_district(children: int) -> Any:
    """A district with schools, and so many children with pupils, timelines, and some with plans."""
    from gameplan.people.models import Organisation

    district = Organisation.objects.create(kind="district", name="Bench", state="TX", nces_id="4800001")
    schools = [
        Organisation.objects.create(kind="school", name=f"School {n}", parent=district, nces_id=f"4800001{n:05}")
        for n in range(SCHOOLS)
    ]
    plan = made_plan(schools[0])
    for first in range(0, children, AT_ONCE):
        make_children(range(first, min(first + AT_ONCE, children)), district, schools, plan)
    return district


def make_children(numbers: range, district: Any, schools: list[Any], plan: dict[str, Any]) -> None:
    """Children by their numbers; every fifth with the plan."""
    from gameplan.cases.models import Case, Entry
    from gameplan.planning.models import Step, Version, Written
    from gameplan.rosters.models import Pupil

    cases = [
        Case(child_name=f"Child {n}", child_state="TX", school=schools[n % SCHOOLS], child_sought=f"child {n}",
             child_born=date(2006 + n % 17, 1 + n % 12, 1 + n % 28))
        for n in numbers
    ]  # fmt: skip
    Case.objects.bulk_create(cases)
    Entry.objects.bulk_create([one for n, case in zip(numbers, cases, strict=True) for one in entries_of(case, n)])
    Pupil.objects.bulk_create([
        Pupil(place=district, school=case.school, source="bench", sourced_id=str(n), state_id=f"S{n}", case=case,
              given="Child", family=str(n), grade=f"{n % 12 + 1:02}", sex="female" if n % 2 else "male",
              white=n % 3 == 0, black=n % 3 == 1, asian=n % 3 == 2, hispanic=n % 4 == 0,
              english_learner="yes" if n % 5 == 0 else "no")
        for n, case in zip(numbers, cases, strict=True)
    ])  # fmt: skip
    planned = [case for n, case in zip(numbers, cases, strict=True) if n % WITH_PLAN == 0]
    written = [Written(case=case, plan_id="p1", form_id="iep", side="school", shown=True) for case in planned]
    Written.objects.bulk_create(written)
    Version.objects.bulk_create([Version(plan=one, **plan["version"]) for one in written])
    Step.objects.bulk_create([Step(plan=one, **plan["step"]) for one in written])


def entries_of(case: Any, number: int) -> Iterator[Any]:
    """What a school tells of a child: eligible, an IEP, permission, where; of every tenth child a removal."""
    from gameplan.cases.models import Entry

    told: list[tuple[str, str, dict[str, object]]] = [
        ("eligibility-determined", "2026-02-16", {"eligible": True, "categories": [CATEGORIES[number % 4]]}),
        ("iep-adopted", "2026-03-02", {"effective": "2026-03-02", "services_start": "2026-03-02"}),
        ("consent-given", "2026-03-01", {"for": "initial-services", "received": "2026-03-01"}),
        ("placement-decided", "2026-03-03", {"environment": PLACES[number % 3]}),
    ]
    if number % 10 == 0:
        days = ["2026-09-08", "2026-09-09"][: 1 + number % 2]
        told.append(("removal-ordered", "2026-09-08", {
            "from": "2026-09-08", "school_days": len(days), "kind": "suspension", "served_days": days,
        }))  # fmt: skip
    for position, (kind, on, data) in enumerate(told):
        yield Entry(case=case, fact_id=f"f{position}", position=position, kind=kind, on=date.fromisoformat(on),
                    said_by="school", data={"date": on, **data}, side="school")  # fmt: skip


def made_plan(school: Any) -> dict[str, Any]:
    """One IEP, proposed and agreed to through the verbs, as columns of its version and its answer."""
    from gameplan.cases import verbs
    from gameplan.cases.people import Person
    from gameplan.core.facts import Child
    from gameplan.planning import life, writing

    parent, by = Person("bench-parent", "parent"), Person("bench", "district-director")
    case = verbs.start_case(parent, child=Child(name="Model", state="TX", born=date(2016, 1, 1)))
    type(case).objects.filter(pk=case.pk).update(school=school)
    case.refresh_from_db()
    case.reader = by
    plan = writing.begin(case, by=by, form_id="iep")
    for path, words in {"start": "2026-08-17", "review-by": "2027-08-10", "disability": "autism",
                        "week-minutes": "1800", "apart-minutes": "300"}.items():  # fmt: skip
        writing.save(plan, by=by, desk="d", changes=[writing.Change(path, (words,), 0)])
    for number in range(4):
        writing.add_row(plan, by=by, field_id="goals", values={"area": "Reading", "goal": f"The child reads {number}."})
    writing.add_row(plan, by=by, field_id="placements-considered", values={"option": "regular-class", "chosen": True})
    day = date(2026, 8, 10)
    version = life.propose(plan, by=by, on=day, how="first", starts=date(2026, 8, 17), notice=day, matter="The IEP")
    version.plan.case = case
    case.reader = parent
    step = life.answer(version, by=parent, on=date(2026, 8, 12), all_="agreed", services=True)
    kept = {name: getattr(version, name) for name in ("number", "how", "on", "data", "content", "sha256")}
    answered = {name: getattr(step, name) for name in ("kind", "on", "version", "data", "made_by", "made_at")}
    type(case).objects.filter(pk=case.pk).update(school=None)
    return {"version": {**kept, "pdf": b""}, "step": {**answered, "fact_ids": ["f2"]}}


def measured(district: Any) -> Iterator[Took]:
    """What each thing costs, in seconds by the clock and of the processor; the bare count first."""
    from django.db import connection

    from gameplan.people.doors import organisations_below
    from gameplan.reports.counting.edit_checks import findings
    from gameplan.reports.counting.file_forms import file_form, file_names
    from gameplan.reports.counting.file_text import file_text
    from gameplan.reports.files import rows_of_file, sending_of
    from gameplan.reports.reading import Asked, counted_children

    def bare() -> None:
        with connection.cursor() as cursor:
            cursor.execute(BARE, [district.pk.hex if connection.vendor == "sqlite" else district.pk])
            cursor.fetchall()

    asked = Asked.around(COUNT_DAY, TODAY)
    yield timed("a bare SQL count, by sex, race and category (baseline)", bare)
    children: list[Any] = []
    yield timed("reading every child (cases, plans, roster)",
                lambda: children.extend(counted_children([district.pk], asked)))  # fmt: skip
    below = organisations_below([district.pk])
    for name in file_names():
        form = file_form(name)
        sending = sending_of(district, "LEA", asked, ending="csv", version="v1", checked=True)

        def write(form: Any = form, sending: Any = sending) -> None:
            for _record in file_text(form, rows_of_file(form, "LEA", children, below), sending):
                pass

        yield timed(f"{name} from children that are read", write)
    yield timed("all edit checks", lambda: sum(1 for _one in findings(children)))
    yield from of_count(district)


def of_count(district: Any) -> Iterator[Took]:
    """A count taken and looked at, and the worksheets."""
    from gameplan.cases.people import Person
    from gameplan.districts.doors import Place
    from gameplan.people.doors import Held
    from gameplan.reports.counting.reporting_year import ReportingYear
    from gameplan.reports.models import Count
    from gameplan.reports.taking_counts import count_on, take_count
    from gameplan.reports.worksheets import worksheets

    director = Person("bench", "account", (Held(district.pk, "district-director"),))
    here = Place(district, director, runs=True)

    def take() -> None:
        made = take_count(here, COUNT_DAY, TODAY)
        while count_on(made.pk):
            pass

    yield timed("taking a count (each child kept, each record of access written)", take)
    count = Count.objects.get()
    yield from of_pages(count)
    yield timed("worksheets B-11, B-12, B-13, first time in a process",
                lambda: worksheets(district.pk, ReportingYear(2025), TODAY))  # fmt: skip
    yield timed("worksheets again", lambda: worksheets(district.pk, ReportingYear(2025), TODAY))


def of_pages(count: Any) -> Iterator[Took]:
    """What the pages of a count ask for, all of it from what was worked out when the count was taken."""
    from gameplan.reports.counting.file_forms import file_form
    from gameplan.reports.counting.tally import Row, Unit
    from gameplan.reports.results import behind_row, children_with, overview, result_of

    form = file_form("FS002")
    everybody = Row(Unit(), next(one for one in form.sets if one.id == "total"), {}, 0)
    yield timed("a count at a glance (all files, all checks)", lambda: overview(count))
    yield timed("the page of FS002, all", lambda: result_of(count, form, "SEA", Unit(), ()))
    school = Unit("4800001", f"4800001{1:05}")
    yield timed("the page of FS002, one school", lambda: result_of(count, form, "SCH", school, ()))
    yield timed("100 children behind the total of FS002", lambda: list(behind_row(count, form, "SEA", everybody)[:100]))
    yield timed("100 children of an edit check", lambda: list(children_with(count, "no-environment")[:100]))


def timed(what: str, work: Callable[[], object]) -> Took:
    """What was done, and the seconds that it took by the clock and of the processor."""
    start, used = time.perf_counter(), time.process_time()
    work()
    return what, time.perf_counter() - start, time.process_time() - used
