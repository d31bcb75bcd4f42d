"""A published analysis as ``colloquia analyse`` leaves it, small."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

REPORT = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Report</title>
<style>h1 { color: rgb(1, 2, 3); }</style></head>
<body><h1>Report</h1>
<p id="bad" style="color: rgb(9, 9, 9)">Text</p>
<script>document.getElementById("bad").textContent = "a script ran";</script></body></html>
"""


def fill(folder: Path, title: str = "A <consultation>", *, illustrative: bool = False) -> Path:
    """Write the files of an analysis into a folder, which is made."""
    folder.mkdir()
    funnel = {
        "received": 12,
        "readable": 11,
        "unreadable": 1,
        "unsupported": 2,
        "analysed": 9,
        "distinct_messages": 7,
    }
    (folder / "analysis.json").write_text(
        json.dumps({"title": title, "funnel": funnel, "themes": [{"a": 1}]})
    )
    (folder / "manifest.json").write_text(json.dumps({"begun": "2026-11-20T09:30:00+00:00"}))
    (folder / "report.html").write_text(REPORT)
    (folder / "report.docx").write_bytes(b"PK\x03\x04 word")
    (folder / "passages.parquet").write_bytes(b"PAR1")
    if illustrative:
        about = {
            "title": {"en": "Made up", "ar": "مختلق"},
            "illustrative": True,
            "note": {"en": "Nobody holds these views.", "ar": "لا أحد يتبنى هذه الآراء."},
        }
        (folder / "about.json").write_text(json.dumps(about))
        (folder / "report.ar.html").write_text(REPORT)
    return folder


@pytest.fixture
def publish(analyses: Path) -> Callable[..., Path]:
    """Publishes an analysis under an address of its own."""

    def make(slug: str, **options: object) -> Path:
        return fill(analyses / slug, **options)  # type: ignore[arg-type]

    return make
