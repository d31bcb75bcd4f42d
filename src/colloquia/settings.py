"""Django's settings. What an operator may change comes from ``configuration``; the rest is fixed here."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from colloquia import configuration, databases, drafting_settings

PACKAGE = Path(__file__).resolve().parent
DATA = configuration.data_folder()
CONTENT = configuration.content_folder()
RUNS = DATA / "runs"
ATTACHMENTS = DATA / "attachments"

SECRET_KEY = configuration.secret_key()
LEDGER_KEY = configuration.text("LEDGER_KEY")
DEBUG = configuration.switch("DEBUG")
PUBLIC_URL = configuration.public_url()
_SECURE = PUBLIC_URL.startswith("https://")
_PUBLIC_HOST = urlsplit(PUBLIC_URL).hostname or "localhost"
ALLOWED_HOSTS = configuration.words("ALLOWED_HOSTS") or sorted(
    {_PUBLIC_HOST, "localhost", "127.0.0.1", "[::1]"}
)
SITE_NAME = configuration.text("SITE_NAME")
NEUTRALITY_LINE = configuration.text("NEUTRALITY_LINE")

INSTALLED_APPS = [
    "colloquia.accounts",
    "colloquia.core",
    "colloquia.issues",
    "colloquia.consultations",
    "colloquia.submissions",
    "colloquia.outcomes",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    "rules.apps.AutodiscoverRulesConfig",
]

MIDDLEWARE = [
    "colloquia.middleware.ArrivalMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "colloquia.middleware.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "colloquia.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "colloquia.middleware.SessionMiddleware",
    "colloquia.middleware.SecondFactorMiddleware",
    "colloquia.middleware.NullCharacterMiddleware",
    "colloquia.middleware.RunFilesMiddleware",
]

ROOT_URLCONF = "colloquia.urls"
WSGI_APPLICATION = "colloquia.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "libraries": {
                "components": "colloquia.templatetags.components",
            },
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "colloquia.context.site",
            ],
        },
    },
]

# Database: no ATOMIC_REQUESTS, so that reading a page never waits for a writer.
DATABASES = {"default": databases.database(configuration.text("DATABASE_URL"), DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    # Beyond so many entries some are dropped at random, and with them how often somebody asked.
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA / "cache",
        "OPTIONS": {"MAX_ENTRIES": 5000},
    },
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# A language model that drafts and translates for officers; None, so that no connection is made, unless set.
DRAFTING = drafting_settings.read()

# People: an e-mail address and a code sent to it; passkeys and authenticator codes on top.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "colloquia.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 900
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if _SECURE else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = configuration.number("TRUSTED_PROXIES")
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = SITE_NAME
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
REGISTRATION_OPEN = configuration.text("REGISTRATION") == "open"
if configuration.text("REGISTRATION") not in {"open", "closed"}:
    raise configuration.ConfigurationError("REGISTRATION must be open or closed.")
CLAMAV = configuration.text("CLAMAV")
if CLAMAV not in {"auto", "off", "required"}:
    raise configuration.ConfigurationError("CLAMAV must be auto, off or required.")
DISK_RESERVE = configuration.number("DISK_RESERVE_MB") * 1_000_000
DRAFT_FILES_LIMIT = configuration.number("DRAFT_FILES_MB") * 1_000_000
SECOND_FACTOR_REQUIRED = configuration.switch("SECOND_FACTOR")

# Mail
locals().update(databases.mail(configuration.text("EMAIL_URL")))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = configuration.text("EMAIL_FROM")

# Languages: English and Arabic are complete; the others fall back to English, with a notice that says so.
LANGUAGES = [
    ("en", _("English")),
    ("ar", _("Arabic")),
    ("es", _("Spanish")),
    ("fr", _("French")),
    ("ru", _("Russian")),
    ("zh-hans", _("Chinese")),
]
COMPLETE_LANGUAGES = ("en", "ar")
# Mails are written in all six; the catalogues of the other four hold nothing of the pages.
MAIL_LANGUAGES = (*COMPLETE_LANGUAGES, "es", "fr", "ru", "zh-hans")
LANGUAGE_CODE = configuration.text("DEFAULT_LANGUAGE")
if LANGUAGE_CODE not in COMPLETE_LANGUAGES:
    raise configuration.ConfigurationError(f"DEFAULT_LANGUAGE must be en or ar, not “{LANGUAGE_CODE}”.")
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = _SECURE
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = configuration.text("TIME_ZONE")
TIME_ZONE_COOKIE_NAME = "time_zone"

# Static files carry their hash in their name, except while developing or testing.
STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [PACKAGE / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = DATA / "media"
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
# An officer may tick some thousand passages on one page.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# Browsers
CONTENT_SECURITY_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = configuration.number("HSTS_SECONDS") if _SECURE else 0
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_NAME = "session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _SECURE
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
CSRF_FAILURE_VIEW = "colloquia.views.csrf_failure"
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"private_links": {"()": "colloquia.log_lines.WithoutPrivateLinks"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["private_links"]},
    },
    "root": {"handlers": ["console"], "level": configuration.text("LOG_LEVEL").upper()},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
