"""The door before a page that not everybody may open."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

Arguments = ParamSpec("Arguments")
View = Callable[Concatenate[HttpRequest, Arguments], HttpResponseBase]


def only(view: View[Arguments], may: Callable[[Any], bool]) -> View[Arguments]:
    """Let in of whom ``may`` is true; ask who is not signed in to sign in, and refuse everybody else."""

    @wraps(view)
    def guarded(
        request: HttpRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not may(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded
