"""What is known of a published analysis and of its files."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """One file of an analysis, as it lies on the disk: size in bytes, SHA-256 in hexadecimal."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class PublishedAnalysis:
    """One folder of results.

    ``titles`` and ``notes`` are by language code, never empty and possibly empty. ``funnel`` counts
    submissions by stage, as the analysis wrote it. ``reports`` names the report's file by language.
    """

    slug: str
    titles: dict[str, str]
    notes: dict[str, str]
    illustrative: bool
    funnel: dict[str, int]
    begun: str
    reports: dict[str, str]
    files: tuple[PublishedFile, ...] = ()

    def title(self, language: str) -> str:
        """The title in a language, else in English, else in whatever there is."""
        return self.titles.get(language) or self.titles.get("en") or next(iter(self.titles.values()))

    def note(self, language: str) -> str:
        """The note in a language, else in English, else nothing."""
        return self.notes.get(language) or self.notes.get("en", "")
