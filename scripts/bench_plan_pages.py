"""Opening, checking, comparing and printing a large plan, in one process on a fresh SQLite file.

    python -m scripts.bench_plan_pages FOLDER

writes its rows as JSON.
"""

from __future__ import annotations

import io
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Final

from gameplan.core.words import ENGLISH
from gameplan.plans.check import check_plan
from gameplan.plans.compare import compare, comparison_json
from gameplan.plans.plan_file import read_plan
from gameplan.plans.sheets import Sheet, sheet_of
from scripts.bench_plan_sample import LONG, START, sample_plan

ROUNDS: Final = 7
GOALS, SERVICES, WORDS = 25, 40, 2000
LARGE: Final = f"{GOALS} goals, {SERVICES} services, a part of {WORDS:,} words"
PLAIN: Final = """#set page("us-letter")
#for one in json(bytes(sys.inputs.texts)) { par(one) }
"""


@dataclass(frozen=True)
class Row:
    """What one thing costs: milliseconds by the clock and of processor time; `of` names the row it stands beside."""

    table: str
    what: str
    ms: float
    cpu: float
    of: str = ""
    queries: int = 0
    kib: float = 0


def cost(work: Callable[[], object], times: int = 1) -> tuple[float, float]:
    """Medians over rounds of what one call costs: milliseconds by the clock, and of processor time; after a warm-up."""
    work()
    clock, cpu = [], []
    for _ in range(ROUNDS):
        start, used = time.perf_counter(), time.process_time()
        for _ in range(times):
            work()
        clock.append((time.perf_counter() - start) / times * 1000)
        cpu.append((time.process_time() - used) / times * 1000)
    return statistics.median(clock), statistics.median(cpu)


# --- pages ----------------------------------------------------------------------------------------------------------


def pages(folder: Path) -> Iterator[Row]:
    """The pages of a large plan beside a bare view with one query, through the same middleware."""
    import django
    from django.core.management import call_command
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from gameplan.config.serve import prepare

    prepare(folder)
    django.setup()
    call_command("migrate", verbosity=0)
    from django.db import connection

    client = Client(HTTP_HOST="127.0.0.1")
    _sign_in(client)
    for what, address, times in _addresses():
        answer = client.get(address)
        if answer.status_code != 200:
            raise SystemExit(f"{what}: {address} answers {answer.status_code}.")
        with CaptureQueriesContext(connection) as seen:
            client.get(address)
        queries = len(seen)  # they are forgotten with the next request
        said = cost(lambda address=address: client.get(address), times)  # type: ignore[misc]
        yield Row("pages", what, *said, BARE_VIEW, queries, len(answer.content) / 1024)


BARE_VIEW: Final = "a bare view with one query"


def _addresses() -> Iterator[tuple[str, str, int]]:
    from scripts.bench_plan_server import put_bare_views, put_plan

    put_bare_views()
    case, before = put_plan(sample_plan(GOALS, SERVICES, WORDS, "last"))
    _, alone = put_plan(sample_plan(GOALS, SERVICES, WORDS, "now"), case_id=case)
    _, after = put_plan(sample_plan(GOALS, SERVICES, WORDS, "next"), follows=before, case_id=case)
    plan = f"/case/{case}/plan/{alone}/"
    yield BARE_VIEW, "/bench-bare/", 20
    yield "writing: a short section", f"{plan}write/voices/", 3
    yield f"writing: the section of goals, {GOALS} goals", f"{plan}write/goals/", 2
    yield f"writing: the section of services, {SERVICES} services", f"{plan}write/services/", 2
    yield "the plan, with what is lacking in it", plan, 3
    yield "the check of the plan, item by item", f"{plan}check/", 3
    yield "the section of goals, of a plan that follows another", f"/case/{case}/plan/{after}/write/goals/", 2
    yield "what changed since last year", f"/case/{case}/plan/{after}/compare/", 2


def _sign_in(client: object) -> None:
    from django.conf import settings
    from django.test import Client

    from gameplan.cases.people import HOME, SESSION_KEY

    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = HOME.id
    store.save()
    if isinstance(client, Client):
        client.cookies[settings.SESSION_COOKIE_NAME] = store.session_key


# --- compare and check ----------------------------------------------------------------------------------------------


def comparing() -> Iterator[Row]:
    """Two versions compared, and the check, beside reading both from JSON."""
    first = sample_plan(GOALS, SERVICES, WORDS)
    texts = [json.dumps(one) for one in (first, _revised(first), sample_plan(GOALS, SERVICES, WORDS, "other"))]
    before, revised, other = (read_plan(json.loads(one)) for one in texts)
    base, kib = "json.loads of both", sum(map(len, texts[:2])) / 1024
    yield Row("compare", base, *cost(lambda: [json.loads(one) for one in texts[:2]], 20), base, kib=kib)
    rows: tuple[tuple[str, Callable[[], object], int], ...] = (
        ("reading and checking both plan files", lambda: [read_plan(json.loads(one)) for one in texts[:2]], 3),
        ("compare: a version and the next one", lambda: compare(before, revised), 3),
        ("compare: every text is another one", lambda: compare(before, other), 1),
        ("the same as JSON with its sentences", lambda: comparison_json(compare(before, other), ENGLISH), 1),
        ("check_plan: is it complete?", partial(check_plan, before, START), 5),
    )
    for what, work, times in rows:
        yield Row("compare", what, *cost(work, times), base)


def _revised(plan: dict[str, object]) -> dict[str, object]:
    """The plan as it is after a meeting: some goals and services differ, a sentence is new, a goal is gone."""
    made = json.loads(json.dumps(plan))
    content = made["content"]
    content[LONG] = content[LONG].replace("teacher", "friend", 3) + " The team has added this."
    for goal in content["goals"][::5]:
        goal["target"] = "95 words a minute in 3 checks"
    for service in content["special-education"][::4]:
        service["minutes"] += 10
    gone = content["goals"].pop()["id"]
    content["benchmarks"] = [one for one in content["benchmarks"] if one["goal"] != gone]
    return dict(made)


# --- printing -------------------------------------------------------------------------------------------------------


def printing(folder: Path) -> Iterator[Row]:
    """The large plan on paper, each time with other words, so that the typesetter can remember nothing."""
    from gameplan.papers.sheet_docx import sheet_docx
    from gameplan.papers.sheet_pdf import sheet_pdf

    turns = count()
    raw = {
        which: [sample_plan(GOALS, SERVICES, WORDS, f"{which}{turn}") for turn in range(ROUNDS + 1)] for which in "abcd"
    }
    whole = {which: [_sheet("iep", one) for one in some] for which, some in raw.items()}
    glances, same = iter([_sheet("glance", one) for one in raw["a"]]), whole["d"][0]
    pdf, typst, word, docx = (iter(whole[which]) for which in "abcd")
    plain = _plain_typst(folder)
    pdfs, docs = "Typst, the same words as bare paragraphs, no tags", "python-docx, the same words as bare paragraphs"
    steps: tuple[tuple[str, Callable[[], object], str], ...] = (
        (pdfs, lambda: plain([*next(typst).texts()]), pdfs),
        ("one letter PDF (PDF/UA-1)", partial(_letter, turns), pdfs),
        (
            "from the plan to what stands on paper (no layout)",
            lambda: _sheet("iep", raw["d"][next(turns) % ROUNDS]),
            pdfs,
        ),
        ("the whole plan, PDF/UA-1", lambda: sheet_pdf(next(pdf)), pdfs),
        ("the same again, not a word changed", lambda: sheet_pdf(same), pdfs),
        ("one page for teachers, PDF/UA-1", lambda: sheet_pdf(next(glances)), pdfs),
        (docs, lambda: _plain_docx([*next(docx).texts()]), docs),
        ("the whole plan, DOCX", lambda: sheet_docx(next(word)), docs),
    )
    for what, work, of in steps:
        made: list[object] = []
        said = cost(lambda work=work, made=made: made.append(work()))  # type: ignore[misc]
        kib = len(made[-1]) / 1024 if isinstance(made[-1], bytes) else 0
        yield Row("print", what, *said, of, kib=kib)


def _sheet(as_: str, raw: dict[str, object]) -> Sheet:
    return sheet_of(read_plan(raw), as_, ENGLISH, on=START)


def _letter(turns: Iterator[int]) -> bytes:
    """A letter as a parent writes it, each with other words."""
    from gameplan import letters
    from gameplan.core.facts import Case, Child
    from gameplan.law import law_for
    from gameplan.papers.pdf import letter_pdf

    kind, law, case = "evaluation-request", law_for("TX"), Case(Child("Ana", state="TX"))
    known = {one.id: one.example for one in letters.fields_of(kind) if one.required}
    known |= letters.suggest(kind, case, law, lang="en", on=START) | letters.given(kind, law, lang="en", on=START)
    said = {"concerns": f"She reads slowly ({next(turns)}).", "phone": "555-0100", "date": START.isoformat()}
    return letter_pdf(letters.compose(kind, "en", known | said))


def _plain_typst(folder: Path) -> Callable[[list[str]], bytes]:
    """Typst itself, with its own fonts: paragraph after paragraph, no style, no table, no tag."""
    import typst

    (folder / "plain.typ").write_text(PLAIN, encoding="utf-8")
    compiler = typst.Compiler(input=str(folder / "plain.typ"), root=str(folder), ignore_system_fonts=True)

    def made(texts: list[str]) -> bytes:
        found = compiler.compile(format="pdf", sys_inputs={"texts": json.dumps(texts)}, pdf_tags=False)
        return found if isinstance(found, bytes) else b""

    return made


def _plain_docx(texts: list[str]) -> bytes:
    """The library itself: paragraph after paragraph, no style, no table."""
    import docx

    document, file = docx.Document(), io.BytesIO()
    for one in texts:
        document.add_paragraph(one)
    document.save(file)
    return file.getvalue()


def main(folder: Path) -> None:
    """Measures everything and writes the rows as JSON."""
    rows = [*comparing(), *printing(folder), *pages(folder / "data")]
    sys.stdout.write(json.dumps([asdict(one) for one in rows]) + "\n")


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "gameplan.config.settings"
    main(Path(sys.argv[1]))
