"""Preliminary considerations: what is public, what may be commented, and what officers write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from colloquia.accounts.rules import is_officer
from colloquia.core.components import Link
from colloquia.core.queries import profile
from colloquia.engines.jurisdictions import Profile
from colloquia.issues.models import Issue
from colloquia.issues.queries import issue_titles
from colloquia.outcomes.forms.priorities import CommentForm, CommentsForm, ConsiderationForm
from colloquia.outcomes.models import Consideration, ConsiderationComment
from colloquia.outcomes.presentation.rested import Rested, rested_on
from colloquia.outcomes.queries import considerations as queries
from colloquia.outcomes.services import considerations as services
from colloquia.outcomes.services.refusals import OutcomeConflict, OutcomeDoubted, OutcomeRefused
from colloquia.outcomes.views.doors import json_twin, officers_only, page
from colloquia.outcomes.views.priorities import consultation_named, nothing_here


@never_cache
@require_safe
def considerations(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What is public, what the person may comment on, and for officers everything."""
    row = consultation_named(slug)
    shown = queries.published(consultation=row)
    opened = queries.open_to(request.user, row, timezone.now())
    officer = is_officer(request.user)
    if not (shown or opened or officer):
        return nothing_here(request)
    rested = rested_on(request, row, shown)
    titles = issue_titles({each.row.issue_id for each in shown} | {each.issue_id for each in opened})
    names = profile()
    return page(
        request,
        "considerations.html",
        row,
        tab="considerations",
        trail=(Link(_("Considerations")),),
        shown=[_public(each, titles, rested, names) for each in shown],
        opened=[(each, titles.get(each.issue_id, "")) for each in opened],
        rows=queries.considerations_of(row) if officer else (),
        twin=reverse("considerations_json", args=[slug]) if shown else "",
    )


@require_safe
def considerations_json(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What is public, as JSON. Passages whose words are public no more are counted, not named."""
    row = consultation_named(slug)
    shown = queries.published(consultation=row)
    rested, names = rested_on(request, row, shown), profile()
    return json_twin(
        {
            "consultation": slug,
            "considerations": [
                {
                    "issue": each.row.issue_id,
                    "number": each.row.number,
                    "version": each.row.published_version,
                    "published": each.row.published_at.isoformat() if each.row.published_at else None,
                    "texts": each.texts,
                    "passages": [name for name in each.passages if not rested[name].instead],
                    "passages_not_shown": sum(bool(rested[name].instead) for name in each.passages),
                    "comments": [
                        {
                            "on_behalf_of": _body(comment, names),
                            "text": comment.text,
                            "language": comment.language,
                        }
                        for comment in each.comments
                    ],
                }
                for each in shown
            ],
        }
    )


@never_cache
@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def consideration_edit(request: HttpRequest, slug: str, number: int = 0) -> HttpResponseBase:
    """Write a consideration, or its next version."""
    row = consultation_named(slug)
    found = get_object_or_404(Consideration, pk=number, consultation=row) if number else None
    issues = (
        list(Issue.objects.filter(paper__slug=row.paper).values_list("pk", flat=True)) if row.paper else []
    )
    issues = issues or list(Issue.objects.values_list("pk", flat=True))
    form = ConsiderationForm(
        issues, found, request.POST if request.method == "POST" else None, request.GET.get("issue", "")
    )
    if request.method == "POST" and form.is_valid():
        text = request.POST.get("seen", "")
        try:
            made = services.write_consideration(
                consultation=row,
                issue_id=form.cleaned_data["issue_id"],
                texts=form.texts,
                passages=form.cited,
                run=queries.cited_run(row),
                by=request.user,
                consideration=found,
                seen=int(text) if text.isascii() and text.isdigit() else 0,
                kept_words=form.kept_words,
            )
        except OutcomeRefused as error:
            form.add_error(None, list(error.reasons))
            if isinstance(error, OutcomeDoubted):
                form.ask_about(error.words)
        except OutcomeConflict as conflict:
            form.add_error(
                None,
                _("%(who)s wrote another version meanwhile. Open it in another tab and compare.")
                % {"who": conflict.theirs},
            )
        else:
            messages.success(request, _("The version is kept. Another officer publishes it."))
            return redirect("consideration", slug, made.pk)
    return page(
        request,
        "consideration_edit.html",
        row,
        tab="considerations",
        trail=(Link(_("Considerations"), reverse("considerations", args=[slug])), Link(_("Write"))),
        status=409 if form.errors else 200,
        form=form,
        seen=found.version if found else 0,
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def consideration(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """One consideration for officers and for who may comment. A POST is a comment."""
    row = consultation_named(slug)
    officer = is_officer(request.user)
    found = queries.considerations_of(row).filter(pk=number).first()
    opened = [each.pk for each in queries.open_to(request.user, row, timezone.now())]
    if found is None or not (officer or found.pk in opened):
        return nothing_here(request)
    form = None
    status = 200
    if found.pk in opened:
        posted = request.POST if request.method == "POST" else None
        form = CommentForm(*queries.bodies_of(request.user, found), posted)
        if posted is not None and form.is_valid():
            try:
                services.comment(
                    consideration=found,
                    text=form.cleaned_data["text"],
                    language=get_language() or "en",
                    territory=form.territory,
                    organisation=form.organisation,
                    by=request.user,
                )
            except OutcomeRefused as error:
                form.add_error(None, list(error.reasons))
            else:
                messages.success(request, _("The comment reached the secretariat. Officers may publish it."))
                return redirect("consideration", slug, number)
        status = 409 if form.errors else 200
    comments = found.comments.select_related("territory", "by")
    return page(
        request,
        "consideration.html",
        row,
        tab="considerations",
        trail=(Link(_("Considerations"), reverse("considerations", args=[slug])), Link(str(found))),
        status=status,
        found=found,
        title=issue_titles([found.issue_id]).get(found.issue_id, ""),
        texts=list(found.texts.items()),
        form=form,
        comments=comments if officer else comments.filter(by_id=request.user.pk),
        versions=found.versions.select_related("by") if officer else (),
        comments_form=CommentsForm(),
        wrote=found.written_by_id == request.user.pk,
    )


@never_cache
@officers_only
@require_POST
def consideration_act(request: HttpRequest, slug: str, number: int, verb: str) -> HttpResponseBase:
    """``open`` comments, ``publish``, ``withdraw``; ``show`` or ``hide`` a ``comment``."""
    found = get_object_or_404(Consideration, pk=number, consultation=consultation_named(slug))
    try:
        _act(request, found, verb)
    except OutcomeRefused as error:
        for reason in error.reasons:
            messages.error(request, reason)
    except OutcomeConflict:
        messages.error(request, _("There is another version by now. Read it before you publish it."))
    else:
        messages.success(request, _("Done."))
    return redirect("consideration", slug, number)


def _act(request: HttpRequest, found: Consideration, verb: str) -> None:
    if verb == "open":
        form = CommentsForm(request.POST)
        if not form.is_valid():
            raise OutcomeRefused(*[str(each) for errors in form.errors.values() for each in errors])
        services.open_comments(
            consideration=found,
            until=form.cleaned_data["moment"],
            organisations=form.cleaned_data["organisations"],
            by=request.user,
        )
    elif verb == "publish":
        services.publish_consideration(
            consideration=found, seen=_number(request.POST.get("seen", "")), by=request.user
        )
    elif verb == "withdraw":
        services.withdraw_consideration(
            consideration=found, reason=request.POST.get("reason", ""), by=request.user
        )
    elif verb in ("show", "hide"):
        row = get_object_or_404(
            ConsiderationComment, pk=_number(request.POST.get("comment", "")), consideration=found
        )
        services.show_comment(row=row, shown=verb == "show", by=request.user)
    else:
        raise Http404


def _public(
    each: queries.Shown, titles: dict[str, str], rested: Mapping[str, Rested], names: Profile
) -> dict[str, Any]:
    language = get_language() or "en"
    code = next((code for code in (language, "en", *each.texts) if each.texts.get(code)), "")
    return {
        "row": each.row,
        "title": titles.get(each.row.issue_id, ""),
        "text": each.texts.get(code, ""),
        "language": code,
        "passages": [rested[name] for name in each.passages],
        "comments": [(_body(comment, names), comment) for comment in each.comments],
    }


def _body(comment: ConsiderationComment, names: Profile) -> str:
    if comment.territory_id is None:
        return comment.on_behalf_of
    return names.name(comment.territory_id, get_language() or "en")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0
