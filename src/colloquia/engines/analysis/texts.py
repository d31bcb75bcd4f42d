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
from colloquia.engines.personal_data.placeholders import without_placeholders
from colloquia.engines.records import Passage, Submission
from colloquia.engines.results import LanguageCount, Problem


def all_passages(submissions: Sequence[Submission], progress: Progress) -> list[Passage]:
    """The passages of every document, numbered through each submission.

    Texts that an earlier run knew keep their numbers; others are numbered after all that were ever given.
    """
    passages: list[Passage] = []
    for number, submission in enumerate(submissions, start=1):
        following = submission.numbers_given + 1
        for document in submission.documents:
            if not document.text:
                continue
            first, known = document.numbered or (following, 0)
            found = split_document(document, first)
            if document.numbered and len(found) != known:
                # Split otherwise than by the program of that run: its numbers would run into the next text's.
                found = split_document(document, following)
            if found and found[0].passage_id.endswith(f".p{following}"):
                following += len(found)
            passages.extend(found)
        if number % 500 == 0 or number == len(submissions):
            progress("passages", number, len(submissions))
    return passages


def with_languages(
    passages: list[Passage], submissions: Sequence[Submission], crew: Crew, progress: Progress
) -> list[Passage]:
    """The passages with their languages; documents and submissions get their main one.

    A translation has the language that it was made into, and tells nothing of what was received.
    """
    declared = {item.submission_id: language_code(item.language) for item in submissions}
    known = {
        document.document_id: document.language
        for submission in submissions
        for document in submission.documents
        if document.translation_of
    }
    received = [passage for passage in passages if passage.document_id not in known]
    evidences = identify(
        # A placeholder is ours: it tells of a language only where nothing else does.
        [without_placeholders(passage.text) or passage.text for passage in received],
        crew=crew,
        progress=lambda done, total: progress("languages", done, total),
    )
    languages = languages_of(
        evidences,
        [passage.document_id for passage in received],
        [declared[passage.submission_id] for passage in received],
    )
    found = iter(languages)
    told = [
        replace(
            passage,
            language=known[passage.document_id] if passage.document_id in known else next(found),
        )
        for passage in passages
    ]
    _tell_documents(told, submissions)
    return told


def originals(passages: Sequence[Passage], submissions: Sequence[Submission]) -> dict[int, int]:
    """For each passage of a translation, by its row, the row of the passage that was translated."""
    source = {
        document.document_id: document.translation_of
        for submission in submissions
        for document in submission.documents
        if document.translation_of
    }
    if not source:
        return {}
    row_of = {passage.passage_id: row for row, passage in enumerate(passages)}
    return {
        row: row_of[source[passage.document_id]]
        for row, passage in enumerate(passages)
        if source.get(passage.document_id) in row_of
    }


def _tell_documents(passages: Sequence[Passage], submissions: Sequence[Submission]) -> None:
    by_document: dict[str, Counter[str]] = {}
    for passage in passages:
        by_document.setdefault(passage.document_id, Counter())[passage.language] += len(passage.text)
    for submission in submissions:
        whole: Counter[str] = Counter()
        for document in submission.documents:
            if document.translation_of:
                continue
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
    """How much was received in each language, most submissions first; what waits for a human reader.

    A passage with a translation into a supported language waits no longer.
    """
    original = originals(passages, submissions)
    translated = {original[row] for row in original if passages[row].language in supported}
    received = [(row, passage) for row, passage in enumerate(passages) if row not in original]
    counted: Counter[str] = Counter()
    characters: Counter[str] = Counter()
    senders: dict[str, set[str]] = {}
    for _, passage in received:
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
    for row, passage in received:
        if passage.language not in supported and row not in translated:
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
