"""Loading the starter set: papers in our own words, which no officer's work is ever overwritten by."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from typing import Any

from django.db import transaction

from colloquia.core import audit
from colloquia.issues.models import (
    Discussion,
    GlossaryEntry,
    Issue,
    IssuePlacement,
    IssueWording,
    Lineage,
    LineageEnd,
    Origin,
    Paper,
    PaperVersion,
    Question,
    QuestionPlacement,
    QuestionWording,
    RecordedChange,
    Section,
)
from colloquia.issues.services.archive import Archive, StarterError, clean, digest, read_archive
from colloquia.issues.services.rows import Changes

__all__ = ["StarterError", "load_starter"]


def load_starter(folder: Path, by: Any = None) -> Changes:
    """Load every paper of a folder (``<folder>/<slug>/paper.yaml``); done again, it changes nothing.

    What an officer imported or decided stays: versions that were imported are left alone, and imported
    wordings stand beside those of the starter set and before them.

    Raises:
        StarterError: a file cannot be used; nothing of that paper is written.
    """
    changes = Changes(by)
    for path in sorted(folder.glob("*/paper.yaml")):
        archive = read_archive(path.parent)
        if Paper.objects.filter(slug=archive.data["slug"], starter_hash=archive.sha256).exists():
            continue
        with transaction.atomic():
            _Load(archive, changes).run()
    return changes


class _Load:
    """One paper on its way into the tables."""

    def __init__(self, archive: Archive, changes: Changes) -> None:
        self.archive, self.data, self.changes = archive, archive.data, changes
        self.versions: dict[str, PaperVersion] = {}
        self.open: dict[str, PaperVersion] = {}
        self.issue_position = self.question_position = 0

    def run(self) -> None:
        """Everything, in the order in which rows need one another."""
        data, archive = self.data, self.archive
        before = (dict(self.changes.added), dict(self.changes.changed))
        related = [
            {
                "symbol": entry["symbol"],
                "titles": archive.texts(entry["title"], "related", entry["symbol"]),
                "date": str(entry["date"]),
                "source": archive.source(entry["source"]),
            }
            for entry in data.get("related", [])
        ]
        self.paper = self.changes.put(
            Paper,
            {"slug": data["slug"]},
            {
                "prefix": data["prefix"],
                "language": archive.language,
                "titles": archive.texts(data["title"], "paper", "title"),
                "related": related,
            },
        )
        for position, entry in enumerate(data["versions"], start=1):
            self._version(entry, position)
        self._sections()
        self._glossary()
        for entry in data["issues"]:
            self._issue(entry)
        self._history()
        Paper.objects.filter(pk=self.paper.pk).update(starter_hash=archive.sha256)
        if before != (self.changes.added, self.changes.changed):
            audit.record(self.paper, "issues.load_starter", by=self.changes.by)

    def _version(self, entry: dict[str, Any], position: int) -> None:
        archive, key = self.archive, str(entry["key"])
        facts = [
            {
                "texts": archive.texts(fact["text"], "facts", f"{key}.{number}"),
                "sources": archive.sources(fact["sources"]),
            }
            for number, fact in enumerate(entry.get("facts", []), start=1)
        ]
        version = self.changes.put(
            PaperVersion,
            {"paper": self.paper, "key": key},
            {
                "position": position,
                "symbol": entry.get("symbol", ""),
                "titles": archive.texts(entry["title"], "versions", key),
                "status": entry.get("status", "draft"),
                "date": entry.get("date"),
                "published": entry.get("published"),
                "language": archive.language,
                "sources": archive.sources(entry.get("sources", [])),
                "facts": facts,
            },
        )
        self.versions[key] = version
        if version.origin == Origin.STARTER and not version.is_authentic:
            self.open[key] = version

    def _sections(self) -> None:
        for position, entry in enumerate(self.data.get("sections", []), start=1):
            for key in entry["in"]:
                if key in self.open:
                    self.changes.put(
                        Section,
                        {"version": self.open[key], "key": entry["key"]},
                        {
                            "titles": self.archive.texts(entry["title"], "sections", entry["key"]),
                            "position": position,
                        },
                    )

    def _glossary(self) -> None:
        for position, entry in enumerate(self.data.get("glossary", []), start=1):
            name = re.sub(r"\W+", "-", entry["term"].lower()).strip("-")
            for key in entry["in"]:
                if key not in self.open:
                    continue
                for language, meaning in self.archive.texts(
                    entry["meaning"], "glossary", entry["term"], "meaning"
                ).items():
                    own = language == self.archive.language
                    term = entry["term"]
                    if not own:
                        term = self.archive.translated(language, "glossary", term, "term") or term
                    self.changes.put(
                        GlossaryEntry,
                        {
                            "version": self.open[key],
                            "key": name,
                            "language": language,
                            "origin": Origin.STARTER,
                        },
                        {"term": term, "meaning": meaning, "position": position}
                        | self._graded(entry, entry["meaning"], own=own),
                    )

    def _issue(self, entry: dict[str, Any]) -> None:
        self.issue_position += 1
        issue = self.changes.put(Issue, {"id": entry["id"]}, {"paper": self.paper})
        for key, number in entry["in"].items():
            if key not in self.open:
                continue
            section = Section.objects.filter(version=self.open[key], key=entry["section"]).first()
            placement = self.changes.put(
                IssuePlacement,
                {"version": self.open[key], "issue": issue},
                {"number": str(number), "section": section, "position": self.issue_position},
            )
            for language, title in self.archive.texts(entry["title"], "issues", entry["id"], "title").items():
                own = language == self.archive.language
                context = (
                    clean(entry.get("context"))
                    if own
                    else self.archive.translated(language, "issues", entry["id"], "context")
                )
                self.changes.put(
                    IssueWording,
                    {"placement": placement, "language": language, "origin": Origin.STARTER},
                    {"title": title, "context": context}
                    | self._graded(
                        {"grade": "secondary", **entry}, entry["title"], own=own, version=self.open[key]
                    ),
                )
        for question in entry.get("questions", []):
            self._question(question, issue)

    def _question(self, entry: dict[str, Any], issue: Issue) -> None:
        self.question_position += 1
        question = self.changes.put(
            Question, {"id": entry["id"]}, {"issue": issue, "tags": entry.get("tags", [])}
        )
        held = entry.get("wording_in", entry["in"])
        for key in entry["in"]:
            if key not in self.versions:
                raise self.archive.wrong(f"question {question.pk}: there is no version “{key}”.")
            if key not in self.open:
                continue
            placement = self.changes.put(
                QuestionPlacement,
                {"version": self.open[key], "question": question},
                {"issue": issue, "position": self.question_position},
            )
            texts = self.archive.texts(entry["text"], "questions", question.pk) if key in held else {}
            for language, text in texts.items():
                self.changes.put(
                    QuestionWording,
                    {"placement": placement, "language": language, "origin": Origin.STARTER},
                    {"text": text}
                    | self._graded(
                        entry,
                        entry["text"],
                        own=language == self.archive.language,
                        version=self.open[key],
                    ),
                )

    def _graded(
        self, entry: dict[str, Any], original: str, *, own: bool, version: PaperVersion | None = None
    ) -> dict[str, Any]:
        """Grade, source and provenance of one wording."""
        about = self.versions.get(self.archive.about(entry["source"]))
        return {
            "grade": entry["grade"],
            "source": self.archive.source(entry["source"])["text"],
            "is_translation": not own,
            "source_hash": "" if own else digest(clean(original)),
            "described_in": about if about and version and about.pk != version.pk else None,
        }

    def _history(self) -> None:
        self._lineage()
        for position, entry in enumerate(self.data.get("changes", []), start=1):
            change = self.changes.put(
                RecordedChange,
                {
                    "from_version": self.versions[entry["from"]],
                    "to_version": self.versions[entry["to"]],
                    "position": position,
                    "origin": Origin.STARTER,
                },
                {
                    "texts": self.archive.texts(entry["text"], "changes", str(position)),
                    "sources": self.archive.sources(entry["sources"]),
                },
            )
            change.issues.set(entry.get("issues", []))
        for number, entry in enumerate(self.data.get("discussions", []), start=1):
            discussion = self.changes.put(
                Discussion,
                {"paper": self.paper, "date": entry["date"], "origin": Origin.STARTER},
                {
                    "occasions": self.archive.texts(
                        entry["occasion"], "discussions", str(number), "occasion"
                    ),
                    "notes": self.archive.texts(entry["note"], "discussions", str(number), "note")
                    if entry.get("note")
                    else {},
                    "source": self.archive.source(entry["source"])["text"],
                },
            )
            discussion.issues.set(entry["issues"])

    def _lineage(self) -> None:
        """One line of descent for each issue of the later of two versions, once."""
        keys = list(self.versions)
        for earlier, later in itertools.pairwise(keys):
            ends = {"from_version": self.versions[earlier], "to_version": self.versions[later]}
            if Lineage.objects.filter(**ends).exists():
                continue
            for entry in self.data["issues"]:
                kind = entry.get("since_draft")
                if not kind or later not in entry["in"]:
                    continue
                line = Lineage.objects.create(
                    **ends, kind=kind, sources=self.archive.sources([entry["source"]]), origin=Origin.STARTER
                )
                self.changes.added["lineage"] = self.changes.added.get("lineage", 0) + 1
                sides = [LineageEnd.Side.TO] if kind == "added" else list(LineageEnd.Side)
                LineageEnd.objects.bulk_create(
                    LineageEnd(lineage=line, side=side, issue_id=entry["id"]) for side in sides
                )
