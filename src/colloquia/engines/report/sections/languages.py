"""Languages that were and were not analysed, and the submissions that wait for a human reader."""

from __future__ import annotations

from colloquia.engines.records import Submission
from colloquia.engines.report.content import (
    Block,
    Cell,
    Column,
    Heading,
    Paragraph,
    Row,
    Run,
    Runs,
    Section,
    Table,
    cell,
    foreign,
    join,
    plain,
)
from colloquia.engines.report.context import Context


def languages(context: Context) -> Section:
    """Counts by language; unsupported ones are declared."""
    words = context.words
    _ = words.gettext
    rows = tuple(
        Row(
            (
                Cell((foreign(context.language_name(one.language)),)),
                cell(_("analysed") if one.supported else _("not supported: to be read by a person")),
                cell(words.number(one.submissions)),
                cell(words.number(one.passages)),
                cell(words.number(one.characters)),
            ),
            "body" if one.supported else "missing",
        )
        for one in context.analysis.languages
    )
    blocks: list[Block] = [
        Paragraph(
            plain(
                _(
                    "Passages in a supported language are compared with one another whatever their "
                    "language. Passages in any other language are kept, counted and listed, and never "
                    "placed in a theme."
                )
            )
        )
    ]
    if rows:
        blocks.append(
            Table(
                plain(_("A submission in several languages is counted in each.")),
                (
                    Column(_("Language")),
                    Column(_("Treatment")),
                    Column(_("Submissions"), "number"),
                    Column(_("Passages"), "number"),
                    Column(_("Characters"), "number"),
                ),
                rows,
            )
        )
    blocks += _waiting(context)
    entries = (("waiting", plain(_("To be read by a person"))),)
    return Section("languages", _("Languages"), tuple(blocks), entries)


def _waiting(context: Context) -> list[Block]:
    words = context.words
    _ = words.gettext
    reasons = {
        "unreadable": _("no readable text"),
        "unsupported": _("unsupported language"),
        "partly": _("partly in an unsupported language"),
    }
    order = list(reasons)
    waiting = [
        (order.index(standing), one)
        for one in context.analysis.submissions
        if (standing := context.index.standing_of(one)) in reasons
    ]
    waiting.sort(key=lambda entry: (entry[0], entry[1].submission_id))
    blocks: list[Block] = [Heading(3, plain(_("To be read by a person")), "waiting")]
    if not waiting:
        return [*blocks, Paragraph(plain(_("None: every passage could be read and analysed.")))]
    limit = context.options.limits.waiting
    rows = tuple(_row(context, one, reasons[order[reason]]) for reason, one in waiting[:limit])
    note = ""
    if len(waiting) > limit:
        note = _("{n} more in tables.xlsx and submissions.parquet.").format(
            n=words.number(len(waiting) - limit)
        )
    caption = words.ngettext(
        "{n} submission to be read, in whole or in part",
        "{n} submissions to be read, in whole or in part",
        len(waiting),
    ).format(n=words.number(len(waiting)))
    table = Table(
        plain(caption),
        (
            Column(_("Submission")),
            Column(_("Sender")),
            Column(_("Reason")),
            Column(_("Languages")),
            Column(_("Documents")),
        ),
        rows,
        plain(note) if note else (),
    )
    return [*blocks, table]


def _row(context: Context, submission: Submission, reason: str) -> Row:
    found = sorted(context.index.languages_of.get(submission.submission_id, set()))
    names: list[Runs] = [(foreign(context.language_name(one)),) for one in found]
    documents: list[Runs] = [(foreign(one.name),) for one in submission.documents[:5]]
    return Row(
        (
            Cell(
                (Run(submission.submission_id, style="code"),),
                below=(foreign(submission.source_id),) if submission.source_id else (),
            ),
            Cell((context.source(submission),)),
            cell(reason),
            Cell(join(names, context.words.comma) if names else plain("–")),
            Cell(join(documents, context.words.comma) if documents else plain("–")),
        )
    )
