"""The public pages: papers, versions, issues, questions."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from colloquia.core.table_files import download
from colloquia.issues import queries
from colloquia.issues.models import Issue, Paper, PaperVersion, Question
from colloquia.issues.presentation.comparison import comparison, kind_label
from colloquia.issues.presentation.counts import counts_of
from colloquia.issues.presentation.question_page import QuestionPage, question_page, sections
from colloquia.issues.presentation.tables import changes_table, questions_table, versions_table
from colloquia.issues.records import IssueIn
from colloquia.issues.views.finding import friendly, no_issue, no_paper, no_question, no_version


@require_safe
def papers(request: HttpRequest) -> HttpResponseBase:
    """Every paper with its versions."""
    file = download(request, {"versions": versions_table}, stem="papers")
    return file or render(request, "issues/papers.html", {"papers": queries.papers()})


@require_safe
@friendly
def paper(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A paper: versions, what is known of them, glossary, what is said to have changed."""
    found = found_paper(slug)
    versions = queries.versions_of(found)
    context = {
        "paper": found,
        "versions": versions,
        "latest": queries.latest(found),
        "glossary": queries.glossary(versions),
        "discussions": queries.discussions(paper=found.pk),
        "changes": queries.recorded_changes(paper=found.pk),
    }
    return render(request, "issues/paper.html", context)


@require_safe
@friendly
def version(request: HttpRequest, slug: str, key: str) -> HttpResponseBase:
    """One version from beginning to end."""
    found, versions = found_version(slug, key)
    blocks = queries.contents(found)
    issues = [each for block in blocks for each in block.issues]
    file = download(request, {"questions": lambda: questions_table(found, issues)}, stem=f"{slug}-{key}")
    if file is not None:
        return file
    context = {
        "paper": found.paper,
        "version": found,
        "versions": versions,
        "sections": blocks,
        "issue_count": len(issues),
        "question_count": sum(len(each.questions) for each in issues),
        "glossary": queries.glossary([found]),
    }
    return render(request, "issues/version.html", context)


@require_safe
@friendly
def compare(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Two versions side by side; the first and the last unless the address names others."""
    found = found_paper(slug)
    versions = queries.versions_of(found)
    pair = chosen_pair(request, versions)
    compared = comparison(*pair) if pair else None
    if compared:
        file = download(request, {"changes": lambda: changes_table(compared)}, stem=slug)
        if file is not None:
            return file
    context = {
        "paper": found,
        "versions": versions,
        "chosen": [each.key for each in pair] if pair else ["", ""],
        "compared": compared,
        "issue_counts": counted(compared.issue_counts) if compared else [],
        "query": f"from={pair[0].key}&to={pair[1].key}&" if pair else "",
        "question_counts": counted(compared.question_counts) if compared else [],
    }
    return render(request, "issues/compare.html", context)


@require_safe
@friendly
def issue(request: HttpRequest, issue_id: str) -> HttpResponseBase:
    """One issue in the version asked for, else in the latest that has it."""
    found = queries.issue(issue_id)
    if found is None:
        found_issue(issue_id.upper())
        return redirect("issue", issue_id.upper(), permanent=True)
    everywhere, here = issue_here(found, request.GET.get("version", ""))
    if here:
        file = download(request, {"questions": lambda: questions_table(here.version, [here])}, stem=issue_id)
        if file is not None:
            return file
    context = {
        "issue": found,
        "paper": found.paper,
        "here": here,
        "query": f"version={here.version.key}&" if here else "",
        "everywhere": everywhere,
        "descents": queries.descents([issue_id]),
        "changes": queries.recorded_changes(issue_id=issue_id),
        "discussions": queries.discussions(issue_id=issue_id),
    }
    return render(request, "issues/issue.html", context)


@require_safe
@friendly
def question(request: HttpRequest, question_id: str) -> HttpResponseBase:
    """One question, and on one page everything that the site holds about it."""
    found = queries.question(question_id)
    if found is None:
        proper = proper_question_id(question_id)
        found_question(proper)
        return redirect("question", proper, permanent=True)
    page = page_of(request, found)
    context = {
        "page": page,
        "paper": page.question.issue.paper,
        "counts": counts_of(request, question_id),
        "open_sections": sections(request, question_id, "open"),
        "sections": sections(request, question_id, "body"),
    }
    return render(request, "issues/question.html", context)


def found_paper(slug: str) -> Paper:
    """The paper. Raises NothingHere."""
    found = queries.paper(slug)
    if found is None:
        raise no_paper(slug)
    return found


def found_version(slug: str, key: str) -> tuple[PaperVersion, list[PaperVersion]]:
    """The version with its paper, and all versions. Raises NothingHere."""
    parent = found_paper(slug)
    versions = queries.versions_of(parent)
    for each in versions:
        if each.key == key:
            each.paper = parent
            return each, versions
    raise no_version(key)


def chosen_pair(
    request: HttpRequest, versions: list[PaperVersion]
) -> tuple[PaperVersion, PaperVersion] | None:
    """The two versions to compare, None where there are not two. Raises NothingHere for an unknown key."""
    by_key = {each.key: each for each in versions}
    asked = [request.GET.get(name, "") for name in ("from", "to")]
    for key in filter(None, asked):
        if key not in by_key:
            raise no_version(key)
    if len(versions) < 2:
        return None
    earlier, later = (by_key.get(key) for key in asked)
    later = later or next(each for each in reversed(versions) if each is not earlier)
    earlier = earlier or next(each for each in versions if each is not later)
    return earlier, later


def counted(counts: dict[str, int]) -> list[tuple[str, str, int]]:
    """Kinds of change with their words and numbers."""
    return [(kind, kind_label(kind), count) for kind, count in counts.items()]


def found_issue(issue_id: str) -> Issue:
    """The issue. Raises NothingHere."""
    found = queries.issue(issue_id)
    if found is None:
        raise no_issue(issue_id)
    return found


def found_question(question_id: str) -> Question:
    """The question. Raises NothingHere."""
    found = queries.question(question_id)
    if found is None:
        raise no_question(question_id)
    return found


def page_of(request: HttpRequest, found: Question) -> QuestionPage:
    """The question's page in the version and language asked for."""
    return question_page(
        found,
        version_key=request.GET.get("version", ""),
        language=request.GET.get("wording", ""),
    )


def issue_here(found: Issue, version_key: str) -> tuple[list[IssueIn], IssueIn | None]:
    """The issue in all versions, and the one to show."""
    everywhere = queries.issue_in_versions(found.pk)
    standing = [each for each in everywhere if not each.is_withdrawn]
    here = next((each for each in standing if each.version.key == version_key), None)
    return everywhere, here or (standing[-1] if standing else None)


def proper_question_id(question_id: str) -> str:
    """An id as it is written: the issue in capitals, the rest small."""
    head, dot, tail = question_id.partition(".")
    return f"{head.upper()}{dot}{tail.lower()}"
