"""Why a decision on organisations is not made, in words for the officer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colloquia.consultations.models import OrganisationDecision
from colloquia.consultations.models.organisations import OrganisationVerdict
from colloquia.core.written import showable

_WORDS: dict[str, Any] = {
    "signed": gettext_lazy(
        "This run is signed and keeps its organisations. Analyse again, and decide on the new run."
    ),
    "unknown": gettext_lazy(
        "This run has no such organisation any more. Go back to the list and choose from it."
    ),
    "too few": gettext_lazy("Choose at least two organisations."),
    "no name": gettext_lazy("Choose or write the name under which the organisation is shown."),
    "long name": gettext_lazy("The name is longer than 300 characters. Shorten it."),
    "all names": gettext_lazy(
        "Leave at least one name with the organisation; what is taken out is the rest."
    ),
    "no names": gettext_lazy("Choose the names to take out."),
    "several": gettext_lazy("These names belong to different organisations. Choose names of one of them."),
    "one already": gettext_lazy("These are one organisation already; nothing was changed."),
    "apart already": gettext_lazy("This was decided already; nothing was changed."),
    "machine": gettext_lazy(
        "These are written alike and were joined by the machine. Take names out of the organisation instead."
    ),
    "undone": gettext_lazy("This decision was undone already."),
    "no decision": gettext_lazy("There is no such decision."),
}


class OrganisationsRefused(Exception):
    """A decision makes no sense as things stand. ``code`` is a stable word; the text is for people."""

    def __init__(self, code: str, text: str = "") -> None:
        self.code = code
        self.text = text
        super().__init__(code)

    def __str__(self) -> str:
        return self.text or str(_WORDS[self.code])


def contradicts(
    apart: OrganisationDecision, joined: Sequence[OrganisationDecision], *, undoing: bool = False
) -> OrganisationsRefused:
    """Refused since ``apart`` would no longer hold; ``joined`` are the decisions before that play a part."""
    values = {"apart": told(apart), "joined": " ".join(told(row) for row in joined)}
    if joined:
        text = _(
            "This contradicts what was decided before: %(apart)s Together with the following it cannot hold: "
            "%(joined)s Undo one of these decisions first."
        )
    elif undoing:
        text = _("Another decision rests on this one: %(apart)s Undo that one first.")
    else:
        text = _("This contradicts what was decided before: %(apart)s Undo that decision first.")
    return OrganisationsRefused("contradiction", text % values)


def joined_by(rows: Sequence[OrganisationDecision]) -> OrganisationsRefused:
    """Refused to keep apart what ``rows`` made one."""
    text = _("These are one organisation by what was decided before: %(joined)s Undo that first.")
    return OrganisationsRefused("joined", text % {"joined": " ".join(told(row) for row in rows)})


def meanwhile(rows: Sequence[OrganisationDecision]) -> OrganisationsRefused:
    """Refused since others decided on the same organisations after the officer's page was made."""
    text = _("While you were looking: %(theirs)s Look again, then decide.")
    return OrganisationsRefused("conflict", text % {"theirs": " ".join(told(row) for row in rows)})


def told(row: OrganisationDecision) -> str:
    """A decision in a sentence, with who and when, and that it was undone."""
    values = {
        "who": _isolated(str(row.by)),
        "when": date_format(timezone.localtime(row.at), "DATETIME_FORMAT"),
        "what": said(row),
    }
    if row.undone_at is not None:
        values["undone"] = _isolated(str(row.undone_by))
        return _("%(what)s (%(who)s, %(when)s; undone by %(undone)s.)") % values
    return _("%(what)s (%(who)s, %(when)s.)") % values


def said(row: OrganisationDecision) -> str:
    """What was decided, in a sentence."""
    names = [_("“%(name)s”") % {"name": _isolated(name)} for name in row.names or row.keys]
    first, last = names[0], names[-1]
    values = {"names": _(", ").join(names), "first": first, "last": last, "shown": _isolated(row.name)}
    match row.verdict:
        case OrganisationVerdict.SAME:
            return _("%(names)s are one organisation, shown as “%(shown)s”.") % values
        case OrganisationVerdict.PART:
            return _("%(last)s is a part of %(first)s, and counts as an organisation of its own.") % values
        case OrganisationVerdict.SPLIT:
            return _("%(names)s: an organisation of its own, shown as “%(shown)s”.") % values
    return _("%(first)s and %(last)s are different organisations.") % values


def _isolated(text: str) -> str:
    """Received text within a sentence, which neither turns what stands around it nor is turned by it."""
    return f"\u2068{showable(text)}\u2069"
