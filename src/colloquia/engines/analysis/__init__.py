"""The whole analysis of a consultation, composed of the engines; see ``run.analyse``."""

from colloquia.engines.analysis.again import PassageTranslation, problems_of, submissions_of
from colloquia.engines.analysis.options import Options, Progress, StageTimes
from colloquia.engines.analysis.run import analyse

__all__ = [
    "Options",
    "PassageTranslation",
    "Progress",
    "StageTimes",
    "analyse",
    "problems_of",
    "submissions_of",
]
