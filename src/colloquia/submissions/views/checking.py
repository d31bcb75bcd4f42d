"""The page on which one submission is checked."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from colloquia.accounts.rules import is_officer
from colloquia.core.components import Link
from colloquia.engines.personal_data import CATEGORIES
from colloquia.submissions.forms.checking import CheckForm
from colloquia.submissions.models import CheckState, Publication, Submission, SubmissionVersion
from colloquia.submissions.presentation import checking_page as shape
from colloquia.submissions.presentation.checking_words import KINDS, beside_sentences, hint_sentence
from colloquia.submissions.queries.checking import is_given
from colloquia.submissions.queries.checking_texts import Unit, latest_version, open_units
from colloquia.submissions.rules import has_opened
from colloquia.submissions.services import assigning
from colloquia.submissions.services.refusals import SubmissionRefused
from colloquia.submissions.services.wishes import may_enter_wish
from colloquia.submissions.views.checking_acts import perform
from colloquia.submissions.views.checking_doors import call_of, checkers_only, submission_of, trail

_OPEN = (CheckState.WAITING, CheckState.CHECKING)


@checkers_only
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, slug: str, identifier: str) -> HttpResponseBase:
    """One submission with its texts, findings and hints; a POST does one thing to it.

    What is refused comes back with everything that was typed.
    """
    call = call_of(slug)
    submission = submission_of(call, identifier)
    form = CheckForm.read(request.POST) if request.method == "POST" else CheckForm()
    if request.method == "POST":
        try:
            done = perform(submission, form, request.user)
        except SubmissionRefused as refusal:
            form.problems = refusal.problems
            submission = submission_of(call, identifier)
        else:
            messages.success(request, done)
            return _onward(request, submission, form)
    page = _page(request, submission, form)
    return render(request, "submissions/check.html", page, status=422 if form.problems else 200)


@checkers_only
@require_safe
def check_preview(request: HttpRequest, slug: str, identifier: str) -> HttpResponseBase:
    """A part as the public would read it."""
    call = call_of(slug)
    submission = submission_of(call, identifier)
    units = _units(submission)
    unit = _chosen(units, request.GET.get("part", ""))
    if unit is None:
        raise Http404(_("Nothing of this submission would be public."))
    text, count = shape.preview(unit, _number(request.GET.get("at", "")))
    context = {
        "slug": slug,
        "stage": "submissions",
        "trail": trail(call, Link(identifier, reverse("check", args=[slug, identifier])), Link(_("Preview"))),
        "submission": submission,
        "unit": unit,
        "part_label": shape.label_of(unit),
        "text": text,
        "pages": range(1, count + 1),
        "number": min(max(_number(request.GET.get("at", "")), 1), count),
        "units": [(each, shape.label_of(each)) for each in units],
        "gives_file": bool(unit.file) and not unit.spans and _gives(unit, submission),
    }
    return render(request, "submissions/check_preview.html", context)


def _page(request: HttpRequest, submission: Submission, form: CheckForm) -> dict[str, Any]:
    slug, language = submission.call.consultation.slug, get_language() or "en"
    version = latest_version(submission)
    over = submission.withdrawn_at is not None or submission.destroyed_at is not None
    units = [] if over else open_units(version)
    unit = _chosen(units, request.POST.get("part", "") or request.GET.get("part", ""))
    at = _number(request.POST.get("at", "") or request.GET.get("at", ""))
    hints = [
        (each, hint_sentence(each))
        for each in submission.hints.filter(dismissed_at=None).select_related("other", "file")
    ]
    return {
        "slug": slug,
        "stage": "submissions",
        "trail": trail(submission.call, Link(submission.identifier)),
        "submission": submission,
        "version": version,
        "over": over,
        "is_open": submission.check_state in _OPEN and not over,
        "state": _state(submission),
        "mine": submission.assigned_to_id == request.user.pk,
        "form": form,
        "facts": shape.respondent(submission, version, language),
        "confidential": version.publication == Publication.CONFIDENTIAL,
        "wishes": _wishes(request, submission, version),
        "anonymous": version.publication == Publication.ANONYMOUS,
        "sealed": [] if submission.destroyed_at else shape.sealed(version),
        "opened": has_opened(request.user, submission),
        "parts": shape.parts(units, unit.position if unit else 0),
        "unit": unit,
        "part_label": shape.label_of(unit) if unit else "",
        "gives_file": _gives(unit, submission) if unit and unit.file else False,
        "holds": beside_sentences(unit.holds) if unit else [],
        "shown": shape.shown(unit, at) if unit else None,
        "languages": shape.language_choices(unit) if unit and unit.text else [],
        "kinds": [(code, KINDS[code]) for code in CATEGORIES],
        "hints": hints,
        "notes": submission.notes.select_related("by"),
        "waiting": sum(each.waiting for each in units),
    }


def _wishes(
    request: HttpRequest, submission: Submission, version: SubmissionVersion
) -> list[tuple[str, str]]:
    """The wishes that the person may enter for the sender, who did not say; none for reviewers."""
    over = submission.withdrawn_at is not None or submission.destroyed_at is not None
    if over or not is_officer(request.user) or not may_enter_wish(submission, version):
        return []
    return [(each.value, str(each.label)) for each in Publication if each != version.publication]


def _onward(request: HttpRequest, submission: Submission, form: CheckForm) -> HttpResponseBase:
    """Back to the same place of the same text; to the next submission where that was asked for."""
    slug = submission.call.consultation.slug
    if request.POST.get("then") == "next":
        found = assigning.take_next(call=submission.call, by=request.user)
        return redirect("check", slug, found.identifier) if found else redirect("queue", slug)
    address = reverse("check", args=[slug, submission.identifier])
    at = _number(request.POST.get("at", ""))
    part = f"?part={form.position}&at={at or 1}#text" if form.position else ""
    return redirect(address + part)


def _state(submission: Submission) -> str:
    if submission.destroyed_at is not None:
        return _("Sealed data destroyed")
    if submission.withdrawn_at is not None:
        return _("Withdrawn")
    return str(CheckState(submission.check_state).label)


def _units(submission: Submission) -> list[Unit]:
    if submission.withdrawn_at is not None or submission.destroyed_at is not None:
        return []
    return open_units(latest_version(submission))


def _chosen(units: list[Unit], asked: str) -> Unit | None:
    """The part that the address names; else the first on which something waits, else the first."""
    number = _number(asked)
    named = next((each for each in units if each.position == number), None)
    return named or next((each for each in units if each.waiting), units[0] if units else None)


def _gives(unit: Unit, submission: Submission) -> bool:
    """Whether the file itself would be given out, were nothing redacted in it."""
    return is_given(unit, anonymous=latest_version(submission).publication == Publication.ANONYMOUS)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
