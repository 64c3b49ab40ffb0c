"""Settings, read from the environment; `docs/settings.md` lists every variable.

All state lies in one folder, HUIYIN_DATA. The secret key is made once and kept there (mode 0600).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import environ

from huiyin import secret

env = environ.Env()

DATA = Path(env.str("HUIYIN_DATA", "data")).absolute()
DEBUG = env.bool("HUIYIN_DEBUG", False)
DEMO = env.bool("HUIYIN_DEMO", (DATA / "demo.json").exists())
SECRET_KEY = env.str("HUIYIN_SECRET_KEY", "") or secret.key(DATA)
ALLOWED_HOSTS = env.list("HUIYIN_HOSTS", default=["127.0.0.1", "localhost", "[::1]", "testserver"])
CSRF_TRUSTED_ORIGINS = env.list("HUIYIN_ORIGINS", default=[])
HTTPS = env.bool("HUIYIN_HTTPS", False)
FILES = DATA / "files"
MAX_UPLOAD = env.int("HUIYIN_MAX_UPLOAD", 200 * 1024 * 1024)
"""Largest single file taken in, in bytes."""

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "django_htmx",
    "huiyin.ledger",
    "huiyin.web",
    "huiyin.rulebook",
    "huiyin.people",
    "huiyin.matters",
    "huiyin.documents",
    "huiyin.notices",
    "huiyin.desk",
    "huiyin.audit",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "huiyin.web.middleware.SecurityHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "huiyin.people.middleware.ActingPerson",
    "huiyin.web.middleware.Refusals",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "huiyin.urls"
WSGI_APPLICATION = "huiyin.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csrf",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "huiyin.web.context.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "huiyin.web.templatetags.huiyin",
            ],
        },
    }
]


def databases() -> dict[str, dict[str, Any]]:
    """SQLite in the data folder unless DATABASE_URL names PostgreSQL."""
    url = env.str("DATABASE_URL", "")
    if url:
        database: dict[str, Any] = env.db_url_config(url)
        database |= {"ATOMIC_REQUESTS": False, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
        return {"default": database}
    # WAL with synchronous=FULL: a verb that was answered is a verb that is kept.
    options = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
    return {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "huiyin.sqlite3",
            "ATOMIC_REQUESTS": False,
            "OPTIONS": options,
        }
    }


DATABASES = databases()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
# Lockout: five wrong passwords of one account from one address, half an hour.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "huiyin.people.views.locked_out"
AXES_VERBOSE = False
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
CSRF_FAILURE_VIEW = "huiyin.web.views.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20000
FILE_UPLOAD_TEMP_DIR = None
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).parent / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.str("HUIYIN_ZONE", "Asia/Shanghai")
FORMAT_MODULE_PATH: list[str] = []

STATIC_URL = "/static/"
STATIC_ROOT = None  # served straight from the packages: nothing to collect after an update
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 300

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["terminal"], "level": os.environ.get("HUIYIN_LOG", "WARNING")},
}
