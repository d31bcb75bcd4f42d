"""The first version of the interface. It reads public tables only, as the pages do."""

from __future__ import annotations

from typing import Annotated, Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from ninja import NinjaAPI, Query
from ninja.errors import Throttled, ValidationError

from colloquia.api.limits import SECONDS, PerClient
from colloquia.api.schemas import (
    CallDetail,
    CallPage,
    HeadOut,
    PartPage,
    Refusal,
    SubmissionDetail,
    SubmissionPage,
)
from colloquia.core import ledger
from colloquia.core.queries import profile
from colloquia.submissions import filters
from colloquia.submissions.models import Call, PublishedPart
from colloquia.submissions.presentation import published as shape
from colloquia.submissions.presentation import published_json as as_json
from colloquia.submissions.queries import published as reads
from colloquia.submissions.views.published_doors import TDM_HEADER

api = NinjaAPI(
    title="Colloquia",
    version="1",
    description=(
        "What the public pages show, for programs. Read-only. Full texts of files whose senders reserved "
        "text and data mining are left out; their addresses are given."
    ),
    docs_url=None,
    urls_namespace="api",
    throttle=[PerClient()],
)
PageNumber = Annotated[int, Query(ge=1, le=1_000_000, description="The page, from 1.")]
PageSize = Annotated[int, Query(ge=1, le=100, description="How many on a page.")]
_REFUSALS: Any = {400: Refusal, 404: Refusal, 410: Refusal, 429: Refusal}


@api.get("/calls", response={200: CallPage, **_REFUSALS}, operation_id="calls")
def calls(request: HttpRequest, page: PageNumber = 1, per_page: PageSize = 50) -> dict[str, Any]:
    """Every call that was announced, latest first."""
    rows = Call.objects.filter(announced_at__isnull=False).select_related("consultation")
    listed, head = _page(request, rows.prefetch_related("questions"), page, per_page)
    return {**head, "calls": [_call(row) for row in listed]}


@api.get("/calls/{slug}", response={200: CallDetail, **_REFUSALS}, operation_id="call")
def call(request: HttpRequest, slug: str) -> dict[str, Any]:  # noqa: ARG001 -- the signature is ninja's
    """One call with its totals."""
    row = reads.public_call(slug)
    return {**_call(row), "counts": as_json.counts_json(reads.counts_of(row))}


@api.get("/calls/{slug}/submissions", response={200: SubmissionPage, **_REFUSALS}, operation_id="submissions")
def submissions(
    request: HttpRequest,
    slug: str,
    page: PageNumber = 1,
    per_page: PageSize = 50,
    question: str = "",
    stakeholder: str = "",
    kind: str = "",
    territory: str = "",
    language: str = "",
    group: str = "",
    channel: str = "",
    late: Annotated[str, Query(description="1: those received after the deadline.")] = "",
    order: Annotated[str, Query(description="latest: the last one received first.")] = "",
    search: Annotated[str, Query(max_length=200)] = "",
) -> dict[str, Any]:
    """The public submissions of a call, narrowed as on its page; texts are at parts."""
    wanted = reads.Wanted(
        stakeholder=_typed(stakeholder),
        kind=_typed(kind),
        territories=filters.territories(profile(), (_typed(territory),) if territory else (), group),
        language=_typed(language),
        channel=_typed(channel),
        late=late == "1",
        question=_typed(question),
        search=search,
    )
    rows = reads.published_in(reads.public_call(slug), wanted)
    rows = rows.order_by(*filters.ORDERS.get(order, filters.ORDERS["received"]))
    listed, head = _page(request, rows, page, per_page)
    return {**head, "submissions": [as_json.row_json(row) for row in listed]}


@api.get("/calls/{slug}/parts", response={200: PartPage, **_REFUSALS}, operation_id="parts")
def parts(
    request: HttpRequest,
    slug: str,
    page: PageNumber = 1,
    per_page: PageSize = 50,
    question: str = "",
) -> dict[str, Any]:
    """The public answers and files of a call with their texts; of reserved ones the address alone."""
    rows = (
        PublishedPart.objects.filter(published__call=reads.public_call(slug))
        .select_related("published", "text_version", "attachment")
        .defer("published__search_text")
        .order_by("published__received_on", "published__identifier", "position")
    )
    listed, head = _page(
        request, rows.filter(question_id=_typed(question)) if question else rows, page, per_page
    )
    return {**head, "parts": [as_json.part_json(part.published, part) for part in listed]}


@api.get(
    "/submissions/{identifier}", response={200: SubmissionDetail, **_REFUSALS}, operation_id="submission"
)
def submission(request: HttpRequest, response: HttpResponse, identifier: str) -> dict[str, Any]:  # noqa: ARG001
    """One public submission with its parts. 410 where it was public and is not any more."""
    row = reads.published_submission(identifier)
    held = reads.parts_of(row)
    if any(part.mining_reserved for part in held):
        response[TDM_HEADER] = "1"
    return {
        **as_json.row_json(row),
        "call": shape.permanent(reverse("call", args=[row.call.consultation.slug])),
        "parts": [as_json.part_json(row, part) for part in held],
    }


@api.get("/ledger/head", response={200: HeadOut, **_REFUSALS}, operation_id="ledger_head")
def ledger_head(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001 -- the signature is ninja's
    """The latest signed head of the ledger. 404 while the ledger is empty."""
    import base64

    found = ledger.head()
    if found is None:
        raise Http404
    key = base64.b64encode(ledger.public_keys()[found.key]).decode()
    return {**found.as_json(), "public_key": key}


def _typed(value: str) -> str:
    """The value, or one that nothing has where it holds what no database could."""
    return value if value.isprintable() else filters.NOBODY


def _call(row: Call) -> dict[str, Any]:
    slug = row.consultation.slug
    return {
        "slug": slug,
        "url": shape.permanent(reverse("call", args=[slug])),
        "titles": row.titles,
        "languages": row.languages,
        "opens_at": row.opens_at,
        "closes_at": row.deadline,
        "time_zone": row.time_zone,
        "state": str(row.state(timezone.now())),
        "questions": [each.question_id for each in row.questions.all()],
    }


def _page(
    request: HttpRequest, rows: QuerySet[Any], number: int, size: int
) -> tuple[list[Any], dict[str, Any]]:
    pages = Paginator(rows, size)
    page = pages.get_page(number)
    following = None
    if page.has_next():
        query = request.GET.copy()
        query["page"] = str(page.number + 1)
        following = shape.permanent(f"{request.path}?{query.urlencode()}")
    head = {
        "ok": True,
        "count": pages.count,
        "page": page.number,
        "pages": pages.num_pages,
        "next": following,
    }
    return list(page.object_list), head


def _refused(request: HttpRequest, status: int, error: str, errors: list[str] | None = None) -> HttpResponse:
    body = {"ok": False, "error": error, "errors": errors or [], "status": status}
    return api.create_response(request, body, status=status)


@api.exception_handler(Http404)
@api.exception_handler(reads.NeverPublic)
def _missing(request: HttpRequest, _error: Exception) -> HttpResponse:
    return _refused(request, 404, "There is nothing public at this address.")


@api.exception_handler(reads.TakenBack)
def _taken_back(request: HttpRequest, _error: Exception) -> HttpResponse:
    return _refused(request, 410, "This submission is not public any more.")


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Which parameter is wrong; never what it held."""
    fields = [str(each.get("loc", ("", ""))[-1]) for each in error.errors]
    known = {
        "page",
        "per_page",
        "search",
        "question",
        "stakeholder",
        "kind",
        "territory",
        "group",
        "language",
        "channel",
        "late",
        "order",
    }
    named = [f"The parameter {name} is not as described in openapi.json." for name in fields if name in known]
    return _refused(request, 400, "Some parameters cannot be used; see /api/v1/openapi.json.", named)


@api.exception_handler(Throttled)
def _too_often(request: HttpRequest, _error: Throttled) -> HttpResponse:
    response = _refused(request, 429, "There were too many requests from your address; wait ten minutes.")
    response["Retry-After"] = str(SECONDS)
    return response
