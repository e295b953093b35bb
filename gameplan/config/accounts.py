"""Signing in where people have accounts (GAMEPLAN_SHARED): every setting of it, all from the environment.

GAMEPLAN_HTTPS       1 where the pages are reached by https (behind a proxy that ends the encryption)
GAMEPLAN_CERTIFICATE where the program speaks https itself (see `serve_production`)
GAMEPLAN_PROXIES     how many proxies stand before this program and add to X-Forwarded-For  (default: none)
GAMEPLAN_IDLE_MINUTES after how long without use staff sign in again; 0 is never  (default: 60)
GAMEPLAN_ADDRESS     where people reach it, like https://plans.lakeside.example; for links made on the command line
GAMEPLAN_EMAIL_URL   smtp://user:password@host:587     (default: each mail is a file in the folder `mail`)
GAMEPLAN_EMAIL_FROM  the sender of every mail          (default: gameplan@ the first host name)
GAMEPLAN_BREACHED_PASSWORDS  a file of passwords that were stolen elsewhere (see `people.breached`)
GAMEPLAN_SSO         a TOML file that names the providers of single sign-on (see `sso`)
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from gameplan.config import environment
from gameplan.config.environment import WrongSetting
from gameplan.config.mail import mail_settings
from gameplan.config.sso import allauth_providers, providers
from gameplan.people.breached import fault_of

DAY_IN_SECONDS = 24 * 60 * 60
DAYS_SIGNED_IN = 14
MINUTES_TO_STAY_SURE = 15
MINUTES_IDLE = 60
DAYS_A_CONFIRMATION_HOLDS = 3
HOURS_A_RESET_HOLDS = 4
LETTERS_OF_A_PASSWORD = 12
MOST_KEPT_COUNTS = 100_000

# In both ways of running: what is installed, so that one database fits both.
APPS = [
    "allauth", "allauth.account", "allauth.mfa", "allauth.usersessions", "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect", "allauth.socialaccount.providers.saml",
]  # fmt: skip
ALLAUTH = {
    "AUTHENTICATION_BACKENDS": ["allauth.account.auth_backends.AuthenticationBackend"],
    "PASSWORD_HASHERS": [
        "django.contrib.auth.hashers.Argon2PasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ],
    "AUTH_PASSWORD_VALIDATORS": [
        {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
         "OPTIONS": {"user_attributes": ("email", "name")}},
        {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
         "OPTIONS": {"min_length": LETTERS_OF_A_PASSWORD}},
        {"NAME": "gameplan.people.passwords.UsualPasswordValidator"},
        {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
        {"NAME": "gameplan.people.passwords.WordsOfTheHouseValidator"},
        {"NAME": "gameplan.people.passwords.BreachedPasswordValidator"},
    ],
    "PASSWORD_RESET_TIMEOUT": HOURS_A_RESET_HOLDS * 60 * 60,
    "LOGIN_URL": "account_login",
    "LOGIN_REDIRECT_URL": "/",
    "ACCOUNT_ADAPTER": "gameplan.web.accounts.adapter.AccountAdapter",
    "ACCOUNT_USER_MODEL_USERNAME_FIELD": None,
    "ACCOUNT_USER_DISPLAY": str,
    "ACCOUNT_LOGIN_METHODS": {"email"},
    "ACCOUNT_SIGNUP_FIELDS": ["email*", "password1*"],
    "ACCOUNT_UNIQUE_EMAIL": True,
    "ACCOUNT_EMAIL_VERIFICATION": "mandatory",
    "ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS": DAYS_A_CONFIRMATION_HOLDS,
    "ACCOUNT_EMAIL_SUBJECT_PREFIX": "",
    "ACCOUNT_EMAIL_NOTIFICATIONS": True,
    "ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS": True,
    "ACCOUNT_PREVENT_ENUMERATION": True,
    "ACCOUNT_CHANGE_EMAIL": True,
    "ACCOUNT_LOGOUT_REDIRECT_URL": "account_login",
    "ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE": False,
    "ACCOUNT_REAUTHENTICATION_REQUIRED": True,
    "ACCOUNT_REAUTHENTICATION_METHODS": ["password", "mfa"],
    "ACCOUNT_REAUTHENTICATION_TIMEOUT": MINUTES_TO_STAY_SURE * 60,
    # Five wrong passwords close an address for a quarter of an hour, whether there is such an account or not.
    "ACCOUNT_RATE_LIMITS": {
        "login_failed": "5/15m/key,100/15m/ip", "login": "60/m/ip", "reset_password": "20/m/ip,3/h/key",
    },
    "ACCOUNT_FORMS": {
        "login": "gameplan.web.accounts.forms.SignInForm",
        "reset_password": "gameplan.web.accounts.forms.ForgottenForm",
        "reset_password_from_key": "gameplan.web.accounts.forms.NewPasswordForm",
        "change_password": "gameplan.web.accounts.forms.ChangePasswordForm",
        "set_password": "gameplan.web.accounts.forms.FirstPasswordForm",
        "reauthenticate": "gameplan.web.accounts.forms.SureForm",
        "add_email": "gameplan.web.accounts.forms.NewAddressForm",
    },
    "MFA_ADAPTER": "gameplan.web.accounts.adapter.SecondFactorAdapter",
    "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
    "MFA_PASSKEY_LOGIN_ENABLED": True,
    "MFA_RECOVERY_CODES_SHOW_ONCE": True,
    "MFA_TOTP_ISSUER": "gameplan",
    "MFA_TOTP_TOLERANCE": 1,
    "MFA_FORMS": {
        "authenticate": "gameplan.web.accounts.forms.CodeForm",
        "reauthenticate": "gameplan.web.accounts.forms.SureCodeForm",
        "activate_totp": "gameplan.web.accounts.forms.FirstCodeForm",
        "add_webauthn": "gameplan.web.accounts.forms.PasskeyForm",
    },
    "SOCIALACCOUNT_ADAPTER": "gameplan.web.accounts.sso.SingleSignOn",
    "SOCIALACCOUNT_ENABLED": True,
    # A link, not a form: our pages may send forms to themselves only, and going there changes nothing.
    "SOCIALACCOUNT_LOGIN_ON_GET": True,
    "SOCIALACCOUNT_STORE_TOKENS": False,
    "SOCIALACCOUNT_EMAIL_AUTHENTICATION": False,
    "USERSESSIONS_TRACK_ACTIVITY": False,
    "HEADLESS_ENABLED": False,
}  # fmt: skip


def shared_settings(data: Path) -> dict[str, Any]:
    """What differs where people sign in: sessions, counts of tries, cookies, mail, sign-on. Raises WrongSetting."""
    address = environment.text("GAMEPLAN_ADDRESS").rstrip("/")
    if address and not urlsplit(address).hostname:
        raise WrongSetting("GAMEPLAN_ADDRESS", f"{address!r} is no address.", "Write https://plans.lakeside.example.")
    hosts = [name for name in (urlsplit(address).hostname, *environment.words("GAMEPLAN_HOSTS")) if name]
    sender = environment.text("GAMEPLAN_EMAIL_FROM", f"gameplan@{(hosts or ['localhost'])[0]}")
    known = providers(environment.text("GAMEPLAN_SSO"))
    return {
        "GAMEPLAN_ADDRESS": address,
        "ALLOWED_HOSTS": ["127.0.0.1", "localhost", "[::1]", *hosts],
        # In the database, so that a session can be seen and ended, and tries are counted over all processes.
        "SESSION_ENGINE": "django.contrib.sessions.backends.db",
        "SESSION_COOKIE_NAME": "gameplan-session",
        "SESSION_COOKIE_AGE": DAYS_SIGNED_IN * DAY_IN_SECONDS,
        "CACHES": {
            "default": {
                "BACKEND": "django.core.cache.backends.db.DatabaseCache",
                "LOCATION": "people_counted",
                "OPTIONS": {"MAX_ENTRIES": MOST_KEPT_COUNTS},
            }
        },
        "GAMEPLAN_IDLE_MINUTES": environment.number("GAMEPLAN_IDLE_MINUTES", MINUTES_IDLE),
        "GAMEPLAN_BREACHED_PASSWORDS": _list_of_stolen_passwords(),
        "GAMEPLAN_SSO": known,
        "SOCIALACCOUNT_PROVIDERS": allauth_providers(known),
        "ALLAUTH_TRUSTED_PROXY_COUNT": environment.number("GAMEPLAN_PROXIES"),
        **mail_settings(environment.secret("GAMEPLAN_EMAIL_URL"), data, sender),
        **_https(),
    }


def _list_of_stolen_passwords() -> str:
    """The file, which was looked at, or nothing. Raises WrongSetting."""
    kept = environment.text("GAMEPLAN_BREACHED_PASSWORDS")
    fault = fault_of(Path(kept)) if kept else ""
    if fault:
        raise WrongSetting("GAMEPLAN_BREACHED_PASSWORDS", fault, "See docs/accounts.md, Stolen passwords.")
    return kept


def _https() -> dict[str, Any]:
    """What holds where the browser speaks https with the proxy."""
    if not environment.flag("GAMEPLAN_HTTPS"):
        return {"ACCOUNT_DEFAULT_HTTP_PROTOCOL": "http"}
    # With a certificate of its own the program sees for itself how somebody came; a header could be made up.
    own = bool(environment.text("GAMEPLAN_CERTIFICATE"))
    return {
        "ACCOUNT_DEFAULT_HTTP_PROTOCOL": "https",
        "SECURE_PROXY_SSL_HEADER": None if own else ("HTTP_X_FORWARDED_PROTO", "https"),
        "SECURE_SSL_REDIRECT": True,
        # Who watches the program asks it on its own machine. A program that sent its token in the open is refused, not
        # led on: nobody would notice (`api.problems`).
        "SECURE_REDIRECT_EXEMPT": [r"^health/(live|ready)$", r"^metrics$", r"^api/v1/(?!docs/)"],
        "SECURE_HSTS_SECONDS": 365 * DAY_IN_SECONDS,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_NAME": "__Host-gameplan-session",
        "CSRF_COOKIE_SECURE": True,
        "CSRF_COOKIE_NAME": "__Host-gameplan-form",
        "LANGUAGE_COOKIE_SECURE": True,
        "LANGUAGE_COOKIE_NAME": "__Host-gameplan-language",
        "LOOK_COOKIE_NAME": "__Host-gameplan-look",
    }
