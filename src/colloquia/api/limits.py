"""How often one client may ask, so that programs leave room for people."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from ninja.throttling import BaseThrottle

from colloquia.submissions.services.rates import client, within

MOST, SECONDS = 600, 600


class PerClient(BaseThrottle):
    """At most ``MOST`` requests in ``SECONDS`` from one address, kept as a hash and only that long."""

    def allow_request(self, request: HttpRequest) -> bool:
        """Count this one; whether it may be answered."""
        address: Any = get_adapter(request).get_client_ip(request)
        return within("api", client(str(address)), most=MOST, seconds=SECONDS)

    def wait(self) -> float | None:
        """Seconds after which the client may ask again, at the latest."""
        return float(SECONDS)
