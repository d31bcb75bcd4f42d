"""Deciding what each part of a draft would become, in the present state of the site."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from colloquia.engines.papers.matching import NEW, SKIP, Likeness, Match, match
from colloquia.engines.papers.records import DraftPaper, from_data
from colloquia.issues.models import PaperImport
from colloquia.issues.planning.records import Given, Plan
from colloquia.issues.planning.refusals import refusals
from colloquia.issues.planning.shelf import Shelf, shelf


def make_plan(
    draft: DraftPaper,
    given: Given,
    *,
    likeness: Likeness,
    choices: Mapping[str, str],
    sha256: str,
    known: Shelf | None = None,
) -> Plan:
    """Decide what each part of the draft would become, in the present state of the site."""
    stated = given.merged(draft)
    known = known or shelf(stated.paper, stated.version)
    matches = match(
        draft, issues=known.issues, questions=known.questions, version=stated.version,
        likeness=likeness, choices=choices,
    )  # fmt: skip
    prefix = known.paper.prefix if known.paper else stated.prefix
    stated = replace(stated, prefix=prefix)
    ids = _ids(draft, matches, known, prefix)
    version = known.version
    adds_language = bool(version and version.is_authentic)
    taken = set(ids.values())
    here = [each.id for each in (*known.issues, *known.questions) if each.here]
    withdrawn = [each for each in here if each not in taken]
    reasons = [
        *(f"{remark.where}: {remark.message}" for remark in draft.serious),
        *refusals(stated, known, ids, matches, draft, sha256, adds_language=adds_language),
    ]
    undecided = [each.place for each in matches.values() if each.how in {"number", "similar"}]
    return Plan(
        draft=draft,
        given=stated,
        matches=matches,
        ids=ids,
        overlays=version is not None,
        adds_language=adds_language,
        withdrawn=() if adds_language else tuple(withdrawn),
        refusals=tuple(reasons),
        undecided=tuple(undecided),
        known=frozenset(each.id for each in (*known.issues, *known.questions)),
    )


def _ids(draft: DraftPaper, matches: Mapping[str, Match], known: Shelf, prefix: str) -> dict[str, str]:
    """The id of every place that is not left out; new ones continue the numbers and never come again."""
    given = {found.id for found in matches.values()}
    issue_numbers = _numbers(rf"{re.escape(prefix)}-(\d+)", {each.id for each in known.issues} | given)
    next_issue = max(issue_numbers, default=0) + 1
    ids: dict[str, str] = {}
    for issue in draft.issues:
        found = matches[issue.place].id
        if found == SKIP:
            continue
        if found == NEW:
            found, next_issue = f"{prefix}-{next_issue:02d}", next_issue + 1
        ids[issue.place] = found
        existing = {each.id for each in known.questions} | given | set(ids.values())
        next_question = max(_numbers(rf"{re.escape(found)}\.q(\d+)", existing), default=0) + 1
        for question in issue.questions:
            of_question = matches[question.place].id
            if of_question == NEW:
                of_question, next_question = f"{found}.q{next_question}", next_question + 1
            if of_question != SKIP:
                ids[question.place] = of_question
    return ids


def _numbers(pattern: str, ids: set[str]) -> list[int]:
    return [int(found[1]) for each in ids if (found := re.fullmatch(pattern, each))]


def plan_of(record: PaperImport) -> Plan:
    """The plan of a file that was looked at, in the present state of the site."""
    return make_plan(
        from_data(record.draft),
        Given(paper=record.paper_slug, version=record.version_key, **record.given),
        likeness={place: [(one[0], one[1]) for one in pairs] for place, pairs in record.similar.items()},
        choices=record.choices,
        sha256=record.sha256,
    )
