"""Files in pieces, for the script: begin, add a piece at an offset, ask how far it came, finish."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, JsonResponse, UnreadablePostError
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from colloquia.core.attachments import AttachmentRefused
from colloquia.submissions.models import DraftUpload
from colloquia.submissions.services import DraftSent, SubmissionRefused
from colloquia.submissions.services.uploads import (
    LARGEST_PIECE,
    WrongPlace,
    begin_upload,
    finish_upload,
    held,
    put_piece,
)
from colloquia.submissions.views.answering_door import draft_or_404
from colloquia.submissions.views.private_pages import private

_LONGEST_NUMBER = 15


@require_POST
@private
def pieces(request: HttpRequest, token: str) -> HttpResponseBase:
    """``name``, ``size``, ``type`` and, where known, ``sha256`` → ``upload``, ``offset``."""
    found = draft_or_404(token)
    try:
        upload = begin_upload(
            draft=found,
            name=request.POST.get("name", ""),
            size=_number(request.POST.get("size", "")),
            declared_type=request.POST.get("type", ""),
            sha256=request.POST.get("sha256", ""),
        )
    except SubmissionRefused as refusal:
        return _refused(str(refusal), 422)
    except DraftSent:
        return _refused(_("This was sent already; the file is not in it."), 409)
    return JsonResponse(
        {"ok": True, "upload": str(upload.pk), "offset": 0, "piece": LARGEST_PIECE}, status=201
    )


@require_http_methods(["GET", "HEAD", "POST"])
@private
def piece(request: HttpRequest, token: str, upload_id: uuid.UUID) -> HttpResponseBase:
    """How far it came; a POST with ``?offset=`` and the bytes as its body adds them."""
    upload = _upload(token, upload_id)
    if upload is None:
        return _refused(_("This file is not on its way any more; send it again."), 404)
    if request.method != "POST":
        return JsonResponse({"ok": True, "offset": held(upload), "done": upload.file_id is not None})
    try:
        body = request.read(LARGEST_PIECE + 1)
    except UnreadablePostError:
        return _refused(_("The line broke; nothing of this piece is kept."), 400)
    wanted = request.headers.get("Content-Length", "")
    if len(body) > LARGEST_PIECE or (wanted and len(body) != _number(wanted)):
        return _refused(_("A piece must come whole and hold at most 1 MiB."), 413)
    try:
        offset = put_piece(upload=upload, offset=_number(request.GET.get("offset", "")), piece=body)
    except WrongPlace as wrong:
        return JsonResponse({"ok": False, "offset": wrong.offset}, status=409)
    except SubmissionRefused as refusal:
        return _refused(str(refusal), 507)
    return JsonResponse({"ok": True, "offset": offset})


@require_POST
@private
def piece_finish(request: HttpRequest, token: str, upload_id: uuid.UUID) -> HttpResponseBase:
    """Make it a file of the draft. Asked again, it gives the same."""
    upload = _upload(token, upload_id)
    if upload is None:
        return _refused(_("This file is not on its way any more; send it again."), 404)
    try:
        made = finish_upload(upload=upload, by=request.user if request.user.is_authenticated else None)
    except WrongPlace as wrong:
        return JsonResponse({"ok": False, "offset": wrong.offset}, status=409)
    except (AttachmentRefused, SubmissionRefused) as refusal:
        return _refused(str(refusal), 422)
    except DraftSent:
        return _refused(_("This was sent already; the file is not in it."), 409)
    return JsonResponse({"ok": True, "file": made.pk, "sha256": made.attachment.sha256})


def _upload(token: str, upload_id: uuid.UUID) -> DraftUpload | None:
    return draft_or_404(token).uploads.select_related("draft").filter(pk=upload_id).first()


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < _LONGEST_NUMBER else -1


def _refused(sentence: str, status: int) -> JsonResponse:
    return JsonResponse({"ok": False, "error": sentence}, status=status)
