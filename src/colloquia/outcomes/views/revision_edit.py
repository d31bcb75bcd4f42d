"""Revising a paper: begun, changed question by question with a live comparison, reviewed and published."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from colloquia.consultations.models import Consultation, Run
from colloquia.core.components import Link
from colloquia.issues import queries as issues
from colloquia.issues.models import PaperVersion
from colloquia.outcomes import services
from colloquia.outcomes.forms.revisions import ChangeForm, RevisionForm
from colloquia.outcomes.models import Change, Revision
from colloquia.outcomes.presentation.history import summary_history
from colloquia.outcomes.presentation.revision import parts_of
from colloquia.outcomes.queries.outcomes import published_run
from colloquia.outcomes.queries.revisions import changes_of, citable, faults_of, mismatches, revisions_of
from colloquia.outcomes.services.revising import stamp
from colloquia.outcomes.views.doors import consultation_of, officers_only, page
from colloquia.outcomes.views.summary_edit import number


def _versions(consultation: Consultation) -> list[PaperVersion]:
    paper = issues.paper(consultation.paper) if consultation.paper else None
    if paper is not None:
        return issues.versions_of(paper)
    call = getattr(consultation, "call", None)
    return issues.versions_of(call.paper_version.paper) if call and call.paper_version else []


def _run(consultation: Consultation) -> Run | None:
    """The run whose outcomes changes cite: that of the published ones, else the one that is shown."""
    return (
        published_run(consultation) or consultation.shown_run or consultation.runs.order_by("-number").first()
    )


def _revision(consultation: Consultation, key: str) -> Revision:
    found = revisions_of(consultation).filter(key=key).first()
    if found is None:
        raise Http404(_("There is no such revision."))
    return found


@officers_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def revisions_edit(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The revisions after a consultation, and a form to begin one."""
    consultation = consultation_of(request, slug)
    versions = _versions(consultation)
    form = RevisionForm(request.POST or None, versions=versions)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        base = next(row for row in versions if str(row.pk) == data["base"])
        try:
            row = services.begin_revision(
                consultation=consultation,
                base=base,
                key=data["key"],
                titles=form.titles,
                symbol=data["symbol"],
                by=request.user,
            )
        except services.OutcomeRefused as error:
            form.add_error(None, list(error.reasons))
        else:
            return redirect("revision_edit", slug, row.key)
    return page(
        request,
        "revisions_edit.html",
        consultation,
        tab="revisions_edit",
        trail=(Link(_("Revised paper")),),
        status=400 if form.errors else 200,
        revisions=list(revisions_of(consultation)),
        versions=versions,
        form=form,
    )


@officers_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def revision_edit(request: HttpRequest, slug: str, key: str) -> HttpResponseBase:
    """The paper as the changes leave it, and every act on it."""
    consultation = consultation_of(request, slug)
    row = _revision(consultation, key)
    if request.method == "POST":
        seen = number(request.POST.get("seen", ""))
        try:
            match request.POST.get("act"):
                case "review":
                    services.review_revision(revision=row, seen=seen, by=request.user)
                    messages.success(request, _("The review was recorded. A second officer may publish now."))
                case "publish":
                    services.publish_revision(revision=row, seen=seen, by=request.user)
                    messages.success(request, _("The revised paper is published."))
        except services.OutcomeRefused as error:
            for reason in error.reasons:
                messages.error(request, reason)
        return redirect("revision_edit", slug, key)
    changes = changes_of(row)
    return page(
        request,
        "revision_edit.html",
        consultation,
        tab="revisions_edit",
        trail=(Link(_("Revised paper"), reverse("revisions_edit", args=[slug])), Link(row.key)),
        revision=row,
        parts=parts_of(row, changes),
        changes=changes,
        faults=faults_of(changes) if row.published_at is None else [],
        warnings=mismatches(_run(consultation), changes),
        is_reviewer=row.reviewed_by_id == request.user.pk,
        acts=summary_history(row)[:20],
    )


@officers_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def revision_change(request: HttpRequest, slug: str, key: str) -> HttpResponseBase:
    """The change of one question, or a question that is added. Two officers at once: the second is told."""
    consultation = consultation_of(request, slug)
    row = _revision(consultation, key)
    asked = request.POST if request.method == "POST" else request.GET
    question_id, change_pk = asked.get("question", "")[:64], number(asked.get("change", ""))
    here = {each.id: each for each in issues.questions_of(row.base)}
    question = here.get(question_id)
    if question_id and question is None:
        raise Http404(_("This question does not stand in the version that is revised."))
    changes = {each.pk: each for each in changes_of(row)}
    current = changes.get(change_pk)
    if question_id:
        current = next((each for each in changes.values() if each.question_id == question_id), None)
    elif change_pk and current is None and request.method != "POST":
        messages.error(request, _("This change was taken back by somebody else meanwhile."))
        return redirect("revision_edit", slug, key)
    run = _run(consultation)
    chosen = citable(run) if run else []

    def form_of(data: QueryDict | None) -> ChangeForm:
        texts = {}
        if question is not None:
            texts = {code: held.text for code in question.languages if (held := question.wording(code))}
        issue_id = question.issue_id if question else asked.get("issue", "")
        return ChangeForm(
            data,
            question_id=question_id,
            texts=texts,
            language=row.language,
            issues=issues.issues_of(row.base),
            outcomes=chosen,
            change=current,
            initial={
                "kind": current.kind if current else "reword" if question else "add",
                "issue_id": current.issue_id if current else issue_id,
                "position": current.position if current else None,
                "seen": stamp(current) if current else "",
            },
        )

    form = form_of(request.POST or None)
    back = reverse("revision_edit", args=[slug, key])
    theirs = ""
    if request.method == "POST":
        try:
            done = _act(request, row, form, current, change_pk)
        except services.OutcomeRefused as error:
            form.add_error(None, list(error.reasons))
        except services.OutcomeConflict as error:
            # Everything that was typed stays in the form; sent once more, it stands in the place of theirs.
            theirs = error.theirs or _("The change is taken back.")
            mine = request.POST.copy()
            mine["seen"], change_pk = error.seen, change_pk if error.seen else 0
            form = form_of(mine)
        else:
            if done:
                return redirect(f"{back}#q-{question_id or done}")
    return page(
        request,
        "revision_change.html",
        consultation,
        tab="revisions_edit",
        trail=(
            Link(_("Revised paper"), reverse("revisions_edit", args=[slug])),
            Link(row.key, back),
            Link(question_id or _("A new question")),
        ),
        status=409 if theirs else 400 if form.errors else 200,
        revision=row,
        question=question,
        change=current,
        change_pk=change_pk,
        form=form,
        theirs=theirs,
        has_outcomes=bool(chosen),
        back=back,
    )


def _act(
    request: HttpRequest, row: Revision, form: ChangeForm, current: Change | None, change_pk: int
) -> str:
    """Keep or drop the change; gives where on the page to go on, blank where the form is refused."""
    seen = request.POST.get("seen", "")
    if request.POST.get("act") == "drop" and current is not None:
        services.drop_change(revision=row, change=current.pk, seen=seen, by=request.user)
        messages.success(request, _("The question stays as it was."))
        return "paper"
    if not form.is_valid():
        return ""
    saved = services.save_change(
        revision=row, wish=form.wish, seen=seen, change=change_pk or None, by=request.user
    )
    messages.success(request, _("The change is kept. A review, if there was one, is taken back."))
    return str(saved.pk)
