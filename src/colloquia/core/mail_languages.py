"""Which language a message is written in: the person's, where messages exist in it; else English."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from colloquia.engines.languages.names import language_name


def offered(wanted: str) -> str:
    """The language of messages that a code stands for; blank for none.

    ``fr-CA`` is French, and every ``zh`` is ``zh-hans``, in which messages are written.
    """
    code = wanted.strip().lower().replace("_", "-")
    main = code.partition("-")[0]
    for each in settings.MAIL_LANGUAGES:
        if code == each or main == each.partition("-")[0]:
            return str(each)
    return ""


def message_language(*wanted: str) -> str:
    """The language of a message: the first of those wanted that it can be written in, else English."""
    return next((code for code in map(offered, wanted) if code), "en")


def language_to_write_in(language: str) -> str:
    """What to keep of a sender who chose no language of messages: that of what they sent, else English.

    A language that messages do not exist in is kept as well: they are then told why they read English.
    """
    return offered(language) or language.strip()[:12] or "en"


def language_choices() -> list[tuple[str, Any]]:
    """Code and name of each language that somebody may choose for messages."""
    return [(code, name) for code, name in settings.LANGUAGES if code in settings.MAIL_LANGUAGES]


def why_english(wanted: str) -> str:
    """A line for who wanted a language that messages do not exist in; blank for everybody else."""
    if not wanted or offered(wanted) or (name := language_name(wanted)) == wanted:
        return ""
    return f"This message is in English because this site does not write messages in {name}."
