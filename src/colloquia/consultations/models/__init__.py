"""Tables of the room: consultations and runs; the machine's findings; what people said of them."""

from colloquia.consultations.models.codebook import CodebookFile
from colloquia.consultations.models.consultation import Consultation, Run
from colloquia.consultations.models.corrections import Correction, ThemeInEffect
from colloquia.consultations.models.drafts import Draft, DraftRequest
from colloquia.consultations.models.machine import (
    MachineBreakdown,
    MachineQuote,
    MachineTheme,
    RunQuestion,
    SharedText,
)
from colloquia.consultations.models.organisations import OrganisationDecision
from colloquia.consultations.models.originals import OriginalFile
from colloquia.consultations.models.reading import (
    Batch,
    BatchItem,
    Coding,
    ReadingLanguages,
    ReadMark,
    Sample,
)
from colloquia.consultations.models.requests import AnalysisRequest
from colloquia.consultations.models.translations import Translation, TranslationFile, TranslationRequest

__all__ = [
    "AnalysisRequest",
    "Batch",
    "BatchItem",
    "CodebookFile",
    "Coding",
    "Consultation",
    "Correction",
    "Draft",
    "DraftRequest",
    "MachineBreakdown",
    "MachineQuote",
    "MachineTheme",
    "OrganisationDecision",
    "OriginalFile",
    "ReadMark",
    "ReadingLanguages",
    "Run",
    "RunQuestion",
    "Sample",
    "SharedText",
    "ThemeInEffect",
    "Translation",
    "TranslationFile",
    "TranslationRequest",
]
