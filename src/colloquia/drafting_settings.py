"""The settings of the language model that may draft and translate, checked when the program starts."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from colloquia import configuration
from colloquia.configuration import ConfigurationError

_LONGEST_TIMEOUT = 3600


class Secret:
    """A text that shows itself in no log, no traceback and no page; only ``reveal`` gives it out."""

    __slots__ = ("_value",)

    def __init__(self, value: str = "") -> None:
        self._value = value

    def reveal(self) -> str:
        """The text, for the one place that needs it."""
        return self._value

    def __bool__(self) -> bool:
        return bool(self._value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._value == other._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __repr__(self) -> str:
        return "Secret(…)"


@dataclass(frozen=True, slots=True)
class DraftingSettings:
    """Where the model is reached. ``url`` has no slash at its end; ``timeout`` is in seconds.

    An empty ``model`` means no drafting, an empty ``translation_model`` no translation.
    """

    url: str
    model: str = ""
    translation_model: str = ""
    timeout: float = 120
    key: Secret = field(default_factory=Secret)


def read(environment: Mapping[str, str] = os.environ) -> DraftingSettings | None:
    """The settings, or None where ``DRAFTING_URL`` is empty: then everything here is off.

    Raises ConfigurationError, which never shows the key or an address that might hold one.
    """
    if not configuration.text("DRAFTING_URL", environment):
        return None
    model = _model("DRAFTING_MODEL", configuration.text("DRAFTING_MODEL", environment))
    translation_model = _model("TRANSLATION_MODEL", configuration.text("TRANSLATION_MODEL", environment))
    if not model and not translation_model:
        raise ConfigurationError(
            "DRAFTING_URL is set, but neither DRAFTING_MODEL nor TRANSLATION_MODEL is. "
            "Name a model, or remove DRAFTING_URL to do without."
        )
    timeout = configuration.number("DRAFTING_TIMEOUT", environment)
    if not 1 <= timeout <= _LONGEST_TIMEOUT:
        raise ConfigurationError(
            f"DRAFTING_TIMEOUT must lie between 1 and {_LONGEST_TIMEOUT} seconds, not {timeout}."
        )
    return DraftingSettings(
        url=_url(environment),
        model=model,
        translation_model=translation_model,
        timeout=timeout,
        key=_key(environment),
    )


def _url(environment: Mapping[str, str]) -> str:
    given = configuration.text("DRAFTING_URL", environment)
    wanted = "an address such as http://localhost:11434/v1"
    try:
        parts = urlsplit(given)
        port = parts.port
    except ValueError:
        raise ConfigurationError(f"DRAFTING_URL must be {wanted}; what it holds cannot be read.") from None
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        raise ConfigurationError(
            "DRAFTING_URL must hold no name, password, “?” or “#”; give the key as DRAFTING_KEY."
        )
    plain = given.isascii() and given.isprintable() and " " not in given
    if not plain or parts.scheme not in {"http", "https"} or not parts.hostname or port == 0:
        raise ConfigurationError(f"DRAFTING_URL must be {wanted}, beginning with http:// or https://.")
    return given.rstrip("/")


def _key(environment: Mapping[str, str]) -> Secret:
    key = configuration.text("DRAFTING_KEY", environment)
    if key and not (key.isascii() and key.isprintable() and " " not in key):
        raise ConfigurationError(
            "DRAFTING_KEY must be one line of letters, digits and signs without blanks; it is not shown here."
        )
    return Secret(key)


def _model(name: str, value: str) -> str:
    if not value.isprintable() or len(value) > 200:
        raise ConfigurationError(
            f"{name} must be the name of a model on one line, of at most 200 characters."
        )
    return value
