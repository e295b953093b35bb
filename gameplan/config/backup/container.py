"""The file of a backup: written under another name until it is whole, and read only if it is as it was written."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, cast

from gameplan.config.backup.manifest import NAME, Manifest, Part, read_manifest
from gameplan.config.backup.refused import BackupRefused, Damaged
from gameplan.config.backup.seal import MAGIC, SealedReader, SealedWriter

AT_ONCE = 1024 * 1024
HASH_LETTERS = 64
NO_HASH = b"sha256 of all before: " + b"0" * HASH_LETTERS
UNREADABLE = (zipfile.BadZipFile, KeyError, ValueError, TypeError, RuntimeError, EOFError)


class Writing:
    """A backup that is being written. `part` takes one file after the other, `say` the manifest at the end."""

    def __init__(self, zipped: zipfile.ZipFile) -> None:
        self._zip = zipped
        self.parts: dict[str, Part] = {}

    @contextmanager
    def part(self, name: str) -> Iterator[Hashed]:
        """A file in the backup, to write bytes into."""
        with self._zip.open(_entry(name), "w", force_zip64=True) as file:
            hashed = Hashed(cast(BinaryIO, file))
            yield hashed
        self.parts[name] = hashed.part

    def say(self, manifest: Manifest) -> None:
        """The last part."""
        self._zip.writestr(_entry(NAME), manifest.as_json())


class Hashed:
    """Bytes on their way into a part, counted and hashed."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._hash, self._size = file, hashlib.sha256(), 0

    def write(self, more: bytes | memoryview) -> None:
        """Pass these bytes on."""
        self._file.write(more)
        self._hash.update(more)
        self._size += len(more)

    @property
    def part(self) -> Part:
        return Part(self._size, self._hash.hexdigest())


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)  # 1980: the day stands in the manifest
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
    return entry


@contextmanager
def written(out: Path, passphrase: bytes | None) -> Iterator[Writing]:
    """Within this a backup is written beside `out`; at the end it lies on the disk whole, and only then is it `out`.

    Raises BackupRefused if there is such a file, or its folder is not there.
    """
    if out.exists():
        raise BackupRefused(
            out, "there is such a file already.", "Choose another name; a backup is never written over."
        )
    if not out.parent.is_dir():
        raise BackupRefused(out, "its folder is not there.", "Make it first.")
    for left in out.parent.glob(f".{out.name}.*.part"):  # by one that was killed
        left.unlink(missing_ok=True)
    spare = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        with open(os.open(spare, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
            with _zip_into(file, passphrase) as zipped:
                yield Writing(zipped)
            if passphrase is None:
                _sign_off(file)
            file.flush()
            os.fsync(file.fileno())
        spare.rename(out)
        sync_folder(out.parent)
    finally:
        spare.unlink(missing_ok=True)


@contextmanager
def _zip_into(file: BinaryIO, passphrase: bytes | None) -> Iterator[zipfile.ZipFile]:
    if passphrase is None:
        with zipfile.ZipFile(file, "w", compresslevel=1) as zipped:
            zipped.comment = NO_HASH
            yield zipped
        return
    with (
        SealedWriter(file, passphrase) as sealed,
        zipfile.ZipFile(cast(BinaryIO, sealed), "w", compresslevel=1) as zipped,
    ):
        yield zipped


def _sign_off(file: BinaryIO) -> None:
    """Put the hash of everything before it at the end, where the zip's comment has kept room for it."""
    file.flush()
    end = file.seek(0, io.SEEK_END) - HASH_LETTERS
    digest = _hash_until(file, end)
    file.seek(end)
    file.write(digest.encode())


def _hash_until(file: BinaryIO, end: int) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while (left := end - file.tell()) > 0:
        read = file.read(min(AT_ONCE, left))
        if not read:
            break
        digest.update(read)
    return digest.hexdigest()


def sync_folder(folder: Path) -> None:
    """The names in a folder lie on the disk."""
    with suppress(OSError):  # some systems open no folders
        handle = os.open(folder, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)


class Reading:
    """A backup that is as it was written."""

    def __init__(self, where: Path, zipped: zipfile.ZipFile, manifest: Manifest) -> None:
        self._where, self._zip, self.manifest = where, zipped, manifest

    def read(self, name: str) -> Iterator[bytes]:
        """The bytes of a part, some at a time. Raises Damaged at the end if they are not those of the manifest."""
        told, size, digest = self.manifest.parts[name], 0, hashlib.sha256()
        try:
            with self._zip.open(name) as file:
                while more := file.read(AT_ONCE):
                    size += len(more)
                    digest.update(more)
                    yield more
        except UNREADABLE as wrong:
            raise Damaged(self._where, f"its part {name} cannot be read.") from wrong
        if (size, digest.hexdigest()) != (told.size, told.sha256):
            raise Damaged(self._where, f"its part {name} is not the one that the manifest names.")

    def read_all(self) -> None:
        """Hold every part against the manifest. Raises Damaged."""
        for name in self.manifest.parts:
            for _bytes in self.read(name):
                pass


@contextmanager
def opened(path: Path, passphrase: bytes | None) -> Iterator[Reading]:
    """A backup, after every byte of it was held against its hash or its seal. Raises BackupRefused and Damaged."""
    try:
        file = path.open("rb")
    except OSError as wrong:
        raise BackupRefused(
            path, f"it cannot be opened ({wrong.strerror}).", "Check the name and the folder."
        ) from wrong
    with file:
        source = _sealed(file, passphrase, path) if _is_sealed(file) else _plain(file, path)
        try:
            zipped = zipfile.ZipFile(source)
            manifest = read_manifest(zipped.read(NAME))
        except UNREADABLE as wrong:
            raise Damaged(path, "what lies in it is no backup of this format.") from wrong
        with zipped:
            if {*manifest.parts, NAME} != set(zipped.namelist()):
                raise Damaged(path, "parts are missing.")
            reading = Reading(path, zipped, manifest)
            reading.read_all()
            yield reading


def _is_sealed(file: BinaryIO) -> bool:
    file.seek(0)
    return file.read(len(MAGIC)) == MAGIC


def _sealed(file: BinaryIO, passphrase: bytes | None, path: Path) -> BinaryIO:
    if passphrase is None:
        raise BackupRefused(path, "it is sealed with a passphrase.", "Name the file that holds it: --passphrase-file.")
    reader = SealedReader(file, passphrase, path)
    reader.read_all()
    return cast(BinaryIO, reader)


def _plain(file: BinaryIO, path: Path) -> BinaryIO:
    end = file.seek(0, io.SEEK_END) - HASH_LETTERS
    if end < 0:
        raise Damaged(path, "it is too short for a backup.")
    digest = _hash_until(file, end)
    if file.read(HASH_LETTERS) != digest.encode():
        raise Damaged(path, "it is cut off, or something in it was changed.")
    return file
