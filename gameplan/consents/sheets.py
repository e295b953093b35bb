"""Consent forms and signed texts as printable papers. The words are made elsewhere; here they get their places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from gameplan.letters.composing import Block
from gameplan.letters.consent_form import ConsentForm, Item, says
from gameplan.letters.consent_form.composing import ITEMS
from gameplan.letters.signing import Proof, proof_lines
from gameplan.letters.signing import says as says_signing
from gameplan.plans.rich import PARAGRAPH, Run
from gameplan.plans.rich import Block as RichBlock
from gameplan.plans.sheets.desk import one_line, tidy
from gameplan.plans.sheets.sheet import (
    Fact,
    Facts,
    Heading,
    ListPart,
    Part,
    Passage,
    Sheet,
    Signer,
    SignHere,
    TablePart,
    Words,
    passage,
)  # fmt: skip

NARROW, WIDE = 1, 3


def form_sheet(form: ConsentForm, items: Sequence[Item], on: date) -> Sheet:
    """The form to print, with places for the answer to each thing and for the signature."""
    return _sheet(
        "consent-form", form.title, form.lang, on, (*form_parts(form), *_to_sign(items, form.lang)), form.about
    )


def form_parts(form: ConsentForm) -> tuple[Part, ...]:
    """The sections of the form."""
    return tuple(part for one in form.sections for part in (Heading(one.heading), *map(_block, one.blocks)))


def text_parts(text: str) -> tuple[Part, ...]:
    """A plain text as parts: its paragraphs, its lists, and its lines in capitals as headings."""
    return tuple(_paragraph(one) for one in tidy(text).strip("\n").split("\n\n") if one.strip())


def signed_sheet(title: str, text: str, proof: Proof, lang: str, on: date) -> Sheet:
    """What was signed, word for word, and behind it on a page of its own the proof of the signature."""
    return _sheet("signed", title, lang, on, (*text_parts(text), *_certificate(proof, lang)))


def sample_sheet(lang: str, on: date) -> Sheet:
    """A sample by which somebody sees if their device can open a PDF."""
    words = Words(passage(says_signing("sample-words", lang)))
    return _sheet("sample", says_signing("sample-title", lang), lang, on, (words,))


def _sheet(
    kind: str, title: str, lang: str, on: date, parts: tuple[Part, ...], about: Iterable[tuple[str, str]] = ()
) -> Sheet:
    name = one_line(title)
    return Sheet(
        kind=kind, name=name, title=name, lang=lang, day=on, subtitle="",
        child=" · ".join(one_line(f"{label}: {value}") for label, value in about), head=name,
        pages=says_signing("page", lang, page="{page}", pages="{pages}"), made=says_signing("made", lang),
        draft=(says_signing("draft", lang), says_signing("draft-sentence", lang)), parts=parts,
    )  # fmt: skip


def _block(block: Block) -> Part:
    if block.kind == ITEMS:
        return ListPart(tuple(_passage(text) for text in block.texts))
    return Words(_passage(block.text))


def _paragraph(text: str) -> Part:
    lines = text.split("\n")
    if all(line.startswith("- ") for line in lines):
        return ListPart(tuple(_passage(line[2:]) for line in lines))
    if len(lines) == 1 and text.isupper():
        return Heading(one_line(text))
    return Words(_passage(text))


def _passage(text: str) -> Passage:
    """The text as one paragraph that keeps its lines."""
    return Passage((RichBlock(PARAGRAPH, (Run(tidy(text)),)),))


def _to_sign(items: Sequence[Item], lang: str) -> Iterator[Part]:
    yield Heading(says("paper-heading", lang))
    yield Words(passage(says("paper-lead", lang)))
    rows = tuple((passage(one_line(one.text)), Passage()) for one in items)
    header = (says("paper-what", lang), says("paper-answer", lang))
    yield TablePart(says("answer-heading", lang), header, rows, (WIDE, NARROW))
    yield Facts((Fact(says("paper-words", lang), passage("_" * 60)),), short=False)
    columns = tuple(says(name, lang) for name in ("paper-name", "paper-role", "paper-signature", "date"))
    yield SignHere((Signer("", says("paper-parent", lang)),), (columns[0], columns[1], columns[2], columns[3]))


def _certificate(proof: Proof, lang: str) -> Iterator[Part]:
    yield Heading(says_signing("certificate", lang), new_page=True)
    yield Words(passage(says_signing("certificate-lead", lang)))
    lines = proof_lines(proof, lang)
    yield Facts(tuple(Fact(label, passage(one_line(value))) for label, value in lines), short=False)
    yield Words(passage(says_signing("how-to-check", lang)), quiet=True)
