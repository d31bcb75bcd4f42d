"""Drafts as officers see them: the words, the whole sentences they rest on, and where they came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colloquia.consultations.endpoint import describe
from colloquia.consultations.models import Draft, DraftRequest
from colloquia.consultations.models.drafts import DraftKind, DraftStatus
from colloquia.consultations.models.requests import RequestState
from colloquia.consultations.presentation.translations import Beside, translations_of
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.presentation.words import Sender, sender
from colloquia.consultations.queries.drafting import Checked, Rest, checked
from colloquia.core.components import Fact, Progress
from colloquia.core.tables import Words

REASONS: dict[str, Words] = {
    "unreadable": gettext_lazy("The answer could not be read."),
    "declined": gettext_lazy("The model found nothing that the passages share."),
    "length": gettext_lazy("Too short or too long."),
    "markup": gettext_lazy("It holds mark-up or an address."),
    "characters": gettext_lazy("It holds signs that no draft needs."),
    "counted": gettext_lazy("It says how many hold a view; the model saw a choice of passages."),
    "position": gettext_lazy("A name that is for or against."),
    "party": gettext_lazy("It names a state, an organisation or a person."),
    "language": gettext_lazy("It is in another script than was asked for."),
    "no evidence": gettext_lazy("It rests on no quotation."),
    "no such passage": gettext_lazy("It quotes a passage that was not shown."),
    "quote not found": gettext_lazy("A quotation does not stand in its passage."),
    "quote length": gettext_lazy("A quotation is too short or too long."),
    "too few messages": gettext_lazy("It rests on one message where more were shown."),
    "repeated": gettext_lazy("It repeats another sentence."),
    "too many": gettext_lazy("More than was asked for."),
    "theme": gettext_lazy("The theme was merged away before its turn came."),
    "no passages": gettext_lazy("The theme has no passage that could be shown to the model."),
}
STALE: dict[str, Words] = {
    "gone": gettext_lazy("This passage is not in this run any more."),
    "changed": gettext_lazy("The passage reads otherwise now; these words do not stand there."),
    "moved": gettext_lazy("This passage is not in the theme any more."),
}
PROBLEMS: dict[str, Words] = {
    "signed": gettext_lazy("This run is signed; nothing of it is changed any more."),
    "theme": gettext_lazy("The theme was merged into another or is no more. This draft cannot be accepted."),
    "evidence": gettext_lazy(
        "What this draft rests on does not hold any more, as marked below. It cannot be accepted; refuse it, "
        "and ask again."
    ),
    "none": gettext_lazy("This draft rests on no passage and cannot be accepted."),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A quotation in the sentences around it. ``problem`` says why it does not hold, "" where it does."""

    rest: Rest
    url: str
    sender: Sender | None
    beside: Beside | None
    problem: Words


@dataclass(frozen=True, slots=True)
class Card:
    """A draft for a page. ``form`` is set by the view where the draft can be decided on."""

    draft: Draft
    label: str
    theme_url: str
    quotes: tuple[Shown, ...]
    problem: Words
    dropped: tuple[tuple[Words, str], ...]
    facts: tuple[Fact, ...]

    @property
    def is_name(self) -> bool:
        """Whether a name for a theme is proposed, and no sentence."""
        return self.draft.kind == DraftKind.NAME

    @property
    def wording(self) -> str:
        """As the officer left it, else as the model wrote it."""
        return self.draft.edited_text or self.draft.text

    @property
    def is_open(self) -> bool:
        """Whether it waits for a decision."""
        return self.draft.status == DraftStatus.PROPOSED

    @property
    def can_be_accepted(self) -> bool:
        """Whether all that it rests on holds."""
        return self.is_open and not self.problem

    @property
    def can_be_refused(self) -> bool:
        """Whether an officer may put it aside; a sentence that was accepted too."""
        return self.is_open or (self.draft.status == DraftStatus.ACCEPTED and not self.is_name)


def cards(visit: Visit, drafts: Sequence[Draft]) -> list[Card]:
    """Drafts of the run, each quotation looked up again. A fixed number of queries."""
    found = checked(visit.run, drafts)
    passages = [rest.passage for item in found for rest in item.rests if rest.passage]
    beside = translations_of(visit, passages) if passages else {}
    return [_card(visit, item, beside) for item in found]


def _card(visit: Visit, item: Checked, beside: Mapping[str, Beside]) -> Card:
    draft = item.draft
    dropped = draft.provenance.get("dropped", ())
    return Card(
        draft,
        visit.label(draft.theme_id),
        visit.url("consultation_theme", visit.state.in_effect(draft.theme_id)),
        tuple(_shown(visit, rest, beside) for rest in item.rests),
        PROBLEMS[item.problem] if item.problem else "",
        tuple((reason(str(entry["reason"])), str(entry["text"])) for entry in dropped),
        facts(draft.provenance),
    )


def _shown(visit: Visit, rest: Rest, beside: Mapping[str, Beside]) -> Shown:
    url = visit.url("consultation_passage", rest.passage_id) if rest.passage else ""
    return Shown(
        rest,
        url,
        sender(visit, rest.passage) if rest.passage else None,
        beside.get(rest.passage_id),
        STALE[rest.problem] if rest.problem else "",
    )


def reason(code: str) -> Words:
    """Why something was not accepted, in words."""
    return REASONS.get(code, code)


def facts(provenance: Mapping[str, Any]) -> tuple[Fact, ...]:
    """Where a draft came from: models, version of the request, digests, how much was shown."""
    listed = [
        (_("Model"), provenance.get("model")),
        (_("Model asked for"), provenance.get("asked_model")),
        (_("Version of the request"), provenance.get("prompt_version")),
        (_("Passages shown to the model"), provenance.get("shown")),
        (_("Passages left out for want of room"), provenance.get("left_out")),
        (_("Corrections known then"), provenance.get("sequence")),
        (_("SHA-256 of the request"), provenance.get("request_sha256")),
        (_("SHA-256 of the answer"), provenance.get("answer_sha256")),
    ]
    return tuple(Fact(term, value) for term, value in listed if value not in (None, ""))


@dataclass(frozen=True, slots=True)
class Asked:
    """A request with how far it has come, and the themes for which nothing was kept, each with the reason."""

    row: DraftRequest
    progress: Progress
    kept: int
    without: tuple[tuple[str, str, Words, str], ...]

    @property
    def can_be_taken_up(self) -> bool:
        """Whether it failed before all themes had their turn."""
        return self.row.state == RequestState.FAILED and len(self.row.outcomes) < len(self.row.themes)


def asked(visit: Visit, rows: Iterable[DraftRequest], url: str) -> list[Asked]:
    """Requests for a page; ``url`` leads to the page itself."""
    return [_asked(visit, row, url) for row in rows]


def _asked(visit: Visit, row: DraftRequest, url: str) -> Asked:
    without = tuple(
        (name, visit.label(name), reason(str(code)), str(text))
        for name in row.themes
        if name in row.outcomes
        for code, text in _nothing_kept(row.outcomes[name])
    )
    label = _("Names for themes") if row.kind == DraftKind.NAME else _("Summary sentences")
    progress = Progress(
        label=label,
        state=row.state,  # type: ignore[arg-type]  # the states bear the same names
        done=len(row.outcomes),
        total=len(row.themes),
        message=problem_of(row),
        url=url if row.is_under_way else "",
    )
    return Asked(row, progress, sum(int(item.get("kept", 0)) for item in row.outcomes.values()), without)


def _nothing_kept(outcome: Mapping[str, Any]) -> list[tuple[str, str]]:
    if "reason" in outcome:
        return [(str(outcome["reason"]), str(outcome.get("text", "")))]
    if outcome.get("kept"):
        return []
    return [(str(item["reason"]), str(item["text"])) for item in outcome.get("dropped", ())]


def problem_of(row: DraftRequest) -> str:
    """Why it failed, in the language of the page; "" where it did not."""
    code = str(row.problem.get("code", ""))
    match code:
        case "":
            return ""
        case "off":
            return _("Machine drafting was switched off. Set it up again, then go on.")
        case "given up":
            return _("Given up by an officer. What was brought until then stays.")
        case "broken off":
            return _("The program broke off. Its log says why; what was brought until then stays. Go on.")
        case _:
            return describe(code, row.problem.get("details", {}))


def draft_json(card: Card) -> dict[str, Any]:
    """A draft as JSON."""
    draft = card.draft
    return {
        "id": draft.pk,
        "kind": draft.kind,
        "status": draft.status,
        "theme": draft.theme_id,
        "question": draft.question_id or None,
        "language": draft.language,
        "text": draft.text,
        "edited_text": draft.edited_text or None,
        "reason": draft.note or None,
        "can_be_accepted": card.can_be_accepted,
        "evidence": [
            {**entry, "holds": not shown.rest.problem, "problem": shown.rest.problem or None}
            for entry, shown in zip(draft.evidence, card.quotes, strict=True)
        ],
        "provenance": draft.provenance,
        "at": draft.at,
        "decided": draft.decided_at,
    }
