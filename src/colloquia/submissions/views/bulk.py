"""Everything public of a call in one download."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from colloquia.submissions.presentation.published_zip import archive_name, stream
from colloquia.submissions.queries.published import state_of
from colloquia.submissions.views.published_doors import call_of


@require_safe
def submissions_zip(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Texts and files of every published submission, with a manifest; files that are reserved stay out."""
    call = call_of(slug)
    etag = f'"{hashlib.sha256(f"{slug} {state_of(call)}".encode()).hexdigest()[:32]}"'
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if response is None:
        response = (
            HttpResponse(content_type="application/zip")
            if request.method == "HEAD"
            else StreamingHttpResponse(stream(call), content_type="application/zip")
        )
        response["Content-Disposition"] = f'attachment; filename="{archive_name(call)}"'
        response["ETag"] = etag
        # It is packed already; packing it again would only take time.
        response["Content-Encoding"] = "identity"
    patch_cache_control(response, private=True, no_cache=True)
    return response
