"""A small program that asks gameplan: what is due in each case, and, if wanted, one fact written down.

    export GAMEPLAN_TOKEN=gameplan_...
    python api_client.py http://127.0.0.1:8321
    python api_client.py http://127.0.0.1:8321 consent-given 2025-09-12 for=initial-evaluation

It needs nothing but Python. Make a token on the page "Programs", or with `gameplan token make`.
"""

from __future__ import annotations

import json
import os
import sys
import uuid
from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen


class Gameplan:
    """The API at an address, with a token."""

    def __init__(self, address: str, token: str) -> None:
        self.base, self.token = address.rstrip("/") + "/api/v1", token

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """What stands in the answer. Ends with everything that was wrong, if anything was."""
        sent = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json", **headers}
        request = Request(self.base + path, json.dumps(body).encode() if body else None, sent, method=method)
        try:
            with urlopen(request, timeout=30) as answer:
                return json.load(answer)
        except HTTPError as error:
            problem = json.load(error)
            faults = [f"  {one['where']}: {one['what']} {one['mend']}" for one in problem["faults"]]
            sys.exit("\n".join([f"{problem['status']}: {problem['title']}", *faults]))

    def all(self, path: str) -> Iterator[Any]:
        """Everything in a list, page by page."""
        after = ""
        while True:
            page = self.ask("GET", f"{path}?{urlencode({'after': after} if after else {})}")
            yield from page["items"]
            after = page["next"]
            if not after:
                return

    def record(self, case: str, kind: str, on: str, data: dict[str, str]) -> Any:
        """Write down a fact. The key makes sure that it is written once, however often the request is sent."""
        told = {"kind": kind, "on": on, "data": data}
        return self.ask("POST", f"/cases/{case}/facts", told, **{"Idempotency-Key": str(uuid.uuid4())})


def main(address: str, *fact: str) -> None:
    """Print what is due in each case; first write down the fact in the first of them, if one is given."""
    gameplan = Gameplan(address, os.environ["GAMEPLAN_TOKEN"])
    cases = list(gameplan.all("/cases"))
    if fact:
        kind, on, *pairs = fact
        made = gameplan.record(cases[0]["id"], kind, on, dict(pair.split("=", 1) for pair in pairs))
        print(f"Written down: {made['id']} {made['kind']} on {made['on']}")
    for case in cases:
        print(case["child"] or case["id"])
        for duty in gameplan.ask("GET", f"/cases/{case['id']}/duties")["items"]:
            if duty["status"] in ("late", "due-soon", "running"):
                print(f"  {duty['due'] or 'no day'}  {duty['status']}: {duty['title']} ({duty['owed_by']})")


if __name__ == "__main__":
    main(*sys.argv[1:])
