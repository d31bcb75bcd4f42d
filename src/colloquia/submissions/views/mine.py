"""The drafts and submissions of an account."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from colloquia.core.components import Link
from colloquia.submissions.presentation.mine import draft_lines, submission_lines
from colloquia.submissions.queries import receipts as queries
from colloquia.submissions.queries.drafts import drafts_of
from colloquia.submissions.views.private_pages import private

PAGE_SIZE = 50


@require_safe
@private
@login_required
def my_submissions(request: HttpRequest) -> HttpResponseBase:
    """What this account is writing, and what it has sent."""
    language = request.LANGUAGE_CODE
    page = Paginator(queries.submissions_of(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    drafts = drafts_of(request.user).select_related("replaces")[:PAGE_SIZE]
    context = {
        "drafts": draft_lines(drafts, language, timezone.now()),
        "page": page,
        "submissions": submission_lines(page, language),
        "trail": [Link(_("Your submissions"))],
    }
    return render(request, "submissions/my_submissions.html", context)
