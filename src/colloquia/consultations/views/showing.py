"""What every page of a run has in its context."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from colloquia.consultations.presentation.head import head
from colloquia.consultations.presentation.visit import Visit
from colloquia.core.components import Link


def show(
    request: HttpRequest,
    visit: Visit,
    template: str,
    *,
    name: str,
    arguments: tuple[str, ...] = (),
    tab: str = "",
    trail: tuple[Link, ...] = (),
    **context: Any,
) -> HttpResponse:
    """A page at the route ``name``; its twin is at ``<name>_json`` with the same arguments.

    ``tab`` is the route of the page's place among the pages of the consultation, where it is not its own.
    """
    common = {
        "visit": visit,
        "run": visit.run,
        "consultation": visit.consultation,
        "question_id": "",
        "theme": None,
        "passages": (),
        "head": head(visit, tab or name, trail),
        "canonical": visit.permanent(name, *arguments),
        "twin": visit.url(f"{name}_json", *arguments, keep=True),
    }
    return render(request, f"consultations/{template}", common | context)
