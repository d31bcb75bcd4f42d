"""A stored run as the input of the next one: its submissions come back without their files."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from colloquia.engines.records import Document, Submission
from colloquia.engines.results import Problem

FOUND_ANEW = frozenset({"unsupported language", "unknown country", "correction not carried"})
"""Kinds of problems that every run finds for itself."""


@dataclass(frozen=True, slots=True)
class PassageTranslation:
    """A translation of one passage; ``kind`` says what it is, for instance ``typed`` or ``machine``."""

    passage_id: str
    language: str
    text: str
    kind: str

    @property
    def document_id(self) -> str:
        """The id of the document that it becomes."""
        return f"{self.passage_id}.{self.language}"


def submissions_of(folder: Path, translations: Iterable[PassageTranslation] = ()) -> list[Submission]:
    """The submissions of the run in ``folder`` with the text versions of their documents, in order.

    Analysed again they give the same ids of documents and passages. A translation becomes a document
    ``<passage_id>.<language>`` after all others of its submission, in the order given; those that the
    run had already keep their place and numbers. One whose text is new gets numbers that no passage of the
    submission ever had. Raises ValueError where a
    translation is of no passage of the run or is given twice, and FileNotFoundError without the tables.
    """
    texts = {row["document_id"]: row for row in _rows(folder, "texts")}
    documents: dict[str, list[Document]] = defaultdict(list)
    for row in _rows(folder, "documents"):
        documents[row["submission_id"]].append(_document(row, texts[row["document_id"]]))
    closed: dict[str, dict[str, str]] = defaultdict(dict)
    for row in _rows(folder, "closed"):
        closed[row["submission_id"]][row["heading"]] = row["answer"]
    submissions = [
        _submission(row, documents[row["submission_id"]], closed[row["submission_id"]])
        for row in _rows(folder, "submissions")
    ]
    _number(folder, submissions)
    translations = list(translations)
    if translations:
        _add_translations(folder, submissions, translations)
    return submissions


def _number(folder: Path, submissions: Sequence[Submission]) -> None:
    """Tell each document which numbers its passages have, and each submission the highest given."""
    given: dict[str, list[int]] = defaultdict(list)
    highest: dict[str, int] = {}
    for row in _rows(folder, "passages", ["passage_id", "submission_id", "document_id"]):
        number = int(row["passage_id"].rpartition(".p")[2])
        given[row["document_id"]].append(number)
        highest[row["submission_id"]] = max(number, highest.get(row["submission_id"], 0))
    for submission in submissions:
        submission.numbers_given = highest.get(submission.submission_id, 0)
        for document in submission.documents:
            if numbers := given.get(document.document_id):
                document.numbered = (min(numbers), len(numbers))


def problems_of(folder: Path) -> list[Problem]:
    """What could not be done when the files of the run were read; the next run cannot find it again."""
    path = folder / "analysis.json"
    found = json.loads(path.read_text(encoding="utf-8"))["problems"]
    return [Problem(**item) for item in found if item["kind"] not in FOUND_ANEW]


def _add_translations(
    folder: Path, submissions: Sequence[Submission], translations: Sequence[PassageTranslation]
) -> None:
    wanted = {item.passage_id for item in translations}
    home = {
        row["passage_id"]: (row["submission_id"], row["document_id"])
        for row in _rows(folder, "passages", ["passage_id", "submission_id", "document_id"])
        if row["passage_id"] in wanted
    }
    by_id = {item.submission_id: item for item in submissions}
    seen: set[str] = set()
    for item in translations:
        if item.passage_id not in home:
            raise ValueError(
                f"A translation is of {item.passage_id}, which is no passage of {folder}; take it back."
            )
        if item.document_id in seen:
            raise ValueError(
                f"There are two translations of {item.passage_id} into {item.language!r}; "
                "give the one that holds."
            )
        seen.add(item.document_id)
        submission_id, document_id = home[item.passage_id]
        own = by_id[submission_id].documents
        source = next(document for document in own if document.document_id == document_id)
        made = _translated(item, source)
        held = [place for place, document in enumerate(own) if document.document_id == made.document_id]
        if not held:
            own.append(made)
        elif own[held[0]].text == made.text:
            own[held[0]] = replace(made, numbered=own[held[0]].numbered)
        else:
            own[held[0]] = made


def _translated(item: PassageTranslation, source: Document) -> Document:
    return Document(
        document_id=item.document_id,
        submission_id=source.submission_id,
        name=f"{item.passage_id}, {item.language}",
        sha256=sha256(item.text.encode("utf-8", "surrogatepass")).hexdigest(),
        media_type="text/plain",
        text=item.text.replace("\r\n", "\n").replace("\r", "\n"),
        language=item.language,
        status="read" if item.text.strip() else "empty",
        tool=item.kind,
        question_id=source.question_id,
        translation_of=item.passage_id,
    )


def _rows(folder: Path, table: str, columns: list[str] | None = None) -> list[dict[str, Any]]:
    import pyarrow.parquet as pq

    found: list[dict[str, Any]] = pq.read_table(folder / f"{table}.parquet", columns=columns).to_pylist()
    return found


def _document(row: dict[str, Any], text: dict[str, Any]) -> Document:
    return Document(
        document_id=row["document_id"],
        submission_id=row["submission_id"],
        name=row["name"],
        sha256=row["sha256"],
        media_type=row["media_type"],
        text=text["text"],
        page_starts=tuple(text["page_starts"]),
        language=row["language"],
        status=row["status"],
        problem=row["problem"],
        tool=text["tool"],
        question_id=row["question_id"] or None,
        translation_of=row["translation_of"],
    )


def _submission(row: dict[str, Any], documents: list[Document], closed: dict[str, str]) -> Submission:
    """Every field that has a column; country and language as they were stated, to be understood again."""
    named = {field.name for field in fields(Submission)} - {"documents", "closed"}
    values = {name: row[name] for name in sorted(named & row.keys())}
    values |= {"country": row["stated_country"], "language": row["stated_language"]}
    return Submission(**values, documents=documents, closed=closed)
