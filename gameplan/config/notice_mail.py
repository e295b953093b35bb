"""Sending the e-mails of notices: the worker's turn for what `notices.delivering` has waiting."""

from __future__ import annotations

from gameplan.notices.delivering import MakeLink, NotSent, deliver_next
from gameplan.notices.mails import Mail
from gameplan.watch.post import NotTaken
from gameplan.watch.turns import Job, Worker

TOGETHER = 20


def notice_job(link: MakeLink) -> Job:
    """The job that sends notices. `link` gives the whole address of a private paper's page for its secret."""

    def send_notices(worker: Worker) -> bool:
        """Send some of the notices that are due; a server that is down ends the turn."""
        is_down = False

        def send(mail: Mail) -> None:
            nonlocal is_down
            more = {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated", "Content-Language": mail.lang}
            try:
                worker.post.hand_over(mail.to, mail.subject, mail.text, more)
            except NotTaken as error:
                is_down = error.is_down
                raise NotSent(error.reason, again=error.again) from error
            worker.count("notices sent", 1)

        number = 0
        while number < TOGETHER and not is_down and deliver_next(worker.now(), send, link=link) is not None:
            number += 1
        return number == TOGETHER

    return send_notices
