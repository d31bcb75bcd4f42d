"""``analysis.json``: what was found, without the bulk that stands in the tables."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from colloquia.engines.results import Analysis, Group, Theme
from colloquia.engines.store.storable import storable


def summary(analysis: Analysis) -> dict[str, Any]:
    """The analysis as JSON values; passages, members and texts are in the Parquet tables."""
    themes_with_quotes: dict[str, list[dict[str, Any]]] = {}
    for quote in analysis.quotes:
        themes_with_quotes.setdefault(quote.theme_id, []).append(asdict(quote))
    return {
        "schema": "colloquia.analysis/1",
        "title": analysis.title,
        "parameters": analysis.parameters,
        "funnel": asdict(analysis.funnel),
        "quality": analysis.quality,
        "paper": asdict(analysis.paper) if analysis.paper else None,
        "questions": [asdict(count) for count in analysis.question_counts],
        "themes": [
            {**_theme(theme), "quotes": themes_with_quotes.get(theme.theme_id, [])}
            for theme in analysis.themes
        ],
        "groups": [_public(group) for group in analysis.groups],
        "breakdowns": [asdict(item) for item in analysis.breakdowns if item.theme_id is None],
        "closed": [asdict(item) for item in analysis.closed],
        "languages": [asdict(item) for item in analysis.languages],
        "problems": [asdict(problem) for problem in analysis.problems],
        **({"carried": asdict(analysis.carried)} if analysis.carried else {}),
    }


def _theme(theme: Theme) -> dict[str, Any]:
    """A theme as JSON values; ``continues`` only where it goes on with a theme of an earlier run."""
    values = asdict(theme)
    if not theme.continues:
        del values["continues"]
    return values


def _public(group: Group) -> dict[str, Any]:
    """A group as JSON values; a sender of a merely similar message is not named."""
    values = asdict(group)
    if group.kind == "similar":
        values["representative"] = ""
    return values


def write_summary(analysis: Analysis, path: Path) -> None:
    """Write ``summary(analysis)`` as UTF-8 JSON."""
    text = json.dumps(summary(analysis), ensure_ascii=False, indent=1)
    path.write_text(storable(text) + "\n", encoding="utf-8")
