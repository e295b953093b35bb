"""The tools in scripts/: translations are never lost, and a command's failure is never swallowed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from scripts import browser, catalogue, with_postgres
from scripts.catalogue import Found, as_text, catalogue_file, updated

PAGE = """
{% load i18n %}
    <p title="it's">{% translate "Due soon" %}</p>
  {% blocktranslate trimmed count n=days %}
    {{ n }} day
      {% plural %}
    {{ n }} days
 {% endblocktranslate %}
{% translate "May" context "month" %}
"""
PROGRAM = b"""
said = Say("Due on {day}, " "by {who}.", {"day": day, "who": Say("the school")})
also = _(
    "Still here"
)
never = Say(f"{made} up", {})
"""


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> set[Found]:
    """The messages of a small program whose catalogue is in a folder of its own; a test may change them."""
    found: set[Found] = {("Hello {name}", None), (("one", "many"), None), ("May", "month")}
    monkeypatch.setattr(catalogue, "LOCALE", tmp_path)
    monkeypatch.setattr(catalogue, "messages", lambda: found)
    catalogue_file("es").parent.mkdir(parents=True)
    write()
    return found


def write(*changes: tuple[str, str], prune: bool = False) -> str:
    """Update the file, then translate in it; its text."""
    text = as_text(updated("es", prune=prune)).decode()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    catalogue_file("es").write_text(text, encoding="utf-8")
    return text


GREETED = ('msgid "Hello {name}"\nmsgstr ""', 'msgid "Hello {name}"\nmsgstr "Hola, {name}"')


def test_a_page_gives_its_messages(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE, encoding="utf-8")
    assert catalogue._of_template(page) == {
        ("Due soon", None),
        (("%(n)s day", "%(n)s days"), None),
        ("May", "month"),
    }


def test_a_module_gives_its_messages() -> None:
    found = {text for text, _context in catalogue._extracted(PROGRAM)}
    assert found == {"Due on {day}, by {who}.", "the school", "Still here"}


@pytest.mark.usefixtures("program")
def test_an_update_keeps_translations_and_changes_nothing_else() -> None:
    text = write(GREETED, ('msgstr[0] ""\nmsgstr[1] ""', 'msgstr[0] "uno"\nmsgstr[1] "muchos"'))
    assert write() == text


def test_a_message_that_comes_back_finds_its_translation(program: set[Found]) -> None:
    write(GREETED)
    program.remove(("Hello {name}", None))
    assert '#~ msgstr "Hola, {name}"' in write()
    program.add(("Hello {name}", None))
    text = write()
    assert '\nmsgstr "Hola, {name}"' in text
    assert "#~" not in text


def test_pruning_forgets_what_nothing_uses(program: set[Found]) -> None:
    write(GREETED)
    program.remove(("Hello {name}", None))
    assert "Hola" not in write(prune=True)


@pytest.mark.usefixtures("program")
def test_a_guess_is_dropped() -> None:
    write((GREETED[0], "#, fuzzy\n" + GREETED[1]))
    assert ("Hello {name}", None) in catalogue.missing("es")
    assert "Hola" not in write()


@pytest.mark.usefixtures("program")
def test_the_file_has_no_times_and_no_line_numbers() -> None:
    text = write()
    assert "Date" not in text
    assert "#:" not in text


def test_a_command_gets_the_database_that_is_set_and_its_failure_counts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://somewhere/else")
    asks = "import os, sys; sys.exit(7 if os.environ['DATABASE_URL'].endswith('/else') else 1)"
    assert with_postgres.run_with_server([sys.executable, "-c", asks]) == 7


def test_root_with_apt_tries_the_system_package_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "_is_root", lambda: True)
    monkeypatch.setattr("scripts.browser.shutil.which", lambda name: f"/usr/bin/{name}")
    tried: list[str] = []
    monkeypatch.setattr(browser, "find_browser", lambda: "/usr/bin/chromium" if len(tried) == 2 else None)

    def runs(command: Sequence[str]) -> bool:
        tried.append(command[0])
        return True

    monkeypatch.setattr(browser, "_runs", runs)
    assert browser.find_or_install() == "/usr/bin/chromium"
    assert tried == ["apt-get", "apt-get"]
    assert "--no-sandbox" in browser.browser_flags()


def test_without_any_browser_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "_is_root", lambda: False)
    monkeypatch.setattr(browser, "find_browser", lambda: None)
    monkeypatch.setattr(browser, "_runs", lambda command: False)
    assert "--no-sandbox" not in browser.browser_flags()
    with pytest.raises(browser.NoBrowser, match="CHROMIUM"):
        browser.find_or_install()
