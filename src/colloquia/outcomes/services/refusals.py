"""Why something is not written, in sentences for the officer."""

from __future__ import annotations

from django.utils.translation import gettext as _


class OutcomeRefused(Exception):
    """Nothing was written. ``reasons`` are sentences, each with its remedy."""

    def __init__(self, *reasons: str) -> None:
        self.reasons = reasons
        super().__init__(" ".join(reasons))


class OutcomeDoubted(OutcomeRefused):
    """Nothing was written: ``words`` may give a verdict, and the officer has to look at them once more."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self.words = words
        super().__init__(
            _(
                "These words may give a verdict on what somebody said: %(words)s. Change them, or confirm "
                "that you looked at them and keep them."
            )
            % {"words": ", ".join(f"“{word}”" for word in words)}
        )


class OutcomeConflict(Exception):
    """Somebody else changed the same thing since the officer looked; nothing was written.

    ``theirs`` is what stands there now, blank where it was removed; ``seen`` is what to send with the act
    where the officer wants it all the same.
    """

    def __init__(self, theirs: str, seen: str) -> None:
        self.theirs = theirs
        self.seen = seen
        super().__init__(theirs)
