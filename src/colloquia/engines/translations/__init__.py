"""Passages to translators and back: XLIFF 1.2 and 2.1, Word tables, and what came back of what was sent."""

from colloquia.engines.exchange import Unusable, Unwritable
from colloquia.engines.translations.checking import Returned, UnitProblem, check
from colloquia.engines.translations.docx_reading import read_docx
from colloquia.engines.translations.docx_writing import write_docx
from colloquia.engines.translations.records import Unit
from colloquia.engines.translations.wording import Wording
from colloquia.engines.translations.xliff_reading import read_xliff
from colloquia.engines.translations.xliff_writing import write_xliff

__all__ = [
    "Returned",
    "Unit",
    "UnitProblem",
    "Unusable",
    "Unwritable",
    "Wording",
    "check",
    "read_docx",
    "read_xliff",
    "write_docx",
    "write_xliff",
]
