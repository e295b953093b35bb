"""Files that somebody broke, by chance or on purpose: always the same ones from the same seed."""

from __future__ import annotations

import json
import random
import struct
import tracemalloc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from stat import S_IFLNK
from typing import Any
from warnings import catch_warnings, simplefilter
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile, ZipInfo

from django.apps import apps
from django.db import transaction

from gameplan.core.faults import Fault

Mutation = Callable[[random.Random, bytes], bytes]
MEGABYTE = 1024 * 1024
STRANGE: tuple[Any, ...] = (
    None, True, [], {}, "", -1, 0, 10**30, 1e308, "\x00", "\ud800", "2025-13-45", "../../etc/passwd",
    "=HYPERLINK(1)", "x" * 5000, ["x"], {"x": "y"}, "\u202egnp", "00000000-0000-0000-0000-000000000000",
)  # fmt: skip
"""What stands in place of something else in a case file."""


def flipped(chance: random.Random, content: bytes) -> bytes:
    """Some bits are turned over."""
    made = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)
    return bytes(made)


def cut(chance: random.Random, content: bytes) -> bytes:
    """The end is missing."""
    return content[: chance.randrange(len(content))]


def holed(chance: random.Random, content: bytes) -> bytes:
    """A piece in the middle is missing."""
    start = chance.randrange(len(content))
    return content[:start] + content[start + chance.randint(1, 200) :]


def doubled(chance: random.Random, content: bytes) -> bytes:
    """A piece stands there twice."""
    start = chance.randrange(len(content))
    piece = content[start : start + chance.randint(1, 400)]
    return content[:start] + piece + content[start:]


def nulled(chance: random.Random, content: bytes) -> bytes:
    """Letters that are none stand in the middle."""
    start = chance.randrange(len(content))
    return (
        content[:start] + chance.choice([b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"\r\r\n", b"\x1b"]) + content[start:]
    )


def rewritten(chance: random.Random, content: bytes) -> bytes:
    """It is written in another encoding."""
    text = content.decode("utf-8", "replace")
    return text.encode(chance.choice(["utf-16", "utf-32-le", "utf-7", "utf-8-sig"]), "replace")


def swollen(chance: random.Random, content: bytes) -> bytes:
    """A run of one letter is very long."""
    start = chance.randrange(len(content))
    return content[:start] + chance.choice([b"A", b"9", b",", b'"', b"\n", b" "]) * MEGABYTE + content[start:]


ANY: tuple[Mutation, ...] = (flipped, cut, holed, doubled, nulled, rewritten)


def calculated(chance: random.Random, content: bytes) -> bytes:
    """A cell of a table calculates, were it opened in a spreadsheet."""
    lines = content.split(b"\n")
    at = chance.randrange(len(lines))
    cells = lines[at].split(b",")
    cells[chance.randrange(len(cells))] = chance.choice(
        [b"=cmd|' /C calc'!A0", b"+1+1", b"-2+3", b"@SUM(1)", b"\t=1", b'"=HYPERLINK(""http://x"")"']
    )
    lines[at] = b",".join(cells)
    return b"\n".join(lines)


def entries_of(content: bytes) -> dict[str, bytes]:
    """The files of a zip by name."""
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(files: Sequence[tuple[str | ZipInfo, bytes]], packing: int = ZIP_DEFLATED) -> bytes:
    """A zip with these files, names as they are given, also twice the same."""
    made = BytesIO()
    with ZipFile(made, "w", packing) as archive, catch_warnings():
        simplefilter("ignore", UserWarning)  # a name that stands there twice is meant
        for name, content in files:
            archive.writestr(name, content)
    return made.getvalue()


def with_more(name: str | ZipInfo, more: bytes, packing: int = ZIP_DEFLATED) -> Mutation:
    """The zip with one more file."""
    return lambda _chance, content: zipped([*entries_of(content).items(), (name, more)], packing)


def declared(size: int) -> Mutation:
    """The zip says of one of its files that it has `size` bytes when it is unpacked."""

    def mutation(chance: random.Random, content: bytes) -> bytes:
        made = bytearray(content)
        places = [at for at in range(len(made) - 4) if made[at : at + 4] == b"PK\x01\x02"]
        struct.pack_into("<L", made, chance.choice(places) + 24, size)
        return bytes(made)

    return mutation


def case_text(change: Callable[[random.Random, bytes], bytes]) -> Mutation:
    """The zip with another case file."""

    def mutation(chance: random.Random, content: bytes) -> bytes:
        files = entries_of(content)
        return zipped([*{**files, "case.json": change(chance, files["case.json"])}.items()])

    return mutation


def one_thing_else(chance: random.Random, text: bytes) -> bytes:
    """JSON in which one thing, anywhere, is something else, or is missing, or stands there twice."""
    raw = json.loads(text)
    places = list(_places(raw))
    holder, key = chance.choice(places)
    how = chance.randrange(8)
    if how == 0:
        del holder[key]
    elif how == 1 and isinstance(holder, list):
        holder.append(holder[key])
    elif how == 2 and isinstance(holder, dict):
        holder[f"{key}x"] = holder.pop(key)
    else:
        holder[key] = chance.choice(STRANGE)
    return json.dumps(raw).encode()


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in list(pairs):
        yield value, key
        yield from _places(inner)


def link() -> ZipInfo:
    """The head of a file in a zip that leads elsewhere."""
    made = ZipInfo("attachments/a9-link.pdf")
    made.external_attr = (S_IFLNK | 0o777) << 16
    return made


SLY: tuple[Mutation, ...] = (
    with_more("case.json", b"{}"),
    with_more("../../outside.txt", b"out"),
    with_more("/etc/passwd", b"out"),
    with_more("C:\\outside.txt", b"out"),
    with_more("attachments/\u202efdp.exe", b"MZ"),
    with_more("attachments/", b"a folder with something in it"),
    with_more(link(), b"/etc/passwd"),
    with_more("attachments/bomb.txt", bytes(30 * MEGABYTE)),
    with_more("attachments/packed.txt", b"x", ZIP_BZIP2),
    lambda _chance, content: zipped([*entries_of(content).items(), *((f"x/{n}", b"") for n in range(2100))]),
    lambda _chance, content: zipped([("case.zip", content)]),
    declared(0xFFFFFFFE),
    declared(60 * MEGABYTE),
    declared(1),
    case_text(lambda _chance, _text: b"[" * 200_000),
    case_text(lambda _chance, _text: b'{"a":' * 50_000 + b"1" + b"}" * 50_000),
    case_text(lambda _chance, text: text.replace(b'"gameplan"', b'"gameplan": 1, "gameplan"', 1)),
    case_text(lambda _chance, _text: b'{"gameplan": ' + b"9" * 10_000 + b"}"),
    case_text(lambda _chance, _text: b'{"gameplan": 1e999}'),
    case_text(lambda _chance, text: text.decode().encode("utf-16")),
)
"""What somebody makes of a case zip who wants to do harm."""


def mutations(seed: int, content: bytes, kinds: Sequence[Mutation], count: int) -> Iterator[tuple[str, bytes]]:
    """So many broken files, each with words that say how to make it again; every kind comes in turn."""
    for number in range(count):
        chance = random.Random(f"{seed}:{number}")
        yield f"seed {seed}, number {number}", kinds[number % len(kinds)](chance, content)


@contextmanager
def little_memory(most: int) -> Iterator[None]:
    """Sees to it that at no time more than `most` bytes are taken inside."""
    tracemalloc.start()
    try:
        yield
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak <= most, f"{peak / MEGABYTE:.0f} MB"


def rows_there() -> dict[str, int]:
    """How many rows each table has."""
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


@dataclass
class Tried:
    """Tries to take in broken files: each is taken back afterwards, and one that is refused has written nothing.

    `refusals`: the exceptions with `faults` that say no. `but`: tables that may keep a row of what was refused.
    """

    refusals: tuple[type[Exception], ...]
    but: frozenset[str] = frozenset()
    taken: int = 0
    refused: int = 0
    before: dict[str, int] = field(default_factory=rows_there)

    def each(self, broken: Iterable[tuple[str, bytes]], take: Callable[[bytes], object]) -> None:
        """Try one after the other. Whatever goes wrong names the one it was."""
        for how, content in broken:
            try:
                self._one(content, take)
            except Exception as error:
                error.add_note(how)
                raise

    def _one(self, content: bytes, take: Callable[[bytes], object]) -> None:
        with transaction.atomic():
            said = self._said(content, take)
            if said is not None:
                after = rows_there()
                assert {name for name, count in after.items() if count != self.before[name]} <= self.but
            transaction.set_rollback(True)
        self.taken += said is None
        self.refused += said is not None
        if said is not None:
            faults: Sequence[Fault] = getattr(said, "faults", ())
            assert faults
            assert all(one.what and one.mend for one in faults), faults
            assert len(str(said)) < 200_000

    def _said(self, content: bytes, take: Callable[[bytes], object]) -> Exception | None:
        try:
            take(content)
        except self.refusals as refused:
            return refused
        return None
