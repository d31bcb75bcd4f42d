"""What became of themes and suggestions: in force, public, and earlier; and what other runs decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet

from colloquia.consultations.models import Consultation, Run, ThemeInEffect
from colloquia.outcomes.models import Change, Outcome, OutcomePublication, OutcomeTerm, Suggestion

Key = tuple[str, str]
"""``("theme", id)`` or ``("suggestion", primary key)``."""


@dataclass(slots=True)
class Standing:
    """All outcomes that a theme or a suggestion ever had, oldest first."""

    rows: list[Outcome] = field(default_factory=list)

    @property
    def in_force(self) -> Outcome | None:
        """The one that officers decided last."""
        return next((row for row in self.rows if row.superseded_by_id is None), None)

    @property
    def published(self) -> list[Outcome]:
        """Those that are or were public, oldest first."""
        return [row for row in self.rows if row.published_at is not None]

    @property
    def public(self) -> Outcome | None:
        """The one that the public sees."""
        found = self.published
        return found[-1] if found else None

    @property
    def is_changed(self) -> bool:
        """Whether officers decided something else since, which is not public yet."""
        return self.public is not None and self.public != self.in_force


@dataclass(frozen=True, slots=True)
class Subject:
    """A theme in effect or a suggestion, with its outcomes; ``carried`` is the outcome in an earlier run."""

    key: Key
    question_id: str
    theme: ThemeInEffect | None
    suggestion: Suggestion | None
    standing: Standing
    carried: Outcome | None = None

    @property
    def value(self) -> str:
        """The key as a form sends it."""
        return ":".join(self.key)


def key_of(row: Outcome) -> Key:
    """What an outcome is of."""
    return ("theme", row.theme_id) if row.theme_id else ("suggestion", str(row.suggestion_id))


def terms(*, active: bool = False) -> QuerySet[OutcomeTerm]:
    """The terms in their order."""
    rows = OutcomeTerm.objects.order_by("position", "code")
    return rows.filter(is_active=True) if active else rows


def standings(run: Run) -> dict[Key, Standing]:
    """The outcomes of a run's themes, and of every suggestion of its consultation. One query."""
    rows = Outcome.objects.filter(Q(run=run) | Q(suggestion__isnull=False), consultation=run.consultation_id)
    found: dict[Key, Standing] = {}
    for row in rows.select_related("term", "by", "suggestion").order_by("pk"):
        found.setdefault(key_of(row), Standing()).rows.append(row)
    return found


def live_themes(run: Run) -> QuerySet[ThemeInEffect]:
    """The themes that need an outcome: in effect, no groups, and not empty."""
    return ThemeInEffect.objects.filter(run=run, is_live=True, is_parent=False, submissions__gt=0).order_by(
        "position"
    )


def suggestions_of(consultation: Consultation | int) -> QuerySet[Suggestion]:
    """The suggestions that stand."""
    return (
        Suggestion.objects.filter(consultation=consultation, removed_at=None)
        .select_related("run", "by")
        .order_by("number")
    )


def subjects_of(run: Run) -> list[Subject]:
    """Every theme and suggestion that needs an outcome, questions first. Four queries."""
    standing, carried = standings(run), carried_to(run)
    found = []
    for theme in sorted(live_themes(run), key=lambda row: (not row.question_id, row.position)):
        key = ("theme", theme.theme_id)
        outcomes = standing.get(key, Standing())
        proposal = None if outcomes.in_force else carried.get(theme.theme_id)
        found.append(Subject(key, theme.question_id, theme, None, outcomes, proposal))
    for suggestion in suggestions_of(run.consultation_id):
        key = ("suggestion", str(suggestion.pk))
        found.append(Subject(key, suggestion.question_id, None, suggestion, standing.get(key, Standing())))
    return found


def carried_to(run: Run) -> dict[str, Outcome]:
    """By theme id the outcome that the latest other run gave it, where its term is in use. One query."""
    rows = (
        Outcome.objects.filter(
            consultation=run.consultation_id,
            suggestion=None,
            superseded_by=None,
            term__is_active=True,
            run__number__lt=run.number,
        )
        .select_related("term", "run")
        .order_by("run__number", "pk")
    )
    return {row.theme_id: row for row in rows}


def publishable(run: Run) -> list[Outcome]:
    """The outcomes in force that are not public yet, of what still stands. Two queries."""
    themes = live_themes(run).values("theme_id")
    return list(
        Outcome.objects.filter(
            Q(run=run, theme_id__in=themes) | Q(suggestion__removed_at=None, suggestion__isnull=False),
            consultation=run.consultation_id,
            superseded_by=None,
            published_at=None,
        )
        .select_related("term")
        .order_by("pk")
    )


def open_proposal(run: Run) -> OutcomePublication | None:
    """The proposal to publish that waits for a second officer. One query."""
    return (
        OutcomePublication.objects.filter(run=run, published_at=None, withdrawn_at=None)
        .select_related("proposed_by")
        .first()
    )


def publications_of(consultation: Consultation) -> QuerySet[OutcomePublication]:
    """What was published, latest first."""
    return (
        OutcomePublication.objects.filter(run__consultation=consultation, published_at__isnull=False)
        .select_related("run")
        .order_by("-published_at")
    )


def runs_published(consultation: Consultation) -> QuerySet[Run]:
    """The runs of which outcomes are public."""
    runs = publications_of(consultation).order_by().values("run")
    return Run.objects.filter(pk__in=runs).select_related("consultation")


def published_run(consultation: Consultation) -> Run | None:
    """The run whose outcomes the public sees: that which is shown, else the latest that has any."""
    runs = runs_published(consultation)
    shown = runs.filter(pk=consultation.shown_run_id).first() if consultation.shown_run_id else None
    return shown or runs.order_by("-number").first()


def changes_citing(rows: Iterable[Outcome], *, public: bool = True) -> dict[Key, list[Change]]:
    """By what an outcome is of, the changes of a paper that cite it or one before it. Two queries."""
    by_pk = {row.pk: key_of(row) for row in rows}
    changes = Change.objects.filter(outcomes__in=by_pk).distinct()
    if public:
        changes = changes.filter(revision__published_at__isnull=False)
    found: dict[Key, list[Change]] = {}
    listed = changes.select_related("revision__result__paper", "revision__base").prefetch_related("outcomes")
    for change in listed.order_by("revision", "issue_id", "position", "pk"):
        for key in dict.fromkeys(by_pk[row.pk] for row in change.outcomes.all() if row.pk in by_pk):
            found.setdefault(key, []).append(change)
    return found


def counts_by_term(run: Run) -> dict[str, int]:
    """How many outcomes in force there are by the code of their term. One query."""
    rows = Outcome.objects.filter(run=run, superseded_by=None).order_by().values_list("term")
    return dict(rows.annotate(Count("pk")))
