"""Outcomes of themes and suggestions; another decision stands in for the earlier one, which stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from colloquia.consultations.models import Run, ThemeInEffect
from colloquia.core import audit
from colloquia.outcomes.models import Change, Outcome, OutcomeTerm, Suggestion
from colloquia.outcomes.services.refusals import OutcomeConflict, OutcomeRefused
from colloquia.outcomes.services.wording import ask_about_words, refuse_verdicts

LONGEST_REASON = 3000


@dataclass(frozen=True, slots=True)
class Subject:
    """A theme of the run (``theme``) or a suggestion (``suggestion``, its primary key): one of the two."""

    theme: str = ""
    suggestion: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of something: the code of a term, a paragraph where the term names one, reasons.

    ``kept_words`` are words of the reasons that may give a verdict, and that the officer looked at and keeps.
    """

    term: str
    paragraph: str
    reasons: Mapping[str, str]
    kept_words: tuple[str, ...] = ()


@transaction.atomic
def decide(*, run: Run, subject: Subject, decision: Decision, seen: int | None, by: Any) -> Outcome:
    """Give an outcome, or another in the place of the one in force. Nothing is public by that.

    ``seen`` is the primary key of the outcome in force that the officer was looking at, None for none.

    Raises:
        OutcomeRefused: something is missing, the theme is not in effect, or the reason gives a verdict.
        OutcomeDoubted: words of the reason may give a verdict and were not looked at.
        OutcomeConflict: somebody else decided since.
    """
    Run.objects.select_for_update(of=("self",)).get(pk=run.pk)
    term = _term(decision)
    ask_about_words(decision.reasons, decision.kept_words)
    _there(run, subject)
    return _write(run, subject, decision, term, seen, by)


@transaction.atomic
def decide_many(*, run: Run, subjects: Sequence[Subject], decision: Decision, by: Any) -> list[Outcome]:
    """Give those that have no outcome the same, with a common reason. Others are left as they are.

    Raises OutcomeRefused and OutcomeDoubted; nothing is written then.
    """
    Run.objects.select_for_update(of=("self",)).get(pk=run.pk)
    term = _term(decision)
    ask_about_words(decision.reasons, decision.kept_words)
    made = []
    for subject in subjects:
        _there(run, subject)
        if _in_force(run, subject) is None:
            made.append(_write(run, subject, decision, term, None, by))
    if not made:
        raise OutcomeRefused(_("Choose at least one theme or suggestion that has no outcome yet."))
    return made


@transaction.atomic
def confirm_carried(*, run: Run, themes: Sequence[str], by: Any) -> list[Outcome]:
    """Take outcomes of another run over for the same themes of this one, as they are.

    Raises OutcomeRefused where there is none to take over.
    """
    from colloquia.outcomes.queries.outcomes import carried_to

    Run.objects.select_for_update(of=("self",)).get(pk=run.pk)
    proposals = carried_to(run)
    made = []
    for theme in dict.fromkeys(themes):
        earlier, subject = proposals.get(theme), Subject(theme=theme)
        if earlier is None or _in_force(run, subject) is not None:
            continue
        _there(run, subject)
        decision = Decision(earlier.term_id, earlier.paragraph, earlier.reasons)
        made.append(_write(run, subject, decision, _term(decision), None, by))
    if not made:
        raise OutcomeRefused(_("Choose at least one theme whose outcome can be carried over."))
    return made


def _term(decision: Decision) -> OutcomeTerm:
    term = OutcomeTerm.objects.filter(pk=decision.term, is_active=True).first()
    if term is None:
        raise OutcomeRefused(_("Choose an outcome from the list."))
    reasons = []
    if term.needs_paragraph and not decision.paragraph.strip():
        reasons.append(_("Name the paragraph of the paper, for instance “12”."))
    if not any(text.strip() for text in decision.reasons.values()):
        reasons.append(_("Write the reason in at least one language."))
    if any(len(text) > LONGEST_REASON for text in decision.reasons.values()):
        reasons.append(_("The reason is longer than %(n)s characters. Shorten it.") % {"n": LONGEST_REASON})
    if reasons:
        raise OutcomeRefused(*reasons)
    refuse_verdicts(decision.reasons)
    return term


def _there(run: Run, subject: Subject) -> None:
    if subject.suggestion is not None:
        found = Suggestion.objects.filter(
            pk=subject.suggestion, consultation=run.consultation_id, removed_at=None
        ).exists()
        words = _("This suggestion was taken back. Go back to the list.")
    else:
        found = ThemeInEffect.objects.filter(
            run=run, theme_id=subject.theme, is_live=True, is_parent=False
        ).exists()
        words = _("There is no theme %(id)s in effect in this run. Go back to the list.") % {
            "id": subject.theme
        }
    if not found:
        raise OutcomeRefused(words)


def _in_force(run: Run, subject: Subject) -> Outcome | None:
    rows = Outcome.objects.filter(superseded_by=None)
    if subject.suggestion is not None:
        return rows.filter(suggestion=subject.suggestion).first()
    return rows.filter(run=run, theme_id=subject.theme).first()


def _write(
    run: Run, subject: Subject, decision: Decision, term: OutcomeTerm, seen: int | None, by: Any
) -> Outcome:
    former = _in_force(run, subject)
    if (former.pk if former else None) != seen:
        raise OutcomeConflict(former.words if former else "", str(former.pk) if former else "")
    row = Outcome(
        consultation=run.consultation,
        run=run,
        theme_id=subject.theme,
        suggestion_id=subject.suggestion,
        term=term,
        paragraph=decision.paragraph.strip()[:60] if term.needs_paragraph else "",
        reasons={code: text.strip() for code, text in decision.reasons.items() if text.strip()},
        by=by,
        at=timezone.now(),
    )
    if former is not None:
        # The database knows one outcome in force for each; the earlier one steps aside first, to itself.
        former.superseded_by = former
        former.save(update_fields=["superseded_by"])
    row.save()
    if former is not None:
        former.superseded_by = row
        former.save(update_fields=["superseded_by"])
        for change in Change.objects.filter(outcomes=former, revision__published_at=None):
            change.outcomes.add(row)
            change.outcomes.remove(former)
    audit.record(row, "outcomes.decide", by=by, before={} if former is None else audit.snapshot(former))
    return row
