"""The organisations of a run: the bulk that lists them, names as shown, and which one a reader means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from django.db.models import QuerySet

from colloquia.consultations.models import OrganisationDecision, Run
from colloquia.consultations.queries.state import Latest, bulk_of, settlement_of, standing_of
from colloquia.engines.bulk.organisations import OrganisationRow, OrganisationsBulk
from colloquia.engines.bulk.proposals import Proposals, proposals_file
from colloquia.engines.organisations.settling import Settlement

_proposals: Latest[Proposals] = Latest(8)
_WRITTEN_KEY = re.compile(r"[0-9a-f]{20}")


def organisations_bulk(run: Run) -> OrganisationsBulk:
    """The run's bulk with what is needed of names."""
    return OrganisationsBulk(run.folder, bulk_of(run).overlay)


def shown_name(settlement: Settlement, row: OrganisationRow) -> str:
    """How an organisation is shown: as people chose, else as it was written most often."""
    return settlement.names.get(row.key) or row.name


def listed_organisations(
    run: Run, *, search: str = "", limit: int = 50, offset: int = 0
) -> tuple[list[OrganisationRow], int]:
    """A page of organisations, each with the name that it is shown by, and the number of all."""
    settlement = settlement_of(run)
    wanted = search.lower()
    also = [key for key, name in settlement.names.items() if wanted in name.lower()] if search else []
    rows, total = organisations_bulk(run).listing(search=search, also=also, limit=limit, offset=offset)
    return [replace(row, name=shown_name(settlement, row)) for row in rows], total


def organisations_by_key(run: Run, keys: Iterable[str]) -> dict[str, OrganisationRow]:
    """Organisations in effect by key, each with the name that it is shown by."""
    settlement = settlement_of(run)
    found = organisations_bulk(run).by_key(keys)
    return {key: replace(row, name=shown_name(settlement, row)) for key, row in found.items()}


def organisation_at(run: Run, written_key: str) -> OrganisationRow | None:
    """The organisation to which a name as written belongs now; None where the run has no such name."""
    if not _WRITTEN_KEY.fullmatch(written_key):
        return None
    keys = organisations_bulk(run).of_written([written_key])
    return next(iter(organisations_by_key(run, keys.values()).values()), None)


def organisations_meant(run: Run, asked: str) -> tuple[str, ...]:
    """Keys of the organisations that a reader asks for: by the key of a name as written, by a name as
    written, or by the name that is shown. Several bodies can have one name.
    """
    bulk = organisations_bulk(run)
    if _WRITTEN_KEY.fullmatch(asked) and (found := bulk.of_written([asked])):
        return tuple(found.values())
    folded = " ".join(asked.split()).lower()
    shown = {key for key, name in settlement_of(run).names.items() if name.lower() == folded}
    return tuple(sorted(shown | set(bulk.named(asked))))


def were_proposals_looked_for(run: Run) -> bool:
    """Whether the proposals of a run are there."""
    return proposals_file(run.folder).is_file()


def open_proposals(run: Run) -> Proposals:
    """Proposals on which nobody decided, the strongest first. FileNotFoundError where nobody looked."""
    name = (run.pk, standing_of(run)[0])
    found = _proposals.find(*name)
    if found is None:
        settlement = settlement_of(run)
        made = Proposals(run.folder, settlement.organisations, settlement.apart())
        found = _proposals.keep(made, *name)
    return found


def decisions_made(run: Run) -> QuerySet[OrganisationDecision]:
    """All decisions of the consultation, undone ones too, the latest first."""
    rows = OrganisationDecision.objects.filter(consultation=run.consultation_id)
    return rows.select_related("by", "undone_by").order_by("-number", "-pk")
