"""Making and changing accounts. The address of an account is one that its owner has shown to be theirs."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db import transaction

from gameplan.people.models import User


@transaction.atomic
def make_account(email: str, *, name: str, language: str = "en", password: str | None = None) -> User:
    """A new account with an address that was just shown to be its owner's (by a link that was sent there).

    Without a password it is entered by single sign-on, or by a link for a new password.
    """
    user = User.objects.create_user(email, password, name=name.strip(), language=language)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def account_to_be(email: str, name: str) -> User:
    """An account that is not made yet, for what compares a password with the person."""
    return User(email=email.strip().lower(), name=name.strip())


def account_of(email: str) -> User | None:
    """The account of an address that is shown to be its owner's, or None."""
    found = EmailAddress.objects.filter(email__iexact=email.strip(), verified=True).select_related("user").first()
    return found.user if found else User.objects.filter(email=email.strip().lower()).first()


def change_account(user: User, *, name: str, language: str) -> User:
    """The account with this name and language."""
    user.name, user.language = name.strip(), language
    user.save(update_fields=["name", "language"])
    return user
