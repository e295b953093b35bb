"""What keeps notices, deliveries and languages of a case file from being taken in: all of it at once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from gameplan.cases.models import Case
from gameplan.cases.records_travelling import Seen, kept_of, reference_faults, rows_in, word_faults
from gameplan.core.faults import Fault
from gameplan.core.record_shapes import Records, Told
from gameplan.letters import hash_of
from gameplan.notices.models import Delivery, Notice
from gameplan.notices.proofs import Help, State, What
from gameplan.notices.recipients import HOWS, is_address
from gameplan.notices.sending import WAYS
from gameplan.notices.shelf import paper_of
from gameplan.people.refusals import unkeepable
from gameplan.people.roles import Side

PDF_START: Final = b"%PDF-"
LANGUAGE: Final = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
"""How a language is named that stands in an address and in the name of a file."""


@dataclass
class _Papers:
    """The papers that a delivery can be of: notices of this file, and what other rooms have taken in already."""

    case: Case
    notices: dict[str, Mapping[str, str]] = field(default_factory=dict)

    def hashes(self, about: str) -> Mapping[str, str] | None:
        """The hash of a paper in each of its languages, or None if there is no such paper."""
        sort, _colon, name = about.partition(":")
        if sort == "notice":
            return self.notices.get(name)
        try:
            return paper_of(self.case, about).hashes
        except Http404:
            return None


def faults_of(case: Case, records: Records, files: Mapping[str, bytes]) -> Iterator[Fault]:
    """Everything that is wrong with what a file tells of notices and languages. `files` has the papers by path."""
    kept, papers = kept_of(case) if records else Seen((), ()), _Papers(case)
    taken = {
        "notices": Notice.objects.filter(case=case).values_list("notice_id", flat=True),
        "deliveries": Delivery.objects.filter(case=case).values_list("delivery_id", flat=True),
    }
    for what, ids in taken.items():
        yield from _taken_faults(what, records.get(what, ()), set(ids) if records.get(what) else ())
    for one in records.get("notices", ()):
        yield from _notice_faults(one, files, papers, kept)
    for one in records.get("deliveries", ()):
        yield from _delivery_faults(one, papers, kept)
    for what, words in (("delivery_choices", HOWS), ("language_wishes", ())):
        for one in records.get(what, ()):
            yield from _said_faults(one, f"{what} ({one['id']})", words)
    for one in records.get("language_help", ()):
        yield from _help_faults(one, papers)


def _taken_faults(what: str, rows: Iterable[Told], taken: Collection[str]) -> Iterator[Fault]:
    for one in rows:
        if one["id"] in taken:
            yield Fault(f"{what} ({one['id']}).id", _("This id stands there already."), _("Give each its own id."))


def _notice_faults(one: Told, files: Mapping[str, bytes], papers: _Papers, kept: Seen) -> Iterator[Fault]:
    where = f"notices ({one['id']})"
    yield from unkeepable(one, where)
    yield from word_faults(one, "side", (Side.SCHOOL.value, Side.FAMILY.value), where)
    yield from reference_faults(one, where, kept)
    if one["corrects"] and one["corrects"] not in papers.notices:
        mend = _("Name an earlier notice of this file.")
        yield Fault(f"{where}.corrects", _("The notice that it corrects is not there."), mend)
    editions = rows_in(one, "editions")
    if [each["original"] for each in editions].count(True) != 1:
        mend = _("Make the file again from the first case.")
        yield Fault(f"{where}.editions", _("Of a notice one language is the original, and only one."), mend)
    languages: set[object] = set()
    for index, each in enumerate(editions):
        yield from _edition_faults(each, f"{where}.editions[{index}]", files, languages)
        languages.add(each["lang"])
    papers.notices[str(one["id"])] = {str(each["lang"]): str(each["sha256"]) for each in editions}


def _edition_faults(one: Told, where: str, files: Mapping[str, bytes], before: Collection[object]) -> Iterator[Fault]:
    again = _("Make the file again from the first case.")
    if not LANGUAGE.fullmatch(str(one["lang"])):
        yield Fault(f"{where}.lang", _("This is not the code of a language."), _("Write it like en or es."))
    if one["lang"] in before:
        yield Fault(f"{where}.lang", _("This language stands there twice."), _("Give each language once."))
    if hash_of(str(one["text"])) != one["sha256"]:
        yield Fault(f"{where}.text", _("This was changed after it was written down."), again)
    if not files.get(str(one["pdf"]), b"").startswith(PDF_START):
        yield Fault(f"{where}.pdf", _("This PDF is missing."), again)


def _delivery_faults(one: Told, papers: _Papers, kept: Seen) -> Iterator[Fault]:
    where = f"deliveries ({one['id']})"
    yield from unkeepable(one, where)
    yield from word_faults(one, "way", WAYS, where)
    yield from word_faults(one, "state", [each.value for each in State], where)
    yield from reference_faults({"fact": one["fact"], "paper": one["proof"]}, where, kept)
    yield from _leaf_faults(one, papers.hashes(str(one["about"])), where)
    for index, each in enumerate(rows_in(one, "marks")):
        yield from word_faults(each, "what", [what.value for what in What], f"{where}.marks[{index}]")


def _leaf_faults(one: Told, hashes: Mapping[str, str] | None, where: str) -> Iterator[Fault]:
    """The paper is there, and what went out has the hashes of what lies here."""
    if hashes is None:
        mend = _("Name a notice, a letter or a version of a plan that is in this file.")
        yield Fault(f"{where}.about", _("What this names is not in the file."), mend)
        return
    leaves = one["leaves"]
    for lang, sent in leaves.items() if isinstance(leaves, dict) else ():
        if hashes.get(lang) != sent:
            what = _("What went out is not the paper that is in this file.")
            yield Fault(f"{where}.leaves.{lang}", what, _("Make the file again from the first case."))


def _said_faults(one: Told, where: str, hows: Collection[str]) -> Iterator[Fault]:
    yield from unkeepable(one, where)
    if hows:
        yield from word_faults(one, "how", hows, where)
    if one.get("by_email") and one["address"] and not is_address(str(one["address"])):
        yield Fault(f"{where}.address", _("This is not an e-mail address."), _("Write it like name@example.org."))


def _help_faults(one: Told, papers: _Papers) -> Iterator[Fault]:
    where = f"language_help ({one['id']})"
    yield from unkeepable(one, where)
    yield from word_faults(one, "what", [each.value for each in Help], where)
    try:
        UUID(str(one["id"]))
    except ValueError:
        yield Fault(f"{where}.id", _("This is not the key of a request."), _("Make the file again."))
    if one["about"] and papers.hashes(str(one["about"])) is None:
        mend = _("Name one that is in this file, or leave it empty.")
        yield Fault(f"{where}.about", _("What this names is not in the file."), mend)
