"""Officers' corrections as a pure function: machine's themes and a list of acts in, themes in effect out."""

from colloquia.engines.corrections.changes import Changes, changes
from colloquia.engines.corrections.check import problem
from colloquia.engines.corrections.fold import apply, dependents, fold
from colloquia.engines.corrections.meeting import meets
from colloquia.engines.corrections.records import KINDS, Act, Anchor, MachineTheme, Standing, State

__all__ = [
    "KINDS",
    "Act",
    "Anchor",
    "Changes",
    "MachineTheme",
    "Standing",
    "State",
    "apply",
    "changes",
    "dependents",
    "fold",
    "meets",
    "problem",
]
