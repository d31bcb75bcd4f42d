"""Where the submissions of a run came from: the room that received them says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from colloquia.consultations.models import Run
from colloquia.core.components import FunnelRow


@dataclass(frozen=True, slots=True)
class Source:
    """What another room tells of runs made from what it received.

    ``before`` gives the rows of the funnel above those that the run counted, none where the run is not made
    from its submissions. ``page`` gets the address of the consultation and the id of a submission, and gives
    the path of the page where it can be read as it was received, blank where there is none in public.
    ``next_at`` gives the path at which the next run is asked for, blank where this room makes it from the
    stored texts: what was taken out of the public since would come back with them. ``taken_back`` gives ids
    of submissions that were public and no longer are, or are otherwise since the run was made, and whether
    their senders took them back: a run that holds one is not shown.
    """

    before: Callable[[Run], list[FunnelRow]]
    page: Callable[[str, str], str]
    next_at: Callable[[Run], str]
    taken_back: Callable[[Run], Mapping[str, bool]]


_sources: list[Source] = []


def register_source(source: Source) -> None:
    """Let a room tell, once, when the application starts."""
    if source not in _sources:
        _sources.append(source)


def rows_before(run: Run) -> list[FunnelRow]:
    """What happened to submissions before the run had them."""
    return [row for source in _sources for row in source.before(run)]


def taken_back_in(run: Run) -> list[str]:
    """Ids of submissions of a run that were taken out of the public since; such a run is not to be shown."""
    gone = taken_back_since(run)
    return sorted(gone.keys() & set(submission_ids(run))) if gone else []


def taken_back_since(run: Run) -> dict[str, bool]:
    """Ids of submissions whose words in this run are not public any more; True where their sender withdrew.

    There may be some that are not in the run.
    """
    return {name: by_sender for source in _sources for name, by_sender in source.taken_back(run).items()}


def submission_ids(run: Run) -> list[str]:
    """The ids of all submissions of a run, from its folder. Raises OSError where that is missing."""
    import pyarrow.parquet

    table = pyarrow.parquet.read_table(run.folder / "submissions.parquet", columns=["submission_id"])
    return [str(name) for name in table.column("submission_id").to_pylist()]


def next_run_at(run: Run) -> str:
    """Where the next run is asked for; "" where it is made from the stored texts of this one."""
    return next((path for source in _sources if (path := source.next_at(run))), "")


def page_of_submission(slug: str, submission_id: str) -> str:
    """Where a submission can be read as it was received; "" where nowhere in public."""
    return next((path for source in _sources if (path := source.page(slug, submission_id))), "")
