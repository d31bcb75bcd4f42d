"""The pages on which the secretariat works at a call, in the order of the work."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from colloquia.accounts.rules import is_officer
from colloquia.core.components import Tab
from colloquia.core.tables import Words
from colloquia.submissions.rules import can_check

register = template.Library()

_PAGES: tuple[tuple[str, Words], ...] = (
    ("intake", _("Post and mail")),
    ("queue", _("Check")),
    ("submissions_publish", _("Publish")),
    ("call_analyse", _("Analyse")),
)


@register.inclusion_tag("submissions/office_tabs.html", takes_context=True)
def office(context: Any, slug: str) -> dict[str, Any]:
    """What the person may do with what a call brings in; nothing for the public."""
    request = context["request"]
    if is_officer(request.user):
        pages = _PAGES
    elif can_check(request.user):
        pages = tuple(page for page in _PAGES if page[0] == "queue")
    else:
        pages = ()
    addresses = [(reverse(name, args=[slug]), label) for name, label in pages]
    return {"tabs": [Tab(label, url, request.path.startswith(url)) for url, label in addresses]}
