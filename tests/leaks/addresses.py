"""Every address of the site, with what is known put into its pattern."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator, Mapping, Sequence

from django.contrib import admin
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

_KWARG = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>")
_FEW = 30
"""Combinations of one pattern that are all tried."""


class UnknownParameter(AssertionError):
    """An address has a parameter that the leak test knows nothing to put into."""


def routes(
    patterns: Sequence[URLPattern | URLResolver] | None = None, prefix: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    """Every route as it is written, without the administration's, which are found by its registry."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route, pattern
        elif not route.startswith("admin/"):
            yield from routes(pattern.url_patterns, route)


def addresses(values: Mapping[str, Sequence[object]]) -> Iterator[str]:
    """Every address that can be made with ``values``, which gives candidates by the name of the parameter.

    Raises UnknownParameter where a route has a parameter that is not among them.
    """
    for route, _pattern in routes():
        if "(?P<" in route or "^" in route:
            continue  # addresses of the sign-in library that hold its own key
        names = [first or second for first, second in _KWARG.findall(route)]
        for name in names:
            if name not in values:
                raise UnknownParameter(
                    f"/{route} has the parameter “{name}”; tell tests/leaks/world.py what to put into it."
                )
        for given in _combined([values[name] for name in names]):
            address = route
            for value in given:
                address = _KWARG.sub(str(value), address, count=1)
            yield f"/{address}"


def _combined(given: Sequence[Sequence[object]]) -> Iterator[tuple[object, ...]]:
    """Every combination where these are few; else so many that each value stands in one."""
    number = math.prod(len(each) for each in given)
    if number <= _FEW:
        yield from itertools.product(*given)
        return
    longest = max(len(each) for each in given)
    yield from itertools.islice(zip(*(itertools.cycle(each) for each in given), strict=False), longest)


def administration() -> Iterator[str]:
    """The lists of the administration, and its pages of the latest rows."""
    yield reverse("admin:index")
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        try:
            yield reverse(f"{name}_changelist")
            for row in model._default_manager.order_by("-pk")[:3]:
                yield reverse(f"{name}_change", args=[row.pk])
        except NoReverseMatch:
            continue
