"""Personal data in texts: what looks like it, and the text without it.

``find`` proposes; a person decides. ``redact`` puts placeholders where a person so decided.
"""

from __future__ import annotations

from colloquia.engines.personal_data.find import find
from colloquia.engines.personal_data.placeholders import has_placeholder, own_words, without_placeholders
from colloquia.engines.personal_data.records import CATEGORIES, Finding
from colloquia.engines.personal_data.redaction import Redacted, joined, placeholder, redact

__all__ = [
    "CATEGORIES",
    "Finding",
    "Redacted",
    "find",
    "has_placeholder",
    "joined",
    "own_words",
    "placeholder",
    "redact",
    "without_placeholders",
]
