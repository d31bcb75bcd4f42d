"""The list of outcome terms."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from colloquia.core.components import Link
from colloquia.outcomes import services
from colloquia.outcomes.forms.outcomes import TermForm
from colloquia.outcomes.queries.outcomes import terms
from colloquia.outcomes.views.doors import consultation_of, officers_only, page


@officers_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def outcome_terms(request: HttpRequest, slug: str, code: str = "") -> HttpResponseBase:
    """The terms, with a form for a new one or for the one that the address names."""
    consultation = consultation_of(request, slug)
    listed = list(terms())
    chosen = next((row for row in listed if row.pk == code), None)
    if code and chosen is None:
        raise Http404(_("There is no such term."))
    back = reverse("outcome_terms", args=[slug])
    form = TermForm(request.POST or None, term=chosen)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.save_term(
                code=data["code"],
                labels=form.labels,
                needs_paragraph=data["needs_paragraph"],
                position=data["position"],
                is_active=data["is_active"],
                by=request.user,
                new=chosen is None,
            )
        except services.OutcomeRefused as error:
            form.add_error(None, list(error.reasons))
        else:
            messages.success(request, _("The term is kept."))
            return redirect(back)
    return page(
        request,
        "terms.html",
        consultation,
        tab="outcomes_edit",
        trail=(Link(_("Outcomes"), reverse("outcomes_edit", args=[slug])), Link(_("Terms"))),
        status=400 if form.errors else 200,
        terms=listed,
        chosen=chosen,
        form=form,
        back=back,
    )
