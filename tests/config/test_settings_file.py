"""The settings file: every setting is in the table, every fault is told with its line, and the environment wins."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gameplan.cli import app
from gameplan.config.known import NAMES_THE_FILE, Kind, by_name, every, example, table
from gameplan.config.settings_file import WrongSettings, read, take_in

HOUSE = Path(__file__).resolve().parents[2]
VARIABLE = re.compile(r"""["'](GAMEPLAN_[A-Z_]+|DATABASE_URL)["']""")
# Named in settings.py, too, but never asked of the environment.
ONLY_INSIDE: set[str] = set()


def test_every_variable_that_the_program_asks_for_has_a_name_in_the_file() -> None:
    asked = {
        name
        for path in (HOUSE / "gameplan").rglob("*.py")
        for name in VARIABLE.findall(path.read_text(encoding="utf-8"))
    }
    assert asked - {NAMES_THE_FILE} - ONLY_INSIDE == {one.variable for _group, one in every()}


def test_the_example_reads_and_says_what_the_table_says(tmp_path: Path) -> None:
    assert read(_file(tmp_path, example())) == {}
    bare = re.sub(r"^# (\w+ = )", r"\1", example(), flags=re.MULTILINE)
    found = tomllib.loads(bare)
    assert {f"{group}.{name}" for group, names in found.items() for name in names} == set(by_name())


def test_each_value_of_the_example_fits(tmp_path: Path) -> None:
    bare = re.sub(r"^# (\w+ = )", r"\1", example(), flags=re.MULTILINE)
    for name, one in by_name().items():
        if one.kind in (Kind.FILE, Kind.SECRET):
            (tmp_path / one.name).write_text("something", encoding="utf-8")
            bare = bare.replace(one.example, f'"{one.name}"', 1)
        assert name
    values = read(_file(tmp_path, bare))
    assert set(values) == {one.stands_in for _group, one in every()}
    assert values["GAMEPLAN_HTTPS"] == "1"
    assert values["GAMEPLAN_TODAY"] == "2025-09-03"
    assert values["DATABASE_URL_FILE"] == str(tmp_path / "database_url_file")


def test_the_docs_show_the_table_and_the_example() -> None:
    told = (HOUSE / "docs/operations.md").read_text(encoding="utf-8")
    assert table() in told
    assert (HOUSE / "deploy/gameplan.toml").read_text(encoding="utf-8") == example()


WRONG = """
[keeping]
database_url = "postgres://somebody:secret@host/name"
secret_key_file = "not-there"

[reached]
htps = true
https = "yes"
address = "plans.lakeside.example"

[serving]
port = "8321"

[watching]
log = "xml"

[days]
zone = "Mars/North"

[mial]
sender = "x"
"""


def test_every_fault_is_told_at_once_with_line_and_mend(tmp_path: Path) -> None:
    with pytest.raises(WrongSettings) as refused:
        read(_file(tmp_path, WRONG))
    said = str(refused.value)
    for line in (
        "9 things to mend",
        "line 3, keeping.database_url: there is no such setting. A secret stands in a file of its own: "
        "write keeping.database_url_file",
        "line 4, keeping.secret_key_file: ",
        "line 7, reached.htps: there is no such setting. Did you mean reached.https?",
        "line 8, reached.https: 'yes' is neither yes nor no. Write https = true or false",
        "line 9, reached.address: 'plans.lakeside.example' is no address.",
        "line 12, serving.port: '8321' is not a whole number",
        "line 15, watching.log: 'xml' is none of the words there are. Write one of json, plain, faults.",
        "line 18, days.zone: 'Mars/North' is not a time zone",
        "line 20, mial: there is no such setting. Did you mean mail?",
    ):
        assert line in said
    assert "somebody:secret" not in said


def test_what_is_not_toml_and_what_is_not_there_are_told(tmp_path: Path) -> None:
    with pytest.raises(WrongSettings, match=r"not TOML.*line 1"):
        read(_file(tmp_path, "[reached\n"))
    with pytest.raises(WrongSettings, match="cannot be read"):
        read(tmp_path / "nothing.toml")


def test_the_environment_wins_also_with_a_secret_given_the_other_way(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "url").write_text("postgres://a@b/c", encoding="utf-8")
    path = _file(tmp_path, '[keeping]\ndatabase_url_file = "url"\n[reached]\nproxies = 2\nhosts = ["a.example"]\n')
    for name in (NAMES_THE_FILE, "DATABASE_URL_FILE", "GAMEPLAN_HOSTS"):
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("DATABASE_URL", "postgres://mine@b/c")
    monkeypatch.setenv("GAMEPLAN_PROXIES", "1")
    take_in(path)
    assert os.environ["GAMEPLAN_PROXIES"] == "1"
    assert os.environ["GAMEPLAN_HOSTS"] == "a.example"
    assert not os.environ["DATABASE_URL_FILE"]
    assert os.environ[NAMES_THE_FILE] == str(path)


def test_a_program_that_is_told_of_the_file_runs_by_it(tmp_path: Path) -> None:
    path = _file(tmp_path, '[days]\nzone = "Pacific/Honolulu"\n')
    env = {name: value for name, value in os.environ.items() if not name.startswith("GAMEPLAN_")}
    program = "from django.conf import settings; print(settings.TIME_ZONE)"
    told = env | {"GAMEPLAN_SETTINGS": str(path), "DJANGO_SETTINGS_MODULE": "gameplan.config.settings"}
    ran = subprocess.run([sys.executable, "-c", program], env=told, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "Pacific/Honolulu"


def test_the_command_line_checks_a_file_and_prints_an_example(tmp_path: Path) -> None:
    run = CliRunner().invoke
    assert run(app, ["settings", "example"]).output == example()
    good = run(app, ["settings", "check", str(_file(tmp_path, "[reached]\nproxies = 1\n"))])
    assert good.exit_code == 0
    assert "1 setting, all of them fit" in good.output
    bad = run(app, ["settings", "check", str(_file(tmp_path, "[reached]\nproxies = -1\n"))])
    assert bad.exit_code == 2
    assert "line 2, reached.proxies" in bad.output


def _file(folder: Path, text: str) -> Path:
    path = folder / "gameplan.toml"
    path.write_text(text, encoding="utf-8")
    return path
