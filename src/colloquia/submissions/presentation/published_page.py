"""The pieces of the page of a public submission: answers by question, files, the way to its analysis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from colloquia.consultations.queries import bulk_of
from colloquia.submissions.models import PublishedPart, PublishedSubmission
from colloquia.submissions.presentation.published import file_address, permanent, text_address
from colloquia.submissions.presentation.published_texts import Piece, pieces

LONGEST_PAGE = 90_000
"""Characters of answers that one page shows whole; the rest is a link away."""


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """An answer. ``whole_url`` leads to all of it where only its beginning is shown."""

    part: PublishedPart
    label: str
    question_url: str
    pieces: tuple[Piece, ...]
    whole_url: str = ""


@dataclass(frozen=True, slots=True)
class FileShown:
    """A file. ``file_url`` is blank where only its text is given out, ``text_url`` where it has none."""

    part: PublishedPart
    name: str
    media_type: str
    size: int
    file_url: str
    text_url: str
    pages: int


def answers(
    row: PublishedSubmission, parts: Sequence[PublishedPart], labels: Mapping[str, str]
) -> list[AnswerShown]:
    """The public answers in their order, with the question each is on."""
    found, room = [], LONGEST_PAGE
    for part in parts:
        if part.is_file or part.text_version is None:
            continue
        text = part.text_version
        fits = len(text.text) <= room
        end = len(text.text) if fits else max(min(room, len(text.text)), 500)
        room -= min(end, room)
        found.append(
            AnswerShown(
                part,
                labels.get(part.question_id, part.question_id) if part.question_id else _("In general"),
                reverse("question", args=[part.question_id]) if part.question_id else "",
                tuple(pieces(text, 0, end)),
                "" if end >= len(text.text) else text_address(row, part),
            )
        )
    return found


def files(row: PublishedSubmission, parts: Sequence[PublishedPart]) -> list[FileShown]:
    """The public files in their order."""
    return [
        FileShown(
            part,
            part_name(part, number),
            part.attachment.media_type if part.attachment else "",
            part.attachment.size if part.attachment else 0,
            file_address(row, part) if part.attachment else "",
            text_address(row, part) if part.text_version else "",
            len(part.text_version.pages) if part.text_version else 0,
        )
        for number, part in enumerate((each for each in parts if each.is_file), start=1)
    ]


def part_name(part: PublishedPart, number: int | None = None) -> str:
    """What a part is called: the title that its sender gave it, the question, or its number among the files
    that are public. One query where the number is needed and not given.
    """
    if part.title:
        return part.title
    if part.question_id:
        return _("Answer to %(question)s") % {"question": part.question_id}
    if not part.is_file:
        return _("Answer in general")
    files_till_it = PublishedPart.objects.filter(
        published=part.published_id, is_file=True, position__lte=part.position
    )
    return _("File %(number)s") % {"number": number or files_till_it.count()}


def analysis_address(row: PublishedSubmission) -> str:
    """The permanent address of its page in the analysis that the public sees; "" where it is not in it."""
    consultation = row.call.consultation
    run = consultation.shown_run if consultation.is_public else None
    if run is None or not run.has_files or bulk_of(run).submission(row.identifier) is None:
        return ""
    return permanent(reverse("consultation_submission", args=[consultation.slug, row.identifier]))
