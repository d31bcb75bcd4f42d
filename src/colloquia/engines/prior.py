"""What an earlier run and its officers leave to the next run of the same consultation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b


@dataclass(frozen=True, slots=True)
class PriorTheme:
    """A theme as it stood when the earlier run was left: machine's or an officer's.

    ``theme_id`` is kept by the theme that continues it, so that links and corrections stay true.
    ``by_officer`` is true where a person made, named, merged, split or moved it. Themes that were merged
    away or undone are not listed. ``is_parent`` themes hold other themes and no passages.
    """

    theme_id: str
    question_id: str | None
    parent_id: str | None
    label: str
    terms: tuple[str, ...] = ()
    is_parent: bool = False
    by_officer: bool = False


@dataclass(frozen=True, slots=True)
class ReviewedPassage:
    """A passage of which a person said something, with its text, so that it teaches where it is gone.

    It is found again by document and offsets (code points into the document's text version) where the
    text there is still the same, else by its text in the same submission.

    ``themes`` are the ids of the themes that it belongs to, by question id ("" for the whole docket); an
    empty id says that it belongs to none there. ``questions`` says by question id whether it answers it;
    questions that nobody spoke of are absent. ``not_opinion`` passages belong to no theme and no question.
    """

    passage_id: str
    submission_id: str
    document_id: str
    start: int
    end: int
    text: str
    language: str = ""
    themes: Mapping[str, str] = field(default_factory=dict)
    questions: Mapping[str, bool] = field(default_factory=dict)
    not_opinion: bool = False


@dataclass(frozen=True, slots=True)
class Prior:
    """Themes in effect at the end of the earlier run, what officers reviewed, and who belonged where.

    ``assignments`` gives by question id ("" for the whole docket) the theme of each passage id, machine's and
    officers' together. ``retired`` holds every theme id that was ever given, so that none is given twice.

    ``digests`` gives ``text_digest`` of every passage of the earlier run by its id, also of those in no
    theme. With them a passage is known again after the numbers of submissions have moved, and an id that now
    stands for another text is not taken for the old one. Without them ids are trusted.
    """

    run: str
    themes: tuple[PriorTheme, ...] = ()
    reviewed: tuple[ReviewedPassage, ...] = ()
    assignments: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    retired: frozenset[str] = frozenset()
    digests: Mapping[str, str] = field(default_factory=dict)


def text_digest(text: str) -> str:
    """Sixteen hexadecimal digits by which the text of a passage is known again, stored or not."""
    from colloquia.engines.store.storable import storable

    return blake2b(storable(text).encode(), digest_size=8).hexdigest()
