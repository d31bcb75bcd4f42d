"""XML and packages that other programs write: read so that a hostile one does no harm, written in order."""

from colloquia.engines.exchange.problems import Problem, Unusable, Unwritable

__all__ = ["Problem", "Unusable", "Unwritable"]
