"""The whole analysis of a consultation, composed of the engines; see ``run.analyse``."""

from colloquia.engines.analysis.options import Options, Progress, StageTimes
from colloquia.engines.analysis.run import analyse

__all__ = ["Options", "Progress", "StageTimes", "analyse"]
