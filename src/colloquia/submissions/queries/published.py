"""What is public: lists, one submission and totals. Reads public tables, and of sealed ones only counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from colloquia.submissions.folding import terms
from colloquia.submissions.models import (
    Call,
    CheckState,
    PublicAddress,
    Publication,
    PublishedPart,
    PublishedSubmission,
    Submission,
    SubmissionVersion,
)
from colloquia.submissions.searching import Holds

FEWEST = 5
"""A part of those not published that holds fewer than so many is not told by itself."""
_CHUNK = 500


class NeverPublic(LookupError):
    """There is no such submission, or nothing of it was ever public; the two look alike."""


class TakenBack(LookupError):
    """Something was public under this id and is not any more. ``call`` is the call it answered."""

    def __init__(self, identifier: str, call: Call) -> None:
        super().__init__(identifier)
        self.identifier, self.call = identifier, call


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to; empty means all. ``territories`` are codes, None where none is meant."""

    stakeholder: str = ""
    kind: str = ""
    territories: tuple[str, ...] = ()
    language: str = ""
    question: str = ""
    channel: str = ""
    late: bool = False
    search: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many submissions a call brought in, and what became public. Those withdrawn count nowhere.

    ``checking``, ``confidential`` and ``withheld`` add up to those that are not public.
    """

    received: int = 0
    published: int = 0
    checking: int = 0
    confidential: int = 0
    withheld: int = 0

    @property
    def not_public(self) -> int:
        """Received and not public, whatever the reason."""
        return self.received - self.published

    @property
    def tells_reasons(self) -> bool:
        """Whether the public may know how many are not public for which reason."""
        return not any(0 < each < FEWEST for each in (self.confidential, self.withheld))

    def as_json(self) -> dict[str, int]:
        """Every number by name; for officers and for the record of an analysis."""
        return asdict(self)


def public_call(slug: str) -> Call:
    """A call that was announced, by the address of its consultation. Raises NeverPublic."""
    found = (
        Call.objects.filter(consultation__slug=slug, announced_at__isnull=False)
        .select_related("consultation")
        .first()
    )
    if found is None:
        raise NeverPublic(slug)
    return found


def published_submission(identifier: str) -> PublishedSubmission:
    """One public submission with its call and territory. Raises TakenBack and NeverPublic."""
    found = (
        PublishedSubmission.objects.filter(identifier=identifier)
        .select_related("call__consultation")
        .defer("search_text")
        .first()
    )
    if found is not None:
        return found
    was = PublicAddress.objects.filter(pk=identifier).select_related("call__consultation").first()
    if was is not None:
        raise TakenBack(identifier, was.call)
    raise NeverPublic(identifier)


def parts_of(published: PublishedSubmission) -> list[PublishedPart]:
    """Its public parts in order, with their texts and files. One query."""
    return list(published.parts.select_related("text_version", "attachment"))


def published_in(call: Call, wanted: Wanted | None = None) -> QuerySet[PublishedSubmission]:
    """The public submissions of a call in the order of receipt, narrowed; without their searched text."""
    rows = PublishedSubmission.objects.filter(call=call).defer("search_text")
    if wanted is None:
        return rows
    plain = {"stakeholder": wanted.stakeholder, "kind": wanted.kind, "language": wanted.language}
    plain["channel"] = wanted.channel
    rows = rows.filter(**{name: value for name, value in plain.items() if value})
    if wanted.territories:
        rows = rows.filter(territory__in=wanted.territories)
    if wanted.late:
        rows = rows.filter(is_late=True)
    if wanted.question:
        answers = PublishedPart.objects.filter(question_id=wanted.question, published=OuterRef("pk"))
        rows = rows.filter(Exists(answers))
    for term in terms(wanted.search):
        rows = rows.filter(Holds("search_text", term))
    return rows


def values_of(call_id: int, name: str) -> list[tuple[str, int]]:
    """The values of a field among the public submissions of a call with their counts, most frequent first."""
    rows = (
        PublishedSubmission.objects.filter(call=call_id)
        .order_by()
        .values_list(name)
        .annotate(number=Count("pk"))
        .order_by("-number", name)
    )
    return [(str(value), number) for value, number in rows if value not in (None, "", False)]


def answered(rows: Iterable[PublishedSubmission]) -> dict[int, tuple[list[str], int]]:
    """For each of some submissions, the questions that its public answers are on and its files. One query."""
    questions: dict[int, list[str]] = defaultdict(list)
    files: dict[int, int] = defaultdict(int)
    keys = [row.pk for row in rows]
    found = PublishedPart.objects.filter(published__in=keys).order_by("published", "position")
    for key, question, is_file in found.values_list("published", "question_id", "is_file"):
        if question:
            questions[key].append(question)
        files[key] += is_file
    return {key: (questions[key], files[key]) for key in keys}


def page_of(
    rows: QuerySet[PublishedSubmission], number: str | None, size: int, *, searched: bool
) -> Page[PublishedSubmission]:
    """A page of a list. Texts are searched once, and not again to count what was found."""
    if not searched:
        return Paginator(rows, size).get_page(number)
    keys: Any = list(rows.values_list("pk", flat=True))
    page: Page[Any] = Paginator(keys, size).get_page(number)
    found = PublishedSubmission.objects.defer("search_text").in_bulk(list(page.object_list))
    page.object_list = [found[key] for key in page.object_list if key in found]
    return page


def parts_by(rows: Iterable[PublishedSubmission]) -> dict[int, list[PublishedPart]]:
    """The public parts of some submissions with their texts and files, by submission. One query."""
    found: dict[int, list[PublishedPart]] = {row.pk: [] for row in rows}
    parts = PublishedPart.objects.filter(published__in=list(found))
    for part in parts.select_related("text_version", "attachment").order_by("published", "position"):
        found[part.published_id].append(part)
    return found


def in_chunks(rows: QuerySet[PublishedSubmission], size: int = _CHUNK) -> Iterator[list[PublishedSubmission]]:
    """All rows, some at a time; what is taken back meanwhile is left out of what was not read yet."""
    keys = list(rows.values_list("pk", flat=True))
    for start in range(0, len(keys), size):
        wanted = keys[start : start + size]
        held = rows.model._default_manager.defer("search_text").in_bulk(wanted)
        yield [held[key] for key in wanted if key in held]


def counts_of(call: Call) -> Counts:
    """The totals of a call. Three queries, which count and read nothing."""
    received = Submission.objects.filter(call=call, confirmed_at__isnull=False, withdrawn_at=None)
    states = dict(received.order_by().values_list("check_state").annotate(n=Count("pk")))
    total = sum(states.values())
    published = PublishedSubmission.objects.filter(call=call).count()
    if total == published:
        return Counts(total, published)
    # From the few that are confidential to their submissions, which needs no text to be read.
    sealed = SubmissionVersion.objects.filter(
        publication=Publication.CONFIDENTIAL,
        number=F("submission__version"),
        submission__call=call,
        submission__confirmed_at__isnull=False,
        submission__withdrawn_at=None,
        submission__published=None,
    )
    confidential = withheld_too = 0
    for state, n in sealed.order_by().values_list("submission__check_state").annotate(n=Count("pk")):
        confidential += n
        withheld_too += n if state == CheckState.WITHHELD else 0
    withheld = states.get(CheckState.WITHHELD, 0) - withheld_too
    return Counts(total, published, total - published - confidential - withheld, confidential, withheld)


def state_of(call: Call) -> str:
    """Changes whenever anything public of the call does. Two queries, each of which reads an index alone."""
    rows = PublishedSubmission.objects.filter(call=call)
    latest = rows.order_by("-changed_at").values_list("changed_at", flat=True).first()
    return f"{rows.count()}-{latest.isoformat() if latest else ''}"


def reserved_parts() -> QuerySet[PublishedPart]:
    """Every public file whose sender reserved text and data mining."""
    return (
        PublishedPart.objects.filter(mining_reserved=True)
        .select_related("published")
        .defer("published__search_text")
        .order_by("published__identifier", "position")
    )


def waiting_to_be_published(call: Call) -> QuerySet[Submission]:
    """Submissions that passed the check and are not public, or not in their latest version; for officers."""
    passed = Submission.objects.filter(
        call=call, confirmed_at__isnull=False, withdrawn_at=None, destroyed_at=None
    ).filter(Q(check_state=CheckState.READY) | Q(check_state=CheckState.PUBLISHED, published=None))
    confidential = SubmissionVersion.objects.filter(
        submission=OuterRef("pk"), number=OuterRef("version"), publication=Publication.CONFIDENTIAL
    )
    return passed.filter(~Exists(confidential)).order_by("received_at", "identifier")
