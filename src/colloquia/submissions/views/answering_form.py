"""The answer form in Word, filled in: read, shown beside what is typed, and taken in by choice."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from colloquia.core.attachments import AttachmentRefused
from colloquia.core.filenames import of_form
from colloquia.submissions.answer_fields import flat
from colloquia.submissions.forms.answering import Languages, read_seen
from colloquia.submissions.models import AnswerDraft, DraftFile
from colloquia.submissions.presentation.answering import seen_of
from colloquia.submissions.presentation.answering_form import chosen_values, read_values, reads_of
from colloquia.submissions.presentation.call_languages import text_language
from colloquia.submissions.queries.drafts import asked_of, question_order
from colloquia.submissions.records import Content
from colloquia.submissions.services import DraftSent, FilledForm, SubmissionRefused, read_form
from colloquia.submissions.services.drafting import is_sent, save
from colloquia.submissions.services.drafting_files import add_file, remove_file, seal_form
from colloquia.submissions.views.answering_door import draft_or_404, show, to_receipt
from colloquia.submissions.views.private_pages import private


@require_http_methods(["GET", "HEAD", "POST"])
@private
def form(request: HttpRequest, token: str) -> HttpResponseBase:
    """Ask for the form; then ``?file=`` shows what it says, and a POST takes in what was chosen."""
    found = draft_or_404(token)
    if is_sent(found):
        return to_receipt(found)
    try:
        if request.method == "POST" and request.FILES:
            return _receive(request, found, token)
        row = _file(found, request.GET.get("file", ""))
        if row is None:
            return _page(request, found, token)
        filled = read_form(row.attachment, found.call)
        if not filled.is_form:
            messages.warning(request, " ".join(filled.problems))
            messages.info(request, _("The file is kept among your files."))
            return redirect("draft_files", token)
        if request.method == "POST":
            return _take(request, found, token, row, filled)
    except DraftSent:
        messages.warning(request, _("This was sent already; nothing was taken in."))
        return to_receipt(draft_or_404(token))
    return _page(request, found, token, row=row, filled=filled)


def _receive(request: HttpRequest, found: AnswerDraft, token: str) -> HttpResponseBase:
    given = request.FILES.get("file")
    if given is None:
        return _page(request, found, token, refused=_("Choose a file first."))
    try:
        row = add_file(
            draft=found,
            stream=given.file or given,
            name=of_form(given.name or ""),
            media_type=given.content_type or "",
            by=request.user if request.user.is_authenticated else None,
        )
    except (AttachmentRefused, SubmissionRefused) as refusal:
        return _page(request, found, token, refused=str(refusal))
    return redirect(reverse("draft_form", args=[token], query={"file": str(row.pk)}))


def _take(
    request: HttpRequest, found: AnswerDraft, token: str, row: DraftFile, filled: FilledForm
) -> HttpResponseBase:
    taken = {name: request.POST.get(f"take.{name}", "") for name in read_values(filled)}
    choices = {name: choice for name, choice in taken.items() if choice}
    values = chosen_values(found, filled, choices)
    saved = save(
        draft=found,
        values=values,
        seen=read_seen(request.POST),
        order=question_order(found.call),
        editor=f"form {row.pk}",
    )
    settle = seal_form if "keep" in request.POST else remove_file
    settle(file=row, by=request.user if request.user.is_authenticated else None)
    if saved.conflicts:
        messages.warning(
            request, _("Somebody else changed the same fields meanwhile. Both texts are kept below.")
        )
    else:
        number = len(saved.changed)
        sentence = ngettext(
            "%(number)s field was taken from the form.", "%(number)s fields were taken from the form.", number
        )
        messages.success(request, sentence % {"number": number})
    return redirect("draft", token)


def _file(found: AnswerDraft, text: str) -> DraftFile | None:
    if not (text.isascii() and text.isdigit() and len(text) < 15):
        return None
    return found.files.select_related("attachment", "draft").filter(pk=int(text)).first()


def _page(
    request: HttpRequest,
    found: AnswerDraft,
    token: str,
    *,
    row: DraftFile | None = None,
    filled: FilledForm | None = None,
    refused: str = "",
) -> HttpResponseBase:
    asked = asked_of(found.call, text_language(request, found.call))
    reads = reads_of(found, filled, asked, Languages()) if filled else []
    held = flat(Content.from_json(found.content))
    return show(
        request,
        found,
        token,
        "draft_form.html",
        name="draft_form",
        title=_("Answer form in Word"),
        status=422 if refused else 200,
        row=row,
        filled=filled,
        reads=reads,
        fresh=[each for each in reads if not each.typed and not each.same],
        clashing=[each for each in reads if each.typed and not each.same],
        same=sum(each.same for each in reads),
        seen=seen_of(held, [each.name for each in reads]),
        refused=refused,
    )
