"""Django's settings, from the data folder and a few environment variables (docs/deployment.md lists them).

``GOUJI_DATA``: the folder of everything that is kept (database, uploaded files, the secret); ``GOUJI_DATABASE``: a PostgreSQL address
(``postgresql://user:password@host:5432/name``), SQLite in the data folder without it; ``GOUJI_HOSTS``: names by which the server may be called;
``GOUJI_HTTPS=1`` behind a proxy that speaks https.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

HERE = Path(__file__).resolve().parent
DATA = Path(os.environ.get("GOUJI_DATA") or Path.home() / ".gouji").resolve()
HTTPS = os.environ.get("GOUJI_HTTPS") == "1"
DEBUG = False


def _secret() -> str:
    """The key of sessions and signatures: made once, kept readable by its owner alone."""
    if given := os.environ.get("GOUJI_SECRET"):
        return given
    path = DATA / "secret"
    if not path.exists():
        DATA.mkdir(parents=True, exist_ok=True)
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
                out.write(secrets.token_urlsafe(48))
        except FileExistsError:
            pass  # another process of ours was quicker
    return path.read_text()


def _database() -> dict[str, object]:
    if address := os.environ.get("GOUJI_DATABASE"):
        parts = urlsplit(address)
        return {
            "ENGINE": "django.db.backends.postgresql", "NAME": parts.path.lstrip("/"), "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""), "HOST": parts.hostname or "", "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, "ATOMIC_REQUESTS": False,
        }  # fmt: skip
    return {
        "ENGINE": "django.db.backends.sqlite3", "NAME": str(DATA / "gouji.sqlite3"), "CONN_MAX_AGE": 60,
        # A writer takes its lock at the start and waits: two that read first and write later would fail each other.
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"},
    }  # fmt: skip


SECRET_KEY = _secret()
DATABASES = {"default": _database()}
_NAMES = [name.strip() for name in os.environ.get("GOUJI_HOSTS", "").split(",") if name.strip()]
ALLOWED_HOSTS = [*_NAMES, "127.0.0.1", "localhost", "[::1]"]  # its own machine always: a health check inside of a container knows no other name
CSRF_TRUSTED_ORIGINS = [f"https://{name}" for name in _NAMES if name != "*"] if HTTPS else []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "axes",
    "django_htmx",
    "gouji.web.people",
    "gouji.web.trail",
    "gouji.web.work",
    "gouji.web.performance",
    "gouji.web.final_accounts",
    "gouji.web.checking",
]
MIDDLEWARE = [
    "gouji.web.journal.Requests",
    "django.middleware.security.SecurityMiddleware",
    "gouji.web.headers.SafeHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "gouji.web.people.expiry.Expiry",
    "gouji.web.people.sessions.FirstRun",
    "gouji.web.people.sessions.SignInFirst",
    "gouji.web.people.sessions.OwnPasswordFirst",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "gouji.web.kept.Saved",
]
ROOT_URLCONF = "gouji.web.urls"
WSGI_APPLICATION = "gouji.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gouji.web.people.context.desk",
            ],
            "builtins": ["django.contrib.humanize.templatetags.humanize", "gouji.web.people.templatetags.desk"],
            "loaders": [
                ("django.template.loaders.cached.Loader", ["django.template.loaders.filesystem.Loader"]),
            ],
        },
    }
]

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "gouji.web.people.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "people:login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "people:login"

# Locked for half an hour after eight wrong passwords of one account; the count is of the account, so that one office behind one address is not.
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.5
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_LOCKOUT_TEMPLATE = "people/locked.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_ENABLE_ACCESS_FAILURE_LOG = True

# Without use a sign-in ends after an hour, and with it after twelve (people.expiry).
SESSION_COOKIE_AGE = int(os.environ.get("GOUJI_SESSION_MINUTES") or "60") * 60
SESSION_AT_MOST = int(os.environ.get("GOUJI_SESSION_HOURS") or "12") * 3600
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "gouji.web.headers.stale_form"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True
DATE_FORMAT = "Y年n月j日"
DATETIME_FORMAT = "Y年n月j日 H:i"
USE_THOUSAND_SEPARATOR = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
STATIC_URL = "static/"
STATICFILES_DIRS = [HERE / "static"]
STATIC_ROOT = None  # nothing to collect: served from the package itself
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
FILES = DATA / "files"  # uploaded and made files; never served as static files
# The limits of reading a document hold for what is uploaded too (documents/limits.py); a zip of two hundred disclosures fits.
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_NUMBER_FILES = 1_000  # a folder dropped at once; checking.receiving says in words what is too many
FILE_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
UPLOAD_LIMIT = int(os.environ.get("GOUJI_UPLOAD_MB", "512")) * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "gouji.web.journal.JsonLine"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["out"], "level": "WARNING"},
    "loggers": {"gouji": {"level": "INFO"}, "axes": {"level": "WARNING"}},
}
# Locking by account alone is meant (see above); axes would rather count by address too.
SILENCED_SYSTEM_CHECKS = ["axes.W006"]

OIDC = bool(os.environ.get("GOUJI_OIDC_CLIENT_ID"))
if OIDC:  # a bureau's own sign-in (OpenID Connect)
    INSTALLED_APPS.append("mozilla_django_oidc")
    AUTHENTICATION_BACKENDS.append("gouji.web.people.oidc.KnownPersons")
    OIDC_RP_CLIENT_ID = os.environ["GOUJI_OIDC_CLIENT_ID"]
    OIDC_RP_CLIENT_SECRET = os.environ.get("GOUJI_OIDC_CLIENT_SECRET", "")
    OIDC_OP_AUTHORIZATION_ENDPOINT = os.environ.get("GOUJI_OIDC_AUTHORIZATION", "")
    OIDC_OP_TOKEN_ENDPOINT = os.environ.get("GOUJI_OIDC_TOKEN", "")
    OIDC_OP_USER_ENDPOINT = os.environ.get("GOUJI_OIDC_USER", "")
    OIDC_OP_JWKS_ENDPOINT = os.environ.get("GOUJI_OIDC_KEYS", "")
    OIDC_RP_SIGN_ALGO = os.environ.get("GOUJI_OIDC_ALGORITHM", "RS256")
    OIDC_RP_SCOPES = "openid profile"
    OIDC_USE_PKCE = True
    OIDC_TIMEOUT = 10
    OIDC_CREATE_USER = False
