"""Signing on a screen in words: what one agrees to before, what the page of proof says, an answer to a plan. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from gameplan.letters.composing import hash_of
from gameplan.letters.phrases import day_in_words
from gameplan.letters.sentences import sentences

says = sentences(Path(__file__).parent / "wording.toml")

TERMS: Final = (
    "terms-choice", "terms-covers", "terms-paper", "terms-withdraw", "terms-address", "terms-needs", "terms-law",
)  # fmt: skip
METHODS: Final = ("password", "passkey", "second", "sso", "link", "account")
"""The ways of signing in that the page of proof has words for; `account`: it is not known more closely."""
AGREED, REFUSED = "agreed", "refused"


@dataclass(frozen=True, slots=True)
class Proof:
    """What the page of proof says of one signature. Times are in words already; `trail_number` 0: nothing before."""

    name: str
    role: str
    account: str
    method: str
    signed_in: str
    at: str
    at_utc: str
    agreed: str
    sha256: str
    subject: str
    trail_number: int
    trail_head: str


def terms_lines(lang: str) -> tuple[str, ...]:
    """What somebody agrees to before signing on a screen, one paragraph each (15 U.S.C. 7001(c))."""
    return tuple(says(name, lang) for name in TERMS)


def terms_text(lang: str) -> str:
    """The same as one text with its title. This is the text that is hashed."""
    return "\n\n".join([says("terms-title", lang), *terms_lines(lang)]) + "\n"


def terms_hash(lang: str) -> str:
    """The SHA-256 of that text, as 64 hexadecimal digits."""
    return hash_of(terms_text(lang))


def proof_lines(proof: Proof, lang: str) -> tuple[tuple[str, str], ...]:
    """The lines of the page of proof: what it is called, and what stands there."""
    method = says(f"method-{proof.method if proof.method in METHODS else 'account'}", lang)
    trail = says("trail-words", lang, number=str(proof.trail_number), head=proof.trail_head)
    lines = (
        ("name", proof.name),
        ("role", proof.role),
        ("account", proof.account),
        ("method", says("method-since", lang, method=method, at=proof.signed_in) if proof.signed_in else method),
        ("when", proof.at),
        ("when-utc", proof.at_utc),
        ("intent", says("intent-words", lang)),
        ("agreed", proof.agreed),
        ("subject", proof.subject),
        ("hash", proof.sha256),
        ("trail", trail if proof.trail_number else says("trail-none", lang)),
    )
    return tuple((says(name, lang), value) for name, value in lines if value)


@dataclass(frozen=True, slots=True)
class PlanAnswer:
    """A parent's answer to a version of a plan, for its words.

    `items`: each thing by name with agreed, refused or nothing. `everything`: agreed, refused or nothing, for all
    that `items` does not name. `services`: permission for first services, None where nothing is said of it.
    """

    number: int
    child: str
    given: date
    sha256: str
    everything: str = ""
    items: tuple[tuple[str, str], ...] = ()
    services: bool | None = None


def plan_answer_text(answer: PlanAnswer, lang: str) -> str:
    """What a parent signs under their answer to a version of a plan."""
    number = str(answer.number)
    lead = says(
        "plan-lead", lang, number=number, child=answer.child, day=day_in_words(answer.given, lang), hash=answer.sha256
    )
    parts = [says("plan-title", lang, number=number), lead]
    if answer.services is not None:
        parts.append(says("plan-services", lang, said=says("yes" if answer.services else "no", lang)))
    if answer.everything:
        parts.append(says("plan-yes-all" if answer.everything == AGREED else "plan-no-all", lang))
    if answer.items:
        parts.append("\n".join(f"- {line}" for line in _items(answer.items, lang)))
    return "\n\n".join([*parts, says("plan-rest", lang)]) + "\n"


def _items(items: Iterable[tuple[str, str]], lang: str) -> Iterable[str]:
    names = {AGREED: "plan-agreed", REFUSED: "plan-refused"}
    return (says(names.get(said, "plan-open"), lang, what=what) for what, said in items)
