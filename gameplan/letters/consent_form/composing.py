"""Composing the consent form: what is asked and the rule of the State in, the finished words out. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gameplan.core.words import Tongue
from gameplan.law.consent import consent_rule
from gameplan.law.contents import ConsentRule
from gameplan.letters.composing import Block, hash_of
from gameplan.letters.consent_form.asked import INTERPRETER, SAME, Asked, Item
from gameplan.letters.consent_form.kinds import consent_kind
from gameplan.letters.consent_form.wording import says
from gameplan.letters.phrases import day_in_words

PARAGRAPH, ITEMS = "paragraph", "items"
PUBLIC_BENEFITS = "public-benefits"
BENEFITS = ("benefits-consent", "benefits-cost", "benefits-withdraw", "benefits-free")
FIRST_SERVICES, ENDING_SERVICES, ONE_NOT_ANOTHER = "initial-services", "continued-services", "one-service-not-another"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the form: its heading, and paragraphs and lists."""

    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class ConsentForm:
    """A consent form in its finished words, without any layout. `about` names the child, the school and the day."""

    title: str
    lang: str
    about: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]

    def plain(self) -> str:
        """The form as plain text. This is the text that is hashed and signed."""
        parts = ["\n".join([self.title, *(f"{label}: {value}" for label, value in self.about)])]
        for section in self.sections:
            parts.append(section.heading.upper())
            parts += [_plain(block) for block in section.blocks]
        return "\n\n".join(parts) + "\n"

    @property
    def sha256(self) -> str:
        """The SHA-256 of the plain text in UTF-8, as 64 hexadecimal digits."""
        return hash_of(self.plain())


def compose_form(asked: Asked, tongue: Tongue) -> ConsentForm:
    """The form for what is asked, with what each answer does by the matrix for the State.

    `tongue` must speak the language of the form. Raises NoSuchEntry for what is not in the matrix, KeyError for an
    unknown State, ValueError for another tongue.
    """
    if tongue.lang != asked.lang:
        raise ValueError(f"The form is in {asked.lang!r}, the tongue speaks {tongue.lang!r}.")
    rule = consent_rule(asked.kind, asked.state or None)
    lang = asked.lang
    about = (
        (says("child", lang), asked.child), (says("school", lang), asked.school),
        (says("date", lang), day_in_words(asked.day, lang)),
    )  # fmt: skip
    sections = (
        Section(says("ask-heading", lang), tuple(_ask(asked))),
        Section(says("records-heading", lang), tuple(_records(asked))),
        Section(says("means-heading", lang), tuple(_means(asked, rule, tongue))),
        Section(says("benefits-heading", lang), tuple(_benefits(asked))),
        Section(says("rights-heading", lang), tuple(_rights(asked))),
        Section(says("language-heading", lang), tuple(_language(asked))),
    )
    return ConsentForm(
        says("title", lang, what=tongue.text(rule.text)), lang, tuple(one for one in about if one[1]),
        tuple(one for one in sections if one.blocks),
    )  # fmt: skip


def things(asked: Asked, tongue: Tongue) -> tuple[Item, ...]:
    """What is answered one by one: the items, or the one thing that is asked, named as the form is."""
    rule = consent_rule(asked.kind, asked.state or None)
    return asked.items or (Item("i1", tongue.text(rule.text)),)


def form_json(form: ConsentForm) -> dict[str, Any]:
    """The form as JSON can say it. `read_form` gives the same back."""
    return {
        "title": form.title, "lang": form.lang, "about": [list(one) for one in form.about],
        "sections": [
            {"heading": one.heading, "blocks": [{"kind": each.kind, "texts": list(each.texts)} for each in one.blocks]}
            for one in form.sections
        ],
    }  # fmt: skip


def read_form(told: Mapping[str, Any]) -> ConsentForm:
    """The form from `form_json`. Raises KeyError, TypeError or ValueError for anything else."""
    sections = tuple(
        Section(one["heading"], tuple(Block(block["kind"], tuple(block["texts"])) for block in one["blocks"]))
        for one in told["sections"]
    )
    about = tuple((label, value) for label, value in told["about"])
    return ConsentForm(str(told["title"]), str(told["lang"]), about, sections)


def _plain(block: Block) -> str:
    return "\n".join(f"- {text}" for text in block.texts) if block.kind == ITEMS else block.text


def _paragraph(text: str) -> Block:
    return Block(PARAGRAPH, (text,))


def _ask(asked: Asked) -> Iterator[Block]:
    kind, lang = consent_kind(asked.kind), asked.lang
    yield _paragraph(kind.ask[lang].format(child=asked.child))
    if asked.why:
        yield _paragraph(says("why", lang, why=asked.why))
    if asked.how:
        yield _paragraph(says("how", lang, how=asked.how))
    if asked.items and kind.items:
        yield _paragraph(f"{kind.items[lang]}:")
        yield Block(ITEMS, tuple(f"{one.text}: {one.about}" if one.about else one.text for one in asked.items))
    if len(asked.items) > 1:
        yield _paragraph(says("one-by-one", lang))


def _records(asked: Asked) -> Iterator[Block]:
    lang = asked.lang
    if asked.has_records is False:
        yield _paragraph(says("no-records", lang))
        return
    for name, values in (("records", asked.records), ("recipients", asked.recipients)):
        if values:
            yield _paragraph(says(name, lang, **{name: "; ".join(one.rstrip(".") for one in values)}))
    if asked.purpose:
        yield _paragraph(says("purpose", lang, purpose=asked.purpose))


def _means(asked: Asked, rule: ConsentRule, tongue: Tongue) -> Iterator[Block]:
    lang, kind = asked.lang, consent_kind(asked.kind)
    yield _labelled("yes", kind.yes[lang].format(child=asked.child), lang)
    yield _labelled("no", tongue.text(rule.refusal) or says("refusal-unsaid", lang), lang)
    yield _paragraph(_not_another(lang, tongue))
    yield _labelled("silence", tongue.text(rule.silence) or says("silence-unsaid", lang), lang)
    yield _labelled("change", _change(asked, rule, tongue), lang)
    if rule.time:
        yield _labelled("time", tongue.text(rule.time), lang)
    cites = (*rule.cite, *(_ending(asked).cite if asked.kind == FIRST_SERVICES else ()))
    yield _paragraph(says("rests-on", lang, cite="; ".join(dict.fromkeys(cites))))
    if rule.decided_by_state:
        yield _paragraph(says("state-decides", lang, state=rule.pack))
    for doubt in rule.doubts:
        yield _paragraph(tongue.text(doubt))
    if rule.confidence != "high" and not rule.doubts:
        yield _paragraph(says("not-sure", lang))


def _change(asked: Asked, rule: ConsentRule, tongue: Tongue) -> str:
    """What a change of mind does. For first services the matrix sends on to its row about ending them."""
    if asked.kind == FIRST_SERVICES:
        end = _ending(asked)
        words = end.revocation if "revocation" in end.decided_by_state else end.refusal
        return says("services-go-on", asked.lang, end=tongue.text(words))
    return tongue.text(rule.revocation) or says("change-unsaid", asked.lang)


def _ending(asked: Asked) -> ConsentRule:
    return consent_rule(ENDING_SERVICES, asked.state or None)


def _not_another(lang: str, tongue: Tongue) -> str:
    """The rule that a no to one thing may not cost another, with how sure it is."""
    rule = consent_rule(ONE_NOT_ANOTHER)
    words = f"{tongue.text(rule.refusal)} ({'; '.join(rule.cite)})"
    return words if rule.confidence == "high" else f"{words} {says('check', lang)}"


def _labelled(name: str, text: str, lang: str) -> Block:
    return _paragraph(f"{says(name, lang)} {text}")


def _benefits(asked: Asked) -> Iterator[Block]:
    if asked.kind == PUBLIC_BENEFITS:
        yield Block(ITEMS, tuple(says(name, asked.lang) for name in BENEFITS))


def _rights(asked: Asked) -> Iterator[Block]:
    names = ["voluntary", "not-retroactive", "no-erasure", "ask-first"]
    lines = [says(name, asked.lang) for name in names]
    if asked.contact:
        lines.append(says("contact", asked.lang, contact=asked.contact))
    yield Block(ITEMS, tuple(lines))


def _language(asked: Asked) -> Iterator[Block]:
    lang = asked.lang
    if asked.understood == SAME:
        yield _paragraph(says("language-same", lang, language=asked.family_language or says(f"lang-{lang}", lang)))
    elif asked.understood:
        name = "language-interpreter" if asked.understood == INTERPRETER else "language-translated"
        yield _paragraph(says(name, lang, language=asked.family_language, who=asked.understood_by))
