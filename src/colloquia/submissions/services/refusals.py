"""What a write of this room refuses, with sentences for the person who asked."""

from __future__ import annotations

from collections.abc import Mapping


class SubmissionRefused(Exception):
    """Something was not taken. ``problems``: sentences by field, blank for the whole. Nothing changed."""

    def __init__(self, problems: Mapping[str, str] | str) -> None:
        self.problems = {"": problems} if isinstance(problems, str) else dict(problems)
        super().__init__(" ".join(str(each) for each in self.problems.values()))
