"""Tables of the core: reference data, ids, received files, the audit, background work."""

from colloquia.core.models.attachments import Attachment
from colloquia.core.models.audit import AuditEntry
from colloquia.core.models.identifiers import IdentifierSequence
from colloquia.core.models.jobs import Schedule, TaskLease, WorkerHeartbeat
from colloquia.core.models.jurisdictions import (
    Grouping,
    Membership,
    NamingProfile,
    SubnationalUnit,
    Territory,
    TerritoryName,
)
from colloquia.core.models.languages import Language

__all__ = [
    "Attachment",
    "AuditEntry",
    "Grouping",
    "IdentifierSequence",
    "Language",
    "Membership",
    "NamingProfile",
    "Schedule",
    "SubnationalUnit",
    "TaskLease",
    "Territory",
    "TerritoryName",
    "WorkerHeartbeat",
]
