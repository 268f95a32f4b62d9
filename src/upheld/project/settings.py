"""Django's settings, all from the variables that `declared` lists."""

import secrets
import warnings
from pathlib import Path
from urllib.parse import urlsplit

from upheld.gateways.signing import keep_once, make_folder
from upheld.project.database import read_database
from upheld.project.declared import NotASetting, name_unknown, read_flag, read_list, read_number, read_setting
from upheld.project.rooms import list_apps, list_frames, list_interfaces, list_static_folders
from upheld.project.static_files import digest_folders

for _name in name_unknown():
    warnings.warn(f"{_name} is set, but no setting has this name: see docs/reference/settings.md", stacklevel=1)

# --- where things lie -------------------------------------------------------------------------------------------------
UPHELD_HOME = Path(read_setting("UPHELD_HOME")).expanduser().resolve()
UPHELD_KEYS = UPHELD_HOME / "keys"
UPHELD_SPOOL = UPHELD_HOME / "spool"
UPHELD_STATUS = UPHELD_HOME / "status"
UPHELD_SAMPLES = UPHELD_HOME / "samples"
UPHELD_MAIL = UPHELD_HOME / "mail"
UPHELD_SIGNER = read_setting("UPHELD_SIGNER")

# --- who we are -------------------------------------------------------------------------------------------------------
UPHELD_URL = read_setting("UPHELD_URL").rstrip("/")
_address = urlsplit(UPHELD_URL)
if _address.scheme not in ("http", "https") or not _address.hostname:
    raise NotASetting(f"UPHELD_URL is an address such as https://upheld.example.com, came {UPHELD_URL!r}")
_by_tls = _address.scheme == "https"
# The name that ledgers and the signing key are begun with; a machine that only knows itself as localhost has none to give.
UPHELD_NAME = "upheld" if _address.hostname in ("localhost", "127.0.0.1", "::1") else _address.hostname

SECRET_KEY = (
    read_setting("UPHELD_SECRET_KEY")
    or keep_once(UPHELD_KEYS / "session.key", lambda: secrets.token_urlsafe(64).encode()).decode()
)
DEBUG = read_flag("UPHELD_DEBUG")
ALLOWED_HOSTS = [_address.hostname, "localhost", "127.0.0.1", "[::1]", *read_list("UPHELD_ALLOWED_HOSTS")]

# --- what is installed ------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    *list_apps(),
    *list_interfaces(),
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
]
UPHELD_FRAMES = list_frames()
ROOT_URLCONF = "upheld.project.urls"
WSGI_APPLICATION = "upheld.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# --- rows -------------------------------------------------------------------------------------------------------------
DATABASES = {"default": read_database(read_setting("UPHELD_DATABASE_URL"), UPHELD_HOME)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Before SQLite makes it: the file is for its owner alone, and the log beside it gets the same mode.
    _file = Path(DATABASES["default"]["NAME"])
    make_folder(_file.parent)
    _file.touch(mode=0o600)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en-gb"
USE_I18N = False

# --- who may enter ----------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "parties.User"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/sign-in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/status/"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "upheld.doors.problems.show_stale_form"
CSRF_TRUSTED_ORIGINS = [f"{_address.scheme}://{_address.netloc}"]

# --- what a browser is told -------------------------------------------------------------------------------------------
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _by_tls
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if _by_tls else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if read_flag("UPHELD_BEHIND_PROXY") else None
X_FRAME_OPTIONS = "DENY"
# Everything is ours and lies in files: no address of others, nothing written into a page runs or styles it.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

# --- style sheets and scripts: served from where they lie, under an address that changes with them --------------------
STATIC_URL = f"/static/{digest_folders(list_static_folders())}/"
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
STATICFILES_DIRS = list_static_folders()
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 365 * 24 * 60 * 60

# --- mail, webhooks, pages --------------------------------------------------------------------------------------------
UPHELD_EMAIL_URL = read_setting("UPHELD_EMAIL_URL")
UPHELD_EMAIL_FROM = DEFAULT_FROM_EMAIL = SERVER_EMAIL = read_setting("UPHELD_EMAIL_FROM")
# Mail leaves through the outbox alone; what Django itself would send goes nowhere but into the log.
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
UPHELD_INBOX_URL = read_setting("UPHELD_INBOX_URL")
UPHELD_INBOX_LISTEN = read_setting("UPHELD_INBOX_LISTEN")
UPHELD_INBOX_ADDRESSES = read_list("UPHELD_INBOX_ADDRESSES")
UPHELD_INBOX_AUTHSERV_ID = read_setting("UPHELD_INBOX_AUTHSERV_ID")
UPHELD_BACKUP_KEYS_DAYS = read_number("UPHELD_BACKUP_KEYS_DAYS", 365)
UPHELD_RECORDS_MEGABYTES = read_number("UPHELD_RECORDS_MEGABYTES", 1_000_000)
UPHELD_REOPEN_DAYS = read_number("UPHELD_REOPEN_DAYS", 366)
UPHELD_WARN_SHARE = read_number("UPHELD_WARN_SHARE", 90)
UPHELD_WARN_MINUTES = read_number("UPHELD_WARN_MINUTES", 24 * 60)
UPHELD_WEBHOOK_SECRET = read_setting("UPHELD_WEBHOOK_SECRET")
UPHELD_WEBHOOK_NETWORKS = read_list("UPHELD_WEBHOOK_NETWORKS")
UPHELD_TELEGRAM_TOKEN = read_setting("UPHELD_TELEGRAM_TOKEN")
UPHELD_TELEGRAM_SECRET = read_setting("UPHELD_TELEGRAM_SECRET")
UPHELD_TELEGRAM_API = read_setting("UPHELD_TELEGRAM_API")
UPHELD_SMS_URL = read_setting("UPHELD_SMS_URL")
UPHELD_SMS_FIELDS = read_setting("UPHELD_SMS_FIELDS")
UPHELD_SMS_HEADER = read_setting("UPHELD_SMS_HEADER")
UPHELD_SMS_SECRET = read_setting("UPHELD_SMS_SECRET")
UPHELD_SMS_ARRIVED = read_setting("UPHELD_SMS_ARRIVED")
UPHELD_PHONE_URL = read_setting("UPHELD_PHONE_URL")
UPHELD_PHONE_FIELDS = read_setting("UPHELD_PHONE_FIELDS")
UPHELD_PHONE_HEADER = read_setting("UPHELD_PHONE_HEADER")
UPHELD_APPRISE = read_flag("UPHELD_APPRISE")
UPHELD_TSA_URL = read_setting("UPHELD_TSA_URL")
UPHELD_TSA_ROOTS = Path(_roots) if (_roots := read_setting("UPHELD_TSA_ROOTS")) else None

# --- log --------------------------------------------------------------------------------------------------------------
_level = read_setting("UPHELD_LOG_LEVEL").upper()
if _level not in ("DEBUG", "INFO", "WARNING", "ERROR"):
    raise NotASetting(f"UPHELD_LOG_LEVEL is debug, info, warning or error, came {_level.lower()!r}")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "upheld.project.log_lines.LogLine"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "upheld": {"handlers": ["stderr"], "level": _level, "propagate": False},
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
    },
}
