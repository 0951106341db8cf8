"""All settings, and the only place that reads the environment. README lists the variables in one table."""

import contextlib
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from leverage_site.keys import kept_secret_key

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"  # everything this machine makes for itself; nothing of it is in version control

with contextlib.suppress(OSError):  # whoever must write there says so better than we could here
    VAR_DIR.mkdir(exist_ok=True)

# What the environment says ---------------------------------------------------------------------------------

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="") or kept_secret_key(VAR_DIR / "secret_key")
DATABASE_URL = env.str("DATABASE_URL", default="")
SITE_URL = env.str("SITE_URL", default="http://localhost:8000").rstrip("/")
LOG_FORMAT = env.str("LOG_FORMAT", default="plain")
CI = env.bool("CI", default=False)  # nobody watches: a skipped test is a failure
CHROMIUM = env.str("CHROMIUM", default="")  # the browser for the browser tests, where it is not on the path

site = urlsplit(SITE_URL)
if site.scheme not in ("http", "https") or not site.hostname or site.path:
    raise ImproperlyConfigured(
        f"SITE_URL is {SITE_URL!r}. It names scheme and host, and a port if need be: https://records.example.com"
    )
HTTPS = site.scheme == "https"
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[site.hostname])


def network(text: str) -> IPv4Network | IPv6Network:
    """The network that an address or a network is; raises ``ImproperlyConfigured`` with a right one."""
    try:
        return ip_network(text.strip())
    except ValueError as fault:
        raise ImproperlyConfigured(
            f"TRUSTED_PROXIES holds {text!r}: {fault}. Write addresses or networks: 10.0.0.7, 172.18.0.0/16"
        ) from fault


# Besides this machine, who is believed in what X-Forwarded-For and X-Forwarded-Proto say of a visitor.
TRUSTED_PROXIES = [network(text) for text in env.list("TRUSTED_PROXIES", default=[]) if text.strip()]

# The application -------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "records",
    "leverage_site.apps.DeskConfig",  # Django's admin as the author's desk
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_tables2",
    "django_filters",
    "axes",
]
MIDDLEWARE = [
    # Outermost, so that what the others refuse or redirect carries their headers as well.
    "leverage_site.csp.ContentSecurityPolicyMiddleware",
    "leverage_site.middleware.permissions_policy",
    "django.middleware.security.SecurityMiddleware",
    # What is of somebody, and static files that were not collected and compressed.
    "records.revision.middleware.GZipOfTheRest",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "records.revision.middleware.OneRevision",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "records.views.bounded.bounded_reads",
    "records.views.addresses.old_addresses",
]
ROOT_URLCONF = "leverage_site.urls"
DESK_PATH = "admin/"
WSGI_APPLICATION = "leverage_site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "records.views.context.site",
            ],
        },
    },
]
# A day of 75 tasks posts over a thousand fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
# A pasted text of 10 MB comes along with its rows, its lines ended by two characters each.
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024

LANGUAGE_CODE = "en-us"
USE_I18N = False
TIME_ZONE = "UTC"  # the author's own zone is part of the site profile
USE_TZ = True

# Database and cache ----------------------------------------------------------------------------------------

DATABASE_BY_ENGINE: dict[str, dict[str, Any]] = {
    "django.db.backends.sqlite3": {
        # Seconds. Opening takes as long as a query or two; after them, a file put in its place is seen.
        "CONN_MAX_AGE": 1,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",  # a writer waits at the door instead of failing half-way
            "timeout": 20,  # seconds
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    },
    "django.db.backends.postgresql": {
        "CONN_HEALTH_CHECKS": True,  # the pool tries a connection before it hands it out
        # Seconds. The pool's pauses double while it reconnects: after a long outage it would sleep on and on.
        "OPTIONS": {
            "pool": {"min_size": 1, "max_size": 8, "timeout": 3, "reconnect_timeout": 10},
            "connect_timeout": 3,
            # It compiles what it takes for long, which for our queries takes longer than to answer them.
            "options": "-c jit=off",
        },
    },
}


def database() -> dict[str, Any]:
    """The database DATABASE_URL names, by default a file, with what its engine needs to serve many."""
    named = env.db_url_config(DATABASE_URL or f"sqlite:///{VAR_DIR / 'db.sqlite3'}")
    stock = DATABASE_BY_ENGINE.get(named.get("ENGINE", ""))
    if stock is None:
        raise ImproperlyConfigured(
            "DATABASE_URL names neither sqlite:///path/to/file nor postgres://user@host/name."
        )
    return {**stock, **named, "OPTIONS": {**stock["OPTIONS"], **named.get("OPTIONS", {})}}


DATABASES = {"default": database()}
CACHES = {
    "default": env.cache_url("CACHE_URL", default="locmemcache://"),
    # What is computed once for each state of the figures, such as quantiles of all tasks.
    "figures": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "figures",
        "OPTIONS": {"MAX_ENTRIES": 200},
    },
    # Social cards, named by their content, so that none grows old: files, written whole or not at all.
    "cards": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "cards",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 500},
    },
}

PAGE_CACHE_MB = env.int("PAGE_CACHE_MB", default=32)  # of each process
WARM_PAGES = env.bool("WARM_PAGES", default=True)

# Static files ----------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR_DIR / "static")))
with contextlib.suppress(OSError):  # an empty folder will do until something is collected
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "leverage_site.static.JoinedFinder",
]
JOINED_DIR = VAR_DIR / "joined"  # scripts written into one file
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "leverage_site.static.CollectedStorage"},
}
if DEBUG:
    STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # nothing leads to the others, and each takes its time at the start
# Until `collectstatic` has been run for this folder, files are served from where they lie, unhashed.
WHITENOISE_USE_FINDERS = DEBUG or not (STATIC_ROOT / "staticfiles.json").exists()

# Who may come in -------------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "admin:login"
# By name and address together: a stranger cannot lock the author out from elsewhere.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_CALLABLE = "leverage_site.throttle.user_name"
AXES_CLIENT_IP_CALLABLE = "leverage_site.throttle.client_address"
AXES_LOCKOUT_TEMPLATE = "locked_out.html"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# What browsers are told ------------------------------------------------------------------------------------

SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
# W005, W021: HSTS for sub-domains and in browsers' lists is for the owner of the whole domain to decide.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"

# Logs ------------------------------------------------------------------------------------------------------

LOG_FORMATTERS: dict[str, dict[str, str]] = {
    "plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
    "json": {"()": "leverage_site.logs.JsonFormatter"},
}
if LOG_FORMAT not in LOG_FORMATTERS:
    raise ImproperlyConfigured(f"LOG_FORMAT is {LOG_FORMAT!r}. It is one of: {', '.join(LOG_FORMATTERS)}.")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": LOG_FORMATTERS,
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    # Django's own handlers would mail administrators and print every line twice.
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "axes": {"level": "WARNING"},
    },
}
