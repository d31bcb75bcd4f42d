"""The files of a run with what each is for."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from colloquia.consultations import run_files
from colloquia.consultations.presentation.visit import Visit

_PURPOSES: dict[str, str | Promise] = {
    "report.html": _("The machine's report in English, one file that needs nothing else."),
    "report.ar.html": _("The machine's report with an Arabic interface."),
    "report.docx": _("The machine's report for Word."),
    "report.ar.docx": _("The machine's report for Word with an Arabic interface."),
    "tables.xlsx": _("Every table of the machine's report, for a spreadsheet."),
    "analysis.json": _("The machine's findings, for programs."),
    "manifest.json": _("Versions, seed, settings, hashes of the inputs and of every file, times."),
    "passages.parquet": _("The text, passage by passage, with page and offsets."),
    "passage_questions.parquet": _("Which passage answers which question."),
    "passage_themes.parquet": _("Which passage belongs to which theme."),
    "themes.parquet": _("The themes as the machine found them."),
    "quotes.parquet": _("The quotations, with their exact place in the text."),
    "texts.parquet": _("The text of each document, to which all offsets refer."),
    "submissions.parquet": _("One row for each submission; it names persons."),
    "documents.parquet": _("One row for each document that was received, with its file name."),
    "closed.parquet": _("The answers of each sender to closed questions."),
    "groups.parquet": _("The shared texts, similar messages with the one that stands for them."),
    "group_members.parquet": _("Who sent which shared text, similar messages too."),
}


@dataclass(frozen=True, slots=True)
class RunFile:
    """A file: size in bytes, SHA-256 in hexadecimal."""

    name: str
    url: str
    purpose: str | Promise
    size: int
    sha256: str


def listed(visit: Visit) -> list[RunFile]:
    """Every file that this person may have."""
    folder = visit.run.folder
    return [
        RunFile(name, visit.url("consultation_file", name), _PURPOSES[name], *run_files.digest(folder, name))
        for name in run_files.names_for(folder, officer=visit.officer)
    ]
