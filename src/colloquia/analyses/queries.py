"""Reading published analyses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings

from colloquia.analyses.records import PublishedAnalysis, PublishedFile
from colloquia.consultations import folders

REPORT_NAMES = {"en": "report.html", "ar": "report.ar.html"}


def published() -> list[PublishedAnalysis]:
    """Every analysis that can be read here, by address; files and hashes are left out."""
    root = Path(settings.ANALYSES)
    if not root.is_dir():
        return []
    return [_describe(folder) for folder in sorted(root.iterdir()) if folders.is_folder(folder)]


def find(slug: str) -> PublishedAnalysis | None:
    """One analysis with its files, their sizes and hashes; None where there is none of that address."""
    folder = Path(settings.ANALYSES) / slug
    if folders.SLUG.fullmatch(slug) is None or not folders.is_folder(folder):
        return None
    try:
        files = tuple(
            PublishedFile(name, *folders.digest(folder, name)) for name in folders.file_names(folder)
        )
    except FileNotFoundError:  # the folder is being replaced by a newer analysis at this moment
        return None
    return _describe(folder, files)


def _describe(folder: Path, files: tuple[PublishedFile, ...] = ()) -> PublishedAnalysis:
    analysis = folders.read_json(folder, "analysis.json")
    about = folders.read_json(folder, "about.json")
    title = analysis.get("title")
    titles = _by_language(about.get("title")) or {
        "en": title if isinstance(title, str) and title else folder.name
    }
    funnel = analysis.get("funnel")
    manifest = folders.read_json(folder, "manifest.json")
    begun = manifest.get("begun", "")
    return PublishedAnalysis(
        slug=folder.name,
        titles=titles,
        notes=_by_language(about.get("note")),
        illustrative=about.get("illustrative") is True or analysis.get("illustrative") is True,
        funnel={
            str(stage): count
            for stage, count in (funnel if isinstance(funnel, dict) else {}).items()
            if isinstance(count, int) and not isinstance(count, bool)
        },
        begun=begun if isinstance(begun, str) else "",
        reports={language: name for language, name in REPORT_NAMES.items() if (folder / name).is_file()},
        files=files,
    )


def _by_language(value: Any) -> dict[str, str]:
    if isinstance(value, str) and value:
        return {"en": value}
    if not isinstance(value, dict):
        return {}
    return {str(code): text for code, text in value.items() if isinstance(text, str) and text}
