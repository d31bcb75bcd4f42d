"""The one door through which received files leave."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from colloquia.core import attachments
from colloquia.core.models import Attachment
from colloquia.core.rules import is_officer, is_sender


@require_safe
def attachment(request: HttpRequest, attachment_id: uuid.UUID) -> HttpResponseBase:
    """A received file, for those who may read it; for everybody else it does not exist."""
    found = get_object_or_404(Attachment, pk=attachment_id)
    if not request.user.has_perm("core.read_attachment", found):
        raise Http404
    knows = is_officer(request.user) or is_sender(request.user, found)
    return attachments.serve(found, name="" if knows else f"file-{found.sha256[:12]}")
