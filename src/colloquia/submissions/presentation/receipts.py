"""The sender's page in words: what was received, when, and how far it has come."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from colloquia.core.components import Fact, Link
from colloquia.core.registry import registered_submission_sections
from colloquia.engines.ledger import Receipt
from colloquia.submissions.models import (
    CallState,
    CheckState,
    Publication,
    Submission,
    SubmissionFile,
    SubmissionVersion,
)
from colloquia.submissions.presentation.calls import Clock, clock, reader_zone


@dataclass(frozen=True, slots=True)
class VersionShown:
    """One version with the addresses of its files; ``receipt`` is None once its salt was destroyed."""

    version: SubmissionVersion
    venue: Clock
    query: str
    receipt: Receipt | None
    receipt_text: str
    files: tuple[tuple[SubmissionFile, str], ...]
    is_latest: bool


@dataclass(frozen=True, slots=True)
class Times:
    """When it came, on the clocks of venue and reader; ``reader`` is None where that zone is not known."""

    venue: Clock
    reader: Clock | None


def times(request: HttpRequest, submission: Submission) -> Times:
    """The times of the first version."""
    zone, own = submission.call.zone, reader_zone(request)
    return Times(
        venue=clock(submission.received_at, zone),
        reader=clock(submission.received_at, own) if own else None,
    )


def versions_shown(
    key: str, submission: Submission, versions: list[SubmissionVersion], receipts: dict[int, Receipt | None]
) -> list[VersionShown]:
    """The versions as the page shows them, the latest first."""
    return [
        VersionShown(
            version=version,
            venue=clock(version.received_at, submission.call.zone),
            query=f"?version={version.number}",
            receipt=receipts[version.number],
            receipt_text=_text(receipts[version.number]),
            files=tuple(
                (file, reverse("receipt_file", args=[key, version.number, file.position]))
                for file in version.files.all()
            ),
            is_latest=version.number == submission.version,
        )
        for version in versions
    ]


def facts(submission: Submission, latest: SubmissionVersion) -> list[Fact]:
    """Id, channel, wish, and whether it came in time."""
    found = [
        Fact(_("Id"), submission.identifier),
        Fact(_("In time or late"), _lateness(submission)),
        Fact(_("How it came in"), submission.get_channel_display()),
        Fact(_("Your wish"), latest.get_publication_display()),
    ]
    if submission.withdrawn_at:
        found.append(Fact(_("Withdrawn"), moment=submission.withdrawn_at))
    return found


def _lateness(submission: Submission) -> str:
    if submission.is_late:
        return _("Late: kept and marked as late")
    came = submission.received_at
    if submission.call.extensions.filter(before__lte=came, at__gt=came).exists():
        return _("In time: it came after the deadline that held then, and the call was extended since.")
    return _("In time")


def state_of(submission: Submission, latest: SubmissionVersion) -> list[str]:
    """What happened to it so far and what comes next, in plain sentences."""
    if submission.destroyed_at is not None:
        return [
            _(
                "What was sealed of this submission was destroyed at the end of its retention. "
                "Its hashes stay, and the ledger stays whole."
            )
        ]
    if submission.withdrawn_at is not None:
        return [
            _("You withdrew this submission. It is counted nowhere and nothing of it is public."),
            _("What was received stays sealed until the end of its retention."),
        ]
    sentences = []
    if submission.confirmed_at is None:
        sentences.append(_("It is sealed, and it counts once you confirm your e-mail address."))
    sentences.append(_check(submission))
    sentences.append(_publication(submission, latest))
    return sentences


def _check(submission: Submission) -> str:
    match submission.check_state:
        case CheckState.WAITING:
            return _("It waits for the check by the secretariat.")
        case CheckState.CHECKING:
            return _("The secretariat is checking it.")
        case CheckState.WITHHELD:
            return _("The secretariat has checked it and withheld it from publication.")
        case _:
            return _("The secretariat has checked it.")


def _publication(submission: Submission, latest: SubmissionVersion) -> str:
    published = getattr(submission, "published", None)
    if published is not None and published.version == submission.version:
        return _("It is published.")
    if published is not None:
        return _("Version %(number)s is published; the later one is not yet.") % {"number": published.version}
    if latest.publication == Publication.CONFIDENTIAL:
        return _("You asked that it stay confidential: it is counted, and it is not published.")
    if submission.check_state == CheckState.WITHHELD:
        return _(
            "It is counted, and it is not published. Write to the secretariat if you think that is wrong."
        )
    return _("It is not published yet.")


def public_address(submission: Submission) -> str:
    """The public page of the submission; blank where there is none."""
    if getattr(submission, "published", None) is None or submission.withdrawn_at is not None:
        return ""
    try:
        return reverse("submission", args=[submission.identifier])
    except NoReverseMatch:
        return ""


def closed_sentence(submission: Submission, now: datetime) -> str:
    """Why it can no longer be replaced or withdrawn, and what to do; blank where it can."""
    if submission.withdrawn_at or submission.destroyed_at or submission.call.state(now) == CallState.OPEN:
        return ""
    contact = submission.call.contact
    if contact:
        return _(
            "The call is closed: the submission can no longer be replaced or withdrawn. If something in it "
            "must not stand, write to %(contact)s and give its id."
        ) % {"contact": contact}
    return _(
        "The call is closed: the submission can no longer be replaced or withdrawn. If something in it must "
        "not stand, write to the secretariat and give its id."
    )


def sections(request: HttpRequest, submission: Submission) -> list[dict[str, Any]]:
    """What other rooms tell the sender of this submission: what became of it."""
    rendered = [
        (section, section.render(request, submission.identifier, True))
        for section in registered_submission_sections()
    ]
    return [{"name": each.name, "title": each.title, "markup": markup} for each, markup in rendered if markup]


def trail(request: HttpRequest, submission: Submission) -> list[Link]:
    """Where the page stands."""
    above = []
    if request.user.is_authenticated and submission.owner_id == request.user.pk:
        above.append(Link(_("Your submissions"), reverse("my_submissions")))
    return [*above, Link(submission.identifier)]


def _text(receipt: Receipt | None) -> str:
    return json.dumps(receipt.as_json(), indent=1, ensure_ascii=False) if receipt else ""
