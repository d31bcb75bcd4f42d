"""Published results compared with what the ledger committed to when they were published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.db import DatabaseError
from django.db.models import QuerySet

from colloquia.core.models import LedgerOpening
from colloquia.core.pieces import legible
from colloquia.core.registry import Finding, RecordCheck
from colloquia.outcomes import commitments
from colloquia.outcomes.models import (
    Consideration,
    Outcome,
    OutcomePublication,
    OutcomeTerm,
    PriorityRound,
    Revision,
    Summary,
    SummaryStatus,
)
from colloquia.outcomes.queries.priorities import results_of
from colloquia.outcomes.queries.revisions import changes_of

Entry = tuple[str, Any]
"""The kind of an entry of the ledger, and the content that it opens to."""
Tick = Callable[[int], None]


def _summary(row: Summary, place: str, entries: list[Entry]) -> Iterator[Finding]:
    signed = _last(entries, "summary.signed")
    if (signed is not None) != (row.status == SummaryStatus.SIGNED):
        yield Finding(place, "Whether it is signed is not what the ledger says.")
    elif signed is not None and commitments.of_summary(row) != signed:
        yield Finding(place, "Its sentences or citations are not those that were signed.")


def _publication(row: OutcomePublication, place: str, entries: list[Entry]) -> Iterator[Finding]:
    published = _last(entries, "outcomes.published")
    if (published is not None) != (row.published_at is not None):
        yield Finding(place, "Whether it was published is not what the ledger says.")
    if published is None:
        return
    said = {int(key): value for key, value in published["outcomes"].items()}
    found = legible(Outcome.objects.filter(pk__in=said), "published_at")
    for key, sha256 in sorted(said.items()):
        name = f"Outcome {key}"
        held = found.get(key)
        if held is None:
            yield Finding(name, "It was published; its row is gone or not legible.")
        elif held[0] is None:
            yield Finding(name, "It was published, and is said not to be public.")
        elif commitments.of_outcome(Outcome.objects.select_related("suggestion").get(pk=key)) != sha256:
            yield Finding(name, "It does not say what was published.")


def _round(row: PriorityRound, place: str, entries: list[Entry]) -> Iterator[Finding]:
    announced, published = _last(entries, "priorities.announced"), _last(entries, "priorities.published")
    if (announced is not None) != (row.announced_at is not None):
        yield Finding(place, "Whether it was announced is not what the ledger says.")
    elif announced is not None and announced != commitments.of_round(row):
        yield Finding(place, "Its form is not the one that was announced.")
    given = {content["territory"]: content for kind, content in entries if kind == "priorities.answered"}
    answers = defaultdict(list)
    for answer in row.answers.all():
        answers[answer.territory_id].append(answer)
    for territory in sorted({*answers, *given}):
        if commitments.of_answers(row, territory, answers[territory]) != given.get(territory):
            yield Finding(f"{place}, {territory}", "The answers are not those that were given.")
    if (published is not None) != (row.published_at is not None):
        yield Finding(place, "Whether its results are public is not what the ledger says.")
    elif published and published["counts"] != commitments.digest({"counts": results_of(row).counts}):
        yield Finding(place, "The counts are not those that were published.")


def _consideration(row: Consideration, place: str, entries: list[Entry]) -> Iterator[Finding]:
    published = {
        content["version"]: content["sha256"]
        for kind, content in entries
        if kind == "consideration.published"
    }
    is_public = bool(entries) and entries[-1][0] == "consideration.published"
    if row.published_version != (max(published) if is_public else None):
        yield Finding(place, "Which version is public is not what the ledger says.")
    versions: dict[int, Any] = {each.number: each for each in row.versions.filter(number__in=published)}
    for number, sha256 in sorted(published.items()):
        shown = [versions.get(number), row if row.version == number else versions.get(number)]
        if any(each is None or commitments.of_texts(each) != sha256 for each in shown):
            yield Finding(f"{place} version {number}", "It does not say what was published.")


def _revision(row: Revision, place: str, entries: list[Entry]) -> Iterator[Finding]:
    published = _last(entries, "revision.published")
    if (published is not None) != (row.published_at is not None and row.result is not None):
        yield Finding(place, "Whether it is published is not what the ledger says.")
    elif row.result is not None and commitments.of_revision(row, row.result, changes_of(row)) != published:
        yield Finding(place, "Its changes are not those that were published.")


def _terms() -> Iterator[Finding]:
    """Terms of public outcomes that are called otherwise than was committed to."""
    openings = LedgerOpening.objects.filter(about_type=OutcomeTerm._meta.label_lower).order_by("pk")
    said = dict(openings.values_list("about_id", "content"))
    public = Outcome.objects.exclude(published_at=None)
    for term in OutcomeTerm.objects.filter(pk__in=public.values("term")).order_by("pk"):
        if said.get(term.pk) != commitments.of_term(term):
            yield Finding(f"Outcome term {term.pk}", "It is not called what the ledger says.")


def _without_entry() -> Iterator[Finding]:
    """Outcomes that are public though no publication names them."""
    named: set[int] = set()
    for publication in OutcomePublication.objects.exclude(published_at=None).values_list(
        "outcomes", flat=True
    ):
        named |= set(publication)
    public = Outcome.objects.exclude(published_at=None).values_list("pk", flat=True)
    for key in sorted(set(public) - named):
        yield Finding(f"Outcome {key}", "It is public; nothing published it.")


def _over(
    found: QuerySet[Any], name: str, check: Callable[[Any, str, list[Entry]], Iterator[Finding]], tick: Tick
) -> Iterator[Finding]:
    """The findings on every row and on every row that is gone. One that is not legible stops none."""
    entries = _entries(found.model._meta.label_lower)
    keys = set(found.values_list("pk", flat=True))
    for done, key in enumerate(sorted(keys | set(entries)), start=1):
        tick(done)
        place = f"{name} {key}"
        if key not in keys:
            yield Finding(place, "The ledger speaks of it; its row is gone.")
            continue
        try:
            yield from list(check(found.get(pk=key), place, entries[key]))
        except (DatabaseError, ValueError, TypeError, KeyError, AttributeError):
            yield Finding(place, "It is not legible.")
    if found.model is OutcomePublication:
        yield from _without_entry()
        yield from _terms()


def _entries(label: str) -> dict[int, list[Entry]]:
    """The entries about rows of a model, in the order of the ledger."""
    held: dict[int, list[Entry]] = defaultdict(list)
    openings = LedgerOpening.objects.filter(about_type=label).order_by("pk")
    for about, kind, content in openings.values_list("about_id", "entry__kind", "content"):
        held[int(about)].append((kind, content))
    return held


def _last(entries: list[Entry], kind: str) -> Any:
    return next((content for each, content in reversed(entries) if each == kind), None)


def _check(name: str, title: str, found: QuerySet[Any], word: str, check: Any, order: int) -> RecordCheck:
    return RecordCheck(f"outcomes.{name}", title, found.count, partial(_over, found, word, check), order)


CHECKS = (
    _check(
        "summaries",
        "Summaries",
        Summary.objects.select_related("run__consultation"),
        "Summary",
        _summary,
        110,
    ),
    _check(
        "outcomes", "Outcomes", OutcomePublication.objects.all(), "Publication of outcomes", _publication, 120
    ),
    _check("priorities", "Priorities", PriorityRound.objects.all(), "Round of priorities", _round, 130),
    _check(
        "considerations", "Considerations", Consideration.objects.all(), "Consideration", _consideration, 140
    ),
    _check(
        "revisions",
        "Revisions",
        Revision.objects.select_related("consultation", "base", "result__paper"),
        "Revision",
        _revision,
        150,
    ),
)
