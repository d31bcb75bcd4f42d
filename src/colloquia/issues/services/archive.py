"""Reads the files of a paper in the starter set: all versions in ``paper.yaml``, translations beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from colloquia import __version__

GRADES = ("verified", "secondary", "recalled")
_LISTS = ("versions", "sections", "glossary", "changes", "discussions", "issues", "related")


class StarterError(ValueError):
    """A file of the starter set cannot be used; the message names file, place and remedy."""


@dataclass(frozen=True, slots=True)
class Archive:
    """One paper of the starter set. ``translations`` maps a language to the content of its file."""

    path: Path
    data: Mapping[str, Any]
    translations: Mapping[str, Mapping[str, Any]]
    sha256: str = ""

    @property
    def language(self) -> str:
        """The language in which ``paper.yaml`` is written."""
        return str(self.data.get("language", "en"))

    def texts(self, original: str, kind: str, key: str, field: str = "") -> dict[str, str]:
        """A text in every language that has it: the original, then the translations."""
        found = {self.language: clean(original)}
        for language in self.translations:
            text = self.translated(language, kind, key, field)
            if text:
                found[language] = text
        return found

    def translated(self, language: str, kind: str, key: str, field: str = "") -> str:
        """One text of a translation's file, blank where it has none."""
        entry = self.translations[language].get(kind, {}).get(key, "")
        return clean(entry.get(field, "") if isinstance(entry, Mapping) else (entry if not field else ""))

    def source(self, key: str) -> dict[str, str]:
        """A source as it is kept: an address or words, with the day of the source where it is known."""
        entry = self.data.get("sources", {}).get(key)
        if entry is None:
            raise self.wrong(f"the source “{key}” is not listed under “sources:”; add it there.")
        kept = {"text": str(entry.get("url") or entry.get("text", ""))}
        return kept | ({"date": str(entry["date"])} if "date" in entry else {})

    def sources(self, keys: Iterable[str]) -> list[dict[str, str]]:
        """Several sources."""
        return [self.source(key) for key in keys]

    def about(self, key: str) -> str:
        """The key of the version that a source describes, blank where it does not say."""
        return str(self.data.get("sources", {}).get(key, {}).get("about", ""))

    def wrong(self, message: str) -> StarterError:
        """An error that names the file."""
        return StarterError(f"{self.path}: {message}")


def read_archive(folder: Path) -> Archive:
    """Read one folder. Raises StarterError."""
    path = folder / "paper.yaml"
    data = _read(path)
    translations = {
        other.stem: _read(other) for other in sorted(folder.glob("*.yaml")) if other.name != path.name
    }
    archive = Archive(path, data, translations, _fingerprint(folder))
    for field in ("slug", "prefix", "title", "versions", "issues"):
        if not data.get(field):
            raise archive.wrong(f"“{field}:” is missing; docs/reference/papers.md shows the form.")
    for field in _LISTS:
        if not isinstance(data.get(field, []), list):
            raise archive.wrong(f"“{field}:” must be a list; start each entry with a dash.")
    for issue in data["issues"]:
        for question in issue.get("questions", []):
            if question.get("grade") not in GRADES:
                raise archive.wrong(
                    f"question {question.get('id')}: the grade “{question.get('grade')}” is not one of "
                    f"{', '.join(GRADES)}; the starter set holds no official text."
                )
    return archive


def clean(text: object) -> str:
    """A text on one line."""
    return " ".join(str(text or "").split())


def digest(text: str) -> str:
    """SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def _fingerprint(folder: Path) -> str:
    """SHA-256 over the program's version and every file of a paper."""
    total = hashlib.sha256(__version__.encode())
    for path in sorted(folder.glob("*.yaml")):
        total.update(f"\n{path.name}\n".encode() + path.read_bytes())
    return total.hexdigest()


def _read(path: Path) -> Mapping[str, Any]:
    import yaml

    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise StarterError(f"{path} cannot be read: {' '.join(str(error).split())[:300]}") from error
    if not isinstance(data, Mapping):
        raise StarterError(f"{path} must hold fields such as “slug:” and “issues:”, not a list or a text.")
    return data
