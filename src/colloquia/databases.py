"""From addresses in settings to what Django wants for databases and mail."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from colloquia.configuration import ConfigurationError

SQLITE_START = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
    " PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=134217728;"
    " PRAGMA journal_size_limit=67108864;"
)
SQLITE_TIMEOUT_SECONDS = 20


def sqlite(path: Path | str) -> dict[str, Any]:
    """SQLite that does not lose writes: write-ahead log, synced at each commit, connections kept.

    ``IMMEDIATE`` makes a transaction take the write lock at its start; Django's default takes it
    halfway and then fails with "database is locked". Only writes run in transactions here, since
    ``ATOMIC_REQUESTS`` is off.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "ATOMIC_REQUESTS": False,
        "OPTIONS": {
            "timeout": SQLITE_TIMEOUT_SECONDS,
            "transaction_mode": "IMMEDIATE",
            "init_command": SQLITE_START,
        },
    }


def database(url: str, data_folder: Path) -> dict[str, Any]:
    """The ``default`` entry of Django's ``DATABASES``. Raises ConfigurationError."""
    if not url:
        return sqlite(data_folder / "colloquia.sqlite3")
    scheme = url.partition(":")[0]
    if scheme == "sqlite":
        path = unquote(url.removeprefix("sqlite:///").removeprefix("sqlite:"))
        return sqlite(data_folder / path)
    if scheme not in {"postgres", "postgresql"}:
        raise ConfigurationError(
            f"DATABASE_URL begins with “{scheme}”; use postgres://user:password@host/name or sqlite:///path."
        )
    import dj_database_url

    try:
        parsed: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True))
    except ValueError as error:
        raise ConfigurationError(f"DATABASE_URL cannot be understood: {str(error).rstrip('.')}.") from error
    if not parsed.get("NAME"):
        raise ConfigurationError("DATABASE_URL names no database; use postgres://user:password@host/name.")
    parsed["ATOMIC_REQUESTS"] = False
    return parsed


def mail(url: str) -> dict[str, Any]:
    """Django's ``EMAIL_*`` settings for ``console:``, ``smtp:``, ``smtp+tls:`` or ``smtps:`` addresses."""
    parts = urlsplit(url)
    if parts.scheme == "console":
        return {"EMAIL_BACKEND": "colloquia.core.printed_mail.EmailBackend"}
    if parts.scheme not in {"smtp", "smtp+tls", "smtps"} or not parts.hostname:
        raise ConfigurationError(
            "EMAIL_URL must be console:, smtp://host:port, smtp+tls://user:password@host:587"
            " or smtps://user:password@host:465."
        )
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or {"smtp": 25, "smtp+tls": 587, "smtps": 465}[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 20,
    }
