"""The same organisation under several spellings, in several scripts, by portal and by e-mail."""

from colloquia.engines.organisations.alike import Place, join_alike
from colloquia.engines.organisations.propose import propose
from colloquia.engines.organisations.records import (
    REASONS,
    Body,
    LeftOut,
    Mention,
    Proposal,
    Reason,
    Resolution,
)

__all__ = [
    "REASONS",
    "Body",
    "LeftOut",
    "Mention",
    "Place",
    "Proposal",
    "Reason",
    "Resolution",
    "join_alike",
    "propose",
]
