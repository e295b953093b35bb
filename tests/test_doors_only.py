"""No query outside the doors: a room reads another room through its doors and changes it through its verbs.

A room owns the models in its `models.py`. Outside of it nobody uses them but to name a type: no manager, no related
manager, no SQL. So nothing can be read past the permission, the record of access and the private side of a family.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parent.parent
GAMEPLAN = HOUSE / "gameplan"
PURE_ROOMS = ("core", "law", "letters", "guide", "plans", "audit", "measures")
MANAGERS = frozenset({"objects", "_base_manager", "_default_manager", "_meta"})
RAISED = ("DoesNotExist", "MultipleObjectsReturned")
SQL = frozenset({"cursor", "raw", "extra", "RawSQL"})
LOOKED_UP = frozenset({"get_model", "get_models", "get_user_model"})
LIBRARY = "allauth"
CHANGES = frozenset({"save", "delete", "refresh_from_db", "bulk_create", "bulk_update", "get_or_create"})
ASKS = frozenset({
    "aggregate", "all", "annotate", "bulk_create", "count", "create", "defer", "delete", "exclude", "exists", "filter",
    "first", "get", "get_or_create", "iterator", "last", "latest", "only", "order_by", "select_related",
    "set", "update", "update_or_create", "values", "values_list",
})  # fmt: skip
# Organisations and posts lie below the cases, which point at them; `districts`, above the cases, is where they change.
# Both rooms that take files in stand on `arriving`, whose tables are theirs.
ALSO_OWNS: Mapping[str, frozenset[str]] = {
    "districts": frozenset({"people"}),
    "arriving": frozenset({"carrying", "rosters"}),
}
# What may break the rule, and why. It is short so that it stays short: a door is nearly always the better way.
EXCEPTIONS: Mapping[tuple[str, str], str] = {
    ("gameplan/web/accounts/forms.py", "save"): "it is a form of the library for signing in, and sends a mail",
    ("gameplan/cases/named.py", "_meta"): "what the hash of a row covers are its columns, whatever they are called",
    (
        "gameplan/care/writing.py",
        "cursor",
    ): "a million rows of its own table; through the models each costs four times that",
    ("gameplan/people/sessions.py", "objects"): "Django's own table of sessions; after a breach all end at once",
    ("gameplan/sealing/fields.py", "_meta"): "the lock holds the name of the place, whatever model it stands in",
    ("gameplan/sealing/rotating.py", "_meta"): "which columns are locked is told by the columns, of all rooms",
    ("gameplan/sealing/rotating.py", "get_models"): "a new key locks the columns of all rooms; what they say stays",
    ("gameplan/config/backup/postgres_store.py", "cursor"): "a backup holds every table, whatever room it is of",
    ("gameplan/config/management/commands/migrate.py", "_meta"): "a new database gets the tables of all rooms",
    ("gameplan/config/management/commands/migrate.py", "get_models"): "a new database gets the tables of all rooms",
    ("gameplan/cases/verbs.py", "cursor"): "after a deletion SQLite overwrites its free pages only by a command",
}
IN_TEMPLATES = re.compile(r"\{[{%][^}]*?\.(?P<name>[a-z_]+)\.(?:all|count|first|last|exists|values|order_by)\b")


@dataclass(frozen=True, slots=True)
class Models:
    """What the rooms own: the room of each model, and the rooms that own a related name."""

    room: Mapping[tuple[str, str], str]  # (module, class) -> room
    related: Mapping[str, frozenset[str]]


def room_of(path: Path) -> str:
    return path.relative_to(GAMEPLAN).parts[0].removesuffix(".py")


def owns(room: str, owner: str | None) -> bool:
    """True if the models of `owner` are this room's to use."""
    return owner in (room, LIBRARY) or owner in ALSO_OWNS.get(room, ())


@cache
def owned() -> Models:
    """Every model of gameplan, by reading the files that define them."""
    room: dict[tuple[str, str], str] = {}
    related: dict[str, set[str]] = {}
    for path in sorted(GAMEPLAN.rglob("models*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        module = ".".join(path.relative_to(HOUSE).with_suffix("").parts)
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and any(map(is_field, node.body)):
                room[module, node.name] = room_of(path)
        for each in ast.walk(tree):
            if isinstance(each, ast.keyword) and each.arg == "related_name" and isinstance(each.value, ast.Constant):
                related.setdefault(str(each.value.value), set()).add(room_of(path))
    return Models(room, {name: frozenset(rooms) for name, rooms in related.items()})


def is_field(node: ast.stmt) -> bool:
    """True for `name = models.SomethingField(...)`."""
    value = node.value if isinstance(node, ast.Assign) else None
    called = value.func if isinstance(value, ast.Call) else None
    return isinstance(called, ast.Attribute) and getattr(called.value, "id", "") == "models"


def modules() -> list[Path]:
    """The modules that could reach the database: another check keeps Django out of the pure rooms."""
    found = (path for path in sorted(GAMEPLAN.rglob("*.py")) if "migrations" not in path.parts)
    return [path for path in found if room_of(path) not in PURE_ROOMS]


def breaches(source: str, name: str, room: str) -> Iterator[tuple[str, int, str]]:
    """What breaks the rule in one module: the word, its line, and what is wrong with it."""
    tree = ast.parse(source, filename=name)
    for word, line, why in (*_foreign_models(tree, name, room), *_calls(tree, room)):
        if (name, word) not in EXCEPTIONS:
            yield word, line, why


def _foreign_models(tree: ast.Module, name: str, room: str) -> Iterator[tuple[str, int, str]]:
    """Models of other rooms that are used for more than naming a type. A `models.py` may point at them."""
    if Path(name).name.startswith("models"):
        return
    rooms = _rooms_of_names(tree)
    types = {id(each) for one in (*_annotations(tree), *_choices(tree)) for each in ast.walk(one)}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield from _whole_module(node)
        if isinstance(node, ast.Name) and not owns(room, rooms.get(node.id, room)) and id(node) not in types:
            yield node.id, node.lineno, f"this model is of the room {rooms[node.id]}: ask its doors or its verbs"
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS and not _is_own(node.value, rooms, room):
            yield node.attr, node.lineno, "a manager is used only by the room that owns the model"


def _rooms_of_names(tree: ast.Module) -> dict[str, str]:
    """The models that a module imports by name, under the name that they have there, each with its room."""
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module)
    named = ((alias, _room_of_name(str(node.module), alias.name)) for node in imports for alias in node.names)
    return {alias.asname or alias.name: room for alias, room in named if room}


def _room_of_name(module: str, name: str) -> str | None:
    """The room that owns a model; a model of the library for signing in belongs to whoever speaks to that library."""
    return LIBRARY if module.startswith("allauth.") else owned().room.get((module, name))


def _whole_module(node: ast.ImportFrom) -> Iterator[tuple[str, int, str]]:
    for alias in node.names:
        if alias.name == "models" and (node.module or "").startswith("gameplan"):
            yield alias.name, node.lineno, "import the models that you name, one by one"


def _is_own(node: ast.expr, rooms: Mapping[str, str], room: str) -> bool:
    """True for a model of this room, for one of a library, and for `self`."""
    return isinstance(node, ast.Name) and (owns(room, rooms.get(node.id)) or node.id == "self")


def _choices(tree: ast.Module) -> Iterator[ast.expr]:
    """A list of choices that stands in a model, such as `Organisation.Kind`: reading it asks nothing."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr[0].isupper() and node.attr not in RAISED:
            yield node


def _annotations(tree: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.arg | ast.AnnAssign) and node.annotation:
            yield node.annotation
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.returns:
            yield node.returns
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "isinstance":
            yield from node.args[1:]


def _calls(tree: ast.Module, room: str) -> Iterator[tuple[str, int, str]]:
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    imported = {alias.asname or alias.name for node in imports for alias in node.names}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        word = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
        if word in SQL:
            yield word, node.lineno, "no SQL of one's own"
        if word in LOOKED_UP:
            yield word, node.lineno, "a model is imported by name, so that this test sees it"
        if isinstance(called, ast.Attribute):
            yield from _called_on(called, room, imported)


def _called_on(called: ast.Attribute, room: str, imported: set[str]) -> Iterator[tuple[str, int, str]]:
    if called.attr in ASKS and isinstance(called.value, ast.Attribute):
        yield from _related(called.value, room)
    is_row = getattr(called.value, "id", "") not in imported
    if called.attr in CHANGES and is_row and room not in rooms_with_models() | ALSO_OWNS.keys():
        yield called.attr, called.lineno, "a row is changed only by a verb of the room that owns it"


def _related(node: ast.Attribute, room: str) -> Iterator[tuple[str, int, str]]:
    owners = owned().related.get(node.attr, frozenset())
    if node.attr.endswith("_set") or (owners and not any(owns(room, owner) for owner in owners)):
        yield node.attr, node.lineno, f"these rows are of the room {' or '.join(sorted(owners)) or '?'}: ask its doors"


@cache
def rooms_with_models() -> frozenset[str]:
    return frozenset(owned().room.values())


def test_no_module_reads_or_changes_past_the_doors() -> None:
    named = {path.relative_to(HOUSE).as_posix(): path for path in modules()}
    found = [
        f"{name}:{line} {word}: {why}"
        for name, path in named.items()
        for word, line, why in breaches(path.read_text(encoding="utf-8"), name, room_of(path))
    ]
    assert "\n".join(found) == ""


def test_no_template_asks_the_database_by_itself() -> None:
    found = [
        f"{path.relative_to(HOUSE)}: {one['name']}"
        for path in GAMEPLAN.rglob("*.html")
        for one in IN_TEMPLATES.finditer(path.read_text(encoding="utf-8"))
        if one["name"] in owned().related
    ]
    assert found == []


def test_every_exception_is_still_needed() -> None:
    for (name, word), _reason in EXCEPTIONS.items():
        tree = ast.parse((HOUSE / name).read_text(encoding="utf-8"))
        assert any(isinstance(node, ast.Attribute) and node.attr == word for node in ast.walk(tree)), (name, word)


def test_the_models_of_all_rooms_are_known() -> None:
    assert {"people", "cases", "planning", "papers"} <= rooms_with_models()
    assert owned().room["gameplan.cases.models", "Case"] == "cases"
    assert owned().related["entries"] == {"cases"}


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("from gameplan.cases.models import Case\nCase.objects.all()", "Case"),
        ("from gameplan.cases.models import Entry as E\ndef f(x: E) -> E:\n    return E(x)", "E"),
        ("from gameplan.cases import models\nmodels.Case.objects.all()", "models"),
        ("import gameplan.cases.models\ngameplan.cases.models.Case.objects.get()", "objects"),
        ("def f(case):\n    return case.entries.filter(kind='x')", "entries"),
        ("def f(case):\n    return case._meta.model._base_manager.all()", "_base_manager"),
        ("def f(case):\n    return type(case)._default_manager.all()", "_default_manager"),
        ("def f(case):\n    return case.shown_set.all()", "shown_set"),
        ("from django.apps import apps\napps.get_model('cases', 'Case')", "get_model"),
        ("from django.db import connection\nconnection.cursor().execute('SELECT 1')", "cursor"),
        ("def f(case):\n    case.save()", "save"),
        ("from gameplan.people.models import User\nUser.DoesNotExist", "User"),
    ],
)
def test_each_way_around_the_doors_is_seen(line: str, word: str) -> None:
    assert word in {found for found, _line, _why in breaches(line, "gameplan/web/views/made_up.py", "web")}


@pytest.mark.parametrize(
    "line",
    [
        "from gameplan.cases.models import Case\ndef f(case: Case) -> dict[str, Case]:\n    kept: Case = case",
        "from gameplan.planning import writing\nwriting.save(plan, by=by)",
        "def f(names: dict[str, str]) -> object:\n    return names.get('x')",
        "def f(told):\n    return told.attachments",
        "from gameplan.people.models import Organisation\nSCHOOL = Organisation.Kind.SCHOOL",
    ],
)
def test_naming_a_type_is_no_query(line: str) -> None:
    assert not [*breaches(line, "gameplan/web/views/made_up.py", "web")]
