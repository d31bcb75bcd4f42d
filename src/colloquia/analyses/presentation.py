"""Words for what an analysis counted and for what each of its files is for."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from colloquia.analyses.records import PublishedAnalysis, PublishedFile

Words = str | Promise

MEDIA_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
    ".csv": "text/csv; charset=utf-8",
    ".svg": "image/svg+xml",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".parquet": "application/vnd.apache.parquet",
}

_STAGES: dict[str, tuple[Words, Words]] = {
    "received": (_("Received"), _("Every submission that came in.")),
    "readable": (_("Readable"), _("Text could be read in it.")),
    "unreadable": (
        _("Unreadable"),
        _("No text could be read; each is listed in the report with its reason."),
    ),
    "unsupported": (
        _("In an unsupported language"),
        _("Not analysed by machine; listed in the report for a person to read."),
    ),
    "analysed": (_("Analysed"), _("At least one passage was compared by meaning.")),
    "distinct_messages": (_("Distinct messages"), _("A text that several senders share is counted once.")),
}

_PURPOSES: dict[str, Words] = {
    "report.html": _("The report in English, one file that needs nothing else."),
    "report.ar.html": _("The report with an Arabic interface."),
    "report.docx": _("The report for Word, with numbered paragraphs."),
    "report.ar.docx": _("The report for Word with an Arabic interface."),
    "tables.xlsx": _("Every table of the report, for a spreadsheet."),
    "analysis.json": _("The findings, for programs."),
    "manifest.json": _(
        "How the results came about: versions, seed, parameters, hashes of the inputs, times."
    ),
    "submissions.parquet": _("One row for each submission and its status."),
    "documents.parquet": _("One row for each document that was received."),
    "texts.parquet": _("The text of each document, to which all offsets refer."),
    "passages.parquet": _("The text, passage by passage, with page and offsets."),
    "passage_questions.parquet": _("Which passage answers which question."),
    "themes.parquet": _("The themes of each question, with their counts and stability."),
    "passage_themes.parquet": _("Which passage belongs to which theme."),
    "quotes.parquet": _("The quotations, with their exact place in the text."),
}

_PARTS: tuple[tuple[Words, tuple[str, ...]], ...] = (
    (_("To read"), (".html", ".docx", ".xlsx")),
    (_("To check and to reuse"), (".json", ".csv")),
    (_("The data, row by row (Parquet)"), (".parquet",)),
)


@dataclass(frozen=True, slots=True)
class FunnelRow:
    """One stage of the funnel, in words."""

    stage: str
    label: Words
    meaning: Words
    count: int


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file, with what it is for."""

    file: PublishedFile
    purpose: Words


@dataclass(frozen=True, slots=True)
class FilePart:
    """Files that belong together, under a heading."""

    heading: Words
    rows: tuple[FileRow, ...]


@dataclass(frozen=True, slots=True)
class AnalysisPage:
    """What the page of an analysis shows besides its title: the reports, the reader's language first."""

    reports: tuple[tuple[str, str], ...]
    begun: datetime.datetime | None
    parts: tuple[FilePart, ...]


def funnel_rows(funnel: dict[str, int]) -> list[FunnelRow]:
    """The stages that were counted, in the order in which a submission passes through them."""
    return [
        FunnelRow(stage, label, meaning, funnel[stage])
        for stage, (label, meaning) in _STAGES.items()
        if stage in funnel
    ]


def page_of(analysis: PublishedAnalysis, language: str) -> AnalysisPage:
    """Reports and files in the order in which they are shown."""
    reports = sorted(analysis.reports.items(), key=lambda report: (report[0] != language, report[0] != "en"))
    left = list(analysis.files)
    parts = []
    for heading, suffixes in _PARTS:
        chosen = [file for file in left if file.name.endswith(suffixes)]
        left = [file for file in left if file not in chosen]
        parts.append((heading, chosen))
    parts.append((_("Other files"), left))
    return AnalysisPage(
        tuple(reports),
        _moment(analysis.begun),
        tuple(
            FilePart(heading, tuple(FileRow(file, _PURPOSES.get(file.name, "")) for file in _in_order(files)))
            for heading, files in parts
            if files
        ),
    )


def _in_order(files: list[PublishedFile]) -> list[PublishedFile]:
    known = list(_PURPOSES)
    return sorted(
        files, key=lambda file: (known.index(file.name) if file.name in known else len(known), file.name)
    )


def _moment(text: str) -> datetime.datetime | None:
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)
