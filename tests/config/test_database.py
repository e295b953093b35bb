"""One SQLite file by default, PostgreSQL by one variable."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from gameplan.config.database import database
from gameplan.config.environment import WrongSetting
from tests.backup.conftest import bare, gameplan

DATA = Path("/somewhere/gameplan")


def test_without_an_address_it_is_one_file_in_the_folder() -> None:
    told = database("", DATA)
    assert told["ENGINE"] == "django.db.backends.sqlite3"
    assert told["NAME"] == "/somewhere/gameplan/gameplan.sqlite3"
    assert told["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in told["OPTIONS"]["init_command"]


def test_a_postgresql_address_is_taken_apart() -> None:
    told = database("postgres://ana:p%40ss%2Fword@db.example:5433/cases?sslmode=require", DATA)
    assert told["ENGINE"] == "django.db.backends.postgresql"
    assert (told["USER"], told["PASSWORD"]) == ("ana", "p@ss/word")
    assert (told["HOST"], told["PORT"], told["NAME"]) == ("db.example", "5433", "cases")
    assert told["OPTIONS"] == {"sslmode": "require"}


def test_a_postgresql_socket_is_an_address_too() -> None:
    told = database("postgresql://postgres:@/cases?host=/run/pg", DATA)
    assert (told["HOST"], told["NAME"], told["OPTIONS"]) == ("/run/pg", "cases", {})


def test_an_sqlite_file_may_lie_elsewhere() -> None:
    assert database("sqlite:////elsewhere/cases.sqlite3", DATA)["NAME"] == "/elsewhere/cases.sqlite3"


@pytest.mark.parametrize("url", ["mysql://x/y", "cases", "postgres://host:port/x", "postgres://host", "sqlite:"])
def test_another_address_is_refused_without_telling_the_secret(url: str) -> None:
    with pytest.raises(WrongSetting, match="DATABASE_URL") as wrong:
        database(url, DATA)
    assert "Write postgres://" in str(wrong.value)


def test_what_is_deleted_is_overwritten_and_links_are_kept(db: None) -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            found = {
                name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("secure_delete", "synchronous", "foreign_keys")
            }
        assert found == {"secure_delete": 1, "synchronous": 2, "foreign_keys": 1}
    assert connection.settings_dict["CONN_MAX_AGE"]


def test_a_server_that_does_not_answer_is_said_in_one_line_without_its_password(tmp_path: Path) -> None:
    away = {"GAMEPLAN_SHARED": "1", "DATABASE_URL": "postgresql://ada:dont-tell@127.0.0.1:1/cases"}
    ran = gameplan("serve", "--shared", "--data", tmp_path, "--port", "0", env=bare() | away)
    assert (ran.returncode, len(ran.stderr.strip().splitlines())) == (2, 1), ran.stderr
    assert ran.stderr.startswith("DATABASE_URL: the database does not answer")
    assert "dont-tell" not in ran.stderr
