"""Django's settings, all from the environment (see `environment.py`) and the settings file. Importing writes nothing.

GAMEPLAN_DATA        folder for everything that is kept        (default: the user's data folder)
DATABASE_URL         postgres://...                            (default: one SQLite file in that folder)
GAMEPLAN_SEAL_KEYS   the file of keys that lock papers and private words  (default: keys/seal.keys in that folder)
GAMEPLAN_FONTS       folders with further fonts for PDFs, like Noto Sans CJK  (default: none)
GAMEPLAN_VIRUS_SCANNER  clamd, which looks through each file that comes in, at /path or host:port  (default: none)
GAMEPLAN_SECRET_KEY  signs the sign-in cookie                  (default: made once, kept in that folder)
GAMEPLAN_HOSTS       further host names that may be asked for  (default: none, only this computer)
GAMEPLAN_TIME_ZONE   for "today"                               (default: this computer's)
GAMEPLAN_TODAY       2025-09-03 to see any other day
GAMEPLAN_SHARED      1 where people sign in: a school or a district  (default: one household, no accounts);
                     what else there is to set then stands in `accounts`
GAMEPLAN_DEBUG       1 while developing
GAMEPLAN_SETTINGS    a file that says these and all others in their place; `known` has the whole list

Any secret may also be given as NAME_FILE, the path of a file that holds it.
"""

from __future__ import annotations

import hashlib
import secrets
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from gameplan.config import accounts, environment
from gameplan.config.database import database
from gameplan.config.keys import ARRIVING, kept_key
from gameplan.config.running.log_lines import logging_settings
from gameplan.config.settings_file import take_in
from gameplan.config.sso import Provider

PACKAGE = Path(__file__).resolve().parent.parent
HOUR_IN_SECONDS = 60 * 60
YEAR_IN_SECONDS = 365 * 24 * HOUR_IN_SECONDS

take_in()
GAMEPLAN_DATA = environment.data_folder()
environment.day("GAMEPLAN_TODAY")  # read where it is needed; a wrong one stops the start

# At home one household holds every case. Where this is on, people have accounts and see what their roles open.
GAMEPLAN_SHARED = environment.flag("GAMEPLAN_SHARED")
DEBUG = environment.flag("GAMEPLAN_DEBUG")
SECRET_KEY = environment.secret("GAMEPLAN_SECRET_KEY") or kept_key(GAMEPLAN_DATA) or secrets.token_urlsafe(48)
GAMEPLAN_FONTS = environment.folders("GAMEPLAN_FONTS")
GAMEPLAN_SEAL_KEYS = environment.seal_keys(GAMEPLAN_DATA)
# Only these names: a page elsewhere that points its own name at this computer gets nothing (DNS rebinding).
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *environment.words("GAMEPLAN_HOSTS")]

INSTALLED_APPS = [
    "gameplan.config.apps.HouseConfig",
    "gameplan.web",
    "gameplan.api",
    "gameplan.reports",
    "gameplan.rosters",
    "gameplan.carrying",
    "gameplan.districts",
    "gameplan.watch",
    "gameplan.papers",
    "gameplan.consents",
    "gameplan.notices",
    "gameplan.progress",
    "gameplan.planning",
    "gameplan.cases",
    "gameplan.care",
    "gameplan.people",
    "gameplan.sealing",
    *accounts.APPS,
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
]

MIDDLEWARE = [
    "gameplan.config.running.requests.RequestsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "gameplan.config.headers.PrivatePagesMiddleware",
    "gameplan.api.problems.ProblemMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "gameplan.config.doorkeeper.DoorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "gameplan.web.went_into.WentIntoMiddleware",
    "gameplan.web.limits.LimitsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "gameplan.config.urls"
WSGI_APPLICATION = "gameplan.config.wsgi.application"
AUTH_USER_MODEL = "people.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": database(environment.secret("DATABASE_URL"), GAMEPLAN_DATA)}

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# Languages and days
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = ["gameplan.config.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = environment.time_zone()

# Styles, scripts and fonts are served from the packages themselves: no collecting step, so a plain checkout
# works. `VersionedStatic` puts a hash of the content into each address: no old style on a new page.
STATIC_URL = "/static/"
STORAGES = {"staticfiles": {"BACKEND": "gameplan.config.static.VersionedStatic"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 0 if DEBUG else HOUR_IN_SECONDS
WHITENOISE_ALLOW_ALL_ORIGINS = False

# Signing in at the kitchen table: a signed cookie, set by a link that works once (see `doorkeeper.py`).
# Browsers share cookies between ports, so their names carry the folder: two households here do not mix.
# Lax, not Strict: a link in the family's own web calendar must still open the child's page.
_FOLDER = hashlib.sha256(str(GAMEPLAN_DATA).encode()).hexdigest()[:8]
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
SESSION_COOKIE_NAME = f"gameplan-home-{_FOLDER}"
SESSION_COOKIE_AGE = YEAR_IN_SECONDS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = f"gameplan-form-{_FOLDER}"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOOK_COOKIE_NAME = "look"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Headers
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

# A paper of up to 15 MB stays in memory; a larger file (a whole case) arrives in the closed folder.
FILE_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024
_ARRIVING = GAMEPLAN_DATA / ARRIVING
FILE_UPLOAD_TEMP_DIR = str(_ARRIVING) if _ARRIVING.is_dir() else None
# Every file that comes in goes through this scanner first (see `cases.virus_scan`).
GAMEPLAN_VIRUS_SCANNER = environment.socket_of("GAMEPLAN_VIRUS_SCANNER")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["terminal"], "level": "WARNING"},
    "loggers": {"django.request": {"level": "ERROR"}, "django.security": {"level": "CRITICAL"}},
}

# Accounts: installed always, so that one database fits both ways of running; the rest only where people sign in.
GAMEPLAN_ADDRESS = ""
GAMEPLAN_IDLE_MINUTES = 0
GAMEPLAN_BREACHED_PASSWORDS = ""
GAMEPLAN_SSO: tuple[Provider, ...] = ()
globals().update(accounts.ALLAUTH)
if GAMEPLAN_SHARED:
    globals().update(accounts.shared_settings(GAMEPLAN_DATA))

# What whoever runs it gets to see. The household's own terminal says faults as Django does; elsewhere no line says
# anything of a person.
GAMEPLAN_LOG = environment.choice("GAMEPLAN_LOG", ("faults", "plain", "json"))
GAMEPLAN_METRICS_TOKEN = environment.secret("GAMEPLAN_METRICS_TOKEN")
GAMEPLAN_LEAST_DISK = environment.number("GAMEPLAN_LEAST_DISK", 500)
if GAMEPLAN_SHARED:
    LOGGING = logging_settings(GAMEPLAN_LOG)
