"""Gives out a table of a page as a file: ``?table=NAME&format=csv|xlsx|json`` at the page's own address.

A file is written whole before its first byte leaves, so that what fails half-way never looks finished.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Callable, Mapping
from typing import IO

from django.http import FileResponse, HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext as _

from colloquia.core.table_writing import write_csv, write_json, write_xlsx
from colloquia.core.tables import Table

_IN_MEMORY = 1 << 20
_FORMATS: dict[str, tuple[str, Callable[[Table, IO[bytes]], None]]] = {
    "csv": ("text/csv; charset=utf-8", write_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_xlsx),
    "json": ("application/json", write_json),
}
FORMATS = tuple(_FORMATS)


def download(
    request: HttpRequest, tables: Mapping[str, Callable[[], Table]], *, stem: str = ""
) -> HttpResponseBase | None:
    """The table that the address asks for, as a file; None where it asks for none.

    Args:
        request: a GET or HEAD of the page that shows the tables; its filters stay in the address.
        tables: what makes each table, by its name. Only the one asked for is made.
        stem: what the file's name begins with, such as the id of the consultation.

    Returns:
        The file; 404 for a table and 400 for a format that does not exist, which say what does; 304 where the
        reader has the file.

    """
    if "table" not in request.GET:
        return None
    name, chosen = request.GET["table"], request.GET.get("format", "")
    if name not in tables:
        return _refusal(request, 404, _("This page has no such table."), tables)
    if chosen not in _FORMATS:
        return _refusal(request, 400, _("A table can be had as CSV, XLSX or JSON."), tables)
    media_type, write = _FORMATS[chosen]
    file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 -- the response closes it
    try:
        write(tables[name](), file)
        etag = _etag(file)
    except BaseException:
        file.close()
        raise
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        file.close()
        patch_cache_control(unchanged, private=True, no_cache=True)
        return unchanged
    file.seek(0)
    response = FileResponse(
        file, as_attachment=True, filename=f"{_stem(stem, name)}.{chosen}", content_type=media_type
    )
    response["ETag"] = etag
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _etag(file: IO[bytes]) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while block := file.read(_IN_MEMORY):
        digest.update(block)
    return f'"{digest.hexdigest()}"'


def _stem(stem: str, name: str) -> str:
    """Plain letters only: whatever a name holds, it cannot leave its folder or break a header."""
    text = re.sub(r"[^A-Za-z0-9._-]+", "-", f"{stem}-{name}" if stem else name).strip("-.")
    return text[:100] or "table"


def _refusal(
    request: HttpRequest, status: int, problem: str, tables: Mapping[str, Callable[[], Table]]
) -> HttpResponseBase:
    """What is wrong, and what there is; as JSON for a program that asked for JSON."""
    if request.GET.get("format") == "json":
        remedy = {"tables": list(tables), "formats": list(_FORMATS)}
        return JsonResponse(
            {"ok": False, "error": problem, "errors": [], "status": status, **remedy}, status=status
        )
    kept = request.GET.copy()
    choices = []
    for name in tables:
        kept["table"] = name
        addresses = []
        for chosen in _FORMATS:
            kept["format"] = chosen
            addresses.append((chosen.upper(), f"?{kept.urlencode()}"))
        choices.append((name, addresses))
    context = {"problem": problem, "choices": choices, "page": request.path}
    return render(request, "components/no_such_table.html", context, status=status)
