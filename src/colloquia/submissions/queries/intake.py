"""What officers ask about imports: their items, their progress, and what is there already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower

from colloquia.core.models import Attachment, IdentifierSequence
from colloquia.submissions.models import (
    Call,
    DraftFile,
    ImportItem,
    ImportSource,
    ImportState,
    IntakeImport,
    ItemState,
    Submission,
    SubmissionFile,
    SubmissionVersion,
)

UNFINISHED = (ImportState.RUNNING, ImportState.STOPPED)
MOST_ALIKE = 3


@dataclass(frozen=True, slots=True)
class Probe:
    """What of an item is compared with what is there. ``sha256s``: of its files without the originals."""

    email: str
    name: str
    organisation: str
    sha256s: tuple[str, ...]


def call_of(slug: str) -> Call | None:
    """The call at an address, for officers: drafts too. One query."""
    return Call.objects.select_related("consultation").filter(consultation__slug=slug).first()


def imports_of(call: Call) -> QuerySet[IntakeImport]:
    """Every import into a call, latest first, with how many items are in which state."""
    states = {f"count_{state.value}": Count("items", filter=Q(items__state=state)) for state in ItemState}
    return (
        IntakeImport.objects.filter(call=call).select_related("begun_by").annotate(**states).order_by("-pk")
    )


def import_of(call: Call, pk: int) -> IntakeImport | None:
    """One import of a call, with its sources' names in the order given. Two queries."""
    return (
        IntakeImport.objects.filter(call=call, pk=pk)
        .select_related("call__consultation", "begun_by")
        .prefetch_related("sources__attachment")
        .first()
    )


def unfinished(call: Call) -> IntakeImport | None:
    """The latest import of a call that was begun and not ended."""
    return IntakeImport.objects.filter(call=call, state__in=UNFINISHED).order_by("-pk").first()


def counts_of(intake: IntakeImport) -> dict[str, int]:
    """How many items are in each state; every state is named."""
    found = dict(
        ImportItem.objects.filter(intake=intake).order_by().values_list("state").annotate(number=Count("pk"))
    )
    return {state.value: int(found.get(state.value, 0)) for state in ItemState}


def repeated(intake: IntakeImport) -> int:
    """How many of the waiting items are the same as one before them and taken in once. One query."""
    return ImportItem.objects.filter(intake=intake, state=ItemState.WAITING, summary__is_again=True).count()


def items_of(intake: IntakeImport) -> QuerySet[ImportItem]:
    """The items in their order, with the submissions they became."""
    return ImportItem.objects.filter(intake=intake).select_related("submission").order_by("position")


def known_keys(call: Call, keys: Iterable[str]) -> dict[str, tuple[int, str]]:
    """Primary keys and ids of the submissions that were made of these keys. One query."""
    rows = Submission.objects.filter(call=call, source_key__in=list(keys))
    return {
        key: (pk, identifier) for key, pk, identifier in rows.values_list("source_key", "pk", "identifier")
    }


def last_number(year: int) -> int:
    """The last number given to a submission of a year; the next one is expected to follow it. One query."""
    found = (
        IdentifierSequence.objects.filter(kind="S", scope=str(year)).values_list("last", flat=True).first()
    )
    return found or 0


def alike(call: Call, probes: Sequence[Probe]) -> list[list[list[str]]]:
    """For each probe at most three ``[id, why]`` of submissions to the call; ``why`` is ``file``, ``email``
    or ``name``. Three queries, whatever the number of probes.
    """
    by_file = _by_file(call, {sha256 for probe in probes for sha256 in probe.sha256s})
    by_email = _by_field(call, "email", {probe.email.lower() for probe in probes if probe.email})
    wanted = {name.lower() for probe in probes for name in (probe.name, probe.organisation) if name.strip()}
    by_name = _by_name(call, wanted)
    result = []
    for probe in probes:
        found: dict[str, str] = {}
        for sha256 in probe.sha256s:
            for identifier in by_file.get(sha256, ()):
                found.setdefault(identifier, "file")
        for identifier in by_email.get(probe.email.lower(), ()):
            found.setdefault(identifier, "email")
        for name in (probe.organisation, probe.name):
            for identifier in by_name.get(name.lower(), ()) if name.strip() else ():
                found.setdefault(identifier, "name")
        result.append([[identifier, why] for identifier, why in list(found.items())[:MOST_ALIKE]])
    return result


def left_over(sha256s: Iterable[str], *, by: int | None, since: object) -> dict[str, Attachment]:
    """Receipts of an import that was killed before it wrote what they belong to, by their hash. One query."""
    rows = Attachment.objects.filter(
        sha256__in=list(sha256s), received_from_id=by, received_at__gte=since, destroyed_at=None
    ).exclude(
        Q(pk__in=SubmissionFile.objects.values("attachment"))
        | Q(pk__in=DraftFile.objects.values("attachment"))
        | Q(pk__in=ImportSource.objects.exclude(attachment=None).values("attachment"))
    )
    return {row.sha256: row for row in rows}


def _by_file(call: Call, sha256s: set[str]) -> dict[str, list[str]]:
    rows = SubmissionFile.objects.filter(
        version__submission__call=call, attachment__sha256__in=sha256s, is_original=False
    ).values_list("attachment__sha256", "version__submission__identifier")
    return _gathered(rows)


def _by_field(call: Call, name: str, values: set[str]) -> dict[str, list[str]]:
    rows = (
        SubmissionVersion.objects.filter(submission__call=call)
        .annotate(folded=Lower(name))
        .filter(folded__in=values)
        .values_list("folded", "submission__identifier")
    )
    return _gathered(rows)


def _by_name(call: Call, values: set[str]) -> dict[str, list[str]]:
    rows = (
        SubmissionVersion.objects.filter(submission__call=call)
        .annotate(one=Lower("name"), other=Lower("organisation"))
        .filter(Q(one__in=values) | Q(other__in=values))
        .values_list("one", "other", "submission__identifier")
    )
    pairs = [(name, identifier) for one, other, identifier in rows for name in {one, other} if name]
    return _gathered(pairs)


def _gathered(rows: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for value, identifier in rows:
        if identifier not in found[value] and len(found[value]) < MOST_ALIKE:
            found[value].append(identifier)
    return found
