"""Questions: which questions of the paper each passage answers."""

from colloquia.engines.questions.mapping import CUT, QuestionMapper

__all__ = ["CUT", "QuestionMapper"]
