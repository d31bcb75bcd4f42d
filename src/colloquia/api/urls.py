"""The addresses of the interface for programs."""

from __future__ import annotations

from django.urls import path

from colloquia.api.methods import read_only
from colloquia.api.v1 import api

_routes, _app, _namespace = api.urls
for _route in _routes:
    if _route.callback is not None:
        _route.callback = read_only(_route.callback)

urlpatterns = [path("v1/", (_routes, _app, _namespace))]
