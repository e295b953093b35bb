"""Is everything in a notice that the law wants in it? Each thing that is missing, with its citation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from gameplan.core.entries import Law
from gameplan.core.faults import Fault
from gameplan.law.content_check import MISSING, ContentCheck, check_content
from gameplan.law.contents import content_list
from gameplan.letters import kind_of, printed
from gameplan.notices.telling import faults_of
from gameplan.tongues import tongue

NATIVE: Final = "native-language"
MAJORITY: Final = "majority-notice"
ELIGIBILITY: Final = "eligibility-notice"
MANIFESTATION: Final = "manifestation-notice"
YES: Final = "yes"


def check(kind: str, values: Mapping[str, str], *, is_native: bool | None = None) -> ContentCheck | None:
    """A notice against the content list of its kind; None if the law names no list for it.

    `is_native`: each recipient reads it in their own language; None as long as nobody knows, for that is asked again
    when it is sent.
    """
    contains = kind_of(kind).contains
    if contains is None:
        return None
    given: dict[str, bool | None] = {
        item: any(values.get(name) for name in fields) for item, fields in contains.items.items()
    }
    given |= {item: all(printed(kind, "en", values, cite) for cite in cites) for item, cites in contains.words.items()}
    if any(item.id == NATIVE for item in content_list(contains.list_id).items):
        given[NATIVE] = is_native
    circumstances = {name: _is_so(values, field) for name, field in contains.circumstances.items()}
    return check_content(contains.list_id, given, circumstances)


def _is_so(values: Mapping[str, str], field: str) -> bool | None:
    """True if the field is filled in, or has this answer (`discussed.yes`); None while no answer is chosen."""
    name, _dot, answer = field.partition(".")
    if answer and not values.get(name):
        return None
    return values.get(name) == answer if answer else bool(values.get(name))


def faults_in(kind: str, values: Mapping[str, str], law: Law, on: date, lang: str) -> list[Fault]:
    """What keeps a notice from being finished: what is missing, each with its citation, and what cannot be told."""
    found = list(_missing(kind, check(kind, values), lang))
    if kind == MAJORITY and law.facts.get("rights_transfer") is False:
        what = _("In this State the rights stay with the parents when the student comes of age.")
        found.append(Fault("majority_on", what, _("Check this with the State agency. There is no notice to send.")))
    found += [*_contradictions(kind, values)]
    return [*found, *(faults_of(kind, values, on) if not found else ())]


def _contradictions(kind: str, values: Mapping[str, str]) -> Iterable[Fault]:
    """What a notice says that the law does not allow together."""
    if kind == ELIGIBILITY and values.get("eligible") == YES and values.get("factor") not in (None, "", "none"):
        what = _("A child may not be found to qualify if this is the main reason.")
        yield Fault("factor", what, "(34 CFR 300.306(b)(1))")
    answers = [values.get("caused"), values.get("iep_failed")]
    if kind == MANIFESTATION and all(answers) and (YES in answers) != (values.get("outcome") == YES):
        what = _("The decision does not follow from the two answers: a yes to one of them is a yes.")
        yield Fault("outcome", what, "(34 CFR 300.530(e)(2))")


def _missing(kind: str, checked: ContentCheck | None, lang: str) -> Iterable[Fault]:
    """What is missing, at the field that would hold it."""
    contains = kind_of(kind).contains
    for finding in checked.findings if checked and contains else ():
        if finding.answer == MISSING and finding.item != NATIVE:
            item = tongue(lang).text(finding.text)
            text = _("The notice does not say: {item}.").format(item=item)
            where = contains.items.get(finding.item, (finding.item,))[0] if contains else finding.item
            yield Fault(where, text, f"({', '.join(finding.cite)})")
