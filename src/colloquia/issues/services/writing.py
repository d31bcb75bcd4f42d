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


def write_version(plan: Plan, *, attachment: Attachment, by: Any) -> PaperVersion:
    """Write everything the plan holds and record it. Starter wordings stay, behind the official ones."""
    return _Writing(plan, attachment, by).run()


class _Writing:
    """One import."""

    def __init__(self, plan: Plan, attachment: Attachment, by: Any) -> None:
        self.plan, self.given, self.attachment, self.by = plan, plan.given, attachment, by
        self.language = plan.given.language

    def run(self) -> PaperVersion:
        """In the order in which rows need one another."""
        paper = self._paper()
        self.version = self._version(paper)
        sections = {} if self.plan.adds_language else self._sections()
        position = 0
        for place, issue in enumerate(self.plan.draft.issues, start=1):
            if issue.place not in self.plan.ids:
                continue
            row = self._issue(paper, issue, place, sections.get(issue.section))
            for question in issue.questions:
                position += 1
                if question.place in self.plan.ids:
                    self._question(question, row, position)
        self._withdraw()
        self._glossary()
        self._lineage(paper)
        self._order(paper)
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

    def _issue(self, paper: Paper, issue: DraftIssue, position: int, section: Section | None) -> Issue:
        row, _made = Issue.objects.get_or_create(pk=self.plan.ids[issue.place], defaults={"paper": paper})
        placement, _made = IssuePlacement.objects.get_or_create(
            version=self.version, issue=row, defaults={"position": position}
        )
        if self.plan.adds_language:
            if placement.section and issue.section and self.language not in placement.section.titles:
                placement.section.titles = placement.section.titles | {self.language: issue.section}
                placement.section.save(update_fields=["titles"])
        else:
            placement.number = issue.number or placement.number
            placement.paragraphs, placement.section = issue.paragraphs[:200], section
            placement.position, placement.is_withdrawn = position, False
            placement.origin = Origin.IMPORT
            placement.save()
        IssueWording.objects.update_or_create(
            placement=placement,
            language=self.language,
            origin=Origin.IMPORT,
            defaults={"title": issue.title, "context": issue.context} | self._official(),
        )
        return row

    def _question(self, question: DraftQuestion, issue: Issue, position: int) -> None:
        row, _made = Question.objects.get_or_create(
            pk=self.plan.ids[question.place], defaults={"issue": issue}
        )
        placement, _made = QuestionPlacement.objects.get_or_create(
            version=self.version, question=row, defaults={"position": position, "issue": issue}
        )
        if not self.plan.adds_language:
            placement.issue, placement.position = issue, position
            placement.number, placement.paragraphs = question.number, question.paragraphs[:200]
            placement.is_withdrawn, placement.origin = False, Origin.IMPORT
            placement.save()
        QuestionWording.objects.update_or_create(
            placement=placement,
            language=self.language,
            origin=Origin.IMPORT,
            defaults={"text": question.text, "context": question.context} | self._official(),
        )

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
        for model, field in ((IssuePlacement, "issue"), (QuestionPlacement, "question")):
            for row in model._default_manager.filter(
                version=self.version, is_withdrawn=False, **{f"{field}__in": self.plan.withdrawn}
            ):
                before = audit.snapshot(row)
                row.is_withdrawn = True
                row.save(update_fields=["is_withdrawn"])
                audit.record(row, "issues.withdraw", by=self.by, before=before)

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

    def _order(self, paper: Paper) -> None:
        """Versions stand in the order of their dates; those without a date keep their place at the end."""
        versions = sorted(
            paper.versions.all(),
            key=lambda each: (each.date is None, each.date or date.max, each.position, each.pk),
        )
        for position, version in enumerate(versions, start=1):
            if version.position != position:
                PaperVersion.objects.filter(pk=version.pk).update(position=position)
