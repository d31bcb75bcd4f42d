"""The settings that an operator may give, read from the environment and from nowhere else.

One table, ``SETTINGS``, is the source for ``settings.py``, for the commands that need a
setting before Django is loaded, and for the test that each one is documented.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from colloquia.secret_file import kept_secret


class ConfigurationError(Exception):
    """A setting has a value that cannot be used; the message names it and the remedy."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable. ``secret`` ones may also be given as ``NAME_FILE``, a path to read."""

    name: str
    default: str
    meaning: str
    secret: bool = False


SETTINGS: tuple[Setting, ...] = (
    Setting("ALLOWED_HOSTS", "", "Host names that the site answers to, separated by commas"),
    Setting("CLAMAV", "auto", "Whether received files are scanned for malware: auto, off or required"),
    Setting("COLLOQUIA_CONTENT", "", "Folder of the starter programme"),
    Setting("COLLOQUIA_DATA", "var", "Folder for the database, received files and analyses"),
    Setting("DATABASE_URL", "", "Database, for instance postgres://user:password@host/name", secret=True),
    Setting("DEBUG", "no", "Show errors to visitors; for developers only"),
    Setting("DEFAULT_LANGUAGE", "en", "Language shown to a visitor who states none"),
    Setting("DISK_RESERVE_MB", "1000", "Megabytes on the disk that files of drafts leave free"),
    Setting("DRAFT_FILES_MB", "20000", "Megabytes that files of drafts which were not sent may take in all"),
    Setting("DRAFTING_KEY", "", "Access key of the language model's endpoint", secret=True),
    Setting("DRAFTING_MODEL", "", "Language model that drafts names and summaries; none where empty"),
    Setting("DRAFTING_TIMEOUT", "120", "Seconds to wait for one answer of a language model"),
    Setting("DRAFTING_URL", "", "Base address of an OpenAI-compatible endpoint; no drafting where empty"),
    Setting("EMAIL_FROM", "colloquia@localhost", "Sender of the messages that the site sends"),
    Setting(
        "EMAIL_URL", "console:", "Mail server, for instance smtp+tls://user:password@host:587", secret=True
    ),
    Setting("HOST", "127.0.0.1", "Address to listen on"),
    Setting("HSTS_SECONDS", "0", "How long browsers shall insist on HTTPS"),
    Setting("LEDGER_KEY", "", "Key that signs heads of the ledger; made on first use", secret=True),
    Setting("LOG_LEVEL", "INFO", "Least serious message that is logged"),
    Setting("NEUTRALITY_LINE", "", "Replaces the line at the foot of every public page"),
    Setting("PORT", "8000", "Port to listen on"),
    Setting("PUBLIC_URL", "", "Address under which visitors reach the site"),
    Setting("REGISTRATION", "open", "Whether visitors may create an account: open or closed"),
    Setting("SECOND_FACTOR", "yes", "Whether staff show a second factor in every session"),
    Setting("SECRET_KEY", "", "Key that signs sessions and links; made on first use", secret=True),
    Setting("SITE_NAME", "Colloquia", "Name of the site, in the header and in messages"),
    Setting("TIME_ZONE", "UTC", "Zone of the times shown to a visitor who states none"),
    Setting("TRANSLATION_MODEL", "", "Language model that translates passages; none where empty"),
    Setting("TRUSTED_PROXIES", "0", "Number of reverse proxies in front of the site"),
    Setting("WEB_THREADS", "4", "Threads in each web process; each holds one database connection"),
    Setting("WEB_WORKERS", "2", "Web processes"),
)

_BY_NAME = {setting.name: setting for setting in SETTINGS}
_WORDS = {
    "yes": True,
    "true": True,
    "1": True,
    "on": True,
    "no": False,
    "false": False,
    "0": False,
    "off": False,
}


def text(name: str, environment: Mapping[str, str] = os.environ) -> str:
    """The value of a setting, or its default where it is absent or blank.

    Raises ConfigurationError where ``NAME_FILE`` of a secret cannot be read.
    """
    setting = _BY_NAME[name]
    file_name = environment.get(f"{name}_FILE", "") if setting.secret else ""
    if file_name:
        try:
            return Path(file_name).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigurationError(
                f"{name}_FILE names {file_name}, which cannot be read: {error}."
            ) from error
    return environment.get(name, "").strip() or setting.default


def number(name: str, environment: Mapping[str, str] = os.environ) -> int:
    """A setting as a whole number, zero or more. Raises ConfigurationError."""
    value = text(name, environment)
    if not (value.isascii() and value.isdigit()):
        raise ConfigurationError(f"{name} must be a whole number, not “{value}”.")
    return int(value)


def switch(name: str, environment: Mapping[str, str] = os.environ) -> bool:
    """A setting as yes or no. Raises ConfigurationError."""
    value = text(name, environment)
    if value.lower() not in _WORDS:
        raise ConfigurationError(f"{name} must be yes or no, not “{value}”.")
    return _WORDS[value.lower()]


def words(name: str, environment: Mapping[str, str] = os.environ) -> list[str]:
    """A setting as the list of its parts between commas."""
    return [part.strip() for part in text(name, environment).split(",") if part.strip()]


def port(environment: Mapping[str, str] = os.environ) -> int:
    """The port to listen on, 1 to 65535. Raises ConfigurationError."""
    value = number("PORT", environment)
    if not 1 <= value <= 65535:
        raise ConfigurationError(f"PORT must lie between 1 and 65535, not {value}.")
    return value


def public_url(environment: Mapping[str, str] = os.environ) -> str:
    """The address for visitors, without a slash at the end."""
    given = text("PUBLIC_URL", environment).rstrip("/")
    if given and not given.startswith(("http://", "https://")):
        raise ConfigurationError(f"PUBLIC_URL must begin with http:// or https://, not “{given}”.")
    return given or f"http://localhost:{port(environment)}"


def data_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """The data folder, made when absent, closed to other users of the machine."""
    folder = Path(text("COLLOQUIA_DATA", environment)).expanduser().resolve()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigurationError(f"COLLOQUIA_DATA names {folder}, which cannot be made: {error}.") from error
    return folder


def content_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """The folder of the starter programme: as set, else in the package, else beside the source tree."""
    given = text("COLLOQUIA_CONTENT", environment)
    if given:
        return Path(given).expanduser().resolve()
    package = Path(__file__).resolve().parent
    packaged = package / "content"
    return packaged if packaged.is_dir() else package.parent.parent / "content"


def secret_key(environment: Mapping[str, str] = os.environ) -> str:
    """The signing key: as set, else from the data folder, where it is made on first use."""
    given = text("SECRET_KEY", environment)
    if given:
        return given
    path = data_folder(environment) / "secret_key"
    key = kept_secret(path, lambda: secrets.token_urlsafe(50)).strip()
    if len(key) < 32:
        raise ConfigurationError(
            f"{path} holds no usable key; delete it and a new one is made (all are signed out)."
        )
    return key
