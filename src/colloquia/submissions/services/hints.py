"""What an officer should look at: texts and files that came more than once, and other signs. No verdicts."""

from __future__ import annotations

from colloquia.submissions.models import SubmissionVersion


def find_hints(version: SubmissionVersion) -> None:
    """Write the hints of a version. Done again, it adds only what is new."""
