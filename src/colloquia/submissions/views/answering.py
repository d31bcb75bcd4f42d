"""The page of a draft: shown part by part, saved with or without a script."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from colloquia.core.queries import territory_choices
from colloquia.submissions.answer_fields import flat
from colloquia.submissions.forms.answering import Languages, read_fields, read_seen
from colloquia.submissions.models import AnswerDraft
from colloquia.submissions.presentation.answering import (
    DraftForm,
    draft_form,
    kind_choices,
    publication_choices,
    seen_of,
)
from colloquia.submissions.presentation.call_languages import text_language
from colloquia.submissions.queries.drafts import asked_of, question_order
from colloquia.submissions.records import Content
from colloquia.submissions.services import DraftSent, private_token
from colloquia.submissions.services.completeness import problems_of
from colloquia.submissions.services.drafting import Saved, choose_aside, is_sent, save
from colloquia.submissions.services.sending import incoming_of
from colloquia.submissions.services.withdrawing import may_change
from colloquia.submissions.views.answering_door import draft_or_404, show, submission_of, to_receipt
from colloquia.submissions.views.private_pages import private

_LEADS_TO = {"review": "draft_review", "files": "draft_files"}


@require_http_methods(["GET", "HEAD", "POST"])
@private
def draft(request: HttpRequest, token: str) -> HttpResponseBase:
    """The form; a POST saves what is on it, and leads on. With ``Accept: application/json`` it answers so."""
    found = draft_or_404(token)
    if request.method == "POST":
        return _save(request, found, token)
    if is_sent(found):
        return to_receipt(found)
    return _page(request, found, token, part=request.GET.get("part", ""))


def _save(request: HttpRequest, found: AnswerDraft, token: str) -> HttpResponseBase:
    languages, order = Languages(), question_order(found.call)
    values = read_fields(request.POST, order, languages)
    wants_json = "application/json" in request.headers.get("Accept", "")
    try:
        saved = save(
            draft=found,
            values=values,
            seen=read_seen(request.POST),
            order=order,
            editor=request.POST.get("editor", "")[:40],
        )
        row = _choose(request, saved.draft, order)
    except DraftSent as refusal:
        return _sent(request, found, refusal.draft, token, values, wants_json=wants_json)
    if wants_json:
        return _answer(saved, row, list(values))
    conflicts = saved.conflicts or {}
    if conflicts:
        messages.warning(
            request, _("Somebody else changed the same fields meanwhile. Both texts are kept below.")
        )
    else:
        messages.success(
            request, _("Saved at %(time)s.") % {"time": date_format(timezone.localtime(), "H:i")}
        )
    return _onward(request, token, stay=bool(conflicts))


def _choose(request: HttpRequest, row: AnswerDraft, order: tuple[str, ...]) -> AnswerDraft:
    take, drop = set(request.POST.getlist("take")), set(request.POST.getlist("drop"))
    return choose_aside(draft=row, take=take, drop=drop, order=order) if take or drop else row


def _onward(request: HttpRequest, token: str, *, stay: bool) -> HttpResponseBase:
    wanted, part = request.POST.get("do", ""), request.POST.get("part", "")
    if wanted in _LEADS_TO and not stay:
        return redirect(_LEADS_TO[wanted], token)
    if wanted.startswith("part.") and not stay:
        part = wanted.removeprefix("part.")
    query = {"part": part[:64]} if part else {}
    if wanted == "add_party":
        return redirect(reverse("draft", args=[token], query=query | {"party": "1"}) + "#parties")
    return redirect(reverse("draft", args=[token], query=query))


def _answer(saved: Saved, row: AnswerDraft, names: list[str]) -> JsonResponse:
    """For the script: the marks of what is kept now, and what somebody else saved meanwhile."""
    held = flat(Content.from_json(row.content))
    conflicts = saved.conflicts or {}
    return JsonResponse(
        {
            "ok": True,
            "version": row.version,
            "saved_at": row.saved_at.isoformat(),
            "seen": seen_of(held, names),
            "conflicts": dict(conflicts),
        }
    )


def _sent(
    request: HttpRequest,
    before: AnswerDraft,
    now: AnswerDraft,
    token: str,
    values: dict[str, str],
    *,
    wants_json: bool,
) -> HttpResponseBase:
    """It was sent while this was typed: say so, and give back what was typed."""
    submission = submission_of(now)
    address = reverse("receipt", args=[private_token(submission)]) if submission else ""
    if wants_json:
        return JsonResponse({"ok": False, "sent": True, "url": address}, status=409)
    typed = [(name, value) for name, value in values.items() if name.startswith("answers.") and value.strip()]
    kept = [(name.split(".", 1)[1].rpartition("."), value) for name, value in typed]
    rows = [(parts[0], value) for parts, value in kept if parts[2] in ("text", "public_text")]
    return show(
        request,
        before,
        token,
        "draft_sent.html",
        name="draft",
        title=_("Sent already"),
        status=409,
        receipt_url=address,
        may_replace=submission is not None and may_change(submission),
        typed=rows,
    )


def _page(request: HttpRequest, found: AnswerDraft, token: str, *, part: str) -> HttpResponseBase:
    language = get_language() or "en"
    languages = Languages()
    checks = request.GET.get("check") == "1"
    form: DraftForm = draft_form(
        found,
        token,
        asked_of(found.call, text_language(request, found.call)),
        languages,
        part=part,
        problems=problems_of(found.call, incoming_of(found)) if checks else None,
        empty_party=request.GET.get("party") == "1",
    )
    return show(
        request,
        found,
        token,
        "draft.html",
        name="draft",
        title=_("Your answer"),
        form=form,
        languages=languages.choices,
        territories=territory_choices(language) if form.shows_respondent else [],
        kinds=kind_choices(),
        publications=publication_choices(),
        stakeholders=found.call.stakeholders,
    )
