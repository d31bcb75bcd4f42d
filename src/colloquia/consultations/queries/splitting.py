"""What a proposal to split a theme is made of: its passages and their vectors."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from colloquia.consultations.models import Run
from colloquia.consultations.queries.state import bulk_of
from colloquia.engines.bulk import PassageRow
from colloquia.engines.personal_data import without_placeholders

ENCODED = 2_000
"""So many passages at most are encoded while an officer waits, where the run kept no vectors."""
MOST = 20_000


class NoProposal(Exception):
    """A theme cannot be split by the program; the message says why and what to do."""


def material(run: Run, question: str, theme: str) -> tuple[list[PassageRow], Any]:
    """All passages of a theme, closest first, and their vectors (n, d) float32. Raises NoProposal.

    From the run's own vectors, in the time of a read; else encoded now, some seconds for 2,000.
    """
    rows, total = bulk_of(run).passages(question=question, theme=theme, limit=MOST)
    if total < 4:
        raise NoProposal(_("The theme has fewer than four passages: choose some of them yourself."))
    if total > MOST:
        raise NoProposal(
            _("The theme has more than %(most)s passages: choose some of them yourself.") % {"most": MOST}
        )
    return rows, _vectors(run, rows)


def _vectors(run: Run, rows: list[PassageRow]) -> Any:
    import numpy as np

    from colloquia.engines.store import read_vectors

    try:
        kept = read_vectors(run.folder)
    except FileNotFoundError:
        kept = None
    if kept is not None:
        return np.asarray(kept[[row.row for row in rows]], dtype=np.float32)
    if len(rows) > ENCODED:
        raise NoProposal(
            _(
                "This run kept no vectors, and the theme has more than %(most)s passages. Choose passages "
                "yourself, or analyse again with --keep-vectors."
            )
            % {"most": ENCODED}
        )
    from colloquia.engines.meaning.batches import encode

    encoder = str(run.parameters.get("encoder") or "use")
    vectors = encode([without_placeholders(row.text) for row in rows], encoder=encoder)
    known = {item["language"] for item in run.languages if item.get("supported")}
    vectors[[place for place, row in enumerate(rows) if row.language not in known]] = 0
    return vectors
