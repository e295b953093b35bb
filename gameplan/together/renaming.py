"""A case as it is told, with other ids: so that it can be written into another one, after what stands there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from gameplan.core.entries import Vocabulary
from gameplan.core.facts import Case, Fact, SentLetter
from gameplan.together.renaming_records import LISTS, NUMBERED, renamed_records

LETTERS = {
    "fact": "f", "paper": "a", "letter": "l", "plan": "p", "consent": "c", "signature": "s", "notice": "n",
    "delivery": "d", "measure": "m", "support": "s",
}  # fmt: skip
INSIDE = {
    "point": "measure", "change": "measure", "decision": "measure", "incident": "measure", "support-note": "support",
    "behavior-summary": "measure", "behavior-plan": "measure",
}  # fmt: skip
"""What is named after something else and a number of its own ("point:m1/7")."""
Told = Mapping[str, Any]


@dataclass(frozen=True)
class Renamed:
    """The new id of each fact, paper, letter, plan and so on, and by how much the versions' numbers rise, by plan."""

    ids: Mapping[str, Mapping[str, str]]
    rise: Mapping[str, int] = field(default_factory=dict)

    def now(self, what: str, name: str) -> str:
        """The new id; what has none stays as it is."""
        return self.ids[what].get(name, name)

    def name(self, about: str) -> str:
        """The new form of a name like "fact:f3" or "version:p2/1"; of what has no new id, the same."""
        what, _colon, name = about.partition(":")
        if what == "version":
            plan, slash, number = name.partition("/")
            return f"{what}:{self.now('plan', plan)}{slash}{self.risen(plan, number)}"
        if what in INSIDE:
            outer, slash, number = name.partition("/")
            return f"{what}:{self.now(INSIDE[what], outer)}{slash}{number}"
        return f"{what}:{self.now(what, name)}" if what in self.ids else about

    def risen(self, plan: str, rest: str) -> str:
        """The number of a version of a plan as it is now; `rest` may say more after a stroke."""
        number, slash, more = rest.partition("/")
        return f"{int(number) + self.rise.get(plan, 0)}{slash}{more}" if number.isdigit() else rest


def ids_of(told: Case) -> dict[str, list[str]]:
    """The ids that a case uses, by what they name."""
    return {
        "fact": [one.id for one in told.facts], "paper": [one.id for one in told.attachments],
        "letter": [one.id for one in told.letters], "plan": [str(one["id"]) for one in told.plans],
        "consent": [str(one["id"]) for one in told.consents], "signature": [str(one["id"]) for one in told.signatures],
        **{what: [str(one["id"]) for one in told.records.get(rows, ())] for what, rows in LISTS.items()},
    }  # fmt: skip


def renaming(mine: Mapping[str, Sequence[str]], taken: Mapping[str, Iterable[str]], rise: Mapping[str, int]) -> Renamed:
    """New ids for all that would meet another of the same id; numbered on, in the order in which they come."""
    free = {what: _free(mine[what], set(taken[what]), LETTERS[what]) for what in LETTERS}
    return Renamed({**free, **{what: _numbered_on(mine[what], taken[what]) for what in NUMBERED}}, rise)


def _numbered_on(names: Sequence[str], taken: Iterable[str]) -> dict[str, str]:
    """What has a number and no letter keeps its order, after the last one there."""
    last = max(map(int, taken), default=0)
    return {name: str(last + number) if last else name for number, name in enumerate(names, start=1)}


def _free(names: Sequence[str], taken: set[str], letter: str) -> dict[str, str]:
    used, found, number = taken | set(names), {}, len(taken)
    for name in names:
        found[name] = name
        while found[name] in taken or (found[name] != name and found[name] in used):
            number += 1
            found[name] = f"{letter}{number}"
        used.add(found[name])
    return found


def renamed_case(told: Case, names: Renamed, pairs: Mapping[str, Fact], vocabulary: Vocabulary) -> Case:
    """The same case with the new ids. `pairs` gives, for a fact, the one of the other case that tells the same.

    Both accounts stand: the first of a line of facts becomes an account of its match, and so does all that was an
    account of it. Where both would be one side's words, the family's becomes the parent's.
    """
    refs = {kind.id: [one.name for one in kind.fields if one.type == "ref"] for kind in vocabulary.kinds.values()}
    first = _firsts(told.facts)
    met = {first[name]: other for name, other in pairs.items() if name in first}
    return replace(
        told,
        facts=tuple(
            replace(
                _fact(one, names, refs.get(one.kind, ()), met.get(first[one.id])),
                account_of=_account(one, first, met, names),
            )
            for one in told.facts
        ),
        attachments=tuple(replace(one, id=names.now("paper", one.id)) for one in told.attachments),
        letters=tuple(_letter(one, names) for one in told.letters),
        plans=tuple(_plan(one, names) for one in told.plans),
        consents=tuple(_consent(one, names) for one in told.consents),
        signatures=tuple(_signature(one, names) for one in told.signatures),
        records=renamed_records(told.records, names),
    )


def _firsts(facts: Sequence[Fact]) -> dict[str, str]:
    """The first of the line of corrections that each fact belongs to."""
    found: dict[str, str] = {}
    for fact in facts:
        found[fact.id] = found.get(fact.corrects or "", fact.id)
    return found


def _account(fact: Fact, first: Mapping[str, str], met: Mapping[str, Fact], names: Renamed) -> str | None:
    """Of which fact it is the account now."""
    if fact.account_of:
        root = met.get(first.get(fact.account_of, ""))
        return root.id if root else names.now("fact", fact.account_of)
    other = met.get(fact.id)
    return other.id if other else None


def _fact(fact: Fact, names: Renamed, refs: Collection[str], match: Fact | None) -> Fact:
    same_words = match is not None and fact.said_by == match.said_by
    data = {name: _ref(name, value, names) if name in refs else value for name, value in fact.data.items()}
    return replace(
        fact, id=names.now("fact", fact.id), data=data, said_by="parent" if same_words else fact.said_by,
        corrects=names.now("fact", fact.corrects) if fact.corrects else None,
        attachments=tuple(names.now("paper", one) for one in fact.attachments),
    )  # fmt: skip


def _ref(name: str, value: object, names: Renamed) -> object:
    """What a field of a fact points at: a letter, a plan, or another fact."""
    what = name if name in ("letter", "plan") else "fact"
    return names.now(what, value) if isinstance(value, str) else value


def _letter(one: SentLetter, names: Renamed) -> SentLetter:
    sent = tuple(
        {
            **row,
            **({"fact": names.now("fact", row["fact"])} if row.get("fact") else {}),
            **({"receipt": names.now("paper", row["receipt"])} if row.get("receipt") else {}),
        }
        for row in one.sent
    )
    name = names.now("letter", one.id)
    corrects = names.now("letter", one.corrects) if one.corrects else None
    return replace(one, id=name, corrects=corrects, sent=sent, pdf=f"papers/{name}.pdf" if one.pdf else "")


def _plan(told: Told, names: Renamed) -> Told:
    name = names.now("plan", told["id"])
    rise = names.rise.get(told["id"], 0)
    more: dict[str, Any] = {}
    if told.get("versions"):
        more["versions"] = [
            {**one, "number": one["number"] + rise, "pdf": f"papers/{name}-version-{one['number'] + rise}.pdf"}
            for one in told["versions"]
        ]
    if told.get("steps"):
        more["steps"] = [
            {**one, "version": one["version"] + rise if one.get("version") else one.get("version"),
             "facts": [names.now("fact", fact) for fact in one.get("facts") or ()]}
            for one in told["steps"]
        ]  # fmt: skip
    follows = names.now("plan", told["follows"]) if told.get("follows") else ""
    return {**told, "id": name, "follows": follows, **more}


def _consent(told: Told, names: Renamed) -> Told:
    name = names.now("consent", told["id"])
    answers = [
        {**one, "facts": [names.now("fact", fact) for fact in one["facts"]], "paper": names.now("paper", one["paper"])}
        for one in told["answers"]
    ]
    facts = [names.now("fact", fact) for fact in told["facts"]]
    return {**told, "id": name, "facts": facts, "answers": answers, "pdf": f"papers/{name}.pdf"}


def _signature(told: Told, names: Renamed) -> Told:
    """What was signed stays as it was; its subject is found under its new name."""
    name = names.now("signature", told["id"])
    kind, _colon, subject = told["subject"].partition(":")
    first, slash, rest = subject.partition("/")
    what = {"consent": "consent", "version": "plan"}.get(kind, "")
    if not what:
        return {**told, "id": name, "pdf": f"papers/{name}.pdf"}
    subject = f"{kind}:{names.now(what, first)}{slash}{names.risen(first, rest) if kind == 'version' else rest}"
    return {**told, "id": name, "subject": subject, "pdf": f"papers/{name}.pdf"}


def renamed_papers(told: Iterable[Told], names: Renamed, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The papers of permission and signatures by the paths that they have now."""
    found = {}
    for one in told:
        what = "consent" if "answers" in one else "signature"
        found[f"papers/{names.now(what, one['id'])}.pdf"] = files[one["pdf"]]
    return found


def renamed_files(told: Iterable[Told], names: Renamed, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The papers of plans' versions by the paths that they have now."""
    return {
        after["pdf"]: files[before["pdf"]]
        for plan in told
        for before, after in zip(plan.get("versions") or (), _plan(plan, names).get("versions") or (), strict=True)
    }
