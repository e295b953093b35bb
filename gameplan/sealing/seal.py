"""Locking bytes with the key of a case: AES-256-GCM, the key from a root key by HKDF. Nothing here touches a database.

What is locked: a mark, the name of the root key, the case, twelve random bytes, and the rest. The mark, the case and
the place (the column it lies in) are held by the lock too: what is put into another column, or changed by one bit, does
not open.
"""

from __future__ import annotations

import os
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from gameplan.sealing.roots import NAME_BYTES, NoKey, Roots

MARK = b"\x00gpseal1"
CASE_BYTES, NONCE_BYTES = 16, 12
HEAD = len(MARK) + NAME_BYTES + CASE_BYTES
CASES_REMEMBERED = 4096
OF_NO_CASE = UUID(int=0)
"""Whose key locks what belongs to no case yet, like the first words somebody types."""


class Broken(RuntimeError):
    """Raised when something locked was changed, or put where it does not belong."""


def is_sealed(found: bytes) -> bool:
    """True for what `seal` made; what was written before there were locks is plain."""
    return found.startswith(MARK)


def root_of(found: bytes) -> bytes:
    """The name of the root key that locked it."""
    return found[len(MARK) : len(MARK) + NAME_BYTES]


def seal(plain: bytes, *, of: UUID, place: str, roots: Roots) -> bytes:
    """The bytes, locked with the newest key for a case (`of`) and a place ("cases.Attachment.content")."""
    head = MARK + roots.newest + of.bytes
    nonce = os.urandom(NONCE_BYTES)
    return head + nonce + _lock(roots.by_name[roots.newest], of.bytes).encrypt(nonce, plain, head + place.encode())


def open_sealed(found: bytes, *, place: str, roots: Roots) -> bytes:
    """What was locked. Raises NoKey if its root key is not there, Broken if it does not open with it."""
    root = roots.by_name.get(root_of(found))
    if root is None:
        raise NoKey(
            f"A paper is locked with the key {root_of(found).hex()}, which is not in the file of keys. "
            "Put the file back from where you keep your copy of it."
        )
    head, case = found[:HEAD], found[HEAD - CASE_BYTES : HEAD]
    nonce, rest = found[HEAD : HEAD + NONCE_BYTES], found[HEAD + NONCE_BYTES :]
    try:
        return _lock(root, case).decrypt(nonce, rest, head + place.encode())
    except (InvalidTag, ValueError) as wrong:
        raise Broken(f"{place}: this was changed after it was written. It does not open with its key.") from wrong


@lru_cache(CASES_REMEMBERED)
def _lock(root: bytes, case: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), length=32, salt=None, info=b"gameplan case " + case).derive(root))
