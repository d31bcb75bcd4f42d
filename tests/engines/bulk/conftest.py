"""A random docket as Parquet tables, and the same in plain Python to count by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import pytest

from colloquia.engines.bulk import build_index
from colloquia.engines.store.tables import SCHEMAS

QUESTIONS = ("IP-01.q1", "IP-02.q1")
STATES = ("Member state",)


@dataclass
class Docket:
    """Rows by table, as they were written."""

    folder: Path
    tables: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def themes_of(self, question: str) -> list[str]:
        return [row["theme_id"] for row in self.tables["themes"] if (row["question_id"] or "") == question]


def _blank(table: str) -> dict[str, Any]:
    empty = {
        "string": "", "int64": 0, "double": 0.0, "bool": False, "strings": [], "integers": [],
    }  # fmt: skip
    return {name: empty[kind] for name, kind in SCHEMAS[table].items()}


def write(docket: Docket) -> None:
    """The tables into the folder, and the index over them."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {
        "string": pa.string(), "int64": pa.int64(), "double": pa.float64(), "bool": pa.bool_(),
        "strings": pa.list_(pa.string()), "integers": pa.list_(pa.int64()),
    }  # fmt: skip
    for name, columns in SCHEMAS.items():
        schema = pa.schema([(column, kinds[kind]) for column, kind in columns.items()])
        rows = [_blank(name) | row for row in docket.tables.get(name, [])]
        pq.write_table(pa.Table.from_pylist(rows, schema=schema), docket.folder / f"{name}.parquet")
    build_index(docket.folder)


def make(folder: Path, seed: int) -> Docket:
    """Forty submissions of one to four passages; two questions with five themes each, seven of the docket."""
    random = Random(seed)
    docket = Docket(folder)
    themes = [(question, f"{question}.t{n}") for question in QUESTIONS for n in range(1, 6)]
    themes += [("", f"T{n}") for n in range(1, 8)]
    tables: dict[str, list[dict[str, Any]]] = {name: [] for name in SCHEMAS}
    tables["themes"] = [{"theme_id": name, "question_id": question or None} for question, name in themes]
    for number in range(1, 41):
        submission = f"S-2026-{number:05d}"
        tables["submissions"].append(
            {
                "submission_id": submission, "source_id": f"R{number}", "message": random.randint(0, 25),
                "country": random.choice(["FR", "KE", "", "JP"]),
                "language": random.choice(["en", "fr", "ar"]),
                "stakeholder": random.choice(["Member state", "member  state", "Company", ""]),
                "channel": random.choice(["portal", "e-mail"]),
                "organisation": random.choice(["Acme", "ACME ", "Beta", "", "Gamma Ltd", "gamma"]),
                "person": random.choice(["", "A Person"]), "documents": 1, "characters": number,
                "status": "read",
            }
        )  # fmt: skip
        document = f"{submission}.d1"
        text = ""
        for place in range(1, random.randint(1, 4) + 1):
            words = f"Passage {place} of {number} on {random.choice(['Licences', 'Ωmega', 'nothing'])}."
            passage = f"{submission}.p{place}"
            tables["passages"].append(
                {
                    "passage_id": passage, "submission_id": submission, "document_id": document,
                    "start": len(text), "end": len(text) + len(words), "text": words, "language": "en",
                    "shared": random.random() < 0.2,
                }
            )  # fmt: skip
            text += words + "\n"
            for question in ("", *QUESTIONS):
                if question and random.random() < 0.4:
                    continue
                if question:
                    tables["passage_questions"].append(
                        {"passage_id": passage, "question_id": question, "score": random.random()}
                    )
                if random.random() < 0.85:
                    theme = random.choice([name for own, name in themes if own == question])
                    tables["passage_themes"].append(
                        {"passage_id": passage, "theme_id": theme, "score": random.random()}
                    )
        tables["documents"].append(
            {"document_id": document, "submission_id": submission, "sha256": f"{number:064d}", "name": "a"}
        )
        tables["texts"].append({"document_id": document, "text": text})
    docket.tables = tables
    write(docket)
    return docket


@pytest.fixture
def docket(tmp_path: Path) -> Docket:
    """The docket of seed 1."""
    return make(tmp_path, 1)
