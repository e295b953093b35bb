"""Writing notices: what the case knows is filled in; a finished notice is frozen; a translation is frozen beside it.

Looking never writes. Nothing is finished while something that the law wants in it is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from gameplan import letters
from gameplan.cases.doors import facts_of, held, note_access
from gameplan.cases.models import Case
from gameplan.cases.named import row_digest
from gameplan.cases.people import Person
from gameplan.cases.rows import child_of
from gameplan.core.facts import SentLetter
from gameplan.core.faults import Fault
from gameplan.law import law_for
from gameplan.letters.matters import Matter, matter_of, matters_of
from gameplan.notices.checking import faults_in
from gameplan.notices.doors import notice_of, notices_of, original_of
from gameplan.notices.keeping import free_id, refuse
from gameplan.notices.models import Edition, Notice
from gameplan.notices.named import about_edition
from gameplan.notices.recipients import account_of, recipients_of
from gameplan.papers.pdf import letter_pdf
from gameplan.people.refusals import unkeepable
from gameplan.tongues import LANGUAGES

OWN_WORDS: Final = ("line", "text")
"""Types of fields whose values somebody has to translate; days, choices and ticks say the same in every language."""


def kinds() -> tuple[str, ...]:
    """The ids of the notices that a school can write."""
    return tuple(kind.id for kind in letters.school_notices())


def matters(case: Case, on: date) -> tuple[Matter, ...]:
    """What a notice can be about, newest first, as far as the reader sees the case."""
    return matters_of(facts_of(case), on)


def suggested(
    case: Case, *, kind: str, lang: str, on: date, by: Person, fact: str = "", decision: str = "", corrects: str = ""
) -> dict[str, str]:
    """What is already known for a notice: from the case, the law, the people, and the last notice of the case.

    `fact` and `decision` name the matter it is about. With `corrects`, everything the corrected notice said, dated
    `on`. Raises UnknownLetter, Http404.
    """
    told = replace(facts_of(case), letters=_last(case))
    law = law_for(told.child.state, on=on)
    matter = matter_of(told, fact, decision, on) if fact else None
    known = letters.suggest(kind, told, law, lang=lang, on=on, matter=matter)
    names = [one.name for one in recipients_of(case) if one.name]
    account = account_of(by.id)
    found = {"parents": ", ".join(names), "sender": account.name if account else ""} | known
    if corrects:
        asked = {one.id for one in letters.fields_of(kind, lang) if not one.given}
        old = original_of(notice_of(case, corrects)).values
        found |= {name: value for name, value in old.items() if name in asked - {"date"}}
    fields = {one.id for one in letters.fields_of(kind, lang)}
    return {name: value for name, value in found.items() if value and name in fields}


def preview(
    case: Case, *, kind: str, lang: str, values: Mapping[str, str], on: date, corrects: str = ""
) -> letters.Letter:
    """The notice as it would read, finished or not. Writes nothing. Raises MissingFields, WrongFields, Http404."""
    return letters.compose(kind, lang, _complete(case, kind, lang, values, on, corrects))


def preview_pdf(
    case: Case, *, kind: str, lang: str, values: Mapping[str, str], on: date, corrects: str = ""
) -> bytes:  # fmt: skip
    """The notice as it would be printed, marked as a draft. Raises as `preview`, and CannotPrint."""
    return letter_pdf(preview(case, kind=kind, lang=lang, values=values, on=on, corrects=corrects), draft=True)


@transaction.atomic
def finish(
    case: Case,
    *,
    by: Person,
    kind: str,
    lang: str,
    values: Mapping[str, str],
    on: date,
    about_event: str = "",
    corrects: str = "",
    form_key: UUID | None = None,
) -> Notice:
    """Freeze the notice: words, values, rules, hash and PDF, all or nothing.

    The same `form_key` makes one notice. Raises as `preview`, Refused with each thing that the law wants in it and that
    is missing, and CannotPrint.
    """
    kept = held(case)
    before = form_key and Notice.objects.filter(case=kept, form_key=form_key).first()
    if before:
        return before
    complete = letters.tidied(_complete(case, kind, lang, values, on, corrects))
    refuse(unkeepable(complete, "notice"))
    composed = letters.compose(kind, lang, complete)
    refuse(faults_in(kind, complete, law_for(child_of(case).state, on=on), composed.day, lang))
    notice = Notice.objects.create(
        case=kept, notice_id=free_id(Notice.objects.filter(case=kept), "notice_id", "n"), kind=kind, on=composed.day,
        about_event=about_event, corrects=corrects, side=by.side, made_by=by.id, made_role=by.role, form_key=form_key,
        brought=kept.school_id is None,
    )  # fmt: skip
    note_access(case.pk, by, "finish-notice", about=notice.about, digest=row_digest(notice))
    edition = _freeze(notice, composed, complete, by)
    note_access(case.pk, by, "write-notice", about=about_edition(edition), digest=row_digest(edition))
    return notice


@transaction.atomic
def translate(notice: Notice, *, by: Person, lang: str, values: Mapping[str, str], translated_by: str) -> Edition:
    """Freeze the notice in another language beside the original, with the name of who translated it.

    `values` are the words of the fields that somebody has to translate; days, choices and ticks are those of the
    original. Raises Refused if words are missing or that language is there already, MissingFields, WrongFields, and
    CannotPrint.
    """
    held(notice.case)
    original = original_of(notice)
    who = " ".join(translated_by.split())
    said = dict(original.values) | by_law(notice.case, notice.kind, lang, notice.on)
    whole = letters.tidied(said | {one.id: values.get(one.id, "") for one in to_translate(notice)})
    faults = [*unkeepable([whole, who], "notice"), *_translation_faults(notice, lang, whole, who)]
    refuse(faults)
    composed = letters.compose(notice.kind, lang, whole)
    edition = _freeze(notice, composed, whole, by, translated_by=who)
    note_access(notice.case.pk, by, "translate-notice", about=about_edition(edition), digest=row_digest(edition))
    return edition


def to_translate(notice: Notice, lang: str = "en") -> tuple[letters.LetterField, ...]:
    """The fields of a notice that somebody has to translate: those in their own words that the original fills."""
    said = original_of(notice).values
    fields = letters.fields_of(notice.kind, lang)
    return tuple(one for one in fields if one.type in OWN_WORDS and not one.given and said.get(one.id))


def other_languages(notice: Notice) -> tuple[str, ...]:
    """The languages into which the notice can still be translated here."""
    there = {one.lang for one in notice.editions.all()}
    return tuple(lang for lang in LANGUAGES if lang not in there)


def by_law(case: Case, kind: str, lang: str, on: date) -> dict[str, str]:
    """What the law of the State says in such a notice on that day, and nobody types."""
    return letters.given(kind, law_for(child_of(case).state, on=on), lang=lang, on=on)


def _complete(
    case: Case, kind: str, lang: str, values: Mapping[str, str], on: date, corrects: str
) -> dict[str, str]:  # fmt: skip
    """What was typed, and what nobody types: what the law of the State says, the date of the corrected notice."""
    given = {one.id for one in letters.fields_of(kind, lang) if one.given}
    complete = {name: value for name, value in values.items() if name not in given}
    complete |= by_law(case, kind, lang, on)
    complete.setdefault("date", on.isoformat())
    if corrects:
        complete["replaces"] = notice_of(case, corrects).on.isoformat()
    return complete


def _freeze(
    notice: Notice, composed: letters.Letter, values: Mapping[str, str], by: Person, translated_by: str = ""
) -> Edition:
    return Edition.objects.create(
        notice=notice, lang=composed.lang, title=composed.title, values=dict(values), text=composed.plain(),
        sha256=composed.sha256, rules=list(composed.rules), pdf=letter_pdf(composed), is_original=not translated_by,
        translated_by=translated_by, made_by=by.id,
    )  # fmt: skip


def _last(case: Case) -> tuple[SentLetter, ...]:
    """The last notice of the case, for what the next one takes over from it."""
    last = notices_of(case).first()
    if last is None:
        return ()
    original = original_of(last)
    return (SentLetter(last.notice_id, last.kind, original.lang, "", "", "", fields=original.values),)


def _translation_faults(notice: Notice, lang: str, values: Mapping[str, str], who: str) -> list[Fault]:
    faults = []
    if lang not in other_languages(notice):
        faults.append(Fault("lang", _("This language is there already, or cannot be written here."), _("Look above.")))
        return faults
    if not who:
        faults.append(Fault("translated_by", _("It does not say who translated it."), _("Write the name.")))
    for one in to_translate(notice, lang):
        if not values.get(one.id):
            faults.append(Fault(one.id, _("This is missing in the translation."), _("Write it in that language.")))
    return faults
