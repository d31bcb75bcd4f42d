"""Consultations made, and runs shown, reviewed and signed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from colloquia.consultations.commitments import of_run
from colloquia.consultations.models import Consultation, Run
from colloquia.consultations.models.consultation import RunStatus
from colloquia.consultations.queries.coverage import coverage_of
from colloquia.consultations.sources import submission_ids, taken_back_in
from colloquia.core import audit, ledger

SIGNED = "run.signed"
LONGEST_ADDRESS = 80
"""Characters of a consultation's address, which is part of the name of each run's folder."""


class SigningRefused(Exception):
    """A run cannot be shown, reviewed or signed; the message says why."""


@transaction.atomic
def create_consultation(
    *,
    slug: str,
    titles: Mapping[str, str],
    by: Any = None,
    notes: Mapping[str, str] | None = None,
    is_illustrative: bool = False,
    paper: str = "",
    paper_version: str = "",
    state_stakeholders: Iterable[str] = (),
) -> Consultation:
    """Make a consultation, not yet public.

    Raises:
        ValidationError: where the address is taken or unlawful, or there is no title.
    """
    validate_slug(slug)
    if len(slug) > LONGEST_ADDRESS:
        raise ValidationError(
            _("The address has more than %(n)s characters; choose a shorter one.") % {"n": LONGEST_ADDRESS}
        )
    if not any(text.strip() for text in titles.values()):
        raise ValidationError(_("Give the consultation a title."))
    if Consultation.objects.filter(slug=slug).exists():
        raise ValidationError(_("There is a consultation at this address already; choose another address."))
    row = Consultation.objects.create(
        slug=slug,
        titles=dict(titles),
        notes=dict(notes or {}),
        is_illustrative=is_illustrative,
        paper=paper,
        paper_version=paper_version,
        state_stakeholders=list(state_stakeholders),
    )
    audit.record(row, "consultations.create", by=by, before={})
    return row


@transaction.atomic
def show_run(*, run: Run, by: Any = None) -> Consultation:
    """Make this the run that the public sees, as a draft where it is not signed."""
    if not run.is_complete:
        raise SigningRefused(_("The run is not stored whole; store it again."))
    if said := taken_back_said(run):
        raise SigningRefused(said)
    row = Consultation.objects.select_for_update().get(pk=run.consultation_id)
    before = audit.snapshot(row)
    row.shown_run, row.is_public = run, True
    row.save(update_fields=["shown_run", "is_public"])
    audit.record(row, "consultations.show_run", by=by, before=before)
    return row


def taken_back_said(run: Run) -> str:
    """Why a run is not to be shown: it holds what is no longer public; "" where it does not."""
    gone = taken_back_in(run)
    if not gone:
        return ""
    return _(
        "The run holds passages of submissions that are no longer public: %(ids)s. "
        "Analyse again, and show the new run."
    ) % {"ids": ", ".join(gone[:20])}


def stop_showing(*, consultation_id: int, submission_id: str, by: Any = None) -> Run | None:
    """Show the public no run in which this submission stands, since it was taken out of the public.

    Within the caller's transaction. Gives the run that is no longer shown. A run whose files cannot be read
    counts as one that holds it.
    """
    row = (
        Consultation.objects.select_for_update(of=("self",))
        .select_related("shown_run")
        .filter(pk=consultation_id, shown_run__isnull=False)
        .first()
    )
    run = row.shown_run if row else None
    if row is None or run is None:
        return None
    try:
        if submission_id not in submission_ids(run):
            return None
    except OSError:
        pass
    before = audit.snapshot(row)
    row.shown_run = None
    row.save(update_fields=["shown_run"])
    audit.record(row, "consultations.stop_showing", by=by, before=before, note=submission_id)
    return run


@transaction.atomic
def review_run(*, run: Run, by: Any, note: str = "") -> Run:
    """Say that the run and its corrections were reviewed."""
    locked = Run.objects.select_for_update(of=("self",)).select_related("consultation").get(pk=run.pk)
    if locked.is_signed:
        raise SigningRefused(_("The run is signed already."))
    before = audit.snapshot(locked)
    locked.status, locked.reviewed_by, locked.reviewed_at = RunStatus.REVIEWED, by, timezone.now()
    locked.save(update_fields=["status", "reviewed_by", "reviewed_at"])
    audit.record(locked, "consultations.review_run", by=by, before=before, note=note)
    return locked


@transaction.atomic
def sign_run(*, run: Run, by: Any, seen_read: int, note: str = "") -> Run:
    """Sign a reviewed run. ``seen_read`` is the number of submissions read that was shown to who signs.

    Raises:
        SigningRefused: where nobody, or only the one who signs, reviewed it, corrections came after the
            review, or the coverage is no longer what was shown.
    """
    # Before the run, as decisions on organisations lock them, so that the two never wait for each other.
    consultation = Consultation.objects.select_for_update().get(pk=run.consultation_id)
    locked = Run.objects.select_for_update().get(pk=run.pk)
    locked.consultation = consultation
    coverage = coverage_of(locked)
    if locked.is_signed:
        raise SigningRefused(_("The run is signed already."))
    if locked.status != RunStatus.REVIEWED:
        raise SigningRefused(_("An officer must review the run before another signs it."))
    if locked.reviewed_by_id == by.pk:
        raise SigningRefused(_("Who reviewed the run cannot sign it; a second officer must."))
    if coverage.read != seen_read:
        raise SigningRefused(
            _("More was read, or less, since this page was opened. Look at it again, then sign.")
        )
    if locked.counted_sequence != locked.sequence:
        raise SigningRefused(_("The counts are being brought up to date. Look at the page again, then sign."))
    before = audit.snapshot(locked)
    locked.status, locked.signed_by, locked.signed_at = RunStatus.SIGNED, by, timezone.now()
    locked.signed_coverage = asdict(coverage)
    locked.signed_with = {
        "organisations": consultation.organisations_sequence,
        "states": list(consultation.state_stakeholders),
    }
    locked.save(update_fields=["status", "signed_by", "signed_at", "signed_coverage", "signed_with"])
    audit.record(locked, "consultations.sign_run", by=by, before=before, note=note)
    ledger.record(SIGNED, about=locked, content=of_run(locked))
    return locked
