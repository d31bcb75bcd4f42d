"""Revisions with their changes, what keeps one from being published, and what does not fit together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from colloquia.consultations.models import Consultation, Run
from colloquia.outcomes.models import Change, Outcome, Revision
from colloquia.outcomes.queries.outcomes import Key, key_of, live_themes, standings, suggestions_of


@dataclass(frozen=True, slots=True)
class Citable:
    """An outcome that a change may cite, with the words that say what it is of."""

    outcome: Outcome
    label: str
    question_id: str


def revisions_of(consultation: Consultation) -> QuerySet[Revision]:
    """Every revision after a consultation, latest first."""
    return Revision.objects.filter(consultation=consultation).select_related(
        "base__paper", "result__paper", "reviewed_by", "published_by", "consultation"
    )


def changes_of(revision: Revision) -> list[Change]:
    """The changes in the order of the paper, each with its outcomes. Two queries."""
    rows = Change.objects.filter(revision=revision).select_related("by", "revision")
    outcomes = Outcome.objects.select_related("term", "suggestion").order_by("pk")
    return list(
        rows.prefetch_related(Prefetch("outcomes", outcomes)).order_by(
            "issue_id", "position", "question_id", "pk"
        )
    )


def runs_cited(revision: Revision) -> list[Run]:
    """The runs of the themes whose outcomes the changes cite, latest first. One query."""
    cited = Outcome.objects.filter(changes__revision=revision, suggestion=None).values("run")
    return list(Run.objects.filter(pk__in=cited).select_related("consultation").order_by("-number"))


def name_of(change: Change) -> str:
    """What a change is of, in a word: the question, or the issue to which one is added."""
    return change.question_id or _("the new question of %(issue)s") % {"issue": change.issue_id}


def faults_of(changes: Sequence[Change]) -> list[str]:
    """Sentences on what keeps a revision from being published."""
    if not changes:
        return [_("Nothing of the paper is changed yet. Make at least one change.")]
    reasons = []
    for change in changes:
        outcomes = list(change.outcomes.all())
        if not outcomes:
            reasons.append(
                _("The change of %(name)s cites no outcome. Choose at least one.") % {"name": name_of(change)}
            )
        elif all(row.published_at is None for row in outcomes):
            reasons.append(
                _("The change of %(name)s cites only outcomes that are not public. Publish these first.")
                % {"name": name_of(change)}
            )
    return reasons


def mismatches(run: Run | None, changes: Sequence[Change]) -> list[str]:
    """Outcomes that say reflected and that no change cites, and changes that cite no such outcome."""
    cited: dict[Key, Outcome] = {key_of(row): row for change in changes for row in change.outcomes.all()}
    found = []
    if run is not None:
        for key, standing in standings(run).items():
            row = standing.in_force
            if row is not None and row.term.needs_paragraph and key not in cited:
                found.append(
                    _("The outcome of %(name)s says paragraph %(paragraph)s, and no change cites it.")
                    % {"name": subject_name(row), "paragraph": row.paragraph}
                )
    for change in changes:
        outcomes = list(change.outcomes.all())
        if outcomes and not any(row.term.needs_paragraph for row in outcomes):
            found.append(
                _("The change of %(name)s cites no outcome that names a paragraph.")
                % {"name": name_of(change)}
            )
    return found


def subject_name(row: Outcome) -> str:
    """What an outcome is of, in a word."""
    if row.suggestion is not None:
        return _("suggestion %(number)s") % {"number": row.suggestion.number}
    return row.theme_id


def citable(run: Run) -> list[Citable]:
    """The outcomes in force that a change may cite, in the order of questions. Four queries."""
    standing = standings(run)
    found = []
    for theme in live_themes(run):
        row = standing[key].in_force if (key := ("theme", theme.theme_id)) in standing else None
        if row is not None:
            found.append(Citable(row, theme.label, theme.question_id))
    for suggestion in suggestions_of(run.consultation_id):
        key = ("suggestion", str(suggestion.pk))
        row = standing[key].in_force if key in standing else None
        if row is not None:
            found.append(Citable(row, suggestion.note or suggestion.quote, suggestion.question_id))
    return sorted(found, key=lambda item: (not item.question_id, item.question_id))
