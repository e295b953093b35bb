"""The forms of signing in, in our words. What they check is django-allauth's."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from gameplan.people.accounts import account_to_be
from gameplan.web.accounts.stolen import note_password

PASSWORD = _("Password")
NEW = _("New password")
NEW_HELP = _("At least 12 letters or signs. Three or four words that belong together only for you are easy to keep.")
AGAIN = _("New password, once more")
CODE = _("The code")
CODE_ATTRS = {"autocomplete": "one-time-code", "inputmode": "numeric", "placeholder": ""}


def _say(form: forms.Form, name: str, label: Any, help_text: Any = "", **attrs: str) -> None:
    """Give a field of allauth's our label, and no placeholder: a label that vanishes while one types is none."""
    field = form.fields[name]
    field.label, field.help_text = label, help_text
    field.widget.attrs = {key: value for key, value in field.widget.attrs.items() if key != "placeholder"} | attrs


class SignInForm(account.LoginForm):
    """E-mail address and password."""

    def __init__(self, *args: Any, **told: Any) -> None:
        super().__init__(*args, **told)
        _say(self, "login", _("E-mail address"), autocomplete="username webauthn")
        _say(self, "password", PASSWORD)
        _say(self, "remember", _("Keep me signed in on this device for two weeks. Not on a shared computer."))

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Sign in. Who comes with a stolen password gets no further than to a new one."""
        note_password(request, self.cleaned_data["password"])
        answer: HttpResponse = super().login(request, redirect_url=redirect_url)
        return answer


class ForgottenForm(account.ResetPasswordForm):
    """The address that a link for a new password goes to. An unknown one gets a mail of the same kind."""

    def __init__(self, *args: Any, **told: Any) -> None:
        super().__init__(*args, **told)
        _say(self, "email", _("E-mail address"), autocomplete="username")

    def save(self, request: HttpRequest, **told: Any) -> str:
        """Send the mail; the address that it went to."""
        email: str = self.cleaned_data["email"]
        if self.users:
            return str(super().save(request, **told))
        get_adapter().send_mail("account/email/unknown_account", email, {"request": request})
        return email


class NewPasswordForm(account.ResetPasswordKeyForm):
    """A new password after the link."""

    def __init__(self, *args: Any, **told: Any) -> None:
        super().__init__(*args, **told)
        _say(self, "password1", NEW, NEW_HELP)
        _say(self, "password2", AGAIN)


class ChangePasswordForm(account.ChangePasswordForm):
    """A new password for somebody who knows the old one."""

    def __init__(self, *args: Any, **told: Any) -> None:
        super().__init__(*args, **told)
        _say(self, "oldpassword", _("Your password now"))
        _say(self, "password1", NEW, NEW_HELP)
        _say(self, "password2", AGAIN)


class FirstPasswordForm(account.SetPasswordForm):
    """A password for an account that has none yet."""

    def __init__(self, *args: Any, **told: Any) -> None:
        super().__init__(*args, **told)
        _say(self, "password1", NEW, NEW_HELP)
        _say(self, "password2", AGAIN)


class SureForm(account.ReauthenticateForm):
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **told: Any) -> None:
        super().__init__(*args, **told)
        _say(self, "password", PASSWORD)


class NewAddressForm(account.AddEmailForm):
    """Another e-mail address."""

    def __init__(self, *args: Any, **told: Any) -> None:
        super().__init__(*args, **told)
        _say(self, "email", _("New e-mail address"))


class CodeForm(AuthenticateForm):
    """The code of the second step."""

    def __init__(self, *args: Any, **told: Any) -> None:
        super().__init__(*args, **told)
        _say(self, "code", CODE, _("Six digits from your app, or one of your spare codes."), **CODE_ATTRS)


class SureCodeForm(ReauthenticateForm):
    """The code once more, before something that matters."""

    def __init__(self, *args: Any, **told: Any) -> None:
        super().__init__(*args, **told)
        _say(self, "code", CODE, _("Six digits from your app, or one of your spare codes."), **CODE_ATTRS)


class FirstCodeForm(ActivateTOTPForm):
    """The first code of a new app: it shows that the app has the key."""

    def __init__(self, *args: Any, **told: Any) -> None:
        super().__init__(*args, **told)
        _say(self, "code", CODE, _("The six digits that the app shows now."), **CODE_ATTRS)


class PasskeyForm(AddWebAuthnForm):
    """A new passkey: its name, and whether it is enough alone."""

    def __init__(self, *args: Any, **told: Any) -> None:
        super().__init__(*args, **told)
        _say(self, "name", _("A name for it"), _("For example: my phone."), autocomplete="off")
        _say(self, "passwordless", _("Let me sign in with this passkey alone, without my password"))
        self.fields["name"].initial = self.initial["name"] = ""
        self.fields["passwordless"].initial = True


class AboutMeForm(forms.Form):
    """How somebody is called, and their language."""

    name = forms.CharField(label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)


class FirstTimeForm(AboutMeForm):
    """What an invited person says to begin an account. `email` is where the invitation went."""

    password = forms.CharField(
        label=PASSWORD, help_text=NEW_HELP, strip=False, max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip

    def __init__(self, *args: Any, email: str, **told: Any) -> None:
        super().__init__(*args, **told)
        self._email = email

    def clean_password(self) -> str:
        """The password, if it is long and rare enough, and not made of what everybody knows of this person."""
        password: str = self.cleaned_data["password"]
        validate_password(password, account_to_be(self._email, self.cleaned_data.get("name", "")))
        return password
