"""An officer's decision on a draft: taken, edited or refused; its evidence is looked up once more."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colloquia.consultations.models import Draft, Run
from colloquia.consultations.models.drafts import DraftKind, DraftStatus
from colloquia.consultations.queries.drafting import checked
from colloquia.consultations.services.acts import one_line
from colloquia.consultations.services.correcting import rename_theme
from colloquia.consultations.services.refusals import CorrectionRefused
from colloquia.core import audit

LONGEST = 1000
"""Characters of a sentence or a reason as an officer writes it."""

_WORDS: dict[str, Any] = {
    "off": gettext_lazy(
        "Machine drafting is off. An administrator may switch it on by setting DRAFTING_URL and "
        "DRAFTING_MODEL."
    ),
    "signed": gettext_lazy("This run is signed. Analyse again, and ask for drafts on the new run."),
    "themes": gettext_lazy("Choose at least one theme of this run."),
    "many": gettext_lazy("Choose at most 60 themes at a time."),
    "language": gettext_lazy("Drafts cannot be made in this language. Choose one from the list."),
    "under way": gettext_lazy("The model is being asked about these themes already; wait for its answer."),
    "ended": gettext_lazy("This request has ended already."),
    "not failed": gettext_lazy("Only a request that failed can be taken up again."),
    "decided": gettext_lazy("This draft was decided on already."),
    "theme": gettext_lazy("The theme was merged into another or is no more. Refuse the draft."),
    "evidence": gettext_lazy(
        "A passage that this draft rests on was changed or moved out of the theme. Refuse the draft, and ask "
        "again."
    ),
    "none": gettext_lazy("This draft rests on no passage and cannot be accepted."),
    "empty": gettext_lazy("Write the wording that is to be kept."),
    "long": gettext_lazy("The wording is longer than 1,000 characters. Shorten it."),
    "reason": gettext_lazy("Say why the draft is refused."),
}


class DraftRefused(Exception):
    """Something about drafts cannot be done. ``code`` is a stable word; the text is for people."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)

    def __str__(self) -> str:
        return str(_WORDS[self.code])


def accept_draft(*, draft: Draft, text: str, by: Any, seen: int) -> Draft:
    """Take a draft, as it is or as the officer edited it. A name becomes the label of its theme.

    ``seen`` is the ``sequence`` of the run that the officer was looking at. Every quotation is looked up
    once more before.

    Raises:
        DraftRefused: it was decided on already, or its evidence does not hold any more.
        CorrectionConflict: others changed the theme since; nothing is written then.
        CorrectionRefused: the theme cannot bear this label.
    """
    run = Run.objects.select_related("consultation").get(pk=draft.run_id)
    wording = one_line(text)
    if not wording:
        raise DraftRefused("empty")
    if len(wording) > LONGEST:
        raise DraftRefused("long")
    _open_draft(draft.pk)
    problem = checked(run, [draft])[0].problem
    if problem:
        raise DraftRefused(problem)
    if draft.kind == DraftKind.NAME:
        _rename(run, draft, wording, by, seen)
    return _decide(draft.pk, DraftStatus.ACCEPTED, by, edited=wording if wording != draft.text else "")


def _rename(run: Run, draft: Draft, label: str, by: Any, seen: int) -> None:
    note = _("Proposed by the model %(model)s from quoted passages, checked by an officer.") % {
        "model": str(draft.provenance.get("model", ""))
    }
    try:
        rename_theme(run=run, theme=draft.theme_id, label=label, by=by, seen=seen, note=note)
    except CorrectionRefused as error:
        # The label may stand there already, for instance since the program ended between the two steps.
        if error.code != "nothing changes":
            raise


def refuse_draft(*, draft: Draft, reason: str, by: Any) -> Draft:
    """Put a draft aside, with the reason. A sentence that was accepted may be refused later.

    Raises:
        DraftRefused: there is no reason, or it was decided on already.
    """
    if not reason.strip():
        raise DraftRefused("reason")
    return _decide(draft.pk, DraftStatus.REFUSED, by, note=reason.strip()[:LONGEST])


@transaction.atomic
def _decide(pk: int, status: str, by: Any, *, edited: str = "", note: str = "") -> Draft:
    row = _open_draft(pk, lock=True, again=status == DraftStatus.REFUSED)
    before = audit.snapshot(row)
    row.status, row.decided_by, row.decided_at = status, by, timezone.now()
    row.edited_text, row.note = edited or row.edited_text, note
    row.save(update_fields=["status", "decided_by", "decided_at", "edited_text", "note"])
    verb = "accept_draft" if status == DraftStatus.ACCEPTED else "refuse_draft"
    audit.record(row, f"consultations.{verb}", by=by, before=before, note=note)
    return row


def _open_draft(pk: int, *, lock: bool = False, again: bool = False) -> Draft:
    rows = Draft.objects.select_for_update(of=("self",)) if lock else Draft.objects.all()
    row = rows.get(pk=pk)
    withdrawn = again and row.status == DraftStatus.ACCEPTED and row.kind == DraftKind.SENTENCE
    if row.status != DraftStatus.PROPOSED and not withdrawn:
        raise DraftRefused("decided")
    return row
