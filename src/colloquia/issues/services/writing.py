"""Writing a planned import into the tables, within the caller's transaction."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from colloquia.core import audit
from colloquia.core.models import Attachment
from colloquia.engines.papers.records import DraftIssue, DraftQuestion
from colloquia.issues.models import (
    GlossaryEntry,
    Grade,
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
    Section,
)
from colloquia.issues.planning import Plan

_PLACED = ("number", "paragraphs", "position", "is_withdrawn", "origin")
_OFFICIAL = ("grade", "source", "source_hash", "is_translation", "described_in")


def write_version(plan: Plan, *, attachment: Attachment, by: Any) -> PaperVersion:
    """Write everything the plan holds and record it. Starter wordings stay, behind the official ones."""
    return _Writing(plan, attachment, by).run()


class _Writing:
    """One import."""

    def __init__(self, plan: Plan, attachment: Attachment, by: Any) -> None:
        self.plan, self.given, self.attachment, self.by = plan, plan.given, attachment, by
        self.language = plan.given.language

    def run(self) -> PaperVersion:
        """In the order in which rows need one another; one statement for each kind of row."""
        paper = self._paper()
        self.version = self._version(paper)
        self.sections = {} if self.plan.adds_language else self._sections()
        ids = self.plan.ids
        issues = [
            (place, each) for place, each in enumerate(self.plan.draft.issues, start=1) if each.place in ids
        ]
        everything = [(issue, each) for _place, issue in issues for each in issue.questions]
        questions = [
            (place, issue, each)
            for place, (issue, each) in enumerate(everything, start=1)
            if each.place in ids
        ]
        Issue.objects.bulk_create(
            [Issue(pk=ids[each.place], paper=paper) for _place, each in issues], ignore_conflicts=True
        )
        Question.objects.bulk_create(
            [Question(pk=ids[each.place], issue_id=ids[issue.place]) for _place, issue, each in questions],
            ignore_conflicts=True,
        )
        self._place_issues(issues)
        self._place_questions(questions)
        self._withdraw()
        self._glossary()
        self._lineage(paper)
        in_order_of_dates(paper)
        return self.version

    def _paper(self) -> Paper:
        paper, made = Paper.objects.get_or_create(
            slug=self.given.paper,
            defaults={
                "prefix": self.given.prefix,
                "language": self.language,
                "titles": {self.language: self.given.title},
                "origin": Origin.IMPORT,
            },
        )
        if made:
            audit.record(paper, "issues.import_paper", by=self.by)
        return paper

    def _version(self, paper: Paper) -> PaperVersion:
        given = self.given
        version = PaperVersion.objects.filter(paper=paper, key=given.version).first()
        before = audit.snapshot(version) if version else None
        if version is None:
            count = PaperVersion.objects.filter(paper=paper).count()
            version = PaperVersion(paper=paper, key=given.version, position=count + 1)
        version.titles = version.titles | {self.language: given.title}
        if not self.plan.adds_language:
            version.symbol = given.symbol or version.symbol
            version.date = date.fromisoformat(given.date) if given.date else version.date
            version.status = given.status if before is None else version.status
            version.language = self.language
            version.is_authentic, version.origin = True, Origin.IMPORT
            version.attachment, version.source_sha256 = self.attachment, self.attachment.sha256
            version.imported_at = timezone.now()
        version.save()
        audit.record(version, "issues.import_paper", by=self.by, before=before)
        return version

    def _sections(self) -> dict[str, Section]:
        """The headings of the file. Those of the starter set give way: they are not the document's."""
        Section.objects.filter(version=self.version, origin=Origin.STARTER).delete()
        made: dict[str, Section] = {}
        for issue in self.plan.draft.issues:
            if issue.section and issue.section not in made:
                number = len(made) + 1
                key = slugify(issue.section)[:50] or f"section-{number}"
                if any(section.key == key for section in made.values()):
                    key = f"{key}-{number}"
                made[issue.section] = Section.objects.create(
                    version=self.version,
                    key=key,
                    titles={self.language: issue.section},
                    position=number,
                    origin=Origin.IMPORT,
                )
        return made

    def _place_issues(self, issues: list[tuple[int, DraftIssue]]) -> None:
        found = {
            row.issue_id: row
            for row in IssuePlacement.objects.filter(version=self.version).select_related("section")
        }
        new, wordings = [], []
        for place, issue in issues:
            identifier = self.plan.ids[issue.place]
            row = found.get(identifier)
            if row is None:
                row = IssuePlacement(version=self.version, issue_id=identifier)
                new.append(row)
            if self.plan.adds_language:
                self._name_section(row, issue)
            else:
                row.number = issue.number or row.number
                row.paragraphs, row.section = issue.paragraphs[:200], self.sections.get(issue.section)
                row.position, row.is_withdrawn, row.origin = place, False, Origin.IMPORT
            wordings.append((row, issue))
        IssuePlacement.objects.bulk_create(new)
        known = [row for row, _issue in wordings if row not in new]
        IssuePlacement.objects.bulk_update(known, [*_PLACED, "section"])
        IssueWording.objects.bulk_create(
            [
                IssueWording(
                    placement=row, language=self.language, origin=Origin.IMPORT, title=issue.title,
                    context=issue.context, **self._official(),
                )
                for row, issue in wordings
            ],
            update_conflicts=True,
            unique_fields=["placement", "language", "origin"],
            update_fields=["title", "context", *_OFFICIAL],
        )  # fmt: skip

    def _name_section(self, row: IssuePlacement, issue: DraftIssue) -> None:
        """The heading above an issue in a further language."""
        if row.section and issue.section and self.language not in row.section.titles:
            row.section.titles = row.section.titles | {self.language: issue.section}
            row.section.save(update_fields=["titles"])

    def _place_questions(self, questions: list[tuple[int, DraftIssue, DraftQuestion]]) -> None:
        found = {row.question_id: row for row in QuestionPlacement.objects.filter(version=self.version)}
        new, wordings = [], []
        for place, issue, question in questions:
            identifier = self.plan.ids[question.place]
            row = found.get(identifier)
            if row is None:
                row = QuestionPlacement(version=self.version, question_id=identifier)
                new.append(row)
            if not self.plan.adds_language:
                row.issue_id, row.position = self.plan.ids[issue.place], place
                row.number, row.paragraphs = question.number, question.paragraphs[:200]
                row.is_withdrawn, row.origin = False, Origin.IMPORT
            wordings.append((row, question))
        QuestionPlacement.objects.bulk_create(new)
        known = [row for row, _question in wordings if row not in new]
        QuestionPlacement.objects.bulk_update(known, [*_PLACED, "issue"])
        QuestionWording.objects.bulk_create(
            [
                QuestionWording(
                    placement=row, language=self.language, origin=Origin.IMPORT, text=question.text,
                    context=question.context, **self._official(),
                )
                for row, question in wordings
            ],
            update_conflicts=True,
            unique_fields=["placement", "language", "origin"],
            update_fields=["text", "context", *_OFFICIAL],
        )  # fmt: skip

    def _official(self) -> dict[str, Any]:
        return {
            "grade": Grade.AUTHENTIC,
            "source": self.given.symbol or self.given.title,
            "source_hash": self.attachment.sha256,
            "is_translation": False,
            "described_in": None,
        }

    def _withdraw(self) -> None:
        """What the starter set had in this version and the official text has not."""
        gone = self.plan.withdrawn
        if not gone:
            return
        IssuePlacement.objects.filter(version=self.version, issue__in=gone).update(is_withdrawn=True)
        QuestionPlacement.objects.filter(version=self.version, question__in=gone).update(is_withdrawn=True)
        audit.record(self.version, "issues.withdraw", by=self.by, note=", ".join(gone))

    def _glossary(self) -> None:
        for position, (term, meaning) in enumerate(self.plan.draft.glossary, start=1):
            key = re.sub(r"\W+", "-", term.lower()).strip("-")[:80]
            GlossaryEntry.objects.update_or_create(
                version=self.version,
                key=key or f"term-{position}",
                language=self.language,
                origin=Origin.IMPORT,
                defaults={"term": term, "meaning": meaning, "position": position} | self._official(),
            )

    def _lineage(self, paper: Paper) -> None:
        earlier = {each.key: each for each in paper.versions.exclude(pk=self.version.pk)}
        former = paper.versions.filter(position__lt=self.version.position).order_by("-position").first()
        for line in self.plan.draft.lines:
            source = earlier.get(line.from_version) or former
            if source is None:
                continue
            row = Lineage.objects.create(
                from_version=source,
                to_version=self.version,
                kind=line.kind,
                sources=[{"text": self.given.symbol or self.given.title}],
                origin=Origin.IMPORT,
            )
            for side, ids in ((LineageEnd.Side.FROM, line.from_ids), (LineageEnd.Side.TO, line.to_ids)):
                for identifier in ids:
                    if ".q" in identifier and Question.objects.filter(pk=identifier).exists():
                        LineageEnd.objects.create(lineage=row, side=side, question_id=identifier)
                    elif Issue.objects.filter(pk=identifier).exists():
                        LineageEnd.objects.create(lineage=row, side=side, issue_id=identifier)


def in_order_of_dates(paper: Paper) -> None:
    """Versions stand in the order of their dates; those without a date keep their place at the end."""
    versions = sorted(
        paper.versions.all(),
        key=lambda each: (each.date is None, each.date or date.max, each.position, each.pk),
    )
    for position, version in enumerate(versions, start=1):
        if version.position != position:
            PaperVersion.objects.filter(pk=version.pk).update(position=position)
