"""Files that went wrong in all kinds of ways: each gives clear faults or a clean take, and never half of anything."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

import pytest

from gameplan.rosters.doors import Keeper
from gameplan.rosters.models import Line, Piece, Take
from gameplan.rosters.plain.mapping import guess
from gameplan.rosters.receiving import read_now, receive
from gameplan.rosters.taking import take_in
from gameplan.rosters.undoing import undo
from tests.districts.conftest import TODAY
from tests.rosters.made import HEADER, edfi, edfi_zip, oneroster, plain, zipped
from tests.rosters.test_taking import rows

TIMES, SEED = 150, 20261127
Files = dict[str, bytes]
Mutation = Callable[[random.Random, Files, str], object]


def lines(content: bytes) -> list[bytes]:
    return content.split(b"\r\n")


def _flip(chance: random.Random, files: Files, name: str) -> None:
    content = bytearray(files[name])
    for _time in range(chance.randint(1, 4)):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    files[name] = bytes(content)


def _truncate(chance: random.Random, files: Files, name: str) -> None:
    files[name] = files[name][: chance.randrange(len(files[name]))]


def _swap_columns(chance: random.Random, files: Files, name: str) -> None:
    rows = [line.split(b",") for line in lines(files[name])]
    first, second = chance.randrange(len(rows[0])), chance.randrange(len(rows[0]))
    for row in rows:
        if len(row) > max(first, second):
            row[first], row[second] = row[second], row[first]
    files[name] = b"\r\n".join(b",".join(row) for row in rows)


def _in_a_cell(content: bytes) -> Mutation:
    def put(chance: random.Random, files: Files, name: str) -> None:
        rows = lines(files[name])
        number = chance.randrange(1, max(2, len(rows) - 1))
        cells = rows[number].split(b",") if number < len(rows) else [b""]
        cells[chance.randrange(len(cells))] = content
        rows[min(number, len(rows) - 1)] = b",".join(cells)
        files[name] = b"\r\n".join(rows)

    return put


def _double_header(_chance: random.Random, files: Files, name: str) -> None:
    rows = lines(files[name])
    files[name] = b"\r\n".join([rows[0], rows[0], *rows[1:]])


def _same_column(chance: random.Random, files: Files, name: str) -> None:
    head, *rest = lines(files[name])
    cells = head.split(b",")
    cells[chance.randrange(len(cells))] = cells[0]
    files[name] = b"\r\n".join([b",".join(cells), *rest])


def _encode(chance: random.Random, files: Files, name: str) -> None:
    text = files[name].decode().replace("a", "é")
    files[name] = text.encode(chance.choice(["latin-1", "utf-16", "cp1252"]))


def _nest(_chance: random.Random, files: Files, name: str) -> None:
    files[f"{name}.zip"] = zipped({name: files.pop(name)})


def _drop(_chance: random.Random, files: Files, name: str) -> None:
    del files[name]


def _shuffle(chance: random.Random, files: Files, name: str) -> None:
    head, *rest = lines(files[name])
    chance.shuffle(rest)
    files[name] = b"\r\n".join([head, *rest])


MUTATIONS: tuple[Mutation, ...] = (
    _flip, _truncate, _swap_columns, _double_header, _same_column, _encode, _nest, _drop, _shuffle,
    _in_a_cell(b"x" * 40_000), _in_a_cell(b"a\x00b"), _in_a_cell(b'=HYPERLINK("http://x")'), _in_a_cell(b'"'),
    _in_a_cell(b"@SUM(1)"), _in_a_cell(b"\xed\xa0\x80"), _in_a_cell(b"9999-99-99"), _in_a_cell("‮\u200b".encode()),
)  # fmt: skip


def _sources() -> list[tuple[Files, bool]]:
    told = {f"{name}.json": content for name, content in _json().items()}
    found = [
        (oneroster(version=version, kind=kind).texts(), True)
        for version in ("1.1", "1.2")
        for kind in ("bulk", "delta")
    ]
    return [*found, ({"pupils.csv": plain()}, False), (told, True)]


def _json() -> Mapping[str, bytes]:
    from io import BytesIO
    from zipfile import ZipFile

    with ZipFile(BytesIO(edfi_zip(edfi()))) as archive:
        return {name.removesuffix(".json"): archive.read(name) for name in archive.namelist()}


def mutated(number: int) -> tuple[str, bytes]:
    """The file of that number, with one or two things wrong, and its name; the same for the same number."""
    chance = random.Random(SEED + number)
    sources = _sources()
    files, is_zip = sources[number % len(sources)]
    for _time in range(chance.randint(1, 2)):
        name = chance.choice(sorted(files))
        if files[name]:
            chance.choice(MUTATIONS)(chance, files, name)
        if not files:
            break
    content = zipped(files) if is_zip else next(iter(files.values()), b"")
    if is_zip and chance.random() < 0.2:
        at = chance.randrange(len(content))
        content = content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]
    return ("roster.zip" if is_zip else "pupils.csv"), content


@pytest.fixture
def known(keeper: Keeper) -> dict[str, str]:
    """The roster has children already; gives the mapping of plain CSV."""
    take_in(read_now(receive(keeper, [oneroster().packed()], name="roster.zip"), on=TODAY), by="")
    return guess(HEADER).as_json()


def test_whatever_is_wrong_with_a_file_nothing_is_half_taken(keeper: Keeper, known: dict[str, str]) -> None:
    before = rows()
    ended = {"faulty": 0, "previewed": 0}
    for number in range(TIMES):
        name, content = mutated(number)
        if not content:
            continue
        mapping = known if name.endswith("csv") else None
        take = read_now(receive(keeper, [content], name=name, mapping=mapping), on=TODAY)
        ended[take.state] += 1
        assert rows() == before, number
        assert not Piece.objects.exists()
        if take.state == Take.State.FAULTY:
            assert take.fault_count, number
            assert all(one["where"] and one["what"] and one["mend"] for one in take.faults), number
            assert not Line.objects.filter(take=take).exists()
        else:
            undo(take_in(take, by=""), by="")
            assert rows() == before, number
    assert min(ended.values()) > TIMES // 20, ended
