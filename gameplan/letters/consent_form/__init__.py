"""The consent form: what is asked, what each answer does, and what the law wants on it, composed as plain text."""

from gameplan.letters.consent_form.answering import NO, YES, Said, answer_lines, answer_text, revocation_text
from gameplan.letters.consent_form.asked import SAME, TRANSLATED, UNDERSTOOD, Asked, Item, asked_json, read_asked
from gameplan.letters.consent_form.composing import ConsentForm, Section, compose_form, form_json, read_form, things
from gameplan.letters.consent_form.kinds import ASKABLE, ConsentKind, consent_kind, consent_kinds
from gameplan.letters.consent_form.lacking import Lack, lacking
from gameplan.letters.consent_form.wording import says

__all__ = [
    "ASKABLE", "NO", "SAME", "TRANSLATED", "UNDERSTOOD", "YES", "Asked", "ConsentForm", "ConsentKind", "Item", "Lack",
    "Said", "Section", "answer_lines", "answer_text", "asked_json", "compose_form", "consent_kind", "consent_kinds",
    "form_json", "lacking", "read_asked", "read_form", "revocation_text", "says", "things",
]  # fmt: skip
