"""Codebooks and projects of programs for qualitative analysis (REFI-QDA): out, in, and what changed."""

from colloquia.engines.exchange import Problem, Unusable, Unwritable
from colloquia.engines.refi.codebook_reading import read_codebook
from colloquia.engines.refi.codebook_writing import write_codebook
from colloquia.engines.refi.coding_differences import (
    CodingChanges,
    PassageCoding,
    UnmatchedCoding,
    coding_difference,
)
from colloquia.engines.refi.differences import CodebookChanges, CodeChange, Matched, difference
from colloquia.engines.refi.guids import guid
from colloquia.engines.refi.project_reading import read_project
from colloquia.engines.refi.project_writing import write_project
from colloquia.engines.refi.records import Case, Code, Codebook, CodeSet, Coding, Note, Project, Source, User

__all__ = [
    "Case",
    "Code",
    "CodeChange",
    "CodeSet",
    "Codebook",
    "CodebookChanges",
    "Coding",
    "CodingChanges",
    "Matched",
    "Note",
    "PassageCoding",
    "Problem",
    "Project",
    "Source",
    "UnmatchedCoding",
    "Unusable",
    "Unwritable",
    "User",
    "coding_difference",
    "difference",
    "guid",
    "read_codebook",
    "read_project",
    "write_codebook",
    "write_project",
]
