"""The one settings file. Every knob is an environment variable; unset, it is right for `serve`.

DATABASE_URL             the PostgreSQL to use; unset, a private one in the data folder
DATABASE_POOL            the most connections of a serving process, 0 for one per thread
CHARTER_DATA             the data folder, `.data` beside manage.py
SECRET_KEY               signs sessions and links; unset, made once and kept in the data folder
ALLOWED_HOSTS            the names the site answers to, by commas
CSRF_TRUSTED_ORIGINS     further origins whose forms are taken, by commas, with their scheme
FORWARDED_ALLOW_IPS      the proxies whose X-Forwarded-For and -Proto are believed, 127.0.0.1
CHARTER_HTTPS            off serves in the clear: cookies without Secure, no redirect, no HSTS
HSTS_SECONDS             how long browsers remember to come by https
CHARTER_LOG_LEVEL        DEBUG, INFO, WARNING, ERROR
CHARTER_LOG_FORMAT       json or console
EMAIL_URL                smtp://…, for password resets; unset, none are offered
EMAIL_FROM               the sender of those
CHARTER_MAX_UPLOAD       the largest request, in bytes
"""

from pathlib import Path
from urllib.parse import unquote

import django_htmx
import environ
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from charter.data import ROOT, data_folder, make, secret_key
from charter.embedded import place
from charter.logs import logging_config
from charter.static_files import add_headers

env = environ.Env()
DATA = make(data_folder())

DEBUG = env.bool("DEBUG", default=False)
# `manage.py demo` alone turns this on: anyone may then sign in as one of the demo cast.
DEMO = env.bool("CHARTER_DEMO", default=False)
HTTPS = env.bool("CHARTER_HTTPS", default=True)
SECRET_KEY = env("SECRET_KEY", default="") or secret_key()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "rest_framework",
    "simple_history",
    "django_htmx",
    "csp",
    "accounts",
    "charter",
]

MIDDLEWARE = [
    "charter.logs.RequestLog",
    "charter.health.Health",
    "charter.static_files.StaticFiles",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "charter.headers.FurtherHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.PersonLanguage",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "charter.web.answers.AccessAnswers",
]

ROOT_URLCONF = "charter.urls"
WSGI_APPLICATION = "charter.wsgi.application"
ASGI_APPLICATION = "charter.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "accounts.context.interface",
            ],
        },
    },
]

# --- the database -------------------------------------------------------------------------------

EMBEDDED = not env("DATABASE_URL", default="")
if EMBEDDED:
    DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", **place.address(DATA)}}
else:
    DATABASES = {"default": env.db("DATABASE_URL")}
    # A folder with a socket stands in the host's place as %2Fvar%2Frun%2Fpostgresql.
    DATABASES["default"]["HOST"] = unquote(DATABASES["default"]["HOST"])
DATABASES["default"].setdefault("OPTIONS", {})
DATABASES["default"]["OPTIONS"].setdefault("application_name", "charter")

_pool = env.int("DATABASE_POOL", default=0)
if _pool:
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": _pool, "timeout": 20}
    DATABASES["default"]["CONN_MAX_AGE"] = 0
elif "CONN_MAX_AGE" not in DATABASES["default"]:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- people -------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.Person"
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "accounts:sign_in"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600  # seconds; of invitations too

# --- languages and time -------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("ru", _("Russian"))]
LOCALE_PATHS = [ROOT / "charter" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- static files -------------------------------------------------------------------------------

STATIC_URL = "/static/"
_htmx = Path(django_htmx.__file__).parent / "static" / "django_htmx"
STATICFILES_DIRS = [ROOT / "static", ("django_htmx", _htmx)]
STATIC_ROOT = DATA / "static"
STATICFILES_FINDERS = ["charter.static_files.OwnAndHtmx"]
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_ADD_HEADERS_FUNCTION = add_headers
WHITENOISE_MAX_AGE = 0  # of files under plain names; hashed ones are kept for ever
WHITENOISE_USE_FINDERS = DEBUG or not (STATIC_ROOT / "staticfiles.json").exists()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "charter.static_files.HashedFiles"},
}

# --- security -----------------------------------------------------------------------------------

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "charter-session"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=365 * 24 * 3600) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}
MAX_UPLOAD = env.int("CHARTER_MAX_UPLOAD", default=20 * 1024 * 1024)
DATA_UPLOAD_MAX_MEMORY_SIZE = MAX_UPLOAD
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# --- letters and logs ---------------------------------------------------------------------------

EMAIL_OFFERED = bool(env("EMAIL_URL", default=""))
if EMAIL_OFFERED:
    vars().update(env.email("EMAIL_URL"))
DEFAULT_FROM_EMAIL = env("EMAIL_FROM", default="charter@localhost")
LOGGING = logging_config(
    level=env("CHARTER_LOG_LEVEL", default="WARNING" if DEMO else "INFO"),
    format=env("CHARTER_LOG_FORMAT", default="console" if DEMO else "json"),
)
