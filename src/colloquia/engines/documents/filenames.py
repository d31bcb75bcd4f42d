"""Names of files that come inside other files, made safe to show and to save."""

from __future__ import annotations

import mimetypes
import re
import unicodedata

_LENGTH = 120
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


def safe_name(name: str, media_type: str = "") -> str:
    """Return the last part of a path-like name, without controls, format characters or leading dots.

    An empty name becomes ``attachment`` with an ending that fits the media type.
    """
    last = re.split(r"[/\\]", name.strip())[-1]
    kept = "".join(
        character
        for character in last
        if unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
    )
    kept = re.sub(r'[<>:"|?*]', "_", " ".join(kept.split())).lstrip(".").rstrip(". ")
    if not kept:
        return "attachment" + (mimetypes.guess_extension(media_type) or "")
    if _RESERVED.fullmatch(kept):
        kept = "_" + kept
    if len(kept) > _LENGTH:
        stem, dot, ending = kept.rpartition(".")
        kept = (
            kept[:_LENGTH] if not dot or len(ending) > 10 else f"{stem[: _LENGTH - len(ending) - 1]}.{ending}"
        )
    return kept


def unique_names(names: list[str]) -> list[str]:
    """Return the names with a number put into those that came before, whatever their case."""
    seen: set[str] = set()
    unique = []
    for name in names:
        candidate, count = name, 1
        stem, dot, ending = name.rpartition(".")
        while candidate.casefold() in seen:
            count += 1
            candidate = f"{stem} ({count}).{ending}" if dot and stem else f"{name} ({count})"
        seen.add(candidate.casefold())
        unique.append(candidate)
    return unique
