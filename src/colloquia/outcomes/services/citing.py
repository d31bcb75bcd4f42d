"""Citations of a summary, and machine drafts taken over with theirs; each quote is checked when written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from colloquia.consultations.models import Draft, Run
from colloquia.consultations.models.drafts import DraftKind, DraftStatus
from colloquia.consultations.queries import bulk_of
from colloquia.core import audit
from colloquia.engines.bulk import PassageRow
from colloquia.engines.citing import holds, stretch_of
from colloquia.outcomes.models import Citation, Sentence, Summary
from colloquia.outcomes.services.refusals import OutcomeRefused
from colloquia.outcomes.services.summaries import changed, open_summary, put, wordings_of


def quoted(run: Run, passage_id: str, words: str) -> tuple[PassageRow, int, int]:
    """The passage and where the words stand in it. Raises OutcomeRefused where they do not."""
    passage = bulk_of(run).passages_by_id([passage_id]).get(passage_id)
    if passage is None:
        raise OutcomeRefused(_("There is no passage %(id)s in this run.") % {"id": passage_id})
    found = stretch_of(passage.text, words)
    if found is None:
        raise OutcomeRefused(
            _("These words do not stand in passage %(id)s. Copy them from the passage as they are.")
            % {"id": passage_id}
        )
    return passage, *found


def cite(*, summary: Summary, sentence: int, passage_id: str, words: str, by: Any) -> Citation:
    """Let a sentence rest on words of a passage. The same words cited twice are one citation.

    Raises OutcomeRefused: the words do not stand there, or the summary is signed.
    """
    passage, start, end = quoted(summary.run, passage_id, words)
    with transaction.atomic():
        locked = open_summary(summary.pk)
        row = Sentence.objects.filter(summary=locked, pk=sentence).first()
        if row is None:
            raise OutcomeRefused(_("This sentence was deleted by somebody else meanwhile. Choose another."))
        citation, made = _cite(row, passage, start, end)
        if made:
            changed(locked, by, "cite", {}, _told(citation), row)
    return citation


@transaction.atomic
def remove_citation(*, summary: Summary, citation: int, by: Any) -> None:
    """Take a citation away; where it is gone already, nothing happens. Raises OutcomeRefused."""
    locked = open_summary(summary.pk)
    row = Citation.objects.select_related("sentence").filter(sentence__summary=locked, pk=citation).first()
    if row is None:
        return
    changed(locked, by, "remove_citation", _told(row), {}, row.sentence)
    row.delete()


def take_drafts(*, summary: Summary, drafts: Sequence[int], by: Any) -> list[Sentence]:
    """Take over machine drafts that an officer accepted, as sentences with their citations.

    A draft that stands in the summary already is left out.

    Raises:
        OutcomeRefused: a draft is not accepted, or a quotation of it does not hold; nothing is taken then.
    """
    rows = list(
        Draft.objects.filter(
            pk__in=list(drafts),
            run=summary.run,
            language=summary.language,
            kind=DraftKind.SENTENCE,
            status=DraftStatus.ACCEPTED,
        ).order_by("question_id", "pk")
    )
    if not rows or len(rows) != len(set(drafts)):
        raise OutcomeRefused(_("Choose drafts from the list; only accepted ones can be taken over."))
    names = {item["passage_id"] for row in rows for item in row.evidence}
    passages = bulk_of(summary.run).passages_by_id(sorted(names))
    for row in rows:
        if not row.evidence or not all(_holds(passages, item) for item in row.evidence):
            raise OutcomeRefused(
                _("A quotation of this draft does not hold any more; refuse the draft: “%(text)s”")
                % {"text": row.edited_text or row.text}
            )
    with transaction.atomic():
        locked = open_summary(summary.pk)
        known = set(locked.sentences.exclude(draft_id=None).values_list("draft_id", flat=True))
        made = []
        for row in rows:
            if row.pk in known:
                continue
            first, *others = wordings_of(row.edited_text or row.text)
            sentence = put(locked, row.question_id, first, by, origin="machine", draft_id=row.pk)
            for item in row.evidence:
                _cite(sentence, passages[item["passage_id"]], int(item["start"]), int(item["end"]))
            changed(
                locked, by, "take_draft", {}, {"text": sentence.text, "question": row.question_id}, sentence
            )
            for each in others:
                # What a person added to a machine's sentence rests on none of its quotations.
                new = put(locked, row.question_id, each, by, draft_id=row.pk)
                changed(locked, by, "add_sentence", {}, {"text": each, "question": row.question_id}, new)
            audit.record(row, "outcomes.take_draft", by=by)
            made.append(sentence)
    return made


def _holds(passages: dict[str, PassageRow], item: dict[str, Any]) -> bool:
    passage = passages.get(item["passage_id"])
    return passage is not None and holds(
        passage.text, int(item["start"]), int(item["end"]), str(item["quote"])
    )


def _cite(sentence: Sentence, passage: PassageRow, start: int, end: int) -> tuple[Citation, bool]:
    last = sentence.citations.order_by("-position").first()
    return Citation.objects.get_or_create(
        sentence=sentence,
        passage_id=passage.passage_id,
        start=start,
        end=end,
        defaults={
            "submission_id": passage.submission_id,
            "quote": passage.text[start:end],
            "position": last.position + 1 if last else 1,
        },
    )


def _told(citation: Citation) -> dict[str, Any]:
    # The words are in the run; only officers read the audit, and where the words stand is enough there.
    return {"citation": f"{citation.passage_id} {citation.start}-{citation.end}"}
