"""Writes a report as a Word document with numbered paragraphs, the same bytes for the same analysis."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

from colloquia.engines.report.content import Report, Run, join, plain
from colloquia.engines.report.context import context
from colloquia.engines.report.dates import NO_DATE, day
from colloquia.engines.report.options import Options
from colloquia.engines.report.sections import report
from colloquia.engines.report.text import direction
from colloquia.engines.results import Analysis


def write_docx(analysis: Analysis, path: Path, options: Options) -> None:
    """Write the report to ``path``, replacing any file there."""
    path.write_bytes(docx(analysis, options))


def docx(analysis: Analysis, options: Options) -> bytes:
    """The report as the bytes of a Word document."""
    prepared = context(analysis, options)
    return document_of(
        report(prepared), language=options.language, made_on=options.made_on, version=options.version
    )


def document_of(content: Report, *, language: str, made_on: str, version: str) -> bytes:
    """Any content as the bytes of a Word document. ``made_on`` is an ISO date."""
    from docx import Document

    from colloquia.engines.report.word.blocks import Writer
    from colloquia.engines.report.word.markup import in_schema_order
    from colloquia.engines.report.word.styles import prepare

    right_to_left = direction(language) == "rtl"
    document = Document()
    prepare(document, language, right_to_left)
    _properties(document, content, language, made_on, version)
    writer = Writer(document.element.body, language)
    _front(writer, content)
    for section in content.sections:
        writer.heading(
            plain(section.title), 1, section.anchor, break_before=section.anchor in ("themes", "evidence")
        )
        for block in section.blocks:
            writer.write(block)
    _footer(document, content, right_to_left)
    for root in (document.element, document.styles.element, document.part.numbering_part.element):
        in_schema_order(root)
    saved = BytesIO()
    document.save(saved)
    return _same_bytes(saved)


def _front(writer: Any, content: Report) -> None:
    writer.paragraph((Run(content.labels["kind"], style="strong"),), "Normal")
    writer.paragraph((content.title,), "Title")
    if content.notice:
        writer.paragraph(
            tuple(Run(one.text, one.foreign, style="strong") for one in content.notice), "Status"
        )
    writer.paragraph(content.status, "Status")
    for name, value in content.facts:
        writer.paragraph((Run(f"{name}: ", style="faint"), *value), "Note")
    writer.paragraph((Run(content.labels["contents"], style="strong"),), "Normal", keep=True)
    lines = [(Run(section.title, target=section.anchor),) for section in content.sections]
    writer.paragraph(join(lines, " · "), "ContentsLine")


def _properties(document: Any, content: Report, language: str, made_on: str, version: str) -> None:
    made = day(made_on)
    core = document.core_properties
    core.title = content.title.text[:250]
    core.author = core.last_modified_by = "Colloquia"
    core.subject = content.labels["kind"]
    core.comments = ""
    core.keywords = ""
    core.language = language
    core.version = version
    core.revision = 1
    core.created = core.modified = core.last_printed = made


def _footer(document: Any, content: Report, right_to_left: bool) -> None:
    from colloquia.engines.report.word.markup import element, field_runs, text_run

    made = document.sections[0].footer.paragraphs[0]._p
    if right_to_left:
        made.get_or_add_pPr().append(element("bidi"))
    turned = [element("rtl")] if right_to_left else []
    title = content.title.text
    if len(title) > 90:
        title = f"{title[:90].rsplit(' ', 1)[0]} …"
    made.append(text_run(f"{content.status[0].text} · {title} · ", *turned))
    for run in field_runs("PAGE"):
        made.append(run)


def _same_bytes(saved: BytesIO) -> bytes:
    """The package again, without the time at which it was written."""
    fixed = BytesIO()
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            target.writestr(zipfile.ZipInfo(entry, NO_DATE), source.read(entry), zipfile.ZIP_DEFLATED)
    return fixed.getvalue()
