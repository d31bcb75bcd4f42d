"""How a run was made, how good it was measured to be, and what it could not do."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colloquia.consultations.models import Correction
from colloquia.consultations.models.corrections import CorrectionKind
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.presentation.words import problem_kind
from colloquia.consultations.queries.coverage import coverage_of
from colloquia.consultations.queries.state import standing_of
from colloquia.core.components import Coverage, Fact
from colloquia.core.engine_words import told
from colloquia.core.tables import Column, Table
from colloquia.core.written import percent_of, with_thousands

_QUALITY: dict[str, str | Promise] = {
    "theme agreement over resamples, whole docket (mean adjusted Rand index)": gettext_lazy(
        "Agreement of themes over resamples, whole docket (mean adjusted Rand index)"
    ),
    "theme agreement over resamples, by question (mean adjusted Rand index)": gettext_lazy(
        "Agreement of themes over resamples, by question (mean adjusted Rand index)"
    ),
    "share of analysed passages in no theme": gettext_lazy("Share of analysed passages in no theme"),
    "share of passages in a supported language": gettext_lazy("Share of passages in a supported language"),
    "share of passages with a question": gettext_lazy("Share of passages that answer a question"),
}
_STAGES: dict[str, str | Promise] = {
    "read": gettext_lazy("Reading documents"),
    "passages": gettext_lazy("Cutting passages"),
    "languages": gettext_lazy("Telling languages"),
    "duplicates": gettext_lazy("Finding shared text"),
    "meaning": gettext_lazy("Comparing by meaning"),
    "similar": gettext_lazy("Finding similar messages"),
    "questions": gettext_lazy("Matching questions"),
    "themes": gettext_lazy("Finding themes"),
    "counts": gettext_lazy("Counting"),
    "write": gettext_lazy("Writing results"),
}


def manifest_of(visit: Visit) -> dict[str, Any]:
    """The manifest beside the run; empty where its folder is not there."""
    try:
        value = json.loads(Path(visit.run.folder / "manifest.json").read_bytes())
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def facts(visit: Visit, manifest: dict[str, Any]) -> list[Fact]:
    """Which run this is."""
    run = visit.run
    found = [
        Fact(_("Run"), run.number),
        Fact(_("Program"), run.program or _("not recorded")),
        Fact(_("SHA-256 of the manifest"), run.fingerprint),
    ]
    if run.begun_at:
        found.append(Fact(_("Computed"), moment=timezone.localtime(run.begun_at)))
    if run.prior:
        value = _("Run %(number)s, up to its correction %(sequence)s") % {
            "number": run.prior.number,
            "sequence": run.prior_sequence,
        }
        found.append(Fact(_("Learned from"), value))
    if manifest.get("jobs"):
        found.append(Fact(_("Processes"), manifest["jobs"]))
    values = ", ".join(standing_of(visit.run)[1])
    found.append(Fact(_("Counted as states are senders of the group"), values or _("none")))
    return found


def coverage(visit: Visit) -> Coverage:
    """How many submissions a person has read."""
    found = coverage_of(visit.run)
    values = {"read": with_thousands(found.read), "received": with_thousands(found.received)}
    return Coverage(
        _("%(read)s of %(received)s submissions were read by a person.") % values, found.read, found.received
    )


def written(value: Any) -> str:
    """A setting as text."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)


def tables(visit: Visit, manifest: dict[str, Any]) -> list[Table]:
    """Everything of the page that is a table, in its order."""
    made = [
        quality_table(visit),
        language_table(visit),
        problem_table(visit),
        correction_table(visit),
        _pairs("settings", _("Settings"), _("Setting"), visit.run.parameters),
        _pairs("versions", _("Versions"), _("Part"), manifest.get("versions")),
        _times(manifest),
    ]
    if visit.officer:
        made.append(_pairs("inputs", _("Input files by SHA-256"), _("File"), manifest.get("inputs")))
    else:
        digests = {
            str(place): value for place, value in enumerate((manifest.get("inputs") or {}).values(), start=1)
        }
        made.append(_pairs("inputs", _("Input files by SHA-256"), _("File"), digests))
    return [table for table in made if table.total]


def _pairs(name: str, caption: str, head: str, values: Any) -> Table:
    rows = [{"name": key.replace("_", " "), "value": written(value)} for key, value in (values or {}).items()]
    columns = (Column("name", head), Column("value", _("Value"), "identifier"))
    return Table(name, caption, columns, rows, total=len(rows))


def _times(manifest: dict[str, Any]) -> Table:
    rows = [
        {"name": _STAGES.get(name, name), "seconds": value}
        for name, value in (manifest.get("seconds") or {}).items()
    ]
    columns = (Column("name", _("Stage")), Column("seconds", _("Seconds"), "decimal"))
    return Table("times", _("Time by stage"), columns, rows, total=len(rows))


def quality_table(visit: Visit) -> Table:
    """Figures measured on this very docket."""
    rows = [
        {
            "name": _QUALITY.get(name, name),
            "value": value,
            "shown": percent_of(value) if name.startswith("share") else f"{value:.2f}",
        }
        for name, value in visit.run.quality.items()
    ]
    columns = (
        Column("name", _("Figure")),
        Column("shown", _("Value")),
        Column("value", _("Value, exactly"), "decimal", shown=False),
    )
    return Table("quality", _("Measured on this docket"), columns, rows, total=len(rows))


def language_table(visit: Visit) -> Table:
    """Languages received, and which of them were compared by meaning."""
    rows = [
        {
            "name": visit.tongue(item["language"]) or _("not known"),
            "code": item["language"],
            "supported": _("yes") if item["supported"] else _("no: waits for a person or a translation"),
            "submissions": item["submissions"],
            "passages": item["passages"],
        }
        for item in visit.run.languages
    ]
    columns = (
        Column("name", _("Language")),
        Column("code", _("Code"), "identifier", shown=False),
        Column("supported", _("Compared by meaning")),
        Column("submissions", _("Submissions"), "number"),
        Column("passages", _("Passages"), "number"),
    )
    return Table("languages", _("Languages"), columns, rows, total=len(rows))


def problem_table(visit: Visit) -> Table:
    """What could not be done: each place for officers; for the public, whom files may name, by kind."""
    problems = visit.run.problems
    if visit.officer:
        columns = (
            Column("kind", _("Kind")),
            Column("where", _("Where")),
            Column("message", _("What, and the remedy"), language="message_language"),
        )
        listed = []
        for item in problems:
            message, language = told(item["message"])
            kind = problem_kind(item["kind"])
            listed.append({**item, "kind": kind, "message": message, "message_language": language})
        return Table("problems", _("What could not be done"), columns, listed, total=len(listed))
    counted = Counter(item["kind"] for item in problems)
    rows: list[dict[str, Any]] = [
        {"kind": problem_kind(kind), "count": count} for kind, count in counted.most_common()
    ]
    few = (Column("kind", _("Kind")), Column("count", _("Count"), "number"))
    return Table("problems", _("What could not be done"), few, rows, total=len(rows))


def correction_table(visit: Visit) -> Table:
    """Corrections by kind, those in effect and those undone."""
    standing: Counter[str] = Counter()
    undone: Counter[str] = Counter()
    for kind, gone in Correction.objects.filter(run=visit.run).values_list("kind", "undone_at"):
        (undone if gone else standing)[kind] += 1
    rows = [
        {"kind": kind.label, "count": standing[kind], "undone": undone[kind]}
        for kind in CorrectionKind
        if standing[kind] or undone[kind]
    ]
    columns = (
        Column("kind", _("What officers did")),
        Column("count", _("In effect"), "number"),
        Column("undone", _("Undone"), "number"),
    )
    return Table("corrections", _("Corrections by officers"), columns, rows, total=len(rows))
