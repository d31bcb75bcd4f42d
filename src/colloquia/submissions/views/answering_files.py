"""The files of a draft: sent whole or in pieces, described, given back, taken out."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from colloquia.core import attachments
from colloquia.core.attachments import AttachmentRefused
from colloquia.core.filenames import of_form
from colloquia.submissions.forms.answering import Languages
from colloquia.submissions.forms.answering_files import read_descriptions
from colloquia.submissions.models import AnswerDraft, DraftFile
from colloquia.submissions.queries.drafts import files_of_draft
from colloquia.submissions.services import DraftSent, SubmissionRefused
from colloquia.submissions.services.drafting import is_sent
from colloquia.submissions.services.drafting_files import (
    LARGEST,
    MOST_FILES,
    add_file,
    change_files,
    remove_file,
)
from colloquia.submissions.services.uploads import LARGEST_PIECE
from colloquia.submissions.views.answering_door import draft_or_404, show, to_receipt
from colloquia.submissions.views.private_pages import private


@require_http_methods(["GET", "HEAD", "POST"])
@private
def files(request: HttpRequest, token: str) -> HttpResponseBase:
    """The files, and a place for one more; a POST keeps it, and what is said of the others."""
    found = draft_or_404(token)
    if is_sent(found):
        return to_receipt(found)
    if request.method != "POST":
        return _page(request, found, token)
    by = request.user if request.user.is_authenticated else None
    refused = []
    try:
        said = read_descriptions(request.POST, files_of_draft(found), Languages())
        if said:
            change_files(draft=found, said=said, by=by)
        for given in request.FILES.getlist("file"):
            try:
                add_file(
                    draft=found,
                    stream=given.file or given,
                    name=of_form(given.name or ""),
                    media_type=given.content_type or "",
                    by=by,
                )
            except (AttachmentRefused, SubmissionRefused) as refusal:
                refused.append(str(refusal))
    except DraftSent:
        messages.warning(request, _("This was sent already; the file is not in it."))
        return to_receipt(draft_or_404(token))
    if refused:
        return _page(request, draft_or_404(token), token, refused=refused)
    if not request.FILES and not said:
        return _page(request, found, token, refused=[_("Choose a file first.")])
    messages.success(request, _("Saved."))
    wanted = request.POST.get("do", "")
    return redirect("draft_review" if wanted == "review" else "draft_files", token)


@require_safe
@private
def file(_request: HttpRequest, token: str, file_id: int) -> HttpResponseBase:
    """One file, as it was received."""
    return attachments.serve(_file(draft_or_404(token), file_id).attachment)


@require_http_methods(["GET", "HEAD", "POST"])
@private
def file_remove(request: HttpRequest, token: str, file_id: int) -> HttpResponseBase:
    """Ask before a file is taken out; a POST takes it out."""
    found = draft_or_404(token)
    if is_sent(found):
        return to_receipt(found)
    row = _file(found, file_id)
    address = reverse("draft_files", args=[token])
    if request.method == "POST":
        try:
            remove_file(file=row, by=request.user if request.user.is_authenticated else None)
        except DraftSent:
            messages.warning(request, _("This was sent already; the file is in it."))
            return to_receipt(draft_or_404(token))
        messages.success(request, _("The file is taken out."))
        return redirect(address)
    context = {
        "question": _("Take “%(name)s” out of your answer?") % {"name": row.attachment.name},
        "consequence": _("The file is removed from the server. You can add it again."),
        "button": _("Take it out"),
        "cancel_url": address,
        "danger": True,
    }
    return render(request, "components/confirm_page.html", context)


def _file(draft: AnswerDraft, file_id: int) -> DraftFile:
    row = draft.files.select_related("attachment", "draft").filter(pk=file_id).first()
    if row is None:
        raise Http404(_("This file is not in the draft any more."))
    return row


def _page(
    request: HttpRequest, found: AnswerDraft, token: str, *, refused: list[str] | None = None
) -> HttpResponseBase:
    languages = Languages()
    rows = files_of_draft(found)
    return show(
        request,
        found,
        token,
        "draft_files.html",
        name="draft_files",
        title=_("Files"),
        status=422 if refused else 200,
        files=[(row, languages.name(row.language)) for row in rows],
        confidential=[row for row in rows if row.secrecy == "confidential"],
        languages=languages.choices,
        refused=refused,
        largest=LARGEST // 1024 // 1024,
        most=MOST_FILES,
        largest_piece=LARGEST_PIECE,
    )
