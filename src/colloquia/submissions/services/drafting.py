"""Writing an answer: begun once, saved field by field, so that two people lose nothing to each other."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from colloquia.core import audit, private_links
from colloquia.submissions.answer_fields import built, default, flat, mark
from colloquia.submissions.models import AnswerDraft, Call, Submission
from colloquia.submissions.records import Content

LINK = "draft"
ASIDE = "aside"
MOST_ASIDE = 200


class DraftSent(Exception):
    """The draft was sent meanwhile: it takes nothing more. ``draft`` is the row as it is now."""

    def __init__(self, draft: AnswerDraft) -> None:
        self.draft = draft
        super().__init__("The draft was sent.")


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save did.

    Args:
        draft: the row as it is now.
        changed: names of fields that hold what was given now.
        conflicts: by field, the text that somebody else saved meanwhile. It stays; what was given is kept
            aside, to be chosen.
    """

    draft: AnswerDraft
    changed: frozenset[str] = frozenset()
    conflicts: Mapping[str, str] | None = None


def begin(
    *,
    call: Call,
    owner: Any = None,
    email: str = "",
    interface_language: str = "en",
    content: Content | None = None,
    replaces: Submission | None = None,
    confirmed_at: datetime | None = None,
) -> AnswerDraft:
    """Begin a draft of an account, or of an e-mail address that waits for its confirmation."""
    draft = AnswerDraft(
        call=call,
        owner=owner,
        email="" if owner else email,
        confirmed_at=confirmed_at or (timezone.now() if owner else None),
        interface_language=interface_language,
        content=(content or Content()).as_json(),
        replaces=replaces,
    )
    draft.token_digest = private_links.digest(draft_token(draft))
    with transaction.atomic():
        draft.save(force_insert=True)
        audit.record(draft, "submissions.begin_draft", by=owner)
    return draft


def draft_token(draft: AnswerDraft) -> str:
    """The token of the draft's private page."""
    return private_links.token(LINK, draft.pk, issue=draft.token_issue)


def is_sent(draft: AnswerDraft) -> bool:
    """Whether it became a submission, or a version of one."""
    return draft.submission_id is not None or draft.sent_version is not None


def locked(draft: AnswerDraft) -> AnswerDraft:
    """The row, locked until the caller's transaction ends. Raises DraftSent."""
    row = AnswerDraft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if is_sent(row):
        raise DraftSent(row)
    return row


def save(
    *,
    draft: AnswerDraft,
    values: Mapping[str, str],
    seen: Mapping[str, str],
    order: tuple[str, ...],
    editor: str = "",
    now: datetime | None = None,
) -> Saved:
    """Save fields.

    A field that the person did not change is left as it is now; one that only they changed is theirs; one
    that somebody else changed too keeps what was saved first, and what was given is kept aside with it.

    Args:
        values: by field, what the form holds now. Fields that are not in it stay.
        seen: by field, the ``mark`` of what the form held when it was made; blank ones may be left out.
        order: permanent ids of the questions in the call's order.
        editor: the page that saves, so that its later text takes the place of its earlier one aside.

    Raises:
        DraftSent: it was sent meanwhile; nothing was saved.
    """
    with transaction.atomic():
        row = locked(draft)
        held = flat(Content.from_json(row.content))
        changed, conflicts = set(), {}
        for name, value in values.items():
            here, first = held.get(name, default(name)), default(name)
            was = seen.get(name, mark(first))
            if value == here or mark(value) == was:
                continue
            if mark(here) != was:
                conflicts[name] = here
                continue
            held[name] = value
            changed.add(name)
        # What this very page typed before is taken over by what it types now.
        aside = [
            each
            for each in _aside(row)
            if not (editor and each["editor"] == editor and each["field"] in changed)
        ]
        if conflicts:
            kept = [each for each in aside if not (each["editor"] == editor and each["field"] in conflicts)]
            stamp = (now or timezone.now()).isoformat()
            kept += [
                {
                    "id": uuid.uuid4().hex[:12],
                    "field": name,
                    "text": values[name],
                    "editor": editor,
                    "at": stamp,
                }
                for name in conflicts
            ]
            aside = kept[-MOST_ASIDE:]
        if changed or conflicts:
            write(row, held, order, aside, now=now)
        return Saved(row, frozenset(changed), conflicts)


def choose_aside(
    *, draft: AnswerDraft, take: set[str], drop: set[str], order: tuple[str, ...], now: datetime | None = None
) -> AnswerDraft:
    """Put texts that were kept aside into their fields, whose texts are kept aside in turn; or remove some.

    Raises:
        DraftSent: it was sent meanwhile.
    """
    with transaction.atomic():
        row = locked(draft)
        held, kept = flat(Content.from_json(row.content)), []
        for each in _aside(row):
            if each["id"] in drop:
                continue
            if each["id"] not in take:
                kept.append(each)
                continue
            name = each["field"]
            replaced, held[name] = held.get(name, default(name)), each["text"]
            if replaced.strip() and replaced != each["text"]:
                kept.append({**each, "text": replaced})
        write(row, held, order, kept, now=now)
        return row


def aside_of(draft: AnswerDraft) -> dict[str, list[dict[str, str]]]:
    """By field, the texts that are kept beside it: ``id``, ``text``, ``at``."""
    found: dict[str, list[dict[str, str]]] = {}
    for each in _aside(draft):
        found.setdefault(each["field"], []).append(each)
    return found


def write(
    row: AnswerDraft,
    values: Mapping[str, str],
    order: tuple[str, ...],
    aside: list[dict[str, str]],
    *,
    now: datetime | None = None,
) -> None:
    """Write the fields of a row that the caller has locked."""
    row.content = built(values, order).as_json() | ({ASIDE: aside} if aside else {})
    touch(row, now=now, also=("content",))


def touch(row: AnswerDraft, *, now: datetime | None = None, also: tuple[str, ...] = ()) -> None:
    """Count a change of a row that the caller has locked."""
    row.version += 1
    row.saved_at = now or timezone.now()
    row.save(update_fields=["version", "saved_at", *also])


def _aside(draft: AnswerDraft) -> list[dict[str, str]]:
    return list(draft.content.get(ASIDE, ()))
