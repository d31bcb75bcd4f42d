"""Who may open a page of this room."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache

Arguments = ParamSpec("Arguments")
View = Callable[Concatenate[HttpRequest, Arguments], HttpResponseBase]


def signed_in(view: View[Arguments]) -> View[Arguments]:
    """Let everybody in who is signed in, and ask others to sign in. The page is kept nowhere."""
    return _guarded(view, "")


def allowed(permission: str) -> Callable[[View[Arguments]], View[Arguments]]:
    """Let in who has a permission of the rules; ask visitors to sign in, and refuse everybody else."""

    def guard(view: View[Arguments]) -> View[Arguments]:
        return _guarded(view, permission)

    return guard


def _guarded(view: View[Arguments], permission: str) -> View[Arguments]:
    @never_cache
    @wraps(view)
    def guarded(
        request: HttpRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if permission and not request.user.has_perm(permission):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded
