"""Texts that several submissions share. Of merely similar messages the public sees counts alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from colloquia.consultations.models import SharedText
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.presentation.words import KINDS, Sender, sender
from colloquia.core.components import Change
from colloquia.core.tables import Column, Table
from colloquia.core.written import with_thousands
from colloquia.engines.bulk import MemberRow

PER_PAGE = 50
LONGEST = 6_000
"""Words of two texts together whose differences are still shown word by word."""
_WORDS = re.compile(r"\s+|[぀-ヿ㐀-鿿豈-﫿]|[^\W぀-ヿ㐀-鿿豈-﫿]+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Group:
    """A shared text in the list. ``added`` counts members that wrote words of their own, each text once."""

    row: SharedText
    kind: str
    added: int
    url: str


@dataclass(frozen=True, slots=True)
class Member:
    """A sender of a shared text."""

    row: MemberRow
    sender: Sender
    url: str
    difference_url: str


def groups(visit: Visit) -> list[Group]:
    """Every shared text, the largest first within its kind. Two queries."""
    added = _added(visit.run.folder)
    rows = SharedText.objects.filter(run=visit.run).order_by("kind", "-members", "position")
    order = list(KINDS)
    return [group_of(visit, row, added) for row in sorted(rows, key=lambda item: order.index(item.kind))]


def group_of(visit: Visit, row: SharedText, added: Mapping[str, int] | None = None) -> Group:
    """One of them."""
    counted = _added(visit.run.folder) if added is None else added
    return Group(
        row,
        str(KINDS[row.kind]),
        counted.get(row.group_id, 0),
        visit.url("consultation_shared_text", row.group_id),
    )


@lru_cache(maxsize=16)
def _added(folder: Path) -> Mapping[str, int]:
    """Distinct texts that members added, by group."""
    import duckdb

    with duckdb.connect(":memory:", config={"threads": 1}) as connection:
        rows = connection.execute(
            """SELECT group_id, count(DISTINCT trim(unique_text)) FILTER (trim(unique_text) <> '')
FROM read_parquet(?) GROUP BY 1""",
            [str(folder / "group_members.parquet")],
        ).fetchall()
    return {str(name): int(count) for name, count in rows}


def may_name(visit: Visit, row: SharedText) -> bool:
    """Whether this reader may know who sent it."""
    return visit.officer or row.kind != "similar"


def members(visit: Visit, row: SharedText, limit: int, offset: int) -> tuple[list[Member], int]:
    """A page of the senders, with what each added. Only for those who may know."""
    rows, total = visit.bulk.members(row.group_id, limit=limit or row.members, offset=offset)
    return [
        Member(
            item,
            sender(visit, item),
            visit.url("consultation_submission", item.submission_id),
            f"{visit.url('consultation_shared_text', row.group_id, member=item.submission_id)}#difference",
        )
        for item in rows
    ], total


def text_of(visit: Visit, submission_id: str) -> str:
    """The text of a submission as it was received, its documents one below the other."""
    texts = [
        visit.bulk.text_of(document.document_id) or ""
        for document in visit.bulk.documents_of(submission_id)
        if not document.translation_of
    ]
    return "\n\n".join(text.strip() for text in texts if text.strip())


def difference(letter: str, text: str) -> list[Change] | None:
    """What ``text`` adds to ``letter`` and leaves out, word by word; None where both are too long for it."""
    left, right = _WORDS.findall(letter), _WORDS.findall(text)
    if len(left) + len(right) > LONGEST:
        return None
    changes: list[Change] = []
    for act, first, last, start, end in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if act == "equal":
            changes.append(Change("same", "".join(left[first:last])))
            continue
        if first < last:
            changes.append(Change("removed", "".join(left[first:last])))
        if start < end:
            changes.append(Change("added", "".join(right[start:end])))
    return changes


def group_table(listed: list[Group], received: int) -> Table:
    """The shared texts as a table, of all ``received`` submissions."""
    columns = (
        Column("kind", _("Kind")),
        Column("group_id", _("Shared text"), "identifier", link="url"),
        Column("members", _("Submissions"), "number", bar="share"),
        Column("added", _("Texts that members added"), "number"),
    )
    most = max((item.row.members for item in listed), default=0)
    rows = [
        {
            "kind": item.kind,
            "group_id": item.row.group_id,
            "url": item.url,
            "members": item.row.members,
            "share": item.row.members / most if most else None,
            "added": item.added,
        }
        for item in listed
    ]
    return Table(
        "shared-texts",
        _("Texts that several submissions share"),
        columns,
        rows,
        base=_("Of %(base)s submissions.") % {"base": with_thousands(received)},
        empty=_("No text was sent by more than one."),
    )


def member_table(visit: Visit, row: SharedText) -> Table:
    """All senders of a shared text with what each added, for the files."""
    columns = (
        Column("submission_id", _("Submission"), "identifier", link="url"),
        Column("organisation", _("Organisation")),
        Column("territory", _("Established in")),
        Column("language", _("Language code"), "identifier"),
        Column("unique_text", _("What this sender added")),
    )
    listed, _total = members(visit, row, 0, 0)
    rows: list[dict[str, Any]] = [
        {
            "submission_id": item.row.submission_id,
            "url": visit.permanent("consultation_submission", item.row.submission_id),
            "organisation": item.row.organisation or None,
            "territory": visit.territory(item.row.country) or None,
            "language": item.row.language or None,
            "unique_text": item.row.unique_text or None,
        }
        for item in listed
    ]
    return Table("members", _("Senders of the shared text"), columns, rows)
