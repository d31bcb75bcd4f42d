"""The entry point for a WSGI server."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from colloquia import configuration
from colloquia.waiting_room import WaitingRoom

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "colloquia.settings")
_pages = get_wsgi_application()
# Every page is imported before the first request: several first requests at once would import parts of them.
_ = get_resolver().url_patterns
application = WaitingRoom(_pages, threads=max(1, configuration.number("WEB_THREADS")))
