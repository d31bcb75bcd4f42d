"""Which methods the interface answers: GET, HEAD as GET without its body, OPTIONS; no other."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

ALLOWED = "GET, HEAD, OPTIONS"
View = Callable[..., HttpResponse]


def read_only(view: View) -> View:
    """The view for these methods. The web server leaves the body of an answer to HEAD out."""

    @wraps(view)
    def answered(request: HttpRequest, *positional: Any, **named: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers={"Allow": ALLOWED})
        if request.method not in ("GET", "HEAD"):
            return refusal(405, "This interface is read-only; use GET or HEAD.", {"Allow": ALLOWED})
        asked, request.method = request.method, "GET"
        try:
            return view(request, *positional, **named)
        finally:
            request.method = asked

    return answered


def refusal(status: int, error: str, headers: dict[str, str] | None = None) -> JsonResponse:
    """Why there is no answer, in the shape of every refusal of the interface."""
    body = {"ok": False, "error": error, "errors": [], "status": status}
    return JsonResponse(body, status=status, headers=headers)
