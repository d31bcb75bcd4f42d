"""Everything that the site holds about a person, as one archive that is made while it is sent."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, cast

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.utils import timezone

from colloquia.accounts import queries
from colloquia.accounts.models import User
from colloquia.core.filenames import safe_name
from colloquia.core.models import Attachment, AuditEntry, OutgoingMail
from colloquia.core.registry import registered_personal_data

_CHUNK = 256 * 1024


class _Outlet:
    """What an archive is written to: kept until it is taken away."""

    def __init__(self) -> None:
        self.waiting: list[bytes] = []

    def write(self, data: bytes) -> int:
        self.waiting.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing lies anywhere else."""

    def taken(self) -> bytes:
        whole = b"".join(self.waiting)
        self.waiting.clear()
        return whole


def archive_of(user: User) -> Iterator[bytes]:
    """The pieces of a ZIP archive: ``data.json``, and under ``files/`` what the person sent, byte for byte.

    A file whose bytes are gone is named in ``data.json`` all the same.
    """
    outlet = _Outlet()
    files = [
        (f"files/{source.name}/{number:04}-{safe_name(name)}", attachment)
        for source in registered_personal_data()
        for number, (name, attachment) in enumerate(source.files(user), start=1)
    ]
    with zipfile.ZipFile(cast(IO[bytes], outlet), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps(records_of(user), ensure_ascii=False, indent=1, default=str))
        yield outlet.taken()
        for place, attachment in files:
            if attachment.destroyed_at is None and attachment.path.is_file():
                yield from _file(archive, outlet, place, attachment.path)
    yield outlet.taken()


def records_of(user: User) -> dict[str, Any]:
    """Everything as plain values, by the part of the site that keeps it."""
    return {
        "made_at": timezone.now().isoformat(),
        "account": _account(user),
        "messages_sent_to_you": list(
            OutgoingMail.objects.filter(recipient=user.email).values(
                "subject", "template", "created_at", "sent_at"
            )
        ),
        "acts_of_yours": list(
            AuditEntry.objects.filter(actor=user).values("at", "verb", "object_type", "object_id", "note")
        ),
        "acts_about_you": list(
            AuditEntry.objects.filter(object_type="accounts.user", object_id=str(user.pk)).values(
                "at", "verb", "changes", "note"
            )
        ),
        "files_you_sent": list(
            Attachment.objects.filter(received_from=user).values("name", "size", "sha256", "received_at")
        ),
        **{source.name: source.records(user) for source in registered_personal_data()},
    }


def _account(user: User) -> dict[str, Any]:
    roles = user.roles.values("role", "territory", "granted_at", "ended_at")
    members = user.memberships.values(
        "organisation__name", "function", "asked_at", "confirmed_at", "ended_at"
    )
    delegations = user.delegations.values(
        "delegation__occasion", "delegation__territory", "delegation__organisation__name", "capacity",
        "added_at", "confirmed_at", "ended_at",
    )  # fmt: skip
    return {
        "number": user.pk,
        "email": user.email,
        "name": user.name,
        "language": user.language,
        "time_zone": user.time_zone,
        "joined": user.date_joined,
        "last_login": user.last_login,
        "addresses": list(EmailAddress.objects.filter(user=user).values("email", "verified", "primary")),
        "second_factors": list(
            Authenticator.objects.filter(user=user).values("type", "created_at", "last_used_at")
        ),
        "roles": list(roles),
        "organisations": list(members),
        "delegations": list(delegations),
        "sessions": list(queries.sessions_of(user).values("device", "begun_at", "seen_at")),
    }


def _file(archive: zipfile.ZipFile, outlet: _Outlet, place: str, path: Path) -> Iterator[bytes]:
    with path.open("rb") as source, archive.open(place, "w", force_zip64=True) as target:
        while block := source.read(_CHUNK):
            target.write(block)
            if piece := outlet.taken():
                yield piece
