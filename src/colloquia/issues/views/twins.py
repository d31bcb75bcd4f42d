"""The JSON twin of every public page, at the page's address without the last slash and with ``.json``."""

# ruff: noqa: ARG001 -- views take the request

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from colloquia.issues import queries
from colloquia.issues.presentation import as_json as shape
from colloquia.issues.presentation.comparison import comparison
from colloquia.issues.presentation.counts import counts_of
from colloquia.issues.views.finding import as_json
from colloquia.issues.views.pages import (
    chosen_pair,
    found_issue,
    found_paper,
    found_question,
    found_version,
    issue_here,
    page_of,
)

READABLE = {"ensure_ascii": False}


@require_safe
@as_json
def papers(request: HttpRequest) -> HttpResponse:
    """Every paper with its versions."""
    rows = [shape.paper_json(paper, queries.versions_of(paper)) for paper in queries.papers()]
    return JsonResponse({"ok": True, "papers": rows, "count": len(rows)}, json_dumps_params=READABLE)


@require_safe
@as_json
def paper(request: HttpRequest, slug: str) -> HttpResponse:
    """A paper with its versions, glossary and reported changes."""
    found = found_paper(slug)
    versions = queries.versions_of(found)
    data = {
        "ok": True,
        **shape.paper_json(found, versions),
        "glossary": [
            {"version": version.key, "term": term, **shape.wording_json(held)}
            for version, entries in queries.glossary(versions)
            for term, held in entries
        ],
        "reported_changes": [shape.reported_json(each) for each in queries.recorded_changes(paper=found.pk)],
        "taken_up": [shape.reported_json(each) for each in queries.discussions(paper=found.pk)],
    }
    return JsonResponse(data, json_dumps_params=READABLE)


@require_safe
@as_json
def version(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """One version with its issues and questions, in order."""
    found, _versions = found_version(slug, key)
    issues = [each for block in queries.contents(found) for each in block.issues]
    data = {
        "ok": True,
        **shape.version_json(found, found.paper),
        "issues": [shape.issue_in_json(each) for each in issues],
        "counts": {"issues": len(issues), "questions": sum(len(each.questions) for each in issues)},
    }
    return JsonResponse(data, json_dumps_params=READABLE)


@require_safe
@as_json
def compare(request: HttpRequest, slug: str) -> HttpResponse:
    """Two versions side by side."""
    pair = chosen_pair(request, queries.versions_of(found_paper(slug)))
    if pair is None:
        return JsonResponse({"ok": True, "from": None, "to": None, "issues": [], "questions": []})
    compared = comparison(*pair)
    data = {
        "ok": True,
        "from": compared.before.key,
        "to": compared.after.key,
        "counts": {"issues": compared.issue_counts, "questions": compared.question_counts},
        "issues": [shape.compared_json(item) for item, _questions in compared.issues],
        "questions": [shape.compared_json(item) for _issue, items in compared.issues for item in items],
        "reported_changes": [shape.reported_json(each) for each in compared.reported],
    }
    return JsonResponse(data, json_dumps_params=READABLE)


@require_safe
@as_json
def issue(request: HttpRequest, issue_id: str) -> HttpResponse:
    """One issue in every version."""
    found = found_issue(issue_id)
    everywhere, here = issue_here(found, request.GET.get("version", ""))
    data = {
        "ok": True,
        "id": found.pk,
        "url": shape.address("issue", found.pk),
        "paper": found.paper.slug,
        "version": here.version.key if here else None,
        "versions": [shape.issue_in_json(each) | {"withdrawn": each.is_withdrawn} for each in everywhere],
        "history": {
            "descent": [shape.descent_json(each) for each in queries.descents([issue_id])],
            "reported_changes": [
                shape.reported_json(each) for each in queries.recorded_changes(issue_id=issue_id)
            ],
            "taken_up": [shape.reported_json(each) for each in queries.discussions(issue_id=issue_id)],
        },
    }
    return JsonResponse(data, json_dumps_params=READABLE)


@require_safe
@as_json
def question(request: HttpRequest, question_id: str) -> HttpResponse:
    """One question: wordings with their grades, counts, history."""
    page = page_of(request, found_question(question_id))
    data = shape.question_json(page, counts_of(request, question_id))
    return JsonResponse(data, json_dumps_params=READABLE)
