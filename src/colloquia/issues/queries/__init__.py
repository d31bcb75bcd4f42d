"""Every reused read of the room. Other rooms use these and nothing else."""

from __future__ import annotations

from colloquia.issues.queries.asked import Asked, asked_in, issue_asked, wordings_state
from colloquia.issues.queries.contents import (
    contents,
    glossary,
    issue_in_versions,
    issues_of,
    question_in_versions,
    questions_of,
)
from colloquia.issues.queries.history import descents, discussions, recorded_changes
from colloquia.issues.queries.labels import issue_titles, paper_as_records, question_labels
from colloquia.issues.queries.papers import (
    find_version,
    import_of,
    imports,
    issue,
    latest,
    paper,
    papers,
    question,
    versions_of,
)

__all__ = [
    "Asked",
    "asked_in",
    "contents",
    "descents",
    "discussions",
    "find_version",
    "glossary",
    "import_of",
    "imports",
    "issue",
    "issue_asked",
    "issue_in_versions",
    "issue_titles",
    "issues_of",
    "latest",
    "paper",
    "paper_as_records",
    "papers",
    "question",
    "question_in_versions",
    "question_labels",
    "questions_of",
    "recorded_changes",
    "versions_of",
    "wordings_state",
]
