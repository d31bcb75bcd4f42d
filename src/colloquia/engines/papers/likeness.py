"""How alike the wordings of a draft and those already known are, across languages."""

from __future__ import annotations

from collections.abc import Sequence

from colloquia.engines.meaning.encoders import Encoder
from colloquia.engines.papers.matching import Known
from colloquia.engines.papers.records import DraftPaper

CANDIDATES = 8
_LONGEST = 1_000


def likeness(
    draft: DraftPaper, *, issues: Sequence[Known], questions: Sequence[Known], encoder: Encoder
) -> dict[str, list[tuple[str, float]]]:
    """For each place of the draft the eight most alike ids with their cosines, best first."""
    titles = [(issue.place, issue.title) for issue in draft.issues]
    texts = [(question.place, question.text) for issue in draft.issues for question in issue.questions]
    return _nearest(titles, issues, encoder) | _nearest(texts, questions, encoder)


def _nearest(
    parts: list[tuple[str, str]], known: Sequence[Known], encoder: Encoder
) -> dict[str, list[tuple[str, float]]]:
    wordings = [(each.id, text[:_LONGEST]) for each in known for text in each.texts]
    if not parts or not wordings:
        return {}
    ours = encoder.encode([text for _identifier, text in wordings])
    theirs = encoder.encode([text[:_LONGEST] for _place, text in parts])
    found = {}
    for (place, _text), row in zip(parts, theirs @ ours.T, strict=True):
        best: dict[str, float] = {}
        for (identifier, _wording), score in zip(wordings, row.tolist(), strict=True):
            best[identifier] = max(best.get(identifier, -1.0), round(float(score), 4))
        ranked = sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))
        found[place] = ranked[:CANDIDATES]
    return found
