"""What became of issues and questions, and what secondary sources report."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from colloquia.issues.models import Discussion, Lineage, LineageEnd, PaperVersion, RecordedChange
from colloquia.issues.models.papers import in_reader_language
from colloquia.issues.records import Descent, Reported


def descents(ids: Iterable[str]) -> list[Descent]:
    """The lines of descent that these issues or questions take part in. Two queries."""
    wanted = list(ids)
    touched = LineageEnd.objects.filter(Q(issue__in=wanted) | Q(question__in=wanted)).values("lineage")
    rows = (
        Lineage.objects.filter(pk__in=touched)
        .select_related("from_version__paper", "to_version__paper")
        .prefetch_related("ends")
        .order_by("to_version__position", "pk")
    )
    return [_descent(row) for row in rows]


def recorded_changes(
    *,
    between: tuple[PaperVersion, PaperVersion] | None = None,
    paper: int | None = None,
    issue_id: str = "",
) -> list[Reported]:
    """What sources say changed: between two versions (with those in between), of a paper, on an issue.

    Two queries.
    """
    rows = RecordedChange.objects.order_by("from_version__position", "position", "pk")
    if between:
        first, last = sorted(between, key=lambda version: version.position)
        rows = rows.filter(
            from_version__paper=first.paper_id,
            from_version__position__gte=first.position,
            to_version__position__lte=last.position,
        )
    if paper is not None:
        rows = rows.filter(from_version__paper=paper)
    if issue_id:
        rows = rows.filter(issues=issue_id)
    found = []
    for row in rows.prefetch_related("issues"):
        text, language = in_reader_language(row.texts, "en")
        ids = tuple(sorted(each.pk for each in row.issues.all()))
        found.append(Reported(text, language, tuple(row.sources), issue_ids=ids))
    return found


def discussions(*, issue_id: str = "", paper: int | None = None) -> list[Reported]:
    """Where an issue, or the issues of a paper, were taken up. Two queries."""
    rows = Discussion.objects.order_by("date", "pk")
    if issue_id:
        rows = rows.filter(issues=issue_id)
    if paper is not None:
        rows = rows.filter(paper=paper)
    found = []
    for row in rows.prefetch_related("issues"):
        text, language = in_reader_language(row.occasions, "en")
        found.append(
            Reported(
                text,
                language,
                ({"text": row.source},) if row.source else (),
                note=in_reader_language(row.notes, "en")[0],
                on=row.date,
                issue_ids=tuple(sorted(each.pk for each in row.issues.all())),
            )
        )
    return found


def _descent(row: Lineage) -> Descent:
    ends = sorted(row.ends.all(), key=lambda end: str(end.issue_id or end.question_id))
    ids = {
        side: tuple(str(end.issue_id or end.question_id) for end in ends if end.side == side)
        for side in LineageEnd.Side.values
    }
    return Descent(
        row.kind,
        str(row.get_kind_display()),
        row.from_version,
        row.to_version,
        ids[LineageEnd.Side.FROM],
        ids[LineageEnd.Side.TO],
        tuple(row.sources),
    )
