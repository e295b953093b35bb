"""Handing e-mail to the mail server: one connection for many, and one kind of error that says if to try again."""

from __future__ import annotations

from collections.abc import Mapping
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException, SMTPServerDisconnected
from types import TracebackType
from typing import Any, Self

from django.core.mail import EmailMultiAlternatives, get_connection

from gameplan.watch.models import Message

SECONDS_TO_WAIT = 30
FOR_GOOD = 500
NO_SERVICE = (421, 530, 534, 535, 538)
"""The server closes, or does not let this program in: that is no fault of the mail."""
LONGEST_REASON = 300


class NotTaken(Exception):
    """Raised when the mail server did not take a mail. `again`: a later try may work; `is_down`: none would go now."""

    def __init__(self, reason: str, *, again: bool, is_down: bool = False) -> None:
        self.reason = reason[:LONGEST_REASON]
        self.again = again
        self.is_down = is_down
        super().__init__(reason)


class Post:
    """The way to the mail server that the settings name. Opened with the first mail, closed at the end."""

    def __init__(self) -> None:
        self._connection: Any = get_connection(timeout=SECONDS_TO_WAIT)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def send(self, message: Message) -> None:
        """Hand over a reminder. Raises NotTaken."""
        more = {
            "Message-ID": message.message_id,
            "List-Unsubscribe": f"<{message.stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
            "Content-Language": message.lang,
        }
        self.hand_over(message.to, message.subject, message.text, more, html=message.html)

    def hand_over(self, to: str, subject: str, text: str, headers: Mapping[str, str], *, html: str = "") -> None:
        """Hand over any e-mail; it is taken once this returns. Raises NotTaken."""
        mail = EmailMultiAlternatives(subject, text, to=[to], headers=dict(headers), connection=self._connection)
        if html:
            mail.attach_alternative(html, "text/html")
        try:
            self._connection.open()
            mail.send()
        except (OSError, SMTPException) as error:
            self._begin_anew()
            raise _not_taken(error) from error

    def _begin_anew(self) -> None:
        """After a fault the next mail gets a new connection; the old one may hang in the middle of a mail."""
        try:
            self._connection.close()
        except (OSError, SMTPException):
            self._connection.connection = None


def _not_taken(error: OSError | SMTPException) -> NotTaken:
    """What a fault means. SMTP faults are OSErrors too: those that name an answer of the server come first."""
    if isinstance(error, SMTPRecipientsRefused):
        codes = [code for code, _words in error.recipients.values()]
        return NotTaken(f"The address was refused ({codes[0]}).", again=codes[0] < FOR_GOOD)
    if isinstance(error, SMTPResponseException) and not isinstance(error, SMTPServerDisconnected):
        about_login = error.smtp_code in (530, 534, 535, 538)
        is_down = about_login or error.smtp_code == 421
        return NotTaken(
            f"The mail server said {error.smtp_code}.", again=is_down or error.smtp_code < FOR_GOOD, is_down=is_down
        )
    return NotTaken(f"The mail server cannot be reached ({type(error).__name__}).", again=True, is_down=True)
