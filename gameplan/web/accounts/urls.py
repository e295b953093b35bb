"""The addresses of signing in. Only those of django-allauth's pages that we use, under names that it knows.

Under /sign-in/ anybody may ask; under /account/ only who has signed in. `config.doorkeeper` closes both at home.
"""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as second
from allauth.mfa.recovery_codes import views as spare
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.saml import views as saml
from django.urls import URLPattern, path, register_converter, reverse_lazy
from django.urls.converters import StringConverter
from django.views.decorators.http import require_GET, require_http_methods

from gameplan.web.accounts import openid, pages


class Letters(StringConverter):
    """Letters and digits, and no hyphen: what stands before it is the account, what stands behind it the key."""

    regex = "[0-9A-Za-z]+"


register_converter(Letters, "letters")
GET_OR_POST = require_http_methods(["GET", "POST"])
remove_passkey = passkeys.RemoveWebAuthnView.as_view(success_url=reverse_lazy("mfa_index"))

urlpatterns: list[URLPattern] = [
    path("sign-in/", GET_OR_POST(account.login), name="account_login"),
    path("sign-in/second-step/", GET_OR_POST(second.authenticate), name="mfa_authenticate"),
    path("sign-in/passkey/", GET_OR_POST(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path("sign-in/closed/", require_GET(account.account_inactive), name="account_inactive"),
    path("sign-in/password/", GET_OR_POST(account.password_reset), name="account_reset_password"),
    path("sign-in/password/sent/", require_GET(account.password_reset_done), name="account_reset_password_done"),
    path(
        "sign-in/password/<letters:uidb36>-<str:key>/",
        GET_OR_POST(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "sign-in/password/done/",
        require_GET(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("sign-in/confirm/", require_GET(account.email_verification_sent), name="account_email_verification_sent"),
    path("sign-in/confirm/<str:key>/", GET_OR_POST(account.confirm_email), name="account_confirm_email"),
    # Single sign-on
    path("sign-in/with/cancelled/", require_GET(social.login_cancelled), name="socialaccount_login_cancelled"),
    path("sign-in/with/<slug:provider_id>/", require_GET(openid.login), name="openid_connect_login"),
    path("sign-in/with/<slug:provider_id>/back/", require_GET(openid.callback), name="openid_connect_callback"),
    path("sign-in/saml/<slug:organization_slug>/", require_GET(saml.login), name="saml_login"),
    path("sign-in/saml/<slug:organization_slug>/back/", pages.saml_back, name="saml_acs"),
    path("sign-in/saml/<slug:organization_slug>/finish/", require_GET(saml.finish_acs), name="saml_finish_acs"),
    path("sign-in/saml/<slug:organization_slug>/metadata/", require_GET(saml.metadata), name="saml_metadata"),
    path("sign-in/saml/<slug:organization_slug>/sign-out/", GET_OR_POST(saml.sls), name="saml_sls"),
    # Once signed in
    path("account/", pages.about_me, name="account"),
    path("account/sign-out/", GET_OR_POST(account.logout), name="account_logout"),
    path("account/password/", GET_OR_POST(account.password_change), name="account_change_password"),
    path("account/password/first/", GET_OR_POST(account.password_set), name="account_set_password"),
    path("account/email/", GET_OR_POST(account.email), name="account_email"),
    path("account/sessions/", pages.sessions, name="usersessions_list"),
    path("account/sessions/<int:number>/end/", pages.end_session, name="end_session"),
    path("account/sure/", GET_OR_POST(account.reauthenticate), name="account_reauthenticate"),
    path("account/sure/code/", GET_OR_POST(second.reauthenticate), name="mfa_reauthenticate"),
    path("account/sure/passkey/", GET_OR_POST(passkeys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("account/second-step/", require_GET(second.index), name="mfa_index"),
    path("account/second-step/app/", GET_OR_POST(totp.activate_totp), name="mfa_activate_totp"),
    path("account/second-step/app/remove/", GET_OR_POST(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("account/second-step/codes/", require_GET(spare.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "account/second-step/codes/new/",
        GET_OR_POST(spare.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path("account/second-step/passkey/", GET_OR_POST(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("account/second-step/passkey/<int:pk>/remove/", GET_OR_POST(remove_passkey), name="mfa_remove_webauthn"),
]
