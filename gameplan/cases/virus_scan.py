"""Every file that comes in from outside is looked through before anything of it is kept, where there is a scanner.

While the scanner is away no file is taken in: nobody would know what was kept meanwhile. All else goes on.
The log says that something was found and what, never whose file it was, nor how it was called.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _

from gameplan.cases.clamd import Clamd, ScannerAway, TooLargeToScan, clamd_at
from gameplan.core.faults import Fault
from gameplan.people.refusals import Refused

LONGEST_NAME = 80
log = logging.getLogger("gameplan.uploads")


class NotJustNow(Exception):
    """The scanner does not answer, so nothing can be taken in. `fault` says it in words for people."""

    def __init__(self) -> None:
        what = _("Files cannot be taken in just now: the virus scanner does not answer.")
        self.fault = Fault("file", what, _("Nothing is lost. Try again in a few minutes."))
        super().__init__(str(self.fault))


def scanner() -> Clamd | None:
    """The scanner of this installation, if it has one."""
    address: str = settings.GAMEPLAN_VIRUS_SCANNER
    return clamd_at(address) if address else None


def look_through(pieces: Iterable[bytes]) -> None:
    """Comes back if the file that these pieces make may be taken in.

    Raises Refused if something was found or the file is too large to be looked through, NotJustNow while the scanner
    does not answer. Where there is no scanner nothing is read.
    """
    daemon = scanner()
    if daemon is None:
        return
    try:
        found = daemon.found_in(pieces)
    except TooLargeToScan as wrong:
        log.error("A file was longer than the virus scanner takes: raise StreamMaxLength in the settings of clamd.")
        what = _("This file is too large for the virus scanner here.")
        mend = _("Send it in parts, or tell whoever runs this program.")
        raise Refused([Fault("file", what, mend)]) from wrong
    except ScannerAway as wrong:
        log.error("The virus scanner does not answer, so no file is taken in: %s", wrong)
        raise NotJustNow from wrong
    if found:
        log.warning("virus-found", extra={"fields": {"virus": _plain(found)}})
        what = _("The virus scanner found something harmful in this file. Nothing of it was kept.")
        mend = _("Do not open it again. Look for viruses on your device, and send another copy.")
        raise Refused([Fault("file", what, mend)])


def _plain(name: str) -> str:
    return "".join(letter if letter.isascii() and letter.isprintable() else "?" for letter in name[:LONGEST_NAME])
