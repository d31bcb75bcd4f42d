"""Officers' corrections as a pure function: machine's themes and a list of acts in, themes in effect out."""

from colloquia.engines.corrections.check import problem
from colloquia.engines.corrections.fold import apply, dependents, fold
from colloquia.engines.corrections.records import KINDS, Act, Anchor, MachineTheme, Standing, State

__all__ = [
    "KINDS",
    "Act",
    "Anchor",
    "MachineTheme",
    "Standing",
    "State",
    "apply",
    "dependents",
    "fold",
    "problem",
]
