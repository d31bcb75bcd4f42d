"""The tables of the room."""

from __future__ import annotations

from colloquia.issues.models.history import Discussion, Lineage, LineageEnd, RecordedChange
from colloquia.issues.models.imports import PaperImport
from colloquia.issues.models.papers import Grade, Origin, Paper, PaperVersion, Section, Status
from colloquia.issues.models.questions import Issue, IssuePlacement, Question, QuestionPlacement
from colloquia.issues.models.wordings import GlossaryEntry, IssueWording, QuestionWording

__all__ = [
    "Discussion",
    "GlossaryEntry",
    "Grade",
    "Issue",
    "IssuePlacement",
    "IssueWording",
    "Lineage",
    "LineageEnd",
    "Origin",
    "Paper",
    "PaperImport",
    "PaperVersion",
    "Question",
    "QuestionPlacement",
    "QuestionWording",
    "RecordedChange",
    "Section",
    "Status",
]
