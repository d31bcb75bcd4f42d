"""The ledger in public: heads, entries, proofs and keys, so that anybody can rebuild the tree."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from colloquia.core import ledger
from colloquia.core.components import Link
from colloquia.core.ledger import counting
from colloquia.core.ledger.counting import moment_of
from colloquia.core.ledger.tables import entries_table
from colloquia.core.table_files import download
from colloquia.engines.ledger import TreeHead, entry, key_id, public_pem

PAGE = 1000
"""Heads or entries in one answer."""
_LARGEST = 2**53 - 1


class BadQuestion(Exception):
    """An address asks for something that cannot be; the message says what and how to ask."""


def as_json(view: Callable[[HttpRequest], JsonResponse]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Answers anybody from anywhere; what cannot be is answered by 400 with a sentence."""

    @wraps(view)
    def answered(request: HttpRequest) -> HttpResponseBase:
        try:
            response = view(request)
        except BadQuestion as bad:
            body = {"ok": False, "error": str(bad), "errors": [str(bad)], "status": 400}
            response = JsonResponse(body, status=400)
        response["Access-Control-Allow-Origin"] = "*"
        return response

    return require_safe(answered)


@require_safe
def page(request: HttpRequest) -> HttpResponseBase:
    """What the ledger is, its latest head, its keys, and how it is checked."""
    latest = ledger.head()
    counts = counting.by_day_and_kind(latest)
    file = download(request, {"entries": lambda: entries_table(counts)}, stem="ledger")
    if file is not None:
        return file
    context = {
        "head": latest,
        "signed_at": moment_of(latest.at) if latest else None,
        "keys": ledger.known_keys(),
        "kinds": counting.by_kind(counts),
        "table": entries_table(counts[: counting.DAYS_SHOWN]),
        "total": latest.size if latest else 0,
        "trail": [Link(_("Ledger"))],
    }
    return render(request, "ledger/ledger.html", context)


@as_json
def heads(request: HttpRequest) -> JsonResponse:
    """Signed heads from a size on, smallest first, a thousand at most; and the latest."""
    start, latest = _number(request, "start", 1), ledger.head()
    rows = [row.as_head() for row in ledger.heads().filter(size__gte=start).order_by("size")[: PAGE + 1]]
    body: dict[str, Any] = {
        "ok": True,
        "latest": latest.as_json() if latest else None,
        "heads": [row.as_json() for row in rows[:PAGE]],
        "next": f"{_whole('ledger_heads')}?start={rows[PAGE].size}" if len(rows) > PAGE else None,
    }
    return JsonResponse(body)


@as_json
def entries(request: HttpRequest) -> JsonResponse:
    """Entries from a number on: ``entry`` is the text whose UTF-8 bytes are hashed as a leaf."""
    start = _number(request, "start", 0)
    rows = list(ledger.entries().filter(index__gte=start)[: PAGE + 1])
    body = {
        "ok": True,
        "size": ledger.size(),
        "entries": [
            {
                "index": row.index,
                "entry": entry(row.kind, row.at, row.commitment).decode(),
                "leaf_hash": bytes(row.leaf_hash).hex(),
            }
            for row in rows[:PAGE]
        ],
        "next": f"{_whole('ledger_entries')}?start={rows[PAGE].index}" if len(rows) > PAGE else None,
    }
    return JsonResponse(body)


@as_json
def inclusion(request: HttpRequest) -> JsonResponse:
    """The hashes which prove that an entry stands in the tree of a size."""
    index = _number(request, "index")
    size = _number(request, "size", ledger.size())
    head = _head(size)
    if index >= size:
        raise BadQuestion(
            _("A tree of %(size)s entries has no entry %(index)s; entries count from 0.")
            % {"size": size, "index": index}
        )
    proof = [each.hex() for each in ledger.inclusion_proof(index, size)]
    return JsonResponse({"ok": True, "index": index, "size": size, "proof": proof, "head": head.as_json()})


@as_json
def consistency(request: HttpRequest) -> JsonResponse:
    """The hashes which prove that the tree of one size is the beginning of that of another."""
    old = _number(request, "old")
    size = _number(request, "size", ledger.size())
    head = _head(size)
    if not 1 <= old <= size:
        raise BadQuestion(
            _("“old” must lie between 1 and %(size)s, the size of the later tree; it is %(old)s.")
            % {"size": size, "old": old}
        )
    proof = [each.hex() for each in ledger.consistency_proof(old, size)]
    earlier = _head(old)
    body = {"ok": True, "old": earlier.as_json(), "head": head.as_json(), "proof": proof}
    return JsonResponse(body)


@as_json
def key(_request: HttpRequest) -> JsonResponse:
    """Every public key under which heads were signed, in base64 and as OpenSSL reads it."""
    keys = [
        {
            "key": row.key,
            "algorithm": "Ed25519",
            "public": row.public,
            "pem": public_pem(row.public_bytes()),
            "first_used": row.first_used,
        }
        for row in ledger.known_keys()
        if key_id(row.public_bytes()) == row.key
    ]
    return JsonResponse({"ok": True, "keys": keys})


@require_safe
def feed(_request: HttpRequest) -> HttpResponse:
    """One head a day: the last of each day in UTC that is over."""
    made = Atom1Feed(
        title=_("%(site)s: heads of the ledger") % {"site": settings.SITE_NAME},
        link=_whole("ledger"),
        description="",
        feed_url=_whole("ledger_feed"),
        language="en",
    )
    for row in counting.last_of_each_day():
        made.add_item(
            title=_("Head of %(day)s: %(size)s entries") % {"day": row.at[:10], "size": row.size},
            link=f"{_whole('ledger_heads')}?start={row.size}",
            description=_text(row),
            unique_id=f"{_whole('ledger_heads')}?start={row.size}",
            updateddate=moment_of(row.at),
        )
    return HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _number(request: HttpRequest, name: str, default: int | None = None) -> int:
    given = request.GET.get(name, "")
    if not given and default is not None:
        return default
    if not (given.isascii() and given.isdigit() and len(given) <= 16 and int(given) <= _LARGEST):
        raise BadQuestion(
            _("“%(name)s” must be a whole number, for instance ?%(name)s=0; it is “%(given)s”.")
            % {"name": name, "given": given[:40]}
        )
    return int(given)


def _head(size: int) -> TreeHead:
    found = ledger.head(size)
    if found is None:
        raise BadQuestion(
            _("No head of %(size)s entries was signed; the ledger holds %(held)s.")
            % {"size": size, "held": ledger.size()}
        )
    return found


def _text(head: TreeHead) -> str:
    return "\n".join(f"{name}: {value}" for name, value in head.as_json().items())


def _whole(name: str) -> str:
    return f"{settings.PUBLIC_URL}{reverse(name)}"
