"""The consultation pipeline, composed: submissions in, everything that was found out."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from colloquia.engines.analysis import texts
from colloquia.engines.analysis.answers import find_answers
from colloquia.engines.analysis.carrying import Carrying, carry
from colloquia.engines.analysis.closing import funnel_of, quality_of
from colloquia.engines.analysis.continued import carried, end_unasked, prior_part
from colloquia.engines.analysis.continuing import continue_themes
from colloquia.engines.analysis.counts import Counter, closed_answers, dimensions
from colloquia.engines.analysis.embedding import Embedding
from colloquia.engines.analysis.options import Options, Progress, StageTimes, silent
from colloquia.engines.analysis.reading import Reading
from colloquia.engines.analysis.shared import Shared, add_similar, find_same_words
from colloquia.engines.analysis.themes import Docket, Found, add_themes
from colloquia.engines.documents import Reader
from colloquia.engines.jurisdictions import Profile, load_profile
from colloquia.engines.meaning.crew import Crew
from colloquia.engines.meaning.encoders import ENCODERS
from colloquia.engines.prior import Prior
from colloquia.engines.questions.mapping import CUT, OWN_CUT, QuestionMapper, texts_to_encode
from colloquia.engines.records import Incoming, Paper, Passage, Submission
from colloquia.engines.results import (
    Analysis,
    Breakdown,
    PassageQuestion,
    Problem,
    QuestionCount,
)

Vectors = NDArray[np.float32]


def analyse(
    incoming: Iterable[Incoming] | Iterable[Submission],
    *,
    paper: Paper | None,
    options: Options,
    profile: Profile | None = None,
    store: Path | None = None,
    progress: Progress = silent,
    times: StageTimes | None = None,
    problems: Iterable[Problem] = (),
    prior: Prior | None = None,
) -> Analysis:
    """Analyse submissions against the questions of ``paper``, or without one.

    ``incoming`` are submissions as they were understood from the input, or those of an earlier run
    (``again.submissions_of``), whose ``problems`` of reading are given beside them. ``prior`` is what
    that run and its officers leave to this one: their themes go on, and their corrections hold and teach.

    ``store`` is a folder for finished work, from which a broken run goes on to the same result.
    Nobody is dropped: every submission stands in the result, with the reason where it could
    not be analysed. Raises EncoderMissing.
    """
    return _Run(
        paper,
        options,
        profile or load_profile(),
        store,
        progress,
        times or StageTimes(time.monotonic),
        problems=list(problems),
        prior=prior,
    ).go(incoming)


@dataclass(slots=True)
class _Run:
    """The stages, which share what they found."""

    paper: Paper | None
    options: Options
    profile: Profile
    store: Path | None
    progress: Progress
    times: StageTimes
    crew: Crew = field(default_factory=Crew)
    problems: list[Problem] = field(default_factory=list)
    prior: Prior | None = None

    def go(self, incoming: Iterable[Incoming] | Iterable[Submission]) -> Analysis:
        from threadpoolctl import threadpool_limits

        # Sums in another order round differently; one thread makes the result the machine's own.
        with threadpool_limits(limits=1), Crew(self.options.jobs) as self.crew:
            return self._go(incoming)

    def _go(self, incoming: Iterable[Incoming] | Iterable[Submission]) -> Analysis:
        options = self.options
        with self.times.stage("read"):
            submissions = self._read(incoming)
        with self.times.stage("passages"):
            passages = texts.all_passages(submissions, self.progress)
        with self.times.stage("languages"):
            passages = texts.with_languages(passages, submissions, self.crew, self.progress)
            supported = ENCODERS[options.encoder].languages if options.encoder in ENCODERS else frozenset()
            languages = texts.report_languages(passages, submissions, supported)
            self.problems.extend(languages.problems)
        with self.times.stage("duplicates"):
            self.progress("duplicates", 0, len(submissions))
            shared = find_same_words(submissions, passages, options.seed)
            self.progress("duplicates", len(submissions), len(submissions))
        with self.times.stage("meaning"):
            vectors = self._embedding.vectors(passages, supported, texts.originals(passages, submissions))
        with self.times.stage("similar"):
            self.progress("similar", 0, 1)
            add_similar(shared, submissions, passages, vectors, encode=self._embedding.few, seed=options.seed)
            self.progress("similar", 1, 1)
        with self.times.stage("questions"):
            carrying = carry(self.prior, passages) if self.prior else None
            answers = self._answers(submissions, passages, vectors, carrying)
        with self.times.stage("themes"):
            docket = Docket(passages, vectors, *_senders(submissions, passages, shared), shared.copied)
            found = self._themes(docket, answers, carrying)
        with self.times.stage("counts"):
            analysis = self._counted(submissions, passages, shared, docket, answers, found)
        analysis.languages = languages.counts
        if self.prior and carrying:
            analysis.carried, problems = carried(self.prior, carrying, found.lineage)
            analysis.problems.extend(problems)
        return analysis

    @property
    def _embedding(self) -> Embedding:
        return Embedding(self.options.encoder, self.crew, self.store, self.progress)

    def _read(self, incoming: Iterable[Incoming] | Iterable[Submission]) -> list[Submission]:
        received: list[Incoming] = []
        ready: list[Submission] = []
        for item in incoming:
            if isinstance(item, Submission):
                # The stages write into the records; the caller's stay as they are.
                ready.append(replace(item, documents=[replace(document) for document in item.documents]))
            else:
                received.append(item)
        if ready and received:
            raise TypeError("Give submissions as understood from the input or those of a run, not both.")
        if ready:
            self.progress("read", len(ready), len(ready))
            return ready
        store = self.store / "read" if self.store else None
        with Reader(jobs=self.options.jobs, ocr=self.options.ocr) as reader:
            reading = Reading(reader, store, self.progress)
            submissions = reading.submissions(received, self.options.year)
        self.problems.extend(reading.problems)
        return submissions

    def _answers(
        self,
        submissions: Sequence[Submission],
        passages: Sequence[Passage],
        vectors: Vectors,
        carrying: Carrying | None,
    ) -> list[PassageQuestion]:
        if self.paper is None or not self.paper.questions:
            return []
        questions = self.paper.questions
        mapper = QuestionMapper(questions, self._embedding.few(texts_to_encode(questions)))
        return find_answers(
            submissions, passages, vectors, questions=questions, mapper=mapper, carrying=carrying
        )

    def _themes(self, docket: Docket, answers: Sequence[PassageQuestion], carrying: Carrying | None) -> Found:
        found = Found()
        row_of = {passage.passage_id: row for row, passage in enumerate(docket.passages)}
        usable = docket.embedded
        if carrying:
            usable[list(carrying.not_opinion)] = False
        by_question: dict[str, list[int]] = defaultdict(list)
        for answer in answers:
            if usable[row_of[answer.passage_id]]:
                by_question[answer.question_id].append(row_of[answer.passage_id])
        wanted = [question.id for question in self.paper.questions] if self.paper else []
        parts = [(None, np.flatnonzero(usable)), *((name, np.array(by_question[name])) for name in wanted)]
        for number, (name, rows) in enumerate(parts, start=1):
            part = prior_part(self.prior, carrying, name, found.lineage) if self.prior and carrying else None
            if part and part.themes:
                continue_themes(
                    found,
                    docket,
                    rows.astype(np.int64),
                    part,
                    encode=self._embedding.few,
                    seed=self.options.seed,
                    resamples=self.options.resamples,
                    crew=self.crew,
                )
            else:
                add_themes(
                    found,
                    docket,
                    rows.astype(np.int64),
                    name,
                    count=self.options.themes,
                    seed=self.options.seed,
                    resamples=self.options.resamples,
                    crew=self.crew,
                    taken=part.taken if part else frozenset(),
                )
            self.progress("themes", number, len(parts))
        if self.prior and carrying:
            end_unasked(self.prior, carrying, {None, *wanted}, found.lineage)
        return found

    def _counted(
        self,
        submissions: list[Submission],
        passages: list[Passage],
        shared: Shared,
        docket: Docket,
        answers: list[PassageQuestion],
        found: Found,
    ) -> Analysis:
        by_dimension, problems = dimensions(submissions, self.profile)
        self.problems.extend(problems)
        counter = Counter(by_dimension, shared.message)
        row_of = {passage.passage_id: row for row, passage in enumerate(passages)}
        rows_of: dict[str, list[int]] = defaultdict(list)
        for answer in answers:
            rows_of[answer.question_id].append(row_of[answer.passage_id])
        breakdowns = counter.breakdowns(np.arange(len(submissions)))
        question_counts = []
        for question in self.paper.questions if self.paper else ():
            senders = np.unique(docket.sender[rows_of[question.id]])
            messages = len(np.unique(shared.message[senders]))
            question_counts.append(
                QuestionCount(question.id, len(senders), messages, len(rows_of[question.id]))
            )
            breakdowns.extend(counter.breakdowns(senders, question.id))
        breakdowns.extend(self._by_theme(counter, docket, found, row_of))
        embedded = docket.embedded
        return Analysis(
            title=self.options.title,
            paper=self.paper,
            parameters=self._parameters(),
            submissions=submissions,
            passages=passages,
            passage_questions=answers,
            themes=found.themes,
            passage_themes=found.passage_themes,
            groups=shared.groups,
            group_members=shared.members,
            quotes=found.quotes,
            funnel=funnel_of(submissions, docket, embedded, shared),
            question_counts=question_counts,
            breakdowns=breakdowns,
            closed=closed_answers(submissions, shared.message),
            problems=self.problems,
            quality=quality_of(found, embedded, answers, passages),
            message=shared.message.tolist(),
            shared=shared.copied.tolist(),
            vectors=docket.vectors.astype(np.float16) if self.options.keep_vectors else None,
        )

    @staticmethod
    def _by_theme(
        counter: Counter, docket: Docket, found: Found, row_of: dict[str, int]
    ) -> Iterator[Breakdown]:
        senders: dict[str, set[int]] = defaultdict(set)
        for item in found.passage_themes:
            senders[item.theme_id].add(int(docket.sender[row_of[item.passage_id]]))
        for theme in found.themes:
            if theme.theme_id in senders:
                own = np.array(sorted(senders[theme.theme_id]))
                yield from counter.breakdowns(own, theme.question_id, theme.theme_id)

    def _parameters(self) -> dict[str, object]:
        options = self.options
        return {
            "themes": options.themes or "auto",
            "seed": options.seed,
            "encoder": options.encoder,
            "resamples": options.resamples,
            "question cut": CUT,
            "question cut where the sender named another": OWN_CUT,
            "paper": self.paper.title if self.paper else "none",
        }


def _senders(
    submissions: Sequence[Submission], passages: Sequence[Passage], shared: Shared
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    number = {submission.submission_id: place for place, submission in enumerate(submissions)}
    sender = np.array([number[passage.submission_id] for passage in passages], dtype=np.int64)
    return sender, shared.message[sender]
