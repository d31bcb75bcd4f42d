"""What people read, as pages, tables and JSON show it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _

from colloquia.consultations.presentation.agreement import agreement_table, theme_agreement_table
from colloquia.consultations.presentation.visit import FEWEST, Visit
from colloquia.consultations.queries.coverage import Coverage
from colloquia.consultations.queries.reading import ReadingSummary, reading_summary
from colloquia.core.components import Coverage as Bar
from colloquia.core.components import Fact
from colloquia.core.nothing import Nothing
from colloquia.core.tables import Column, Table
from colloquia.core.written import with_thousands
from colloquia.engines.bulk.docket import PartRead


def bar(coverage: Coverage) -> Bar:
    """How much was read, in one sentence."""
    return Bar(
        _("%(read)s of %(received)s submissions were read by a person.")
        % {"read": with_thousands(coverage.read), "received": with_thousands(coverage.received)},
        done=coverage.read,
        total=coverage.received,
    )


def coverage_tables(visit: Visit, coverage: Coverage) -> dict[str, Table]:
    """By name: what was read in all, and by question, language and stakeholder group."""
    tables = [
        _all(visit, coverage),
        _parts(
            "read-by-question",
            _("Read, by question"),
            _("Question"),
            coverage.questions,
            str,
            _("Counted are the submissions that answer the question; one may answer several."),
            "identifier",
        ),
        _parts(
            "read-by-language",
            _("Read, by language"),
            _("Language"),
            coverage.languages,
            lambda code: visit.tongue(code) or _("Not recognised"),
        ),
        _parts(
            "read-by-stakeholder",
            _("Read, by stakeholder group"),
            _("Stakeholder group"),
            coverage.stakeholders,
            lambda value: value or _("Not stated"),
        ),
    ]
    return {table.name: table for table in tables}


def _all(visit: Visit, coverage: Coverage) -> Table:
    lines: list[tuple[str, int, int]] = [
        (_("Submissions read whole by a person"), coverage.read, coverage.received),
        (_("Submissions read by more than one person"), coverage.read_by_two, coverage.received),
        (
            _("Submissions not read, but another with the very same text was"),
            coverage.same_text,
            coverage.received,
        ),
        (
            _("Submissions that nobody read, in any copy"),
            coverage.received - coverage.text_read,
            coverage.received,
        ),
    ]
    if visit.officer or coverage.received >= FEWEST:
        lines.append(
            (
                _("Distinct messages of which at least one submission was read"),
                coverage.messages_read,
                coverage.messages,
            )
        )
    if waiting := coverage.unsupported:
        lines += [
            (_("Passages in unsupported languages: translated"), coverage.unsupported_translated, waiting),
            (_("Passages in unsupported languages: read by a person"), coverage.unsupported_read, waiting),
            (_("Passages in unsupported languages: waiting"), coverage.unsupported_waiting, waiting),
        ]
    if coverage.documents:
        lines.append(
            (
                _("Documents without whole text that nobody has looked at"),
                coverage.documents_waiting,
                coverage.documents,
            )
        )
    columns = (
        Column("what", _("What")),
        Column("count", _("Count"), "number"),
        Column("base", _("Of"), "number"),
        Column("share", _("Share"), "share", bar="share"),
    )
    rows = [
        {"what": what, "count": count, "base": base, "share": count / base if base else None}
        for what, count, base in lines
    ]
    return Table(
        "read",
        _("How much was read"),
        columns,
        rows,
        base=_("A submission is read when an officer marked the whole of it as read."),
    )


def _parts(
    name: str,
    caption: str,
    label: str,
    parts: Sequence[PartRead],
    words: Callable[[str], str],
    base: str = "",
    kind: Any = "text",
) -> Table:
    columns = (
        Column("label", label, kind),
        Column("submissions", _("Submissions"), "number"),
        Column("read", _("Read"), "number"),
        Column("share", _("Share read"), "share", bar="share"),
        Column("same_text", _("The very same text was read"), "number"),
    )
    rows = [
        {
            "label": words(part.value),
            "submissions": part.submissions,
            "read": part.read,
            "share": part.read / part.submissions if part.submissions else None,
            "same_text": part.same_text,
        }
        for part in parts
    ]
    return Table(name, caption, columns, rows, base=base, empty=str(Nothing("not_applicable")))


def summary_tables(visit: Visit, summary: ReadingSummary) -> dict[str, Table]:
    """All tables that the method page shows of reading, by name; names of coders for officers only."""
    tables = coverage_tables(visit, summary.coverage)
    for item in summary.samples:
        people = None
        if visit.officer:
            people = {coder.pk: str(coder) for coder in item.sample.coders.all()}
        for table in (
            agreement_table(item.sample, item.measured, people),
            theme_agreement_table(item.sample, item.measured),
        ):
            tables[table.name] = table
    return tables


def method_tables(visit: Visit) -> dict[str, Callable[[], Table]]:
    """What the method page gives out of reading as files; nothing is read where it gives out none."""
    if "table" not in visit.request.GET:
        return {}
    tables = summary_tables(visit, reading_summary(visit.run))
    return {name: (lambda t=table: t) for name, table in tables.items()}  # type: ignore[misc]


def coverage_json(coverage: Coverage) -> dict[str, Any]:
    """What was read, as it is kept with a signature."""
    return {**asdict(coverage), "unsupported_waiting": coverage.unsupported_waiting}


def signed_facts(held: Mapping[str, Any]) -> list[Fact]:
    """What had been read when a run was signed, as it was kept then; only what was counted then."""
    words = (
        ("received", _("Submissions received")),
        ("read", _("Read whole by a person")),
        ("read_by_two", _("Read by more than one person")),
        ("same_text", _("Not read, but another with the very same text was")),
        ("messages", _("Distinct messages")),
        ("messages_read", _("Distinct messages of which at least one submission was read")),
        ("unsupported", _("Passages in unsupported languages")),
        ("unsupported_translated", _("of these translated")),
        ("unsupported_read", _("of these read by a person")),
        ("documents_waiting", _("Documents without whole text that nobody had looked at")),
    )
    return [Fact(label, with_thousands(held[name])) for name, label in words if name in held]
