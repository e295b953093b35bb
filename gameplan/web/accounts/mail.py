"""The mail with an invitation. It names no child: a mail is read on many screens."""

from __future__ import annotations

from django.core.mail import send_mail
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from gameplan.people.doors import accounts
from gameplan.people.models import Invitation
from gameplan.people.roles import ROLES


def send_invitation(request: HttpRequest, invitation: Invitation, token: str) -> None:
    """Send the link of an invitation, in the language that was chosen for it."""
    link = request.build_absolute_uri(reverse("web:invited", args=[token]))
    inviter = accounts([invitation.invited_by]).get(invitation.invited_by)
    with override(invitation.language):
        context = {"invitation": invitation, "inviter": inviter, "role": ROLES[invitation.role].title, "link": link}
        text = render_to_string("mail/invitation.txt", context)
        send_mail(_("You are invited to gameplan"), text, None, [invitation.email])
