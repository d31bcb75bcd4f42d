"""Pages that leak on purpose, one for each channel: the crawler must find every one."""

from __future__ import annotations

import base64
import io
import logging
import zipfile
from collections.abc import Callable

from django.contrib import messages
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, StreamingHttpResponse
from django.urls import path

from tests.leaks.canaries import Canaries

WORD = Canaries().word("a sealed word")


def _zip(_request: HttpRequest) -> StreamingHttpResponse:
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", f"{WORD} " * 40)
    with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner.zip", inner.getvalue())
    return StreamingHttpResponse(iter([outer.getvalue()]), content_type="application/zip")


def _workbook(_request: HttpRequest) -> HttpResponse:
    import xlsxwriter

    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        book.add_worksheet().write_string(0, 0, WORD)
    return HttpResponse(held.getvalue())


def _cookie(_request: HttpRequest) -> HttpResponse:
    response = HttpResponse()
    response.set_cookie("draft", base64.urlsafe_b64encode(f"draft of {WORD}".encode()).decode())
    return response


def _message(request: HttpRequest) -> HttpResponse:
    messages.info(request, WORD)
    return HttpResponse()


def _log(_request: HttpRequest) -> HttpResponse:
    logging.getLogger("colloquia.submissions").warning("Could not read %s.", WORD)
    return HttpResponse()


def _mail(_request: HttpRequest) -> HttpResponse:
    send_mail("Of another", f"It says {WORD}.", None, ["other@elsewhere.example"])
    return HttpResponse()


def _error(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"There is no {WORD}.", status=404)


def _headed(name: str, value: str) -> Callable[[HttpRequest], HttpResponse]:
    return lambda _request: HttpResponse(headers={name: value})


urlpatterns = [
    path("body/", lambda _request: HttpResponse(f"<p>{WORD}</p>")),
    path("escaped/", lambda _request: HttpResponse("".join(f"&#{ord(mark)};" for mark in WORD))),
    path("header/", _headed("X-Title", f"of {WORD}")),
    path("etag/", _headed("ETag", f'"{WORD.upper()}"')),
    path("cookie/", _cookie),
    path("message/", _message),
    path("zip/", _zip),
    path("workbook/", _workbook),
    path("redirect/", lambda _request: HttpResponseRedirect(f"/elsewhere/?q={WORD}")),
    path("error/", _error),
    path("twin/", lambda _request: JsonResponse({"said": WORD})),
    path("log/", _log),
    path("mail/", _mail),
]
handler404 = "colloquia.views.missing"
handler500 = "colloquia.views.failed"
