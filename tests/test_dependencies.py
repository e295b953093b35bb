"""What is locked is looked at, offline: hashes, licences, and what tools say of holes and of versions taken back."""

from __future__ import annotations

import json

import pytest

from scripts import audit_dependencies as audit
from scripts.audit_dependencies import LOCKS, REQUIREMENTS, SHIPPED, TOOLS, Looked, Pin, fits, pins_in

HASH = "a" * 64
LOCK = f"""# made by a tool
one==1.0 \\
    --hash=sha256:{HASH} \\
    --hash=sha256:{HASH}
    # via two
Two_x[extra]==2.0 ; sys_platform == 'win32' \\
    --hash=sha256:{HASH}
three==3.0
four @ https://example.org/four.zip
"""


def test_a_lock_is_read_with_its_hashes() -> None:
    bare = [Pin("three", "3.0", 0), Pin("four", "", 0)]
    assert [*pins_in(LOCK)] == [Pin("one", "1.0", 2), Pin("two-x", "2.0", 1), *bare]


def test_what_has_no_hash_is_found() -> None:
    found = audit.hashes({"run.txt": [*pins_in(LOCK)]})
    assert [line.split()[1] for line in found.wrong] == ["three", "four"]


@pytest.mark.parametrize("name", LOCKS)
def test_everything_that_is_locked_has_hashes(name: str) -> None:
    pins = [*pins_in((REQUIREMENTS / name).read_text(encoding="utf-8"))]
    assert len(pins) > 30
    assert audit.hashes({name: pins}).wrong == []


def test_the_site_is_built_with_the_versions_that_are_installed_for_work() -> None:
    work, site = (
        {one.name: one.version for one in pins_in((REQUIREMENTS / name).read_text(encoding="utf-8"))}
        for name in ("dev.txt", "site.txt")
    )
    assert {name: version for name, version in site.items() if name in work and work[name] != version} == {}


def test_what_people_install_has_no_tools() -> None:
    names = {one.name for one in pins_in((REQUIREMENTS / "run.txt").read_text(encoding="utf-8"))}
    assert not names & {"pytest", "hypothesis", "playwright", "ruff", "mypy", "pip-audit", "django-debug-toolbar"}


@pytest.mark.parametrize(
    ("licence", "for_all", "for_tools"),
    [
        ("MIT License", True, True),
        ("MIT OR Apache-2.0", True, True),
        ("BSD-3-Clause AND 0BSD AND Zlib", True, True),
        ("MIT AND AGPL-3.0-only", False, True),
        ("AGPL-3.0-or-later", False, True),
        ("GNU General Public License v2 (GPLv2); MIT License", True, True),
        ("GNU General Public License v3", False, True),
        ("LGPL-3.0-only", True, True),
        ("All rights reserved, LIMITED", False, False),
        ("UNKNOWN", False, False),
    ],
)
def test_a_licence_fits_or_not(licence: str, for_all: bool, for_tools: bool) -> None:
    assert (fits(licence, SHIPPED), fits(licence, TOOLS)) == (for_all, for_tools)


def test_a_licence_that_cannot_be_read_is_said_and_is_no_failure() -> None:
    pins = {"run.txt": [Pin("one", "1", 1), Pin("two", "1", 1)]}
    found = audit.licences(pins, {"one": "Proprietary"})
    assert [len(found.wrong), len(found.not_checked)] == [1, 1]


def test_known_holes_and_packages_that_are_not_known() -> None:
    hole = {"id": "CVE-1", "fix_versions": ["1.1"]}
    rows = [{"name": "one", "version": "1.0", "vulns": [hole]}, {"name": "two", "skip_reason": "not found"}]
    found = audit.holes(json.dumps({"dependencies": rows}))
    assert found.wrong == ["one 1.0 has a known hole: CVE-1. Take 1.1."]
    assert "1 of 2" in found.not_checked[0]


def test_versions_that_were_taken_back() -> None:
    said = 'warning: `requests==2.32.0` is yanked (reason: "conflicts")\n'
    assert audit.yanked(said).wrong == ["requests==2.32.0 was taken back by its makers."]


@pytest.mark.parametrize(("wrong", "code"), [(["a hole"], 1), ([], 0)])
def test_only_a_finding_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], wrong: list[str], code: int
) -> None:
    unreached = Looked(not_checked=["Could not reach it: not checked."])
    monkeypatch.setattr(audit, "known_holes", lambda _file, _text: unreached)
    monkeypatch.setattr(audit, "taken_back", lambda: Looked(wrong=wrong))
    monkeypatch.setattr(audit, "installed_licences", dict)
    assert audit.main() == code
    assert "not checked" in capsys.readouterr().out


def test_an_index_that_does_not_answer_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "_run", lambda *_words, **_more: None)
    assert "not checked" in audit.known_holes("run.txt", LOCK).not_checked[0]
    assert "not checked" in audit.taken_back().not_checked[0]
    assert audit.installed_licences() == {}
