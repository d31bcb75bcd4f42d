"""What is published with a summary, as facts: run, corrections, coverage, agreement, what is missing."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from colloquia.core.components import Fact
from colloquia.core.written import with_thousands
from colloquia.engines.languages.names import language_name


def facts_of(said: dict[str, Any], *, run_url: str = "", corrections_url: str = "") -> list[Fact]:
    """The same for a page, in the order in which a reader asks."""
    coverage, missing = said["coverage"], said["missing"]
    values = {"read": with_thousands(coverage["read"]), "received": with_thousands(coverage["received"])}
    found = [
        Fact(_("Run"), said["run"], run_url),
        Fact(_("SHA-256 of the run’s manifest"), said["fingerprint"]),
        Fact(_("Program"), said["program"]),
        Fact(_("Corrections by officers in effect"), len(said["corrections"]), corrections_url),
        Fact(_("Read by a person"), _("%(read)s of %(received)s submissions") % values),
        Fact(_("Double coding"), agreement(said["agreement"])),
        Fact(_("Not read by a person"), missing["unread"]),
        Fact(_("Received and not published"), missing["not_published"]),
        Fact(_("Languages that the machine does not compare"), _languages(missing["unsupported_languages"])),
        Fact(_("SHA-256 of the summary"), said.get("sha256", "")),
    ]
    if said["computed"]:
        found.insert(1, Fact(_("Computed"), moment=_day(said["computed"])))
    return [fact for fact in found if fact.value != ""]


def agreement(samples: list[dict[str, Any]]) -> str:
    """What double coding says of agreement, in a sentence; that there was none is said too."""
    measured = [sample["alpha"] for sample in samples if sample["alpha"] is not None]
    if not samples:
        return _("No passages were coded by two people, so agreement is not known.")
    text = ngettext("%(n)s sample coded by two people", "%(n)s samples coded by two people", len(samples))
    said = text % {"n": len(samples)}
    if not measured:
        return said
    alphas = ", ".join(f"{value:.2f}" for value in measured)
    return _("%(said)s; Krippendorff’s alpha %(alphas)s") % {"said": said, "alphas": alphas}


def limits(*, leads: bool = True) -> tuple[str, ...]:
    """What nobody should conclude. ``leads``: whether the reader reaches the passages from the quotations."""
    return (
        _(
            "Those who answer a call choose to do so. A summary of what they said is not what a public, a "
            "profession or a country thinks."
        ),
        _("No position of any state, office or person was inferred by a program."),
        _(
            "A quotation stands for itself. The whole passage, and the file that it comes from, are one "
            "click away."
        )
        if leads
        else _("A quotation stands for itself. The whole passage is not shown at present."),
    )


def neutrality() -> str:
    """The line that every page of the conversation carries, for a document that leaves the site."""
    return settings.NEUTRALITY_LINE or _(
        "An informal exchange of views. It is not a negotiation and is without prejudice to any position."
    )


def _languages(codes: list[str]) -> str:
    here = get_language() or "en"
    return ", ".join(language_name(code, here) for code in codes) or _("none")


def _day(text: str) -> datetime.date:
    return timezone.localtime(datetime.datetime.fromisoformat(text)).date()
