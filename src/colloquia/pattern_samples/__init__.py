"""Made-up material for the pattern library, in English and in Arabic."""

from __future__ import annotations

from colloquia.pattern_samples import data, page, texts
from colloquia.pattern_samples.pattern import Pattern

__all__ = ["PATTERNS", "Pattern"]

PATTERNS = (*page.PATTERNS, *data.PATTERNS, *texts.PATTERNS)
