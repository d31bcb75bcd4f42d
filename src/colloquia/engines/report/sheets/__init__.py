"""Writes an analysis as one workbook of tables."""

from __future__ import annotations

from pathlib import Path

from colloquia.engines.report.context import context
from colloquia.engines.report.dates import day
from colloquia.engines.report.options import Options
from colloquia.engines.report.sheets import counts, findings, records
from colloquia.engines.report.sheets.workbook import write_workbook
from colloquia.engines.report.text import one_line
from colloquia.engines.results import Analysis


def write_xlsx(analysis: Analysis, path: Path, options: Options) -> None:
    """Write the tables to ``path``, replacing any file there."""
    prepared = context(analysis, options)
    words = prepared.words
    left = records.left_out(prepared)
    notes = []
    if left:
        notes.append(words.gettext("{n} more passages are in passages.parquet.").format(n=words.number(left)))
    sheets = [
        findings.summary(prepared, notes),
        findings.questions(prepared),
        findings.themes(prepared),
        findings.quotes(prepared),
        records.submissions(prepared),
        records.passages(prepared),
        findings.shared(prepared),
        counts.breakdowns(prepared),
        counts.closed_answers(prepared),
        counts.languages(prepared),
        counts.problems(prepared),
        counts.method(prepared),
    ]
    write_workbook(
        path,
        sheets,
        title=one_line(analysis.title),
        made_on=day(options.made_on),
        right_to_left=words.direction == "rtl",
        cut=words.gettext("[… cut; the whole text is in {source}, {name}]"),
    )
