"""What goes wrong with backups: one kind of error, which says what, where and how to go on."""

from __future__ import annotations


class BackupRefused(Exception):
    """Raised where a backup cannot be made, read or restored. Nothing was changed."""

    def __init__(self, where: object, wrong: str, mend: str = "") -> None:
        super().__init__(f"{where}: {wrong} {mend}".rstrip())


class Damaged(BackupRefused):
    """Raised where a backup file is not as it was written: cut off or changed."""

    def __init__(self, where: object, wrong: str) -> None:
        super().__init__(where, f"this backup is damaged: {wrong}", "Nothing of it was used. Take another one.")
