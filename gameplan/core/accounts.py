"""Two accounts of one event, side by side: what each would mean, and whether the difference matters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from gameplan.core import sentences as s
from gameplan.core.days import joined
from gameplan.core.standing import AccountView, Duty, Mark, told_apart
from gameplan.core.words import Say


def merge(found: Mapping[str, Sequence[Duty]]) -> list[Duty]:
    """One list of duties from the duties under each side's account.

    Where the accounts lead to different answers, `due` stays empty unless both agree on it, the range spans
    both, and `accounts` holds each.
    """
    by_mark: dict[Mark, dict[str, Duty]] = {}
    for side, duties in found.items():
        for mark, duty in told_apart(duties):
            by_mark.setdefault(mark, {})[side] = duty
    sides = tuple(found)
    return [_one(views, sides) for views in by_mark.values()]


def _view(side: str, duty: Duty | None) -> AccountView:
    if duty is None:
        return AccountView(side, None, None, "not-started")
    return AccountView(
        side, duty.started, duty.due, duty.status, duty.done, duty.days_left, duty.days_late, duty.lapsed
    )


def _one(views: Mapping[str, Duty], sides: Sequence[str]) -> Duty:
    duties = [views.get(side) for side in sides]
    first = next(duty for duty in duties if duty)
    if all(duty and _same(duty, first) for duty in duties):
        return first
    accounts = tuple(_view(side, duty) for side, duty in zip(sides, duties, strict=True))
    present = [duty for duty in duties if duty]
    told = [_sentence(account) for account in accounts]
    answers = {(d.due, d.due_earliest, d.due_latest, d.status, d.done) if d else None for d in duties}
    if len(answers) == 1:
        return replace(first, accounts=accounts, because=(*first.because, Say(s.ACCOUNTS_AGREE), *told))
    statuses = {account.status for account in accounts}
    same_status = len(statuses) == 1
    days = [day for duty in present for day in (duty.due, duty.due_earliest, duty.due_latest) if day]
    certain = {duty.due for duty in present}
    return replace(
        first,
        status=statuses.pop() if same_status else "cannot-tell",
        reason=first.reason if same_status else "accounts",
        due=first.due if len(certain) == 1 and len(present) == len(duties) else None,
        due_earliest=min(days) if days else None,
        due_latest=max(days) if days else None,
        days_left=min((duty.days_left for duty in present if duty.days_left is not None), default=None),
        days_late=min((d.days_late for d in present if d.days_late is not None), default=None) if same_status else None,
        because=(*first.because, Say(s.TWO_ACCOUNTS), *told),
        would_settle=joined(*(duty.would_settle for duty in present), (Say(s.ACCOUNTS_SETTLE),)),
        accounts=accounts,
    )


def _same(duty: Duty, other: Duty) -> bool:
    return (duty.started, duty.due, duty.due_earliest, duty.due_latest, duty.status, duty.done) == (
        other.started, other.due, other.due_earliest, other.due_latest, other.status, other.done,
    )  # fmt: skip


def _sentence(account: AccountView) -> Say:
    side = Say(s.SIDES.get(account.said_by, account.said_by))
    if account.started is None:
        return Say(s.ACCOUNT_NOTHING, {"side": side})
    if account.due is None:
        return Say(s.ACCOUNT_NO_DUE, {"side": side, "started": account.started})
    return Say(s.ACCOUNT, {"side": side, "started": account.started, "due": account.due})
