"""The record of access: told in sentences, whole to the family, and to the school without what the family keeps."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gameplan.cases import record, verbs
from gameplan.cases.doors import note_access
from gameplan.cases.models import Case
from gameplan.cases.people import HOME
from gameplan.cases.record_words import LOOKS, OPEN, PURPOSES, SENTENCES, SILENT, sentence
from gameplan.cases.verifying import verdicts
from gameplan.core.facts import Child
from gameplan.core.words import ENGLISH
from gameplan.people.models import User
from gameplan.people.roles import ROLES
from gameplan.planning.named import STEPS_NAMED
from tests.record.conftest import opened_by

PACKAGE = Path(verbs.__file__).parents[1]
NOTING = {"note_access": 2, "note": 2, "note_many": 2, "every_case": 0}
PASSED_ON = {"action", "verb", "to"}
"""Names under which a verb passes on what its caller said: the caller's own words are looked at."""


def said(case: Case) -> list[str]:
    return [ENGLISH.say(line.said) for line in record.record_of(case)]


def test_the_family_is_told_who_did_what_in_which_role_where_and_why(family: Case, school_side: Case) -> None:
    verbs.record_fact(
        school_side, by=school_side.reader, kind="meeting-held", on=date(2025, 9, 3), said_by="school"
    )  # fmt: skip
    newest = record.record_of(family)[0]
    assert ENGLISH.say(newest.said) == "Wrote down what happened."
    assert (newest.who.name, ENGLISH.say(newest.who.role), newest.who.organisation) == (
        "Hill", "IEP manager", "Oak School",
    )  # fmt: skip
    assert ENGLISH.say(newest.who.purpose) == "Takes care of the child’s plan for the school"
    assert newest.about == "fact:f1"


def test_the_school_is_not_told_what_the_family_does_by_itself(family: Case) -> None:
    mother = family.reader
    for private in (False, True):
        verbs.record_fact(family, by=mother, kind="meeting-held", on=date(2025, 9, 3), private=private)
    verbs.attach(family, by=mother, name="worry.pdf", content=b"%PDF-1.7")
    note_access(family.pk, mother, "finish-letter", about="letter:l1", digest="0" * 64)
    note_access(family.pk, mother, "write-plan")
    note_access(family.pk, mother, "share")
    seen = record.record_of(opened_by("Hill", family))
    assert [(line.action, line.about) for line in seen] == [("read", ""), ("record-fact", "fact:f1")]
    assert {line.about for line in record.record_of(family)} >= {"fact:f2", "paper:a1", "letter:l1"}


def test_what_the_school_does_the_family_is_told_whole(family: Case, school_side: Case) -> None:
    for action in ("write-plan", "share", "begin-plan"):
        note_access(family.pk, school_side.reader, action)
    assert {line.action for line in record.record_of(family)} >= {"write-plan", "share", "begin-plan", "read"}


def test_an_address_is_told_only_to_ones_own_side(family: Case) -> None:
    User.objects.update(name="")
    assert [one.name for one in record.people_in(record.record_of(family))] == ["rosa@example.org"]
    User.objects.filter(email__startswith="hill").update(name="Hill")
    verbs.record_fact(family, by=family.reader, kind="meeting-held", on=date(2025, 9, 3))
    told = record.record_of(opened_by("Hill", family))
    assert "Somebody who gave no name" in [ENGLISH.say(line.who.name) for line in told]


def test_somebody_whose_account_is_gone_is_still_in_the_list(family: Case, school_side: Case) -> None:
    User.objects.filter(name="Hill").delete()
    assert "Somebody who has no account any more" in [ENGLISH.say(one.who.name) for one in record.record_of(family)]


def test_the_same_again_on_a_day_is_one_line(family: Case) -> None:
    for _time in range(3):
        note_access(family.pk, family.reader, "write-plan")
    ((_day, lines),) = record.by_day(record.record_of(family))
    assert [(line.action, line.times) for line in lines] == [("write-plan", 3), ("read", 1), ("start-case", 1)]


def test_the_queries_do_not_grow(family: Case, school_side: Case) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            record.record_of(school_side)
        return len(found)

    queries()
    before = queries()
    for day in range(1, 20):
        verbs.record_fact(family, by=family.reader, kind="meeting-held", on=date(2025, 9, day))
    assert queries() == before


def test_at_home_the_household_is_named_as_such(db: None) -> None:
    case = verbs.start_case(HOME, child=Child(name="Ana"))
    (line,) = record.record_of(case)
    assert ENGLISH.say(line.who.name) == "The family at home"
    assert next(verdicts(case.pk)).findings == ()


def test_every_role_has_a_purpose() -> None:
    assert set(ROLES) - set(PURPOSES) == set()


def test_an_action_that_is_not_known_is_still_told() -> None:
    assert "paint-wall" in ENGLISH.say(sentence("paint-wall"))


def test_the_lists_name_only_actions_that_have_a_sentence() -> None:
    assert (LOOKS | OPEN | SILENT) - set(SENTENCES) == set()
    assert {f"{kind}-plan" for kind in STEPS_NAMED} - set(SENTENCES) == set()


def test_every_action_that_is_written_down_has_a_sentence() -> None:
    found = {(word, name) for path in sorted(PACKAGE.rglob("*.py")) for word, name in actions_in(path)}
    assert {word for word, _ in found} >= {"read", "record-fact", "write-plan", "finish-letter", "export-for-audit"}
    assert sorted((word, name) for word, name in found if word not in SENTENCES) == []


def actions_in(path: Path) -> Iterator[tuple[str, str]]:
    """The action words that a module writes into the trail, and those that it hands to one of its verbs for it."""
    text = path.read_text()
    if not any(word in text for word in (*NOTING, "verb")):
        return
    tree = ast.parse(text)
    constants = {
        target.id: node.value.value
        for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Constant)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target]) if isinstance(target, ast.Name)
    }  # fmt: skip
    yield from ((word, path.name) for word in (*_chosen_words(tree), *_words_of_tables(tree)))
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        yield from ((word, path.name) for word in _verbs_handed_on(call))
        name = _called(call.func)
        if name in NOTING and len(call.args) > NOTING[name]:
            yield from ((word, path.name) for word in _words(call.args[NOTING[name]], constants, path))


def _called(function: ast.expr) -> str:
    """The name of what is called; other rooms have a `note` of their own, which is not the trail's."""
    if not isinstance(function, ast.Attribute):
        return getattr(function, "id", "")
    is_other = function.attr == "note" and getattr(function.value, "id", "") != "trail"
    return "" if is_other else function.attr


def _chosen_words(tree: ast.Module) -> Iterator[str]:
    """The words of a `verb = "this" if so else "that"`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and [getattr(one, "id", "") for one in node.targets] == ["verb"]:
            sides = (node.value.body, node.value.orelse) if isinstance(node.value, ast.IfExp) else (node.value,)
            yield from (str(side.value) for side in sides if isinstance(side, ast.Constant))


def _words_of_tables(tree: ast.Module) -> Iterator[str]:
    """The words of a table `ACTIONS = {...}`, out of which an action is taken."""
    for node in tree.body:
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        value = getattr(node, "value", None)
        if getattr(target, "id", "") == "ACTIONS" and isinstance(value, ast.Dict):
            yield from (str(one.value) for one in value.values if isinstance(one, ast.Constant))


def _verbs_handed_on(call: ast.Call) -> Iterator[str]:
    for keyword in call.keywords:
        if keyword.arg == "verb" and isinstance(keyword.value, ast.Constant):
            yield str(keyword.value.value)


def _words(said: ast.expr, constants: dict[str, Any], path: Path) -> Iterator[str]:
    if isinstance(said, ast.Constant):
        yield str(said.value)
    elif isinstance(said, ast.IfExp):
        yield from (word for side in (said.body, said.orelse) for word in _words(side, constants, path))
    elif isinstance(said, ast.Name) and said.id in constants:
        yield str(constants[said.id])
    elif isinstance(said, ast.Attribute) and said.attr not in PASSED_ON:
        yield said.attr.lower()
    elif isinstance(said, ast.JoinedStr):
        ends = tuple(str(part.value) for part in said.values if isinstance(part, ast.Constant))
        assert any(all(end in word for end in ends) for word in SENTENCES), (path.name, ends)
    elif not (isinstance(said, ast.Subscript) and getattr(said.value, "id", "") == "ACTIONS"):
        passed = said.attr if isinstance(said, ast.Attribute) else getattr(said, "id", "")
        assert passed in PASSED_ON, f"{path.name}: say the action in plain words where it is written down."


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ('note_access(case.pk, by, "paint-wall")', ["paint-wall"]),
        ('ACTION = "paint-wall"\nnote_access(1, by, ACTION)', ["paint-wall"]),
        ('_append(case, verb="paint-wall")', ["paint-wall"]),
        ("note_access(1, by, Action.READ)", ["read"]),
        ('ACTIONS = {1: "paint-wall"}\nnote_access(1, by, ACTIONS[one])', ["paint-wall"]),
        ('note_access(1, by, "paint-wall" if so else "dance")', ["paint-wall", "dance"]),
        ('verb = "paint-wall" if so else "dance"\nnote_access(1, by, verb)', ["paint-wall", "dance"]),
    ],
)
def test_the_check_for_actions_sees_one(tmp_path: Path, source: str, words: list[str]) -> None:
    module = tmp_path / "m.py"
    module.write_text(source)
    assert [word for word, _ in actions_in(module)] == words
