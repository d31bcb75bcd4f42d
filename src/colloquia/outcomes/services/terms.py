"""Outcome terms: an operator's own, in its languages. A term is ended, never removed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from colloquia.core import audit, ledger
from colloquia.core.models import LedgerOpening
from colloquia.outcomes import commitments
from colloquia.outcomes.models import Outcome, OutcomeTerm
from colloquia.outcomes.services.refusals import OutcomeRefused
from colloquia.outcomes.verdicts import verdict_in

PARAGRAPH = "{paragraph}"


STATED = "outcome-term.stated"


@transaction.atomic
def save_term(
    *,
    code: str,
    labels: Mapping[str, str],
    needs_paragraph: bool,
    position: int | None = None,
    is_active: bool = True,
    by: Any = None,
    new: bool = False,
) -> OutcomeTerm:
    """Make a term, change its labels and place, end it or take it up again.

    Raises:
        OutcomeRefused: no label, a label that gives a verdict, ``{paragraph}`` in the wrong place, or the
            code of another term.
    """
    texts = {language: " ".join(text.split()) for language, text in labels.items() if text.strip()}
    code = slugify(code)[:40]
    reasons = _faults(code, texts, needs_paragraph)
    row = OutcomeTerm.objects.select_for_update().filter(pk=code).first()
    if new and row is not None:
        reasons.append(_("There is a term with this code already; choose another code."))
    if reasons:
        raise OutcomeRefused(*reasons)
    before = audit.snapshot(row) if row else {}
    if row is None:
        last = OutcomeTerm.objects.aggregate(last=Max("position"))["last"] or 0
        row = OutcomeTerm(code=code, position=last + 1)
    row.labels, row.needs_paragraph, row.is_active = texts, needs_paragraph, is_active
    row.position = position or row.position
    row.save()
    audit.record(row, "outcomes.save_term", by=by, before=before)
    if Outcome.objects.filter(term=row).exclude(published_at=None).exists():
        state_term(row)
    return row


def state_term(term: OutcomeTerm) -> None:
    """Commit to what a term that the public sees is called, where the latest entry says something else."""
    content = commitments.of_term(term)
    last = (
        LedgerOpening.objects.filter(about_type=term._meta.label_lower, about_id=term.pk)
        .order_by("-pk")
        .values_list("content", flat=True)
        .first()
    )
    if last != content:
        ledger.record(STATED, about=term, content=content)


def _faults(code: str, labels: Mapping[str, str], needs_paragraph: bool) -> list[str]:
    reasons = []
    if not code:
        reasons.append(_("Give the term a code of letters and digits, for instance “noted”."))
    if not labels:
        reasons.append(_("Write the term in at least one language."))
    for text in labels.values():
        if word := verdict_in(text):
            reasons.append(
                _(
                    "“%(word)s” in “%(label)s” would give a verdict on a respondent. What a state or anybody "
                    "else said is never accepted or refused; say what became of the point in the paper "
                    "instead, for instance “noted” or “covered elsewhere”."
                )
                % {"word": word, "label": text}
            )
        if (PARAGRAPH in text) != needs_paragraph:
            reasons.append(
                _("“%(label)s” must hold {paragraph}, for the number of the paragraph.") % {"label": text}
                if needs_paragraph
                else _("“%(label)s” holds {paragraph}, so tick that the term names a paragraph.")
                % {"label": text}
            )
    return reasons
