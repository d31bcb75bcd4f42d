"""Names of languages in other languages, from the Unicode locale data that Babel carries."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

_FIRST_OF_OURS = {"zh": "zh_Hans", "zh-cn": "zh_Hans", "zh-tw": "zh_Hant"}
_LONGEST_CODE = 35
"""Characters; no BCP 47 tag in use is longer."""


@lru_cache(maxsize=4096)
def language_name(code: str, in_language: str = "en") -> str:
    """What the language ``code`` is called in ``in_language``; the code itself where no name is known.

    Args:
        code: ISO 639-1 or 639-3, or a tag with script or region (``zh-hant``, ``pt-BR``).
        in_language: the same; English where Babel does not know it.

    """
    locale = _locale(in_language) or _locale("en")
    names = locale.languages if locale else {}
    subtags = code.strip().replace("_", "-").split("-")
    tag = _tag(subtags)
    if tag in names:
        return str(names[tag])
    name = names.get(subtags[0].lower())
    return str(name) if name else code


def code_named(name: str) -> str:
    """The code of the language that ``language_name`` calls so in English; "" where there is none."""
    return _codes().get(name, "")


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    locale = _locale("en")
    return {str(name): str(code) for code, name in reversed(list(locale.languages.items()))} if locale else {}


def _tag(subtags: list[str]) -> str:
    """The subtags as Babel keys them: ``zh_Hant``, ``pt_BR``."""
    scripts_and_regions = (
        subtag.title() if len(subtag) == len("Hant") else subtag.upper() for subtag in subtags[1:]
    )
    return "_".join([subtags[0].lower(), *scripts_and_regions])


@lru_cache(maxsize=256)
def _locale(code: str) -> Locale | None:
    from babel import Locale, UnknownLocaleError

    if len(code) > _LONGEST_CODE:
        return None
    tag = _FIRST_OF_OURS.get(code.lower().replace("_", "-")) or _tag(
        code.strip().replace("_", "-").split("-")
    )
    for candidate in (tag, tag.split("_")[0]):
        try:
            return Locale.parse(candidate)
        except (UnknownLocaleError, ValueError):
            continue
    return None
