"""Writing translations beside the originals, alone or several; nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from colloquia.consultations.forms.translating import MakersForm, PassageForm
from colloquia.consultations.models import Translation
from colloquia.consultations.models.translations import TranslationKind
from colloquia.consultations.presentation.translating import ToTranslate, to_translate
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.queries.translating import history_of, target_languages
from colloquia.consultations.services import translating as services
from colloquia.consultations.views.doors import officers_only
from colloquia.consultations.views.showing import show
from colloquia.consultations.views.translating import Listing, chosen, into_of, named, trail, visit_of
from colloquia.core.components import Link
from colloquia.engines.translations.folding import cleaned

AT_ONCE = 10
"""Passages on one page of writing; more would be too much for one form."""


@dataclass
class Item:
    """A passage on the page of writing, with its form, what stood there, and what came in between."""

    to: ToTranslate
    form: PassageForm
    held: Translation | None
    is_stale: bool
    history: list[Translation]
    theirs: Translation | None = None

    @property
    def earlier(self) -> list[Translation]:
        """Translations that were replaced or taken back, into every language, the latest first."""
        return [row for row in self.history if row.replaced_at]


@never_cache
@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Write translations beside the originals. What is good is kept; the rest stays in the form."""
    visit = visit_of(request, slug)
    into = into_of(request, visit.run)
    sent = request.method == "POST"
    names = request.POST.getlist("passage") if sent else chosen(Listing(visit))
    items = _items(visit, names[:AT_ONCE], into)
    if not items:
        messages.error(request, _("Choose at least one passage."))
        return redirect(visit.url("consultation_translations"))
    makers = MakersForm(request.POST if sent else None)
    if sent:
        kept, left = _keep(request, visit, into, items, makers)
        if kept:
            words = ngettext("%(n)d translation was kept.", "%(n)d translations were kept.", kept)
            messages.success(request, words % {"n": kept})
        if not left:
            return redirect(visit.url("consultation_translations"))
        items = left
    response = show(
        request,
        visit,
        "translation_write.html",
        name="consultation_translations_write",
        trail=(*trail(visit), Link(_("Write"))),
        items=items,
        makers=makers,
        into=into,
        targets=named(visit, target_languages(visit.run)),
        more=max(0, len(names) - AT_ONCE),
        problems=any(item.form.errors for item in items) or bool(makers.errors),
    )
    if sent:
        response.status_code = 409 if any(item.theirs for item in items) else 400
    return response


def _items(visit: Visit, names: Sequence[str], into: str) -> list[Item]:
    found = [item for item in to_translate(visit, names) if item.row.language != into]
    history = history_of(visit.consultation, [item.row.passage_id for item in found])
    return [_item(visit, item, into, history.get(item.row.passage_id, [])) for item in found]


def _item(visit: Visit, item: ToTranslate, into: str, history: list[Translation]) -> Item:
    standing = next((one for one in item.translations if one.row.language == into), None)
    now = standing.row if standing else None
    is_stale = bool(standing and standing.is_stale)
    confirm = ""
    if is_stale:
        confirm = _("It fits the passage as it reads now")
    elif now and now.kind == TranslationKind.MACHINE:
        confirm = _("I have checked this machine translation, and it may stay as it is")
    form = PassageForm(
        visit.request.POST if visit.request.method == "POST" else None,
        language=into,
        passage_id=item.row.passage_id,
        confirm=confirm,
        initial={"text": now.text if now else "", "seen": now.pk if now else 0},
    )
    return Item(item, form, now, is_stale, history)


def _keep(
    request: HttpRequest, visit: Visit, into: str, items: Sequence[Item], makers: MakersForm
) -> tuple[int, list[Item]]:
    """Keep what can be kept; how many that were, and the passages on which somebody has to look again."""
    makers_valid = makers.is_valid()
    kept, left = 0, []
    for item in items:
        if not item.form.is_valid():
            left.append(item)
            continue
        data = item.form.cleaned_data
        seen = next((row for row in item.history if row.pk == data["seen"] and row.language == into), None)
        text = cleaned(data["text"])
        kind, tool = "", ""
        if text and (seen is None or text != seen.text):
            kind, tool = makers.cleaned_data.get("kind", ""), makers.cleaned_data.get("tool", "")
            if not kind or not makers_valid:
                if not makers.has_error("kind"):
                    makers.add_error("kind", _("Say who translated what you wrote or pasted."))
                left.append(item)
                continue
        elif seen is not None and data.get("confirmed"):
            text = seen.text
            machine = seen.kind == TranslationKind.MACHINE
            kind, tool = (TranslationKind.CORRECTED if machine else seen.kind), seen.tool
        else:
            continue
        try:
            row = services.save_translation(
                run=visit.run,
                passage_id=item.to.row.passage_id,
                language=into,
                written=services.Written(text, kind, tool=tool),
                by=request.user,
                seen=seen.pk if seen else 0,
            )
        except services.TranslationRefused as error:
            item.form.add_error("text", str(error))
            left.append(item)
        except services.TranslationConflict as error:
            left.append(_conflict(item, error.theirs))
        else:
            kept += row.pk != (seen.pk if seen else 0)
    return kept, left


def _conflict(item: Item, theirs: Translation) -> Item:
    """The form again with what was written, beside what somebody else wrote; sent again, it replaces that."""
    data: Any = item.form.data
    data = data.copy()
    data[item.form.add_prefix("seen")] = str(theirs.pk)
    item.form.data = data
    item.theirs = theirs
    return item


@never_cache
@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """Ask whether a translation is to be put aside; on POST it is."""
    visit = visit_of(request, slug)
    row = Translation.objects.filter(consultation=visit.consultation, pk=number, replaced_at=None).first()
    if row is None:
        raise Http404(_("There is no such translation, or it was replaced already."))
    if request.method == "POST":
        try:
            services.take_back(run=visit.run, translation=number, by=request.user)
        except services.TranslationRefused as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The translation was put aside. It stays in the record."))
        return redirect(visit.url("consultation_translations", source=row.source_language))
    return show(
        request,
        visit,
        "translation_take_back.html",
        name="consultation_translations_take_back",
        arguments=(str(number),),
        trail=(*trail(visit), Link(_("Take back"))),
        row=row,
        tongue=visit.tongue(row.language),
    )
