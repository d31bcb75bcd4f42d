"""The date that goes into a file's properties, so that the same report has the same bytes."""

from __future__ import annotations

from datetime import datetime

# Zip files cannot say "no date"; this is the first date that they can say.
NO_DATE = (1980, 1, 1, 0, 0, 0)


def day(made_on: str) -> datetime:
    """The date of ``made_on``, or the first date of zip files where it is written otherwise."""
    try:
        return datetime.fromisoformat(made_on[:10])
    except ValueError:
        return datetime(*NO_DATE)  # noqa: DTZ001 -- file properties hold a day, not a moment
