"""Turns files and folders of responses into submissions, and says first how each was understood.

``understand(inputs, maps=…, paper=…)`` gives an ``Understanding``; ``collect(understanding)`` yields
the ``Incoming`` submissions.
"""

from colloquia.engines.intake.collect import UnusableInput, collect
from colloquia.engines.intake.understand import understand
from colloquia.engines.intake.understanding import (
    Column,
    FileUnderstanding,
    TableUnderstanding,
    Understanding,
)

__all__ = [
    "Column",
    "FileUnderstanding",
    "TableUnderstanding",
    "Understanding",
    "UnusableInput",
    "collect",
    "understand",
]
