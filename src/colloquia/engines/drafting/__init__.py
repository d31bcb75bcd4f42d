"""Drafts by a language model: what it is asked, and what of its answer has evidence and is accepted."""

from colloquia.engines.drafting.prompts import prompt_for_name, prompt_for_summary
from colloquia.engines.drafting.reading import read_name, read_summary
from colloquia.engines.drafting.records import (
    CheckedQuote,
    Evidence,
    NameProposal,
    Prompt,
    Reason,
    Refusal,
    SummaryDraft,
    SummarySentence,
    ThemeBrief,
    Translation,
    TranslationUnit,
)
from colloquia.engines.drafting.translation import prompt_for_translation, read_translation
from colloquia.engines.drafting.wording import LANGUAGES

__all__ = [
    "LANGUAGES",
    "CheckedQuote",
    "Evidence",
    "NameProposal",
    "Prompt",
    "Reason",
    "Refusal",
    "SummaryDraft",
    "SummarySentence",
    "ThemeBrief",
    "Translation",
    "TranslationUnit",
    "prompt_for_name",
    "prompt_for_summary",
    "prompt_for_translation",
    "read_name",
    "read_summary",
    "read_translation",
]
