"""An uploaded file is kept in pieces until it is read, and is one file again while it is read."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO

from django.utils.translation import gettext as _

from gameplan.arriving.models import Arrival
from gameplan.core.faults import Fault
from gameplan.exchange.zip_guard import Limits
from gameplan.people.refusals import Refused

PIECE = 1024 * 1024
LONGEST_NAME = 120


def name_of(words: str) -> str:
    """The name of a file as it is kept and shown: its end, without what cannot be seen."""
    return printable(words)[-LONGEST_NAME:]


def printable(words: str) -> str:
    """The words without what cannot be seen."""
    return "".join(letter for letter in words if letter.isprintable())


def keep_file(arrival: Arrival, chunks: Iterable[bytes], limits: Limits) -> None:
    """Keep the file of an arrival in pieces, with its size and SHA-256. Inside the transaction that makes the arrival.

    Raises Refused for an empty file, or one that is too large.
    """
    digest, size = hashlib.sha256(), 0
    for number, piece in enumerate(_pieces(chunks)):
        digest.update(piece)
        size += len(piece)
        if size > limits.packed:
            raise Refused([Fault("file", _("The file is too large."), str(limits.smaller))])
        arrival.pieces.create(number=number, content=piece)
    if not size:
        raise Refused([Fault("file", _("The file is empty."), str(arrival.words.make_again))])
    arrival.sha256, arrival.size = digest.hexdigest(), size
    arrival.save(update_fields=["sha256", "size"])


@contextmanager
def whole(arrival: Arrival) -> Iterator[IO[bytes]]:
    """The file of an arrival that has not been read yet, in a file without a name."""
    with tempfile.TemporaryFile() as file:
        for content in arrival.pieces.order_by("number").values_list("content", flat=True).iterator(1):
            file.write(bytes(content))
        file.seek(0)
        yield file


def _pieces(chunks: Iterable[bytes]) -> Iterator[bytes]:
    held = b""
    for chunk in chunks:
        held += chunk
        while len(held) >= PIECE:
            yield held[:PIECE]
            held = held[PIECE:]
    if held:
        yield held
