"""Files of codebooks that came back: kept as received, then taken over as corrections, each by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colloquia.consultations import services
from colloquia.consultations.models import CodebookFile, Correction, Run, ThemeInEffect
from colloquia.consultations.models.codebook import CodebookState
from colloquia.consultations.queries.recoding import recoded
from colloquia.consultations.queries.state import bulk_of, state_of
from colloquia.consultations.services.refusals import CorrectionConflict, CorrectionRefused
from colloquia.core import attachments, audit
from colloquia.core.jobs import enqueue
from colloquia.engines.refi import Unusable
from colloquia.engines.refi.child import LIMITS
from colloquia.engines.refi.proposal_records import NEW, OUT, STAY, Proposal

TASK = "consultations.take_codebook"
LARGEST = LIMITS.file_bytes
_WORDS: dict[str, Any] = {
    "signed": gettext_lazy(
        "This run is signed and is no longer corrected. Analyse again, and use the new run."
    ),
    "not open": gettext_lazy("This file is being taken over, or was closed. Look again."),
    "nothing": gettext_lazy("Tick at least one proposal, or close the file."),
}


class CodebookRefused(Exception):
    """A file is not taken, or no longer. ``code`` is a stable word; the text is for people."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)

    def __str__(self) -> str:
        return str(_WORDS[self.code])


def receive_file(*, run: Run, stream: IO[bytes], name: str, by: Any) -> CodebookFile:
    """Keep a codebook or a project as it was sent. Nothing is changed yet.

    Raises:
        CodebookRefused: the run is signed.
        AttachmentRefused: the file is empty or too large.
        Unusable: it is neither a codebook nor a project. The file itself is in the record.
    """
    if run.is_signed:
        raise CodebookRefused("signed")
    kept: list[CodebookFile] = []

    def keep(attachment: Any) -> None:
        row = CodebookFile.objects.create(run=run, attachment=attachment, by=by)
        audit.record(row, "consultations.receive_codebook", by=by, before={})
        kept.append(row)

    attachments.receive(stream, name=name, by=by, largest=LARGEST, then=keep)
    file = kept[0]
    try:
        recoded(file, run)
    except Unusable:
        close_file(file=file.pk, by=by)
        raise
    return file


@transaction.atomic
def confirm_file(
    *, file: int, picks: Mapping[str, str], seen: int, by: Any, here: bool = False
) -> CodebookFile:
    """Take over proposals by their key; the worker does it, unless the caller will (``here``).

    ``picks`` gives for each key what was chosen, "" where there is no choice. ``seen`` is the ``sequence``
    of the run that the officer was looking at.

    Raises:
        CodebookRefused: nothing was chosen, the file is not open, or the run is signed.
    """
    chosen = {key: choice for key, choice in picks.items() if choice != STAY}
    if not chosen:
        raise CodebookRefused("nothing")
    row = _locked(file)
    if row.state != CodebookState.OPEN:
        raise CodebookRefused("not open")
    if row.run.is_signed:
        raise CodebookRefused("signed")
    before = audit.snapshot(row)
    row.state, row.picks, row.outcomes, row.seen, row.taken_by = CodebookState.TAKING, chosen, [], seen, by
    row.save(update_fields=["state", "picks", "outcomes", "seen", "taken_by"])
    audit.record(row, "consultations.take_codebook", by=by, before=before)
    if not here:
        enqueue(TASK, row.pk)
    return row


@transaction.atomic
def go_on(*, file: int) -> CodebookFile:
    """Have the worker take a file up again that it was stopped at. Raises CodebookRefused."""
    row = _locked(file)
    if row.state != CodebookState.TAKING:
        raise CodebookRefused("not open")
    enqueue(TASK, row.pk)
    return row


@transaction.atomic
def close_file(*, file: int, by: Any) -> CodebookFile:
    """Propose nothing more of a file; it stays in the record. Raises CodebookRefused."""
    row = _locked(file)
    if row.state != CodebookState.OPEN:
        raise CodebookRefused("not open")
    before = audit.snapshot(row)
    row.state = CodebookState.CLOSED
    row.save(update_fields=["state"])
    audit.record(row, "consultations.close_codebook", by=by, before=before)
    return row


def _locked(file: int) -> CodebookFile:
    rows = CodebookFile.objects.select_for_update(of=("self",)).select_related("run", "attachment")
    return rows.get(pk=file)


def perform(file_id: int) -> None:
    """Make the corrections that were confirmed, one after the other. Called again, it goes on.

    A correction that others stand in the way of, or that makes no sense any more, is told and passed over.
    """
    row = CodebookFile.objects.select_related("run__consultation", "attachment", "taken_by").get(pk=file_id)
    if row.state != CodebookState.TAKING:
        return
    try:
        proposals = recoded(row, _run(row)).proposals
    except Unusable:
        proposals = ()
    told = {outcome["key"] for outcome in row.outcomes}
    for item in proposals:
        if item.key in row.picks and item.key not in told:
            row.outcomes.append(_Taking(row, item).outcome(row.picks[item.key]))
            row.save(update_fields=["outcomes", "made"])
            told.add(item.key)
    row.outcomes += [{"key": key, "stale": True} for key in row.picks if key not in told]
    row.state = CodebookState.OPEN
    row.save(update_fields=["outcomes", "state"])


def _run(row: CodebookFile) -> Run:
    return Run.objects.select_related("consultation").get(pk=row.run_id)


class _Taking:
    """One proposal, made a correction or several."""

    def __init__(self, row: CodebookFile, item: Proposal) -> None:
        self._row, self._item = row, item
        self._numbers: list[int] = []
        note = _("From the file “%(name)s”.") % {"name": row.attachment.name}
        self._common: dict[str, Any] = {"by": row.taken_by, "seen": row.seen, "note": note}

    def outcome(self, choice: str) -> dict[str, Any]:
        """What became of it, as it is stored."""
        item = self._item
        found: dict[str, Any] = {
            "key": item.key, "kind": item.kind, "question": item.question, "theme": item.theme,
            "label": item.label, "parent": item.parent, "count": len(item.passages or item.themes),
            "corrections": self._numbers,
        }  # fmt: skip
        try:
            getattr(self, f"_{item.kind}")(choice)
        except CorrectionConflict as conflict:
            found["others"] = [other.number for other in conflict.corrections]
        except CorrectionRefused as error:
            if error.code != "nothing changes":
                found["refusal"], found["values"] = error.code, error.values
        return found

    def _do(self, verb: Any, **values: Any) -> Correction:
        made: Correction = verb(run=_run(self._row), **values, **self._common)
        self._numbers.append(made.number)
        return made

    def _here(self, name: str) -> str:
        """The theme that a name stands for. Raises CorrectionRefused where it was not made."""
        found = self._row.made.get(name.removeprefix(NEW), "") if name.startswith(NEW) else name
        if name and not found:
            raise CorrectionRefused("unknown theme")
        return found

    def _rename(self, _choice: str) -> None:
        self._do(services.rename_theme, theme=self._item.theme, label=self._item.label)

    def _regroup(self, _choice: str) -> None:
        item = self._item
        self._do(
            services.reparent_themes,
            question=item.question,
            themes=[item.theme],
            parent=self._here(item.parent),
        )

    def _group(self, _choice: str) -> None:
        item, made = self._item, self._row.made
        themes = [
            made.get(name.removeprefix(NEW), "") if name.startswith(NEW) else name for name in item.themes
        ]
        row = self._do(
            services.group_themes,
            question=item.question,
            label=item.label,
            themes=[name for name in themes if name],
        )
        made[item.code] = row.values["theme"]

    def _move(self, _choice: str) -> None:
        item = self._item
        self._put(item.passages, self._here(item.theme))

    def _put(self, passages: Any, theme: str) -> None:
        self._do(services.move_passages, question=self._item.question, passages=list(passages), theme=theme)

    def _merge(self, _choice: str) -> None:
        item = self._item
        self._do(services.merge_themes, themes=[item.theme, item.parent], into=item.parent)

    def _gone(self, choice: str) -> None:
        item = self._item
        if choice != OUT:
            self._do(services.merge_themes, themes=[item.theme, choice], into=choice)
            return
        rows, _total = bulk_of(_run(self._row)).passages(question=item.question, theme=item.theme, limit=0)
        if rows:
            self._put((row.passage_id for row in rows), "")

    def _new(self, _choice: str) -> None:
        item, made = self._item, self._row.made
        theme = self._made_before()
        if not theme:
            inside = self._inside()
            source = Counter(name for name in inside.values() if name).most_common(1)
            # A theme is made out of another one: passages that are in none go into one first.
            out_of = source[0][0] if source else self._smallest()
            if not source:
                self._put(item.passages, out_of)
                inside = dict.fromkeys(item.passages, out_of)
            taken = [name for name in item.passages if inside.get(name) == out_of]
            row = self._do(services.split_theme, theme=out_of, parts=[(item.label, taken)])
            theme = row.values["parts"][0]["theme"]
        made[item.code] = theme
        self._row.save(update_fields=["made"])
        rest = [name for name, place in self._inside().items() if place != theme]
        if rest:
            self._put(rest, theme)
        parent = "" if item.parent.startswith(NEW) else item.parent
        if not item.parent.startswith(NEW) and state_of(_run(self._row)).themes[theme].parent_id != parent:
            self._do(services.reparent_themes, question=item.question, themes=[theme], parent=parent)

    def _inside(self) -> dict[str, str]:
        """Each passage of the proposal with its theme now, "" where it is in none."""
        bulk = bulk_of(_run(self._row))
        rows = {row.row: name for name, row in bulk.passages_by_id(self._item.passages).items()}
        found = dict.fromkeys(rows.values(), "")
        for place in bulk.placements(list(rows)):
            if place.question_id == self._item.question:
                found[rows[place.row]] = place.theme_id
        return found

    def _smallest(self) -> str:
        rows = ThemeInEffect.objects.filter(
            run=self._row.run_id, question_id=self._item.question, is_live=True, is_parent=False
        )
        first = rows.order_by("passages", "position").first()
        if first is None:
            raise CorrectionRefused("unknown theme")
        return first.theme_id

    def _made_before(self) -> str:
        """The theme, where the program ended between making it and noting that."""
        rows = Correction.objects.filter(
            run=self._row.run_id,
            kind="split",
            number__gt=self._row.seen,
            by=self._row.taken_by,
            note=self._common["note"],
            undone_at=None,
        )
        taken = set(self._row.made.values())
        for row in rows:
            part = row.values["parts"][0]
            named = {anchor[1] for anchor in part["passages"]}
            same = part["label"] == self._item.label and named <= set(self._item.passages)
            if same and part["theme"] not in taken:
                return str(part["theme"])
        return ""
