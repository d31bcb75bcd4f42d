"""Who may open a page of this room. The pages are kept nowhere."""

from __future__ import annotations

from collections.abc import Callable

from django.views.decorators.cache import never_cache

from colloquia.core.doors import Arguments, View, only


def signed_in(view: View[Arguments]) -> View[Arguments]:
    """Let everybody in who is signed in, and ask others to sign in."""
    return never_cache(only(view, lambda _person: True))


def allowed(permission: str) -> Callable[[View[Arguments]], View[Arguments]]:
    """Let in who has a permission of the rules; ask visitors to sign in, and refuse everybody else."""

    def guard(view: View[Arguments]) -> View[Arguments]:
        return never_cache(only(view, lambda person: bool(person.has_perm(permission))))

    return guard
