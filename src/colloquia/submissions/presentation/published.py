"""How public submissions are told of: who sent them, in a table, as a page and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from colloquia.core.components import Fact, FunnelRow
from colloquia.core.nothing import Nothing
from colloquia.core.tables import Column, Table
from colloquia.core.written import with_thousands
from colloquia.engines.jurisdictions import Profile
from colloquia.engines.languages.names import language_name
from colloquia.submissions.models import Channel, PublishedPart, PublishedSubmission, RespondentKind
from colloquia.submissions.queries.published import Counts, answered

_KINDS, _CHANNELS = dict(RespondentKind.choices), dict(Channel.choices)
_STATES = (RespondentKind.STATE, RespondentKind.OFFICE)


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom something is told: the naming profile in force and the language of the page."""

    profile: Profile
    language: str

    def territory(self, code: str | None) -> str:
        """The name of a territory; "" for none."""
        return self.profile.name(code, self.language) if code else ""

    def tongue(self, code: str) -> str:
        """The name of a language; "" for none."""
        return language_name(code, self.language) if code else ""


def sender(row: PublishedSubmission, reader: Reader) -> str:
    """Who sent it, as far as that is public."""
    if row.is_anonymous:
        return _("Sender not named")
    if row.kind in _STATES and not row.organisation:
        return reader.territory(row.territory_id) or str(_KINDS[row.kind])
    return row.organisation or row.name or str(_KINDS.get(row.kind, row.kind))


def address(row: PublishedSubmission) -> str:
    """The path of its page."""
    return reverse("submission", args=[row.identifier])


def permanent(path: str) -> str:
    """A path with the site's name before it."""
    return f"{settings.PUBLIC_URL}{path}"


def table(
    rows: Iterable[PublishedSubmission],
    reader: Reader,
    *,
    known: Mapping[int, tuple[list[str], int]],
    base: str = "",
    total: int | None = None,
) -> Table:
    """The list as a table; ``known`` gives questions and files of those rows that a page shows."""
    return Table(
        "submissions", _("Published submissions"), _columns(), _lines(rows, reader, known), base=base,
        empty=_("No published submission matches. Remove a filter to see more."),
        total=total,
    )  # fmt: skip


def whole_table(chunks: Iterable[list[PublishedSubmission]], reader: Reader) -> Table:
    """The same for a file: row after row, never all in memory."""

    def lines() -> Iterator[dict[str, Any]]:
        for rows in chunks:
            yield from _lines(rows, reader, answered(rows))

    return Table("submissions", _("Published submissions"), _columns(), lines())


def _columns() -> tuple[Column, ...]:
    return (
        Column("sender", _("Sender"), link="url", note="about"),
        Column("identifier", _("Id"), "identifier"),
        Column("kind", _("Kind of respondent"), shown=False),
        Column("on_behalf_of", _("On behalf of"), shown=False),
        Column("parties", _("Together with"), shown=False),
        Column("stakeholder", _("Stakeholder group"), shown=False),
        Column("territory", _("Established in"), shown=False),
        Column("territory_code", _("Code"), "identifier", shown=False),
        Column("questions", _("Questions")),
        Column("files", _("Files"), "number"),
        Column("sealed_parts", _("Parts not published"), "number"),
        Column("redactions", _("Redactions"), "number", shown=False),
        Column("language", _("Language")),
        Column("channel", _("Channel"), shown=False),
        Column("received_on", _("Received"), "date", note="lateness"),
        Column("is_late", _("After the deadline"), shown=False),
        Column("changed_at", _("Last change"), "date", shown=False),
    )


def _lines(
    rows: Iterable[PublishedSubmission], reader: Reader, known: Mapping[int, tuple[list[str], int]]
) -> list[dict[str, Any]]:
    late = _("after the deadline")
    found = []
    for row in rows:
        territory = reader.territory(row.territory_id)
        questions, files = known.get(row.pk, ([], 0))
        found.append(
            {
                "sender": sender(row, reader),
                "url": address(row),
                "about": " · ".join(
                    part for part in (row.stakeholder, "" if row.kind in _STATES else territory) if part
                ),
                "identifier": row.identifier,
                "kind": str(_KINDS.get(row.kind, row.kind)),
                "on_behalf_of": row.on_behalf_of or None,
                "parties": "; ".join(_party_names(row, reader)) or None,
                "stakeholder": row.stakeholder or None,
                "territory": territory or None,
                "territory_code": row.territory_id,
                "questions": " ".join(questions) or None,
                "files": files,
                "sealed_parts": row.sealed_parts,
                "redactions": row.redactions,
                "language": reader.tongue(row.language) or None,
                "channel": str(_CHANNELS.get(row.channel, row.channel)),
                "received_on": row.received_on,
                "lateness": late if row.is_late else "",
                "is_late": row.is_late,
                "changed_at": row.changed_at,
            }
        )
    return found


def _party_names(row: PublishedSubmission, reader: Reader) -> list[str]:
    names = (
        (str(party.get("name", "")), reader.territory(str(party.get("territory", ""))))
        for party in row.parties
    )
    return [f"{name} ({territory})" if name and territory else name or territory for name, territory in names]


def facts(row: PublishedSubmission, reader: Reader) -> list[Fact]:
    """What is known of one submission, in the order in which it is asked for."""
    found = [
        Fact(_("Kind of respondent"), _KINDS.get(row.kind, row.kind)),
        _fact(_("On behalf of"), row.on_behalf_of),
        *(Fact(_("Together with"), name) for name in _party_names(row, reader)),
        _fact(_("Stakeholder group"), row.stakeholder),
        _fact(_("Established in"), reader.territory(row.territory_id)),
        _fact(_("Language"), reader.tongue(row.language) or _("Not stated")),
        Fact(_("Channel"), _CHANNELS.get(row.channel, row.channel)),
        Fact(_("Received"), moment=row.received_on),
        Fact(_("Published"), moment=row.published_at),
    ]
    if row.changed_at.date() != row.published_at.date():
        found.append(Fact(_("Last change"), moment=row.changed_at))
    return [fact for fact in found if fact.value or fact.moment]


def _fact(term: str, value: str) -> Fact:
    return Fact(term, value)


def counts_rows(counts: Counts, *, officer: bool = False) -> list[FunnelRow]:
    """From received to published. Why others are not public is told only where that tells of nobody."""
    rows = [
        FunnelRow(_("Received"), counts.received, _("Every submission that counts; those withdrawn do not.")),
        FunnelRow(pgettext("number of submissions", "Published"), counts.published, inner=True),
    ]
    if not (counts.tells_reasons or officer):
        more = _("They are being checked, confidential or withheld; the parts are too small to tell apart.")
        return [*rows, FunnelRow(_("Not published"), counts.not_public, more, inner=True)]
    return [
        *rows,
        FunnelRow(_("Being checked"), counts.checking, inner=True),
        FunnelRow(
            _("Confidential"),
            counts.confidential,
            _("Counted, and not published: so the senders wished."),
            inner=True,
        ),
        FunnelRow(_("Withheld"), counts.withheld, _("Kept back by the secretariat."), inner=True),
    ]


def file_address(row: PublishedSubmission, part: PublishedPart) -> str:
    """The path of a file."""
    return reverse("submission_file", args=[row.identifier, part.position])


def text_address(row: PublishedSubmission, part: PublishedPart) -> str:
    """The path of the text of a part."""
    return reverse("submission_text", args=[row.identifier, part.position])


def base_sentence(shown: int, counts: Counts, *, narrowed: bool) -> str:
    """What the list was made of."""
    if narrowed:
        return _("%(shown)s of %(published)s published submissions match the filters.") % {
            "shown": with_thousands(shown), "published": with_thousands(counts.published)
        }  # fmt: skip
    return _("Of %(received)s submissions received.") % {"received": with_thousands(counts.received)}


def nothing_published(counts: Counts) -> Nothing:
    """Which kind of nothing an empty list is."""
    return Nothing("not_published") if counts.received else Nothing("none_received")
