"""What could not be done, by kind: the file, row and field, the reason and the remedy."""

from __future__ import annotations

from itertools import groupby

from colloquia.engines.report.content import (
    Block,
    Cell,
    Column,
    Heading,
    Paragraph,
    Row,
    Section,
    Table,
    foreign,
    plain,
)
from colloquia.engines.report.context import Context
from colloquia.engines.report.text import anchor
from colloquia.engines.results import Problem


def all_problems(context: Context) -> list[Problem]:
    """The run's problems, documents that were not wholly read, and quotations that were withheld."""
    analysis, _ = context.analysis, context.words.gettext
    found = list(analysis.problems)
    known = " ".join(f"{one.where} {one.message}" for one in found)
    for submission in analysis.submissions:
        for document in submission.documents:
            if document.status == "read" or document.document_id in known or document.name in known:
                continue
            where = f"{submission.submission_id}, {document.name}"
            message = document.problem or _("The reader gave no reason.")
            found.append(Problem("unreadable file", where, message))
    for quote in context.citations.refused:
        message = _("The quotation is not in the stored text at its place, so it is not shown.")
        found.append(Problem("withheld quotation", f"{quote.passage_id}, {quote.quote_id}", message))
    return sorted(found, key=lambda one: one.kind)


def problems(context: Context) -> Section:
    """Every problem, grouped by kind."""
    words, limit = context.words, context.options.limits.problems
    _ = words.gettext
    found = all_problems(context)
    title = _("What could not be done")
    if not found:
        return Section("problems", title, (Paragraph(plain(_("Nothing was left undone."))),))
    opening = words.ngettext(
        "{n} problem was met. The rest of the input was kept and analysed.",
        "{n} problems were met. The rest of the input was kept and analysed.",
        len(found),
    ).format(n=words.number(len(found)))
    blocks: list[Block] = [Paragraph(plain(opening))]
    for kind, each in groupby(found, key=lambda one: one.kind):
        same = list(each)
        shown = same[:limit]
        name = _kind(context, kind)
        note = ""
        if len(same) > limit:
            note = _("{n} more in tables.xlsx.").format(n=words.number(len(same) - limit))
        blocks.append(Heading(3, (foreign(name),), anchor("problem", kind)))
        blocks.append(
            Table(
                plain(
                    words.ngettext("{n} problem", "{n} problems", len(same)).format(n=words.number(len(same)))
                ),
                (Column(_("Where")), Column(_("What, and the remedy"))),
                tuple(Row((Cell((foreign(one.where),)), Cell((foreign(one.message),)))) for one in shown),
                plain(note) if note else (),
            )
        )
    return Section("problems", title, tuple(blocks))


def _kind(context: Context, kind: str) -> str:
    _ = context.words.gettext
    names = {
        "contradiction": _("Contradictions"),
        "empty file": _("Empty files"),
        "file": _("Files"),
        "partly read file": _("Partly read files"),
        "input": _("Input"),
        "table": _("Tables"),
        "unknown country": _("Unknown countries"),
        "unreadable file": _("Unreadable files"),
        "unsupported language": _("Unsupported languages"),
        "withheld quotation": _("Withheld quotations"),
    }
    return names.get(kind, kind[:1].upper() + kind[1:])
