"""What the page of files sends: one file, and what the sender says of those that are there."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import QueryDict

from colloquia.submissions.forms.answering import Languages
from colloquia.submissions.models import DraftFile, Secrecy
from colloquia.submissions.services.drafting_files import Description

_LONGEST_TITLE = 300
_LONGEST_TEXT = 5000


def read_descriptions(
    data: QueryDict, files: Iterable[DraftFile], languages: Languages
) -> dict[int, Description]:
    """By id, what the form says of each file that is in it."""
    return {
        each.pk: _description(data, each.pk, languages)
        for each in files
        if f"files.{each.pk}" in data and not each.is_original
    }


def _description(data: QueryDict, pk: int, languages: Languages) -> Description:
    def text(name: str, most: int = _LONGEST_TEXT) -> str:
        return data.get(f"files.{pk}.{name}", "").replace("\r\n", "\n").strip()[:most]

    other = text("public_version_of")
    secrecy = text("secrecy")
    return Description(
        title=" ".join(text("title").split())[:_LONGEST_TITLE],
        language=languages.code(text("language"))[:12],
        secrecy=secrecy if secrecy in Secrecy.values else Secrecy.PUBLIC,
        secrecy_reason=text("secrecy_reason"),
        rights_statement=text("rights_statement"),
        mining_reserved=f"files.{pk}.mining_reserved" in data,
        public_version_of=int(other) if other.isascii() and other.isdigit() and len(other) < 15 else 0,
    )
