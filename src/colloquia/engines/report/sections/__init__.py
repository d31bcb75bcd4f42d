"""The sections of a report, in the order in which a reader needs them."""

from __future__ import annotations

from colloquia.engines.report.content import Report, Run, Runs, foreign, numbered, plain
from colloquia.engines.report.context import Context
from colloquia.engines.report.sections.annex import annex
from colloquia.engines.report.sections.breakdowns import breakdowns
from colloquia.engines.report.sections.brief import brief
from colloquia.engines.report.sections.languages import languages
from colloquia.engines.report.sections.method import method
from colloquia.engines.report.sections.problems import problems
from colloquia.engines.report.sections.received import questions, received
from colloquia.engines.report.sections.shared import shared
from colloquia.engines.report.sections.themes import themes


def report(context: Context) -> Report:
    """The whole report, with its paragraphs numbered through."""
    _ = context.words.gettext
    options, analysis = context.options, context.analysis
    sections = [
        brief(context),
        received(context),
        questions(context),
        themes(context),
        shared(context),
        breakdowns(context),
        languages(context),
        problems(context),
        method(context),
        annex(context),
    ]
    facts: list[tuple[str, Runs]] = [(_("Made on"), (foreign(options.made_on, "en"),))]
    if options.run:
        facts.append((_("Run"), (foreign(options.run),)))
    if analysis.paper is not None:
        name = f"{analysis.paper.symbol} {analysis.paper.title}".strip()
        facts.append((_("Questions from"), (foreign(name, analysis.paper.language),)))
    facts.append((_("Made with"), plain(f"Colloquia {options.version}")))
    standing = options.standing or _(
        "This is an informal exchange of views, not a negotiation. It is without prejudice to any position."
    )
    return Report(
        title=foreign(analysis.title or _("Consultation")),
        status=(
            Run(_("Draft"), style="strong"),
            Run(". " + _("Machine analysis, not signed by an officer.") + " "),
            Run(standing, foreign=bool(options.standing)),
        ),
        notice=(foreign(options.notice),) if options.notice else (),
        facts=tuple(facts),
        sections=numbered(sections),
        labels={
            "kind": _("Analysis of a consultation"),
            "skip": _("Skip to the report"),
            "contents": _("Contents"),
            "paragraph": _("Paragraph {n}"),
            "status": _("Status"),
        },
    )
