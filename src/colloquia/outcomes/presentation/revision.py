"""A revision as pages show it: each question with what is done to it, word by word, and what led to that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse

from colloquia.consultations.presentation.visit import Visit
from colloquia.core.components import Change as Piece
from colloquia.core.components import Quote
from colloquia.engines.papers.difference import difference
from colloquia.issues.records import IssueIn, QuestionIn
from colloquia.issues.services import Arranged, arranged
from colloquia.outcomes.models import Change, ChangeKind, Revision
from colloquia.outcomes.presentation.outcomes import Entry, public_entries
from colloquia.outcomes.presentation.wording import Text, in_reader_language
from colloquia.outcomes.queries.outcomes import key_of
from colloquia.outcomes.services.revision_publishing import as_change


@dataclass(frozen=True, slots=True)
class Wording:
    """What a change does to the text in one language. ``is_missing``: it says nothing in this language."""

    language: str
    pieces: tuple[Piece, ...]
    text: str
    before: str
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class Changed:
    """A change with what it does to each wording, and the outcomes behind it."""

    change: Change
    wordings: tuple[Wording, ...]
    entries: tuple[Entry, ...]
    own_words: bool
    moved_from: str

    @property
    def label(self) -> str:
        """What is done, in a word."""
        return str(self.change.get_kind_display())

    @property
    def reason(self) -> Text:
        """The reason for the reader, and its language."""
        return in_reader_language(self.change.reasons)


@dataclass(frozen=True, slots=True)
class Placed:
    """A question where it stands in the revised paper; ``changed`` is None where nothing is done to it."""

    id: str
    text: str
    language: str
    changed: Changed | None


@dataclass(frozen=True, slots=True)
class Part:
    """An issue with its questions as they will stand, and those that are removed from it."""

    issue: IssueIn
    questions: tuple[Placed, ...]
    removed: tuple[Placed, ...]

    @property
    def is_changed(self) -> bool:
        """Whether anything is done here."""
        return bool(self.removed) or any(item.changed for item in self.questions)


def parts_of(
    revision: Revision, changes: Sequence[Change], entries: Mapping[Any, Entry] | None = None
) -> list[Part]:
    """The whole paper as the changes leave it. Eight queries."""
    from colloquia.issues import queries

    base = {each.id: each for each in queries.questions_of(revision.base)}
    # An added question of a published revision bears its id; in the base it is not there yet.
    wishes = [as_change(row) for row in changes]
    order = arranged(revision.base, wishes)
    shown = {row.pk: _changed(revision, row, base, entries or {}) for row in changes}
    found = []
    for issue, questions in order:
        removed = [
            _gone(base[row.question_id], shown[row.pk])
            for row in changes
            if row.kind == ChangeKind.REMOVE
            and row.question_id in base
            and base[row.question_id].issue_id == issue.id
        ]
        placed = [_placed(revision, row, changes, shown) for row in questions]
        found.append(Part(issue, tuple(placed), tuple(removed)))
    return found


def _placed(
    revision: Revision, row: Arranged, changes: Sequence[Change], shown: Mapping[int, Changed]
) -> Placed:
    change = changes[row.change] if row.change is not None else None
    text, language = row.texts.get(revision.language, ""), revision.language
    if not text and row.base is not None:
        held = row.base.wording()
        text, language = (held.text, held.language) if held else ("", "")
    identifier = row.id or (change.question_id if change else "")
    return Placed(identifier, text, language, shown[change.pk] if change else None)


def _gone(base: QuestionIn, changed: Changed) -> Placed:
    held = base.wording()
    return Placed(base.id, held.text if held else "", held.language if held else "", changed)


def _changed(
    revision: Revision, row: Change, base: Mapping[str, QuestionIn], entries: Mapping[Any, Entry]
) -> Changed:
    question = base.get(row.question_id) if row.kind != ChangeKind.ADD else None
    held = {}
    if question is not None:
        held = {code: wording for code in question.languages if (wording := question.wording(code))}
    cited = [entries[key_of(outcome)] for outcome in row.outcomes.all() if key_of(outcome) in entries]
    moved = row.kind == ChangeKind.MOVE and question is not None and question.issue_id != row.issue_id
    return Changed(
        row,
        tuple(_wordings(revision, row, {code: wording.text for code, wording in held.items()})),
        tuple(cited),
        own_words=any(not wording.is_official for wording in held.values()),
        moved_from=question.issue_id if moved and question else "",
    )


def _wordings(revision: Revision, row: Change, held: Mapping[str, str]) -> list[Wording]:
    if row.kind == ChangeKind.REMOVE or not row.texts:
        text = held.get(revision.language) or next(iter(held.values()), "")
        return [Wording(revision.language, (), text, text)] if text else []
    codes = sorted({*row.texts, *held}, key=lambda code: (code != revision.language, code))
    found = []
    for code in codes:
        before, after = held.get(code, ""), row.texts.get(code, "")
        if not after:
            found.append(Wording(code, (), "", before, is_missing=True))
        elif not before:
            found.append(Wording(code, (Piece("added", after),), after, ""))
        else:
            pieces = tuple(Piece(piece.kind, piece.text) for piece in difference(before, after))
            found.append(Wording(code, pieces, after, before))
    return found


def entries_behind(visit: Visit, changes: Sequence[Change]) -> dict[Any, Entry]:
    """The public entries of the outcomes that changes cite, by what they are of."""
    cited = {key_of(outcome) for change in changes for outcome in change.outcomes.all()}
    return {item.subject.key: item for item in public_entries(visit) if item.subject.key in cited}


def revision_json(revision: Revision, parts: Sequence[Part]) -> dict[str, Any]:
    """A published revision as JSON: every change, and the passages that led to it."""
    return {
        "consultation": revision.consultation.slug,
        "paper": revision.base.paper.slug,
        "base": revision.base.key,
        "version": revision.key,
        "titles": revision.titles,
        "published": revision.published_at,
        "changes": [
            _change_json(item)
            for part in parts
            for item in (*part.questions, *part.removed)
            if item.changed is not None
        ],
    }


def _change_json(item: Placed) -> dict[str, Any]:
    changed = item.changed
    if changed is None:
        raise ValueError(item.id)
    row = changed.change
    return {
        "kind": row.kind,
        "question": item.id,
        "url": f"{settings.PUBLIC_URL}{reverse('question', args=[item.id])}" if item.id else None,
        "issue": row.issue_id,
        "texts": row.texts,
        "before": {wording.language: wording.before for wording in changed.wordings if wording.before},
        "reasons": row.reasons,
        "outcomes": [
            {
                "of": ":".join(entry.subject.key),
                "label": entry.label,
                "outcome": entry.says.text,
                "passages": [_passage_json(quote) for quote in entry.quotes],
            }
            for entry in changed.entries
        ],
    }


def _passage_json(quote: Quote) -> dict[str, Any]:
    """``instead`` says why there are no words, where they are public no more."""
    if quote.instead:
        return {"id": None, "quote": None, "url": None, "instead": str(quote.instead)}
    url = f"{settings.PUBLIC_URL}{quote.url}" if quote.url else None
    return {"id": quote.identifier, "quote": quote.text, "url": url}
