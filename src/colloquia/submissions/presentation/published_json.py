"""Public submissions as JSON: the same facts as on the pages, and the same left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from colloquia.submissions.models import PublishedPart, PublishedSubmission
from colloquia.submissions.presentation.published import address, file_address, permanent, text_address
from colloquia.submissions.queries.published import Counts


def counts_json(counts: Counts) -> dict[str, int | None]:
    """The same as JSON; null where a part is not told by itself."""
    told = counts.tells_reasons
    return {
        "received": counts.received,
        "published": counts.published,
        "not_published": counts.not_public,
        "being_checked": counts.checking if told else None,
        "confidential": counts.confidential if told else None,
        "withheld": counts.withheld if told else None,
    }


def row_json(row: PublishedSubmission) -> dict[str, Any]:
    """One submission without its parts."""
    return {
        "id": row.identifier,
        "url": permanent(address(row)),
        "version": row.version,
        "respondent": {
            "kind": row.kind,
            "anonymous": row.is_anonymous,
            "name": row.name or None,
            "organisation": row.organisation or None,
            "on_behalf_of": row.on_behalf_of or None,
            "territory": row.territory_id,
            "stakeholder": row.stakeholder or None,
            "parties": row.parties,
        },
        "language": row.language or None,
        "channel": row.channel,
        "received_on": row.received_on.isoformat(),
        "is_late": row.is_late,
        "parts_not_published": row.sealed_parts,
        "redactions": row.redactions,
        "published_at": row.published_at.isoformat(),
        "changed_at": row.changed_at.isoformat(),
    }


RESERVED = "The sender reserved text and data mining; read the text at its address."
"""Why a full text is not in a file for programs. It stands in files, so it is not translated."""


def part_json(row: PublishedSubmission, part: PublishedPart, *, full: bool = True) -> dict[str, Any]:
    """One part; its text where ``full``, unless its sender reserved text and data mining."""
    text = part.text_version
    found: dict[str, Any] = {
        "submission": row.identifier,
        "position": part.position,
        "question": part.question_id or None,
        "title": part.title or None,
        "is_file": part.is_file,
        "language": part.language or None,
        "redacted": part.is_redacted,
        "public_version": part.is_public_version,
        "rights_statement": part.rights_statement or None,
        "mining_reserved": part.mining_reserved,
        "file": file_json(row, part),
        "text_url": permanent(text_address(row, part)) if text else None,
        "text_sha256": text.sha256 if text else None,
    }
    if full and text:
        found["text"] = None if part.mining_reserved else text.text
        if part.mining_reserved:
            found["text_left_out"] = RESERVED
    return found


def file_json(row: PublishedSubmission, part: PublishedPart) -> dict[str, Any] | None:
    """The file of a part as it is given out, or None."""
    if part.attachment is None:
        return None
    return {
        "url": permanent(file_address(row, part)),
        "media_type": part.attachment.media_type,
        "size": part.attachment.size,
        "sha256": part.attachment.sha256,
    }


def linked_data(row: PublishedSubmission, parts: Sequence[PublishedPart], title: str) -> dict[str, Any]:
    """The submission in the words of schema.org."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "@id": permanent(address(row)),
        "identifier": row.identifier,
        "dateCreated": row.received_on.isoformat(),
        "datePublished": row.published_at.date().isoformat(),
        "isPartOf": {
            "@type": "CreativeWork",
            "name": title,
            "url": permanent(reverse("submissions", args=[row.call.consultation.slug])),
        },
        "about": [
            {"@id": permanent(reverse("question", args=[part.question_id]))}
            for part in parts
            if part.question_id
        ],
        "associatedMedia": [
            {
                "@type": "MediaObject",
                "contentUrl": file["url"],
                "encodingFormat": file["media_type"],
                "contentSize": str(file["size"]),
                "sha256": file["sha256"],
            }
            for part in parts
            if (file := file_json(row, part))
        ],
    }
    if row.language:
        data["inLanguage"] = row.language
    author = row.organisation or row.name
    if author:
        data["author"] = {"@type": "Organization" if row.organisation else "Person", "name": author}
    return {name: value for name, value in data.items() if value != []}
