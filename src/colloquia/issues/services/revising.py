"""A new version of a paper from an earlier one and a list of changes; permanent ids stay what they are.

Text that officers write here is the official text of that version, since the version is published nowhere
else first. Wordings that are taken over unchanged keep their grade: what was only described in our own words
does not become official by standing in another version.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from colloquia.core import audit
from colloquia.issues import queries
from colloquia.issues.models import (
    GlossaryEntry,
    Grade,
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
    Section,
    Status,
)
from colloquia.issues.records import Held, IssueIn, in_language
from colloquia.issues.services.arranging import ADD, MOVE, REMOVE, REWORD, Arranged, QuestionChange, arranged
from colloquia.issues.services.imports import ImportRefused
from colloquia.issues.services.writing import in_order_of_dates


@transaction.atomic
def revise_paper(
    *,
    base: PaperVersion,
    key: str,
    titles: Mapping[str, str],
    symbol: str,
    language: str,
    changes: Sequence[QuestionChange],
    source: str,
    by: Any,
) -> tuple[PaperVersion, list[str]]:
    """Write a new version; gives it with the permanent id of the question of each change.

    ``language`` is that in which every changed question must have a text; ``source`` says where the text
    comes from. Raises ImportRefused; nothing is written then.
    """
    paper = Paper.objects.select_for_update().get(pk=base.paper_id)
    _refuse(paper, base, key, titles, language, changes)
    today = timezone.localdate()
    version = PaperVersion.objects.create(
        paper=paper,
        key=key,
        position=paper.versions.count() + 1,
        symbol=symbol,
        titles=dict(titles),
        status=Status.REVISED,
        date=today,
        published=today,
        language=language,
        origin=Origin.IMPORT,
    )
    writing = _Writing(base, version, language, source)
    ids = writing.run(arranged(base, changes), changes)
    version.is_authentic = writing.is_authentic
    version.save(update_fields=["is_authentic"])
    in_order_of_dates(paper)
    audit.record(version, "issues.revise_paper", by=by, before={})
    return version, ids


def _refuse(
    paper: Paper,
    base: PaperVersion,
    key: str,
    titles: Mapping[str, str],
    language: str,
    changes: Sequence[QuestionChange],
) -> None:
    reasons = []
    if PaperVersion.objects.filter(paper=paper, key=key).exists():
        reasons.append(_("The paper has a version “%(key)s” already; choose another key.") % {"key": key})
    if not titles.get(language, "").strip():
        reasons.append(_("Give the new version a title in its own language."))
    standing = {each.id for each in queries.questions_of(base)}
    issues = {each.id for each in queries.issues_of(base)}
    for change in changes:
        name = change.question_id or change.issue_id
        if change.kind != ADD and change.question_id not in standing:
            reasons.append(_("%(id)s does not stand in the version that is revised.") % {"id": name})
        if change.kind in (ADD, MOVE) and change.issue_id not in issues:
            reasons.append(_("There is no issue %(id)s in the version that is revised.") % {"id": name})
        needs_text = change.kind in (ADD, REWORD) or bool(change.texts)
        if needs_text and not change.texts.get(language, "").strip():
            reasons.append(_("%(id)s has no text in the language of the paper.") % {"id": name})
    if reasons:
        raise ImportRefused(*reasons)


class _Writing:
    """One revision on its way into the tables."""

    def __init__(self, base: PaperVersion, version: PaperVersion, language: str, source: str) -> None:
        self.base, self.version, self.language, self.source = base, version, language, source
        self.is_authentic = True

    def run(
        self, issues: list[tuple[IssueIn, list[Arranged]]], changes: Sequence[QuestionChange]
    ) -> list[str]:
        ids = [change.question_id for change in changes]
        sections = self._sections()
        position = 0
        for place, (issue, questions) in enumerate(issues, start=1):
            self._issue(issue, place, sections)
            for row in questions:
                position += 1
                if not row.id:
                    row.id = _next_id(row.issue_id)
                    Question.objects.create(pk=row.id, issue_id=row.issue_id)
                    ids[row.change or 0] = row.id
                self._question(row, position)
        self._glossary()
        for change, identifier in zip(changes, ids, strict=True):
            self._line(change, identifier)
        return ids

    def _sections(self) -> dict[int, Section]:
        made = {}
        for section in Section.objects.filter(version=self.base):
            made[section.pk] = Section.objects.create(
                version=self.version,
                key=section.key,
                titles=section.titles,
                position=section.position,
                origin=Origin.IMPORT,
            )
        return made

    def _issue(self, issue: IssueIn, position: int, sections: dict[int, Section]) -> None:
        placement = IssuePlacement.objects.create(
            version=self.version,
            issue_id=issue.id,
            section=sections.get(issue.section.pk) if issue.section else None,
            number=issue.number,
            position=position,
            origin=Origin.IMPORT,
        )
        IssueWording.objects.bulk_create(
            IssueWording(
                placement=placement,
                title=held.title,
                context=held.context,
                **self._kept(held, issue.wordings, "title"),
            )
            for held in _one_a_language(issue.wordings)
        )

    def _question(self, row: Arranged, position: int) -> None:
        base = row.base
        stays = base is not None and base.issue_id == row.issue_id
        placement = QuestionPlacement.objects.create(
            version=self.version,
            question_id=row.id,
            issue_id=row.issue_id,
            number=base.number if base and stays else "",
            position=position,
            origin=Origin.IMPORT,
        )
        if row.is_reworded:
            wordings = [
                QuestionWording(
                    placement=placement,
                    text=text.strip(),
                    language=code,
                    grade=Grade.AUTHENTIC,
                    source=self.source,
                    origin=Origin.IMPORT,
                )
                for code, text in row.texts.items()
            ]
        else:
            held_ones = base.wordings if base else []
            wordings = [
                QuestionWording(
                    placement=placement,
                    text=held.text,
                    context=held.context,
                    **self._kept(held, held_ones, "text"),
                )
                for held in _one_a_language(held_ones)
            ]
        QuestionWording.objects.bulk_create(wordings)
        official = {each.language for each in wordings if each.grade == Grade.AUTHENTIC}
        self.is_authentic = self.is_authentic and self.language in official

    def _kept(self, held: Held, others: Sequence[Held], what: str) -> dict[str, Any]:
        """The grade and source of a wording that is taken over. What describes the base still does so."""
        original = next((each for each in _one_a_language(others) if not each.is_translation), None)
        tied = held.is_translation and not held.is_stale and original is not None
        described = held.described_in or (None if held.is_official else self.base)
        return {
            "language": held.language,
            "grade": held.grade,
            "source": held.source,
            "source_hash": _digest(getattr(original, what)) if tied else "",
            "is_translation": held.is_translation,
            "described_in": described,
            "origin": Origin.IMPORT,
        }

    def _glossary(self) -> None:
        chosen: dict[tuple[str, str], GlossaryEntry] = {}
        for row in GlossaryEntry.objects.filter(version=self.base).order_by("position", "pk"):
            other = chosen.get((row.key, row.language))
            if other is None or row.origin == Origin.IMPORT:
                chosen[row.key, row.language] = row
        for row in chosen.values():
            row.pk, row.version, row.origin = None, self.version, Origin.IMPORT
            row.described_in = row.described_in or (None if row.grade == Grade.AUTHENTIC else self.base)
        GlossaryEntry.objects.bulk_create(chosen.values())

    def _line(self, change: QuestionChange, identifier: str) -> None:
        kind = {ADD: "added", REMOVE: "removed", MOVE: "moved"}.get(change.kind)
        if kind is None:
            return
        row = Lineage.objects.create(
            from_version=self.base,
            to_version=self.version,
            kind=kind,
            sources=[{"text": self.source}],
            origin=Origin.IMPORT,
        )
        sides = {ADD: ("to",), REMOVE: ("from",), MOVE: ("from", "to")}[change.kind]
        for side in sides:
            LineageEnd.objects.create(lineage=row, side=side, question_id=identifier)


def _one_a_language(wordings: Sequence[Held]) -> list[Held]:
    """The surest wording of each language."""
    found = (in_language(wordings, code) for code in dict.fromkeys(each.language for each in wordings))
    return [held for held in found if held is not None]


def _next_id(issue_id: str) -> str:
    """The next free id of an issue; a number that was ever given is not given again."""
    pattern = re.compile(rf"{re.escape(issue_id)}\.q(\d+)")
    taken = Question.objects.filter(pk__startswith=f"{issue_id}.q").values_list("pk", flat=True)
    numbers = [int(found[1]) for each in taken if (found := pattern.fullmatch(each))]
    return f"{issue_id}.q{max(numbers, default=0) + 1}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
