"""Writes an analysis for people: HTML, Word and spreadsheet, in English or Arabic."""

from __future__ import annotations

from colloquia.engines.report.names import Names, PlainNames
from colloquia.engines.report.options import WORD_LIMITS, Limits, Options
from colloquia.engines.report.page import content_security_policy, html, style_hash, write_html
from colloquia.engines.report.sheets import write_xlsx
from colloquia.engines.report.word import docx, write_docx

__all__ = [
    "WORD_LIMITS",
    "Limits",
    "Names",
    "Options",
    "PlainNames",
    "content_security_policy",
    "docx",
    "html",
    "style_hash",
    "write_docx",
    "write_html",
    "write_xlsx",
]
