"""What is said where a consultation is public and its analysis is not shown at present."""

from __future__ import annotations

from django.utils.translation import gettext as _


def sentence() -> str:
    """Why there is nothing of the analysis; it does not say which submission is gone."""
    return _(
        "The analysis of this consultation is not shown at present, because a submission in it was taken out "
        "of the public. A new analysis without it will be shown."
    )
