"""A sealed file: locked with a passphrase, in pieces, so that a large one is read from any place and never as a whole.

    MAGIC, one line of JSON (salt, cost, check), then pieces of PIECE bytes, each with a tag of 16

The key follows from the passphrase by scrypt. Each piece is AES-256-GCM with its number in the nonce, and the last one
says that it is the last: no piece can be changed, moved, left out or cut off without being seen. The line of JSON is
bound to each piece. `check` tells a wrong passphrase from a damaged file.
"""

from __future__ import annotations

import io
import json
import os
from typing import TYPE_CHECKING, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from gameplan.config.backup.refused import BackupRefused, Damaged

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

MAGIC = b"gameplan-sealed-1\n"
PIECE = 256 * 1024
TAG = 16
COST = 2**17
MOST_COST = 2**20
LONGEST_LINE = 1000
_CHECK = b"\xff" * 12


def _key(passphrase: bytes, salt: bytes, cost: int) -> AESGCM:
    return AESGCM(Scrypt(salt=salt, length=32, n=cost, r=8, p=1).derive(passphrase))


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if is_last else b"\x00")


class SealedWriter(io.RawIOBase):
    """Writes a sealed file into `file`; it is whole once this is closed."""

    def __init__(self, file: BinaryIO, passphrase: bytes, *, cost: int = COST) -> None:
        salt = os.urandom(16)
        self._file, self._seal = file, _key(passphrase, salt, cost)
        check = self._seal.encrypt(_CHECK, b"", salt).hex()
        self._head = MAGIC + json.dumps({"salt": salt.hex(), "cost": cost, "check": check}).encode() + b"\n"
        self._file.write(self._head)
        self._piece, self._number = bytearray(), 0

    def writable(self) -> bool:
        return True

    def write(self, more: ReadableBuffer, /) -> int:
        """Take these bytes; a piece is written once it is known not to be the last."""
        view = memoryview(more)
        self._piece += view
        while len(self._piece) > PIECE:
            self._put(bytes(self._piece[:PIECE]), is_last=False)
            del self._piece[:PIECE]
        return view.nbytes

    def close(self) -> None:
        """Write the last piece."""
        if not self.closed:
            self._put(bytes(self._piece), is_last=True)
        super().close()

    def _put(self, piece: bytes, *, is_last: bool) -> None:
        self._file.write(self._seal.encrypt(_nonce(self._number, is_last=is_last), piece, self._head))
        self._number += 1


class SealedReader(io.RawIOBase):
    """What lies in a sealed file, from any place. Raises Damaged, and BackupRefused for a wrong passphrase."""

    def __init__(self, file: BinaryIO, passphrase: bytes, where: object) -> None:
        self._file, self._where = file, where
        file.seek(0)
        magic, line = file.read(len(MAGIC)), file.readline(LONGEST_LINE)
        self._head = magic + line
        self._seal = self._open(line, passphrase)
        sealed = file.seek(0, io.SEEK_END) - len(self._head)
        self._pieces = max(1, -(-sealed // (PIECE + TAG)))
        self._size = sealed - self._pieces * TAG
        if self._size < 0:
            raise Damaged(where, "it is cut off.")
        self._at, self._held, self._piece = 0, -1, b""

    def _open(self, line: bytes, passphrase: bytes) -> AESGCM:
        try:
            told = json.loads(line)
            salt, cost, check = bytes.fromhex(told["salt"]), int(told["cost"]), bytes.fromhex(told["check"])
            if not (2**10 <= cost <= MOST_COST and cost & (cost - 1) == 0):
                raise ValueError(cost)
        except (ValueError, KeyError, TypeError) as wrong:
            raise Damaged(self._where, "its first line cannot be read.") from wrong
        seal = _key(passphrase, salt, cost)
        try:
            seal.decrypt(_CHECK, check, salt)
        except InvalidTag as wrong:
            mend = "Give the file with the passphrase that it was made with: --passphrase-file."
            raise BackupRefused(
                self._where, "the passphrase is another one, or its first line is damaged.", mend
            ) from wrong
        return seal

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, to: int, whence: int = io.SEEK_SET, /) -> int:
        """Go on reading from there."""
        begin = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, begin + to)
        return self._at

    def readinto(self, into: WriteableBuffer, /) -> int:
        """The next bytes, at most to the end of a piece."""
        room = memoryview(into).cast("B")
        if self._at >= self._size:
            return 0
        number, begin = divmod(self._at, PIECE)
        found = self._of(number)[begin : begin + len(room)]
        room[: len(found)] = found
        self._at += len(found)
        return len(found)

    def read_all(self) -> None:
        """Open every piece, so that each of them is known to be as it was written."""
        for number in range(self._pieces):
            self._of(number)

    def _of(self, number: int) -> bytes:
        if number != self._held:
            self._file.seek(len(self._head) + number * (PIECE + TAG))
            nonce = _nonce(number, is_last=number == self._pieces - 1)
            try:
                self._piece = self._seal.decrypt(nonce, self._file.read(PIECE + TAG), self._head)
            except InvalidTag as wrong:
                raise Damaged(self._where, f"piece {number + 1} of {self._pieces} was changed or cut off.") from wrong
            self._held = number
        return self._piece
