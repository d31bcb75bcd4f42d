"""Puts a canary into every field of words of every sealed row, and knows digests that would tell of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import models

from colloquia.core.models import Attachment, LedgerOpening, OutgoingMail
from colloquia.submissions import models as tables
from colloquia.submissions.models import Call, PublishedPart, Submission, TextVersion
from tests.leaks.canaries import Canaries
from tests.leaks.fields import KEPT, OFFICE, SHAPES, sealed_tables, words_of


@dataclass
class World:
    """What was planted, and what addresses need to be made of."""

    canaries: Canaries
    call: Call
    own: list[str] = field(default_factory=list)
    public: list[str] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    addresses: dict[str, str] = field(default_factory=dict)

    def word(self, place: str, reader: str = "nobody") -> str:
        """A canary for a place."""
        return self.canaries.word(place, reader)


def public_texts() -> list[int]:
    rows = PublishedPart.objects.exclude(text_version=None).values_list("text_version", flat=True)
    return [each for each in rows if each is not None]


def overwrite(world: World, own: Submission) -> None:
    """Put a word into every field of words of every sealed row, also where the same is public elsewhere:
    what reads the sealed table instead of the public one is found.
    """
    public = set(public_texts())
    for model in [*sealed_tables(), Attachment]:
        for row in model._default_manager.all():
            if (model is TextVersion and row.pk in public) or _submission_of(row) == own.pk:
                continue
            for each in words_of(model):
                if each.name in KEPT or each.name in {"media_type"}:
                    continue
                _set(world, row, each)


def _submission_of(row: models.Model) -> int | None:
    """The submission that a row belongs to; None for a row of none."""
    if isinstance(row, Submission):
        return row.pk
    version = getattr(row, "version", None)
    found = getattr(version, "submission_id", None) or getattr(row, "submission_id", None)
    if isinstance(row, LedgerOpening) and row.about_type == "submissions.submission":
        return int(row.about_id)
    return found


def _set(world: World, row: models.Model, each: models.Field[Any, Any]) -> None:
    model = type(row)
    name = f"{model.__name__}.{each.name}"
    before = getattr(row, each.attname)
    held = world.canaries.found_in(before)
    reader = "office" if each.name in OFFICE.get(model.__name__, ()) else "nobody"
    if _is_shut(row):
        reader = "nobody"
    elif held:
        reader = next(iter(held)).reader
    word = world.word(f"{name} {row.pk}", reader)
    value: Any = word
    if model is TextVersion and each.name == "text":
        value = word.ljust(len(str(before)), ".")  # as long as it was: findings point into it
    elif isinstance(each, models.JSONField):
        value = SHAPES[name](word)
    elif isinstance(each, models.EmailField):
        value = f"{word}@sealed.example"
        if model is OutgoingMail or model.__name__ in {"SubmissionVersion", "AnswerDraft"}:
            world.own.append(value)
    elif model is Attachment:
        value = f"{word}.txt"
    model._default_manager.filter(pk=row.pk).update(**{each.name: value})


def _is_shut(row: models.Model) -> bool:
    """Whether what the row holds is shut for officers too."""
    if isinstance(row, Attachment):
        if tables.ImportSource.objects.filter(attachment=row).exists():
            return False
        files = tables.SubmissionFile.objects.filter(attachment=row)
        named = files.filter(version__publication="named", version__submission__withdrawn_at=None)
        return not files.exclude(secrecy="confidential").exists() or (
            files.filter(is_original=True).exists() and not named.exists()
        )
    return False


def note_digests(world: World, own: Submission) -> None:
    """Hashes by which sealed words could be guessed, tokens found, or commitments opened."""
    for model, name in (
        *((tables.Submission, "link_digest"), (tables.AnswerDraft, "token_digest")),
        (tables.Clearance, "token_digest"),
    ):
        for row in model._default_manager.all():
            if row == own:
                continue
            world.canaries.digest(getattr(row, name), f"{model.__name__}.{name} {row.pk}")
    for version in tables.SubmissionVersion.objects.exclude(submission=own):
        world.canaries.digest(version.sha256, f"hash of the document {version.pk}", "office")
    for text in TextVersion.objects.exclude(pk__in=public_texts()).exclude(version__submission=own):
        world.canaries.digest(text.sha256, f"hash of the text {text.pk}", "office")
    given = set(PublishedPart.objects.exclude(attachment=None).values_list("attachment__sha256", flat=True))
    for file in Attachment.objects.exclude(sha256__in=given):
        world.canaries.digest(file.sha256, f"hash of the file {file.pk}", "office")
    for opening in LedgerOpening.objects.exclude(about_type="submissions.submission", about_id=str(own.pk)):
        world.canaries.digest(bytes(opening.salt).hex(), f"salt of entry {opening.pk}")
