"""Tables of the core: reference data, ids, received files, audit, ledger, mail, background work."""

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
from colloquia.core.models.ledger import (
    LedgerEntry,
    LedgerHead,
    LedgerKey,
    LedgerNode,
    LedgerOpening,
    LedgerSize,
)
from colloquia.core.models.mail import OutgoingMail

__all__ = [
    "Attachment",
    "AuditEntry",
    "Grouping",
    "IdentifierSequence",
    "Language",
    "LedgerEntry",
    "LedgerHead",
    "LedgerKey",
    "LedgerNode",
    "LedgerOpening",
    "LedgerSize",
    "Membership",
    "NamingProfile",
    "OutgoingMail",
    "Schedule",
    "SubnationalUnit",
    "TaskLease",
    "Territory",
    "TerritoryName",
    "WorkerHeartbeat",
]
