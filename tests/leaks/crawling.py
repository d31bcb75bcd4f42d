"""The crawler: fetches addresses as somebody, and looks through everything that comes back."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core import mail
from django.test import Client
from django.utils.module_loading import import_string

from colloquia.core.models import OutgoingMail
from tests.leaks.canaries import Canaries, Leak


@dataclass
class Crawler:
    """Somebody who looks at addresses. ``may`` names the readers whose canaries this role may see."""

    canaries: Canaries
    role: str
    client: Client
    may: tuple[str, ...] = ()
    statuses: dict[str, int] = field(default_factory=dict)

    def get(self, address: str, *, conditional: bool = False, method: str = "GET") -> set[Leak]:
        """What leaks in an answer: its body with all files in it, headers and cookies."""
        where = f"{method} {address}"
        response = self.client.generic(method, address)
        self.statuses[where] = response.status_code
        leaks = self._look(response, where)
        etag = response.headers.get("ETag")
        if conditional and etag:
            again = self.client.get(address, headers={"if-none-match": etag})
            leaks |= self._look(again, f"{where} again")
        return leaks

    def _look(self, response: Any, where: str) -> set[Leak]:
        body = b"".join(response.streaming_content) if response.streaming else response.content
        # Django's client leaves the file of an answer without a body open; a server closes it.
        for close in response._resource_closers:
            close()
        cookies = {f"Set-Cookie {name}": morsel.OutputString() for name, morsel in response.cookies.items()}
        # Where a page leads back to what was asked for, the address repeats the visitor's own words.
        headers = {**dict(response.headers.items()), **cookies}
        return self.canaries.leaks(self.role, where, body, self.may) | self.canaries.header_leaks(
            self.role, where, headers, self.may
        )

    def crawl(self, addresses: Iterable[str], *, conditional: bool = False) -> set[Leak]:
        """The same for many."""
        leaks: set[Leak] = set()
        for address in dict.fromkeys(addresses):
            leaks |= self.get(address, conditional=conditional)
        return leaks


class _Held(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Message, arguments and traceback, as any formatter may write them."""
        self.lines.append(self.format(record))


@contextmanager
def held_logs() -> Iterator[list[str]]:
    """Every line that is logged meanwhile, as the site's own handler would write it."""
    handler = _Held()
    root = logging.getLogger()
    console = settings.LOGGING["handlers"]["console"]
    for name in console.get("filters", ()):
        handler.addFilter(import_string(settings.LOGGING["filters"][name]["()"])())
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    try:
        yield handler.lines
    finally:
        root.removeHandler(handler)
        root.setLevel(level)


def mails(*, but_to: Iterable[str] = ()) -> Iterator[tuple[str, str]]:
    """Every message to anybody but those addresses: where it is going, and its words."""
    own = set(but_to)
    for row in OutgoingMail.objects.exclude(recipient__in=own):
        yield row.recipient, f"{row.subject}\n{row.text}"
    for message in mail.outbox:
        if not set(message.to) & own:
            yield ", ".join(message.to), f"{message.subject}\n{message.body}"
