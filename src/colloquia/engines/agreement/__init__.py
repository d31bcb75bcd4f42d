"""Double coding of a drawn sample: who reads what twice, how far readers agree, and where they differ."""

from colloquia.engines.agreement.alpha import krippendorff_alpha
from colloquia.engines.agreement.codes import CodeAgreement, per_code
from colloquia.engines.agreement.differences import Disagreement, disagreements
from colloquia.engines.agreement.records import NOTES, Agreement, Coding
from colloquia.engines.agreement.sampling import draw_sample
from colloquia.engines.agreement.shares import percentage_agreement

__all__ = [
    "NOTES",
    "Agreement",
    "CodeAgreement",
    "Coding",
    "Disagreement",
    "disagreements",
    "draw_sample",
    "krippendorff_alpha",
    "per_code",
    "percentage_agreement",
]
