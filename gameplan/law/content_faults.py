"""Do the lists hold together? Every name in them is resolved; `gameplan law check` runs this."""

from __future__ import annotations

from collections.abc import Iterator

from gameplan.core.faults import Fault
from gameplan.law.contents import (
    FIXED_NEEDS,
    MATRIX,
    ContentList,
    Contents,
    StateConsent,
    contents,
)
from gameplan.law.files import LawFileError
from gameplan.law.library import state_pack, states, vocabulary

CONSENT_FACTS = ("consent-requested", "consent-given", "consent-refused", "consent-revoked")


def content_faults() -> list[Fault]:
    """Every fault in the lists, the circumstances and the consent matrix: where, what, mend."""
    try:
        read = contents()
    except LawFileError as error:
        return list(error.faults)
    return [*_lists(read), *_circumstances(read), *_consent(read), *_state_rows(read)]


def _lists(read: Contents) -> Iterator[Fault]:
    for one in read.lists.values():
        where = f"content {one.id}"
        if not one.items:
            yield Fault(f"{where}.items", "the list is empty.", "Add items, or take the list out.")
        if one.for_event and one.for_event not in vocabulary().kinds:
            yield Fault(
                f"{where}.for_event", f'there is no kind of fact "{one.for_event}".', "Name one of events.toml."
            )
        yield from _items(one, read, where)


def _items(one: ContentList, read: Contents, where: str) -> Iterator[Fault]:
    seen: set[str] = set()
    for item in one.items:
        if item.id in seen:
            yield Fault(f"{where}.{item.id}", "two items have this id.", "Give one of them another id.")
        seen.add(item.id)
        if item.need not in FIXED_NEEDS and item.need not in read.circumstances:
            mend = f"Use one of {', '.join(FIXED_NEEDS)}, or name one of circumstances.toml."
            yield Fault(f"{where}.{item.id}.need", f'there is no circumstance "{item.need}".', mend)


def _circumstances(read: Contents) -> Iterator[Fault]:
    used = {item.need for one in read.lists.values() for item in one.items}
    for name in read.circumstances:
        if name not in used:
            yield Fault(f"circumstance {name}", "no item depends on it.", "Take it out.")


def _consent(read: Contents) -> Iterator[Fault]:
    if MATRIX not in read.lists:
        yield Fault(f"content {MATRIX}", "the head of the matrix is missing.", "Add it to consent.toml.")
    known = {
        value
        for kind in CONSENT_FACTS
        for field in vocabulary().kinds[kind].fields
        if field.name == "for"
        for value in field.values
    }
    for rule in read.consent.values():
        if rule.fact and rule.fact not in known:
            yield Fault(f"consent {rule.id}.fact", f'no fact says for = "{rule.fact}".', f"One of {sorted(known)}.")


def _state_rows(read: Contents) -> Iterator[Fault]:
    seen: set[tuple[str, str]] = set()
    for row in read.state_consent:
        where = f"state_consent {row.state}/{row.for_}"
        if (row.state, row.for_) in seen:
            yield Fault(where, "two rows are for the same.", "Make one row of them.")
        seen.add((row.state, row.for_))
        if row.for_ not in read.consent:
            yield Fault(f"{where}.for", f'there is no consent rule "{row.for_}".', "Name one of consent.toml.")
        if row.state not in states():
            yield Fault(f"{where}.state", f'"{row.state}" is not a State.', "Use two letters, for example TX.")
        else:
            yield from _agrees(row, where)


def _agrees(row: StateConsent, where: str) -> Iterator[Fault]:
    """The State file says by `consent_for_every_iep` whether each IEP needs permission; the row may not differ."""
    told = state_pack(row.state).facts.get("consent_for_every_iep")
    if row.for_ == "iep-content" and isinstance(told, bool) and row.needed and told != (row.needed == "yes"):
        what = f"the State file says consent_for_every_iep = {str(told).lower()}."
        yield Fault(f"{where}.needed", what, "Mend one of the two.")
