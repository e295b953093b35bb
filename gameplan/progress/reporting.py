"""Reports on progress: a school sends one, and it never changes; what was sent can be read again, word for word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gameplan.cases.doors import held, note_access
from gameplan.cases.models import Case
from gameplan.cases.named import row_digest
from gameplan.cases.people import Person
from gameplan.cases.telling import tell
from gameplan.cases.today import today
from gameplan.core.faults import Fault
from gameplan.core.words import Say
from gameplan.letters import hash_of
from gameplan.measures.reports import Report, series_in
from gameplan.measures.series import Series
from gameplan.papers.pdf import CannotPrint
from gameplan.papers.sheet_pdf import sheet_pdf
from gameplan.people.refusals import Refused, refuse, unkeepable
from gameplan.people.roles import Action, Side, may
from gameplan.planning.delivering import words_of
from gameplan.planning.events import IEP
from gameplan.plans.sheets.frozen import sheet_from
from gameplan.plans.sheets.hashing import json_hash
from gameplan.plans.sheets.sheet import Sheet
from gameplan.progress.doors import next_number, reports_of
from gameplan.progress.measuring import LONGEST, who
from gameplan.progress.models import ProgressReport
from gameplan.progress.noted import standing
from gameplan.progress.report_content import Asked, content_of, digest_seen, papers_of, report_of
from gameplan.tongues import LANGUAGES, tongue

WORDS: Final = "words"
MADE_OF: Final = Say("The data of this report: SHA-256 {digest}")


@dataclass(frozen=True)
class Sent:
    """A report as it was sent: its row, the paper in each language, and the measures with their results.

    `is_whole`: words and data still have their hash. A report from elsewhere may have no papers and no results here;
    then its words are all there is.
    """

    row: ProgressReport
    sheets: Mapping[str, Sheet]
    series: tuple[tuple[str, Series, str], ...]
    is_whole: bool

    @property
    def words(self) -> dict[str, dict[str, str]]:
        """What the writer said of each goal, by language."""
        try:
            goals = self.row.content["data"]["goals"]
            return {str(one["id"]): {str(lang): str(text) for lang, text in one["words"].items()} for one in goals}
        except (AttributeError, KeyError, TypeError):
            return {}

    def sheet(self, lang: str) -> Sheet | None:
        """The paper in that language, else in the one that it was sent in."""
        return self.sheets.get(lang) or self.sheets.get(self.row.lang)


@transaction.atomic
def send_report(
    case: Case, *, by: Person, asked: Asked, seen: str = "", given: date | None = None, form_key: UUID | None = None
) -> ProgressReport:
    """Freezes a report with its words, hash and PDF, and says on the timeline that the family got it.

    `given` is the day on which the family got it, today if not told. `seen` is `digest_seen` of what the writer read:
    if something came in since, it is refused once, to be read again. The same `form_key` makes one. Raises
    PermissionDenied for the family and for roles that do not write for the school, and Refused with every fault.
    """
    own_report(by)
    locked = held(case)
    before = form_key and ProgressReport.objects.filter(case=locked, form_key=form_key).first()
    if before:
        return before
    day = given or today()
    refuse([*_asked_faults(locked, asked), *_given_faults(asked, day)])
    number = next_number(ProgressReport.objects.filter(case=locked))
    report = report_of(locked, asked, by=by, number=number)
    if report is None:
        raise Refused([Fault("on", _("No plan was in force on that day."), _("Choose a day with a plan in force."))])
    refuse(_report_faults(report, seen))
    return _freeze(locked, by, asked, report, day, form_key)


def own_report(by: Person) -> None:
    """Raises PermissionDenied for whoever does not write for the school: reports are the school's own."""
    if by.side is not Side.SCHOOL or not may(by.role, Action.PLAN, joined=True):
        raise PermissionDenied("A progress report is written by the school.")


def report_numbered(case: Case, number: int) -> Sent:
    """One report of the case. Raises Http404 if its reader sees no such report."""
    row = reports_of(case).defer("pdf").filter(number=number).first()
    if row is None:
        raise Http404("There is no such report.")
    return sent_of(row)


def sent_of(row: ProgressReport) -> Sent:
    """A report as it can be read again."""
    content = row.content if isinstance(row.content, dict) else {}
    is_whole = hash_of(row.text) == row.sha256 and holds_data(row.text, content)
    return Sent(row, _sheets(content), _series(content), is_whole)


def holds_data(text: str, content: Mapping[str, object]) -> bool:
    """True if the words name the hash of the data; data that holds no paper, from elsewhere, is not named there."""
    return "papers" not in content or json_hash(dict(content)) in text.rpartition("\n")[2]


def standing_reports(case: Case) -> list[ProgressReport]:
    """The reports that the reader sees and that none replaces, oldest first, without their content."""
    return standing(list(reports_of(case).defer("pdf", "content", "text")))


def pdf_of(sent: Sent, lang: str) -> bytes:
    """The PDF: as it was sent, or of the frozen paper in another language, with the same hash in its foot.

    Raises Http404 for a language that it is not there in, and CannotPrint.
    """
    if lang == sent.row.lang:
        return bytes(sent.row.pdf)
    if lang not in sent.sheets:
        raise Http404("The report is not there in this language.")
    return sheet_pdf(sent.sheets[lang], sha256=sent.row.sha256)


def _freeze(
    case: Case, by: Person, asked: Asked, report: Report, given: date, form_key: UUID | None
) -> ProgressReport:  # fmt: skip
    papers = papers_of(report)
    content = content_of(report, papers)
    made_of = Say(MADE_OF.text, {"digest": json_hash(content)})
    text = f"{words_of(papers[asked.lang])}\n{tongue(asked.lang).say(made_of)}"
    sha256 = hash_of(text)
    pdf = _pdfs(papers, sha256)[asked.lang]
    made = ProgressReport.objects.create(
        case=case, number=report.number, on=asked.on, since=asked.since, plan_kind=IEP, lang=asked.lang,
        content=content, text=text, sha256=sha256, pdf=pdf, corrects=asked.replaces, form_key=form_key,
        fact_ids=_tell(case, by, asked, given), **who(by),
    )  # fmt: skip
    note_access(case.pk, by, "send-progress-report", about=f"report:{made.number}", digest=row_digest(made))
    return made


def _pdfs(papers: Mapping[str, Sheet], sha256: str) -> dict[str, bytes]:
    """The PDF in each language: nobody shall find out later that one cannot be printed."""
    try:
        return {lang: sheet_pdf(one, sha256=sha256) for lang, one in papers.items()}
    except CannotPrint as error:
        page = tongue(get_language() or "en")
        raise Refused([Fault("", page.say(error.say), _("Write it in another way."))]) from error


def _tell(case: Case, by: Person, asked: Asked, given: date) -> list[str]:
    """The fact that follows: the family was given a report, of these days."""
    period = f"{asked.since.isoformat()} – {asked.on.isoformat()}"
    data: dict[str, object] = {"date": given.isoformat(), "what": "progress-report", "for_period": period}
    return tell(case, by, [("document-given", given, data)])


def _asked_faults(case: Case, asked: Asked) -> Iterator[Fault]:
    yield from day_faults(asked.since, asked.on)
    if asked.lang not in LANGUAGES:
        yield Fault("lang", _("A report cannot be made in this language."), _("Choose one from the list."))
    if asked.replaces is not None and asked.replaces not in {one.number for one in standing_reports(case)}:
        what = _("The report that this one replaces is not there, or was replaced already.")
        yield Fault("replaces", what, _("Choose one from the list."))


def _given_faults(asked: Asked, given: date) -> Iterator[Fault]:
    if not asked.on <= given <= today() and asked.on <= today():
        what = _("A report is given after its last day, and not on a day to come.")
        yield Fault("given", what, _("Check both days."))


def day_faults(since: date, on: date) -> Iterator[Fault]:
    """What is wrong with the days of a report: those to come, and the last before the first."""
    if on > today():
        yield Fault("on", _("This day has not come yet."), _("Choose today or a day before."))
    if since > on:
        yield Fault("since", _("The first day is after the last."), _("Check both days."))


def _report_faults(report: Report, seen: str) -> Iterator[Fault]:
    if not report.goals:
        yield Fault("", _("The plan in force has no goals."), _("A report tells of goals. Look at the plan first."))
    for goal in report.goals:
        where = f"{WORDS}-{goal.id}"
        texts = [one for one in goal.words.values() if one.strip()]
        if not texts:
            yield Fault(where, _("Your own words are missing."), _("Say what this means, and what you do next."))
        if any(len(one) > LONGEST for one in texts):
            yield Fault(where, _("This is too long."), _("Shorten it."))
        yield from unkeepable(texts, where)
    if seen and seen != digest_seen(report):
        what = _("Something new was written down since you read this page.")
        yield Fault("", what, _("Look at the results below, and send it again."))


def _sheets(content: Mapping[str, object]) -> dict[str, Sheet]:
    papers = content.get("papers")
    found: dict[str, Sheet] = {}
    for lang, raw in papers.items() if isinstance(papers, dict) else ():
        try:
            found[str(lang)] = sheet_from(raw)
        except ValueError:
            continue
    return found


def _series(content: Mapping[str, object]) -> tuple[tuple[str, Series, str], ...]:
    data = content.get("data")
    if not isinstance(data, dict):
        return ()
    try:
        return tuple(series_in(data))
    except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError):
        return ()
