"""The head of every page of a consultation: which run this is, how far it has come, what it was made from."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from colloquia.consultations.models.consultation import Consultation, RunStatus
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.queries.coverage import coverage_of
from colloquia.consultations.sources import rows_before
from colloquia.core.components import Fact, FunnelRow, Link, Tab
from colloquia.core.nothing import Nothing
from colloquia.core.written import day_and_time, day_and_time_in, with_thousands


@dataclass(frozen=True, slots=True)
class Head:
    """Status in badges and a sentence, the way here, and the pages of the consultation."""

    badges: tuple[str, ...]
    status: str
    note: str
    trail: tuple[Link, ...]
    tabs: tuple[Tab, ...]


def head(visit: Visit, tab: str = "", trail: tuple[Link, ...] = ()) -> Head:
    """``tab`` is the route name of the page; ``trail`` leads from the consultation to it."""
    run, consultation = visit.run, visit.consultation
    badges = ["signed" if run.is_signed else "draft"]
    if consultation.is_illustrative:
        badges.append("illustrative")
    above = Link(visit.title, visit.url("consultation") if trail or tab != "consultation" else "")
    return Head(
        tuple(badges),
        status(visit),
        consultation.note(visit.language),
        (Link(_("Consultations"), consultations_url()), above, *trail),
        _tabs(visit, tab),
    )


def consultations_url() -> str:
    """The list of consultations."""
    from django.urls import reverse

    return reverse("consultations")


def status(visit: Visit) -> str:
    """Draft or signed, by whom, and when."""
    run = visit.run
    if run.status != RunStatus.SIGNED or run.signed_at is None:
        if run.status == RunStatus.REVIEWED and visit.officer:
            return _("Run %(number)s: reviewed, waiting for a second officer to sign.") % {
                "number": run.number
            }
        return _("Run %(number)s: a draft, not signed by the secretariat.") % {"number": run.number}
    day = formats.date_format(timezone.localtime(run.signed_at), "j F Y")
    values = {"number": run.number, "day": day, "name": run.signed_by.name if run.signed_by else ""}
    if values["name"]:
        return _("Run %(number)s: signed on %(day)s by the secretariat (%(name)s).") % values
    return _("Run %(number)s: signed on %(day)s by the secretariat.") % values


def _tabs(visit: Visit, current: str) -> tuple[Tab, ...]:
    names = [
        ("consultation", _("Analysis")),
        ("consultation_submissions", _("Submissions")),
        ("consultation_organisations", _("Organisations")),
        ("consultation_shared", _("Shared text")),
        ("consultation_method", _("Method and quality")),
        ("consultation_runs", _("Runs")),
        ("consultation_files", _("Files")),
    ]
    if visit.works:
        names.append(("consultation_reading", _("Reading")))
    if visit.officer:
        names.append(("consultation_translations", _("Translations")))
    if visit.works:
        names.append(("consultation_corrections", _("Corrections")))
    if visit.officer:
        names.append(("consultation_settings", _("Settings")))
    return tuple(
        Tab(label, visit.url(name, keep=name == "consultation_submissions"), name == current)
        for name, label in names
    )


def closing_words(consultation: Consultation) -> str:
    """The deadline of a call on the clocks of its place, else the closing date; "" where none is recorded."""
    if consultation.closes_at is None:
        return day_and_time(consultation.closed_on)
    values = {
        "moment": day_and_time_in(consultation.closes_at, ZoneInfo(consultation.time_zone)),
        "zone": consultation.time_zone.replace("_", " "),
    }
    return _("%(moment)s (%(zone)s)") % values


def _closing(consultation: Consultation) -> Fact:
    if words := closing_words(consultation):
        return Fact(_("Closing date"), words)
    return Fact(_("Closing date"), nothing=Nothing("not_recorded"))


def facts(visit: Visit) -> list[Fact]:
    """Dates and numbers that say which analysis this is."""
    run, consultation = visit.run, visit.consultation
    found = [_closing(consultation), Fact(_("Run"), run.number, visit.url("consultation_method"))]
    if run.begun_at:
        found.append(Fact(_("Computed"), moment=timezone.localtime(run.begun_at).date()))
    if run.sequence:
        count = run.corrections.filter(undone_at=None).count()
        found.append(
            Fact(_("Corrections by officers in effect"), count, visit.url("consultation_corrections"))
        )
    return found


def _unreadable(visit: Visit) -> str:
    """What a submission without text is, and how many files could not be read, whosesoever they are."""
    meaning = _("No text could be read; a person has to ask the sender for it.")
    kinds = ("unreadable file", "empty file", "partly read file")
    files = sum(problem.get("kind") in kinds for problem in visit.run.problems)
    if not files:
        return meaning
    more = ngettext(
        "%(n)s file could not be read, or not wholly; the method page tells of it.",
        "%(n)s files could not be read, or not wholly; the method page tells of them.",
        files,
    ) % {"n": with_thousands(files)}
    return f"{meaning} {more}"


def funnel_rows(visit: Visit) -> list[FunnelRow]:
    """From received to read by a person; only stages that this run can know."""
    funnel = visit.run.funnel
    read = coverage_of(visit.run)
    before = rows_before(visit.run)
    first = (
        FunnelRow(_("In this analysis"), funnel.get("received"), _("What was published when it was made."))
        if before
        else FunnelRow(_("Received"), funnel.get("received"), _("Every submission that came in."))
    )
    rows = [
        *before,
        first,
        FunnelRow(
            _("Unreadable"),
            funnel.get("unreadable"),
            _unreadable(visit),
            inner=True,
        ),
        FunnelRow(
            _("In an unsupported language"),
            funnel.get("unsupported"),
            _("Not compared by machine; it waits for a person or a translation."),
            inner=True,
        ),
        FunnelRow(
            _("Analysed by machine"),
            funnel.get("analysed"),
            _("At least one passage was compared by meaning."),
            inner=True,
        ),
        FunnelRow(
            _("Read by a person"),
            read.read,
            _("An officer marked the whole submission as read."),
            inner=True,
        ),
    ]
    return [row for row in rows if row.count is not None]
