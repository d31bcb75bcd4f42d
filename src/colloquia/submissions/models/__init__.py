"""Tables of the room: calls, drafts, sealed submissions, the check, and what is public."""

from colloquia.submissions.models.analysing import AnalysisState, CallAnalysis
from colloquia.submissions.models.calls import Call, CallQuestion, CallState, Extension, in_language
from colloquia.submissions.models.checking import (
    CheckNote,
    FileScan,
    Hint,
    NoteKind,
    PersonalDataFinding,
    RedactionDecision,
    ScanResult,
    SealAct,
    SealRequest,
    TextKind,
    TextVersion,
)
from colloquia.submissions.models.drafts import AnswerDraft, Clearance, ClearanceRemark, DraftFile
from colloquia.submissions.models.imports import ImportItem, ImportState, IntakeImport
from colloquia.submissions.models.publishing import PublicAddress, PublishedPart, PublishedSubmission
from colloquia.submissions.models.submissions import (
    Answer,
    Channel,
    CheckState,
    Party,
    Publication,
    RespondentKind,
    Secrecy,
    Submission,
    SubmissionFile,
    SubmissionVersion,
)

__all__ = [
    "AnalysisState",
    "Answer",
    "AnswerDraft",
    "Call",
    "CallAnalysis",
    "CallQuestion",
    "CallState",
    "Channel",
    "CheckNote",
    "CheckState",
    "Clearance",
    "ClearanceRemark",
    "DraftFile",
    "Extension",
    "FileScan",
    "Hint",
    "ImportItem",
    "ImportState",
    "IntakeImport",
    "NoteKind",
    "Party",
    "PersonalDataFinding",
    "PublicAddress",
    "Publication",
    "PublishedPart",
    "PublishedSubmission",
    "RedactionDecision",
    "RespondentKind",
    "ScanResult",
    "SealAct",
    "SealRequest",
    "Secrecy",
    "Submission",
    "SubmissionFile",
    "SubmissionVersion",
    "TextKind",
    "TextVersion",
    "in_language",
]
