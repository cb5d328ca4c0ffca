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
EMAIL_URL                smtp://…, for letters: password resets, invitations, notices; unset, none
EMAIL_FROM               the sender of those
CHARTER_SITE             the origin that links in letters begin with; unset, https://first host
CHARTER_MAX_UPLOAD       the largest request, in bytes
CHARTER_API_RATE         requests a minute by one token; a person has twice as many
CHARTER_ADMIN            where the operator's pages are, admin/; off for none
CHARTER_METRICS_TOKEN    who sends it as a bearer token is told /metrics
CHARTER_METRICS_NETWORKS networks whose machines are told /metrics, by commas
SENTRY_DSN               where failures are reported; SENTRY_ENVIRONMENT, SENTRY_RELEASE
CHARTER_WEBHOOK_NETWORKS private networks that webhooks may call, by commas: 10.1.0.0/16
CHARTER_WEBHOOK_LOOPBACK on lets webhooks call this machine, by http too; on in the demo
CHARTER_WEBHOOK_WORKER   off leaves the webhooks to `manage.py deliver_webhooks`
CHARTER_DUE_WORKER       off leaves what falls due with time to `manage.py run_due`
"""

from pathlib import Path
from urllib.parse import unquote

import django
import django_htmx
import drf_spectacular_sidecar
import environ
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from charter.data import ROOT, Trouble, data_folder, make, secret_key
from charter.embedded import place
from charter.faults import report_to
from charter.logs import logging_config
from charter.outward import addresses
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
    "charter.admin.apps.OperatorConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "simple_history",
    "django_htmx",
    "csp",
    "accounts",
    "charter",
]

MIDDLEWARE = [
    "charter.logs.RequestLog",
    "charter.metrics.Metrics",
    "charter.health.Health",
    "charter.static_files.StaticFiles",
    "charter.compression.Compression",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "charter.headers.FurtherHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.PersonLanguage",
    "accounts.middleware.PersonTimeZone",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "charter.web.answers.AccessAnswers",
    "charter.web.presence.InTheRoom",
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
                "charter.web.notices.waiting",
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

# The operator's pages, in the form of a path without a slash before it; "" for none.
ADMIN_PATH = env("CHARTER_ADMIN", default="admin/").strip("/")
ADMIN_PATH = "" if ADMIN_PATH.lower() in ("off", "") else f"{ADMIN_PATH}/"

# --- languages and time -------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("ru", _("Russian"))]
LOCALE_PATHS = [ROOT / "charter" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- static files -------------------------------------------------------------------------------

STATIC_URL = "/static/"
_admin = Path(django.__file__).parent / "contrib" / "admin" / "static" / "admin"
_htmx = Path(django_htmx.__file__).parent / "static" / "django_htmx"
_swagger = Path(drf_spectacular_sidecar.__file__).parent / "static" / "drf_spectacular_sidecar"
STATICFILES_DIRS = [
    ROOT / "static",
    ("django_htmx", _htmx),
    ("admin", _admin),
    ("swagger-ui", _swagger / "swagger-ui-dist"),
]
STATIC_ROOT = DATA / "static"
STATICFILES_FINDERS = ["charter.static_files.OwnAndTaken"]
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

# --- webhooks -----------------------------------------------------------------------------------

try:
    WEBHOOK_RULES = addresses.rules(
        env.list("CHARTER_WEBHOOK_NETWORKS", default=[]),
        loopback=env.bool("CHARTER_WEBHOOK_LOOPBACK", default=DEBUG or DEMO),
    )
except ValueError as error:
    raise Trouble(f"CHARTER_WEBHOOK_NETWORKS names no network: {error}.") from error
WEBHOOK_WORKER = env.bool("CHARTER_WEBHOOK_WORKER", default=True)
DUE_WORKER = env.bool("CHARTER_DUE_WORKER", default=True)

# --- the API ------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "EXCEPTION_HANDLER": "charter.api.problems.handled",
    "DEFAULT_SCHEMA_CLASS": "charter.api.schema.DescribedSchema",
    "URL_FORMAT_OVERRIDE": None,
    "COERCE_DECIMAL_TO_STRING": False,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Charter",
    "VERSION": "1",
    "DESCRIPTION": "The drafting room for programs: everything a person can do in the browser.",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "POSTPROCESSING_HOOKS": [],
    "PATH_CONVERTER_OVERRIDES": {
        "number": {"type": "integer", "minimum": 0, "maximum": 999_999_999},
        "name": {"type": "string", "pattern": r"^[-\w]{1,80}$"},
        "slug": {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"},
    },
}
API_RATE_TOKEN = env.int("CHARTER_API_RATE", default=600)  # requests a minute
API_RATE_PERSON = 2 * API_RATE_TOKEN
API_RATE_STRANGER = 60  # of one origin, of those that are refused for want of a token

# --- metrics and reports ------------------------------------------------------------------------

METRICS_TOKEN = env("CHARTER_METRICS_TOKEN", default="")
try:
    METRICS_NETWORKS = addresses.rules(
        env.list("CHARTER_METRICS_NETWORKS", default=[]), loopback=False
    ).networks
except ValueError as error:
    raise Trouble(f"CHARTER_METRICS_NETWORKS names no network: {error}.") from error
if env("SENTRY_DSN", default=""):
    report_to(
        env("SENTRY_DSN"),
        environment=env("SENTRY_ENVIRONMENT", default="production"),
        release=env("SENTRY_RELEASE", default=None),
    )

# --- letters and logs ---------------------------------------------------------------------------

EMAIL_OFFERED = bool(env("EMAIL_URL", default=""))
if EMAIL_OFFERED:
    vars().update(env.email("EMAIL_URL"))
EMAIL_TIMEOUT = 20  # seconds for the machine that takes mail to answer
SITE = env("CHARTER_SITE", default="").rstrip("/")
if not SITE:
    _hosts = [host for host in ALLOWED_HOSTS if host[:1] not in ("*", ".", "")] or ["localhost"]
    SITE = f"{'https' if HTTPS else 'http'}://{_hosts[0]}"
DEFAULT_FROM_EMAIL = env("EMAIL_FROM", default="charter@localhost")
LOGGING = logging_config(
    level=env("CHARTER_LOG_LEVEL", default="WARNING" if DEMO else "INFO"),
    format=env("CHARTER_LOG_FORMAT", default="console" if DEMO else "json"),
)
