"""The same request from many hands at the same moment is done once on PostgreSQL; `test_client` has SQLite."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection, connections
from pytest_django import Settings

from gameplan.cases.models import Entry
from gameplan.people.models import Spent
from tests.api.house import Program, made_house
from tests.shared import run_shared

# In memory, SQLite does not let others wait as a file does; there `test_client` asks with many hands.
HANDS = 6 if connection.vendor == "postgresql" else 1
FACT = {"kind": "concern-raised", "on": "2025-09-20"}


@pytest.mark.django_db(transaction=True)
def test_many_hands_with_one_key(settings: Settings, tmp_path: Path) -> None:
    run_shared(settings, tmp_path)
    house = made_house()
    token = house.token("parent")

    def ask(_number: int) -> tuple[int, bytes]:
        try:
            answer = Program(token).ask("POST", house.about("/facts"), FACT, Idempotency_Key="one")
            return answer.status_code, answer.content
        finally:
            connections.close_all()

    with ThreadPoolExecutor(HANDS) as hands:
        answers = set(hands.map(ask, range(HANDS)))
    [(status, _body)] = answers
    assert status == 201
    assert Entry.objects.filter(case=house.case).count() == 3
    assert sum(Spent.objects.values_list("number", flat=True)) == 2 * HANDS
