"""Shared texts of a docket: who sent the same message, and which passages are a sender's own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from colloquia.engines.analysis.texts import originals
from colloquia.engines.duplicates.grouping import SharedText, find_shared_text
from colloquia.engines.duplicates.similar import similar_messages
from colloquia.engines.duplicates.unique import unique_spans
from colloquia.engines.meaning.centring import unit
from colloquia.engines.passages.split import weight
from colloquia.engines.records import Passage, Submission
from colloquia.engines.results import Group, GroupMember

Vectors = NDArray[np.float32]
JOINT = "\n\n"
_PREFIX = {"exact": "X", "edited": "E", "similar": "M"}


@dataclass(slots=True)
class Shared:
    """What is shared in a docket.

    ``message`` (submissions,) numbers the distinct message of each submission; submissions of
    one shared text have one number. ``copied`` (passages,) is true where a passage only repeats
    a letter that another submission represents.
    """

    groups: list[Group] = field(default_factory=list)
    members: list[GroupMember] = field(default_factory=list)
    message: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    copied: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))

    @property
    def distinct(self) -> int:
        """How many distinct messages there are."""
        return len(np.unique(self.message[self.message >= 0]))


def find_same_words(submissions: Sequence[Submission], passages: Sequence[Passage], seed: int) -> Shared:
    """Exact and edited groups. A submission without text has message -1."""
    texts = [_whole(submission) for submission in submissions]
    found = find_shared_text(texts, seed=seed)
    shared = Shared(
        message=np.array([number if text.strip() else -1 for number, text in enumerate(texts)]),
        copied=np.zeros(len(passages), dtype=np.bool_),
    )
    by_submission = _rows_by_submission(submissions, passages)
    offsets = _offsets(submissions)
    original = originals(passages, submissions)
    counts: dict[str, int] = defaultdict(int)
    for text in found:
        counts[text.kind] += 1
        identifier = f"{_PREFIX[text.kind]}{counts[text.kind]}"
        spans = {member: _own(texts, text, member) for member in text.members}
        _add(shared, submissions, identifier, text, texts, spans)
        shared.message[list(text.members)] = int(shared.message[list(text.members)].min())
        for member in text.members:
            if member != text.representative:
                for row in by_submission.get(member, ()):
                    if row in original:
                        continue
                    start = offsets[passages[row].document_id] + passages[row].start
                    length = passages[row].end - passages[row].start
                    own = sum(
                        max(0, min(end, start + length) - max(begin, start)) for begin, end in spans[member]
                    )
                    shared.copied[row] |= 2 * own < length
    for row, source in original.items():
        shared.copied[row] = shared.copied[source]
    return shared


def _own(texts: Sequence[str], text: SharedText, member: int) -> list[tuple[int, int]]:
    if text.kind == "exact" or member == text.representative:
        return []
    return unique_spans(texts[member], texts[text.representative])


def _add(
    shared: Shared,
    submissions: Sequence[Submission],
    identifier: str,
    text: SharedText,
    texts: Sequence[str],
    spans: dict[int, list[tuple[int, int]]],
) -> None:
    shared.groups.append(
        Group(identifier, text.kind, len(text.members), submissions[text.representative].submission_id)
    )
    shared.members.extend(
        GroupMember(
            identifier,
            submissions[member].submission_id,
            "\n".join(texts[member][start:end].strip() for start, end in spans[member]),
        )
        for member in text.members
    )


def add_similar(
    shared: Shared,
    submissions: Sequence[Submission],
    passages: Sequence[Passage],
    vectors: Vectors,
    *,
    encode: Callable[[Sequence[str]], Vectors],
    seed: int,
) -> None:
    """Groups of one message reworded or translated, over the distinct messages so far.

    ``vectors`` (passages, d) hold zeros where a passage was not embedded; a submission without
    any vector is not judged. All who sent a letter of a group belong to the group.
    """
    first = {int(message): number for number, message in reversed(list(enumerate(shared.message)))}
    rows = _rows_by_submission(submissions, passages)
    judged = [
        number
        for message, number in sorted(first.items())
        if message >= 0 and any(vectors[row].any() for row in rows.get(number, ()))
    ]
    whole = unit(
        np.array(
            [
                sum(
                    (vectors[row] * np.float32(weight(passages[row].text)) for row in rows[number]),
                    np.zeros(vectors.shape[1], dtype=np.float32),
                )
                for number in judged
            ],
            dtype=np.float32,
        ).reshape(len(judged), vectors.shape[1])
    )
    original = originals(passages, submissions)
    texts = [_understood(submissions[number], passages, rows[number], original) for number in judged]
    senders: dict[int, list[int]] = defaultdict(list)
    for number, message in enumerate(shared.message):
        senders[int(message)].append(number)
    languages = [submissions[number].language for number in judged]
    held = {member.submission_id: member.unique_text for member in shared.members}
    found = similar_messages(texts, whole, encode=encode, languages=languages, seed=seed)
    for count, similar in enumerate(found, start=1):
        own = {judged[row]: text for row, text in zip(similar.members, similar.added, strict=True)}
        messages = [int(shared.message[judged[row]]) for row in similar.members]
        members = sorted(number for message in messages for number in senders[message])
        centre = unit(whole[similar.members].mean(axis=0, keepdims=True))[0]
        typical = judged[similar.members[int(np.argmax(whole[similar.members] @ centre))]]
        identifier = f"{_PREFIX['similar']}{count}"
        shared.groups.append(Group(identifier, "similar", len(members), submissions[typical].submission_id))
        shared.members.extend(
            GroupMember(identifier, name, own.get(number, held.get(name, "")))
            for number in members
            for name in (submissions[number].submission_id,)
        )
        shared.message[members] = min(messages)


def _whole(submission: Submission) -> str:
    """What was received; translations are not the sender's words."""
    return JOINT.join(document.text for document in submission.documents if not document.translation_of)


def _understood(
    submission: Submission, passages: Sequence[Passage], rows: Sequence[int], original: dict[int, int]
) -> str:
    """The text of a submission with translations in the place of the passages that were translated."""
    translated = {original[row] for row in rows if row in original}
    if not translated:
        return _whole(submission)
    return JOINT.join(passages[row].text for row in rows if row not in translated)


def _offsets(submissions: Sequence[Submission]) -> dict[str, int]:
    """Where each document begins in the text of its submission."""
    found = {}
    for submission in submissions:
        start = 0
        for document in submission.documents:
            if document.translation_of:
                continue
            found[document.document_id] = start
            start += len(document.text) + len(JOINT)
    return found


def _rows_by_submission(
    submissions: Sequence[Submission], passages: Sequence[Passage]
) -> dict[int, list[int]]:
    number = {submission.submission_id: place for place, submission in enumerate(submissions)}
    rows: dict[int, list[int]] = defaultdict(list)
    for row, passage in enumerate(passages):
        rows[number[passage.submission_id]].append(row)
    return rows
