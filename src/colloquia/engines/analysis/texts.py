"""Passages of all submissions with their languages, and which of them may be embedded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from colloquia.engines.analysis.options import Progress
from colloquia.engines.languages.codes import language_code
from colloquia.engines.languages.identify import languages_of
from colloquia.engines.languages.names import language_name
from colloquia.engines.meaning.batches import identify
from colloquia.engines.meaning.crew import Crew
from colloquia.engines.passages import split_document
from colloquia.engines.records import Passage, Submission
from colloquia.engines.results import LanguageCount, Problem


def all_passages(submissions: Sequence[Submission], progress: Progress) -> list[Passage]:
    """The passages of every document, numbered through each submission."""
    passages: list[Passage] = []
    for number, submission in enumerate(submissions, start=1):
        first = 1
        for document in submission.documents:
            if document.text:
                found = split_document(document, first)
                first += len(found)
                passages.extend(found)
        if number % 500 == 0 or number == len(submissions):
            progress("passages", number, len(submissions))
    return passages


def with_languages(
    passages: list[Passage], submissions: Sequence[Submission], crew: Crew, progress: Progress
) -> list[Passage]:
    """The passages with their languages; documents and submissions get their main one."""
    declared = {item.submission_id: language_code(item.language) for item in submissions}
    evidences = identify(
        [passage.text for passage in passages],
        crew=crew,
        progress=lambda done, total: progress("languages", done, total),
    )
    languages = languages_of(
        evidences,
        [passage.document_id for passage in passages],
        [declared[passage.submission_id] for passage in passages],
    )
    told = [
        replace(passage, language=language) for passage, language in zip(passages, languages, strict=True)
    ]
    _tell_documents(told, submissions)
    return told


def _tell_documents(passages: Sequence[Passage], submissions: Sequence[Submission]) -> None:
    by_document: dict[str, Counter[str]] = {}
    for passage in passages:
        by_document.setdefault(passage.document_id, Counter())[passage.language] += len(passage.text)
    for submission in submissions:
        whole: Counter[str] = Counter()
        for document in submission.documents:
            counts = by_document.get(document.document_id, Counter())
            document.language = _main(counts)
            whole.update(counts)
        submission.language = _main(whole) or language_code(submission.language)


def _main(counts: Counter[str]) -> str:
    return max(sorted(counts), key=lambda code: counts[code], default="")


@dataclass(frozen=True, slots=True)
class LanguageReport:
    """Counts by language, and the passages that no vector speaks for."""

    counts: list[LanguageCount]
    problems: list[Problem]


def report_languages(
    passages: Sequence[Passage], submissions: Sequence[Submission], supported: frozenset[str]
) -> LanguageReport:
    """How much there is in each language, most submissions first; what waits for a human reader."""
    counted: Counter[str] = Counter()
    characters: Counter[str] = Counter()
    senders: dict[str, set[str]] = {}
    for passage in passages:
        counted[passage.language] += 1
        characters[passage.language] += len(passage.text)
        senders.setdefault(passage.language, set()).add(passage.submission_id)
    counts = [
        LanguageCount(
            code,
            language_name(code) if code != "und" else "Not determined",
            code in supported,
            len(senders[code]),
            counted[code],
            characters[code],
        )
        for code in sorted(senders, key=lambda code: (-len(senders[code]), code))
    ]
    source = {item.submission_id: item.source_id for item in submissions}
    waiting: dict[str, Counter[str]] = {}
    for passage in passages:
        if passage.language not in supported:
            waiting.setdefault(passage.submission_id, Counter())[passage.language] += 1
    problems = [
        Problem(
            "unsupported language",
            f"{identifier}, {source[identifier]}",
            f"{sum(codes.values())} passage(s) in {', '.join(language_name(code) for code in sorted(codes))} "
            "were not analysed; they wait for a human reader.",
        )
        for identifier, codes in waiting.items()
    ]
    return LanguageReport(counts, problems)
