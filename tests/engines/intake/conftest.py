"""Writes tables and gives a paper for them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from colloquia.engines.paper import Number, NumberedPaper
from colloquia.engines.records import Question


@pytest.fixture
def write(tmp_path):
    """Write rows as delimited text, or text or bytes as they are, below a fresh folder."""

    def write(name: str, content, *, encoding: str = "utf-8", delimiter: str = ",") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        elif isinstance(content, str):
            path.write_bytes(content.encode(encoding))
        else:
            with path.open("w", encoding=encoding, newline="") as file:
                csv.writer(file, delimiter=delimiter).writerows(content)
        return path

    return write


@pytest.fixture
def paper() -> NumberedPaper:
    return NumberedPaper(
        title="Paper on machines that write",
        questions=(
            Question("IP-01.q1", "Who should own what a machine writes on its own?", "IP-01", "Ownership"),
            Question("IP-01.q2", "Should ownership depend on the effort of a person?", "IP-01", "Ownership"),
            Question("IP-02.q1", "Must the sources of training data be disclosed?", "IP-02", "Training data"),
        ),
        numbers=(
            Number("IP-01", "1", "draft"),
            Number("IP-01", "2", "revised"),
            Number("IP-02", "2", "draft"),
            Number("IP-02", "3", "revised"),
        ),
    )
