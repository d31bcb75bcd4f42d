"""Labels of themes without terms that only submissions had which are public no more.

A label that an officer wrote is the secretariat's own words and stays. The machine's are terms of passages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from colloquia.consultations.models import Run, ThemeInEffect
from colloquia.consultations.queries import bulk_of
from colloquia.consultations.sources import submission_ids
from colloquia.engines.bulk import PassageRow
from colloquia.engines.personal_data.placeholders import own_words
from colloquia.engines.themes.function_words import trim_term
from colloquia.engines.themes.terms import terms_of

_BETWEEN = " · "
_NUMBER = re.compile(r" \(\d+\)$")
_AT_ONCE = 200
_MOST = 2000
"""Passages of a theme that are looked through for a term."""


def passages_gone(run: Run, gone: Iterable[str]) -> dict[str, list[PassageRow]]:
    """By theme, the passages in it of submissions that are public no more."""
    wanted = set(gone)
    names = sorted(wanted & set(submission_ids(run))) if wanted and run.has_files else []
    rows = {row.row: row for name in names for row in bulk_of(run).passages_of(name)}
    found: dict[str, list[PassageRow]] = {}
    for place in bulk_of(run).placements(list(rows)) if rows else ():
        if place.theme_id:
            found.setdefault(place.theme_id, []).append(rows[place.row])
    return found


def public_label(run: Run, theme: ThemeInEffect, gone: Iterable[PassageRow], names: Iterable[str]) -> str:
    """The label of a theme of a run for the public; where no term of it is left, that it is not shown.

    ``gone`` are the passages in it out of ``names``, the submissions that are public no more.
    """
    if theme.label_by_officer or theme.made_by_officer:
        return theme.label
    label = _NUMBER.sub("", theme.label)
    terms = label.split(_BETWEEN)
    doubted = set(terms) & _terms(gone)
    without = set(names)
    for start in range(0, _MOST, _AT_ONCE):
        if not doubted:
            return theme.label
        rows, total = bulk_of(run).passages(
            question=theme.question_id, theme=theme.theme_id, limit=_AT_ONCE, offset=start
        )
        doubted -= _terms(row for row in rows if row.submission_id not in without)
        if start + _AT_ONCE >= total:
            break
    if not doubted:
        return theme.label
    return _BETWEEN.join(term for term in terms if term not in doubted) or _(
        "A theme whose label is not shown"
    )


def _terms(rows: Iterable[PassageRow]) -> set[str]:
    found = set()
    for row in rows:
        for part in own_words(row.text):
            for term in terms_of(part, row.language):
                found |= {term, trim_term(term, row.language)}
    return found
