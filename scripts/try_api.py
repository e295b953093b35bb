"""Try the API with thousands of made-up requests, in process, with the tokens of several roles.

    python -m scripts.try_api --requests 5000

Requests are made from the API's own description, right ones and wrong ones. Each answer must be one that is described;
none may be a failure of ours; and no word of another family's case, nor of what a family keeps to itself, may stand in
it. Nothing that is asked for is kept. Prints the requests by address and status; exit code 1 if anything was wrong.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from unittest import mock

import typer

if TYPE_CHECKING:
    from tests.api.house import House

ROLES = ("parent", "iep-manager", "aide", "state-monitor", "")
"""Whose tokens ask; the last one has none."""
IDS: dict[str, list[Any]] = {
    "fact_id": ["f1", "f2", "f3"], "paper_id": ["a1", "a2"], "plan_id": ["p1", "p2"], "meeting_id": ["p2", "p1"],
    "consent_id": ["c1"], "measure_id": ["m1"], "kind": ["evaluation-request", "iee-request"], "place": ["TX", "us"],
    "entry_id": ["initial-evaluation"], "number": [1, 2], "school_year": ["2025-26"],
}  # fmt: skip
"""What is there: made-up ids would find nothing."""
Undone = Callable[[], Any]


@dataclass
class Tally:
    """How many requests got which status, by address, and everything that was wrong."""

    counts: Counter[tuple[str, int]] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    @property
    def requests(self) -> int:
        """How many there were."""
        return sum(self.counts.values())

    def table(self) -> str:
        """The counts as a table: one line an address, one column a status."""
        statuses = sorted({status for _name, status in self.counts})
        names = list(dict.fromkeys(name for name, _status in sorted(self.counts)))
        width = max(map(len, names), default=0)
        lines = [" ".join([f"{'':{width}}", *(f"{status:>6}" for status in statuses)])]
        for name in names:
            lines.append(" ".join([f"{name:{width}}", *(f"{self.counts[name, one] or '':>6}" for one in statuses)]))
        sums = [sum(number for (_name, status), number in self.counts.items() if status == one) for one in statuses]
        return "\n".join([*lines, " ".join([f"{'together':{width}}", *(f"{number:>6}" for number in sums)])])


def try_all(house: House, requests: int, seed: int = 1) -> Tally:
    """Ask about so many times, spread over all addresses and roles; the database must hold `house`."""
    import schemathesis
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import seed as seeded
    from hypothesis import strategies as st

    from gameplan.api.hooks import add_hook
    from gameplan.api.models import Token
    from gameplan.api.openapi import document
    from gameplan.config.wsgi import application
    from gameplan.people.invitations import hash_of

    schema = schemathesis.openapi.from_dict(document())
    schema.app = application
    operations: list[Any] = [cast("Any", found).ok() for found in schema.get_all_operations()]
    tokens = [house.token(role) if role else "" for role in ROLES]
    tally, each = Tally(), max(1, round(requests / len(operations)))
    hook, _secret = add_hook(Token.objects.get(token_hash=hash_of(tokens[0])), "https://example.org/")
    ids: dict[str, list[Any]] = {
        **IDS,
        "hook_id": [str(hook.pk)],
        "case_id": [str(house.case.pk)] * 5 + [str(house.theirs.pk)],
        "place_id": [str(house.school.pk)],
    }
    whole = settings(
        max_examples=each, database=None, deadline=None, phases=[Phase.generate], derandomize=False,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    for number, operation in enumerate(operations):

        @seeded(seed + number)
        @whole
        @given(
            case=st.one_of(
                operation.as_strategy(), operation.as_strategy(generation_mode=schemathesis.GenerationMode.NEGATIVE)
            ),
            who=st.sampled_from(range(len(ROLES))),
            chosen=st.fixed_dictionaries({name: st.sampled_from(some) for name, some in ids.items()}),
            real=st.sampled_from([True, True, True, False]),
            sample=st.booleans(),
        )
        def ask(case: Any, who: int, chosen: dict[str, Any], real: bool, sample: bool) -> None:
            if real and case.path_parameters:
                case.path_parameters = {name: chosen.get(name, value) for name, value in case.path_parameters.items()}
            if sample:
                _take_sample(case)
            _ask(case, ROLES[who], tokens[who], tally)

        ask()
    return tally


def _take_sample(case: Any) -> None:
    """Send what the description gives as an example: only that gets far into a verb."""
    from gameplan.api.openapi import document

    body = document()["paths"][case.operation.path][case.operation.method].get("requestBody", {})
    example = body.get("content", {}).get("application/json", {}).get("example")
    if example is not None:
        case.body, case.media_type = example, "application/json"


def _ask(case: Any, role: str, token: str, tally: Tally) -> None:
    """Ask once, look at the answer, and take back what was done."""
    from django.db import transaction
    from schemathesis.checks import not_a_server_error
    from schemathesis.core.failures import FailureGroup
    from schemathesis.specs.openapi import checks as openapi

    from tests.api.house import CANARY, THEIRS

    checks: Any = [
        not_a_server_error, openapi.status_code_conformance, openapi.content_type_conformance,
        openapi.response_headers_conformance, openapi.response_schema_conformance,
    ]  # fmt: skip
    name = f"{case.operation.method.upper()} {case.operation.path}"
    with transaction.atomic():
        answer = case.call(headers={"Authorization": f"Bearer {token}"} if token else {})
        transaction.set_rollback(True)
    tally.counts[name, answer.status_code] += 1
    told = f"{name} as {role or 'nobody'}: {answer.status_code} {answer.content[:300]!r}"
    secret = [THEIRS] if role == "parent" else [THEIRS, CANARY]
    if any(word.encode() in answer.content for word in secret):
        tally.wrong.append(f"a leak: {told}")
    try:
        case.validate_response(answer, checks=checks)
    except FailureGroup as group:
        tally.wrong.append(f"{'; '.join(str(one) for one in group.exceptions)[:600]}: {told}")


@contextmanager
def undisturbed() -> Iterator[None]:
    """No limits to how often somebody asks, no look at the network, and one line to the database for all requests."""
    from django.core.signals import request_finished, request_started
    from django.db import close_old_connections

    patches: list[Any] = [
        mock.patch(f"gameplan.api.callers.{name}", 10**9) for name in ("A_TOKEN", "AN_ADDRESS", "WRONG_TOKENS")
    ]
    patches.append(mock.patch("gameplan.api.outward.resolved", return_value=["93.184.216.34"]))
    for one in patches:
        one.start()
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for one in patches:
            one.stop()
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


def main(
    requests: int = typer.Option(5000, help="About how many requests."),
    seed: int = typer.Option(1, help="Other numbers make other requests."),
) -> None:
    """Try the API on a made-up school in a folder of its own, and print what came of it."""
    folder = tempfile.mkdtemp(prefix="gameplan-try-api-")
    os.environ.update(GAMEPLAN_DATA=folder, GAMEPLAN_SHARED="1", DJANGO_SETTINGS_MODULE="gameplan.config.settings")
    from gameplan.config.serve import make_cases

    try:
        make_cases(Path(folder))
        from tests.api.house import full_house

        with undisturbed():
            tally = try_all(full_house(), requests, seed)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(tally.table())
    print(f"{tally.requests} requests, {len(tally.wrong)} wrong.")
    for line in dict.fromkeys(tally.wrong):
        print(f"- {line}")
    sys.exit(1 if tally.wrong else 0)


if __name__ == "__main__":
    typer.run(main)
