"""Settings every installation shares. What differs from paper to paper comes from broadsheet.toml and the environment."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url

from broadsheet.plain.configuration import load_configuration
from broadsheet.plain.mail_server import read_mail_server

#: The paper's folder: broadsheet.toml, theme/, and unless said otherwise data/.
PAPER_DIR = Path(os.environ.get("BROADSHEET_PAPER", ".")).resolve()
DATA_DIR = Path(os.environ.get("DATA_DIR", PAPER_DIR / "data")).resolve()
CONFIGURATION = load_configuration(PAPER_DIR)

SECRET_KEY = os.environ.get("BROADSHEET_SECRET_KEY", "")
DEBUG = False
ALLOWED_HOSTS = os.environ.get("BROADSHEET_DESK_HOSTS", "127.0.0.1,localhost").split(",")

INSTALLED_APPS = [
    "broadsheet.press",
    "broadsheet.ledger",
    "broadsheet.edition",
    "broadsheet.desk",
    "broadsheet.wire",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "broadsheet.desk.quiet_admin.QuietAdminConfig",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "broadsheet.desk.content_policy.ContentPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "broadsheet.desk.logins.middleware.LogInsMiddleware",
    "broadsheet.desk.inspectors.InspectorMiddleware",
    "broadsheet.desk.middleware.ActorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "broadsheet.desk.urls"
WSGI_APPLICATION = "broadsheet.desk.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

_SQLITE_OPTIONS = {
    # Writers queue at BEGIN instead of failing at their first write; see docs/decisions/0003.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;PRAGMA recursive_triggers=ON;"
        # What is deleted or written over is filled with zeros, so that an erasure finds no older trace of its words.
        "PRAGMA secure_delete=ON;"
    ),
}
_DEFAULT = dj_database_url.config(default=f"sqlite:///{DATA_DIR / 'paper.sqlite3'}", conn_max_age=600)
_SQLITE = _DEFAULT["ENGINE"].endswith("sqlite3")
if _SQLITE:
    _DEFAULT |= {"ENGINE": "broadsheet.settings.sqlite3", "OPTIONS": _SQLITE_OPTIONS}
#: A second connection to the same database, for reads that want one snapshot while others write.
_SNAPSHOT = {
    **_DEFAULT,
    "OPTIONS": (
        {**_SQLITE_OPTIONS, "transaction_mode": "DEFERRED"}
        if _SQLITE
        else {**_DEFAULT.get("OPTIONS", {}), "options": "-c default_transaction_isolation=repeatable\\ read"}
    ),
    "TEST": {"MIRROR": "default"},
}
DATABASES: dict[str, Any] = {"default": _DEFAULT, "snapshot": _SNAPSHOT}
ATOMIC_REQUESTS = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

#: Wagtail wants the machine's language to be one of the paper's; each editor may choose another for the desk.
LANGUAGE_CODE = CONFIGURATION.languages[0].code
LANGUAGES = [(language.code, language.name) for language in CONFIGURATION.languages]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
TIME_ZONE = CONFIGURATION.paper.zone
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
#: The finished site, all that readers are served from.
PRESSED_DIR = DATA_DIR / "pressed"
#: Originals of pictures, by digest, and sizes made from them; never served to readers from here.
PICTURES_DIR = DATA_DIR / "pictures"

WAGTAIL_SITE_NAME = CONFIGURATION.paper.name
WAGTAILADMIN_BASE_URL = os.environ.get("BROADSHEET_DESK_URL", "http://127.0.0.1:8001")
WAGTAILIMAGES_IMAGE_MODEL = "desk.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "broadsheet.desk.forms.picture.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
#: As the ledger's own limits (ledger.picture_decoding), so that the upload screen can refuse before it sends; what a
#: file may need to be decoded is asked by our own form (decision 0018).
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 40 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 100_000_000
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "broadsheet.desk.forms.rich_text.ForgivingEditor"}}
#: A long story has several form fields for each of its blocks.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
#: Autosave writes; on SQLite half a second would queue editors behind each other (measured, docs/decisions/0003).
WAGTAIL_AUTOSAVE_INTERVAL = 5000
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None

#: How the desk shows a draft as the reader would see it, without importing the edition.
BROADSHEET_PREVIEW = "broadsheet.edition.preview.preview_story"

#: Mail of the desk goes out after the commit (broadsheet/desk/mailing.py); without a mail server none is sent.
EMAIL_BACKEND = "broadsheet.desk.mailing.AfterCommitBackend"
_MAIL = read_mail_server(os.environ, site=urlsplit(CONFIGURATION.paper.base_url).hostname or "localhost")
EMAIL_HOST, EMAIL_PORT = _MAIL.host, _MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _MAIL.user, _MAIL.password
EMAIL_USE_SSL, EMAIL_USE_TLS = _MAIL.tls, _MAIL.starttls
DEFAULT_FROM_EMAIL = _MAIL.sender
EMAIL_TIMEOUT = 10

#: Who gets into the desk: docs/decisions/0017. Without a mail server the log-in must not promise a letter.
WAGTAIL_PASSWORD_RESET_ENABLED = bool(EMAIL_HOST)
PASSWORD_RESET_TIMEOUT = 60 * 60
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
#: Shown by the authenticator app beside the codes.
OTP_TOTP_ISSUER = WAGTAIL_SITE_NAME
#: The desk counts failures itself, with pauses that end (broadsheet/desk/logins/pauses.py).
OTP_TOTP_THROTTLE_FACTOR = 0
#: Addresses of proxies before the desk; only they are believed when they say whom they speak for.
DESK_PROXIES = os.environ.get("BROADSHEET_DESK_PROXIES", "127.0.0.1,::1")

X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = WAGTAILADMIN_BASE_URL.startswith("https://")
SILENCED_SYSTEM_CHECKS: list[str] = []

#: Warnings and errors go to standard error, for whoever keeps the processes; what goes well is not told.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "level": "WARNING", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
