"""The link in every mail that stops them, without signing in: signed, for one person, good for ever."""

from __future__ import annotations

from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.http import Http404

from gameplan.watch.models import Wish

_SALT = "gameplan.watch.stopping"


def stop_token(user: UUID) -> str:
    """What stands in the link of that person. It opens nothing but the end of the mails."""
    return Signer(sep=".", salt=_SALT).sign(str(user))


def wish_by(token: str) -> Wish:
    """The wishes of the person of a link. Raises Http404 for a link that is not signed by us, or of nobody any more."""
    try:
        user = UUID(Signer(sep=".", salt=_SALT).unsign(token))
    except (BadSignature, ValueError) as wrong:
        raise Http404("There is no such link.") from wrong
    found = Wish.objects.filter(user=user).first()
    if found is None:
        raise Http404("There is no such link.")
    return found


def stop(wish: Wish) -> None:
    """No mail goes to this person any more, not even one that waits; reminders in the program stay."""
    wish.how = Wish.How.OFF.value
    wish.save(update_fields=["how"])
